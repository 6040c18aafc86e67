//! From the text of an article to its rows.

use std::{hint::black_box, sync::Arc, time::Duration};

use zhaidu::{
    app::{
        msg::{Invisible, Reading},
        reader,
    },
    article::Article,
    text::{
        sanitize::DisplayText,
        width::Widths,
        wrap::{COMFORTABLE, Measure, wrap},
    },
};

use crate::{Figure, clock::timed, corpus::Corpus, opening::millis};

/// Characters of a long article, and bytes of a Han character.
const CHARS: usize = 8_000;
const HAN_BYTES: usize = 3;

/// Times that each is repeated; the best counts, because only the machine is not the same.
const RUNS: usize = 51;

/// Nanoseconds per character of each step, milliseconds of all of them.
pub(crate) fn typeset() -> Vec<Figure> {
    Corpus::all().iter().flat_map(of_corpus).collect()
}

fn of_corpus(corpus: &Corpus) -> Vec<Figure> {
    let article = Arc::new(corpus.article(CHARS * HAN_BYTES, 1));
    let narrow = reader::measure(100, COMFORTABLE.into(), Widths::NARROW);
    let wide = reader::measure(100, COMFORTABLE.into(), Widths::WIDE);
    let reading = Reading::new(article.clone(), Invisible::Hidden);
    let spoilt = spoilt(&article);
    let whole = best(|| set(&Reading::new(article.clone(), Invisible::Hidden), narrow));
    vec![
        per_char(corpus, "wrap, narrow", &article, 100.0, best(|| set(&reading, narrow))),
        per_char(corpus, "wrap, wide", &article, 100.0, best(|| set(&reading, wide))),
        per_char(corpus, "sanitise", &article, 46.0, best(|| DisplayText::block(&article.text))),
        per_char(corpus, "sanitise, hostile", &article, 46.0, best(|| DisplayText::block(&spoilt))),
        Figure {
            what: format!("{}, lay out an article: CPU", corpus.name),
            measured: millis(whole),
            limit: Some(2.0),
            unit: "ms",
            note: format!("{} characters", article.text.chars().count()),
        },
    ]
}

/// The text with something to be changed at every tenth character.
fn spoilt(article: &Article) -> Arc<str> {
    let mut text = String::new();
    for (number, c) in article.text.chars().enumerate() {
        text.push(c);
        if number % 10 == 0 {
            text.push(if number % 20 == 0 { '\u{200b}' } else { '\u{301}' });
        }
    }
    text.into()
}

/// Every row of an article.
fn set(reading: &Reading, measure: Measure) -> usize {
    let parts = reading.chunks.iter().map(|chunk| chunk.range.of(reading.text.as_str()));
    parts.map(|part| wrap(part, measure).len()).sum()
}

fn best<T>(work: impl Fn() -> T) -> Duration {
    (0..RUNS).map(|_| timed(|| black_box(work())).0).min().unwrap_or_default()
}

fn per_char(corpus: &Corpus, what: &str, article: &Article, limit: f64, took: Duration) -> Figure {
    let chars = article.text.chars().count();
    Figure {
        what: format!("{}, {what}, a character: CPU", corpus.name),
        measured: took.as_nanos() as f64 / chars.max(1) as f64,
        limit: Some(limit),
        unit: "ns",
        note: format!("{chars} characters"),
    }
}
