//! How far an export is, and whether it is to stop.

use std::{
    io::{self, IsTerminal},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::{
    SigId,
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag, low_level,
};

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

/// Hears of signals that would end the program, so that it can leave no half file behind.
pub(super) struct Stop {
    /// The signal, or 0.
    asked: Arc<AtomicUsize>,
    hooks: Vec<SigId>,
}

impl Stop {
    pub(super) fn new() -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let hook = |signal: i32| {
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, asked.clone(), number).ok()
        };
        let hooks = [SIGINT, SIGTERM, SIGHUP].into_iter().filter_map(hook).collect();
        Self { asked, hooks }
    }

    /// The signal that came, if one did.
    pub(super) fn signal(&self) -> Option<i32> {
        i32::try_from(self.asked.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        for hook in self.hooks.drain(..) {
            low_level::unregister(hook);
        }
    }
}
