//! Many programs at once, and programs of other versions.

use std::{fs, process::Stdio};

use super::{exported, marks_folder, tags, tags_of};
use crate::{
    harness::screen::has,
    row::{Outcome, Row},
    run::Run,
};

/// F57.
pub(super) const MANY: Row = Row {
    id: "F57",
    what: "twenty programs mark at once, one of them is newer",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: many,
};

/// Programs at the same time.
const PROGRAMS: u64 = 20;

fn many(run: &mut Run) -> Outcome {
    // What a later version wrote, to stay as it is.
    let folder = marks_folder(run);
    fs::create_dir_all(&folder).expect("a folder");
    let newer = folder.join("ffff-1.jsonl");
    let line = r#"{"v":99,"id":"ffff-1-1","ts":1,"op":"hologram","key":{"h":"00"},"val":[1,{}]}"#;
    let line = format!("{:08x} {line}\n", crc32fast::hash(line.as_bytes()));
    fs::write(&newer, &line).expect("a file");

    let each = run.either(25, 500);
    let names: Vec<String> = (0..PROGRAMS).map(|program| format!("p{program}")).collect();
    let running: Vec<_> = names
        .iter()
        .map(|name| {
            let file = exported(run, name, each);
            let args = ["marks".as_ref(), "import".as_ref(), file.as_os_str()];
            run.command(args).stderr(Stdio::null()).spawn().expect("the program starts")
        })
        .collect();
    for mut child in running {
        assert!(child.wait().expect("it ends").success());
    }
    let all = names.iter().flat_map(|name| tags_of(name, each)).collect();
    let (found, said) = tags(run);
    assert!(found == all, "{} of {} tags are there: {said}", found.len(), all.len());
    assert!(said.contains("1 unknown"), "{said}");
    assert_eq!(fs::read_to_string(&newer).expect("a file"), line, "it is only read");

    // Two that a person looks at: what one marks is seen in the other.
    let start = |run: &mut Run| {
        let mut live = run.start(run.zhaidu(["demo"]).size(160, 45));
        live.wait_for_text("16 篇 / 4 个来源");
        live
    };
    let (mut one, mut other) = (start(run), start(run));
    one.send("tshui\r");
    one.wait_for_text("已保存");
    run.saved.insert("shui".to_owned());
    other.wait_for_text("#shui");
    other.send("tqiao\r");
    other.wait_for("both tags", |screen| has(screen, "#qiao #shui"));
    run.saved.insert("qiao".to_owned());
    one.wait_for_text("#qiao #shui");
    run.leaves(one);
    run.leaves(other);
    Outcome::Pass
}
