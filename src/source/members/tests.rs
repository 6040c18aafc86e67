//! Archive files of every kind, made here.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::source::Text;
use crate::source::read::ReadOptions;

/// What is in an archive file: `member: text` or `! place: problem`, texts and causes shortened.
pub(crate) fn found_in(place: &str, bytes: &[u8], options: &ReadOptions) -> Vec<String> {
    let task = Task::new(OsStr::new(place), options);
    let mut found = Vec::new();
    let _ = read::read_stream(&task, &mut &*bytes, &mut |result| {
        found.push(match result {
            Ok(text) => {
                let short: String = text.decoded.text.chars().take(20).collect();
                format!("{}: {short}", text.member.unwrap_or_default())
            }
            Err(problem) => {
                let kind = format!("{:?}", problem.kind);
                let short = kind.split([' ', '(']).next().unwrap_or_default();
                format!("! {}: {short}", problem.place.to_string_lossy())
            }
        });
        ControlFlow::Continue(())
    });
    found
}

pub(crate) fn found(place: &str, bytes: &[u8]) -> Vec<String> {
    found_in(place, bytes, &ReadOptions::default())
}

/// The records of a file as `line|title|text|date|author|source`, plain texts as `- text`, problems as
/// `! line kind`.
pub(crate) fn records_in(place: &str, bytes: &[u8]) -> Vec<String> {
    records_with(place, bytes, &ReadOptions::default())
}

pub(crate) fn records_with(place: &str, bytes: &[u8], options: &ReadOptions) -> Vec<String> {
    let task = Task::new(OsStr::new(place), options);
    let mut found = Vec::new();
    let _ = read::read_stream(&task, &mut &*bytes, &mut |result| {
        found.push(match result {
            Ok(Text { decoded, record: Some(record), .. }) => [
                Some(record.line.to_string()),
                record.title,
                Some(decoded.text),
                record.date,
                record.author,
                record.source,
            ]
            .map(Option::unwrap_or_default)
            .join("|"),
            Ok(text) => format!("- {}", text.decoded.text),
            Err(problem) => {
                let kind = format!("{:?}", problem.kind);
                let short = kind.split([' ', '(']).next().unwrap_or_default();
                let line = problem.line.map(|line| format!("{line} ")).unwrap_or_default();
                format!("! {line}{short}")
            }
        });
        ControlFlow::Continue(())
    });
    found
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A zip archive of these members.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar archive of these members, their names as they are.
fn tar(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        builder.append(&header(name, tar::EntryType::Regular, bytes.len()), *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// The header of a member of a tar archive.
pub(crate) fn header(name: &[u8], kind: tar::EntryType, size: usize) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(size as u64);
    header.set_cksum();
    header
}

pub(crate) const A: &[u8] = "石板路上".as_bytes();
pub(crate) const B: &[u8] = "桥头的灯".as_bytes();

#[test]
fn members_are_read_in_order_and_nothing_leads_outside() {
    let names: [&str; 4] = ["2024/01.txt", "/etc/passwd", "../../etc/passwd", "b"];
    let members: Vec<(&str, &[u8])> = names.into_iter().map(|name| (name, A)).collect();
    let raw: Vec<(&[u8], &[u8])> = names.into_iter().map(|name| (name.as_bytes(), A)).collect();
    let expected = names.map(|name| format!("{name}: 石板路上"));
    let tar = tar(&raw);
    for (place, bytes) in [
        ("a.zip", zip(&members)),
        ("no name at all", zip(&members)),
        ("a.tar", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tgz", gzip(&tar)),
        ("a.tar.zst", zstd(&tar)),
        ("<stdin>", zstd(&tar)),
    ] {
        assert_eq!(found(place, &bytes), expected, "{place}");
    }
    assert_eq!(found("a.txt.zst", &zstd(A)), [": 石板路上"]);
}

#[test]
fn members_that_are_no_text_are_passed_over() {
    let inner = zip(&[("a.txt", A)]);
    let line = b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n{}\n";
    let (packed, lines) = (gzip(A), gzip(line));
    let members: [(&str, &[u8]); 12] = [
        ("picture.JPG", b"\xFF\xD8\xFF"),
        (".hidden/a.txt", A),
        ("folder\\.hidden\\a.txt", A),
        ("__MACOSX/._a.txt", A),
        ("./a.txt", A),
        ("a.bin.gz", &packed),
        ("a.txt.gz", &packed),
        ("a.jsonl", line),
        ("b.jsonl.gz", &lines),
        ("inner.zip", &inner),
        ("data", b"\0\x01\x02\x03"),
        ("last.txt", B),
    ];
    let told = |zip: &str| {
        [
            "./a.txt: 石板路上",
            "a.txt.gz: 石板路上",
            "a.jsonl: a",
            "a.jsonl: b",
            &format!("! {zip}/a.jsonl: NoText"),
            "b.jsonl.gz: a",
            "b.jsonl.gz: b",
            &format!("! {zip}/b.jsonl.gz: NoText"),
            &format!("! {zip}/inner.zip: Nested"),
            &format!("! {zip}/data: Binary"),
            "last.txt: 桥头的灯",
        ]
        .map(ToOwned::to_owned)
    };
    assert_eq!(found("x.zip", &zip(&members)), told("x.zip"));
    let raw: Vec<(&[u8], &[u8])> =
        members.iter().map(|(name, bytes)| (name.as_bytes(), *bytes)).collect();
    assert_eq!(found("x.tar", &tar(&raw)), told("x.tar"));
    let all = ReadOptions { hidden: Hidden::Include, ..ReadOptions::default() };
    assert_eq!(found_in("x.zip", &zip(&members), &all)[0], ".hidden/a.txt: 石板路上");
}

#[test]
fn names_in_the_encoding_of_the_archive_are_understood() {
    for name in ["新闻", "石板路上.txt", "2003年/人民日报.txt"] {
        let (gbk, _, _) = encoding_rs::GBK.encode(name);
        // The writer takes text alone, so the name is put in its place afterwards.
        let stand_in = "n".repeat(gbk.len());
        let mut bytes = zip(&[(&stand_in, A)]);
        let places: Vec<usize> = (0..bytes.len() - gbk.len())
            .filter(|at| bytes[*at..].starts_with(stand_in.as_bytes()))
            .collect();
        assert_eq!(places.len(), 2);
        for at in places {
            bytes[at..at + gbk.len()].copy_from_slice(&gbk);
        }
        let expected = [format!("{name}: 石板路上")];
        assert_eq!(found("a.zip", &bytes), expected);
        assert_eq!(found("a.tar", &tar(&[(&gbk, A)])), expected);
    }
    let big5 = crate::source::encoding::parse_encoding("big5").ok();
    let options = ReadOptions { charset: big5, ..ReadOptions::default() };
    let text = encoding_rs::BIG5.encode("新聞").0;
    assert_eq!(found_in("a.tar", &tar(&[(&text, &text)]), &options), ["新聞: 新聞"]);
}

#[test]
fn what_cannot_be_unpacked_is_one_problem_and_the_rest_goes_on() {
    let mut bytes = zip(&[("secret.txt", A), ("odd.txt", A), ("good.txt", B)]);
    let headers = |mark: &[u8]| -> Vec<usize> {
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(mark)).collect()
    };
    let (local, listed) = (headers(b"PK\x03\x04"), headers(b"PK\x01\x02"));
    bytes[local[0] + 6] |= 1;
    bytes[listed[0] + 8] |= 1;
    bytes[local[1] + 8] = 98;
    bytes[listed[1] + 10] = 98;
    let expected =
        ["! a.zip/secret.txt: Encrypted", "! a.zip/odd.txt: Unsupported", "good.txt: 桥头的灯"];
    assert_eq!(found("a.zip", &bytes), expected);
}

#[test]
fn an_archive_that_is_cut_off_gives_what_came_before() {
    let many: Vec<(String, String)> =
        (0..50).map(|n| (format!("{n}.txt"), format!("第{n}号消息"))).collect();
    let members: Vec<(&str, &[u8])> =
        many.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let raw: Vec<(&[u8], &[u8])> =
        many.iter().map(|(name, text)| (name.as_bytes(), text.as_bytes())).collect();
    let tar = tar(&raw);
    let noise: Vec<u8> = (0..300_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
    let large = self::tar(&[(b"a.txt", A), (b"noise.bin", &noise), (b"b.txt", B)]);
    for (place, bytes) in
        [("a.zip", zip(&members)), ("a.tar", tar.clone()), ("a.tgz", gzip(&large))]
    {
        let whole = found(place, &bytes);
        let told = found(place, &bytes[..bytes.len() / 2]);
        let (problem, texts) = told.split_last().unwrap();
        assert!(problem.starts_with(&format!("! {place}")) && problem.contains(": Damaged"));
        // The last text may end in the middle of a character.
        let sound = &texts[..texts.len() - 1];
        assert!(whole.starts_with(sound), "{place}: {texts:?}");
    }
    // The sum of all that is packed stands behind the end of the archive inside.
    let mut changed = gzip(&tar);
    let sum = changed.len() - 8;
    changed[sum] ^= 1;
    let (whole, told) = (found("a.tgz", &gzip(&tar)), found("a.tgz", &changed));
    assert_eq!(told, [&whole[..], &["! a.tgz: DamagedGzip".to_owned()]].concat());
    for (place, bytes) in [("a.zip", zip(&members)), ("a.tar", tar)] {
        for length in (1..bytes.len()).step_by(97) {
            found(place, &bytes[..length]);
        }
    }
}

#[test]
fn bombs_are_capped() {
    let zeros = vec![b' '; 4 << 20];
    let small = ReadOptions { max_bytes: 1 << 20, ..ReadOptions::default() };
    let bytes = zip(&[("bomb.txt", &zeros), ("a.txt", A)]);
    let expected = ["! a.zip/bomb.txt: TooLarge", "a.txt: 石板路上"];
    assert_eq!(found_in("a.zip", &bytes, &small), expected);
    // What is no text is told of, too, when what comes behind it is not read.
    let bytes = zip(&[("bomb", &vec![0; 48 << 20]), ("a.txt", A)]);
    assert_eq!(found("a.zip", &bytes), ["! a.zip/bomb: TooMuch"]);
    // Many members that are each small enough.
    let name = |n: usize| format!("{n}.txt");
    let names: Vec<String> = (0..100).map(name).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &*zeros)).collect();
    let told = found("a.zip", &zip(&members));
    let (problem, texts) = told.split_last().unwrap();
    assert!(problem.ends_with("TooMuch") && (8..20).contains(&texts.len()), "{told:?}");
    // A file that is packed by itself, and many that lie in an archive.
    let large = gzip(&vec![b' '; 48 << 20]);
    assert_eq!(found("a.txt.gz", &large), ["! a.txt.gz: TooMuch"]);
    let members = names.iter().map(|name| (&**name, &*large)).collect::<Vec<_>>();
    let told = found("a.zip", &zip(&members));
    let (problem, texts) = told.split_last().unwrap();
    assert!(problem.ends_with("TooMuch") && texts.len() < 2, "{told:?}");
    // What is passed over counts too: it has to be unpacked all the same.
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let size = 1_usize << 30;
    builder
        .append(
            &header(b"a.bin", tar::EntryType::Regular, size),
            std::io::repeat(0).take(size as u64),
        )
        .unwrap();
    let bytes = builder.into_inner().unwrap().finish().unwrap();
    assert_eq!(found("a.tgz", &bytes), ["! a.tgz: TooMuch"]);
}

#[test]
fn ten_thousand_members() {
    let names: Vec<String> = (0..10_000).map(|n| format!("{n:05}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, A)).collect();
    assert_eq!(found("a.zip", &zip(&members)).len(), 10_000);
    let raw: Vec<(&[u8], &[u8])> = names.iter().map(|name| (name.as_bytes(), A)).collect();
    assert_eq!(found("a.tar.gz", &gzip(&tar(&raw))).len(), 10_000);
}

#[test]
fn office_files_are_no_archives_of_texts() {
    let office = zip(&[("[Content_Types].xml", A)]);
    assert_eq!(found("paper", &office), ["! paper: Binary"]);
    assert_eq!(found("a.docx", &zip(&[("_rels/.rels", A)])), ["! a.docx: Binary"]);
    assert_eq!(found("empty.zip", &zip(&[])), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Bytes behind each mark, and archives in which some bytes are others, never panic.
    #[test]
    fn no_archive_is_too_strange(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        for mark in [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\x1F\x8B\x08", b"\x28\xB5\x2F\xFD"] {
            found("a", &[mark, &bytes].concat());
        }
        let mut block = vec![0; 257];
        block.extend(b"ustar");
        found("a", &[&*block, &bytes].concat());
        let archives = [zip(&[("a.txt", A), ("b.txt", B)]), tar(&[(b"a.txt", A), (b"b.txt", B)])];
        for mut archive in archives {
            for (at, byte) in &changes {
                let at = at.index(archive.len());
                archive[at] = *byte;
            }
            found("a", &archive);
        }
    }

    /// Whatever a name promises, any bytes are read without a panic.
    #[test]
    fn no_bytes_are_too_strange_for_a_name(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        text in "[\\[\\]{}<>\"',;:a甲&#|\n\t -]{0,80}",
    ) {
        for end in ["txt", "json", "jsonl", "csv", "tsv", "html", "md", "xml", "epub", "tar", ""] {
            found(&format!("a.{end}"), &bytes);
            found(&format!("a.{end}"), text.as_bytes());
        }
    }
}
