use std::io::Cursor;

use proptest::prelude::*;
use sevenz_rust2::encoder_options::Lzma2Options;
use sevenz_rust2::{ArchiveEntry, ArchiveWriter, EncoderMethod};

use crate::source::members::tests::found_in;
use crate::source::read::ReadOptions;

/// An archive of these members, each packed alone or all together.
fn archive(members: &[(&str, &[u8])], method: EncoderMethod, together: bool) -> Vec<u8> {
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).unwrap();
    writer.set_content_methods(vec![method.into()]);
    if together {
        let entries = members.iter().map(|(name, _)| ArchiveEntry::new_file(name)).collect();
        let readers: Vec<_> = members.iter().map(|(_, bytes)| (*bytes).into()).collect();
        writer.push_archive_entries(entries, readers).unwrap();
    } else {
        writer.push_archive_entry::<&[u8]>(ArchiveEntry::new_directory("folder"), None).unwrap();
        for (name, bytes) in members {
            writer.push_archive_entry(ArchiveEntry::new_file(name), Some(*bytes)).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn found(bytes: &[u8]) -> Vec<String> {
    found_in("a.7z", bytes, &ReadOptions::default())
}

const MEMBERS: [(&str, &[u8]); 5] = [
    ("2024/新闻.txt", "石板路上".as_bytes()),
    ("picture.jpg", b"\xFF\xD8"),
    ("../../etc/passwd", "桥头的灯".as_bytes()),
    ("b.jsonl", b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n"),
    ("last.txt", "河水清了".as_bytes()),
];

const EXPECTED: [&str; 5] = [
    "2024/新闻.txt: 石板路上",
    "../../etc/passwd: 桥头的灯",
    "b.jsonl: a",
    "b.jsonl: b",
    "last.txt: 河水清了",
];

#[test]
fn members_are_read_in_order() {
    for method in [EncoderMethod::COPY, EncoderMethod::LZMA, EncoderMethod::LZMA2] {
        for together in [false, true] {
            assert_eq!(found(&archive(&MEMBERS, method, together)), EXPECTED, "{method:?}");
        }
    }
    assert_eq!(found(&archive(&[], EncoderMethod::LZMA2, false)), [""; 0]);
}

#[test]
fn ten_thousand_members_and_bombs() {
    let names: Vec<String> = (0..10_000).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b"a"[..])).collect();
    assert_eq!(found(&archive(&members, EncoderMethod::LZMA2, true)).len(), 10_000);
    let blanks = vec![b' '; 300 << 20];
    let members: [(&str, &[u8]); 2] = [("a.bin", &blanks), ("b.txt", b"b")];
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).unwrap();
    writer.set_content_methods(vec![Lzma2Options::from_level(0).into()]);
    for (name, bytes) in members {
        writer.push_archive_entry(ArchiveEntry::new_file(name), Some(bytes)).unwrap();
    }
    let told = found(&writer.finish().unwrap().into_inner());
    assert_eq!(told, ["! a.7z: TooMuch"]);
}

#[test]
fn what_is_cut_off_or_damaged_is_a_problem() {
    let whole = archive(&MEMBERS, EncoderMethod::LZMA2, true);
    for length in 6..whole.len() {
        let told = found(&whole[..length]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0], "! a.7z: Damaged");
    }
    let mut changed = archive(&MEMBERS, EncoderMethod::COPY, true);
    changed[32] ^= 1;
    let told = found(&changed);
    assert_eq!(told[1], "! a.7z/2024/新闻.txt: Damaged");
    // The properties of the first chunk, too many: a decoder that went on after it would never end.
    let text = "石板路上".repeat(100);
    let mut changed = archive(&[("a.txt", text.as_bytes())], EncoderMethod::LZMA2, true);
    changed[32 + 5] = 8;
    assert_eq!(found(&changed), ["! a.7z/a.txt: Damaged"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_archive_is_too_strange(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        copied in any::<bool>(),
    ) {
        // The list at once, so that every mark is met.
        let mut list = super::MARK.to_vec();
        list.extend([0; 14]);
        list.extend((bytes.len() as u64 + 1).to_le_bytes());
        list.extend([0; 4]);
        list.push(if copied { 0x01 } else { 0x17 });
        list.extend(&bytes);
        found(&list);
        let mut whole = archive(&MEMBERS, EncoderMethod::LZMA2, copied);
        for (at, byte) in changes {
            let at = at.index(whole.len());
            whole[at] = byte;
        }
        found(&whole);
        let _ = super::list::read(&bytes);
    }
}
