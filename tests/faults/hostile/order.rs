//! Marks of direction, which have a line read as what it is not.

use std::ffi::OsString;

use crate::{
    harness::archive::Archive,
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F23.
pub(super) const ORDER: Row = Row {
    id: "F23",
    what: "marks of direction reorder a line",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: order,
};

const MARKS: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

fn order(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    let line = |(number, mark)| format!("　　第{number}处转{mark}账给甲{mark}方乙方丙方。");
    let mut lines: Vec<String> = MARKS.into_iter().enumerate().map(line).collect();
    // As in CVE-2021-42574: what looks like a comment is a part of the text, or the other way round.
    let trojan =
        "　　如果 身份 != \"用户\u{202e} \u{2066}// 只准管理员\u{2069} \u{2066}\" 就放行。\n";
    lines.push(trojan.to_owned());
    let body = lines.join("\n");
    archive.add("照片\u{202e}gpj.txt", format!("转\u{202e}账给甲方\n\n　　本报讯\n{body}"));
    let path = [archive.path().as_os_str()];

    let printed = run.printed(&words(&["show"], path), 0);
    let exported = run.json(&words(&["export", "--to", "json"], path)).0.to_string();
    let mut live = run.opened(&[OsString::from(archive.path())], 1);
    live.wait_for_text("照片gpj.txt");
    live.send("\rz");
    live.wait_for_text(">正文 照片gpj.txt");
    // As it was written, one after the other.
    for (number, mark) in MARKS.into_iter().enumerate() {
        let line = format!("第{number}处转账给甲方乙方丙方。");
        live.wait_for_text(&line);
        assert!(printed.contains(&line), "{line} is not in {printed}");
        let whole = format!("第{number}处转{mark}账给甲{mark}方");
        assert!(exported.contains(&whole), "{whole:?} is lost");
    }
    let line = "身份 != \"用户 // 只准管理员 \" 就放行";
    live.wait_for_text(line);
    assert!(printed.contains(line), "{printed}");
    // It is said that something is not seen, and it can be looked at.
    live.wait_for_text(&format!("{} 个隐藏字符", 2 * MARKS.len() + 5));
    live.send("v");
    for (number, mark) in MARKS.into_iter().enumerate() {
        live.wait_for_text(&format!("第{number}处转<U+{:04X}>账给甲", u32::from(mark)));
    }
    live.wait_for_text("用户<U+202E> <U+2066>// 只准管理员<U+2069> <U+2066>\"");
    live.wait_for_text("显示隐藏字符");
    live.send("z");
    run.leaves(live);
    Outcome::Pass
}
