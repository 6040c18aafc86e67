//! Opening an archive: the first frame, the first article, and what it all takes in memory.

use std::{ffi::OsStr, fs, io, path::Path, time::Duration};

use tempfile::TempDir;

use crate::{
    Figure,
    account::{self, Thread},
    corpus::{Corpus, SEEDS},
    session::{Session, article_is_analysed, frame_is_complete, list_is_complete, nothing_is_left},
};

/// Files of the big archive and bytes of each.
const FILES: usize = 10_000;
const FILE_BYTES: usize = 5 * 1024;
/// Times that a figure is measured; the best counts.
const RUNS: usize = 7;

/// Processor time until the first frame of an archive of many files is on the screen.
pub(crate) fn first_frame() -> io::Result<Vec<Figure>> {
    let archive = big_archive()?;
    let mut best: Option<(Duration, Duration, Vec<Thread>)> = None;
    for _ in 0..RUNS {
        let mut session = Session::start(&[archive.path().as_os_str()])?;
        let wall = session.wait_for(frame_is_complete)?;
        let threads = account::threads(session.pid())?;
        let cpu = threads.iter().map(|thread| thread.cpu).sum();
        if best.as_ref().is_none_or(|(best, ..)| cpu < *best) {
            best = Some((cpu, wall, threads));
        }
        session.quit()?;
    }
    let (cpu, wall, threads) = best.unwrap_or_default();
    Ok(vec![Figure {
        what: format!("first frame, {FILES} files: CPU"),
        measured: millis(cpu),
        limit: Some(50.0),
        unit: "ms",
        note: format!("wall {:.1} ms; by thread: {}", millis(wall), by_thread(&threads)),
    }])
}

/// Time on the wall until a small folder is listed and its first article analysed.
pub(crate) fn folder() -> io::Result<Vec<Figure>> {
    let demo = demo_folder()?;
    let seeds = Path::new(SEEDS);
    let folders = [("demo", demo.path()), ("seeds", seeds)];
    let there = folders.iter().filter(|(_, folder)| folder.is_dir());
    there
        .map(|(name, folder)| {
            let mut best = Duration::MAX;
            for _ in 0..RUNS {
                let mut session = Session::start(&[folder.as_os_str()])?;
                best = best.min(session.wait_for(article_is_analysed)?);
                session.quit()?;
            }
            Ok(Figure {
                what: format!("{name}: listed, first article analysed: wall"),
                measured: millis(best),
                limit: Some(1_000.0),
                unit: "ms",
                note: String::new(),
            })
        })
        .collect()
}

/// Memory with the big archive open: all listed, and once nothing is left to be done ahead.
pub(crate) fn memory() -> io::Result<Vec<Figure>> {
    let archive = big_archive()?;
    let mut session = Session::start(&[archive.path().as_os_str()])?;
    let listed = session.wait_for(list_is_complete)?;
    let (then, _) = account::memory(session.pid())?;
    let finished = session.wait_for(nothing_is_left)?;
    let (idle, most) = account::memory(session.pid())?;
    let cpu: Duration = account::threads(session.pid())?.iter().map(|thread| thread.cpu).sum();
    session.quit()?;
    let figure = |when: &str, bytes: u64, note: String| Figure {
        what: format!("{FILES} files of 5 KB, {when}: memory"),
        measured: bytes as f64 / f64::from(1 << 20),
        limit: None,
        unit: "MB",
        note,
    };
    Ok(vec![
        figure("listed", then, format!("after {:.1} s", listed.as_secs_f64())),
        figure(
            "analysed ahead",
            idle,
            format!("after {:.1} s, CPU {:.1} s", finished.as_secs_f64(), cpu.as_secs_f64()),
        ),
        figure("at most", most, String::new()),
    ])
}

fn by_thread(threads: &[Thread]) -> String {
    let each = threads.iter().map(|thread| format!("{} {:.2}", thread.name, millis(thread.cpu)));
    each.collect::<Vec<_>>().join(", ")
}

fn big_archive() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    let corpus = Corpus::demo();
    for number in 0..FILES {
        let below = folder.path().join(format!("{:03}", number / 100));
        if number % 100 == 0 {
            fs::create_dir(&below)?;
        }
        fs::write(below.join(format!("{number:05}.txt")), corpus.text(FILE_BYTES, number as u64))?;
    }
    Ok(folder)
}

/// The pages of the demo as files.
pub(crate) fn demo_folder() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    for (name, text) in Corpus::demo().pages {
        fs::write(folder.path().join(OsStr::new(&name)), text)?;
    }
    Ok(folder)
}

/// Milliseconds with their fraction.
pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
