//! From an article to its key sentences and keywords.

mod content;
mod keywords;
mod phrases;
mod quality;
mod recipe;
mod sentences;
mod signals;
mod summary;
mod title;
mod vocabulary;
mod why;
mod words;

use std::ops::Range;

use crate::{
    article::{Article, ArticleId, Part, Role},
    text::{
        fold,
        letter::is_letter,
        lexicon::Lexicon,
        range::{TextRange, character_at},
        segment::{Word, Words},
        sentence,
    },
};
pub use content::content_words;
pub use quality::{Quality, Trait};
pub use recipe::{Ingredient, Recipe};
pub use sentences::Grounds;
pub use signals::Signals;
pub use summary::{KeySentence, Length};
pub use vocabulary::Vocabulary;
pub use why::{Support, supporters};
use words::{Kind, Register};

/// Raised whenever analysis finds something else in the same text: what was kept of it before counts
/// no more then. It covers the recipe, the lists of words and the dictionary.
pub const VERSION: u32 = 1;

/// Bytes of an article beyond which its text is not analysed: about 1,300,000 characters.
const COVERED: usize = 4 * 1024 * 1024;

/// What the ranking found in an article. Ranked once; summaries of any length are cut from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Every sentence of the running text, in reading order, damaged ones too.
    pub sentences: Vec<Sentence>,
    /// Indices of the sentences that can be key sentences, best first, with repetitions pushed back:
    /// a summary of any length is a prefix of this order. Sentences with damage (see
    /// [`Article::damage`]) are not among them, so it is empty when nothing else is there.
    pub order: Vec<usize>,
    /// What the article says about how far each kind of evidence can be trusted.
    pub signals: Signals,
    /// Keywords, best first.
    pub keywords: Vec<Keyword>,
    /// Bytes of the article's text that were looked at; the rest of a very long text is not.
    pub covered: usize,
    /// The text that was analysed: its content hash and its length in bytes.
    pub of: (ArticleId, usize),
}

/// A sentence with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sentence {
    /// Its place in the article's text.
    pub range: TextRange,
    /// Its share in the score of the whole article; all shares add up to 1.
    pub score: f64,
    /// Where the score comes from.
    pub grounds: Grounds,
}

/// A keyword with all its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The word or phrase, as it is printed at its first place.
    pub text: String,
    /// Its weight, 1 for the heaviest of the article.
    pub weight: f64,
    /// Where it stands in the article's text, in order. In traditional text it may be written in
    /// another way at another place (臺灣, 台灣).
    pub places: Vec<TextRange>,
}

impl Analysis {
    /// Whether this is an analysis of the text that the article has now.
    pub fn fits(&self, article: &Article) -> bool {
        self.of == (article.id, article.text.len())
    }
}

/// Ranks the sentences and words of an article.
///
/// Only running text gives key sentences; titles and headings count for keywords too. Traditional
/// text is read as simplified, which the dictionary and the lists of words know, and shown as it
/// is. A sentence with damage counts in the graph by the words that are left of it, but is no key
/// sentence. Time and memory grow with the length of the text, up to a limit beyond which nothing
/// is looked at (see [`Analysis::covered`]).
pub fn analyze(article: &Article, vocabulary: &Vocabulary) -> Analysis {
    analyze_with(article, vocabulary, Recipe::default())
}

/// As [`analyze`], by another recipe: what one ingredient is worth shows when it is left out.
pub fn analyze_with(article: &Article, vocabulary: &Vocabulary, recipe: Recipe) -> Analysis {
    let covered = character_at(&article.text, COVERED);
    let printed = article.text.get(..covered).unwrap_or_default();
    // Byte for byte as long: every range holds for both.
    let folded = fold::folded(printed);
    let text = &*folded;
    let words = vocabulary.segmenter().words(text);
    let kinds = vocabulary.kinds(&words);
    let parts = Stretch::all(article, covered);
    let ranges = sentence_ranges(&parts, text);
    let spans = spans(&words, &ranges);
    let mut content = Vec::with_capacity(words.words.len());
    let tallies: Vec<Tally> =
        spans.iter().map(|span| Tally::of(span, &kinds, &mut content)).collect();
    let candidates: Vec<sentences::Candidate> = ranges
        .iter()
        .zip(&tallies)
        .map(|(range, tally)| sentences::Candidate {
            text: range.of(text),
            words: content.get(tally.content.clone()).unwrap_or_default(),
            tokens: tally.tokens,
            spoken: tally.spoken,
            chars: tally.chars,
            damaged: article.is_damaged(*range),
        })
        .collect();
    let titles = parts.iter().filter(|part| is_title(part.role));
    let context = sentences::Context {
        title: titles.map(|part| part.range.of(text)).collect(),
        pull_quotes: parts
            .iter()
            .filter(|part| part.role == Role::PullQuote)
            .map(|part| quality::letters(part.range.of(text)))
            .collect(),
        kinds: &kinds,
        recipe,
    };
    let ranking = sentences::rank(&candidates, &context);
    let scored = ranges.iter().zip(ranking.scores).zip(ranking.grounds);
    let sentence = |((&range, score), grounds)| Sentence { range, score, grounds };
    let lines = lines(&parts, ranges.iter().copied().zip(spans), &words);
    let mut keywords = keywords::rank(&lines, &kinds, text, vocabulary.segmenter());
    drop_stop_phrases(&mut keywords, vocabulary.lexicon());
    for keyword in &mut keywords {
        if let Some(place) = keyword.places.first() {
            place.of(printed).clone_into(&mut keyword.text);
        }
    }
    Analysis {
        sentences: scored.map(sentence).collect(),
        order: ranking.order,
        signals: ranking.signals,
        keywords,
        covered,
        of: (article.id, article.text.len()),
    }
}

/// Leaves out the keywords that as a whole are stop words of the person.
fn drop_stop_phrases(keywords: &mut Vec<Keyword>, lexicon: &Lexicon) {
    keywords.retain(|keyword| !lexicon.is_stop(&keyword.text));
    let best = keywords.first().map_or(1.0, |keyword| keyword.weight.max(f64::MIN_POSITIVE));
    for keyword in keywords {
        keyword.weight /= best;
    }
}

/// A part of the text as far as it is covered.
#[derive(Clone, Copy)]
struct Stretch {
    role: Role,
    range: TextRange,
}

impl Stretch {
    /// The parts of an article as far as `covered` bytes of it.
    fn all(article: &Article, covered: usize) -> Vec<Self> {
        let clipped = |part: &Part| Self {
            role: part.role,
            range: TextRange::new(part.range.start, part.range.end.min(covered)),
        };
        let parts = article.parts.iter().filter(|part| part.range.start < covered);
        parts.map(clipped).collect()
    }
}

/// The sentences of the running text, in reading order; of the captions where there is nothing
/// else, as with a picture that stands for itself.
fn sentence_ranges(parts: &[Stretch], text: &str) -> Vec<TextRange> {
    let has_text = parts.iter().any(|part| part.role == Role::Paragraph);
    let wanted = if has_text { Role::Paragraph } else { Role::Caption };
    let running = parts.iter().filter(|part| part.role == wanted);
    running
        .flat_map(|part| {
            let found = sentence::sentences(part.range.of(text));
            found.into_iter().map(|range| range.shifted(part.range.start))
        })
        .collect()
}

/// What keywords are looked for in: titles and headings as they are, running text by sentence.
fn lines<'a>(
    parts: &[Stretch],
    sentences: impl Iterator<Item = (TextRange, &'a [Word])>,
    words: &'a Words,
) -> Vec<keywords::Line<'a>> {
    let heads = parts.iter().filter(|part| is_title(part.role) || part.role == Role::Heading);
    let head = |part: &Stretch| (part.range, is_title(part.role), within(words, part.range));
    let running = sentences.map(|(range, words)| (range, false, words));
    let mut lines: Vec<(TextRange, bool, &[Word])> = heads.map(head).chain(running).collect();
    lines.sort_unstable_by_key(|(range, title, _)| (*range, *title));
    lines.into_iter().map(|(_, title, words)| keywords::Line { words, title }).collect()
}

fn is_title(role: Role) -> bool {
    matches!(role, Role::Title | Role::Subtitle | Role::Kicker)
}

/// The words that lie in a range of the text.
fn within<'a>(words: &'a Words, range: TextRange) -> &'a [Word] {
    let from = words.words.partition_point(|word| word.range.start < range.start);
    let to = words.words.partition_point(|word| word.range.end <= range.end);
    words.words.get(from..to).unwrap_or_default()
}

/// The words that lie in each of these ranges. Ranges in order are found on the way from one to the
/// next.
fn spans<'a>(words: &'a Words, ranges: &[TextRange]) -> Vec<&'a [Word]> {
    let mut rest = &*words.words;
    let mut before = 0;
    let span = |range: &TextRange| {
        if range.start < before {
            return within(words, *range);
        }
        before = range.end;
        let passed = |rest: &[Word], is_passed: &dyn Fn(&Word) -> bool| {
            rest.iter().position(|word| !is_passed(word)).unwrap_or(rest.len())
        };
        rest = rest.split_at(passed(rest, &|word| word.range.start < range.start)).1;
        let (span, behind) = rest.split_at(passed(rest, &|word| word.range.end <= range.end));
        rest = behind;
        span
    };
    ranges.iter().map(span).collect()
}

/// What is counted of the words of a sentence.
struct Tally {
    /// Where its content words lie among those of all sentences.
    content: Range<usize>,
    /// All its words and marks.
    tokens: usize,
    /// Those that are spoken language.
    spoken: usize,
    /// Letters and digits.
    chars: usize,
}

impl Tally {
    /// Counts, and adds the content words of the sentence to those of the ones before.
    fn of(words: &[Word], kinds: &[Kind], content: &mut Vec<u32>) -> Self {
        let (start, mut spoken, mut chars) = (content.len(), 0, 0);
        for word in words {
            let Some(kind) = kinds.get(word.id as usize) else { continue };
            if kind.content {
                content.push(word.id);
            }
            spoken += usize::from(kind.register == Register::Spoken);
            chars += usize::from(kind.letters);
        }
        Self { content: start..content.len(), tokens: words.len(), spoken, chars }
    }
}

/// The words of a list: separated by white space, without comments.
fn words_of(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// Characters without white space.
pub fn count_chars(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests;
