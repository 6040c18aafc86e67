//! Rows of fields: in columns on a terminal, for programs a tab between them.

use std::io;

use super::output::Output;
use crate::text::display::DisplayLine;

/// Prints rows: in columns on a terminal, a tab between the fields elsewhere.
pub(super) fn print(rows: &[Vec<DisplayLine>], out: &mut Output) -> io::Result<()> {
    let Some(columns) = out.columns else {
        return rows.iter().try_for_each(|row| out.row(row));
    };
    let cells = |field: &DisplayLine| out.widths.cells(field.as_str());
    let fields = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(cells).max();
    let widths: Vec<usize> = (0..fields).map(|at| widest(at).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (field, width) in row.iter().zip(&widths) {
            let gap = width.saturating_sub(out.widths.cells(field.as_str())) + 2;
            line.push_str(field.as_str());
            line.extend(std::iter::repeat_n(' ', gap));
        }
        let line = DisplayLine::new(line.trim_end()).shown().fit(columns, out.widths);
        out.line(&line)?;
    }
    Ok(())
}
