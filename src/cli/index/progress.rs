//! How far an update of an index is.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::{
    cli::bar,
    lang::Lang,
    library::index::{Progress, Stage},
};

/// A bar on standard error, if that is a terminal: files, their size, articles a second, and how long it will
/// still take.
pub(super) struct Bar {
    inner: ProgressBar,
    lang: Lang,
    begun: Instant,
    /// What is over sooner needs no bar.
    patience: Duration,
}

impl Bar {
    pub(super) fn new(lang: Lang) -> Self {
        let bar = bar::on_terminal(lang.of(
            "{prefix} {wide_bar} {pos}/{len} {msg} · 剩余 {eta}",
            "{prefix} {wide_bar} {pos}/{len} {msg} · {eta} left",
        ));
        bar.set_prefix(name(Stage::Reading, lang));
        Self { inner: bar, lang, begun: Instant::now(), patience: Duration::ZERO }
    }

    /// The same bar, which is shown only for what takes so long.
    pub(super) fn after(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    pub(super) fn show(&self, progress: Progress) {
        let Progress { stage, found, settled, analysed, to_analyse, .. } = progress;
        if self.begun.elapsed() < self.patience || stage == Stage::Done {
            return;
        }
        let name = name(stage, self.lang);
        if self.inner.prefix() != name {
            // Speed and time that is left are those of the new stage.
            self.inner.set_prefix(name);
            self.inner.reset();
        }
        let (length, done) = match stage {
            Stage::Reading | Stage::Done => (found, settled),
            Stage::Analysing => (to_analyse, analysed),
        };
        self.inner.set_length(length);
        self.inner.set_message(told(&progress, self.inner.elapsed(), self.lang));
        self.inner.set_position(done);
    }

    pub(super) fn end(&self) {
        self.inner.finish_and_clear();
    }
}

fn name(stage: Stage, lang: Lang) -> &'static str {
    match stage {
        Stage::Reading | Stage::Done => lang.of("读取", "reading"),
        Stage::Analysing => lang.of("分析", "analysing"),
    }
}

/// What stands behind the count of what is done: what that counts, and the rest of the figures.
fn told(progress: &Progress, took: Duration, lang: Lang) -> String {
    let Progress { stage, settled, bytes, articles, analysed, .. } = *progress;
    let size = bytes as f64 / 1e6;
    let rate = |done: u64| done as f64 / took.as_secs_f64().max(0.001);
    match (stage, lang) {
        (Stage::Reading | Stage::Done, Lang::Zh) => {
            format!("个文件 · {size:.1} MB · {:.0} 篇/秒", rate(articles))
        }
        (Stage::Reading | Stage::Done, Lang::En) => {
            format!("files · {size:.1} MB · {:.0} articles/s", rate(articles))
        }
        (Stage::Analysing, Lang::Zh) => {
            format!("篇 · {settled} 个文件 · {size:.1} MB · {:.0} 篇/秒", rate(analysed))
        }
        (Stage::Analysing, Lang::En) => {
            format!("texts · {settled} files · {size:.1} MB · {:.0} articles/s", rate(analysed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_size_and_speed_are_told_at_every_stage() {
        let progress = Progress {
            settled: 300,
            bytes: 45_200_000,
            articles: 1_000,
            analysed: 600,
            ..Progress::default()
        };
        let after = Duration::from_secs(2);
        for (stage, lang, expected) in [
            (Stage::Reading, Lang::Zh, "个文件 · 45.2 MB · 500 篇/秒"),
            (Stage::Reading, Lang::En, "files · 45.2 MB · 500 articles/s"),
            (Stage::Analysing, Lang::Zh, "篇 · 300 个文件 · 45.2 MB · 300 篇/秒"),
            (Stage::Analysing, Lang::En, "texts · 300 files · 45.2 MB · 300 articles/s"),
        ] {
            assert_eq!(told(&Progress { stage, ..progress }, after, lang), expected);
        }
    }
}
