//! The words that a person adds: named by an option, else in the settings.

use std::{fs, path::Path};

use super::{args::LexiconArgs, output::Output};
use crate::{
    error::{Problem, ProblemKind},
    library::{displayed, displayed_problem},
    text::{
        display::{DisplayLine, display},
        lexicon::{Lexicon, Mistake},
    },
};

/// The words that count. Says what is wrong with a file of them and gives none then: what is found
/// without it would not be what was asked for.
pub(super) fn load(args: &LexiconArgs, out: &mut Output) -> Option<Lexicon> {
    let settings = out.settings().clone();
    let mut lexicon = Lexicon::default();
    if let Some(path) = args.dict.as_ref().or(settings.dict.as_ref()) {
        lexicon = read(lexicon, path, Lexicon::with_dictionary, out)?;
    }
    if let Some(path) = args.stopwords.as_ref().or(settings.stopwords.as_ref()) {
        lexicon = read(lexicon, path, Lexicon::with_stop_words, out)?;
    }
    Some(lexicon)
}

/// Adds a file to a lexicon.
type Add = fn(Lexicon, &[u8]) -> Result<Lexicon, Mistake>;

fn read(lexicon: Lexicon, path: &Path, add: Add, out: &mut Output) -> Option<Lexicon> {
    let lang = out.lang;
    let complaint = match fs::read(path).map(|bytes| add(lexicon, &bytes)) {
        Ok(Ok(lexicon)) => return Some(lexicon),
        Ok(Err(mistake)) => {
            let told = DisplayLine::new(&mistake.message(lang));
            display!("{}:{}: {told}", displayed(path.as_os_str()), mistake.line)
        }
        Err(error) => displayed_problem(&Problem::new(path, ProblemKind::from(&error)), lang),
    };
    out.complain(&display!("zhaidu: {complaint}"));
    None
}
