//! The lines of `filter`.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::value::RawValue;

use super::{
    Keyword, SCHEMA, rounded,
    why::{Signs, Why},
};
use crate::{
    analysis::{Analysis, KeySentence, Length},
    article::{Article, Page},
    text::range::TextRange,
};

/// Names of our fields: a field of the input cannot be passed on under one of them.
const OURS: [&str; 7] = ["schema", "id", "title", "signals", "sentences", "keywords", "error"];

/// What stands for a text.
#[derive(Serialize)]
pub(in crate::cli) struct Filtered<'a> {
    schema: u32,
    /// As it was given; null when it was not.
    id: Option<&'a RawValue>,
    /// As it was given; null when it was not.
    title: Option<&'a RawValue>,
    /// What was read from the text about its evidence, when that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    signals: Option<Signs>,
    /// Key sentences, best first.
    sentences: Vec<Sentence<'a>>,
    /// Keywords, heaviest first.
    keywords: Vec<Keyword>,
    #[serde(flatten)]
    kept: Kept<'a>,
}

/// A key sentence.
#[derive(Serialize)]
struct Sentence<'a> {
    /// 1 for the best of the text.
    rank: usize,
    /// Share in the rank of the whole text, 0 to 1.
    score: f64,
    /// Its number in reading order, from 0.
    index: usize,
    /// Characters of the text before it.
    start: usize,
    /// Characters of the text up to its end.
    end: usize,
    /// The sentence: the text from `start` to `end` without line breaks, glosses and lines that
    /// are no running text.
    text: &'a str,
    /// Where the score comes from, when that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
}

/// Fields of the input that are passed on.
#[derive(Default)]
pub(in crate::cli) struct Kept<'a>(Vec<(&'a str, &'a RawValue)>);

impl<'a> Kept<'a> {
    /// All but those whose name is one of ours.
    pub(in crate::cli) fn of(fields: impl Iterator<Item = (&'a str, &'a RawValue)>) -> Self {
        Self(fields.filter(|(name, _)| !OURS.contains(name)).collect())
    }
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'a> Filtered<'a> {
    /// A text that has nothing to rank.
    pub(in crate::cli) fn new(
        id: Option<&'a RawValue>,
        title: Option<&'a RawValue>,
        kept: Kept<'a>,
    ) -> Self {
        let (sentences, keywords) = (Vec::new(), Vec::new());
        Self { schema: SCHEMA, id, title, signals: None, sentences, keywords, kept }
    }

    /// With what was found in the only article of `page`, whose text begins at byte `front`.
    pub(in crate::cli) fn found(
        mut self,
        (page, front): (&'a Page, usize),
        (article, analysis): (&'a Article, &Analysis),
        (length, keywords): (Length, usize),
    ) -> Self {
        let mut best = analysis.key_sentences(length, &article.text);
        best.sort_by_key(|sentence| sentence.rank);
        let places: Vec<Option<TextRange>> =
            best.iter().map(|sentence| place(page, article, sentence.range)).collect();
        let chars = CharCounts::at(&page.text, front, &places);
        let sentence = |(key, place): (&KeySentence, &Option<TextRange>)| {
            let place = (*place)?;
            let printed = key.range.of(&article.text);
            Some(Sentence {
                rank: key.rank,
                score: rounded(key.score),
                index: key.index,
                start: chars.before(place.start),
                end: chars.before(place.end),
                text: printed,
                why: None,
            })
        };
        self.sentences = best.iter().zip(&places).filter_map(sentence).collect();
        self.keywords = Keyword::best(&analysis.keywords, keywords);
        self
    }

    /// With what the scores of its sentences come from.
    pub(in crate::cli) fn explained(mut self, analysis: &Analysis) -> Self {
        self.signals = Some(Signs::new(&analysis.signals));
        for sentence in &mut self.sentences {
            sentence.why = Why::of(analysis, sentence.index);
        }
        self
    }
}

/// Where a range of the article's text stands on its page; of a range that is put together from
/// pieces in another order, the beginning.
fn place(page: &Page, article: &Article, range: TextRange) -> Option<TextRange> {
    let start = article.source_offset(range.start)?;
    let last = range.of(&article.text).chars().next_back()?;
    let end = article.source_offset(range.end - last.len_utf8())? + last.len_utf8();
    let end = if end > start { end } else { (start + range.len()).min(page.text.len()) };
    page.text.get(start..end)?;
    Some(TextRange::new(start, end))
}

/// How many characters stand before some places of a text.
struct CharCounts {
    /// Byte and characters before it, in order.
    counts: Vec<(usize, usize)>,
}

impl CharCounts {
    /// Counts from byte `front` on, once through the text.
    fn at(text: &str, front: usize, places: &[Option<TextRange>]) -> Self {
        let mut bytes: Vec<usize> =
            places.iter().flatten().flat_map(|place| [place.start, place.end]).collect();
        bytes.sort_unstable();
        bytes.dedup();
        let (mut from, mut chars) = (front, 0);
        let counts = bytes.into_iter().map(|at| {
            chars += text.get(from..at).unwrap_or_default().chars().count();
            from = at.max(from);
            (at, chars)
        });
        Self { counts: counts.collect() }
    }

    fn before(&self, byte: usize) -> usize {
        let at = self.counts.partition_point(|(at, _)| *at < byte);
        self.counts.get(at).map_or(0, |(_, chars)| *chars)
    }
}

/// What stands in the place of a line that cannot be used.
#[derive(Serialize)]
pub(in crate::cli) struct Refused<'a> {
    schema: u32,
    /// As it was given, if it could be read.
    id: Option<&'a RawValue>,
    error: Refusal<'a>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    /// The line of the input, from 1.
    line: u64,
    message: &'a str,
}

impl<'a> Refused<'a> {
    /// What is wrong with this line.
    pub(in crate::cli) fn new(id: Option<&'a RawValue>, line: u64, message: &'a str) -> Self {
        Self { schema: SCHEMA, id, error: Refusal { line, message } }
    }
}
