//! The keywords of the selected article.

use super::{
    action::Step,
    viewport::{Span, Window, follow},
};
use crate::{
    analysis::Analysis,
    text::{display::DisplayLine, range::TextRange},
};

/// Most keywords that the pane lists.
pub const MAX_KEYWORDS: usize = 20;

/// State of the keyword pane.
#[derive(Debug, Default)]
pub struct KeywordsPane {
    /// The keywords of the open article, heaviest first.
    pub items: Vec<Item>,
    /// Index of the selected one.
    pub selected: usize,
    /// First visible one.
    pub top: usize,
    /// Whether the places of the selected keyword are lit in the text.
    pub light: Light,
    /// Number of the place that was gone to last, from 0.
    pub at: Option<usize>,
}

/// Whether the places of the selected keyword are lit in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Light {
    /// Only while the pane has the focus.
    #[default]
    WithFocus,
    /// Until it is put out.
    Pinned,
}

/// A keyword as the pane shows it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The word.
    pub text: DisplayLine,
    /// Its weight, 1 for the heaviest.
    pub weight: f64,
    /// Its places in the article's text, in order.
    pub places: Vec<TextRange>,
}

impl KeywordsPane {
    /// Shows the keywords of another article, or of none.
    pub fn show(&mut self, analysis: Option<&Analysis>) {
        self.items = analysis.map_or_else(Vec::new, |analysis| {
            let best = analysis.distinct_keywords().into_iter().take(MAX_KEYWORDS);
            best.map(|keyword| Item {
                text: DisplayLine::new(&keyword.text),
                weight: keyword.weight,
                places: keyword.places.clone(),
            })
            .collect()
        });
        *self = Self { items: std::mem::take(&mut self.items), ..Self::default() };
    }

    /// Moves the selection.
    pub fn moved(&mut self, span: Span) {
        self.selected = span.apply(self.selected, self.items.len());
        self.at = None;
    }

    /// The selected keyword.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.selected)
    }

    /// Goes to the next (or previous) place of the selected keyword, round at the ends; from byte
    /// `anchor` of the text on when no place was gone to yet. The place and its number, from 1.
    pub fn step(&mut self, anchor: usize, step: Step) -> Option<(TextRange, usize)> {
        let places = &self.items.get(self.selected)?.places;
        let last = places.len().checked_sub(1)?;
        let at = match (self.at, step) {
            (None, Step::Next) => places.partition_point(|place| place.start < anchor),
            (None, Step::Previous) => {
                places.partition_point(|place| place.start < anchor).checked_sub(1).unwrap_or(last)
            }
            (Some(at), Step::Next) => at + 1,
            (Some(at), Step::Previous) => at.checked_sub(1).unwrap_or(last),
        };
        let at = if at > last { 0 } else { at };
        self.at = Some(at);
        places.get(at).map(|place| (*place, at + 1))
    }

    /// The place that was gone to last.
    pub fn place(&self) -> Option<TextRange> {
        self.current()?.places.get(self.at?).copied()
    }

    /// Moves the window of so many rows; the selection goes with it when it would leave the sight.
    pub fn scroll(&mut self, by: isize, room: usize) {
        let window = Window { top: self.top, selected: self.selected, len: self.items.len(), room };
        let Window { top, selected, .. } = window.scrolled(by, |_| 1);
        self.top = top;
        if selected != self.selected {
            self.moved(Span::Items(selected.cast_signed() - self.selected.cast_signed()));
        }
    }

    /// Keeps the selected keyword in sight.
    pub fn settle(&mut self, room: usize) {
        self.selected = self.selected.min(self.items.len().saturating_sub(1));
        self.top = follow(self.top, self.selected, self.items.len(), room, |_| 1);
    }
}
