//! The shapes that programs read of an article, whether it is printed or exported. Every shape carries its
//! version as `schema`; a field is never removed or given another meaning without a new version.

mod facts;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use self::facts::Facts;
use crate::{
    analysis::{self, KeySentence},
    article::{self, Kind, Role},
    error::Problem,
    lang::Lang,
    library::Item,
    text::sanitize::is_unsafe,
};

/// Version of all shapes.
pub(crate) const SCHEMA: u32 = 1;

/// An article, in every shape.
#[derive(Serialize)]
pub(crate) struct Head {
    /// Content hash: the same text has the same id wherever it lies.
    id: String,
    /// Path of the source, and of the member of an archive file.
    path: String,
    /// Number of the article on its source or member, from 1.
    article: u32,
    /// Line of the source at which it begins, from 1.
    line: usize,
    /// Headline; null when it has none.
    title: Option<String>,
}

impl Head {
    pub(crate) fn new(item: &Item) -> Self {
        Self {
            id: item.article.id.to_string(),
            path: item.place.to_string_lossy().into_owned(),
            article: item.number,
            line: item.line(),
            title: item.article.title().map(ToOwned::to_owned),
        }
    }
}

/// An article of `list --json`.
#[derive(Serialize)]
pub(crate) struct Listed {
    #[serde(flatten)]
    head: Head,
    /// `article`, or `photo` for a picture with its caption.
    kind: &'static str,
    /// Headline, or the first words of an article without one.
    headline: String,
    /// Names of the authors.
    authors: Vec<String>,
    /// Characters of running text.
    chars: usize,
    /// How sure it is that an article begins here, 0 to 1.
    confidence: f32,
    /// Encoding of the source.
    encoding: &'static str,
    /// Malformed sequences in the source.
    malformed: usize,
    /// Places in the article at which text was destroyed.
    damaged: usize,
    #[serde(flatten)]
    facts: Facts,
}

impl Listed {
    pub(crate) fn new(item: &Item) -> Self {
        let article = item.article;
        Self {
            head: Head::new(item),
            kind: match article.kind {
                Kind::Article => "article",
                Kind::Photo => "photo",
            },
            headline: article.headline(),
            authors: article.authors.clone(),
            chars: article.char_count(),
            confidence: article.start.confidence,
            encoding: item.document.encoding,
            malformed: item.document.malformed,
            damaged: article.damage.len(),
            facts: Facts::new(item),
        }
    }
}

/// An article of `show --json`.
#[derive(Serialize)]
pub(crate) struct Shown {
    #[serde(flatten)]
    listed: Listed,
    /// All of its text, in reading order.
    parts: Vec<Part>,
}

/// A title, a paragraph, a caption.
#[derive(Serialize)]
struct Part {
    role: &'static str,
    text: String,
}

impl Shown {
    pub(crate) fn new(item: &Item) -> Self {
        let parts = item.article.parts.iter().map(|part| Part {
            role: role_name(part.role),
            text: part.range.of(&item.article.text).to_owned(),
        });
        Self { listed: Listed::new(item), parts: parts.collect() }
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Blank => "blank",
        Role::Kicker => "kicker",
        Role::Title => "title",
        Role::Subtitle => "subtitle",
        Role::Byline => "byline",
        Role::Affiliation => "affiliation",
        Role::Source => "source",
        Role::Column => "column",
        Role::Abstract => "abstract",
        Role::Heading => "heading",
        Role::Paragraph => "paragraph",
        Role::PullQuote => "pull-quote",
        Role::Caption => "caption",
        Role::Credit => "credit",
        Role::PageHeader => "page-header",
        Role::Other => "other",
    }
}

/// A key sentence.
#[derive(Serialize)]
pub(crate) struct Sentence {
    /// 1 for the best of the article.
    rank: usize,
    /// Share in the rank of the whole article, 0 to 1.
    score: f64,
    /// Line of the source on which it begins, from 1; null when it cannot be told.
    line: Option<usize>,
    /// The sentence.
    text: String,
}

impl Sentence {
    pub(crate) fn new(item: &Item, key: &KeySentence) -> Self {
        let place = item.article.source_offset(key.range.start);
        Self {
            rank: key.rank,
            score: rounded(key.score),
            line: place.map(|at| item.document.line_at(at)),
            text: key.range.of(&item.article.text).to_owned(),
        }
    }
}

/// A keyword.
#[derive(Serialize)]
pub(crate) struct Keyword {
    /// 1 for the heaviest of the article.
    rank: usize,
    /// The word or phrase.
    text: String,
    /// Weight, 1 for the heaviest of the article.
    weight: f64,
    /// How often it stands in the article.
    count: usize,
}

impl Keyword {
    /// The first `count` of these.
    pub(crate) fn best<'a>(
        keywords: impl IntoIterator<Item = &'a analysis::Keyword>,
        count: usize,
    ) -> Vec<Self> {
        let best = keywords.into_iter().take(count).enumerate();
        let keyword = |(at, keyword): (usize, &analysis::Keyword)| Self {
            rank: at + 1,
            text: keyword.text.clone(),
            weight: rounded(keyword.weight),
            count: keyword.places.len(),
        };
        best.map(keyword).collect()
    }
}

/// What the person keeps about an article.
#[derive(Serialize)]
pub(crate) struct Marks<'a> {
    starred: bool,
    read: bool,
    tags: Vec<&'a str>,
    /// Empty for none.
    note: &'a str,
}

impl<'a> Marks<'a> {
    pub(crate) fn new(marks: &'a article::Marks) -> Self {
        let tags = marks.tags.iter().map(String::as_str).collect();
        Self { starred: marks.starred, read: marks.read, tags, note: &marks.note }
    }
}

/// A source that could not be read.
#[derive(Serialize)]
pub(crate) struct Trouble {
    /// Path of the source, and of the member of an archive file.
    pub(crate) path: String,
    /// The line, from 1, when it is about one.
    pub(crate) line: Option<u64>,
    /// What happened, why, and what to do.
    pub(crate) message: String,
}

impl From<&Problem> for Trouble {
    fn from(problem: &Problem) -> Self {
        Self {
            path: problem.place.to_string_lossy().into_owned(),
            line: problem.line,
            message: problem.kind.message(Lang::En),
        }
    }
}

/// Six digits say all that a score can, and are the same on every machine. Those of very long
/// texts are small, so digits count from the first that is not zero, and six places at least.
pub(crate) fn rounded(value: f64) -> f64 {
    let places = (5.0 - value.abs().max(1e-12).log10().floor()).max(6.0);
    let scale = 10_f64.powf(places);
    (value * scale).round() / scale
}

/// Writes one value as compact JSON, safe to look at.
pub(crate) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe)).map_err(io::Error::from)
}

/// Compact JSON in which characters that could act on a terminal or cannot be seen are escaped:
/// the same values, harmless when they are looked at.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unsafe(*c)) {
            let (before, after) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, before)?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }

    /// A value that is passed on as it was written. White space between its parts may be such a
    /// character too, and is a space then; inside of strings it cannot stand.
    fn write_raw_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for (at, part) in fragment.split(['\t', '\r', '\n']).enumerate() {
            writer.write_all(if at == 0 { b"" } else { b" " })?;
            self.write_string_fragment(writer, part)?;
        }
        Ok(())
    }
}
