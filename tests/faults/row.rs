//! A row of the catalogue.
#![allow(
    dead_code,
    reason = "what a row may need, and what may come of it, is here for all groups"
)]

use std::{
    process::{Command, Stdio},
    sync::LazyLock,
};

use crate::run::Run;

/// A fault, and how it is played.
pub(crate) struct Row {
    /// Its number in the catalogue.
    pub(crate) id: &'static str,
    /// What goes wrong.
    pub(crate) what: &'static str,
    /// Without these the row is passed over, with the reason.
    pub(crate) needs: &'static [Need],
    /// Memory that the program may take, in MiB.
    pub(crate) cap_mib: u64,
    /// Whether other rows would disturb it: it measures time, or moves a lot.
    pub(crate) alone: bool,
    /// Whether a change has to pass it.
    pub(crate) in_ci: bool,
    /// Plays it. A panic is a failure.
    pub(crate) play: fn(&mut Run) -> Outcome,
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is as it should be.
    Pass,
    /// It is not; why.
    Fail(String),
    /// The machine lacks something that the row needs.
    Skipped(String),
    /// The program has nothing that the fault could hit; why.
    NotApplicable(&'static str),
}

/// What a row needs of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The rights of root.
    Root,
    /// `strace`, and the right to use it.
    Strace,
    /// A program on the path.
    Program(&'static str),
    /// A name space for mounts, by `unshare`.
    Mounts,
}

impl Need {
    /// Why it is not met, if it is not.
    pub(crate) fn missing(self) -> Option<String> {
        static STRACE: LazyLock<bool> =
            LazyLock::new(|| works(&["strace", "-f", "-o", "/dev/null", "true"]));
        static MOUNTS: LazyLock<bool> =
            LazyLock::new(|| works(&["unshare", "-m", "sh", "-c", "mount -t tmpfs none /tmp"]));
        let (met, what) = match self {
            Self::Root => (rustix::process::geteuid().is_root(), "the rights of root"),
            Self::Strace => (*STRACE, "strace that may trace"),
            Self::Mounts => (*MOUNTS, "unshare that may mount"),
            Self::Program(name) => (works(&["sh", "-c", "command -v \"$0\"", name]), name),
        };
        (!met).then(|| format!("this machine lacks {what}"))
    }
}

fn works(command: &[&str]) -> bool {
    let mut started = Command::new(command[0]);
    started.args(&command[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    started.status().is_ok_and(|status| status.success())
}
