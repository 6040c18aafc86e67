//! Pipes, sockets and devices where texts are looked for.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::{
        fs::{OpenOptionsExt, symlink},
        net::UnixListener,
    },
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rustix::fs::{CWD, FileType, Mode, OFlags, makedev, mknodat};

use super::{are_listed, command, open};
use crate::{
    ends::names,
    harness::archive::Archive,
    row::{Outcome, Row},
    run::Run,
};

/// F30.
pub(super) const SPECIAL: Row = Row {
    id: "F30",
    what: "pipes, sockets and devices lie among the texts",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: special,
};

/// How long the list may take, in the long form.
const SOON: Duration = Duration::from_secs(2);

fn special(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(2);
    let at = |name: &str| archive.path().join(name);
    pipe(&at("a.txt"));
    let waiting = Waiting::at(&at("a.txt"));
    let _socket = UnixListener::bind(at("e.txt")).expect("a socket");
    symlink("/dev/zero", at("c.txt")).expect("a link");
    symlink("/proc/kmsg", at("d.txt")).expect("a link");
    let mode = Mode::from_raw_mode(0o644);
    // Only root makes devices, and not in every container: the one that the link leads to is there.
    let device = mknodat(CWD, at("b.txt"), FileType::CharacterDevice, mode, makedev(1, 5));
    let count = if device.is_ok() { 5 } else { 4 };

    let begun = Instant::now();
    let mut live = open(run, &[], archive.path(), 2);
    live.wait_for_text(&format!("跳过 {count}"));
    let took = begun.elapsed();
    assert!(!run.is_long || took <= SOON, "the list took {took:?}");
    run.count("ms to the list", u64::try_from(took.as_millis()).expect("short"));
    run.mark(&mut live);
    run.leaves(live);

    // Through links too. What reads the messages of the kernel takes them from whoever logs them.
    fs::remove_file(at("d.txt")).expect("a link");
    for cache in ["--no-cache", "--cache"].iter().take(if run.is_long { 2 } else { 1 }) {
        let options = if *cache == "--cache" { &["--follow"][..] } else { &["--follow", *cache] };
        let mut live = open(run, options, archive.path(), 2);
        live.wait_for_text(&format!("跳过 {}", count - 1));
        run.leaves(live);
    }

    // Whoever names one is told why it is not read.
    for (name, kind) in
        [("a.txt", "named pipe"), ("e.txt", "socket"), ("c.txt", "character device")]
    {
        let said = command(run, &["list"], &at(name));
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{name}: {said:?}");
        names(&said.err, name, kind, "pipe its text in");
    }

    // What was a file when it was listed is a pipe when it is read again.
    let mut live = open(run, &["--no-cache"], archive.path(), 2);
    live.send("gg\r");
    live.wait_for_text("老船工");
    fs::remove_file(at("00000.txt")).expect("a file");
    pipe(&at("00000.txt"));
    live.send("\x12");
    live.wait_for_text("命名管道");
    // The word about it stands where the number of articles is to be, until a key comes after it.
    live.wait_for_text("已重新载入");
    live.send("\x1b1");
    are_listed(&mut live, 1);
    run.leaves(live);

    assert!(!waiting.was_woken(), "somebody who waits for a reader was given one");
    Outcome::Pass
}

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o644), 0).expect("a pipe");
}

/// Somebody who waits until a pipe is opened to be read.
struct Waiting {
    pipe: std::path::PathBuf,
    is_woken: Arc<AtomicBool>,
}

impl Waiting {
    fn at(pipe: &Path) -> Self {
        let is_woken = Arc::new(AtomicBool::new(false));
        let (woken, path) = (is_woken.clone(), pipe.to_owned());
        thread::spawn(move || {
            let _ = OpenOptions::new().write(true).open(path);
            woken.store(true, Ordering::SeqCst);
        });
        Self { pipe: pipe.to_owned(), is_woken }
    }

    fn was_woken(&self) -> bool {
        self.is_woken.load(Ordering::SeqCst)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // Lets the thread go.
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let _ = File::options().read(true).custom_flags(flags).open(&self.pipe);
    }
}
