//! Files and folders that are not what they should be.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write,
    os::unix::{ffi::OsStrExt, fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
};

use rustix::fs::{FileType, Mode, mknodat};

use super::{list, open, program, quit, run};
use crate::pty::{
    archive::{Archive, article},
    picture::has,
    session::Launch,
};

#[test]
fn a_missing_path_is_named_with_what_to_do() {
    let archive = Archive::of_articles(1);
    let missing = archive.path().join("没有.txt");
    let message = ["没有.txt: cannot open (no such file or folder); check the path"];
    list(&missing).expect(2, &[], &message);
    // What is there is listed all the same.
    run(program([OsStr::new("list"), missing.as_os_str(), archive.path().as_os_str()])).expect(
        2,
        &["第0号消息"],
        &message,
    );
    // The interface does not open for nothing.
    let mut session = open(&missing);
    session.expect_exit(2);
    assert!(has(session.screen(), "请检查路径"));
    assert!(!session.raw().starts_with(b"\x1b[?1049h"));

    let mut session = Launch::zhaidu([missing.as_path(), archive.path()]).start();
    session.wait_for_text("1 个问题");
    session.send("!");
    session.wait_for_text("没有这个文件或文件夹");
    session.send("qq");
    session.expect_exit(0);
}

#[test]
fn a_file_without_permission_is_reported_and_the_rest_is_read() {
    let archive = Archive::of_articles(2);
    let locked = archive.add("00000.txt", article("锁住的消息"));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("its rights");
    let message = ["00000.txt: cannot open (permission denied); check the rights"];
    if !rustix::process::geteuid().is_root() {
        list(archive.path()).expect(2, &["第1号消息"], &message);
        let mut session = open(archive.path());
        session.wait_for_text("! 00000.txt");
        session.wait_for_text("第1号消息");
        return quit(session);
    }
    // Root may read everything, so somebody else has to try.
    let mut command = program([OsStr::new("list"), archive.path().as_os_str()]);
    command.uid(65534).gid(65534);
    if command.output().is_err() {
        eprintln!("skipped: another user cannot run {}", env!("CARGO_BIN_EXE_zhaidu"));
        return;
    }
    run(command).expect(2, &["第1号消息"], &message);
    let other = r#"exec setpriv --reuid=65534 --regid=65534 --clear-groups "$ZHAIDU" "$ARCHIVE""#;
    let mut session = Launch::script(other).env("ARCHIVE", archive.path()).start();
    session.wait_for_text("! 00000.txt");
    session.wait_for_text("第1号消息");
    quit(session);
}

#[test]
fn a_file_that_cannot_be_read_says_what_the_system_says() {
    // Reading address 0 of a process fails.
    let unreadable = Path::new("/proc/self/mem");
    if !unreadable.exists() {
        eprintln!("skipped: there is no {}", unreadable.display());
        return;
    }
    list(unreadable).expect(2, &[], &["/proc/self/mem: cannot read (Input/output error)"]);
}

#[test]
fn an_empty_file_is_nothing_and_no_error() {
    let archive = Archive::new();
    let empty = archive.add("空.txt", "");
    let blank = archive.add("白.txt", "\n　　\n\n");
    for path in [&empty, &blank, &archive.path().to_path_buf()] {
        list(path).expect(1, &[], &["no article found"]);
        let mut session = open(path);
        session.wait_for_text("这里没有文章");
        // There is nothing to do anything with, and no key fails over it.
        session.send("\rjkGggsSnNJK{}g2g3g4+-zHLR><xX\tg1");
        quit(session);
    }
}

#[test]
fn a_binary_file_is_reported_when_named_and_counted_when_found() {
    let archive = Archive::of_articles(1);
    let binary =
        archive.add("程序.dat", [b"\x7fELF\x02\x01\x01\0\0\0".as_slice(), &[0; 400]].concat());
    list(&binary).expect(2, &[], &["程序.dat: not text (it holds binary data); convert it"]);
    list(archive.path()).expect(0, &["第0号消息"], &[]);
    let mut session = open(archive.path());
    session.wait_for_text("跳过 1");
    quit(session);
    let mut session = open(&binary);
    session.wait_for_text("不是文本");
    quit(session);
}

/// A file of `size` bytes that says the same again and again.
fn repeated(archive: &Archive, name: &str, text: &str, size: usize) -> PathBuf {
    let path = archive.add(name, "");
    let block = text.repeat((1 << 20) / text.len());
    let mut file = File::create(&path).expect("a file");
    for _ in 0..size / block.len() {
        file.write_all(block.as_bytes()).expect("room for it");
    }
    path
}

#[test]
fn a_file_of_100_megabytes_is_listed_and_read_to_its_end() {
    let archive = Archive::new();
    let line = format!("　　{}渡口的人一天比一天多。\n", "江水的颜色一天比一天浅，".repeat(20));
    let path = repeated(&archive, "大.txt", &line, 100 << 20);
    // It can be left while it is being read.
    let mut early = open(&path);
    early.wait_for("the interface", vt100::Screen::alternate_screen);
    quit(early);

    let mut session = open(&path);
    session.wait_for_text("1 篇");
    session.send("\r");
    session.wait_for_text(" 0%");
    session.send("G");
    session.wait_for_text("100%");
    session.send("gg");
    session.wait_for("the beginning", |screen| !has(screen, "100%"));
    quit(session);
}

#[test]
fn a_line_of_10_megabytes_can_be_read() {
    let archive = Archive::new();
    let path = repeated(&archive, "一行.txt", "江水清了，居民走到江边散步。", 10 << 20);
    list(&path).expect(0, &["江水清了"], &[]);
    let mut session = open(&path);
    session.wait_for_text("1 篇");
    session.send("\r");
    session.wait_for_text(" 0%");
    session.send("G");
    session.wait_for_text("100%");
    quit(session);
}

#[test]
fn bytes_that_are_no_text_are_shown_as_such() {
    let archive = Archive::new();
    let mut bytes = article("半截消息").into_bytes();
    let middle = "半截消息\n\n　　渡口".len();
    bytes.splice(middle..middle, *b"\xff\xfe\x80");
    let path = archive.add("坏.txt", bytes);
    list(&path).expect(0, &["半截消息"], &[]);
    let mut session = open(&path);
    session.wait_for_text("1 篇");
    session.send("\r");
    session.wait_for_text("的老船工");
    quit(session);
}

#[test]
fn a_file_that_is_deleted_while_it_is_open_is_reported_when_it_is_read_again() {
    let archive = Archive::of_articles(2);
    let mut session = open(archive.path());
    session.wait_for_text("2 篇");
    session.send("\r");
    session.wait_for_text("老船工");
    fs::remove_file(archive.path().join("00000.txt")).expect("it is deleted");
    // What was read stays until it is read again.
    session.send("jk");
    session.wait_for_text("老船工");
    session.send("\x12");
    session.wait_for("the reason", |screen| has(screen, "打不开") && !has(screen, "老船工"));
    session.send("g1");
    session.wait_for_text("! 00000.txt");
    session.send("J\r");
    session.wait_for_text("老船工");
    // It comes back.
    archive.add("00000.txt", article("又来的消息"));
    session.send("K\x12");
    session.wait_for_text("又来的消息");
    quit(session);
}

#[test]
fn loops_and_pipes_in_folders_are_passed_over() {
    let archive = Archive::of_articles(1);
    let link = |target: &Path, name: &str| {
        std::os::unix::fs::symlink(target, archive.path().join(name)).expect("a link");
    };
    link(archive.path(), "loop");
    link(Path::new("self"), "self");
    link(Path::new("/dev/zero"), "zero.txt");
    let pipe = archive.path().join("pipe.txt");
    mknodat(rustix::fs::CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o644), 0).expect("a pipe");
    list(archive.path()).expect(0, &["第0号消息"], &[]);
    let follow =
        run(program([OsStr::new("list"), "--follow".as_ref(), archive.path().as_os_str()]));
    assert!(follow.out.contains("第0号消息") && follow.out.lines().count() == 1, "{follow:?}");
    let mut session = open(archive.path());
    session.wait_for_text("跳过 4");
    quit(session);
    // Named, it is an error at once: nobody waits for a writer.
    list(&pipe).expect(2, &[], &["pipe.txt: not a regular file (named pipe); pipe its text in"]);
    list("/dev/zero").expect(2, &[], &["/dev/zero: not a regular file (character device)"]);
    list(archive.path().join("self")).expect(2, &[], &["self: cannot"]);
}

#[test]
fn names_may_hold_any_byte() {
    let archive = Archive::new();
    let names: [&[u8]; 6] =
        [b"\xff\xfe.txt", b"a\nb.txt", b"a\x1b]0;x\x07.txt", b"-rf", b" .txt", &[b'n'; 255]];
    for (number, name) in names.into_iter().enumerate() {
        archive.add(OsStr::from_bytes(name), article(&format!("第{number}号怪名")));
    }
    let said = list(archive.path());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert_eq!(said.out.lines().count(), names.len(), "one line for each: {said:?}");
    assert!(!said.out.contains(['\x1b', '\x07']), "{said:?}");
    let mut session = open(archive.path());
    session.wait_for_text("6 篇");
    for _ in names {
        session.send("\r");
        session.wait_for_text("老船工");
        session.send("J");
    }
    quit(session);
    for name in names {
        let path = archive.path().join(OsStr::from_bytes(name));
        let said = list(&path);
        assert!(said.code == Some(0) && said.out.contains("号怪名"), "{said:?}");
    }
    let mut dashed = program(["list", "--", "-rf"]);
    dashed.current_dir(archive.path());
    run(dashed).expect(0, &["怪名"], &[]);
}
