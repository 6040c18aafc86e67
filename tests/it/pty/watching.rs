//! An archive whose files change while it is open.

use std::fs;

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
    session.send("q");
    session.expect_exit(0);
}
