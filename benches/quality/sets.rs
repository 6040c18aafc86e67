//! What is measured on which kind of articles, and what is promised.

use crate::{
    cases::Record,
    measures::{Budget, Match, Rouge, keywords, rouge, take, tokens},
    methods::{Method, Ranked, Title},
    words::{headline_words, words_of},
};

/// A kind of articles.
pub(crate) struct Set {
    /// How the names of its files begin.
    pub(crate) key: &'static str,
    /// What it is, and what it is held against.
    pub(crate) what: &'static str,
    /// Whether it is held against the headline, so that a method that is told it has an easy game.
    pub(crate) headline: bool,
    /// What is measured.
    pub(crate) columns: &'static [Column],
}

/// One measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Column {
    /// What the table calls it.
    pub(crate) name: &'static str,
    measure: Measure,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Measure {
    /// F1 of key sentences.
    Summary(Budget, Rouge),
    /// Share of the reference that key sentences bring.
    Recall(Budget, Rouge),
    /// F1 of this many keywords against those of the authors.
    Authors(usize),
    /// F1 of this many words of keywords against the words of the headline.
    Headline(usize),
}

const REF_R1: Column = summary("ref R1", Budget::Reference, Rouge::One);
const REF_R2: Column = summary("ref R2", Budget::Reference, Rouge::Two);
const REF_RL: Column = summary("ref RL", Budget::Reference, Rouge::Longest);
const K1_R1: Column = summary("k1 R1", Budget::Sentences(1), Rouge::One);
const C120_R2: Column =
    Column { name: "c120 R2", measure: Measure::Recall(Budget::Tokens(120), Rouge::Two) };
const AUTHORS_5: Column = Column { name: "F1@5", measure: Measure::Authors(5) };
const AUTHORS_10: Column = Column { name: "F1@10", measure: Measure::Authors(10) };
const HEADLINE_5: Column = Column { name: "head@5", measure: Measure::Headline(5) };
const HEADLINE_10: Column = Column { name: "head@10", measure: Measure::Headline(10) };

const fn summary(name: &'static str, budget: Budget, rouge: Rouge) -> Column {
    Column { name, measure: Measure::Summary(budget, rouge) }
}

/// All kinds of articles.
pub(crate) const SETS: [Set; 8] = [
    Set {
        key: "tt",
        what: "Toutiao news, against written summaries",
        headline: false,
        columns: &[REF_R1, REF_R2, REF_RL],
    },
    Set {
        key: "xwlb",
        what: "CCTV evening news, against the headline",
        headline: true,
        columns: &[K1_R1, C120_R2, HEADLINE_5, HEADLINE_10],
    },
    Set {
        key: "xwlb-lead",
        what: "CCTV evening news without the lead, against the lead",
        headline: false,
        columns: &[REF_R1, REF_R2],
    },
    Set {
        key: "sina",
        what: "Sina news, against the headline",
        headline: true,
        columns: &[K1_R1, C120_R2, HEADLINE_5, HEADLINE_10],
    },
    Set {
        key: "sina-lead",
        what: "Sina news without the lead, against the lead",
        headline: false,
        columns: &[REF_R1, REF_R2],
    },
    Set {
        key: "sfzy",
        what: "court decisions, against written summaries",
        headline: false,
        columns: &[REF_R1, REF_R2],
    },
    Set {
        key: "vcsum",
        what: "transcripts of meetings, against written summaries",
        headline: false,
        columns: &[REF_R1, REF_R2],
    },
    Set {
        key: "csl",
        what: "abstracts of papers, against the authors' keywords",
        headline: false,
        columns: &[AUTHORS_5, AUTHORS_10],
    },
];

/// What is promised for the row that counts, in per cent, by kind of articles and measure.
const LIMITS: [(&str, Column, f64); 16] = [
    ("tt", REF_R2, 19.5),
    ("xwlb", C120_R2, 66.0),
    ("xwlb", HEADLINE_5, 41.5),
    ("xwlb-lead", REF_R1, 33.0),
    ("xwlb-lead", REF_R2, 17.0),
    ("sina", K1_R1, 20.5),
    ("sina", C120_R2, 34.0),
    ("sina", HEADLINE_5, 32.0),
    ("sina-lead", REF_R1, 31.5),
    ("sina-lead", REF_R2, 13.0),
    ("sfzy", REF_R1, 56.0),
    ("sfzy", REF_R2, 41.5),
    ("vcsum", REF_R1, 35.5),
    ("vcsum", REF_R2, 13.5),
    ("csl", AUTHORS_5, 26.0),
    ("csl", AUTHORS_10, 23.0),
];

impl Set {
    /// The kind of the articles in a file of this name: the one with the longest key that the name
    /// begins with.
    pub(crate) fn of(name: &str) -> Option<&'static Self> {
        let fitting = SETS.iter().filter(|set| name.starts_with(set.key));
        fitting.max_by_key(|set| set.key.len())
    }

    /// Whether a method is told the title.
    pub(crate) fn tells(&self, method: &Method) -> bool {
        match method.title {
            Title::Given => true,
            Title::Withheld => false,
            Title::Fair => !self.headline,
        }
    }

    /// What is promised.
    pub(crate) fn limit(&self, column: &Column) -> Option<f64> {
        let promised = |(key, of, _): &&(_, Column, _)| *key == self.key && of == column;
        LIMITS.iter().find(promised).map(|(_, _, limit)| *limit)
    }
}

impl Column {
    /// Whether a method has anything to say here.
    pub(crate) fn suits(&self, method: &Method) -> bool {
        match self.measure {
            Measure::Summary(..) | Measure::Recall(..) => method.sentences,
            Measure::Authors(_) | Measure::Headline(_) => method.keywords,
        }
    }

    /// The measure of one article in per cent, or nothing where the article has no reference.
    pub(crate) fn score(&self, ranked: &Ranked, record: &Record) -> Option<f64> {
        let score = match self.measure {
            Measure::Summary(budget, n) => sentences(ranked, record, budget, n)?.f1,
            Measure::Recall(budget, n) => sentences(ranked, record, budget, n)?.recall,
            Measure::Authors(count) => {
                let wanted = Some(&record.keywords).filter(|wanted| !wanted.is_empty())?;
                keywords(count, &ranked.keywords, wanted).f1
            }
            Measure::Headline(count) => {
                let wanted = headline_words(record.title.as_deref()?, &record.text);
                let wanted = Some(wanted).filter(|wanted| !wanted.is_empty())?;
                let first = ranked.keywords.get(..count).unwrap_or(&ranked.keywords);
                let words = words_of(first);
                keywords(words.len(), &words, &wanted).f1
            }
        };
        Some(100.0 * score)
    }
}

fn sentences(ranked: &Ranked, record: &Record, budget: Budget, n: Rouge) -> Option<Match> {
    let reference = tokens(record.summary.as_deref().filter(|summary| !summary.is_empty())?);
    Some(rouge(n, &take(&ranked.sentences, budget, reference.len()), &reference))
}
