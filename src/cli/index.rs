//! `zhaidu index`: bringing the index of an archive up to date, with a progress bar, and keeping it so.

mod progress;
mod watch;

use std::{
    ffi::OsStr, io, num::NonZero, ops::ControlFlow, os::unix::ffi::OsStrExt,
    sync::atomic::AtomicBool, thread, time::Instant,
};

use self::progress::Bar;
use super::{Exit, args::IndexArgs, lexicon, output::Output, stop::Stop, stream};
use crate::{
    config,
    error::Problem,
    lang::Lang,
    library::{
        Library, displayed, displayed_problem,
        index::{IndexPlace, Outcome, Progress, Run, RunEvent},
    },
    store::index::{Index, IndexError, ReadProblem, Totals, Writer, condemn},
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
        Ok(ControlFlow::Continue(outcome)) => outcome,
        Ok(ControlFlow::Break(signal)) => return Ok(Exit::Signal(signal)),
        Err(error) => return Ok(failed(&error, out)),
    };
    let failures = Index::open(&place.file).and_then(|index| match index {
        Some(index) => report_failures(&index, out),
        None => Ok(Vec::new()),
    });
    let Some(totals) = totals(&place, out) else { return Ok(Exit::Failed) };
    let seconds = begun.elapsed().as_secs_f64();
    out.line(&told(&totals, &outcome.progress, seconds, out.lang))?;
    let is_whole = failures.is_ok_and(|failures| failures.is_empty());
    Ok(if is_whole && outcome.problems.is_empty() { Exit::Fine } else { Exit::Failed })
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
        /// What could not be found, which is told already.
        problems: Vec<Problem>,
        /// Whether it holds the sources that it held before. They may have been analysed since.
        is_same: bool,
    },
    /// Another process is at it: what is there already has to do, and that may be nothing.
    Busy,
    /// This signal stopped it.
    Stopped(i32),
}

impl Update {
    /// Whether what was in the index before still holds.
    pub(super) fn is_same(&self) -> bool {
        matches!(self, Self::Busy | Self::Done { is_same: true, .. })
    }

    /// What could not be found.
    pub(super) fn problems(&self) -> &[Problem] {
        match self {
            Self::Done { problems, .. } => problems,
            Self::Busy | Self::Stopped(_) => &[],
        }
    }
}

/// Brings an index up to date for a command that reads it.
pub(super) fn brought_up_to_date(
    library: &Library,
    place: &IndexPlace,
    out: &mut Output,
) -> Result<Update, IndexError> {
    match update(library, place, None, out) {
        Ok(ControlFlow::Continue(outcome)) => {
            let is_same = outcome.set_aside.is_none() && outcome.batches.0 == outcome.batches.1;
            Ok(Update::Done { problems: outcome.problems, is_same })
        }
        Ok(ControlFlow::Break(signal)) => Ok(Update::Stopped(signal)),
        Err(IndexError::Busy) => Ok(Update::Busy),
        Err(error) => Err(error),
    }
}

/// Asks an index. One that turns out to be damaged is begun anew by the next update: by that of a second asking, if
/// nothing was answered yet.
pub(super) fn asked<T>(
    place: &IndexPlace,
    out: &mut Output,
    ask: impl Fn(&mut Output) -> Result<T, IndexError>,
) -> Result<T, IndexError> {
    match ask(out) {
        Err(error) if error.is_damage() => {
            condemn(&place.file);
            if out.is_begun() { Err(error) } else { ask(out) }
        }
        answer => answer,
    }
}

/// Whether an index to which another process writes can be asked already; then it is said what that means. One
/// that was only begun knows nothing yet.
pub(super) fn answers_while_busy(index: &Index, out: &mut Output) -> Result<bool, IndexError> {
    if index.source_count()? == 0 {
        return Ok(false);
    }
    let what = DisplayLine::new(&IndexError::Busy.message(out.lang));
    let then = out.lang.of("；结果可能不全", "; results may be incomplete");
    out.complain(&display!("zhaidu: {what}{then}"));
    Ok(true)
}

/// Says which sources could not be read, and returns what is wrong with them.
pub(super) fn report_failures(
    index: &Index,
    out: &mut Output,
) -> Result<Vec<ReadProblem>, IndexError> {
    let problems = failures(index)?;
    for problem in &problems {
        out.complain(&failure(problem, out.lang));
    }
    Ok(problems)
}

/// What is wrong with the sources that could not be read.
fn failures(index: &Index) -> Result<Vec<ReadProblem>, IndexError> {
    Ok(index.problems()?.into_iter().map(|(_, problem)| problem).collect())
}

/// What is to be said of a source that could not be read.
fn failure(problem: &ReadProblem, lang: Lang) -> DisplayLine {
    let place = displayed(OsStr::from_bytes(&problem.place));
    let line = problem.line.map_or_else(String::new, |line| format!("{line}:"));
    let message = DisplayLine::new(problem.message(lang));
    display!("zhaidu: {place}:{line} {message}")
}

/// Brings an index up to date, and says what came of it. A signal breaks it off, and nothing is lost.
fn update(
    library: &Library,
    place: &IndexPlace,
    jobs: Option<usize>,
    out: &mut Output,
) -> Result<ControlFlow<i32, Outcome>, IndexError> {
    let stop = Stop::new();
    let outcome = update_until(stop.is_asked(), library, place, jobs, &Bar::new(out.lang));
    let signal = stop.end();
    if let Ok(outcome) = &outcome {
        report(outcome, out);
    }
    match signal {
        Some(signal) => Ok(ControlFlow::Break(signal)),
        None => outcome.map(ControlFlow::Continue),
    }
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
