//! How far a command is.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of a form on standard error, if that is a terminal; else one that nobody sees.
pub(super) fn on_terminal(form: &str) -> ProgressBar {
    let bar =
        if io::stderr().is_terminal() { ProgressBar::no_length() } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar
}
