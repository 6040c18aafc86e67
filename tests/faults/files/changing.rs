//! Files and folders that change while they are read.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::{are_listed, open, said};
use crate::{
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F34.
pub(super) const CHANGING: Row = Row {
    id: "F34",
    what: "files are cut, replaced, continued and deleted while they are read",
    needs: &[],
    cap_mib: 250,
    alone: false,
    in_ci: true,
    play: changing,
};

/// Texts that change.
const TEXTS: usize = 4;
/// Paragraphs of each: reading takes long enough to be caught at it.
const PARAGRAPHS: usize = 2_000;

fn changing(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    let paths: Vec<PathBuf> =
        (0..TEXTS).map(|number| archive.add(format!("{number}.txt"), text(number))).collect();
    archive.add("9.txt", article("安静的消息"));

    for option in ["--no-cache", "--follow"] {
        let mut live = open(run, &[option], archive.path(), TEXTS + 1);
        run.mark(&mut live);
        let is_over = AtomicBool::new(false);
        let changes = thread::scope(|scope| {
            let change = scope.spawn(|| change(&paths, &is_over));
            look_around(run, &mut live);
            is_over.store(true, Ordering::SeqCst);
            change.join().expect("files can be changed")
        });
        run.count("changes", changes);
        // What is there at last is what is shown, be it told or asked for.
        for (number, path) in paths.iter().enumerate() {
            fs::write(path, text(number)).expect("a file");
        }
        live.send("\x1b1gg");
        if option == "--follow" {
            are_listed(&mut live, TEXTS + 1);
            for number in 0..TEXTS {
                live.send(&format!("gg{}\r", "j".repeat(number)));
                live.wait_for_text(&format!("第{number}卷"));
                live.send("\x1b1");
            }
        } else {
            // Without an index a source without an article is not looked at again unasked.
            live.send("\x12\r");
            live.wait_for("a text", |screen| has(screen, "卷第0段") || has(screen, "老船工"));
            live.send("\x1b1");
        }
        live.send("G\r");
        live.wait_for_text("老船工");
        live.send("\x1b1");
        run.leaves(live);
    }

    // A command meanwhile reads what it can, and ends.
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let change = scope.spawn(|| change(&paths, &is_over));
        for command in ["list", "summary", "show"] {
            let told = said({
                let mut started = run.command([command]);
                started.arg(archive.path());
                started
            });
            assert!(matches!(told.code, Some(0 | 2)), "{command}: {:?} {}", told.code, told.err);
            assert!(told.out.contains("安静的消息"), "{command}: {}", told.err);
        }
        is_over.store(true, Ordering::SeqCst);
        change.join().expect("files can be changed");
    });

    the_place_is_kept(run);
    Outcome::Pass
}

/// A long text.
fn text(number: usize) -> String {
    let paragraphs = (0..PARAGRAPHS)
        .map(|paragraph| format!("　　第{number}卷第{paragraph}段，江面上的雾还没有散。\n"));
    format!("第{number}卷\n\n{}", paragraphs.collect::<String>())
}

/// Changes files in all ways until it is over; how often.
fn change(paths: &[PathBuf], is_over: &AtomicBool) -> u64 {
    let mut changes = 0;
    while !is_over.load(Ordering::SeqCst) {
        let at = usize::try_from(changes).expect("few");
        let path = &paths[at % paths.len()];
        let number = at % paths.len();
        match at / paths.len() % 5 {
            0 => drop(File::create(path).expect("a file")),
            1 => fs::write(path, text(number)).expect("a file"),
            2 => {
                let mut file = OpenOptions::new().append(true).open(path).expect("a file");
                file.write_all(text(number).as_bytes()).expect("room");
            }
            3 => {
                let new = path.with_extension("new");
                fs::write(&new, text(number)).expect("a file");
                fs::rename(new, path).expect("a file in its place");
            }
            _ => {
                fs::remove_file(path).expect("a file");
                fs::write(path, text(number)).expect("a file");
            }
        }
        changes += 1;
    }
    changes
}

/// Reads, reads again, and moves, whatever is there.
fn look_around(run: &mut Run, live: &mut Live) {
    for step in 0..run.either(15, 30) {
        let keys = ["\r", "\x12", "G", "\x1b1j", "\x12", "\r", "gg", "\x1b1gg"];
        live.send(keys[run.below(keys.len() as u64) as usize]);
        // An answer to a key is the sign that it was taken.
        let number = 1 + step % 9;
        live.send(&format!("{number}"));
        live.wait_for("the number", |screen| has(screen, &number.to_string()));
        live.send("\x1b");
    }
    live.send("\x1b\x1b1");
}

/// Who reads a text that is continued stays where one was.
fn the_place_is_kept(run: &mut Run) {
    let archive = Archive::new();
    let path = archive.add("a.txt", text(0));
    let mut live = open(run, &["--no-cache"], &path, 1);
    live.send("\r");
    live.wait_for("the beginning", |screen| top(screen).as_deref() == Some("0"));
    live.send("\x06");
    live.wait_for("a later place", |screen| top(screen).is_some_and(|top| top != "0"));
    let before = top(live.screen());
    fs::write(&path, format!("{}　　后来补上的一段。\n", text(0))).expect("a file");
    live.send("\x12");
    live.wait_for_text("已重新载入");
    live.wait_for("the same place", |screen| top(screen) == before);
    live.send("G");
    live.wait_for_text("后来补上的一段");
    live.send("\x1b1");
    run.leaves(live);
}

/// The number of the first paragraph that is seen, where the text stands.
fn top(screen: &vt100::Screen) -> Option<String> {
    let rows = crate::harness::screen::rows(screen);
    let text = rows.first().filter(|row| row.starts_with(">正文")).map(|_| rows.get(1..11))??;
    text.iter().find_map(|row| {
        let (_, rest) = row.split_once("卷第")?;
        Some(rest.split_once('段')?.0.to_owned())
    })
}

/// F38, by files that come and go.
pub(super) const WALKING: Row = Row {
    id: "F38",
    what: "files and folders come and go while they are walked",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: walking,
};

fn walking(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(40);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let come_and_go = scope.spawn(|| come_and_go(archive.path(), &is_over));
        for round in 0..run.either(2, 3) {
            let told = said({
                let mut started = run.command(["list"]);
                started.arg(archive.path());
                started
            });
            // A file that was seen and is gone is told of.
            assert!(matches!(told.code, Some(0 | 2)), "{told:?}");
            let steady = told.out.lines().filter(|line| line.contains("号消息")).count();
            assert_eq!(steady, 40, "{told:?}");
            let option = if round % 2 == 0 { "--follow" } else { "--no-cache" };
            let mut live = run.start(run.zhaidu([option.as_ref(), archive.path().as_os_str()]));
            live.wait_for_text("第0号消息");
            live.send("\r");
            live.wait_for_text("老船工");
            live.send("\x1b1");
            // What comes and goes for ever keeps it busy, and nobody from leaving.
            live.send("q");
            run.ends(live, 0);
        }
        is_over.store(true, Ordering::SeqCst);
        let rounds = come_and_go.join().expect("files can be made");
        run.count("rounds", rounds);
    });
    // When it is quiet all is as it was.
    let mut live = open(run, &[], archive.path(), 40);
    live.wait_for("no problem", |screen| !has(screen, "个问题"));
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}

/// Makes and removes folders with files in them until it is over; how often.
fn come_and_go(folder: &Path, is_over: &AtomicBool) -> u64 {
    let mut rounds = 0;
    while !is_over.load(Ordering::SeqCst) {
        for number in 0..10 {
            let below = folder.join(format!("x{number}"));
            fs::create_dir_all(below.join("y")).expect("folders");
            for file in 0..5 {
                fs::write(below.join(format!("{file}.txt")), article("来去")).expect("a file");
                fs::write(below.join(format!("y/{file}.txt")), article("匆匆")).expect("a file");
            }
        }
        for number in 0..10 {
            fs::remove_dir_all(folder.join(format!("x{number}"))).expect("folders");
        }
        rounds += 1;
    }
    rounds
}
