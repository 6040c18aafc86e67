//! What is wrong with the settings of a person, as it is told.

use super::output::Output;
use crate::{
    config::{LoadedSettings, settings::Place},
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// Everything that is wrong with them, a line each.
pub(super) fn problems(loaded: &LoadedSettings, lang: Lang) -> Vec<DisplayLine> {
    let unreadable = loaded.unreadable.iter().map(|file| DisplayLine::new(&file.message(lang)));
    let mistakes = loaded.layers.mistakes.iter();
    unreadable.chain(mistakes.map(|mistake| DisplayLine::new(&mistake.message(lang)))).collect()
}

/// Says what is wrong with them. The good lines count.
pub(super) fn complain(out: &mut Output) {
    for problem in problems(&out.loaded, out.lang) {
        out.complain(&display!("zhaidu: {problem}"));
    }
}

/// Says what is wrong with the options that set something; whether that is so. What was asked for in
/// this very command line must not be passed over.
pub(super) fn reject_options(out: &mut Output) -> bool {
    let wrong = out.loaded.layers.mistakes.iter().filter(|mistake| mistake.place == Place::Option);
    let told: Vec<String> = wrong.map(|mistake| mistake.message(out.lang)).collect();
    for message in &told {
        out.complain(&display!("zhaidu: {message}"));
    }
    !told.is_empty()
}
