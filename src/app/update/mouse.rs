//! What is done with the mouse: presses, drags, the wheel.
//!
//! A click does what keys do in two steps: it gives the focus to what lies there, and selects it. A double
//! click opens it. The wheel scrolls what lies under the pointer and leaves the focus where it is.

use ratatui::layout::Position;

use crate::app::{
    action::{Action, Edit, Pane},
    layout,
    model::Model,
    mouse::{Click, Grip, MouseEvent, MouseKind, Spot, border_above, share},
    msg::Effect,
    overlay::OverlayKind,
    prompt::{Prompt, PromptKind},
    sentences::Stepped,
    viewport::Span,
};

/// Rows that a notch of the wheel scrolls. Of what takes several rows each, it is one item.
const NOTCH: isize = 3;

impl Model {
    /// Gives the mouse to the terminal, which selects text with it, or takes it back.
    pub(super) fn toggle_mouse(&mut self) {
        self.mouse.is_on = !self.mouse.is_on;
        self.mouse.grip = None;
        self.notice = Some(if self.mouse.is_on {
            self.lang.of("鼠标归程序", "the program has the mouse").into()
        } else {
            let given = "鼠标归终端：拖动选文字";
            self.lang.of(given, "the terminal has the mouse: drag to select text").into()
        });
    }

    /// The person did something with the mouse.
    pub(super) fn mouse(&mut self, MouseEvent { at, kind }: MouseEvent) -> Vec<Effect> {
        if !self.mouse.is_on {
            // On its way since before the terminal was told.
            return Vec::new();
        }
        match kind {
            MouseKind::Press(click) => return self.pressed(at, click),
            MouseKind::Drag => self.dragged(at),
            MouseKind::Release => self.mouse.grip = None,
            MouseKind::Wheel(notches) => self.wheel(self.spot(at), isize::from(notches)),
        }
        Vec::new()
    }

    fn pressed(&mut self, at: Position, click: Click) -> Vec<Effect> {
        self.notice = None;
        self.mouse.grip = None;
        self.marks.begin_group();
        if !self.pending.is_empty() || self.count.is_some() {
            // What was begun is dropped, as by Esc: what can follow may hide what lies here.
            self.pending.clear();
            self.count = None;
            return Vec::new();
        }
        let is_of_line =
            matches!(self.spot(at), Spot::Line(_) | Spot::Palette(_) | Spot::PaletteHeading);
        if self.prompt.is_some() && !is_of_line && !self.leave_line() {
            return Vec::new();
        }
        match self.spot(at) {
            Spot::Nothing => {}
            Spot::Tab(pane) => self.focus_on(pane),
            Spot::Note => self.focus_on(Pane::Reader),
            Spot::Heading(pane) => self.press_heading(pane, click),
            Spot::Row(pane, row) => self.press_row(pane, row, click),
            Spot::Bar(row) => self.press_bar(row),
            Spot::Border(border) => self.mouse.grip = Some(Grip::Border(border)),
            Spot::Line(cell) => {
                let room = usize::from(self.size.width).saturating_sub(1);
                if let Some(prompt) = &mut self.prompt {
                    prompt.point(cell, room, self.widths);
                }
            }
            Spot::PaletteHeading => return self.edit(Edit::Cancel),
            Spot::Palette(row) => {
                if self.palette.point(row) && click == Click::Double {
                    self.complete_chosen();
                    return self.edit(Edit::Accept);
                }
            }
            Spot::Overlay(row) => {
                let open = self.overlays.last().filter(|it| it.kind == OverlayKind::Help);
                let line = open.map(|help| help.top + row);
                let is_command = line.is_some_and(|line| self.help.point(line));
                if is_command && click == Click::Double {
                    return self.run_from_help();
                }
            }
            Spot::OverlayHeading | Spot::Beside => {
                self.prompt = None;
                self.overlays.pop();
            }
        }
        Vec::new()
    }

    /// The person pressed beside the line that is typed; whether that is to do what it does without one.
    fn leave_line(&mut self) -> bool {
        match self.prompt.as_ref().map(Prompt::kind) {
            // What was found is in sight, and one of it is meant.
            Some(PromptKind::Search) => {
                self.accept_search();
                self.search.is_on
            }
            Some(PromptKind::Filter | PromptKind::Query) => {
                self.accept_filter();
                // A query that cannot be understood stays in its line.
                self.prompt.is_none()
            }
            Some(PromptKind::Find) => {
                self.accept_find();
                true
            }
            Some(PromptKind::Help) => true,
            Some(PromptKind::Command) => {
                self.edit(Edit::Cancel);
                false
            }
            // What is kept must not be lost by a press beside it.
            _ => false,
        }
    }

    fn press_heading(&mut self, pane: Pane, click: Click) {
        self.focus_on(pane);
        if click == Click::Double && Action::Zoom.spec().works_in(self.context()) {
            return self.zoom();
        }
        self.mouse.grip = border_above(&self.screen(), pane).map(Grip::Border);
    }

    /// Selects what lies at a row of a pane; with a double click, opens it.
    fn press_row(&mut self, pane: Pane, row: usize, click: Click) {
        let room = self.room(pane);
        let is_there = match pane {
            Pane::List if self.search.is_on => {
                let at = self.search.result_at(row, room);
                at.map(|at| self.search.select(at)).is_some()
            }
            Pane::List => {
                let key = if self.skim.is_on {
                    self.skim.rows.get(row).map(|row| row.key)
                } else {
                    self.list.article_at(row, &self.archive, room)
                };
                key.map(|key| self.list.selected = Some(key)).is_some()
            }
            Pane::Reader if self.page.is_on => {
                self.page.point(row);
                self.follow_page();
                true
            }
            Pane::Reader => {
                if click == Click::Single {
                    self.reader.unfold_row(row);
                }
                false
            }
            Pane::Sentences => self.press_sentence(row, room),
            Pane::Keywords => {
                let at = self.keywords.top + row;
                let is_there = at < self.keywords.items.len();
                if is_there && at != self.keywords.selected {
                    self.keywords.moved(way(self.keywords.selected, at));
                }
                is_there
            }
        };
        self.focus_on(pane);
        if is_there && click == Click::Double {
            self.open();
        }
    }

    /// Selects a key sentence, and brings it into sight in the text if that is on the screen.
    fn press_sentence(&mut self, row: usize, room: usize) -> bool {
        let Some(at) = self.sentences.item_at(row, room) else { return false };
        self.sentences.moved(way(self.sentences.selected, at));
        let is_shown = self.screen().place(Pane::Reader).is_some() && !self.page.is_on;
        let range = self.sentences.current().map(|sentence| sentence.range);
        if let Some(range) = range.filter(|_| is_shown) {
            if !self.reader.is_visible(range) {
                let place = self.place();
                self.history.leave(place);
            }
            self.reader.reveal(range);
            self.sentences.stepped = Stepped::There;
        }
        true
    }

    /// Takes hold of the thumb; beside it, brings it there first.
    fn press_bar(&mut self, row: usize) {
        self.focus_on(Pane::Reader);
        let Some(thumb) = self.thumb(self.room(Pane::Reader)) else { return };
        let is_held = thumb.contains(&row);
        let below = if is_held { row - thumb.start } else { thumb.len() / 2 };
        self.mouse.grip = Some(Grip::Thumb(below));
        if !is_held {
            self.drag_thumb(row.saturating_sub(below));
        }
    }

    fn dragged(&mut self, at: Position) {
        match self.mouse.grip {
            None => {}
            Some(Grip::Border(border)) => {
                if let Some(share) = share(&self.screen(), border, at) {
                    self.choice_mut().put_border(border, share);
                }
            }
            Some(Grip::Thumb(below)) => {
                let top = self.screen().content(Pane::Reader).map_or(0, |content| content.y);
                let row = usize::from(at.y.saturating_sub(top));
                self.drag_thumb(row.saturating_sub(below));
            }
        }
    }

    /// Brings the upper end of the thumb to a row of the bar.
    fn drag_thumb(&mut self, row: usize) {
        let rows = self.room(Pane::Reader);
        let Some(thumb) = self.thumb(rows) else { return };
        if row + thumb.len() >= rows {
            self.reader.scroll(Span::Last);
        } else {
            self.reader.scroll_to_share(row, rows);
        }
        self.sentences.follow(self.reader.anchor());
    }

    fn wheel(&mut self, spot: Spot, notches: isize) {
        self.notice = None;
        let rows = notches.saturating_mul(NOTCH);
        match spot {
            Spot::Row(pane, _) | Spot::Heading(pane) => self.scroll(pane, notches, rows),
            Spot::Bar(_) | Spot::Note => self.scroll(Pane::Reader, notches, rows),
            Spot::Palette(_) | Spot::PaletteHeading => {
                self.palette.scroll(rows, layout::popup_room(self.size));
            }
            Spot::Overlay(_) | Spot::OverlayHeading => {
                let room = layout::overlay_room(self.size);
                let Some(overlay) = self.overlays.last_mut() else { return };
                if overlay.kind == OverlayKind::Help {
                    overlay.top = self.help.scrolled(overlay.top, rows, room);
                } else {
                    overlay.scroll(Span::Items(rows), room);
                }
            }
            Spot::Nothing | Spot::Tab(_) | Spot::Border(_) | Spot::Line(_) | Spot::Beside => {}
        }
    }

    /// Scrolls a pane by rows, or by as many items as there are notches.
    fn scroll(&mut self, pane: Pane, notches: isize, rows: isize) {
        let room = self.room(pane);
        match pane {
            Pane::List if self.search.is_on => self.search.scroll(notches, room),
            Pane::List if self.skim.is_on => self.scroll_skim(notches),
            Pane::List => self.list.scroll(rows, &self.archive, room),
            Pane::Reader if self.page.is_on => {
                self.page.scroll(rows);
                self.follow_page();
            }
            Pane::Reader => {
                self.reader.scroll(Span::Items(rows));
                self.sentences.follow(self.reader.anchor());
            }
            Pane::Sentences => self.sentences.scroll(notches, room),
            Pane::Keywords => self.keywords.scroll(rows, room),
        }
    }
}

/// The way from one item to another.
fn way(from: usize, to: usize) -> Span {
    Span::Items(to.cast_signed() - from.cast_signed())
}
