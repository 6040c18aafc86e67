//! Opening an archive: the first frame, the first article, and what it all takes in memory.

use std::{ffi::OsStr, fs, io, path::Path, time::Duration};

use portable_pty::CommandBuilder;
use tempfile::TempDir;
use vt100::Screen;

use crate::{
    Figure,
    account::{self, Thread},
    archives::Archive,
    corpus::{Corpus, SEEDS},
    session::{
        Session, article_is_analysed, file_is_shown, frame_is_complete, list_is_complete,
        nothing_is_left,
    },
};

/// Files of the big archive and bytes of each.
const FILES: u64 = 10_000;
const FILE_BYTES: usize = 5 * 1024;
/// Times that a figure is measured; the best counts.
const RUNS: usize = 7;
/// The same for first frames, which are short, and which an interrupt more makes a tenth longer.
const FRAMES: usize = 120;

/// Processor time until the first frame of one file, beside `less` on the same file, and of
/// archives of many files, beside the one file. All of them run by turns.
#[expect(clippy::print_stderr, reason = "who reads the figures must know what is not in them")]
pub(crate) fn first_frame() -> io::Result<Vec<Figure>> {
    let (big, million) = (big_archive()?, Archive::million()?);
    if let Some(million) = &million {
        million.index()?;
    }
    let one = TempDir::new()?;
    let file = one.path().join("one.txt");
    fs::write(&file, Corpus::demo().text(FILE_BYTES, 0))?;
    let (mut less, mut single) = (First::default(), First::default());
    let mut many: Vec<(&Archive, First)> = [Some(&big), million.as_ref()]
        .into_iter()
        .flatten()
        .map(|a| (a, First::default()))
        .collect();
    let mut missing = None;
    for _ in 0..FRAMES {
        match Session::run(less_of(&file)) {
            Ok(session) => less.see(session, file_is_shown)?,
            Err(error) => missing = Some(error),
        }
        single.see(Session::start(&big.cache, &[file.as_os_str()])?, frame_is_complete)?;
        for (archive, first) in &mut many {
            first.see(
                Session::start(&archive.cache, &[archive.path.as_os_str()])?,
                frame_is_complete,
            )?;
        }
    }
    let over = |name: &str, ours: &First, theirs: &First, limit: f64| Figure {
        what: format!("first frame, {name}: CPU"),
        measured: ours.cpu.as_secs_f64() / theirs.cpu.as_secs_f64(),
        limit: Some(limit),
        unit: "x",
        note: format!("{:.2} ms / {:.2} ms", millis(ours.cpu), millis(theirs.cpu)),
    };
    let mut figures = vec![];
    match missing {
        Some(error) => eprintln!("less is not measured: {error}"),
        None => figures.push(over("one file of 5 KB / less", &single, &less, 1.3)),
    }
    for (archive, first) in many {
        figures.push(over(&format!("{} / one file", archive.name), &first, &single, 1.2));
        figures.push(Figure {
            what: format!("first frame, {}: CPU", archive.name),
            measured: millis(first.cpu),
            limit: Some(50.0),
            unit: "ms",
            note: format!(
                "wall {:.1} ms; by thread: {}",
                millis(first.wall),
                by_thread(&first.threads)
            ),
        });
    }
    Ok(figures)
}

/// `less` on a file, as nobody has set it up.
fn less_of(file: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new("less");
    command.arg(file);
    for name in ["LESS", "LESSOPEN", "LESSCLOSE"] {
        command.env_remove(name);
    }
    command.env("LESSHISTFILE", "-");
    command
}

/// The cheapest first frame of several.
#[derive(Default)]
struct First {
    cpu: Duration,
    wall: Duration,
    threads: Vec<Thread>,
}

impl First {
    fn see(&mut self, mut session: Session, complete: fn(&Screen) -> bool) -> io::Result<()> {
        let (wall, threads) = session.first_frame(complete)?;
        session.kill()?;
        let cpu = threads.iter().map(|thread| thread.cpu).sum();
        if self.threads.is_empty() || cpu < self.cpu {
            *self = Self { cpu, wall, threads };
        }
        Ok(())
    }
}

/// Time on the wall until a small folder is listed and its first article analysed.
pub(crate) fn folder() -> io::Result<Vec<Figure>> {
    let (demo, cache) = (demo_folder()?, TempDir::new()?);
    let seeds = Path::new(SEEDS);
    let folders = [("demo", demo.path()), ("seeds", seeds)];
    let there = folders.iter().filter(|(_, folder)| folder.is_dir());
    there
        .map(|(name, folder)| {
            let mut best = Duration::MAX;
            for _ in 0..RUNS {
                let mut session = Session::start(cache.path(), &[folder.as_os_str()])?;
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
    let mut session = Session::start(&archive.cache, &[archive.path.as_os_str()])?;
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

/// Ten thousand files of 5 KB.
pub(crate) fn big_archive() -> io::Result<Archive> {
    let corpus = Corpus::demo();
    Archive::composed(FILES, |number| corpus.text(FILE_BYTES, number))
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
