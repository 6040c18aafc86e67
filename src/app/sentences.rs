//! The key sentences of the selected article.

use super::{
    level::sentence_count,
    viewport::{Span, Window, follow},
};
use crate::{
    analysis::{Analysis, KeySentence, Length},
    article::Article,
    text::{
        display::DisplayLine,
        range::TextRange,
        sanitize::DisplayText,
        width::Widths,
        wrap::{Measure, Row, wrap},
    },
};

/// Key sentences that are chosen when nothing else was asked for.
pub const DEFAULT_COUNT: usize = 5;
/// Most key sentences that can be asked for.
pub const MAX_COUNT: usize = 99;
/// Cells left of a key sentence for its rank.
pub const GUTTER: usize = 4;
/// A key sentence takes at most this many rows of the pane; the reader shows it whole.
const MAX_ROWS: usize = 6;

/// State of the key-sentence pane.
#[derive(Debug)]
pub struct SentencesPane {
    /// How many key sentences are wanted.
    pub count: usize,
    /// The key sentences of the open article in reading order.
    pub items: Vec<Item>,
    /// How many sentences the open article has.
    pub all: usize,
    /// Index of the selected one.
    pub selected: usize,
    /// First visible one.
    pub top: usize,
    /// Whether the selected one has been stepped to, so that the next step goes on from it.
    pub stepped: Stepped,
    measure: Measure,
}

/// Whether the selected key sentence has been gone to in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stepped {
    /// It was only selected: a step goes to it.
    #[default]
    NotYet,
    /// A step goes to its neighbour.
    There,
}

/// A key sentence as the pane shows it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The sentence.
    pub sentence: KeySentence,
    /// Its displayed text.
    pub text: DisplayLine,
    /// The rows of the text in the pane.
    pub rows: Vec<Row>,
}

impl Default for SentencesPane {
    fn default() -> Self {
        let (items, stepped) = (Vec::new(), Stepped::default());
        Self {
            count: DEFAULT_COUNT,
            items,
            all: 0,
            selected: 0,
            top: 0,
            stepped,
            measure: Measure::default(),
        }
    }
}

impl SentencesPane {
    /// Shows the key sentences of another article, or of none.
    pub fn show(&mut self, found: Option<(&Analysis, &Article, &DisplayText)>) {
        let chosen = self.items.get(self.selected).map(|item| item.sentence.index);
        self.all = found.map_or(0, |(analysis, article, _)| sentence_count(article, analysis));
        self.items = found.map_or_else(Vec::new, |(analysis, article, shown)| {
            let key = analysis.key_sentences(Length::Sentences(self.count), &article.text);
            key.into_iter().map(|sentence| item(sentence, shown, self.measure)).collect()
        });
        let kept = self.items.iter().position(|item| Some(item.sentence.index) == chosen);
        self.selected = kept.unwrap_or(0);
    }

    /// Shows nothing, and forgets what was selected: another article is opened.
    pub fn forget(&mut self) {
        *self = Self { count: self.count, measure: self.measure, ..Self::default() };
    }

    /// Asks for more (or fewer) key sentences, as far as the article has them; whether that
    /// changed anything.
    pub fn recount(&mut self, by: isize, available: usize) -> bool {
        let most = available.clamp(1, MAX_COUNT);
        let count = self.count.min(most).saturating_add_signed(by).clamp(1, most);
        std::mem::replace(&mut self.count, count) != count
    }

    /// Moves the selection.
    pub fn moved(&mut self, span: Span) {
        self.selected = span.apply(self.selected, self.items.len());
        self.stepped = Stepped::NotYet;
    }

    /// The selected key sentence.
    pub fn current(&self) -> Option<&KeySentence> {
        self.items.get(self.selected).map(|item| &item.sentence)
    }

    /// Selects the first key sentence that ends behind byte `offset` of the text, so that the
    /// pane follows the reader.
    pub fn follow(&mut self, offset: usize) {
        let behind = self.items.partition_point(|item| item.sentence.range.end <= offset);
        self.selected = behind.min(self.items.len().saturating_sub(1));
        self.stepped = Stepped::NotYet;
    }

    /// Sets the sentences to a pane of so many columns and keeps the selected one in sight.
    pub fn settle(&mut self, columns: usize, room: usize, widths: Widths) {
        let width = columns.saturating_sub(GUTTER + 1);
        let measure = Measure { width, indent: 0, hang: 0, widths };
        if self.measure != measure {
            self.measure = measure;
            for item in &mut self.items {
                item.rows = set(item.text.as_str(), measure);
            }
        }
        self.selected = self.selected.min(self.items.len().saturating_sub(1));
        self.top = follow(self.top, self.selected, self.items.len(), room, |at| self.height(at));
    }

    /// Moves the window of so many rows; the selection goes with it when it would leave the sight.
    pub fn scroll(&mut self, by: isize, room: usize) {
        let before = self.selected;
        Window { top: self.top, selected: self.selected, .. } =
            self.window(room).scrolled(by, |at| self.height(at));
        if self.selected != before {
            self.stepped = Stepped::NotYet;
        }
    }

    /// The number of the key sentence at a row of the window.
    pub fn item_at(&self, row: usize, room: usize) -> Option<usize> {
        self.window(room).item_at(row, |at| self.height(at))
    }

    fn window(&self, room: usize) -> Window {
        Window { top: self.top, selected: self.selected, len: self.items.len(), room }
    }

    fn height(&self, at: usize) -> usize {
        self.items.get(at).map_or(1, |item| item.rows.len())
    }

    /// The ranks of the key sentences with their ranges in the text, in reading order.
    pub fn ranges(&self) -> impl Iterator<Item = (usize, TextRange)> {
        self.items.iter().map(|item| (item.sentence.rank, item.sentence.range))
    }
}

fn item(sentence: KeySentence, shown: &DisplayText, measure: Measure) -> Item {
    let text = shown.shown().slice(shown.range_to_display(sentence.range)).to_line();
    let rows = set(text.as_str(), measure);
    Item { sentence, text, rows }
}

fn set(text: &str, measure: Measure) -> Vec<Row> {
    let mut rows = wrap(text, measure);
    rows.truncate(MAX_ROWS);
    rows
}
