//! Names of members that lead out of the archive file, and links in it.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use tar::{Builder, EntryType};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::members_in;
use crate::{
    harness::archive::{Archive, article},
    packs::{Member, entry, sevenz, tar, zip},
    printed::{look_through, words},
    row::{Need, Outcome, Row},
    run::Run,
};

/// F45.
pub(super) const OUTSIDE: Row = Row {
    id: "F45",
    what: "members with absolute names, names that climb, and links",
    needs: &[Need::Strace],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: outside,
};

fn outside(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    let data = run.home().join("data/zhaidu/marks/ffff-1.jsonl");
    let beside = archive.path().join("beside.txt");
    let names = [
        "../../climbed.txt",
        "a/../../../climbed.txt",
        "..\\..\\climbed.txt",
        "C:\\climbed.txt",
        "/etc/climbed.txt",
        "~/climbed.txt",
        "a//b/./../c.txt",
        "COM1.txt",
        // Where the program itself may write, and where the archive is.
        data.to_str().expect("UTF-8"),
        beside.to_str().expect("UTF-8"),
    ];
    let line = article("名字里的消息").replace('\n', "\\n");
    let line = format!("{{\"text\":\"{line}\"}}");
    let members: Vec<Member> = names.iter().map(|name| (*name, line.as_bytes())).collect();
    let files = [
        archive.add("a.zip", zip(&members)),
        archive.add("a.tar", tar(&members)),
        archive.add("a.7z", sevenz(&members)),
    ];
    let links =
        [archive.add("links.tar", tar_of_links()), archive.add("links.zip", zip_of_links())];
    let before = below(archive.path());

    let mut articles = 0;
    for file in files.iter().chain(&links) {
        let args = words(&["list", "--json", "--hidden"], [file.as_os_str()]);
        let found = members_in(&run.json(&args).0, file);
        if links.contains(file) {
            // A name behind a link is a name, and what the link leads to is not read.
            assert_eq!(found, ["link/passwd.txt"], "{}", file.display());
        } else {
            assert_eq!(found, names, "{}", file.display());
        }
        articles += found.len();
    }
    for command in
        [&["show", "--hidden"][..], &["index", "--hidden"], &["export", "--hidden", "--to", "md"]]
    {
        let trace = run.home().join("trace");
        let mut traced = run.within("strace", &[]);
        traced.args(tracing(&trace)).arg(env!("CARGO_BIN_EXE_zhaidu"));
        let traced = traced.args(command).arg(archive.path()).output().expect("strace");
        let text = String::from_utf8_lossy(&traced.stdout).into_owned();
        assert!(!text.contains("root:"), "{command:?} reads what a link leads to");
        writes_at_home(run, &trace);
    }
    let trace = run.home().join("trace");
    let command = [OsString::from("strace")].into_iter().chain(tracing(&trace));
    let program =
        [env!("CARGO_BIN_EXE_zhaidu").into(), "--hidden".into(), OsString::from(archive.path())];
    let launch = run.any(command.chain(program)).size(160, 45);
    let mut live = run.start(launch);
    live.wait_for_text(&format!("{articles} 篇"));
    look_through(&mut live, articles, articles);
    live.send("/管子\r");
    live.wait_for_text(">查找 1/");
    live.send("\x1b\x1b[I");
    live.wait_for_text(">文章");
    run.mark(&mut live);
    run.leaves(live);
    writes_at_home(run, &trace);
    assert_eq!(below(archive.path()), before, "something was made beside the archive");
    assert!(!data.exists(), "something was made among the marks");
    Outcome::Pass
}

/// Options for `strace`: all that can make or change a file.
fn tracing(trace: &Path) -> impl Iterator<Item = OsString> + use<> {
    const CALLS: &str = "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,\
                         symlinkat,unlink,unlinkat,rmdir,truncate,mknod,mknodat";
    let path = trace.as_os_str().to_owned();
    ["-f".into(), "-o".into(), path, "-e".into(), CALLS.into()].into_iter()
}

/// Whatever was made or changed lies in the home.
fn writes_at_home(run: &mut Run, trace: &Path) {
    let calls = fs::read_to_string(trace).expect("a trace");
    let home = format!("\"{}/", run.home().display());
    let mut seen = 0;
    for call in calls.lines() {
        let opened = call.contains(" open(") || call.contains(" openat(");
        let writes =
            ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag));
        let is_call =
            call.contains("(\"") || call.contains("AT_FDCWD, \"") || call.contains(", \"");
        if !is_call || (opened && !writes) || call.ends_with("EEXIST (File exists)") {
            continue;
        }
        seen += 1;
        let own =
            ["\"/dev/tty\"", "\"/dev/null\"", "\"/dev/pts/"].iter().any(|path| call.contains(path));
        // What is made in a folder that is open has a name only.
        let relative = !call.contains("\"/") && !call.contains("..");
        assert!(call.contains(&home) || own || relative, "written elsewhere: {call}");
    }
    run.count("writing calls", seen);
}

/// A link to a folder, and a member behind it; links to a file.
fn tar_of_links() -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, kind, target) in [
        ("link", EntryType::Symlink, "/etc"),
        ("soft.txt", EntryType::Symlink, "/etc/passwd"),
        ("hard.txt", EntryType::Link, "/etc/passwd"),
    ] {
        let mut header = entry(name.as_bytes(), kind, 0);
        header.set_link_name(target).expect("a target");
        header.set_cksum();
        builder.append(&header, &[][..]).expect("memory");
    }
    let text = article("链接后面的消息");
    let header = entry(b"link/passwd.txt", EntryType::Regular, text.len() as u64);
    builder.append(&header, text.as_bytes()).expect("memory");
    builder.into_inner().expect("memory")
}

/// The same, as zip knows it.
fn zip_of_links() -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.add_symlink("link", "/etc", options).expect("a link");
    writer.add_symlink("soft.txt", "/etc/passwd", options).expect("a link");
    writer.start_file("link/passwd.txt", options).expect("a member");
    std::io::Write::write_all(&mut writer, article("链接后面的消息").as_bytes()).expect("memory");
    writer.finish().expect("memory").into_inner()
}

/// All that is below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort_unstable();
    found
}
