//! The bar of an update.

use std::fs;

use super::{
    archive::{Archive, article},
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
