//! Which pane lies where: a pure function of the size of the screen and the person's choice,
//! called when a key is answered and again when the screen is drawn.

use ratatui::layout::{Rect, Size};

use super::{action::Pane, mouse::Border};

/// All panes in the order in which the focus goes round.
pub const PANES: [Pane; 4] = [Pane::List, Pane::Reader, Pane::Sentences, Pane::Keywords];

/// How much room there is, which decides what is shown at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SizeClass {
    /// At least 120 columns: everything.
    Wide,
    /// 80 to 119 columns: list or reader above, key sentences and keywords below.
    Normal,
    /// Below 80 columns, or too low for two rows of panes: one pane at a time.
    Narrow,
    /// Too small for any pane.
    Tiny,
}

impl SizeClass {
    /// The class of a screen.
    pub fn of(size: Size) -> Self {
        match (size.width, size.height) {
            (..20, _) | (_, ..5) => Self::Tiny,
            (..80, _) | (_, ..14) => Self::Narrow,
            (..120, _) => Self::Normal,
            _ => Self::Wide,
        }
    }
}

/// What the person chose for one size class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Columns of the list in the wide layout, in thousandths: a border that is dragged stays under the
    /// pointer.
    pub list_columns: u16,
    /// Rows of the upper panes, in thousandths.
    pub upper_rows: u16,
    /// Columns of the key sentences beside the keywords, in thousandths.
    pub sentence_columns: u16,
    /// A pane that fills the screen.
    pub zoomed: Option<Pane>,
    hidden: [bool; 4],
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            list_columns: 320,
            upper_rows: 550,
            sentence_columns: 660,
            zoomed: None,
            hidden: [false; 4],
        }
    }
}

impl Choice {
    /// Whether the person hid the pane.
    pub fn is_hidden(&self, pane: Pane) -> bool {
        self.hidden[pane as usize]
    }

    /// Hides a pane.
    pub fn hide(&mut self, pane: Pane) {
        self.hidden[pane as usize] = true;
    }

    /// Shows a hidden pane again.
    pub fn unhide(&mut self, pane: Pane) {
        self.hidden[pane as usize] = false;
    }

    /// Gives the pane more (positive) or less room, in thousandths.
    pub fn resize(&mut self, class: SizeClass, pane: Pane, by: i16) {
        let (border, by) = match pane {
            Pane::List if class == SizeClass::Wide => (Border::List, by),
            Pane::List | Pane::Reader => (Border::Upper, by),
            Pane::Sentences => (Border::Sentences, by),
            Pane::Keywords => (Border::Sentences, -by),
        };
        self.put_border(border, self.share(border).saturating_add_signed(by));
    }

    /// Gives the panes before a border this share of their room, in thousandths, within bounds that keep all
    /// panes usable.
    pub fn put_border(&mut self, border: Border, share: u16) {
        let share = share.clamp(200, 800);
        match border {
            Border::List => self.list_columns = share.min(600),
            Border::Upper => self.upper_rows = share,
            Border::Sentences => self.sentence_columns = share,
        }
    }

    fn share(&self, border: Border) -> u16 {
        match border {
            Border::List => self.list_columns,
            Border::Upper => self.upper_rows,
            Border::Sentences => self.sentence_columns,
        }
    }
}

/// Where everything lies. A pane without a place is not on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    places: [Option<Rect>; 4],
    /// The row with the names of the panes, in the narrow layout.
    pub tabs: Option<Rect>,
    /// Columns between two panes.
    pub separators: Vec<Rect>,
    /// The last row.
    pub status: Rect,
    /// Rows between the heading of the reader and its text, which the note takes.
    note: u16,
}

impl Screen {
    /// The place of a pane: its heading row and its content.
    pub fn place(&self, pane: Pane) -> Option<Rect> {
        self.places[pane as usize]
    }

    /// The content of a pane: its place without the heading row, and without the note.
    pub fn content(&self, pane: Pane) -> Option<Rect> {
        let above = if pane == Pane::Reader { 1 + self.note } else { 1 };
        self.place(pane).map(|place| Rect {
            y: place.y.saturating_add(above),
            height: place.height.saturating_sub(above),
            ..place
        })
    }

    /// The same screen with so many rows above the text that the note takes.
    pub fn with_note(self, rows: u16) -> Self {
        Self { note: rows, ..self }
    }

    /// Where the note stands, if it does.
    pub fn note(&self) -> Option<Rect> {
        let place = self.place(Pane::Reader).filter(|_| self.note > 0)?;
        Some(Rect { y: place.y.saturating_add(1), height: self.note, ..place })
    }

    fn set(&mut self, pane: Pane, place: Rect) {
        self.places[pane as usize] = Some(place);
    }
}

/// Lays the panes out. `upper` is the pane that is above in the normal layout, list or reader;
/// `focus` the pane that is shown in the narrow one.
pub fn screen(size: Size, choice: &Choice, upper: Pane, focus: Pane) -> Screen {
    let class = SizeClass::of(size);
    let status = Rect::new(0, size.height.saturating_sub(1), size.width, size.height.min(1));
    let mut screen = Screen { status, ..Screen::default() };
    let body = Rect::new(0, 0, size.width, size.height.saturating_sub(1));
    match (class, choice.zoomed) {
        (SizeClass::Tiny, _) => {
            screen.status = Rect::new(0, 0, size.width, size.height.min(1));
        }
        (SizeClass::Narrow, _) => {
            let [tabs, pane] = rows(body, 1);
            screen.tabs = Some(tabs);
            screen.set(focus, pane);
        }
        (_, Some(pane)) => screen.set(pane, body),
        (SizeClass::Normal, None) => stack(&mut screen, body, choice, upper),
        (SizeClass::Wide, None) if choice.is_hidden(Pane::List) => {
            stack(&mut screen, body, choice, Pane::Reader);
        }
        (SizeClass::Wide, None) => {
            let [list, rest] = columns(&mut screen, body, choice.list_columns);
            screen.set(Pane::List, list);
            stack(&mut screen, rest, choice, Pane::Reader);
        }
    }
    screen
}

/// Lays a page out: it has the room of all panes but the list, and that of the list too where there
/// is little.
pub fn page_screen(size: Size, choice: &Choice, focus: Pane) -> Screen {
    let class = SizeClass::of(size);
    let alone = Choice { zoomed: Some(Pane::Reader), ..*choice };
    if class != SizeClass::Wide || choice.is_hidden(Pane::List) {
        return screen(size, &alone, Pane::Reader, focus);
    }
    let mut shown = screen(size, &alone, Pane::Reader, focus);
    let body = shown.place(Pane::Reader).unwrap_or_default();
    let [list, page] = columns(&mut shown, body, choice.list_columns);
    shown.set(Pane::List, list);
    shown.set(Pane::Reader, page);
    shown
}

/// Lays the stream of articles out: it has the room of all panes.
pub fn skim_screen(size: Size, choice: &Choice) -> Screen {
    let alone = Choice { zoomed: Some(Pane::List), ..*choice };
    screen(size, &alone, Pane::List, Pane::List)
}

/// Where an overlay lies: its heading row and its content, in the middle of the screen.
pub fn overlay(size: Size) -> Rect {
    let (width, height) = (size.width.min(80), size.height.saturating_sub(1));
    Rect::new((size.width - width) / 2, 0, width, height)
}

/// Rows of the content of an overlay.
pub fn overlay_room(size: Size) -> usize {
    usize::from(overlay(size).height.saturating_sub(1))
}

/// Rows above the last one that may be taken for what belongs to it: the keys that can follow, the commands
/// that fit. Half the screen stays in sight.
pub fn popup_room(size: Size) -> usize {
    usize::from(size.height / 2).saturating_sub(1)
}

/// Rows that the commands which fit what is typed take above the last one; `None` where there is no room or
/// nothing to show.
pub fn palette_rows(size: Size, found: usize) -> Option<u16> {
    let rows = u16::try_from(found.min(popup_room(size))).ok()?;
    (rows > 0 && rows + 1 < size.height).then_some(rows)
}

/// `upper` above, key sentences and keywords side by side below it.
fn stack(screen: &mut Screen, area: Rect, choice: &Choice, upper: Pane) {
    let (sentences, keywords) =
        (!choice.is_hidden(Pane::Sentences), !choice.is_hidden(Pane::Keywords));
    if !sentences && !keywords {
        screen.set(upper, area);
        return;
    }
    let [above, below] = rows(area, thousandths(area.height, choice.upper_rows));
    screen.set(upper, above);
    match (sentences, keywords) {
        (true, false) => screen.set(Pane::Sentences, below),
        (false, _) => screen.set(Pane::Keywords, below),
        (true, true) => {
            let [left, right] = columns(screen, below, choice.sentence_columns);
            screen.set(Pane::Sentences, left);
            screen.set(Pane::Keywords, right);
        }
    }
}

fn rows(area: Rect, above: u16) -> [Rect; 2] {
    let above = above.min(area.height);
    let upper = Rect { height: above, ..area };
    [upper, Rect { y: area.y + above, height: area.height - above, ..area }]
}

/// Two columns with one column of separator between them.
fn columns(screen: &mut Screen, area: Rect, share: u16) -> [Rect; 2] {
    let left = thousandths(area.width, share).min(area.width.saturating_sub(1));
    let separator = Rect { x: area.x + left, width: 1.min(area.width), ..area };
    screen.separators.push(separator);
    let right = Rect { x: separator.right(), width: area.right() - separator.right(), ..area };
    [Rect { width: left, ..area }, right]
}

fn thousandths(of: u16, share: u16) -> u16 {
    (u32::from(of) * u32::from(share) / 1000) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_never_overlap_and_never_leave_the_screen() {
        for width in 0..220 {
            for height in 0..60 {
                let size = Size { width, height };
                let screen = screen(size, &Choice::default(), Pane::List, Pane::Reader);
                let places: Vec<Rect> = PANES
                    .iter()
                    .filter_map(|pane| screen.place(*pane))
                    .chain(screen.tabs)
                    .chain(screen.separators.iter().copied())
                    .chain([screen.status])
                    .collect();
                let whole = Rect::new(0, 0, width, height);
                for (at, a) in places.iter().enumerate() {
                    assert_eq!(a.intersection(whole), *a, "{size}: {a} leaves the screen");
                    let crossed = places[at + 1..].iter().find(|b| a.intersects(**b));
                    assert_eq!(crossed, None, "{size}: {a} is crossed");
                }
            }
        }
    }

    #[test]
    fn each_size_shows_its_panes() {
        let shown = |width, height, focus| {
            let screen = screen(Size { width, height }, &Choice::default(), Pane::List, focus);
            PANES.map(|pane| screen.place(pane).is_some())
        };
        assert_eq!(shown(160, 45, Pane::List), [true; 4]);
        assert_eq!(shown(80, 24, Pane::List), [true, false, true, true]);
        assert_eq!(shown(60, 24, Pane::Sentences), [false, false, true, false]);
        assert_eq!(shown(1, 1, Pane::List), [false; 4]);
    }
}
