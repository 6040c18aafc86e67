//! Searching the whole archive: what is typed, and the text at the hit.

use zhaidu::view::theme::BuiltIn;

use super::{
    archive::{Archive, article},
    picture::{drawn, has, rows},
    session::{Launch, Session},
};

const ENTER: &str = "\r";
const ESC: &str = "\x1b";

/// Many articles without the word, one that has it far down, and one in its title.
fn archive() -> Archive {
    let archive = Archive::of_articles(40);
    let steps = (1..80).map(|n| format!("　　第{n}级台阶上的苔藓有人清扫，{n}号门前的灯照着。\n"));
    let far = format!("老城的坡\n\n{}　　缆车索道停了三天。\n", steps.collect::<String>());
    archive.add("10000.txt", far);
    archive.add("10001.txt", article("缆车索道开了"));
    archive
}

fn found_here(session: &mut Session, text: &str) {
    let style = BuiltIn::Sixteen.theme().found_here;
    session.wait_for("the hit in the text", |screen| {
        has(screen, ">正文") && drawn(screen, style).contains(text)
    });
}

/// Types a query and opens what it finds; `order` is what the heading says where there is an index.
fn search(mut session: Session, order: &str) {
    session.wait_for("the list", |screen| has(screen, "42 篇") && !has(screen, "读取"));
    session.send("/");
    session.wait_for_text("同时含有两词");
    session.send("缆车索道");
    session.wait_for("the results", |screen| {
        has(screen, "/2 ") && has(screen, order) && has(screen, "停了三天") && has(screen, "2 处")
    });
    // The caret of the terminal stands behind what was typed, for the sake of input methods.
    assert_eq!(session.screen().cursor_position(), (23, 9));
    session.send(ENTER);
    session.wait_for_text("查找 1/2  缆车索道");
    session.send("j");
    session.wait_for_text("查找 2/2");
    session.send("k");
    session.wait_for_text("查找 1/2");
    session.send(ENTER);
    found_here(&mut session, "缆车索道");
    session.wait_for_text("第 1/2 篇，第 1/1 处");
    session.send("n");
    session.wait_for_text("第 2/2 篇，第 1/1 处");
    found_here(&mut session, "缆车索道");
    session.send("n");
    session.wait_for_text("没有更多结果");
    session.send("h");
    session.wait_for_text(">查找 2/2");
    // A query that cannot be understood says so, and what was found stays.
    session.send("/(");
    session.wait_for_text("括号没有闭合");
    assert!(has(session.screen(), "缆车索道开了"));
    session.send(ESC);
    session.wait_for_text(">查找 2/2  缆车索道");
    session.send(ESC);
    session.wait_for_text(">文章 1/42");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn an_archive_without_an_index_is_searched_source_by_source() {
    for size in [(80, 24), (160, 24)] {
        let archive = archive();
        search(Launch::zhaidu([archive.path()]).size(size.0, size.1).start(), "查找");
    }
}

#[test]
fn an_archive_with_an_index_is_searched_in_it() {
    let archive = archive();
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    search(Launch::script(&script).start(), "按相关");
}

#[test]
fn places_of_keywords_are_counted() {
    let archive = archive();
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    let mut session = Launch::script(&script).start();
    session.wait_for("the list", |screen| has(screen, "42 篇") && !has(screen, "读取"));
    session.send("/kw:台阶");
    session.wait_for("the count", |screen| has(screen, "1/1 ") && has(screen, "79 处"));
    session.send(ESC);
    session.wait_for_text(">文章 ");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn an_index_that_is_not_to_be_used_is_not_used() {
    let archive = archive();
    let folder = archive.path().display();
    let script =
        format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" --no-cache {folder}");
    let mut session = Launch::script(&script).start();
    session.wait_for("the list", |screen| has(screen, "42 篇") && !has(screen, "读取"));
    session.send("/缆车索道");
    session.wait_for("results", |screen| has(screen, "/2 ") && !has(screen, "按相关"));
    session.send("\rR");
    session.wait_for_text("没有用索引");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn what_is_piped_in_can_be_searched() {
    let archive = archive();
    let script = format!("cat {}/10000.txt | \"$ZHAIDU\"", archive.path().display());
    let mut session = Launch::script(&script).start();
    session.wait_for_text("1 个来源");
    session.send("/停了三天");
    session.wait_for_text(" 1 处");
    session.send(ENTER);
    session.send(ENTER);
    found_here(&mut session, "停了三天");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn articles_that_one_result_stands_for_are_listed_by_their_files() {
    let archive = Archive::of_articles(3);
    for name in ["morning.txt", "evening.txt"] {
        archive.add(name, article("缆车索道开了"));
    }
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    let mut session = Launch::script(&script).start();
    session.wait_for("the list", |screen| has(screen, "5 篇") && !has(screen, "读取"));
    session.send("/");
    session.send("缆车索道");
    session.wait_for("one result for both", |screen| has(screen, "×2") && has(screen, "/1 "));
    session.send(ENTER);
    assert!(!has(session.screen(), "evening.txt") || !has(session.screen(), "morning.txt"));
    session.send("D");
    session.wait_for("both, by their files", |screen| {
        has(screen, "/2 ") && has(screen, "evening.txt") && has(screen, "morning.txt")
    });
    session.send("D");
    session.wait_for("one again", |screen| has(screen, "×2"));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_path_is_asked_for_as_it_is_printed() {
    for option in ["", "--no-cache"] {
        let archive = Archive::new();
        for (folder, title) in [("morning", "江水清了"), ("evening", "旧管子换了新管子")]
        {
            std::fs::create_dir(archive.path().join(folder)).expect("a folder");
            archive.add(format!("{folder}/a.txt"), article(title));
        }
        let script = format!(
            "cd {}; \"$ZHAIDU\" index morning evening >/dev/null 2>&1; \
             exec \"$ZHAIDU\" {option} morning evening",
            archive.path().display()
        );
        let mut session = Launch::script(&script).start();
        session.wait_for("the list", |screen| has(screen, "2 篇") && !has(screen, "读取"));
        session.send("/path:morning");
        session.wait_for("the one in that folder", |screen| {
            has(screen, "/1 ") && has(screen, "江水清了") && !has(screen, "旧管子换了新管子")
        });
        session.send("\x15path:evening/a");
        session.wait_for("the other one", |screen| {
            has(screen, "/1 ") && has(screen, "旧管子换了新管子") && !has(screen, "江水清了")
        });
        session.send(ESC);
        session.wait_for_text(">文章 1/2");
        session.send("Fpath:evening\r");
        session.wait_for("the list of that folder", |screen| {
            has(screen, "1/1") && has(screen, "旧管子换了新管子") && !has(screen, "江水清了")
        });
        session.send("q");
        session.expect_exit(0);
    }
}

/// Three articles of three years: the one of the year between says the most about cable cars.
fn dated() -> Archive {
    let archive = Archive::new();
    archive
        .add("2020-05-06.txt", "旧缆车停运\n\n　　北坡的木头车厢送进了博物馆，缆车从此不再开。\n");
    let best = "缆车，缆车\n\n　　缆车早上六点发车，缆车晚上十点收车，坐缆车的人比去年多。\n";
    archive.add("2021-05-06.txt", best);
    let newest = "山上的早市\n\n　　卖豆腐的老人说，雨天客人少，只有坐缆车上来的几个学生。\n";
    archive.add("2024-05-06.txt", newest);
    archive
}

/// Searches a real index, and waits until the results stand in this order.
fn ordered(session: &mut Session, order: &str, titles: [&str; 3]) {
    session.wait_for(order, |screen| {
        let rows = rows(screen);
        let place = |title: &&str| rows.iter().position(|row| row.contains(*title));
        let places: Vec<usize> = titles.iter().filter_map(place).collect();
        has(screen, order) && places.len() == titles.len() && places.is_sorted()
    });
}

#[test]
fn results_of_an_index_are_put_in_the_order_of_dates_and_of_paths() {
    let archive = dated();
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    let mut session = Launch::script(&script).start();
    session.wait_for_text(">文章 1/3");
    session.send("/缆车\r");
    let (old, best, newest) = ("旧缆车停运", "缆车，缆车", "山上的早市");
    ordered(&mut session, "按相关", [best, old, newest]);
    session.send("o");
    ordered(&mut session, "新的在前", [newest, best, old]);
    session.send("o");
    ordered(&mut session, "按来源", [old, best, newest]);
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn newer_articles_come_sooner_when_that_is_set() {
    let archive = dated();
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    let mut session = Launch::script(&script).config("config.toml", b"freshness = 1.0\n").start();
    session.wait_for_text(">文章 1/3");
    session.send("/缆车\r");
    ordered(&mut session, "按相关", ["山上的早市", "缆车，缆车", "旧缆车停运"]);
    session.send("q");
    session.expect_exit(0);
}
