//! `zhaidu summary`: key sentences in reading order.

use std::io;

use super::{
    Exit,
    args::{LengthArgs, SummaryArgs},
    decide,
    json::{Document, Summary},
    lexicon,
    output::Output,
    stream::{self, Item},
};
use crate::{
    analysis::{KeySentence, Length},
    text::{
        display::{DisplayLine, DisplayStr, display},
        wrap::{Measure, wrap},
    },
};

/// Key sentences when nothing else is asked for.
const DEFAULT_SENTENCES: usize = 5;
/// Cells before a key sentence.
const INDENT: usize = 5;

impl LengthArgs {
    fn length(self) -> Length {
        match self {
            Self { ratio: Some(ratio), .. } => Length::Ratio(ratio),
            Self { chars: Some(chars), .. } => Length::Chars(chars as usize),
            Self { sentences: Some(count), .. } => Length::Sentences(count as usize),
            _ => Length::Sentences(DEFAULT_SENTENCES),
        }
    }
}

pub(super) fn run(args: &SummaryArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous);
    let length = args.length.length();
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let mut document = args.json.then(Document::default);
    let mut first = true;
    let stream = stream::each(&library, Some(args.pick), out, &mut |out, item| {
        let analysis = library.analyze(item.article);
        let sentences = analysis.key_sentences(length, &item.article.text);
        if let Some(document) = &mut document {
            return document.article(out, &Summary::new(&item, &sentences));
        }
        if !first {
            out.line("")?;
        }
        first = false;
        print(out, &item, &sentences)
    })?;
    if let Some(document) = document {
        document.end(out, &stream.problems)?;
    }
    Ok(stream.exit(out))
}

fn print(out: &mut Output, item: &Item, sentences: &[KeySentence]) -> io::Result<()> {
    out.line(&display!("{}  [{}:{}]", item.article.headline(), item.path, item.line()))?;
    for sentence in sentences {
        let text = DisplayLine::new(sentence.range.of(&item.article.text));
        let rank = display!("{:>3}. ", sentence.rank);
        let Some(columns) = out.columns else {
            out.line(&display!("{rank}{text}"))?;
            continue;
        };
        let width = columns.saturating_sub(INDENT);
        let measure = Measure { width, indent: 0, hang: 0, widths: out.widths };
        for (at, row) in wrap(text.as_str(), measure).iter().enumerate() {
            let lead = if at == 0 { rank.shown() } else { DisplayStr::from("     ") };
            out.line(&display!("{lead}{}", text.shown().slice(row.range).trim_end()))?;
        }
    }
    Ok(())
}
