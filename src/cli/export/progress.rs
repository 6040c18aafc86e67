//! How far an export is.

use indicatif::ProgressBar;

use crate::{cli::bar, lang::Lang};

/// A line on standard error, if that is a terminal. How many articles there will be is not known
/// before the last source is read.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(lang: Lang) -> Self {
        Self(bar::on_terminal(lang.of(
            "导出 {human_pos} 篇 · {per_sec} · {elapsed}",
            "exporting {human_pos} articles · {per_sec} · {elapsed}",
        )))
    }

    pub(super) fn show(&self, articles: usize) {
        self.0.set_position(articles as u64);
    }

    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
