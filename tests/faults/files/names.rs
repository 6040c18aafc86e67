//! Names that are no text.

use std::{
    ffi::{OsStr, OsString},
    fs,
    os::unix::ffi::{OsStrExt, OsStringExt},
};

use super::{command, open, said};
use crate::{
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Outcome, Row},
    run::Run,
};

/// F32.
pub(super) const NAMES: Row = Row {
    id: "F32",
    what: "names hold any byte, line breaks, 255 bytes, or look like options",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: named,
};

/// Every byte that a name may hold, at its end and as all of it, and other names that tempt.
fn tempting() -> Vec<OsString> {
    let bytes = (1..=255_u8).filter(|byte| *byte != b'/');
    let mut names: Vec<Vec<u8>> = bytes.map(|byte| vec![b'a', byte]).collect();
    for name in ["-rf", "--follow", " ", "a\nb", "$(id)", "`id`", "*", "a b", "list", "~"] {
        names.push(name.into());
    }
    names.push(vec![b'n'; 255]);
    names.push("字".repeat(85).into());
    names.push(b"\xff\xfe\xfd".to_vec());
    names.push(b"\xe6\xb1".to_vec());
    names.into_iter().map(OsString::from_vec).collect()
}

fn named(run: &mut Run) -> Outcome {
    let outer = Archive::new();
    let folder = outer.path().join(OsStr::from_bytes(b"\xff\n\x1b]0;x\x07-"));
    fs::create_dir(&folder).expect("a folder");
    let mut all = tempting();
    for (number, name) in all.iter().enumerate() {
        fs::write(folder.join(name), article(&format!("第{number}号怪名"))).expect("a file");
    }
    all.sort_unstable();
    let said_of = command(run, &["list"], &folder);
    assert_eq!((said_of.code, said_of.err.as_str()), (Some(0), ""));
    assert_eq!(said_of.out.lines().count(), all.len(), "one line for each");
    let foreign = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!said_of.out.contains(foreign), "{said_of:?}");

    // Each is opened under its own name: two of them that are shown alike are two files.
    for name in &all {
        if !run.has_turn() && name.len() < 3 {
            continue;
        }
        let title = fs::read_to_string(folder.join(name)).expect("a file");
        let title = title.lines().next().expect("a title");
        let mut list = run.command([OsStr::new("list"), OsStr::new("--"), name.as_os_str()]);
        list.current_dir(&folder);
        let said = said(list);
        let name = name.to_string_lossy();
        assert!(said.code == Some(0) && said.out.contains(title), "{name}: {said:?}");
        run.count("names", 1);
    }

    // What is marked under such a name is marked when it is opened again.
    let mut live = open(run, &[], &folder, all.len());
    let ends = [0, 127 + run.below(60) as usize, all.len() - 3];
    let mut marked = Vec::new();
    for (times, at) in ends.into_iter().enumerate() {
        live.send(&format!("gg{}", "j".repeat(at)));
        live.wait_for_text(&format!("{}/{}", at + 1, all.len()));
        run.mark(&mut live);
        let title = fs::read_to_string(folder.join(&all[at])).expect("a file");
        marked.push((format!("t{times}"), title.lines().next().expect("a title").to_owned()));
    }
    live.send("gg\r");
    live.wait_for_text("老船工");
    run.leaves(live);
    let output = said(run.command(["marks", "list"]));
    for (tag, title) in &marked {
        let line = output.out.lines().find(|line| line.split('\t').nth(2) == Some(tag));
        assert!(line.is_some_and(|line| line.contains(title.as_str())), "{tag}: {output:?}");
    }

    // Where one left off is found again, and the marks with it.
    let mut live = run.start(run.zhaidu([""; 0]).size(160, 45));
    live.wait_for("where one was", |screen| has(screen, "老船工"));
    live.send("\x1b1gg");
    live.wait_for("the first mark", |screen| has(screen, "#t0"));
    live.send("q");
    run.ends(live, 0);
    Outcome::Pass
}
