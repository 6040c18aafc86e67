//! Making a row of the terminal what it is to be.

use super::{
    grid::{Grid, Row},
    pen::{Pen, column_move_len},
    slot::Slot,
};

/// Paints what differs in row `y`.
pub(super) fn row(out: &mut Vec<u8>, pen: &mut Pen, y: usize, shown: &Grid, next: &Grid) {
    let (Some(old), Some(new)) = (shown.rows().get(y), next.rows().get(y)) else { return };
    if old.is_like(new) {
        return;
    }
    if old.is_known() && old.is_trusted() && new.is_trusted() {
        paint_spans(out, pen, y, old, new);
    } else {
        paint_whole(out, pen, y, old, new);
    }
}

/// Every character takes the cells that it is meant to: the changed ones are enough. A wide
/// character differs from others in both its cells, so no half of one is left.
fn paint_spans(out: &mut Vec<u8>, pen: &mut Pen, y: usize, old: &Row, new: &Row) {
    let pairs = old.beside(new).take(old.ink().max(new.ink()));
    for (x, (_, slot)) in pairs.enumerate().filter(|(_, (old, new))| old != new) {
        if x >= new.ink() {
            pen.erase(out, x, y);
            return;
        }
        if !slot.is_head() {
            continue;
        }
        bridge(out, pen, x, y, new);
        pen.write(out, (x, y), *slot);
    }
}

/// Writes what stands between the pen and a cell to its right again, where that is shorter than
/// going there.
fn bridge(out: &mut Vec<u8>, pen: &mut Pen, x: usize, y: usize, new: &Row) {
    let Some(from) = pen.column(y).filter(|from| *from < x) else { return };
    let Some(gap) = new.slots().get(from..x) else { return };
    let mut room = column_move_len(x);
    for slot in gap {
        if slot.look() != pen.look() || slot.len() > room {
            return;
        }
        room -= slot.len();
    }
    for (at, slot) in (from..).zip(gap).filter(|(_, slot)| slot.is_head()) {
        pen.write(out, (at, y), *slot);
    }
}

/// A character of doubtful width may have taken its neighbours with it when it was drawn, and may
/// again: everything from the first one on is written anew, and what lies behind the text erased.
fn paint_whole(out: &mut Vec<u8>, pen: &mut Pen, y: usize, old: &Row, new: &Row) {
    let slots = new.slots();
    let mut end = new.ink();
    // In the last column, a terminal that draws the character wide either leaves it out or moves
    // it back by a cell. Drawn first, it is overwritten there by what belongs there.
    let last = slots.len().saturating_sub(1);
    if let Some(slot) = slots.get(last).filter(|slot| !slot.is_trusted() && slot.cells() == 1) {
        pen.write(out, (last, y), *slot);
        end = last;
    }
    let from = first_doubt(old, new);
    for (x, slot) in slots.iter().enumerate().take(end).skip(from) {
        if !slot.is_head() {
            continue;
        }
        if slot.leaves_cells() {
            // Cells that the character leaves free would keep what stood there. Spaces take
            // the attributes of the text, underline and reverse among them, on every terminal.
            // ECH fills with the background at most, and only where BCE is known.
            pen.go(out, x, y);
            pen.write_spaces(out, slot.cells(), slot.look());
        }
        pen.write(out, (x, y), *slot);
    }
    if new.ink() < slots.len() {
        pen.erase(out, new.ink(), y);
    }
}

/// Where painting a whole row must begin. What stands left of the first cell that changes or is
/// doubtful stays, but for its neighbour: a character that the terminal gives no cell of its own
/// is drawn onto that one.
fn first_doubt(old: &Row, new: &Row) -> usize {
    if !old.is_known() {
        return 0;
    }
    let stays = old.beside(new).take_while(|(old, new)| old == new && new.is_trusted()).count();
    let before = new.slots().get(..stays).unwrap_or_default();
    before.iter().rposition(Slot::is_head).unwrap_or(0)
}
