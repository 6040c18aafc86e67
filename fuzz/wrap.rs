//! Whatever a paragraph holds, its rows are the whole of it, cut between clusters, and none is wider
//! than the measure unless a single cluster is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhaidu::text::{
    width::{Widths, clusters},
    wrap::{Measure, wrap},
};

fuzz_target!(|input: (u8, u8, u8, &str)| {
    let (width, indent, policy, text) = input;
    let widths = [Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL][usize::from(policy) % 3];
    let (width, indent) = (usize::from(width) % 130, usize::from(indent) % 8);
    let measure = Measure { width, indent, hang: usize::from(policy) / 3 % 3, widths };
    let rows = wrap(text, measure);
    let starts: Vec<usize> = clusters(text).map(|cluster| cluster.at).collect();
    let mut end = 0;
    for row in &rows {
        assert_eq!(row.range.start, end, "something is lost");
        assert!(text.is_empty() || starts.binary_search(&end).is_ok(), "a cluster is cut at {end}");
        assert!(text.is_empty() || row.range.end > end, "an empty row at {end}");
        end = row.range.end;
        let shown = row.range.of(text).trim_end();
        let cells = row.indent + widths.cells(shown);
        let one = clusters(shown).count() <= 1;
        assert!(cells <= width.max(2) + measure.hang || one, "{shown:?} takes {cells}");
    }
    assert_eq!(end, text.len(), "something is lost at the end");
});
