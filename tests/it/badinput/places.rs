//! Folders that cannot be written to, disks that are full, indexes of the future.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use super::{program, run};
use crate::pty::{
    archive::{Archive, article},
    picture::has,
    session::{Launch, Session},
};

/// A disk of a few kilobytes. It takes rights that not every machine gives to a test.
struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    fn mounted() -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=64k", "none"]).arg(folder.path());
        let is_mounted = mount.output().is_ok_and(|output| output.status.success());
        is_mounted.then_some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills it to the last byte; the file that does.
    fn fill(&self) -> PathBuf {
        let path = self.path().join("filler");
        let mut file = File::create(&path).expect("a file");
        while file.write_all(&[0]).is_ok() {}
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).output();
    }
}

/// What `zhaidu marks list` prints.
fn marks(data: &Path) -> String {
    let mut command = program(["marks", "list"]);
    command.env("XDG_DATA_HOME", data);
    run(command).out
}

/// Marks an article where that cannot be kept, makes room, and waits until it is kept.
fn mark_once_there_is_room(data: &Path, make_room: impl FnOnce()) {
    let mut session = Launch::zhaidu(["demo"]).env("XDG_DATA_HOME", data).start();
    // An article can be marked once it is selected.
    session.wait_for_text("要点 1/5");
    session.send("m");
    session.wait_for_text("标记未保存，会再试");
    // Leaving says so once more.
    session.send("q");
    session.wait_for_text("标记未保存");
    make_room();
    // Without another key.
    session.wait_for_text("已保存");
    session.send("q");
    session.expect_exit(0);
    assert_eq!(marks(data).lines().count(), 1, "{}", marks(data));
}

#[test]
fn a_mark_on_a_full_disk_is_told_and_kept_when_there_is_room() {
    let Some(disk) = SmallDisk::mounted() else {
        eprintln!("skipped: a disk cannot be mounted here");
        return;
    };
    let filler = disk.fill();
    mark_once_there_is_room(disk.path(), || fs::remove_file(filler).expect("the filler"));
}

#[test]
fn a_mark_on_a_disk_that_fills_up_is_told_and_those_before_stay() {
    let Some(disk) = SmallDisk::mounted() else {
        eprintln!("skipped: a disk cannot be mounted here");
        return;
    };
    let mut session = Launch::zhaidu(["demo"]).env("XDG_DATA_HOME", disk.path()).start();
    // An article can be marked once it is selected.
    session.wait_for_text("要点 1/5");
    session.send("m");
    session.wait_for_text("已保存");
    let filler = disk.fill();
    // The block that the first mark lies on has room for some more, but not for as many as this.
    for _ in 0..100 {
        // Another key takes away what was said before.
        session.send("k");
        session.wait_for("silence", |screen| !has(screen, "已保存"));
        session.send("m");
        session.wait_for("what came of it", |screen| {
            has(screen, "已保存") || has(screen, "标记未保存")
        });
        if has(session.screen(), "标记未保存") {
            break;
        }
    }
    assert!(has(session.screen(), "标记未保存"));
    fs::remove_file(filler).expect("the filler");
    session.wait_for_text("已保存");
    session.send("q");
    session.expect_exit(0);
    assert!(!marks(disk.path()).contains("damaged"), "{}", marks(disk.path()));
}

#[test]
fn a_mark_is_kept_when_what_was_in_the_way_is_gone() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("data");
    fs::write(&data, "").expect("a file");
    mark_once_there_is_room(&data, || fs::remove_file(&data).expect("the file"));
}

/// The interface on an archive of three articles, where the words are shown.
fn opens(mut session: Session) {
    session.wait_for_text("3 篇");
    session.send("!");
    session.wait_for_text("--no-cache");
    session.send("q");
    session.wait_for("the list", |screen| !has(screen, "--no-cache"));
    session.send("/江\r");
    session.wait_for_text("3 篇");
    session.send("\x03");
    session.expect_exit(0);
}

#[test]
fn files_in_the_place_of_all_folders_keep_nobody_from_reading() {
    let archive = Archive::of_articles(3);
    let other = TempDir::new().expect("a folder");
    let file = other.path().join("file");
    fs::write(&file, "").expect("a file");
    let launch = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"]
        .into_iter()
        .fold(Launch::zhaidu([archive.path()]), |launch, name| launch.env(name, &file));
    opens(launch.size(160, 45).start());

    let mut command = program(["search", "江"]);
    command.arg(archive.path()).env("XDG_CACHE_HOME", &file);
    run(command).expect(0, &["第0号消息"], &["--no-cache"]);
}

#[test]
fn a_home_that_cannot_be_written_to_keeps_nobody_from_reading() {
    let archive = Archive::of_articles(3);
    let home = TempDir::new().expect("a folder");
    let script = r#"
        mount --bind "$HERE" "$HERE" && mount -o remount,ro,bind "$HERE" "$HERE" || exit 77
        HOME="$HERE" exec "$ZHAIDU" "$TEXTS""#;
    let can = Command::new("unshare").args(["-m", "true"]).output();
    if !can.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: what is mounted cannot be changed for one process here");
        return;
    }
    let launch = Launch::command(["unshare", "-m", "sh", "-c", script].map(Into::into))
        .without("XDG_CONFIG_HOME")
        .without("XDG_DATA_HOME")
        .without("XDG_CACHE_HOME")
        .env("HERE", home.path())
        .env("TEXTS", archive.path());
    opens(launch.size(160, 45).start());
}

#[test]
fn an_index_of_a_newer_version_is_set_aside() {
    let archive = Archive::new();
    for title in ["江水清了", "山上种树", "桥修好了"] {
        archive.add(format!("{title}.txt"), article(title));
    }
    let cache = TempDir::new().expect("a folder");
    let command = |args: &[&str]| {
        let mut command = program(args);
        command.arg(archive.path()).env("XDG_CACHE_HOME", cache.path());
        run(command)
    };
    assert_eq!(command(&["index"]).code, Some(0));
    let folder = fs::read_dir(cache.path().join("zhaidu/index")).expect("the folder of indexes");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let file = files.into_iter().find(|path| path.extension().is_some_and(|end| end == "sqlite"));
    let file = file.expect("an index");
    let mut newer = fs::read(&file).expect("the index");
    // `user_version` in the header of a database of SQLite.
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&file, &newer).expect("the index");

    // It is said in one line, kept, and one of this version is made at once.
    let mut aside = file.clone().into_os_string();
    aside.push(".aside");
    let told = "zhaidu: the index was of a newer version; it is made anew; the old file is ";
    command(&["search", "江水清了"]).expect(0, &["江水清了"], &[told]);
    assert_eq!(fs::read(&aside).expect("the old file"), newer);
    command(&["index"]).expect(0, &["3 articles"], &[]);
    command(&["search", "江水清了"]).expect(0, &["江水清了"], &[]);

    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", file.display()));
    }
    fs::write(&file, &newer).expect("the index");
    let launch = Launch::zhaidu([archive.path()]).env("XDG_CACHE_HOME", cache.path());
    let mut session = launch.size(160, 45).start();
    session.wait_for_text("1 个问题");
    session.send("!");
    session.wait_for_text("索引来自更新的版本");
    session.send("qq");
    session.expect_exit(0);
    command(&["index"]).expect(0, &["3 articles"], &[]);
}
