//! Rows of fields: in columns on a terminal, for programs a tab between them.

use std::{io, iter};

use super::output::Output;
use crate::text::{
    display::{DisplayLine, display},
    wrap::{Measure, wrap},
};

/// Cells between two columns.
const GAP: usize = 2;
/// The last column is set below the others only where it has this many cells; else it is cut off.
const LEAST: usize = 16;

/// Prints rows: in columns on a terminal, a tab between the fields elsewhere. What does not fit into the last
/// column goes on below it.
pub(super) fn print(rows: &[Vec<DisplayLine>], out: &mut Output) -> io::Result<()> {
    let Some(columns) = out.columns else {
        return rows.iter().try_for_each(|row| out.row(row));
    };
    let measured = out.widths;
    let cells = move |field: &DisplayLine| measured.cells(field.as_str());
    let fields = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(cells).max();
    let widths: Vec<usize> =
        (0..fields.saturating_sub(1)).map(|at| widest(at).unwrap_or(0)).collect();
    let margin: usize = widths.iter().map(|width| width + GAP).sum();
    let room = columns.saturating_sub(margin);
    for row in rows {
        let mut before = String::new();
        for (field, width) in row.iter().zip(&widths) {
            let gap = width.saturating_sub(cells(field)) + GAP;
            before.push_str(field.as_str());
            before.extend(iter::repeat_n(' ', gap));
        }
        let empty = DisplayLine::default();
        let last = row.get(widths.len()).unwrap_or(&empty);
        if room < LEAST {
            let line = display!("{before}{last}");
            out.line(line.shown().trim_end().fit(columns, out.widths).shown())?;
            continue;
        }
        let measure = Measure { width: room, indent: 0, hang: 0, widths: out.widths };
        for part in wrap(last.as_str(), measure) {
            let line = display!("{before}{}", last.shown().slice(part.range));
            out.line(line.shown().trim_end())?;
            before = " ".repeat(margin);
        }
    }
    Ok(())
}
