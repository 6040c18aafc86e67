//! How far an export is.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::lang::Lang;

/// A line on standard error, if that is a terminal. How many articles there will be is not known
/// before the last source is read.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(lang: Lang) -> Self {
        let bar = if io::stderr().is_terminal() {
            ProgressBar::no_length()
        } else {
            ProgressBar::hidden()
        };
        let form = lang.of(
            "导出 {human_pos} 篇 · {per_sec} · {elapsed}",
            "exporting {human_pos} articles · {per_sec} · {elapsed}",
        );
        if let Ok(style) = ProgressStyle::with_template(form) {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(super) fn show(&self, articles: usize) {
        self.0.set_position(articles as u64);
    }

    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
