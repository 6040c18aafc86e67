use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::error::SpecialFile;

/// What reading an entry gives.
fn results(entry: &Entry, options: &ReadOptions) -> Vec<Result<Text, Problem>> {
    let mut results = Vec::new();
    let _ = read(entry, options, &mut |result| {
        results.push(result);
        ControlFlow::Continue(())
    });
    results
}

/// The same as short lines: the text, or `! kind`.
fn lines(path: &Path, options: &ReadOptions) -> Vec<String> {
    let results = results(&Entry::file(path), options);
    let line = |result: Result<Text, Problem>| match result {
        Ok(text) => text.decoded.text,
        Err(problem) => {
            assert_eq!(problem.place, path);
            format!("! {:?}", problem.kind)
        }
    };
    results.into_iter().map(line).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn files_are_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let long = "河水清了。".repeat(200_000);
    let cases: [(&str, Vec<u8>, &str); 5] = [
        ("a.txt", "澄江".into(), "澄江"),
        ("empty.txt", Vec::new(), ""),
        (
            "gbk.txt",
            encoding_rs::GBK.encode("澄江日报，第三版。").0.into_owned(),
            "澄江日报，第三版。",
        ),
        ("crlf", b"\xEF\xBB\xBFa\r\nb".into(), "a\r\nb"),
        ("long.txt", long.clone().into(), &long),
    ];
    for (name, bytes, text) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert!(lines(&path, &ReadOptions::default()) == [text], "{name}");
    }
}

#[test]
fn only_regular_files_are_opened_and_nothing_waits() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (fifo, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR);
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), fifo, mode, 0).unwrap();
    let _listener = UnixListener::bind(at("socket")).unwrap();
    symlink("pipe", at("link")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    let cases = [
        (at("pipe"), ProblemKind::Special(SpecialFile::Pipe)),
        (at("link"), ProblemKind::Special(SpecialFile::Pipe)),
        (at("socket"), ProblemKind::Special(SpecialFile::Socket)),
        (folder.path().to_owned(), ProblemKind::Special(SpecialFile::Folder)),
        ("/dev/zero".into(), ProblemKind::Special(SpecialFile::CharacterDevice)),
        (at("dangling"), ProblemKind::DanglingLink),
        (at("gone"), ProblemKind::Vanished),
    ];
    for (path, kind) in cases {
        assert_eq!(lines(&path, &ReadOptions::default()), [format!("! {kind:?}")], "{path:?}");
    }
}

#[test]
fn a_file_that_may_not_be_read_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "secret").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    assert_eq!(lines(&path, &ReadOptions::default()), ["! PermissionDenied"]);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "0123456789").unwrap();
    let limit = |max_bytes| ReadOptions { max_bytes, ..ReadOptions::default() };
    assert_eq!(lines(&path, &limit(10)), ["0123456789"]);
    assert_eq!(lines(&path, &limit(9)), ["! TooLarge { limit: 9, size: Some(10) }"]);

    let packed = folder.path().join("zeros.txt.gz");
    fs::write(&packed, gzip(&vec![b' '; 10_000_000])).unwrap();
    assert_eq!(lines(&packed, &limit(1_000_000)), ["! TooLarge { limit: 1000000, size: None }"]);

    let sparse = folder.path().join("sparse.txt");
    let size = 1 << 40;
    if File::create(&sparse).unwrap().set_len(size).is_ok() {
        let expected = format!("! TooLarge {{ limit: {}, size: Some({size}) }}", 1 << 30);
        assert_eq!(lines(&sparse, &ReadOptions::default()), [expected]);
    }
}

#[test]
fn binary_files_are_refused_whatever_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ls.txt");
    fs::write(&path, b"\x7FELF\x02\x01\x01\0\0\0\0\0").unwrap();
    assert_eq!(lines(&path, &ReadOptions::default()), ["! Binary"]);
    fs::write(&path, gzip(b"\x7FELF\x02\x01\x01\0\0\0\0\0")).unwrap();
    assert_eq!(lines(&path, &ReadOptions::default()), ["! Binary"]);
}

#[test]
fn packed_texts_are_unpacked_as_far_as_they_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt.gz");
    let text: String = crate::source::demo::PAGES.iter().map(|page| page.text).collect();
    let packed = gzip(text.as_bytes());
    fs::write(&path, &packed).unwrap();
    assert!(lines(&path, &ReadOptions::default()) == [text.as_str()]);

    fs::write(&path, [packed.clone(), gzip("，又一段。".as_bytes())].concat()).unwrap();
    assert!(lines(&path, &ReadOptions::default()) == [format!("{text}，又一段。")]);

    for length in [packed.len() - 1, packed.len() / 2, 300, 12, 4] {
        fs::write(&path, &packed[..length]).unwrap();
        let found = lines(&path, &ReadOptions::default());
        let (problem, texts) = found.split_last().unwrap();
        assert!(problem.starts_with("! DamagedGzip"), "{length}: {problem}");
        assert!(texts.iter().all(|part| text.starts_with(part.trim_end_matches('\u{FFFD}'))));
        assert_eq!(texts.len(), usize::from(length >= 300), "{length}");
    }
}

#[test]
fn records_are_read_by_name_or_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let file = "{\"text\":\"甲\"}\n{\"text\":\"乙\"}\n";
    let forced = ReadOptions { format: Format::JsonLines, ..ReadOptions::default() };
    let plain = ReadOptions { format: Format::Plain, ..ReadOptions::default() };
    let by_name = ReadOptions::default();
    let whole = [file];
    let cases: [(&str, Vec<u8>, &ReadOptions, &[&str]); 6] = [
        ("a.jsonl", file.into(), &by_name, &["甲", "乙"]),
        ("a.NDJSON", file.into(), &by_name, &["甲", "乙"]),
        ("a.jsonl.gz", gzip(file.as_bytes()), &by_name, &["甲", "乙"]),
        ("a.txt", file.into(), &by_name, &whole),
        ("a.txt", file.into(), &forced, &["甲", "乙"]),
        ("a.jsonl", file.into(), &plain, &whole),
    ];
    for (name, bytes, options, expected) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert_eq!(lines(&path, options), expected, "{name}");
    }
    let path = folder.path().join("cut.jsonl.gz");
    let many = (0..5000).map(|i| format!("{{\"text\":\"{i}\"}}\n")).collect::<Vec<_>>().concat();
    let packed = gzip(many.as_bytes());
    fs::write(&path, &packed[..packed.len() / 2]).unwrap();
    let found = lines(&path, &by_name);
    assert!(found.len() > 1000 && found.last().unwrap().starts_with("! DamagedGzip"));
    assert!(found.iter().take(1000).enumerate().all(|(i, text)| *text == i.to_string()));
}

#[test]
fn reading_ends_when_the_sink_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, "{\"text\":\"a\"}\n".repeat(10)).unwrap();
    let mut seen = 0;
    let flow = read(&Entry::file(path), &ReadOptions::default(), &mut |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((flow, seen), (ControlFlow::Break(()), 3));
}

#[test]
fn the_demo_needs_no_disk() {
    for entry in Entry::demo() {
        let found = results(&entry, &ReadOptions::default());
        assert!(matches!(found.as_slice(), [Ok(text)] if text.decoded.malformed == 0));
    }
}

/// Gives one byte at a time, is interrupted before each, and ends with an error.
struct Shaky<'a>(&'a [u8], bool, Option<i32>);

impl Read for Shaky<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match (self.0, self.2) {
            ([], Some(error)) => Err(io::Error::from_raw_os_error(error)),
            _ => self.0.read(buffer.get_mut(..1).unwrap_or_default()),
        }
    }
}

#[test]
fn streams_that_stutter_are_read_and_streams_that_fail_are_problems() {
    const STALE: i32 = 116;
    let options = ReadOptions::default();
    let texts_of = |error| {
        let mut found = Vec::new();
        let mut stream = Shaky("甲乙".as_bytes(), false, error);
        let task = Task::new(OsStr::new("<stdin>"), &options);
        let _ = read_stream(&task, &mut stream, &mut |result| {
            found.push(result.map(|text| text.decoded.text).map_err(|problem| problem.kind));
            ControlFlow::Continue(())
        });
        found
    };
    assert_eq!(texts_of(None), [Ok("甲乙".to_owned())]);
    assert!(matches!(texts_of(Some(STALE)).as_slice(), [Err(ProblemKind::Io { .. })]));
}
