//! What is done with the mouse, and what lies where on the screen.
//!
//! Whoever runs the interface counts clicks: there is no clock here. [`Model::spot`] says what a place
//! belongs to; what is done about it is in the module of the same name below [`super::update`].

use ratatui::layout::{Position, Rect};

use super::{
    action::Pane,
    layout::{self, PANES, Screen},
    model::Model,
    prompt::PromptKind,
    tabs,
};

/// Something done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MouseEvent {
    /// Where, in cells from the upper left corner.
    pub at: Position,
    /// What.
    pub kind: MouseKind,
}

/// What is done with the mouse. Other buttons than the left one do nothing, so they are not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The button was pressed.
    Press(Click),
    /// The mouse was moved while the button was held.
    Drag,
    /// The button was let go.
    Release,
    /// The wheel was turned by so many notches, down when positive.
    Wheel(i16),
}

/// Whether a press is the second one of a double click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// It stands alone, or is the first.
    Single,
    /// It came soon after another one in the same place.
    Double,
}

impl MouseEvent {
    /// This event and the next one as one that does the same, if there is such: where events come faster
    /// than they can be answered, only the last place of a drag counts, and notches add up.
    pub fn joined(self, next: Self) -> Option<Self> {
        match (self.kind, next.kind) {
            (MouseKind::Drag, MouseKind::Drag) => Some(next),
            (MouseKind::Wheel(first), MouseKind::Wheel(second)) if self.at == next.at => {
                Some(Self { kind: MouseKind::Wheel(first.saturating_add(second)), ..next })
            }
            _ => None,
        }
    }
}

/// The mouse as the interface knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Whether the program has it. If not, the terminal selects text with it.
    pub is_on: bool,
    /// What the held button drags.
    pub(super) grip: Option<Grip>,
}

impl Default for Mouse {
    fn default() -> Self {
        Self { is_on: true, grip: None }
    }
}

/// What the held button drags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grip {
    /// A border between panes.
    Border(Border),
    /// The thumb of the scroll bar, so many rows below its upper end.
    Thumb(usize),
}

/// A border between panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Between the list and what is beside it.
    List,
    /// Between the upper panes and the lower ones.
    Upper,
    /// Between key sentences and keywords.
    Sentences,
}

/// What lies at a place of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Nothing that the mouse could do something to.
    Nothing,
    /// The name of a pane in the row of tabs.
    Tab(Pane),
    /// The heading of a pane.
    Heading(Pane),
    /// The note above the text.
    Note,
    /// A row of the content of a pane, from 0.
    Row(Pane, usize),
    /// A row of the scroll bar of the text, from 0.
    Bar(usize),
    /// The line between two panes.
    Border(Border),
    /// The line that is typed, so many cells behind its sign.
    Line(usize),
    /// The heading of the commands that fit what is typed.
    PaletteHeading,
    /// A row of them, from 0.
    Palette(usize),
    /// The heading of what lies over the panes.
    OverlayHeading,
    /// A row of it, from 0.
    Overlay(usize),
    /// Beside what lies over the panes.
    Beside,
}

/// What of the panes lies at a place.
pub fn spot(screen: &Screen, at: Position) -> Spot {
    for pane in PANES {
        if let Some(place) = screen.place(pane).filter(|place| place.contains(at)) {
            let content = screen.content(pane).unwrap_or_default();
            return match at.y.checked_sub(content.y) {
                Some(row) => Spot::Row(pane, usize::from(row)),
                None if at.y > place.y => Spot::Note,
                None => Spot::Heading(pane),
            };
        }
    }
    let list_ends = screen.place(Pane::List).map(Rect::right);
    match screen.separators.iter().find(|separator| separator.contains(at)) {
        Some(separator) if list_ends == Some(separator.x) => Spot::Border(Border::List),
        Some(_) => Spot::Border(Border::Sentences),
        None => Spot::Nothing,
    }
}

/// The border that the heading of a pane is: there is no line of its own above the lower panes.
pub(super) fn border_above(screen: &Screen, pane: Pane) -> Option<Border> {
    let is_lower = matches!(pane, Pane::Sentences | Pane::Keywords);
    let place = screen.place(pane).filter(|_| is_lower)?;
    (place.y > 0 && screen.tabs.is_none()).then_some(Border::Upper)
}

/// The share of their room, in thousandths, that the panes before a border have when it lies at a place.
pub(super) fn share(screen: &Screen, border: Border, at: Position) -> Option<u16> {
    let place = |pane| screen.place(pane);
    let (from, to, at) = match border {
        Border::List => {
            let (list, beside) = (place(Pane::List)?, place(Pane::Reader)?);
            (list.x, beside.right(), at.x)
        }
        Border::Sentences => {
            let (left, right) = (place(Pane::Sentences)?, place(Pane::Keywords)?);
            (left.x, right.right(), at.x)
        }
        Border::Upper => {
            let lower = place(Pane::Sentences).or_else(|| place(Pane::Keywords))?;
            // The list may stand beside them all.
            let reader = place(Pane::Reader).or_else(|| place(Pane::List))?;
            (reader.y, lower.bottom(), at.y)
        }
    };
    let (room, before) = (u32::from(to.saturating_sub(from)), u32::from(at.saturating_sub(from)));
    let thousandths = (before * 1000).div_ceil(room.max(1)).min(1000);
    u16::try_from(thousandths).ok()
}

impl Model {
    /// What lies at a place of the screen.
    pub fn spot(&self, at: Position) -> Spot {
        let screen = self.screen();
        if let Some(prompt) = &self.prompt {
            if screen.status.contains(at) {
                return Spot::Line(usize::from(at.x).saturating_sub(1));
            }
            if prompt.kind() == PromptKind::Command
                && let Some(spot) = self.spot_in_palette(screen.status, at)
            {
                return spot;
            }
        }
        if !self.overlays.is_empty() {
            let place = layout::overlay(self.size);
            return match at.y.checked_sub(place.y + 1) {
                _ if !place.contains(at) => Spot::Beside,
                Some(row) => Spot::Overlay(usize::from(row)),
                None => Spot::OverlayHeading,
            };
        }
        if screen.tabs.is_some_and(|tabs| tabs.contains(at)) {
            return tabs::at(self, usize::from(at.x)).map_or(Spot::Nothing, Spot::Tab);
        }
        match spot(&screen, at) {
            Spot::Row(Pane::Reader, row) if self.is_on_bar(&screen, at) => Spot::Bar(row),
            spot => spot,
        }
    }

    fn is_on_bar(&self, screen: &Screen, at: Position) -> bool {
        if self.page.is_on {
            return false;
        }
        let content = screen.content(Pane::Reader).unwrap_or_default();
        at.x + 1 == content.right() && self.thumb(usize::from(content.height)).is_some()
    }

    /// The list of commands lies above the line that is typed, with a heading over it.
    fn spot_in_palette(&self, status: Rect, at: Position) -> Option<Spot> {
        let rows = layout::palette_rows(self.size, self.palette.found.len())?;
        let top = status.y.checked_sub(rows)?;
        match at.y {
            y if y >= status.y || y + 1 < top => None,
            y if y < top => Some(Spot::PaletteHeading),
            y => Some(Spot::Palette(usize::from(y - top))),
        }
    }
}

#[cfg(test)]
mod tests;
