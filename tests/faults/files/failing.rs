//! Files and folders that cannot be read, and a system that gives no more of something.

use std::{
    ffi::{OsStr, OsString},
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
};

use super::{are_listed, command, open, said};
use crate::{
    ends::names,
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Need, Outcome, Row},
    run::{Live, Run},
};

/// F33, by rights.
pub(super) const CLOSED: Row = Row {
    id: "F33",
    what: "a file and a folder may not be read",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: closed,
};

/// Somebody who owns nothing.
const NOBODY: &str = "65534";

fn closed(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(3);
    let folder = archive.path().join("zu");
    fs::create_dir(&folder).expect("a folder");
    for path in [&archive.path().join("00001.txt"), &folder] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("its rights");
    }
    let program = env!("CARGO_BIN_EXE_zhaidu");
    // Root may read everything, so somebody else has to try, who must be able to live in the home.
    let other: &[&str] = if rustix::process::geteuid().is_root() {
        &["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", program]
    } else {
        &[program]
    };
    for name in ["", "data", "cache", "config"] {
        let path = run.home().join(name);
        fs::create_dir_all(&path).expect("a folder");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o777)).expect("its rights");
    }
    let mut version = run.within(other[0], &other[1..]);
    let runs = version.arg("--version").output();
    if !runs.is_ok_and(|output| output.status.success()) {
        return Outcome::Skipped("no other user can run the program here".to_owned());
    }

    let mut list = run.within(other[0], &other[1..]);
    list.arg("list").arg(archive.path());
    let told = said(list);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(told.out.contains("第0号消息") && told.out.contains("第2号消息"), "{told:?}");
    names(&told.err, "00001.txt", "permission denied", "check the rights");
    names(&told.err, "zu", "permission denied", "check the rights");

    for option in ["--no-cache", "--follow"] {
        let command = other.iter().map(OsString::from).chain([option.into()]);
        let mut live = run.start(run.any(command.chain([archive.path().into()])));
        are_listed(&mut live, 2);
        live.wait_for_text("! 2 个问题");
        live.wait_for_text("! 00001.txt: 打不开（没有权限）");
        live.send("!");
        live.wait_for("both and why", |screen| {
            has(screen, "00001.txt") && has(screen, "zu") && has(screen, "没有权限")
        });
        live.send("q");
        live.send("j\r");
        live.wait_for_text("没有权限");
        live.send("J");
        live.wait_for_text("老船工");
        live.send("\x1b1");
        run.leaves(live);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("its rights");
    Outcome::Pass
}

/// F33, by calls.
pub(super) const CALLS: Row = Row {
    id: "F33",
    what: "every call on one file fails once, or always",
    needs: &[Need::Strace],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: calls,
};

/// Calls that read files and folders.
const READING: &str = "openat,fstat,statx,read,pread64,getdents64,lseek";
/// What they fail with, and what is said then.
const ERRORS: [(&str, &str); 3] = [
    ("EIO", "Input/output error"),
    ("ESTALE", "Stale file handle"),
    ("EACCES", "permission denied"),
];

fn calls(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(3);
    let file = archive.path().join("00001.txt");
    let log = run.home().join("log");
    let errors = if run.is_long && run.number == 0 { &ERRORS[..] } else { &ERRORS[..1] };
    for (error, cause) in errors {
        let mut hit = 0;
        for call in 1_u64.. {
            let when = format!("{call}");
            let mut strace = run.within("strace", &["-f", "-o"]);
            strace.arg(&log).args(injected(&file, error, &when));
            strace.args([env!("CARGO_BIN_EXE_zhaidu"), "list"]).arg(archive.path());
            let told = said(strace);
            if !fs::read_to_string(&log).unwrap_or_default().contains("INJECTED") {
                break;
            }
            hit += 1;
            assert!(told.out.contains("第0号消息"), "{error} {call}: {told:?}");
            assert!(told.out.contains("第2号消息"), "{error} {call}: {told:?}");
            // What can be had in another way is had.
            if told.out.contains("第1号消息") {
                assert_eq!((told.code, told.err.as_str()), (Some(0), ""), "{error} {call}");
            } else {
                assert_eq!(told.code, Some(2), "{error} {call}: {told:?}");
                names(&told.err, "00001.txt", cause, "check");
                run.count("files told of", 1);
            }
        }
        assert!(hit >= 3, "{error} was met {hit} times only");
        run.count("calls", hit);
    }

    // The interface, on a file that can never be read.
    let (error, _) = ERRORS[run.below(2) as usize];
    for option in ["--no-cache", "--follow"] {
        let strace = ["strace", "-f", "-o", "/dev/null"].map(OsString::from);
        let command = strace.into_iter().chain(injected(&file, error, "1+"));
        let command = command.chain([env!("CARGO_BIN_EXE_zhaidu").into(), option.into()]);
        let mut live = run.start(run.any(command.chain([archive.path().into()])));
        are_listed(&mut live, 2);
        live.wait_for_text("! 00001.txt: 读取出错");
        live.send("G\r");
        live.wait_for_text("老船工");
        run.mark(&mut live);
        live.send("\x1b1");
        run.leaves(live);
    }
    Outcome::Pass
}

/// Options of `strace` by which calls that concern a path fail.
fn injected(path: &Path, error: &str, when: &str) -> Vec<OsString> {
    let options = [
        "-P".into(),
        path.as_os_str().to_owned(),
        format!("-etrace={READING}").into(),
        format!("-einject={READING}:error={error}:when={when}").into(),
    ];
    options.to_vec()
}

/// F38, by a system that does not watch.
pub(super) const WATCHING: Row = Row {
    id: "F38",
    what: "the system watches no more folders, or for no more programs",
    needs: &[Need::Strace],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: watching,
};

fn watching(run: &mut Run) -> Outcome {
    for (call, error, says) in [
        ("inotify_add_watch", "ENOSPC", "max_user_watches"),
        ("inotify_init1", "EMFILE", "max_user_instances"),
    ] {
        let archive = Archive::of_articles(3);
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:error={error}"));
        let strace = ["strace", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject];
        let command = strace.into_iter().chain([env!("CARGO_BIN_EXE_zhaidu")]);
        let command = command.map(OsString::from).chain([archive.path().into()]);
        let mut live = run.start(run.any(command).size(100, 30));
        are_listed(&mut live, 3);
        live.wait_for_text("! 1 个问题");
        live.send("!");
        live.wait_for("what happens instead, and what to do", |screen| {
            has(screen, says) && has(screen, "每 10 秒")
        });
        live.send("q");
        live.send("\r");
        live.wait_for_text("老船工");
        live.send("\x1b1");
        // Looking takes its time; once is enough.
        if run.is_long && run.number == 0 {
            archive.add("90000.txt", article("新来的消息"));
            live.wait_for_text("新来的消息");
        }
        run.leaves(live);
    }
    Outcome::Pass
}

/// F39.
pub(super) const DESCRIPTORS: Row = Row {
    id: "F39",
    what: "few files may be open at once (ulimit -n)",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: descriptors,
};

/// Files that the program may have open, with its terminal and its index.
const MOST_OPEN: usize = 64;
/// A limit with which everything works without an index.
const ENOUGH: u64 = 24;
/// Folders in each other.
const DEPTH: usize = 40;

fn descriptors(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(60);
    let deep = archive.path().join("d/".repeat(DEPTH));
    fs::create_dir_all(&deep).expect("folders");
    fs::write(deep.join("深.txt"), article("深处的消息")).expect("a file");

    // Without a limit it takes no more than it needs.
    let mut live = open(run, &[], archive.path(), 61);
    for program in live.programs() {
        let open = fs::read_dir(format!("/proc/{program}/fd")).map_or(0, Iterator::count);
        assert!(open <= MOST_OPEN, "{open} files are open");
    }
    run.mark(&mut live);
    run.leaves(live);

    // An index is made by as many threads as there are processors, each with a file.
    for (option, limit) in [("--no-cache", ENOUGH), ("--follow", MOST_OPEN as u64)] {
        let mut live = limited(run, limit, option, archive.path());
        are_listed(&mut live, 61);
        assert!(!has(live.screen(), "个问题"), "{}", live.report("no problem"));
        live.send("\r");
        live.wait_for_text("老船工");
        run.mark(&mut live);
        live.send("\x1b1");
        run.leaves(live);
    }

    // With too few it says so, and neither hangs nor loses what it was not asked to touch.
    for limit in (5..=ENOUGH).step_by(run.either(5, 1) as usize) {
        if !run.has_turn() {
            continue;
        }
        let mut live = limited(run, limit, "--follow", archive.path());
        live.wait_for("a list, or a reason", |screen| {
            [" 61 篇", "个问题", "看问题", "zhaidu: "].iter().any(|said| has(screen, said))
        });
        if live.screen().alternate_screen() {
            live.send("q");
            run.ends(live, 0);
        } else {
            run.fails(live);
        }
        run.count("limits", 1);
    }
    let told = command(run, &["list"], archive.path());
    assert_eq!((told.code, told.out.lines().count()), (Some(0), 61), "{told:?}");
    Outcome::Pass
}

/// The program, with so many open files at most.
fn limited(run: &mut Run, limit: u64, option: &str, path: &Path) -> Live {
    let script = format!(r#"ulimit -n {limit} && exec "$ZHAIDU" {option} "$ARCHIVE""#);
    run.start(run.script(&script).env("ARCHIVE", OsStr::new(path)))
}
