//! How far an update of an index is.

use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    lang::Lang,
    library::index::{Progress, Stage},
};

/// A bar on standard error, if that is a terminal.
pub(super) struct Bar {
    inner: ProgressBar,
    lang: Lang,
    begun: Instant,
    /// What is over sooner needs no bar.
    patience: Duration,
}

impl Bar {
    pub(super) fn new(lang: Lang) -> Self {
        let bar = if io::stderr().is_terminal() {
            ProgressBar::no_length()
        } else {
            ProgressBar::hidden()
        };
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {msg} {eta}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Self { inner: bar, lang, begun: Instant::now(), patience: Duration::ZERO }
    }

    /// The same bar, which is shown only for what takes so long.
    pub(super) fn after(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    pub(super) fn show(&self, progress: Progress) {
        if self.begun.elapsed() < self.patience {
            return;
        }
        let Progress { found, settled, bytes, articles, analysed, to_analyse, .. } = progress;
        let rate = |done: u64| done as f64 / self.inner.elapsed().as_secs_f64().max(0.001);
        let (name, length, done, message) = match progress.stage {
            Stage::Reading | Stage::Done => {
                let told = match self.lang {
                    Lang::Zh => format!("{:.1} MB · {articles} 篇", bytes as f64 / 1e6),
                    Lang::En => format!("{:.1} MB · {articles} articles", bytes as f64 / 1e6),
                };
                (self.lang.of("读取", "reading"), found, settled, told)
            }
            Stage::Analysing => {
                let told = match self.lang {
                    Lang::Zh => format!("{:.0} 篇/秒", rate(analysed)),
                    Lang::En => format!("{:.0} articles/s", rate(analysed)),
                };
                (self.lang.of("分析", "analysing"), to_analyse, analysed, told)
            }
        };
        if self.inner.prefix() != name {
            self.inner.set_prefix(name);
            self.inner.reset();
        }
        self.inner.set_length(length);
        self.inner.set_position(done);
        self.inner.set_message(message);
    }

    pub(super) fn end(&self) {
        self.inner.finish_and_clear();
    }
}
