//! Files that are written from the interface.

use std::fs;

use super::{
    archive::{Archive, article},
    session::Launch,
};

#[test]
fn an_article_becomes_a_page_and_nothing_is_overwritten_unasked() {
    let archive = Archive::new();
    let file = archive.add("page.txt", article("江水清了"));
    let page = archive.path().join("a.html");
    let mut session = Launch::zhaidu([&file]).size(120, 30).start();
    session.wait_for_text("1 篇 / 1 个来源");
    let name = format!("\x15{}", page.display());
    session.send("e");
    session.wait_for_text("江水清了.md");
    session.send(&format!("{name}\r"));
    session.wait_for_text("已导出 1 篇");
    let written = fs::read_to_string(&page).expect("the page");
    assert!(written.starts_with("<!DOCTYPE html>") && written.ends_with("</html>\n"));
    assert!(written.contains("<title>江水清了</title>") && written.contains("<mark "), "{written}");

    fs::write(&page, "mine").expect("a file");
    session.send("e");
    session.wait_for_text("江水清了.html");
    session.send(&format!("{name}\r"));
    session.wait_for_text("再按 Enter 覆盖");
    assert_eq!(fs::read(&page).expect("a file"), b"mine");
    session.send("\r");
    session.wait_for_text("已导出 1 篇");
    assert_eq!(fs::read_to_string(&page).expect("a file"), written);
    session.send("q");
    session.expect_exit(0);
}
