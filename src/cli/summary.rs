//! `zhaidu summary`: key sentences in reading order.

use std::io;

use super::{
    Exit,
    args::{LengthArgs, SummaryArgs},
    decide, explain,
    json::{Document, Summary},
    lexicon,
    output::Output,
    stream::{self, Item},
};
use crate::{
    analysis::{Analysis, KeySentence, Length},
    text::{
        display::{DisplayLine, DisplayStr, display},
        wrap::{Measure, wrap},
    },
};

/// Key sentences when nothing else is asked for.
const DEFAULT_SENTENCES: usize = 5;
/// What stands before a row of a key sentence but the first.
const MARGIN: &str = "     ";

impl LengthArgs {
    /// The length that is asked for, else the usual one.
    pub(super) fn length(self) -> Length {
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
            let explained = args.explain.then_some(&analysis);
            return document.article(out, &Summary::new(&item, &sentences, explained));
        }
        if !first {
            out.line("")?;
        }
        first = false;
        print(out, &item, &sentences, args.explain.then_some(&analysis))
    })?;
    if let Some(document) = document {
        document.end(out, &stream.problems)?;
    }
    Ok(stream.exit(out))
}

/// `explained` is the analysis when it is to be told where the scores come from.
fn print(
    out: &mut Output,
    item: &Item,
    sentences: &[KeySentence],
    explained: Option<&Analysis>,
) -> io::Result<()> {
    out.line(&display!("{}  [{}:{}]", item.article.headline(), item.path, item.line()))?;
    if let Some(analysis) = explained {
        let signals = explain::signals(&analysis.signals, out.lang);
        out.line(&display!("{MARGIN}{}", DisplayLine::new(&signals)))?;
    }
    for sentence in sentences {
        let text = DisplayLine::new(sentence.range.of(&item.article.text));
        set(out, display!("{:>3}. ", sentence.rank).shown(), &text)?;
        let analysed = explained.and_then(|analysis| analysis.sentences.get(sentence.index));
        if let Some(analysed) = analysed {
            let grounds = explain::grounds(&analysed.grounds, out.lang);
            set(out, DisplayStr::from(MARGIN), &DisplayLine::new(&grounds))?;
        }
    }
    Ok(())
}

/// Prints a line behind `lead`, set in the columns of the terminal.
fn set(out: &mut Output, lead: DisplayStr, text: &DisplayLine) -> io::Result<()> {
    let Some(columns) = out.columns else { return out.line(&display!("{lead}{text}")) };
    let width = columns.saturating_sub(MARGIN.len());
    let measure = Measure { width, indent: 0, hang: 0, widths: out.widths };
    for (at, row) in wrap(text.as_str(), measure).iter().enumerate() {
        let lead = if at == 0 { lead } else { DisplayStr::from(MARGIN) };
        out.line(&display!("{lead}{}", text.shown().slice(row.range).trim_end()))?;
    }
    Ok(())
}
