//! Archive files that say what is not so.

use super::{listed, said};
use crate::{
    harness::archive::{Archive, article},
    packs::{Raw, deflated, entry, sevenz, zip_of},
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F47.
pub(super) const LIES: Row = Row {
    id: "F47",
    what: "heads that lie about lengths and numbers of members",
    needs: &[],
    cap_mib: 250,
    alone: false,
    in_ci: true,
    play: lies,
};

/// Memory that the program may ask for, in KiB: much less than is claimed.
const MEMORY: u32 = 2 << 20;

fn lies(run: &mut Run) -> Outcome {
    let good = article("说实话的消息");
    let archive = Archive::new();
    for (name, bytes, problems) in files(good.as_bytes()) {
        let path = archive.add(name, bytes);
        let script = format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"");
        let mut limited = run.within("sh", &["-c", &script, env!("CARGO_BIN_EXE_zhaidu")]);
        let output = limited.args(["list", "--json"]).arg(&path).output().expect("a shell");
        let said_so = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            matches!(output.status.code(), Some(0..=2)),
            "{name}: {:?} {said_so}",
            output.status
        );
        let (printed, _) = run.json(&words(&["list", "--json"], [path.as_os_str()]));
        let told: Vec<_> =
            listed(&printed, "problems").iter().map(|told| said(told, "message")).collect();
        assert_eq!(told.is_empty(), !problems, "{name}: {told:?}");
        // Whatever was said of it: the other member is there where the list of members is.
        let titles = listed(&printed, "articles").iter().map(|article| said(article, "headline"));
        let is_there = titles.clone().any(|title| title.contains("说实话"));
        assert!(is_there || name.starts_with("lost"), "{name}: {:?}", titles.collect::<Vec<_>>());
        run.count("files", 1);
    }
    let script = format!("ulimit -v {MEMORY}; exec \"$ZHAIDU\" '{}'", archive.path().display());
    let mut live = run.start(run.script(&script).size(160, 45));
    live.wait_for_text("说实话的消息");
    live.send("!");
    live.wait_for_text("数据已损坏");
    live.send("q");
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}

/// Files with their names, and whether there is something to be told of them. In those that are not `lost` a good
/// member lies behind the bad one.
fn files(good: &[u8]) -> Vec<(&'static str, Vec<u8>, bool)> {
    let stream = deflated(b'a', 1);
    let length = stream.len() as u32;
    let honest = Raw::stored(b"good.txt", good);
    let packed = |told| Raw { name: b"a.txt", method: 8, bytes: &stream, told, ..Raw::default() };
    let two = |first: Raw| zip_of(&[first, honest.clone()], 2);
    let stored = |told| Raw { told, ..Raw::stored(b"a.txt", b"short") };
    vec![
        ("small.zip", two(packed((length, 100))), true),
        ("large.zip", two(packed((length, u32::MAX - 1))), true),
        ("claims.zip", two(stored((5, u32::MAX - 1))), false),
        ("longer.zip", two(stored((u32::MAX - 1, u32::MAX - 1))), true),
        ("shorter.zip", two(stored((2, 2))), true),
        ("sum.zip", two(Raw { sum: 1, ..Raw::stored(b"a.txt", b"short") }), true),
        ("more.zip", zip_of(&[honest.clone(), honest.clone()], u16::MAX - 1), true),
        ("fewer.zip", zip_of(&[honest.clone(), honest.clone()], 1), false),
        ("lost.tar", tar_of(u64::MAX - 600, good), true),
        ("lost2.tar", tar_of(1 << 62, good), true),
        ("lost.7z", damaged_7z(good), true),
        ("lost.zst", window(), true),
    ]
}

/// A tar archive whose first member claims to be so long.
fn tar_of(size: u64, good: &[u8]) -> Vec<u8> {
    let mut bytes = entry(b"a.txt", tar::EntryType::Regular, size).as_bytes().to_vec();
    let mut block = good.to_vec();
    block.resize(good.len().next_multiple_of(512), 0);
    bytes.extend(block);
    bytes
}

/// A 7z archive whose list is said to be as long as can be.
fn damaged_7z(good: &[u8]) -> Vec<u8> {
    let mut bytes = sevenz(&[("good.txt", good)]);
    bytes[20..28].copy_from_slice(&u64::MAX.to_le_bytes());
    // The head has a sum of its own.
    let sum = crc32fast::hash(&bytes[12..32]);
    bytes[8..12].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// A frame of zstd that asks for a window of 3 TiB (RFC 8878, 3.1.1.1.2).
fn window() -> Vec<u8> {
    [&[0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFF][..], &[0x01; 64]].concat()
}
