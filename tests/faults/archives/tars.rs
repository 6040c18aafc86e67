//! Tar archives that programs read in different ways.

use tar::EntryType;

use super::{listed, members_in, said};
use crate::{
    harness::archive::{Archive, article},
    packs::entry,
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F48.
pub(super) const SPARSE: Row = Row {
    id: "F48",
    what: "sparse files in tar archives: a terabyte of nothing",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: sparse,
};

/// A tar archive in the making.
#[derive(Default)]
struct Making(Vec<u8>);

impl Making {
    /// A header, and whole blocks of what is behind it.
    fn add(mut self, header: &tar::Header, bytes: &[u8]) -> Self {
        self.0.extend(header.as_bytes());
        self.0.extend(bytes);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    fn file(self, name: &str, bytes: &[u8]) -> Self {
        self.add(&entry(name.as_bytes(), EntryType::Regular, bytes.len() as u64), bytes)
    }

    /// A member whose header tells another length than it has.
    fn told(self, name: &str, told: u64, bytes: &[u8]) -> Self {
        self.add(&entry(name.as_bytes(), EntryType::Regular, told), bytes)
    }

    /// Records for the next member, or for all (`g`).
    fn records(self, kind: u8, records: &[&str]) -> Self {
        let record = |record: &&str| {
            // The length counts its own digits.
            let length = record.len() + 2;
            let digits = (length + 2).to_string().len();
            format!("{} {record}\n", length + digits)
        };
        let told: String = records.iter().map(record).collect();
        self.raw_records(kind, told.as_bytes())
    }

    fn raw_records(self, kind: u8, records: &[u8]) -> Self {
        self.add(&entry(b"x", EntryType::new(kind), records.len() as u64), records)
    }

    fn end(mut self) -> Vec<u8> {
        self.0.extend([0; 1024]);
        self.0
    }
}

fn sparse(run: &mut Run) -> Outcome {
    let text = article("洞后面的消息");
    let good = text.as_bytes();
    // In the head of GNU tar: a file of almost 8 TiB, of which a block is there, at its end.
    let mut gnu = entry(b"gnu.txt", EntryType::GNUSparse, 512);
    let head = gnu.as_gnu_mut().expect("it is one");
    head.sparse[0].offset.copy_from_slice(b"07777777000\0");
    head.sparse[0].numbytes.copy_from_slice(b"00000001000\0");
    head.realsize.copy_from_slice(b"07777777777\0");
    gnu.set_cksum();
    let mut long = gnu.clone();
    long.as_gnu_mut().expect("it is one").isextended = [1];
    long.set_cksum();
    let posix = [
        "GNU.sparse.major=1",
        "GNU.sparse.minor=0",
        "GNU.sparse.name=posix.txt",
        "GNU.sparse.realsize=1099511627776",
        "path=GNUSparseFile.0/posix.txt",
    ];
    let map = [&b"1\n1099511627264\n512\n"[..], &[0; 492], &[b'a'; 512]].concat();
    let older = ["GNU.sparse.size=1099511627776", "GNU.sparse.numblocks=1", "GNU.sparse.map=0,512"];
    let bytes = Making::default()
        .add(&gnu, &[b'a'; 512])
        // Its list goes on in a block between.
        .add(&long, &[[0; 512], [b'a'; 512]].concat())
        .records(b'x', &posix)
        .file("GNUSparseFile.0/posix.txt", &map)
        .records(b'x', &older)
        .file("older.txt", &[b'a'; 512])
        .file("good.txt", good)
        .end();
    let archive = Archive::new();
    let path = archive.add("a.tar", &bytes);
    let (printed, code) = run.json(&words(&["list", "--json"], [path.as_os_str()]));
    assert_eq!((members_in(&printed, &path), code), (vec!["good.txt".to_owned()], Some(2)));
    let problems = listed(&printed, "problems").iter();
    let told: Vec<_> =
        problems.map(|told| (said(told, "path").to_owned(), said(told, "message"))).collect();
    let names = ["gnu.txt", "gnu.txt", "posix.txt", "older.txt"];
    assert_eq!(told.len(), names.len(), "{told:?}");
    for (name, (place, message)) in names.iter().zip(told) {
        assert!(place.ends_with(name) && message.contains("sparse"), "{name}: {place}: {message}");
    }
    let mut live = run.start(run.zhaidu([&path]).size(160, 45));
    live.wait_for_text("洞后面的消息");
    live.send("!");
    live.wait_for_text("sparse");
    live.send("q");
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}

/// F49.
pub(super) const RECORDS: Row = Row {
    id: "F49",
    what: "tar archives in which one program sees other members than another",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: records,
};

fn records(run: &mut Run) -> Outcome {
    let (inner, last) = (article("藏在里面的消息"), article("最后的消息"));
    // What is text of `outer.txt` to whoever knows its length, and further members to who does not.
    let hidden = Making::default().file("hidden.txt", inner.as_bytes()).0;
    let size = format!("size={}", hidden.len());
    let padded = format!("size=000{}", hidden.len());
    let short = format!("size={}", inner.len());
    let begin = Making::default;
    let cases: [(&str, Making); 9] = [
        ("behind", begin().records(b'x', &[&size]).told("outer.bin", 0, &hidden)),
        (
            "for all",
            begin()
                .records(b'g', &[&size])
                .told("outer.bin", 0, &hidden)
                .records(b'g', &[&format!("size={}", last.len())]),
        ),
        ("zeros", begin().records(b'x', &[&padded]).told("outer.bin", 0, &hidden)),
        (
            "the last counts",
            begin().records(b'x', &["size=0", &size]).told("outer.bin", 0, &hidden),
        ),
        (
            "two heads",
            begin().records(b'x', &["path=other.bin"]).records(b'x', &[&size]).told(
                "outer.bin",
                0,
                &hidden,
            ),
        ),
        (
            "a long name between",
            begin()
                .records(b'x', &[&size])
                .add(&entry(b"l", EntryType::GNULongName, 9), b"outer.bin")
                .told("o", 0, &hidden),
        ),
        (
            "a link between",
            begin()
                .records(b'x', &[&size])
                .add(&entry(b"l", EntryType::GNULongLink, 3), b"abc")
                .told("outer.bin", 0, &hidden),
        ),
        (
            "over a larger one",
            begin().records(b'x', &[&short]).told("outer.bin", 1 << 30, inner.as_bytes()),
        ),
        (
            "a record that is none",
            begin().records(b'x', &[&size]).raw_records(b'g', b"9 x\nnonsense").told(
                "outer.bin",
                0,
                &hidden,
            ),
        ),
    ];
    let archive = Archive::new();
    for (number, (case, making)) in cases.into_iter().enumerate() {
        let path =
            archive.add(format!("{number}.tar"), making.file("last.txt", last.as_bytes()).end());
        let (printed, code) = run.json(&words(&["list", "--json"], [path.as_os_str()]));
        // `outer.bin` is no text by its name, and is passed over as a whole.
        assert_eq!(
            (members_in(&printed, &path), code),
            (vec!["last.txt".to_owned()], Some(0)),
            "{case}"
        );
        run.count("archives", 1);
    }
    // Records that nobody would keep in memory are no way to hide a length either.
    let many = "12 comment=x\n".repeat(200_000) + &format!("13 {size}\n");
    let bytes = begin().raw_records(b'x', many.as_bytes()).told("outer.bin", 0, &hidden).end();
    let path = archive.add("many.tar", bytes);
    let (printed, code) = run.json(&words(&["list", "--json"], [path.as_os_str()]));
    assert_eq!((members_in(&printed, &path), code), (Vec::new(), Some(2)));

    let mut live = run.start(run.zhaidu([archive.path()]).size(160, 45));
    live.wait_for_text("9 篇");
    assert!(
        !live.screen().contents().contains("藏在里面"),
        "{}",
        live.report("nothing that was hidden")
    );
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}
