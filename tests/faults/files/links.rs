//! Links that lead in circles, elsewhere, or nowhere.

use std::{fs, os::unix::fs::symlink, path::Path, time::Duration};

use super::{command, open};
use crate::{
    ends::names,
    harness::archive::{Archive, article},
    row::{Outcome, Row},
    run::Run,
};

/// F31.
pub(super) const LINKS: Row = Row {
    id: "F31",
    what: "links lead in circles and out of the folder",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: links,
};

/// Folders of which each has a link to every other one: more ways than anyone can walk.
const KNOT: usize = 12;

fn links(run: &mut Run) -> Outcome {
    let (archive, outside) = (Archive::of_articles(2), Archive::new());
    outside.add("外.txt", article("外面的消息"));
    let at = |name: &str| archive.path().join(name);
    let link = |target: &Path, name: &str| symlink(target, at(name)).expect("a link");
    link(Path::new("."), "loop");
    link(Path::new("self"), "self");
    link(outside.path(), "out");
    link(Path::new("/"), "root");
    for one in 0..KNOT {
        fs::create_dir(at(&format!("k{one}"))).expect("a folder");
        for other in (0..KNOT).filter(|other| *other != one) {
            link(&at(&format!("k{other}")), &format!("k{one}/{other}"));
        }
    }

    // They are not followed unasked.
    let mut live = open(run, &[], archive.path(), 2);
    live.wait_for_text(&format!("跳过 {}", 4 + KNOT * (KNOT - 1)));
    run.mark(&mut live);
    run.leaves(live);

    // When they are, each folder is listed once.
    fs::remove_file(at("root")).expect("a link");
    let said = command(run, &["list", "--follow"], archive.path());
    let listed = |title: &str| said.out.lines().filter(|line| line.contains(title)).count();
    assert_eq!(said.out.lines().count(), 3, "{said:?}");
    assert_eq!((listed("第0号"), listed("第1号"), listed("外面的消息")), (1, 1, 1), "{said:?}");
    names(&said.err, "self", "", ";");
    let mut live = open(run, &["--follow"], archive.path(), 3);
    live.send("G");
    live.wait_for_text("外面的消息");
    run.leaves(live);

    // One that leads to far too much keeps nobody from leaving.
    link(Path::new("/usr"), "root");
    for options in [&["--follow"][..], &["--follow", "--no-cache"]] {
        let args = options.iter().map(AsRef::as_ref).chain([archive.path().as_os_str()]);
        let mut live = run.start(run.zhaidu(args));
        live.wait_for("the interface", vt100::Screen::alternate_screen);
        run.pass_time(Duration::from_millis(500));
        live.send("q");
        run.ends(live, 0);
    }
    Outcome::Pass
}
