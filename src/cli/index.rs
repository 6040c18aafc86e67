//! `zhaidu index`: bringing the index of an archive up to date, with a progress bar, and keeping it so.

mod watch;

use std::{
    ffi::OsStr,
    io::{self, IsTerminal},
    num::NonZero,
    os::unix::ffi::OsStrExt,
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

use super::{Exit, args::IndexArgs, lexicon, output::Output, stream};
use crate::{
    config,
    lang::Lang,
    library::{
        Library, displayed, displayed_problem,
        index::{IndexPlace, Outcome, Progress, Run, RunEvent, Stage},
    },
    store::index::{Index, IndexError, Totals, Writer},
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &IndexArgs, out: &mut Output) -> io::Result<Exit> {
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let Some(place) = place(&library, out) else { return Ok(Exit::Failed) };
    if args.stats {
        return stats(&place, out);
    }
    if args.rebuild
        && let Err(error) = Writer::remove(&place.file)
    {
        return Ok(failed(&error, out));
    }
    if args.watch {
        return watch::run(library, &place, args, out);
    }
    let jobs = args.jobs.map(|jobs| jobs as usize);
    let begun = Instant::now();
    let outcome = match update(&library, &place, jobs, out) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(failed(&error, out)),
    };
    report(&outcome, out);
    if outcome.cancelled {
        return Ok(Exit::Signal(SIGINT));
    }
    let failures = Index::open(&place.file).and_then(|index| match index {
        Some(index) => report_failures(&index, out),
        None => Ok(false),
    });
    let Some(totals) = totals(&place, out) else { return Ok(Exit::Failed) };
    let seconds = begun.elapsed().as_secs_f64();
    out.line(&told(&totals, &outcome.progress, seconds, out.lang))?;
    let failed = failures.unwrap_or(true) || !outcome.problems.is_empty();
    Ok(if failed { Exit::Failed } else { Exit::Fine })
}

/// Where the index of an archive lies; says why when it cannot have one.
pub(super) fn place(library: &Library, out: &mut Output) -> Option<IndexPlace> {
    let Some(folder) = config::index_folder() else {
        out.complain(out.lang.of(
            "zhaidu: 没有主目录，放不了索引；设置 XDG_CACHE_HOME",
            "zhaidu: there is no home folder to keep an index in; set XDG_CACHE_HOME",
        ));
        return None;
    };
    let place = IndexPlace::of(library, &folder);
    if place.is_none() {
        out.complain(out.lang.of(
            "zhaidu: 只有存在的文件和文件夹才能建索引",
            "zhaidu: only files and folders that exist can be indexed",
        ));
    }
    place
}

/// The same without a word: whoever asks does without an index then.
pub(super) fn quiet_place(library: &Library) -> Option<IndexPlace> {
    IndexPlace::of(library, &config::index_folder()?)
}

/// What came of bringing an index up to date.
pub(super) enum Update {
    /// It is, as far as can be.
    Done {
        /// Whether something could not be read.
        failed: bool,
        /// Whether it holds the sources that it held before. They may have been analysed since.
        is_same: bool,
    },
    /// The person stopped it.
    Cancelled,
}

/// Brings an index up to date for a command that reads it. If somebody else is at it, what is there
/// already has to do.
pub(super) fn brought_up_to_date(
    library: &Library,
    place: &IndexPlace,
    out: &mut Output,
) -> Result<Update, IndexError> {
    match update(library, place, None, out) {
        Ok(outcome) => {
            report(&outcome, out);
            let failed = !outcome.problems.is_empty();
            let is_same = outcome.set_aside.is_none() && outcome.batches.0 == outcome.batches.1;
            Ok(if outcome.cancelled { Update::Cancelled } else { Update::Done { failed, is_same } })
        }
        Err(IndexError::Busy) => Ok(Update::Done { failed: false, is_same: true }),
        Err(error) => Err(error),
    }
}

/// Says which sources could not be read, and whether there are any.
pub(super) fn report_failures(index: &Index, out: &mut Output) -> Result<bool, IndexError> {
    let failures = failures(index, out.lang)?;
    for failure in &failures {
        out.complain(failure);
    }
    Ok(!failures.is_empty())
}

/// What is to be said of the sources that could not be read.
fn failures(index: &Index, lang: Lang) -> Result<Vec<DisplayLine>, IndexError> {
    let problems = index.problems()?;
    let failure = problems.iter().map(|(_, problem)| {
        let place = displayed(OsStr::from_bytes(&problem.place));
        let line = problem.line.map_or_else(String::new, |line| format!("{line}:"));
        let message = DisplayLine::new(problem.message(lang));
        display!("zhaidu: {place}:{line} {message}")
    });
    Ok(failure.collect())
}

/// Brings an index up to date; a signal stops it, and nothing is lost.
pub(super) fn update(
    library: &Library,
    place: &IndexPlace,
    jobs: Option<usize>,
    out: &mut Output,
) -> Result<Outcome, IndexError> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let signals: Vec<_> = [SIGINT, SIGTERM, SIGHUP]
        .into_iter()
        .filter_map(|signal| flag::register(signal, cancelled.clone()).ok())
        .collect();
    let outcome = update_until(&cancelled, library, place, jobs, &Bar::new(out.lang));
    for signal in signals {
        signal_hook::low_level::unregister(signal);
    }
    outcome
}

/// Brings an index up to date unless it is cancelled.
fn update_until(
    cancelled: &AtomicBool,
    library: &Library,
    place: &IndexPlace,
    jobs: Option<usize>,
    bar: &Bar,
) -> Result<Outcome, IndexError> {
    let threads = jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get));
    let outcome = Run::new(library, place, threads, cancelled, &mut |event| {
        if let RunEvent::Progress(progress) = event {
            bar.show(progress);
        }
    })
    .finish();
    bar.end();
    outcome
}

/// Says what a run met.
pub(super) fn report(outcome: &Outcome, out: &mut Output) {
    if let Some(aside) = &outcome.set_aside {
        out.complain(&display!("zhaidu: {}", DisplayLine::new(&aside.message(out.lang))));
    }
    for problem in &outcome.problems {
        let message = displayed_problem(problem, out.lang);
        out.complain(&display!("zhaidu: {message}"));
    }
    if outcome.cancelled {
        out.complain(out.lang.of(
            "zhaidu: 已中断；做完的都保住了，再次运行会接着做",
            "zhaidu: stopped; what is done is kept, and the next run goes on from there",
        ));
    }
}

/// Says why an index cannot be used.
pub(super) fn failed(error: &IndexError, out: &mut Output) -> Exit {
    out.complain(&display!("zhaidu: {}", DisplayLine::new(&error.message(out.lang))));
    Exit::Failed
}

fn totals(place: &IndexPlace, out: &mut Output) -> Option<Totals> {
    let totals = Index::open(&place.file).and_then(|index| match index {
        Some(index) => index.totals().map(Some),
        None => Ok(None),
    });
    match totals {
        Ok(totals) => totals,
        Err(error) => {
            failed(&error, out);
            None
        }
    }
}

fn told(totals: &Totals, progress: &Progress, seconds: f64, lang: Lang) -> DisplayLine {
    let (articles, texts) = (totals.articles, totals.text_bytes as f64 / 1e6);
    let (read, size) = (progress.read, totals.bytes as f64 / 1e6);
    DisplayLine::new(&match lang {
        Lang::Zh => format!(
            "{articles} 篇 · {texts:.1} MB · 读取 {read} 个文件 · 分析 {} 篇 · 索引 {size:.1} MB · {seconds:.1} s",
            progress.analysed
        ),
        Lang::En => format!(
            "{articles} articles · {texts:.1} MB · {read} files read · {} texts analysed · index {size:.1} MB · {seconds:.1} s",
            progress.analysed
        ),
    })
}

/// What is in an index, a fact on each line.
fn stats(place: &IndexPlace, out: &mut Output) -> io::Result<Exit> {
    let facts = Index::open(&place.file).and_then(|index| {
        let Some(mut index) = index else { return Ok(None) };
        Ok(Some((index.totals()?, index.check()?, index.fingerprint()?)))
    });
    let (totals, fault, fingerprint) = match facts {
        Ok(Some(facts)) => facts,
        Ok(None) => {
            out.complain(out.lang.of(
                "zhaidu: 还没有索引；用 zhaidu index 建立",
                "zhaidu: there is no index yet; zhaidu index makes one",
            ));
            return Ok(Exit::Nothing);
        }
        Err(error) => return Ok(failed(&error, out)),
    };
    let is_whole = fault.is_none();
    let rows = [
        ("file", place.file.display().to_string()),
        ("bytes", totals.bytes.to_string()),
        ("text-bytes", totals.text_bytes.to_string()),
        ("sources", totals.sources.to_string()),
        ("failed", totals.failed.to_string()),
        ("vanished", totals.vanished.to_string()),
        ("articles", totals.articles.to_string()),
        ("texts", totals.texts.to_string()),
        ("analysed", totals.analysed.to_string()),
        ("segments", totals.segments.to_string()),
        ("whole", fault.unwrap_or_else(|| "yes".to_owned())),
        ("contents", fingerprint),
    ];
    for (name, value) in rows {
        out.row(&[DisplayLine::new(name), DisplayLine::new(&value)])?;
    }
    Ok(if is_whole { Exit::Fine } else { Exit::Failed })
}

/// A bar on standard error, if that is a terminal.
struct Bar {
    inner: ProgressBar,
    lang: Lang,
    begun: Instant,
    /// What is over sooner needs no bar.
    patience: Duration,
}

impl Bar {
    fn new(lang: Lang) -> Self {
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
    fn after(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn show(&self, progress: Progress) {
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

    fn end(&self) {
        self.inner.finish_and_clear();
    }
}
