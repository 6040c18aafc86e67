//! What is decided about a page outlives the program, however soon it is left.

use std::fs;

use super::{
    archive::{Archive, article},
    session::Launch,
};

#[test]
fn a_decision_is_kept_and_holds_for_the_next_start() {
    let archive = Archive::new();
    let page = format!("{}\n\n{}", article("江水清了"), article("旧管子换了新管子"));
    let file = archive.add("page.txt", &page);
    let data = archive.path().join(".data");
    let launch = || Launch::zhaidu([&file]).env("XDG_DATA_HOME", &data);

    let mut session = launch().start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("p");
    session.wait_for_text("分篇 自动");
    session.send("jjj");
    session.wait_for_text("正文 0.");
    session.send("c");
    session.wait_for_text("已保存：2 篇");
    // Undone and left at once: the program waits for the disk.
    session.send("uq");
    session.expect_exit(0);
    let kept = data.join("zhaidu/overrides.jsonl");
    let lines = fs::read_to_string(&kept).expect("the file");
    assert!(lines.contains("\"do\":\"split\"") && lines.contains("\"do\":\"undo\""), "{lines}");

    let split = lines.lines().next().expect("a line");
    fs::write(&kept, format!("{split}\n")).expect("the file");
    let mut session = launch().start();
    session.wait_for_text("2 篇 / 1 个来源");
    session.send("q");
    session.expect_exit(0);
    assert_eq!(fs::read_to_string(&file).expect("the page"), page, "it is only read");
}

#[test]
fn what_is_no_article_stays_out_of_the_list_and_of_the_commands() {
    let archive = Archive::new();
    let page = format!("{}\n\n{}", article("江水清了"), article("旧管子换了新管子"));
    let file = archive.add("page.txt", &page);
    let data = archive.path().join(".data");
    let launch = || Launch::zhaidu([&file]).env("XDG_DATA_HOME", &data);
    let mut session = launch().start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("p");
    session.wait_for_text("分篇 自动");
    session.send("jjj");
    session.wait_for_text("正文 0.");
    session.send("c");
    session.wait_for_text("已保存：2 篇");
    session.send("D");
    session.wait_for_text("已保存：1 篇");
    session.wait_for_text("你说这不是文章");
    session.send("q");
    session.expect_exit(0);
    let mut session = launch().start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("p");
    session.wait_for_text("你说这不是文章");
    session.send("u");
    session.wait_for_text("已保存：2 篇");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn what_cannot_be_kept_is_told_with_its_place() {
    let archive = Archive::new();
    let file = archive.add("page.txt", article("江水清了"));
    let in_the_way = archive.add("data", "");
    let mut session =
        Launch::zhaidu([&file]).env("XDG_DATA_HOME", &in_the_way).size(160, 45).start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("p");
    session.wait_for_text("分篇 自动");
    session.send("t");
    session.wait_for_text("没有保存");
    session.wait_for_text("overrides.jsonl");
    session.send("q");
    session.expect_exit(0);
}
