//! The flash where a jump lands ends by itself.

use ratatui::style::{Modifier, Style};

use super::{
    archive::{Archive, article},
    picture::drawn,
    session::Launch,
};

const REVERSED: Style = Style::new().add_modifier(Modifier::REVERSED);

#[test]
fn what_flashes_is_drawn_as_before_without_a_key() {
    const PART: &str = "老船工把缆绳收好";
    let archive = Archive::new();
    let file = archive.add("page.txt", article("江水清了"));
    let mut session = Launch::zhaidu([file]).start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("\r");
    session.wait_for_text(">正文");
    session.wait_for_text(PART);
    let before = session.raw().len();
    // The first key sentence is somewhere in the first paragraph; all of its rows stand out.
    session.send("n");
    let redrawn = |raw: &[u8]| {
        let raw = raw.get(before..).unwrap_or_default();
        String::from_utf8_lossy(raw).matches(PART).count()
    };
    session.wait_for_output("it stands out and is as before", |raw| redrawn(raw) >= 2);
    assert!(!drawn(session.screen(), REVERSED).contains(PART));
    session.send("q");
    session.expect_exit(0);
}
