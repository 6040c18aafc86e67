//! An archive whose files change while it is open.

use std::fs;

use vt100::Screen;

use super::{
    archive::{Archive, article},
    picture::has,
    session::Launch,
};

#[test]
fn the_list_follows_the_files() {
    let archive = Archive::of_articles(5);
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    let mut session = Launch::script(&script).size(80, 24).start();
    session.wait_for_text(">文章 1/5");
    archive.add("90000.txt", article("新来的消息"));
    session.wait_for("the new article", |screen| has(screen, "1/6") && has(screen, "新来的消息"));

    // What is open is shown as it is now.
    session.send("G");
    session.send("\r");
    session.wait_for_text(">正文");
    session.wait_for_text("老船工");
    archive.add("90000.txt", "新来的消息\n\n　　灯塔管理处昨天换了门牌。\n");
    session.wait_for_text("灯塔管理处昨天换了门牌");
    session.send("\x1b");
    session.wait_for_text(">文章 6/6");

    // It stands in the search, too, and when it is gone another one is selected.
    session.send("/门牌\r");
    session.wait_for_text("查找 1/1");
    session.send("\x1b");
    session.wait_for_text(">文章 6/6");
    fs::remove_file(archive.path().join("90000.txt")).expect("a file");
    session.wait_for_text(">文章 5/5");
    session.wait_for_text("文件有变: +0 ~0 -1");
    // What is gone is not waited for: nothing is missing in the index.
    session.send("/消息");
    session.wait_for("the results", |screen| has(screen, "查找 1/2") && has(screen, "按相关"));
    assert!(!has(session.screen(), "未索引"), "{}", session.report("all is indexed"));
    session.send("\r");
    session.wait_for_text("查找 1/2  消息");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn open_results_follow_the_files() {
    let archive = Archive::new();
    for (name, word) in [("a.txt", "门牌"), ("b.txt", "路灯")] {
        archive.add(name, format!("{word}换了\n\n　　镇上的{word}今年换了一批。\n"));
    }
    // It matches least, so that it is the last one.
    archive.add("c.txt", "水渠边上\n\n　　守渠的人说，闸门上的锁还是老的，只有钥匙换了一把。\n");
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    let mut session = Launch::script(&script).size(80, 24).start();
    session.wait_for_text(">文章 1/3");
    session.send("/换了\r");
    session.wait_for_text("查找 1/3  换了");
    session.send("G");
    let stays = |screen: &Screen, place: &str| has(screen, place) && has(screen, "> 水渠边上");
    session.wait_for("the last one", |screen| stays(screen, "查找 3/3"));
    // One that is new, one that is found no more, and one that is gone; the selection stays.
    archive.add("d.txt", "戏台换了\n\n　　码头的戏台换了主人。\n");
    session.wait_for("one more", |screen| stays(screen, "查找 4/4"));
    archive.add("a.txt", "门牌掉了\n\n　　镇上的门牌掉了一块。\n");
    session.wait_for("one less", |screen| stays(screen, "查找 3/3"));
    fs::remove_file(archive.path().join("b.txt")).expect("a file");
    session.wait_for("another one less", |screen| stays(screen, "查找 2/2"));
    assert!(has(session.screen(), "戏台换了") && !has(session.screen(), "路灯换了"));
    session.send("q");
    session.expect_exit(0);
}
