//! Names of members in the encoding of whoever made the archive, which says nothing about it.

use super::members_in;
use crate::{
    harness::archive::{Archive, article},
    packs::{Raw, entry, zip_of},
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F50.
pub(super) const NAMES: Row = Row {
    id: "F50",
    what: "names of members in GBK and Big5",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: names,
};

/// Names in simplified characters; the second one is misread by who guesses by a character alone.
const SIMPLE: [&str; 4] = ["新闻/二月/春天的风.txt", "联通.txt", "第1版：要闻.txt", "龙门镇志.txt"];
const TRADITIONAL: [&str; 3] = ["新聞/二月/春天的風.txt", "臺灣縣志.txt", "功蓋許.txt"];

fn names(run: &mut Run) -> Outcome {
    let text = article("名字里的消息");
    let texts = text.as_bytes();
    let archive = Archive::new();
    let cases = [
        ("gbk", &SIMPLE[..], encoding_rs::GBK, &[][..]),
        ("big5", &TRADITIONAL[..], encoding_rs::BIG5, &["--encoding", "big5"][..]),
    ];
    for (case, expected, encoding, options) in cases {
        let named: Vec<Vec<u8>> =
            expected.iter().map(|name| encoding.encode(name).0.into_owned()).collect();
        let content = encoding.encode(&text).0;
        let members: Vec<Raw> = named.iter().map(|name| Raw::stored(name, &content)).collect();
        let mut tar: Vec<u8> = Vec::new();
        for name in &named {
            tar.extend(entry(name, tar::EntryType::Regular, content.len() as u64).as_bytes());
            tar.extend(&*content);
            tar.resize(tar.len().next_multiple_of(512), 0);
        }
        tar.extend([0; 1024]);
        let zip = archive.add(format!("{case}.zip"), zip_of(&members, members.len() as u16));
        let tar = archive.add(format!("{case}.tar"), tar);
        for path in [zip, tar] {
            let args = words(&[&["list", "--json"], options].concat(), [path.as_os_str()]);
            assert_eq!(members_in(&run.json(&args).0, &path), expected, "{}", path.display());
            // In the interface, and on a terminal.
            let printed =
                run.printed(&words(&[&["list"], options].concat(), [path.as_os_str()]), 0);
            let mut args = words(options, [path.as_os_str()]);
            args.push("--new".into());
            let mut live = run.opened(&args, expected.len());
            live.send("\r");
            for (number, name) in expected.iter().enumerate() {
                assert!(printed.contains(name), "{name} is not in {printed}");
                live.wait_for_text(&format!(
                    "{}/{name}",
                    path.file_name().expect("a name").display()
                ));
                live.wait_for_text("名字里的消息");
                if number + 1 < expected.len() {
                    live.send("J");
                }
            }
            live.send("\x1b1");
            run.leaves(live);
        }
    }
    // A name that says to be UTF-8 is, whatever else it could be.
    let flagged = Raw { flags: 0x800, ..Raw::stored("联通.txt".as_bytes(), texts) };
    let path = archive.add("flag.zip", zip_of(&[flagged], 1));
    let args = words(&["list", "--json"], [path.as_os_str()]);
    assert_eq!(members_in(&run.json(&args).0, &path), ["联通.txt"]);
    Outcome::Pass
}
