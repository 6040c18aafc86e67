//! Skimming: the articles of the list one below the other, each with its best sentences and keywords.

use std::{collections::VecDeque, ops::Range};

use crate::{
    analysis::{Analysis, Length},
    article::Article,
    listing::ArticleKey,
    text::{
        display::DisplayLine,
        range::TextRange,
        sanitize::DisplayText,
        width::Widths,
        wrap::{Measure, wrap},
    },
};

/// Key sentences of each article when nothing else was asked for.
pub const COUNT: usize = 2;
/// Most of them that can be asked for.
pub const MOST: usize = 9;
/// Rows that a sentence takes at most: who wants more opens the article.
const SENTENCE_ROWS: usize = 3;
/// Keywords that are told of each article.
const KEYWORDS: usize = 8;
/// Cells left of the text.
pub const MARGIN: usize = 4;
/// Widest measure of the sentences in cells.
const MAX_MEASURE: usize = 96;
/// Articles behind the last one on the screen that are worth having ready.
const AHEAD: usize = 12;

/// State of the stream.
#[derive(Debug)]
pub struct SkimPane {
    /// Whether it is shown, in the place of all panes.
    pub is_on: bool,
    /// Whether it was left for the text of an article, and is come back to from there.
    pub is_left: bool,
    /// Key sentences of each article.
    pub count: usize,
    /// The rows on the screen.
    pub rows: Vec<SkimRow>,
    /// The row of the list whose article stands at the top.
    top: usize,
    /// Articles of which something is on the screen, and how many of them are there whole.
    shown: usize,
    whole: usize,
}

/// A row of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkimRow {
    /// The article.
    pub key: ArticleKey,
    /// What it is.
    pub kind: SkimKind,
    /// What it says.
    pub text: DisplayLine,
}

/// What a row of the stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkimKind {
    /// The headline.
    Title,
    /// Where and when it appeared.
    Facts,
    /// A row of a key sentence; its rank on the first one.
    Sentence(Option<usize>),
    /// Its keywords.
    Keywords,
    /// It is still being read, or cannot be.
    Waiting,
    /// Nothing.
    Gap,
}

impl Default for SkimPane {
    fn default() -> Self {
        let (rows, top, shown, whole) = (Vec::new(), 0, 0, 0);
        Self { is_on: false, is_left: false, count: COUNT, rows, top, shown, whole }
    }
}

impl SkimPane {
    /// Asks for more (or fewer) key sentences of each article.
    pub fn recount(&mut self, by: isize) {
        self.count = self.count.saturating_add_signed(by).clamp(1, MOST);
    }

    /// The rows of the list whose articles are on the screen, and those to have ready.
    pub fn wanted(&self) -> Range<usize> {
        self.top..self.top + self.shown + AHEAD
    }

    /// The row of the list to go to for the next screen: that of the first article that is not on
    /// this one whole.
    pub fn next_page(&self) -> usize {
        self.top + self.whole.max(1)
    }

    /// The row of the list to go to for the screen before, about.
    pub fn previous_page(&self) -> usize {
        self.top.saturating_sub(self.whole.max(1))
    }

    /// The row of the list whose article stands at the top.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Puts the article of this row of the list at the top.
    pub fn start_at(&mut self, row: usize) {
        self.top = row;
    }

    /// Fills `room` rows with articles, of which `item` makes the rows by their number in a list of
    /// `len`. The selected one is on the screen, whole if there is room for it.
    pub fn settle(
        &mut self,
        (selected, len): (usize, usize),
        room: usize,
        mut item: impl FnMut(usize) -> Vec<SkimRow>,
    ) {
        self.top = self.top.min(selected).min(len.saturating_sub(1));
        // No more articles than rows fit between the top and the selected one.
        self.top = self.top.max(selected.saturating_sub(room));
        let mut items: VecDeque<Vec<SkimRow>> = VecDeque::new();
        let (mut rows, mut next) = (0, self.top);
        while next < len && (next <= selected || rows < room) {
            let made = item(next);
            rows += made.len();
            items.push_back(made);
            next += 1;
            while next == selected + 1 && rows > room && self.top < selected {
                rows -= items.pop_front().map_or(0, |item| item.len());
                self.top += 1;
            }
        }
        self.shown = items.len();
        self.whole = if rows > room { items.len().saturating_sub(1) } else { items.len() };
        self.rows = items.into_iter().flatten().take(room).collect();
    }
}

/// What is known of an article.
pub struct Known<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its text, safe to show.
    pub text: &'a DisplayText,
    /// Its analysis.
    pub analysis: &'a Analysis,
}

/// The rows below the head of an article: `count` key sentences, set to `columns` cells, and keywords.
pub fn body(
    key: ArticleKey,
    known: &Known<'_>,
    count: usize,
    columns: usize,
    widths: Widths,
) -> Vec<SkimRow> {
    let analysis = known.analysis;
    let width = columns.saturating_sub(MARGIN + 1).clamp(2, MAX_MEASURE);
    let measure = Measure { width, indent: 0, hang: 0, widths };
    let mut rows = Vec::new();
    for sentence in analysis.key_sentences(Length::Sentences(count), &known.article.text) {
        let shown = known.text.shown().slice(known.text.range_to_display(sentence.range)).to_line();
        let set = wrap(shown.as_str(), measure);
        let is_cut = set.len() > SENTENCE_ROWS;
        for (at, row) in set.iter().take(SENTENCE_ROWS).enumerate() {
            let text = if is_cut && at + 1 == SENTENCE_ROWS {
                let rest = TextRange::new(row.range.start, shown.as_str().len());
                shown.shown().slice(rest).fit(width, widths)
            } else {
                shown.shown().slice(row.range).trim_end().to_line()
            };
            let kind = SkimKind::Sentence((at == 0).then_some(sentence.rank));
            rows.push(SkimRow { key, kind, text });
        }
    }
    let keywords = analysis.distinct_keywords();
    let keywords = keywords.iter().take(KEYWORDS).map(|keyword| keyword.text.as_str());
    let text = DisplayLine::new(&keywords.collect::<Vec<_>>().join("  "));
    if !text.as_str().is_empty() {
        rows.push(SkimRow { key, kind: SkimKind::Keywords, text });
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(item: usize, height: usize) -> Vec<SkimRow> {
        let key = ArticleKey { source: item as u32, article: 0 };
        vec![SkimRow { key, kind: SkimKind::Title, text: DisplayLine::default() }; height]
    }

    proptest! {
        #[test]
        fn the_selected_article_is_on_the_screen_whole_if_it_fits(
            heights in prop::collection::vec(1_usize..12, 1..60),
            steps in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..30), 1..12),
        ) {
            let mut stream = SkimPane::default();
            for (to, room) in steps {
                let selected = to.index(heights.len());
                stream.settle((selected, heights.len()), room, |item| rows(item, heights[item]));
                let of = |item: usize| {
                    stream.rows.iter().filter(|row| row.key.source as usize == item).count()
                };
                prop_assert_eq!(of(selected), heights[selected].min(room));
                let first = stream.rows.first().expect("a row").key.source as usize;
                let filled: usize = heights.iter().skip(first).sum();
                prop_assert_eq!(stream.rows.len(), filled.min(room), "no row is left free");
                prop_assert!(stream.next_page() > first);
            }
        }

        #[test]
        fn screens_follow_one_another_without_a_gap(
            heights in prop::collection::vec(1_usize..12, 1..60),
            room in 1_usize..30,
        ) {
            let mut stream = SkimPane::default();
            let (mut at, mut seen) = (0, 0);
            while at < heights.len() {
                stream.start_at(at);
                stream.settle((at, heights.len()), room, |item| rows(item, heights[item]));
                let first = stream.rows.first().expect("a row").key.source as usize;
                prop_assert!(first <= seen, "{} was passed over", seen);
                let next = stream.next_page();
                prop_assert!(next > at);
                (at, seen) = (next, next);
            }
        }
    }
}
