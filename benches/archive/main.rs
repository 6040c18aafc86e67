//! Measures the index of an archive against the figures that it promises:
//! `cargo bench --bench archive -- [FOLDER]`.
//!
//! Without a folder, archives of 10,000 articles of 1,700 characters are composed, of the sentences of
//! the built-in pages and of real ones where they lie beside the repository; `ZHAIDU_ARTICLES` sets
//! another number. Prints a table, and fails when a figure is missed.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is the result")]

#[path = "../shared/corpus.rs"]
#[expect(dead_code, reason = "other benchmarks use the rest")]
mod corpus;
mod made;
mod peers;
mod queries;
mod searching;

use std::{
    env, fs, io,
    ops::ControlFlow,
    path::Path,
    process::ExitCode,
    sync::atomic::AtomicBool,
    thread,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};
use tempfile::TempDir;
use zhaidu::{
    library::{
        Found, Input, Library, Settings,
        index::{IndexPlace, Run, RunEvent, Stage},
    },
    store::index::{Index, IndexError},
};

use crate::corpus::Corpus;

/// Articles of a composed archive.
const ARTICLES: u64 = 10_000;
/// Times that an archive of so many is read, analysed and indexed; the best of each counts. Larger ones once.
const TURNS: u32 = 7;
/// Bytes of an article up to which nothing is promised of the size of the index.
const SMALL: f64 = 1_000.0;
/// Articles up to which other programs search, too.
const MOST_FOR_PEERS: u64 = 100_000;
/// Files that are changed before the index is brought up to date again.
const CHANGED: usize = 10;

/// Prints a line of the table; whether the figure keeps its limit.
fn figure(what: &str, measured: f64, unit: &str, limit: Option<f64>, note: &str) -> bool {
    let kept = limit.is_none_or(|limit| measured <= limit);
    let limit = limit.map_or_else(String::new, |limit| format!("{limit} {unit}"));
    let verdict = if limit.is_empty() {
        ""
    } else if kept {
        "ok"
    } else {
        "MISSED"
    };
    println!("{what:<52} {:>12} {limit:>9}  {verdict:<6}  {note}", format!("{measured:.2} {unit}"));
    kept
}

fn main() -> ExitCode {
    let wanted: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let result = if wanted.is_empty() { composed() } else { given(&wanted) };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn composed() -> io::Result<bool> {
    let count = env::var("ZHAIDU_ARTICLES").ok().and_then(|count| count.parse().ok());
    let mut kept = true;
    for corpus in Corpus::all() {
        let folder = tempfile::tempdir()?;
        made::write(&corpus, count.unwrap_or(ARTICLES), folder.path())?;
        kept &= measure(&format!("{}, composed", corpus.name), folder.path(), true)?;
    }
    Ok(kept)
}

fn given(folders: &[String]) -> io::Result<bool> {
    folders
        .iter()
        .try_fold(true, |kept, folder| Ok(kept & measure(folder, Path::new(folder), false)?))
}

/// Processor time of the whole process.
fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
}

/// A run over an archive.
struct Indexed {
    listed: Duration,
    cpu: Duration,
    read: u64,
    articles: u64,
    bytes: u64,
}

fn index(library: &Library, place: &IndexPlace) -> Result<Indexed, IndexError> {
    let never = AtomicBool::new(false);
    let (begun, cpu_before) = (Instant::now(), cpu());
    let mut listed = None;
    let outcome = Run::new(library, place, threads(), &never, &mut |event| {
        let stage = match event {
            RunEvent::Progress(progress) => progress.stage,
            _ => Stage::Reading,
        };
        if stage != Stage::Reading {
            listed.get_or_insert(begun.elapsed());
        }
    })
    .finish()?;
    Ok(Indexed {
        listed: listed.unwrap_or_default(),
        cpu: cpu().saturating_sub(cpu_before),
        read: outcome.progress.read,
        articles: outcome.progress.articles,
        bytes: outcome.progress.bytes,
    })
}

/// The least that each took.
struct Best {
    reading: Duration,
    analysis: Duration,
    index: Indexed,
}

/// Reads and analyses an archive alone, and makes its index, by turns, each time from nothing: what others do on
/// the machine changes single runs by a tenth and more. The last index, and the folder that it lies in.
fn made_by_turns(library: &Library) -> io::Result<(TempDir, IndexPlace, Best)> {
    let (mut best, mut turn): (Option<Best>, _) = (None, 0);
    loop {
        let cache = tempfile::tempdir()?;
        // Where the program looks for it too.
        let place = IndexPlace::of(library, &cache.path().join("zhaidu/index"))
            .ok_or_else(|| io::Error::other("no archive"))?;
        let (reading, analysis) = alone(library);
        let index =
            index(library, &place).map_err(|error| io::Error::other(format!("{error:?}")))?;
        turn += 1;
        let is_last = turn == TURNS || index.articles > ARTICLES;
        let least = match best {
            None => Best { reading, analysis, index },
            Some(best) => Best {
                reading: reading.min(best.reading),
                analysis: analysis.min(best.analysis),
                index: Indexed {
                    listed: index.listed.min(best.index.listed),
                    cpu: index.cpu.min(best.index.cpu),
                    ..index
                },
            },
        };
        if is_last {
            return Ok((cache, place, least));
        }
        best = Some(least);
    }
}

/// Measures an archive, whose files may be changed if they were made for it.
fn measure(name: &str, folder: &Path, is_made: bool) -> io::Result<bool> {
    let library = Library::new(Input::Paths(vec![folder.to_owned()]), Settings::default());
    library.prepare();
    let (cache, place, best) = made_by_turns(&library)?;
    let fail = |error: IndexError| io::Error::other(format!("{error:?}"));
    let Best { reading, analysis, index: Indexed { listed, cpu, articles, bytes, .. } } = best;
    println!("\n{name}: {articles} articles, {:.1} MB", bytes as f64 / 1e6);
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    let rest = cpu.saturating_sub(reading);
    let each =
        |time: Duration| format!("{:.0} µs an article", time.as_secs_f64() * 1e6 / articles as f64);
    // What is promised of opening and of processor time is promised of so many.
    let promised = |figure: f64| (articles <= ARTICLES).then_some(figure);
    let listed = listed.as_secs_f64();
    let mut kept = figure("cold open to complete list", listed, "s", promised(1.5), "");
    kept &= figure(
        "analysed and indexed / analysis",
        ratio(rest, analysis),
        "x",
        promised(1.6),
        &each(rest),
    );
    kept &= figure(
        "index CPU / analysis CPU",
        ratio(rest.saturating_sub(analysis), analysis),
        "x",
        promised(0.6),
        &each(analysis),
    );
    figure("reading and splitting / analysis", ratio(reading, analysis), "x", None, &each(reading));
    let begun = Instant::now();
    let mut opened =
        Index::open(&place.file).map_err(fail)?.ok_or_else(|| io::Error::other("no index"))?;
    let mut rows = 0;
    opened.rows(&mut |_| rows += 1).map_err(fail)?;
    kept &= figure(
        "warm open to list",
        begun.elapsed().as_secs_f64(),
        "s",
        promised(0.1),
        &format!("{rows} rows"),
    );
    let totals = opened.totals().map_err(fail)?;
    // Of small articles most is what lists tell of them.
    let mean = bytes as f64 / articles as f64;
    let limit = (mean > SMALL).then_some(0.8);
    kept &= figure("index / text", totals.bytes as f64 / bytes as f64, "x", limit, "");
    let again = Instant::now();
    let unchanged = index(&library, &place).map_err(fail)?;
    figure(
        "run over an unchanged archive",
        again.elapsed().as_secs_f64(),
        "s",
        None,
        &format!("{} read", unchanged.read),
    );
    let files = made::files(&library);
    kept &= searching::searches(&mut opened, &files, folder)?;
    if articles <= MOST_FOR_PEERS {
        kept &= peers::beside(&files, folder, cache.path(), &mut |query| {
            searching::search(&mut opened, query).map(drop)
        })?;
    } else {
        println!("so many are not searched by other programs, which would take hours");
    }
    if is_made {
        for file in files.iter().step_by(files.len().div_ceil(CHANGED).max(1)) {
            fs::write(&file.path, format!("{}又及。\n", file.text))?;
        }
        let again = Instant::now();
        let changed = index(&library, &place).map_err(fail)?;
        kept &= figure(
            &format!("files read after a change of {CHANGED}"),
            changed.read as f64,
            "",
            Some(CHANGED as f64),
            &format!("{:.2} s", again.elapsed().as_secs_f64()),
        );
    }
    Ok(kept)
}

/// Processor time of reading and splitting everything, and of analysing it, alone, on as many threads
/// as an index is made by: two threads of one core take more time each than one.
fn alone(library: &Library) -> (Duration, Duration) {
    let mut entries = Vec::new();
    let _ = library.walk(&mut |found| {
        entries.extend(match found {
            Found::Entry(entry) => Some(entry),
            _ => None,
        });
        ControlFlow::Continue(())
    });
    let (reading, articles) = on_threads(&entries, |entry| {
        let mut articles = Vec::new();
        let _ = library.read(entry, &mut |document| {
            articles.extend(document.into_iter().flat_map(|document| document.page.articles));
            ControlFlow::Continue(())
        });
        articles
    });
    let (analysis, _) = on_threads(&articles, |article| vec![library.analyze(article).order.len()]);
    (reading, analysis)
}

/// Does some work on all items, and says how much processor time that took.
fn on_threads<T: Sync, U: Send>(
    items: &[T],
    work: impl Fn(&T) -> Vec<U> + Sync,
) -> (Duration, Vec<U>) {
    let before = cpu();
    let part = items.len().div_ceil(threads()).max(1);
    let done = thread::scope(|scope| {
        let work = &work;
        let parts = items
            .chunks(part)
            .map(|items| scope.spawn(move || items.iter().flat_map(work).collect::<Vec<U>>()));
        let handles: Vec<_> = parts.collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    });
    (cpu().saturating_sub(before), done)
}

fn threads() -> usize {
    let jobs = env::var("ZHAIDU_JOBS").ok().and_then(|jobs| jobs.parse().ok());
    jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}

fn at(times: &[Duration], share: f64) -> f64 {
    let place = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default().as_secs_f64() * 1e3
}
