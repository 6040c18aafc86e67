//! One article with all that is exported of it.

use std::ops::Range;

use crate::{
    analysis::{Analysis, KeySentence, Keyword, Length},
    article::{Marks, Part},
    library::Item,
    text::{
        display::{DisplayLine, DisplayStr},
        range::TextRange,
        sanitize::DisplayText,
    },
};

/// How much of each article is told beside its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Key sentences.
    pub sentences: Length,
    /// Keywords.
    pub keywords: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { sentences: Length::Sentences(5), keywords: 10 }
    }
}

/// An article with what was found in it and what the person keeps about it.
pub struct Exported<'a> {
    /// The article, and where it stands.
    pub item: Item<'a>,
    /// Its key sentences in reading order.
    pub(super) sentences: Vec<KeySentence>,
    /// Its keywords, heaviest first.
    pub(super) keywords: Vec<&'a Keyword>,
    /// What the person keeps about it.
    pub(super) marks: &'a Marks,
    /// Its text, safe to show.
    text: DisplayText,
}

/// A stretch of a part: lit where it is a key sentence.
pub(super) struct Stretch<'a> {
    pub(super) text: DisplayStr<'a>,
    pub(super) key: Option<&'a KeySentence>,
}

impl<'a> Exported<'a> {
    /// What is exported of an article with this analysis.
    pub fn new(item: Item<'a>, analysis: &'a Analysis, wanted: Wanted, marks: &'a Marks) -> Self {
        let mut keywords = analysis.distinct_keywords();
        keywords.truncate(wanted.keywords);
        Self {
            sentences: analysis.key_sentences(wanted.sentences, &item.article.text),
            keywords,
            marks,
            text: DisplayText::block(&item.article.text),
            item,
        }
    }

    /// The whole text, safe to show, a line for each part.
    pub(super) fn text(&self) -> DisplayStr<'_> {
        self.text.shown()
    }

    /// A part of the text, safe to show and in one line.
    pub(super) fn part(&self, part: &Part) -> DisplayLine {
        self.line(part.range)
    }

    /// Whether a part is the byline, which stands above the text.
    pub(super) fn is_told(&self, part: &Part) -> bool {
        let article = self.item.article;
        article.byline() == Some(part.range.of(&article.text))
    }

    /// A key sentence, safe to show and in one line.
    pub(super) fn sentence(&self, key: &KeySentence) -> DisplayLine {
        self.line(key.range)
    }

    fn line(&self, range: TextRange) -> DisplayLine {
        DisplayLine::new(range.of(&self.item.article.text))
    }

    /// The key sentences with the best first.
    pub(super) fn best_first(&self) -> Vec<&KeySentence> {
        let mut all: Vec<&KeySentence> = self.sentences.iter().collect();
        all.sort_by_key(|key| key.rank);
        all
    }

    /// A part as stretches, one behind the other.
    pub(super) fn stretches(&self, part: &Part) -> Vec<Stretch<'_>> {
        let mut stretches = Vec::new();
        let mut push = |range: Range<usize>, key| {
            let shown = self.text.range_to_display(TextRange::new(range.start, range.end));
            let text = self.text.shown().slice(shown);
            if !text.is_empty() {
                stretches.push(Stretch { text, key });
            }
        };
        let mut at = part.range.start;
        let first = self.sentences.partition_point(|key| key.range.end <= part.range.start);
        for key in self.sentences.iter().skip(first) {
            let (start, end) = (key.range.start.max(at), key.range.end.min(part.range.end));
            if start >= end {
                break;
            }
            push(at..start, None);
            push(start..end, Some(key));
            at = end;
        }
        push(at..part.range.end, None);
        stretches
    }
}
