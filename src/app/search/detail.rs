//! One result of a search as it is shown: where it was found, and the hits with what stands around
//! them.

use crate::{
    article::{ArticleId, Marks, facts::IssueDate},
    listing::ArticleKey,
    query::{Fact, Found, Kind, Matcher, Place, Subject},
    text::{
        display::DisplayLine, kwic::Kwic, range::TextRange, searchable::Searchable, width::Widths,
    },
};

/// Hits of an article that are shown with what stands around them.
pub const LINES: usize = 3;
/// Hits of an article that are lit and gone through.
const MOST_HITS: usize = 1_000;
/// Cells before a hit: more than any pane shows.
const BEFORE: usize = 120;

/// An article as a search sees it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Where it stands in the list; `None` while the list does not know its source.
    pub key: Option<ArticleKey>,
    /// The content of its text.
    pub id: ArticleId,
    /// The path of its source.
    pub path: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its byline.
    pub byline: &'a str,
    /// Its date.
    pub date: Option<IssueDate>,
    /// Its keywords, if they are known.
    pub keywords: &'a [&'a str],
    /// Its whole text.
    pub text: &'a str,
    /// What the person keeps about it, as far as the query may ask.
    pub marks: &'a Marks,
}

/// A result with all that is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The article; `None` while the list does not know it.
    pub key: Option<ArticleKey>,
    /// The content of the text that the hits lie in.
    pub id: ArticleId,
    /// The title in pieces, with whether each is a hit.
    pub title: Vec<(DisplayLine, bool)>,
    /// The date, or nothing.
    pub date: DisplayLine,
    /// Whether it was found by pinyin only.
    pub by_pinyin: bool,
    /// How many articles alike stand for themselves in this one, itself included.
    pub copies: u32,
    /// Places in the text, in order.
    pub hits: Vec<TextRange>,
    /// How many there are.
    pub count: usize,
    /// The first hits below the title, with what stands around them.
    pub lines: Vec<Kwic>,
}

impl Detail {
    /// What is shown of an article; `None` if it does not match.
    pub fn of(matcher: &Matcher, candidate: &Candidate<'_>) -> Option<Self> {
        found(matcher, candidate).map(|found| Self::with(candidate, &found))
    }

    /// What is shown of an article in which no hits are known.
    pub fn bare(candidate: &Candidate<'_>) -> Self {
        Self::with(candidate, &Found::default())
    }

    fn with(candidate: &Candidate<'_>, found: &Found) -> Self {
        let by_pinyin = found.kind() == Some(Kind::Pinyin);
        let of = |place: Place| {
            let hits = found.hits.iter().filter(move |hit| hit.place == place);
            hits.map(|hit| hit.range).collect::<Vec<TextRange>>()
        };
        let mut hits = places_in_text(candidate, found);
        let count = hits.len();
        hits.truncate(MOST_HITS);
        let text = candidate.text;
        // What the headline shows is not shown a second time below it.
        let head = if text.starts_with(candidate.title) { candidate.title.len() } else { 0 };
        let below = hits.iter().filter(|hit| hit.start >= head).take(LINES);
        let mut lines: Vec<Kwic> =
            below.map(|hit| Kwic::of(text, *hit, BEFORE, Widths::UNIVERSAL)).collect();
        if hits.is_empty() {
            // What was found elsewhere is shown with its first words.
            let rest = text.get(head..).unwrap_or_default();
            let start = text.len() - rest.trim_start().len();
            lines.push(Kwic::of(text, TextRange::new(start, start), 0, Widths::UNIVERSAL));
        }
        Self {
            key: candidate.key,
            id: candidate.id,
            title: pieces(candidate.title, &of(Place::Title)),
            date: candidate.date.map(DisplayLine::of).unwrap_or_default(),
            by_pinyin,
            copies: 1,
            hits,
            count,
            lines,
        }
    }

    /// What stands for a result of which nothing can be shown any more, and why.
    pub fn gone(why: DisplayLine) -> Self {
        Self {
            key: None,
            id: ArticleId::of(""),
            title: vec![(why, false)],
            date: DisplayLine::default(),
            by_pinyin: false,
            copies: 1,
            hits: Vec::new(),
            count: 0,
            lines: Vec::new(),
        }
    }
}

/// Where in its text something was found in an article: the places that are lit, gone through and counted.
pub fn places_in_text(candidate: &Candidate<'_>, found: &Found) -> Vec<TextRange> {
    let hits = found.hits.iter().filter(|hit| hit.place == Place::Text);
    let hits: Vec<TextRange> = hits.map(|hit| hit.range).collect();
    if hits.is_empty() { places_of_keywords(candidate, found) } else { hits }
}

/// Where the keywords that were found stand in the text.
fn places_of_keywords(candidate: &Candidate<'_>, found: &Found) -> Vec<TextRange> {
    let keyword = |place| match place {
        Place::Keyword(number) => candidate.keywords.get(number).copied(),
        _ => None,
    };
    let mut words: Vec<&str> = found.hits.iter().filter_map(|hit| keyword(hit.place)).collect();
    words.retain(|word| !word.is_empty());
    words.dedup();
    let places = words.into_iter().flat_map(|word| {
        let starts = candidate.text.match_indices(word).take(MOST_HITS);
        starts.map(|(at, word)| TextRange::new(at, at + word.len()))
    });
    let mut places: Vec<TextRange> = places.collect();
    places.sort_unstable();
    places.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        kept.end = if overlaps { kept.end.max(next.end) } else { kept.end };
        overlaps
    });
    places
}

/// What was found in an article, if it matches.
pub fn found(matcher: &Matcher, candidate: &Candidate<'_>) -> Option<Found> {
    let text = Searchable::of(candidate.text);
    matcher.matches(&Subject {
        path: candidate.path,
        title: Fact::Known(candidate.title),
        byline: Fact::Known(candidate.byline),
        date: Fact::Known(candidate.date),
        keywords: Fact::Known(candidate.keywords),
        text: Fact::Known(&text),
        marks: Fact::Known(candidate.marks),
    })
}

/// A text cut at the borders of hits, each piece made safe by itself.
fn pieces(text: &str, hits: &[TextRange]) -> Vec<(DisplayLine, bool)> {
    let mut pieces = Vec::new();
    let mut push = |range: TextRange, is_hit| {
        let piece = DisplayLine::new(range.of(text));
        if !piece.is_empty() {
            pieces.push((piece, is_hit));
        }
    };
    let mut end = 0;
    for hit in hits {
        push(TextRange::new(end, hit.start), false);
        push(*hit, true);
        end = hit.end;
    }
    push(TextRange::new(end, text.len()), false);
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        query::{MatchOptions, Query},
        text::sanitize::display_line,
    };

    fn detail(query: &str, title: &str, text: &str) -> Option<Detail> {
        let matcher = Matcher::new(&Query::parse(query).unwrap(), MatchOptions::default());
        let candidate = Candidate {
            key: None,
            id: ArticleId::of(text),
            path: "a.txt",
            title,
            byline: "",
            date: None,
            keywords: &[],
            text,
            marks: &Marks::default(),
        };
        Detail::of(&matcher, &candidate)
    }

    fn shown(detail: &Detail) -> (String, Vec<String>) {
        let mark = |(piece, hit): &(DisplayLine, bool)| {
            if *hit { format!("<{piece}>") } else { piece.to_string() }
        };
        let line = |line: &Kwic| format!("{}<{}>{}", line.before, line.hit, line.after);
        let title = detail.title.iter().map(mark).collect();
        (title, detail.lines.iter().map(line).collect())
    }

    #[test]
    fn a_result_shows_its_hits() {
        let text = "渡口的灯\n渡口的灯亮了四十年。\n说起渡口来，没有完。";
        let found = detail("渡口", "渡口的灯", text).unwrap();
        let lines = ["<渡口>的灯亮了四十年。", "说起<渡口>来，没有完。"];
        assert_eq!(shown(&found), ("<渡口>的灯".into(), lines.map(String::from).into()));
        assert_eq!((found.count, found.hits.len(), found.by_pinyin), (3, 3, false));
        let found = detail("dukou", "渡口的灯", text).unwrap();
        assert!(found.by_pinyin);
        assert_eq!(shown(&found).0, "<渡口>的灯");
        assert_eq!(detail("电站", "渡口的灯", text), None);
    }

    #[test]
    fn what_was_found_elsewhere_shows_its_first_words() {
        let found = detail("path:a.txt", "渡口的灯", "渡口的灯\n灯亮着。").unwrap();
        assert_eq!(shown(&found).1, ["<>灯亮着。"]);
        assert_eq!((found.count, found.hits.len()), (0, 0));
    }

    #[test]
    fn a_keyword_is_shown_where_it_stands() {
        let text = "渡口的灯\n海上的灯塔亮着，灯塔下有人。";
        let matcher = Matcher::new(&Query::parse("kw:灯").unwrap(), MatchOptions::default());
        let candidate = Candidate {
            key: None,
            id: ArticleId::of(text),
            path: "",
            title: "渡口的灯",
            byline: "",
            date: None,
            keywords: &["渡口", "灯塔", "灯"],
            text,
            marks: &Marks::default(),
        };
        let found = Detail::of(&matcher, &candidate).unwrap();
        let hits: Vec<&str> = found.hits.iter().map(|hit| hit.of(text)).collect();
        assert_eq!(hits, ["灯", "灯塔", "灯塔"]);
    }

    #[test]
    fn what_is_hostile_is_made_harmless() {
        let text = "红\u{1b}[31m灯\u{202e}塔\n海上的\u{1b}]0;x\u{7}灯\u{202e}塔";
        let found = detail("灯", "红\u{1b}[31m灯\u{202e}塔", text).unwrap();
        assert_eq!(shown(&found), ("红␛[31m<灯>塔".into(), vec!["海上的␛]0;x␇<灯>塔".into()]));
    }

    proptest! {
        #[test]
        fn nothing_in_a_text_upsets_its_result(title in any::<String>(), text in any::<String>()) {
            let Some(found) = detail("/./", &title, &format!("{title}\n{text}")) else {
                return Ok(());
            };
            let lines = found.lines.iter().flat_map(|line| [&line.before, &line.hit, &line.after]);
            for line in found.title.iter().map(|(piece, _)| piece).chain(lines) {
                prop_assert_eq!(display_line(line.as_str()), line.as_str());
            }
        }
    }
}
