//! From bytes to text.

use std::{hint::black_box, time::Duration};

use encoding_rs::GB18030;
use zhaidu::source::encoding::{Confidence, decode};

use crate::{Figure, clock::timed, corpus::Corpus};

/// Texts, and bytes of each as UTF-8.
const TEXTS: u64 = 64;
const BYTES: usize = 5 * 1024;
/// Times that all texts are decoded for a sample, and samples; the best counts.
const TIMES: u32 = 20;
const SAMPLES: usize = 25;

/// Processor time of decoding a text of 5 KB whose encoding nobody names.
pub(crate) fn decode_figures() -> Vec<Figure> {
    Corpus::all().iter().flat_map(of_corpus).collect()
}

fn of_corpus(corpus: &Corpus) -> Vec<Figure> {
    let texts: Vec<String> = (0..TEXTS).map(|seed| corpus.text(BYTES, seed)).collect();
    let utf8: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
    let gb: Vec<Vec<u8>> = texts.iter().map(|text| GB18030.encode(text).0.into_owned()).collect();
    let bytes = |files: &[Vec<u8>]| files.iter().map(Vec::len).sum::<usize>() / files.len().max(1);
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let copied = micros(each(&utf8, |bytes| {
        black_box(String::from_utf8(bytes.to_vec()).is_ok());
    }));
    let decoded = |bytes: &[u8]| {
        black_box(decode(black_box(bytes), None));
    };
    let figure = |name: &str, files: &[Vec<u8>], limit: f64, note: String| Figure {
        what: format!("{}, composed: decode 5 KB, {name}: CPU", corpus.name),
        measured: micros(each(files, decoded)),
        limit: Some(limit),
        unit: "us",
        note: format!("{} bytes each{note}", bytes(files)),
    };
    // What was detected is likely at best; what is known to be UTF-8 is certain.
    let wrong = |files: &[Vec<u8>], name: &str, confidence: Confidence| {
        let is_wrong = |text: &String, bytes: &Vec<u8>| {
            let decoded = decode(bytes, None);
            decoded.text != *text || decoded.encoding != name || decoded.confidence != confidence
        };
        texts.iter().zip(files).filter(|(text, bytes)| is_wrong(text, bytes)).count()
    };
    let checked = |name: &str, measured: usize| Figure {
        what: format!("{}, composed: {name}", corpus.name),
        measured: measured as f64,
        limit: Some(0.0),
        unit: "",
        note: format!("of {TEXTS}"),
    };
    vec![
        figure("UTF-8", &utf8, 5.0, format!("; to check and copy them {copied:.2} us")),
        figure("GB18030", &gb, 50.0, String::new()),
        checked("UTF-8 that was guessed at", wrong(&utf8, "UTF-8", Confidence::Certain)),
        checked("GB18030 that was misread", wrong(&gb, "gb18030", Confidence::Likely)),
    ]
}

/// The best mean time of some work on each file.
fn each(files: &[Vec<u8>], work: impl Fn(&[u8])) -> Duration {
    let all = || (0..TIMES).for_each(|_| files.iter().for_each(|bytes| work(bytes)));
    let best = (0..SAMPLES).map(|_| timed(all).0).min().unwrap_or_default();
    best / (TIMES * files.len().max(1) as u32)
}
