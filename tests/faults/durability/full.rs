//! A disk that is full, a file that may not grow, and calls of the system that fail.

use std::{fs, process::Command};

use super::{exported, tags, tags_of};
use crate::{
    ends::names,
    harness::screen::{has, rows},
    row::{Need, Outcome, Row},
    run::{Live, Run},
};

/// F54, by a limit.
pub(super) const LIMIT: Row = Row {
    id: "F54",
    what: "a file may not grow (ulimit -f)",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: limit,
};

fn limit(run: &mut Run) -> Outcome {
    // Blocks of 512 or of 1024 bytes: no more than a few marks.
    let mut live = run.start(run.script(r#"ulimit -f 1; "$ZHAIDU" demo --no-session; exit $?"#));
    live.wait_for_text("16 篇 / 4 个来源");
    let mut marked = 0;
    loop {
        let tag = format!("long-name-of-a-tag-{marked}");
        live.send(&format!("t{tag}\r"));
        live.wait_for("an answer", |screen| has(screen, "已保存") || has(screen, "未保存"));
        if has(live.screen(), "未保存") {
            break;
        }
        run.saved.insert(tag);
        live.send("j");
        live.wait_for("the next key", |screen| !has(screen, "已保存"));
        marked += 1;
        assert!(marked < 30, "nothing was ever too much");
    }
    live.wait_for_text("File too large");
    leaves_unsaved(run, live);

    let file = exported(run, "cli", 100);
    let script = format!(r#"ulimit -f 1; "$ZHAIDU" marks import '{}'"#, file.display());
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("ZHAIDU", env!("CARGO_BIN_EXE_zhaidu"))
        .env("XDG_DATA_HOME", run.home().join("data"))
        .env("LANG", "en_GB.UTF-8")
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    names(&said, "data/zhaidu/marks", "File too large", "not saved");
    run.kept();
    Outcome::Pass
}

/// Leaves a program that has marks which are not saved: it says so first.
fn leaves_unsaved(run: &mut Run, mut live: Live) {
    live.wait_for("how many are not saved", |screen| {
        rows(screen).iter().any(|row| row.contains("未保存"))
    });
    live.send("q");
    live.wait_for_text("再按一次退出");
    live.send("q");
    run.ends(live, 3);
}

/// F54, by a disk of its own.
pub(super) const DISK: Row = Row {
    id: "F54",
    what: "the disk is full, until there is room again",
    needs: &[Need::Mounts],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: disk,
};

/// A disk of 16 KiB that is filled up, and emptied when there is a file `room`.
const SMALL_DISK: &str = r#"
    mount -t tmpfs -o size=16k none "$XDG_DATA_HOME" || exit 99
    head -c 64k /dev/zero > "$XDG_DATA_HOME/fill" 2>/dev/null
    (until [ -e "$HOME/room" ]; do sleep 0.05; done; rm "$XDG_DATA_HOME/fill") &
    "$ZHAIDU" demo; code=$?
    touch "$HOME/room"; wait
    "$ZHAIDU" marks list > "$HOME/listed"
    exit $code"#;

fn disk(run: &mut Run) -> Outcome {
    fs::create_dir_all(run.home().join("data")).expect("a folder");
    let inside = ["unshare", "-m", "sh", "-c", SMALL_DISK].map(Into::into);
    let mut live = run.start(run.any(inside));
    live.wait_for_text("16 篇 / 4 个来源");
    live.send("tfirst\r");
    live.wait_for_text("未保存");
    live.wait_for_text("No space left on device");
    live.send("j");
    live.wait_for_text("! 未保存的标记 1");
    live.send("tsecond\r");
    live.wait_for_text("No space left on device");
    live.send("j");
    live.wait_for_text("! 未保存的标记 2");
    fs::write(run.home().join("room"), "").expect("a file");
    live.wait_for_text("已保存");
    live.send("j");
    run.leaves(live);
    let listed = fs::read_to_string(run.home().join("listed")).expect("a list");
    assert!(listed.contains("first") && listed.contains("second"), "I4: {listed}");
    Outcome::Pass
}

/// F54, by calls that fail.
pub(super) const CALLS: Row = Row {
    id: "F54",
    what: "every call that writes fails once",
    needs: &[Need::Strace],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: calls,
};

/// Calls that write, or make what is written stay.
const WRITING: &str =
    "write,pwrite64,fdatasync,fsync,ftruncate,rename,renameat,renameat2,mkdir,mkdirat";
/// Those of them that no terminal is written with.
const KEEPING: &str = "fdatasync,fsync,ftruncate,rename,renameat,renameat2";
const ERRORS: [&str; 3] = ["ENOSPC", "EIO", "EDQUOT"];

fn calls(run: &mut Run) -> Outcome {
    // An import, with every call in turn.
    let errors = if run.is_long { &ERRORS[..] } else { &ERRORS[..1] };
    for error in errors {
        let mut hit = 0;
        for call in 1_u64.. {
            let name = format!("{error}{call}");
            let file = exported(run, &name, 20);
            let log = run.home().join("log");
            let mut strace = run.within("strace", &["-f", "-o"]);
            strace.arg(&log).arg(format!("-etrace={WRITING}"));
            strace.arg(format!("-einject={WRITING}:error={error}:when={call}"));
            strace.arg(env!("CARGO_BIN_EXE_zhaidu")).args(["marks", "import"]).arg(&file);
            let output = strace.output().expect("strace");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            if !fs::read_to_string(&log).unwrap_or_default().contains("INJECTED") {
                break;
            }
            hit += 1;
            // What it says may be what could not be written.
            if said.contains("imported 20") || output.status.success() {
                run.saved.extend(tags_of(&name, 20));
            } else {
                assert!(output.status.code() == Some(2), "{error} {call}: {output:?}");
            }
            run.kept();
        }
        assert!(hit > 2, "{error} was met {hit} times only");
        run.count("calls", hit);
    }

    // The interface, where saving fails once and is tried again.
    for _ in 0..run.either(1, 2) {
        let error = ERRORS[run.below(3) as usize];
        let call = 1 + run.below(4);
        let inject = format!("inject={KEEPING}:error={error}:when={call}");
        let trace = format!("trace={KEEPING}");
        let command = ["strace", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject];
        let command = command.into_iter().chain([env!("CARGO_BIN_EXE_zhaidu"), "demo"]);
        let mut live = run.start(run.any(command.map(Into::into)));
        live.wait_for_text("16 篇 / 4 个来源");
        for _ in 0..3 {
            run.mark(&mut live);
        }
        run.leaves(live);
    }
    let (_, said) = tags(run);
    assert!(!said.contains("unknown"), "{said}");
    Outcome::Pass
}
