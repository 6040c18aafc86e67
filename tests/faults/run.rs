//! One play of a row: a home of its own, random moments from a seed, and the programs that it starts.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::{OsStr, OsString},
    ops::{Deref, DerefMut},
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::{
    harness::{
        screen::has,
        session::{Launch, Session},
    },
    processes,
    row::Row,
};

/// How long anything may take before the row fails.
const PATIENCE: Duration = Duration::from_secs(20);
/// Time between two looks at the memory of a program. The system keeps the highest that it had.
const LOOK: Duration = Duration::from_millis(50);
/// The variable by which whatever a program leaves behind is found.
const NAME: &str = "ZHAIDU_FAULTS";

/// One play of a row.
pub(crate) struct Run {
    pub(crate) row: &'static Row,
    /// Which play it is, from 0.
    pub(crate) number: u32,
    /// Whether it is to be thorough.
    pub(crate) is_long: bool,
    home: Arc<TempDir>,
    random: u64,
    /// Tags that were said to be saved.
    pub(crate) saved: BTreeSet<String>,
    /// Tags that were made.
    tags: usize,
    /// What was counted.
    pub(crate) counts: BTreeMap<&'static str, u64>,
    /// Programs that were started so far, and of which it was not said how they end.
    started: usize,
    open: usize,
    /// Whether it was seen that a program rests.
    pub(crate) has_rested: bool,
}

impl Run {
    /// A play of a row.
    pub(crate) fn new(row: &'static Row, seed: u64, number: u32, is_long: bool) -> Self {
        let home = Arc::new(TempDir::new().expect("a home"));
        // Rows with one seed have moments of their own.
        let random = row.id.bytes().fold(seed, |sum, byte| sum.wrapping_mul(257) ^ u64::from(byte));
        let (saved, counts) = (BTreeSet::new(), BTreeMap::new());
        Self {
            row,
            number,
            is_long,
            home,
            random,
            saved,
            tags: 0,
            counts,
            started: 0,
            open: 0,
            has_rested: false,
        }
    }

    /// Programs of which it was not said how they end.
    pub(crate) fn open(&self) -> usize {
        self.open
    }

    /// The one number in the short form of the row, the other in the long one.
    pub(crate) fn either(&self, short: u64, long: u64) -> u64 {
        if self.is_long { long } else { short }
    }

    /// A number below this one, at random (`SplitMix64`).
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    /// Whether one of many cases has its turn: each in the first play, one in four, at random, in the others.
    pub(crate) fn has_turn(&mut self) -> bool {
        let is_drawn = self.below(4) == 0;
        self.number == 0 || is_drawn
    }

    /// Waits for a random moment within this time: the fault is to come anywhere.
    pub(crate) fn pass_time(&mut self, at_most: Duration) {
        let micros = self.below(at_most.as_micros() as u64);
        thread::sleep(Duration::from_micros(micros));
    }

    /// The home in which all programs of this play live.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program with arguments, in this home.
    pub(crate) fn zhaidu<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Launch {
        let program = OsString::from(env!("CARGO_BIN_EXE_zhaidu"));
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
        self.any([program].into_iter().chain(args))
    }

    /// A script for `sh`, in this home; the program is `"$ZHAIDU"`.
    pub(crate) fn script(&self, script: &str) -> Launch {
        self.any(["sh", "-c", script].map(OsString::from))
    }

    /// Any command, in this home.
    pub(crate) fn any(&self, command: impl IntoIterator<Item = OsString>) -> Launch {
        Launch::at_home(command, self.home.clone()).patience(PATIENCE)
    }

    /// Starts a program in a terminal.
    pub(crate) fn start(&mut self, launch: Launch) -> Live {
        self.started += 1;
        self.open += 1;
        let value = format!("{}-{}", self.home.path().display(), self.started);
        let session = launch.env(NAME, &value).start();
        Live::new(session, format!("{NAME}={value}"))
    }

    /// Starts the program on the archive that is built in, and waits until it is read.
    pub(crate) fn demo(&mut self) -> Live {
        let mut live = self.start(self.zhaidu(["demo"]));
        live.wait_for_text("16 篇 / 4 个来源");
        live
    }

    /// The program without a terminal, in this home.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
        command.args(args).env_clear().env("LANG", "en_GB.UTF-8").env("HOME", self.home());
        for (name, folder) in
            [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(name, self.home().join(folder));
        }
        command
    }

    /// Marks the selected article with a tag of its own, waits until that is said to be saved, and
    /// selects the next one.
    pub(crate) fn mark(&mut self, live: &mut Live) {
        // A tag that an article has is not saved again.
        let tag = format!("t{}", self.tags);
        self.tags += 1;
        live.send(&format!("t{tag}\r"));
        live.wait_for_text("已保存");
        self.saved.insert(tag);
        live.send("j");
        live.wait_for("the next key", |screen| !has(screen, "已保存"));
    }

    /// The program under another one, such as `strace`, without a terminal and in this home.
    pub(crate) fn within(&self, other: &str, args: &[&str]) -> Command {
        let own = self.command([""; 0]);
        let mut command = Command::new(other);
        command.args(args).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    /// Counts something that the report is to tell.
    pub(crate) fn count(&mut self, what: &'static str, more: u64) {
        *self.counts.entry(what).or_default() += more;
    }

    /// It was said how a program ends.
    pub(super) fn close(&mut self) {
        self.open -= 1;
    }
}

/// A program that runs, and what it takes.
pub(crate) struct Live {
    session: Session,
    /// The entry of its environment that no other one has.
    pub(super) variable: String,
    peak: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Live {
    fn new(session: Session, variable: String) -> Self {
        let (peak, is_over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (seen, over, pid) =
            (peak.clone(), is_over.clone(), session.pid().as_raw_nonzero().get());
        thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let kib = processes::programs(pid).into_iter().map(processes::peak_kib).max();
                seen.fetch_max(kib.unwrap_or(0), Ordering::Relaxed);
                thread::sleep(LOOK);
            }
        });
        Self { session, variable, peak, is_over }
    }

    /// Most memory that a program of it had, in MiB.
    pub(crate) fn peak_mib(&self) -> u64 {
        self.peak.load(Ordering::Relaxed) / 1024
    }

    /// The processes of zhaidu in it.
    pub(crate) fn programs(&self) -> Vec<i32> {
        processes::programs(self.session.pid().as_raw_nonzero().get())
    }

    /// Processor time that they have taken.
    pub(crate) fn cpu(&self) -> Duration {
        self.programs().into_iter().map(processes::cpu).sum()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // A row that failed leaves nothing behind either.
        if thread::panicking() {
            for (pid, _) in processes::with_variable(&self.variable) {
                let _ = Pid::from_raw(pid).map(|pid| kill_process(pid, Signal::KILL));
            }
        }
    }
}

impl Deref for Live {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Live {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}
