//! Whatever a paragraph holds, its rows are the whole of it, cut between clusters, and none is wider
//! than the measure unless a single cluster is.

use zhaidu::text::{
    width::{Widths, clusters},
    wrap::{Measure, wrap},
};

use super::input::Input;

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (width, indent, hang) = (input.below(130), input.below(8), input.below(3));
    let widths = input.one_of(&[Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL]);
    let measure = Measure { width, indent, hang, widths };
    let text = &*input.rest_as_text();
    let rows = wrap(text, measure);
    let mut starts = clusters(text).map(|cluster| cluster.at);
    let mut end = 0;
    for row in &rows {
        assert_eq!(row.range.start, end, "something is lost");
        assert!(text.is_empty() || starts.any(|start| start == end), "a cluster is cut at {end}");
        assert!(text.is_empty() || row.range.end > end, "an empty row at {end}");
        end = row.range.end;
        let shown = row.range.of(text).trim_end();
        let cells = row.indent + widths.cells(shown);
        let one = clusters(shown).nth(1).is_none();
        assert!(cells <= width.max(2) + hang || one, "{shown:?} takes {cells}");
    }
    assert_eq!(end, text.len(), "something is lost at the end");
}
