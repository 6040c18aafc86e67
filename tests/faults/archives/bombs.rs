//! Small files that unpack to large ones.

use std::{
    io::{self, Read},
    sync::LazyLock,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{listed, said};
use crate::{
    harness::archive::{Archive, article},
    packs::{Raw, deflated, entry, gzip, gzip_of, sevenz, tar, zip, zip_of},
    row::{Outcome, Row},
    run::Run,
};

/// F46.
pub(super) const BOMBS: Row = Row {
    id: "F46",
    what: "a megabyte that unpacks to a gigabyte, in every packing, nested and overlapping",
    needs: &[],
    // The interface reads several files at once, and analyses what is small enough.
    cap_mib: 250,
    alone: true,
    in_ci: true,
    play: bombs,
};

/// MiB of a bomb.
const SIZE: usize = 1024;
/// Memory that a command may ask for to read one, in KiB.
const MEMORY: u32 = 200 * 1024;
/// Longest that reading one may take.
const TIME: Duration = Duration::from_secs(5);

fn bombs(run: &mut Run) -> Outcome {
    // The same for all plays: they take longer to be made than to be read.
    static BOMBS: LazyLock<Vec<Bomb>> = LazyLock::new(all);
    let archive = Archive::new();
    for (name, bytes) in BOMBS.iter() {
        assert!(bytes.len() < 3 << 20, "{name} has {} bytes", bytes.len());
        if !run.has_turn() && *name != "a.zip" {
            continue;
        }
        let path = archive.add(name, bytes);
        let started = Instant::now();
        let script = format!("ulimit -v {MEMORY}; exec \"$0\" list --json \"$1\"");
        let args = ["-c", &script, env!("CARGO_BIN_EXE_zhaidu")];
        let output = run.within("sh", &args).arg(&path).output().expect("a shell");
        let took = started.elapsed();
        assert!(!run.is_long || took < TIME, "{name} took {took:?}");
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!("{name}: {error}: {}", String::from_utf8_lossy(&output.stderr))
        });
        let problems = listed(&printed, "problems");
        let told = problems.iter().any(|problem| {
            let message = said(problem, "message");
            message.contains("unpacks to too much") || message.contains("an archive inside")
        });
        assert!(told && output.status.code() == Some(2), "{name}: {problems:?}");
        run.count("bombs", 1);
    }
    archive.add("0.txt", article("炸弹旁边的消息"));
    let mut live = run.start(run.zhaidu([archive.path()]).size(160, 45));
    live.wait_for_text("炸弹旁边的消息");
    live.send("!");
    live.wait_for_text("解压后太大");
    live.send("q");
    live.send("gg\r");
    live.wait_for_text(">正文");
    run.mark(&mut live);
    live.send("\x1b1");
    // Memory is held to the row's bound there.
    run.leaves(live);
    Outcome::Pass
}

/// A bomb with its name.
type Bomb = (&'static str, Vec<u8>);

fn all() -> Vec<Bomb> {
    let (stream, size) = (deflated(b'a', SIZE), (SIZE as u32) << 20);
    let member = Raw {
        name: b"a.txt",
        method: 8,
        bytes: &stream,
        told: (stream.len() as u32, size),
        ..Raw::default()
    };
    let gzip_bomb = gzip_of(b'a', SIZE);
    let small = gzip_of(b'a', 80);
    let names: Vec<String> = (0..20).map(|number| format!("{number}.txt.gz")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &*small)).collect();
    let inner = zip_of(std::slice::from_ref(&member), 1);
    vec![
        ("a.txt.gz", gzip_bomb.clone()),
        ("a.jsonl.gz", gzip_bomb.clone()),
        ("zeros.txt.gz", gzip_of(0, SIZE)),
        ("a.html.gz", gzip_bomb),
        ("a.txt.zst", zstd(repeated(SIZE))),
        ("a.zip", inner.clone()),
        ("many.zip", zip(&many)),
        ("many.tar", tar(&many)),
        ("over.zip", overlapping(8, &deflated(b'a', 4), &vec![b'a'; 4 << 20], 400)),
        // Not packed at all.
        ("same.zip", overlapping(0, &vec![b'a'; 1 << 20], &vec![b'a'; 1 << 20], 4_000)),
        ("nested.zip", zip(&[("in.zip", &inner)])),
        ("a.tar.gz", tar_bomb()),
        ("a.7z", sevenz(&[("a.txt", &vec![b'a'; 40 << 20])])),
        ("a.zip.gz", gzip("a.zip", &inner)),
    ]
}

fn repeated(mib: usize) -> impl Read {
    io::repeat(b'a').take((mib as u64) << 20)
}

fn zstd(bytes: impl Read) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory")
}

/// A tar archive in gzip: a member of a gigabyte.
fn tar_bomb() -> Vec<u8> {
    let header = entry(b"a.txt", tar::EntryType::Regular, (SIZE as u64) << 20);
    [gzip("", header.as_bytes()), gzip_of(b'a', SIZE), gzip("", &[0; 1024])].concat()
}

/// A zip archive of members that all lie at one place.
fn overlapping(method: u16, stream: &[u8], text: &[u8], count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|number| format!("{number:04}.txt")).collect();
    let sum = crc32fast::hash(text);
    let member = |number: usize| Raw {
        name: names[number].as_bytes(),
        method,
        sum,
        bytes: stream,
        told: (stream.len() as u32, text.len() as u32),
        at: (number > 0).then_some(0),
        ..Raw::default()
    };
    zip_of(&(0..names.len()).map(member).collect::<Vec<_>>(), names.len() as u16)
}
