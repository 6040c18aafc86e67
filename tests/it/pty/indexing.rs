//! An index that is made: by a command, with a bar, and while its archive is open.

use std::fs;

use vt100::Screen;

use super::{
    archive::{Archive, article},
    picture::has,
    session::Launch,
};

/// What a bar tells while sources are read.
const FIGURES: [&str; 5] = ["读取", "个文件", " MB", "篇/秒", "剩余"];

#[test]
fn the_bar_tells_files_size_speed_and_what_is_left_until_somebody_has_enough() {
    // Many names of one file: much to read, little to make.
    let archive = Archive::new();
    let pages: Vec<String> = (0..40).map(|at| article(&format!("第{at}号消息"))).collect();
    let first = archive.add("00000.txt", pages.join("\n\n"));
    for at in 1..3_000 {
        fs::hard_link(&first, archive.path().join(format!("{at:05}.txt"))).expect("another name");
    }
    let path = archive.path().as_os_str().to_owned();
    let mut session = Launch::zhaidu(["index".into(), path]).size(100, 24).start();
    session.wait_for_output("the figures", |raw| {
        let written = String::from_utf8_lossy(raw);
        let has_all = |frame: &str| FIGURES.iter().all(|figure| frame.contains(figure));
        written.split('\r').any(has_all)
    });
    session.send("\x03");
    let ended = session.wait_exit();
    assert_eq!((ended.code, ended.signal), (130, None));
    session.wait_for_text("已中断；做完的都保住了");
}

/// A text of many sentences, each of them said nowhere else, so that analysing takes its time.
fn long(number: usize) -> String {
    const THINGS: [&str; 7] = ["书架", "水渠", "路灯", "戏台", "渡船", "菜摊", "磨坊"];
    const DOINGS: [&str; 5] = ["修了一遍", "添了一批", "换了主人", "涂了新漆", "搬到河边"];
    let sentence = |n: usize| {
        let (thing, doing) = (THINGS[(n * number + n) % 7], DOINGS[(n + number) % 5]);
        format!(
            "　　第{number}村第{n}户的{thing}今年{doing}，街坊们说还要等{}天。\n",
            n * 3 + number
        )
    };
    format!("第{number}村的账目\n\n{}", (1..200).map(sentence).collect::<String>())
}

#[test]
fn what_is_looked_at_does_not_wait_for_the_index() {
    let archive = Archive::new();
    for number in 0..300 {
        archive.add(format!("{number:03}.txt"), long(number));
    }
    archive
        .add("999.txt", "渡口的灯塔\n\n　　灯塔的守夜人换了三个。\n\n　　灯塔管理处说灯塔不关。\n");
    let mut session = Launch::zhaidu([archive.path()]).size(160, 45).start();
    session.wait_for("the gauge", |screen| has(screen, "索引 ") && has(screen, "/301"));
    session.send("G");
    // The last one of all has its key sentences while most others have not been analysed.
    session.wait_for("the analysis of the last one", |screen| {
        has(screen, ">文章 301/301") && has(screen, "索引 ") && has(screen, "2/2 句")
    });
    session.send("gg");
    session.wait_for("the first one", |screen| has(screen, ">文章 1/301") && has(screen, "索引 "));
    session.send("q");
    session.expect_exit(0);
}

/// The articles that the status line counts, if it does.
fn counted(screen: &Screen) -> Option<usize> {
    let text = screen.contents();
    let (before, _) = text.split_once(" 篇 / ")?;
    before.rsplit(' ').next()?.parse().ok()
}

#[test]
fn the_articles_of_a_large_file_come_as_they_are_read() {
    const RECORDS: usize = 6_000;
    // As it lies, and in a folder, which has an index.
    let archive = Archive::new();
    let text = long(7).replace('\n', "\\n");
    let record = |at: usize| format!("{{\"title\":\"第{at}份\",\"text\":\"{text}\"}}\n");
    let path = archive.add("large.jsonl", (0..RECORDS).map(record).collect::<String>());
    for opened in [path.as_path(), archive.path()] {
        let mut session = Launch::zhaidu([opened]).size(160, 45).start();
        session.wait_for("some of them", |screen| {
            counted(screen).is_some_and(|count| count > 0 && count < RECORDS)
        });
        session.send("q");
        session.expect_exit(0);
    }
}
