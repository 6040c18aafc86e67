//! The keywords of the selected article.

use super::viewport::{Span, follow};
use crate::{
    analysis::Analysis,
    text::{range::TextRange, sanitize::display_line},
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
    /// Byte of the place in the text that was gone to last.
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
    /// The word, safe to show.
    pub text: String,
    /// Its weight, 1 for the heaviest.
    pub weight: f64,
    /// Its places in the article's text, in order.
    pub places: Vec<TextRange>,
}

impl KeywordsPane {
    /// Shows the keywords of another article, or of none.
    pub fn show(&mut self, analysis: Option<&Analysis>) {
        self.items = analysis.map_or_else(Vec::new, |analysis| {
            let best = analysis.keywords.iter().take(MAX_KEYWORDS);
            best.map(|keyword| Item {
                text: display_line(&keyword.text),
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

    /// The place of the selected keyword after (or before) byte `offset` of the text, going round
    /// at the ends.
    pub fn place_from(&self, offset: usize, by: isize) -> Option<TextRange> {
        let places = &self.current()?.places;
        let found = if by < 0 {
            places.iter().rev().find(|place| place.start < offset).or(places.last())
        } else {
            places.iter().find(|place| place.start > offset).or(places.first())
        };
        found.copied()
    }

    /// Keeps the selected keyword in sight.
    pub fn settle(&mut self, room: usize) {
        self.selected = self.selected.min(self.items.len().saturating_sub(1));
        self.top = follow(self.top, self.selected, self.items.len(), room, |_| 1);
    }
}
