//! Standard input and output that are not a terminal, or not there, and programs that must not be run.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use crate::{
    ends::names,
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Outcome, Row},
    run::Run,
};

/// F10.
pub(super) const INPUT: Row = Row {
    id: "F10",
    what: "standard input is a pipe, a file, /dev/null or closed; there is no terminal",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: input,
};

fn input(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    let path = archive.add("a.txt", article("管道里的消息"));
    for (script, shown) in [
        (r#"cat "$TEXT" | "$ZHAIDU""#, "管道里的消息"),
        (r#"cat "$TEXT" | "$ZHAIDU" -"#, "管道里的消息"),
        (r#""$ZHAIDU" <"$TEXT""#, "管道里的消息"),
        (r#""$ZHAIDU" demo </dev/null"#, "4 个来源"),
        (r#""$ZHAIDU" demo <&-"#, "4 个来源"),
        (r#""$ZHAIDU" demo 2>&-"#, "4 个来源"),
        (r#"env -i HOME="$HOME" TERM=xterm LANG=zh_CN.UTF-8 "$ZHAIDU" demo"#, "4 个来源"),
    ] {
        let mut live = run.start(run.script(script).env("TEXT", &path));
        live.wait_for_text(shown);
        live.send("\r");
        live.wait_for_text(">正文");
        run.leaves(live);
    }
    // Without a terminal there is the text, or the list.
    for script in [
        r#"setsid -w "$ZHAIDU" demo </dev/null 2>&1 | tr '\t' ' '"#,
        r#"setsid -w env -i "$ZHAIDU" demo </dev/null 2>&1 | tr '\t' ' '"#,
        r#"setsid -w "$ZHAIDU" demo </dev/null"#,
    ] {
        let live = run.start(run.script(script).size(120, 40));
        let mut live = live;
        live.wait_for_text("一部电梯，三十二次会");
        assert!(!live.screen().alternate_screen(), "{script}");
        run.ends(live, 0);
    }
    Outcome::Pass
}

/// Commands that write to standard output; `$0` is an archive.
const COMMANDS: [&str; 19] = [
    r#"list "$0""#,
    r#"list --json "$0""#,
    r#"show "$0""#,
    r#"summary "$0""#,
    r#"summary --json "$0""#,
    r#"keywords "$0""#,
    r#"search 江水 "$0""#,
    r#"related "$0"/00000.txt "$0""#,
    r#"pages "$0"/00000.txt"#,
    r#"export --to json "$0""#,
    "demo",
    "marks list",
    "marks export",
    "keys list",
    "config",
    "themes list",
    "doctor",
    "completions bash",
    "man",
];

/// F11.
pub(super) const READER: Row = Row {
    id: "F11",
    what: "the reader of the output leaves early",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: reader,
};

fn reader(run: &mut Run) -> Outcome {
    // More than a pipe holds.
    let archive = Archive::of_articles(run.either(300, 1_000) as usize);
    let mut live = run.demo();
    run.mark(&mut live);
    run.leaves(live);
    for command in COMMANDS {
        if !run.has_turn() {
            continue;
        }
        for reader in ["head -1", "true"] {
            // The code, and nothing else, comes by the standard error of the shell.
            let script = format!(
                r#"exec 3>&2; {{ "$ZHAIDU" {command} 2>"$HOME/said"; echo $? >&3; }} | {reader}"#
            );
            let (code, said) = shell(run, &script, &archive);
            let fine = ["0\n", "1\n"].contains(&code.as_str());
            assert!(fine && !said.contains("panic"), "{command} | {reader}: {code}: {said}");
        }
    }
    Outcome::Pass
}

/// F12.
pub(super) const FULL: Row = Row {
    id: "F12",
    what: "the output cannot be written",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: full,
};

fn full(run: &mut Run) -> Outcome {
    if !std::path::Path::new("/dev/full").exists() {
        return Outcome::Skipped("this machine lacks /dev/full".to_owned());
    }
    let archive = Archive::of_articles(3);
    let mut live = run.demo();
    run.mark(&mut live);
    run.leaves(live);
    for command in COMMANDS {
        if !run.has_turn() {
            continue;
        }
        let script = format!(r#""$ZHAIDU" {command} 2>"$HOME/said" >/dev/full; echo $? >&2"#);
        let (code, said) = shell(run, &script, &archive);
        assert_eq!(code, "2\n", "{command}: {said}");
        names(&said, "zhaidu", "No space left on device", "");
        let script = format!(r#""$ZHAIDU" {command} 2>"$HOME/said" >&-; echo $? >&2"#);
        let (code, said) = shell(run, &script, &archive);
        assert!(code != "101\n" && !said.contains("panicked"), "{command} >&-: {code}: {said}");
    }
    Outcome::Pass
}

/// What a script wrote to standard error, and what the program said.
fn shell(run: &Run, script: &str, archive: &Archive) -> (String, String) {
    let mut sh = Command::new("sh");
    sh.args(["-c", script]).arg(archive.path()).current_dir(run.home());
    sh.env_clear().env("HOME", run.home());
    sh.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, folder) in [("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")] {
        sh.env(name, run.home().join(folder));
    }
    sh.env("LANG", "en_GB.UTF-8").env("ZHAIDU", env!("CARGO_BIN_EXE_zhaidu"));
    let output = sh.output().expect("a shell");
    let said = fs::read_to_string(run.home().join("said")).unwrap_or_default();
    (String::from_utf8_lossy(&output.stderr).into_owned(), said)
}

/// F14.
pub(super) const PROGRAMS: Row = Row {
    id: "F14",
    what: "programs on the path that nobody asked for",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: programs,
};

/// What a program may be tempted to run.
const TRAPS: [&str; 12] = [
    "tput", "stty", "tty", "infocmp", "resize", "sh", "bash", "locale", "file", "tmux", "less",
    "git",
];

fn programs(run: &mut Run) -> Outcome {
    let folder = Archive::new();
    for trap in TRAPS {
        let path = folder.add(trap, "#!/bin/sh\necho \"$0 $*\" >> \"$TRAPPED\"\n");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its rights");
    }
    let trapped = run.home().join("trapped");
    for (columns, height) in [(0, 0), (80, 24)] {
        let launch = run.zhaidu(["demo"]).env("PATH", folder.path()).env("TRAPPED", &trapped);
        let mut live = run.start(launch.size(columns, height));
        live.wait_for("the interface", vt100::Screen::alternate_screen);
        live.resize(100, 30);
        live.wait_for_text("4 个来源");
        live.send("\rGs");
        live.wait_for("the text", |screen| has(screen, ">正文"));
        run.leaves(live);
    }
    let ran = fs::read_to_string(&trapped).unwrap_or_default();
    assert!(ran.is_empty(), "these were run: {ran}");
    Outcome::Pass
}
