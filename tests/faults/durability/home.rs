//! A home that is missing, belongs to somebody else or cannot be written, and a disk without locks or with much to
//! do.

use std::{ffi::OsString, fs, os::unix::fs::PermissionsExt, process::Command, time::Duration};

use crate::{
    harness::{archive::Archive, screen::rows, session::Launch},
    row::{Need, Outcome, Row},
    run::Run,
};

/// F55, without a home.
pub(super) const MISSING: Row = Row {
    id: "F55",
    what: "the home is missing, read-only or somebody else's",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: missing,
};

/// Somebody who owns nothing.
const NOBODY: &str = "65534";
/// Variables that lead to folders of the person.
const FOLDERS: [&str; 3] = ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"];

fn missing(run: &mut Run) -> Outcome {
    // Nobody, not even root, can make a folder there.
    let mut launch = run.zhaidu(["demo"]).env("HOME", "/proc/nobody");
    for folder in FOLDERS {
        launch = launch.without(folder);
    }
    unsaved(run, launch, "/proc/nobody");

    // A home that is there and cannot be written.
    let home = run.home().to_owned();
    fs::create_dir_all(home.join("data")).expect("a folder");
    for path in [home.join("data"), home.clone()] {
        fs::set_permissions(&path, fs::Permissions::from_mode(0o555)).expect("its rights");
    }
    let program = env!("CARGO_BIN_EXE_zhaidu");
    if rustix::process::geteuid().is_root() {
        let other = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", program];
        let works = Command::new(other[0]).args(&other[1..]).arg("--version").output();
        if works.is_ok_and(|output| output.status.success()) {
            let command = other.into_iter().chain(["demo"]).map(Into::into);
            unsaved(run, run.any(command), "data/zhaidu");
        }
    } else {
        unsaved(run, run.zhaidu(["demo"]), "data/zhaidu");
    }
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).expect("its rights");
    Outcome::Pass
}

/// The program starts, says where and why marks are not saved, and lets itself be left.
fn unsaved(run: &mut Run, launch: Launch, place: &str) {
    let mut live = run.start(launch.size(160, 45));
    live.wait_for_text("16 篇 / 4 个来源");
    live.send("tmine\r");
    live.wait_for("that it is not saved, where and why", |screen| {
        rows(screen).iter().any(|row| row.contains("未保存") && row.contains(place))
    });
    // Everything else works.
    live.send("\r");
    live.wait_for_text(">正文");
    live.send("q");
    live.wait_for_text("再按一次退出");
    live.send("q");
    run.ends(live, 3);
}

/// F55, without locks.
pub(super) const LOCKS: Row = Row {
    id: "F55",
    what: "a disk that knows no locks, as some of a network",
    needs: &[Need::Strace],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: locks,
};

fn locks(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(60);
    let command = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fcntl,flock"];
    let inject = ["-e", "inject=flock:error=ENOLCK", "-e", "inject=fcntl:error=ENOLCK:when=1+"];
    // SQLite asks for its locks by the latter, and waits for each for five seconds: not every time.
    let inject = if run.number % 4 == 1 { &inject[..] } else { &inject[..2] };
    let program = [env!("CARGO_BIN_EXE_zhaidu")].map(std::ffi::OsString::from);
    let command = command.iter().chain(inject).map(Into::into).chain(program);
    let mut live = run.start(run.any(command.chain([archive.path().into()])));
    live.wait_for_text("60 篇");
    live.send("\r");
    live.wait_for_text(">正文");
    live.wait_for_text("老船工");
    run.mark(&mut live);
    live.send("\x1b1");
    run.leaves(live);
    Outcome::Pass
}

/// F55, by a disk that is slow.
pub(super) const BUSY: Row = Row {
    id: "F55",
    what: "the disk takes long for everything that is to be on it",
    needs: &[Need::Strace],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: busy,
};

/// What takes long, and how long in microseconds: many of them one after the other take longer than the end of the
/// program may.
const DELAYS: &str = "inject=fsync,fdatasync:delay_enter=1700000";

fn busy(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(6);
    let strace = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", DELAYS];
    let command = strace.into_iter().chain([env!("CARGO_BIN_EXE_zhaidu"), "--no-cache"]);
    let command = command.map(OsString::from).chain([archive.path().into()]);
    let mut live = run.start(run.any(command));
    live.wait_for_text(">文章 1/6");
    // It may be in the midst of keeping that it was opened.
    run.pass_time(Duration::from_secs(2));
    live.send("jjj");
    live.wait_for_text(">文章 4/6");
    run.mark(&mut live);
    // That goes on to the next one.
    live.wait_for_text(">文章 5/6");
    live.send("\r");
    live.wait_for_text(">正文");
    live.send("q");
    // What it waits for is the disk; all else is measured from then on.
    live.wait_exit();
    run.ends(live, 0);

    let mut live = run.start(run.zhaidu([archive.path()]));
    live.wait_for_text(">正文 00004.txt");
    run.leaves(live);
    Outcome::Pass
}
