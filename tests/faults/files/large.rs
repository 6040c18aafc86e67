//! More than anyone can read: a line without end, a file that is mostly a hole, a million files.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Seek, SeekFrom, Write},
    os::{fd::AsRawFd, unix::fs::symlink},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Mutex, OnceLock},
    time::{Duration, Instant},
};

use super::command;
use crate::{
    ends::names,
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Need, Outcome, Row},
    run::Run,
};

/// F35.
pub(super) const LINE: Row = Row {
    id: "F35",
    what: "a file of a gigabyte is one line",
    needs: &[],
    cap_mib: 150,
    alone: true,
    in_ci: true,
    play: line,
};

/// What the line ends with.
const END: &str = "到此为止";
/// How long the whole of it may be read, by a program that was built without optimisation.
const PATIENCE: Duration = Duration::from_secs(180);

fn line(run: &mut Run) -> Outcome {
    // What is smaller is one page.
    let Some(path) = long_line(run.either(130, 1_024)) else {
        return Outcome::Skipped("this machine has no /proc".to_owned());
    };
    let archive = Archive::new();
    let name = archive.path().join("line.txt");
    symlink(path, &name).expect("a link");
    let begun = Instant::now();
    // A sandbox keeps out of the files of other processes, too.
    let options = ["--no-session", "--no-sandbox"].map(AsRef::as_ref);
    let launch = run.zhaidu(options.into_iter().chain([name.as_os_str()]));
    let mut live = run.start(launch.patience(PATIENCE));
    live.wait_for_text("line.txt");
    live.send("\r");
    live.wait_for_text("新新新新新新新新");
    run.count("ms to the first page", millis(begun));
    live.send("G");
    live.wait_for_text("100%");
    live.send("\x1b1");
    if run.number == 0 {
        // To its very end, as soon as all of it was seen.
        live.wait_for("all is read", |screen| has(screen, " 篇") && !has(screen, "读取 "));
        run.count("ms until all was read", millis(begun));
        let begun = Instant::now();
        live.send("G\rG");
        live.wait_for_text(END);
        run.count("ms to the last page", millis(begun));
        live.send("\x1b1");
    }
    run.leaves(live);
    Outcome::Pass
}

/// A file of so many MiB that has no line break. It has no name, so that nothing is left of it when the
/// plays are over, however that comes.
fn long_line(mib: u64) -> Option<PathBuf> {
    static MADE: OnceLock<File> = OnceLock::new();
    let file = MADE.get_or_init(|| {
        let mut file = tempfile::tempfile().expect("a file");
        let block = "新".repeat((1 << 20) / "新".len());
        for _ in 0..mib {
            file.write_all(block.as_bytes()).expect("room for it");
        }
        // A gigabyte, and not a byte more.
        let most = (mib << 20) - END.len() as u64;
        let whole = most - most % "新".len() as u64;
        file.set_len(whole.min(mib * block.len() as u64)).expect("a shorter file");
        file.seek(SeekFrom::End(0)).expect("its end");
        file.write_all(END.as_bytes()).expect("room for it");
        file
    });
    unnamed(file)
}

/// The path of a file that has no name.
fn unnamed(file: &File) -> Option<PathBuf> {
    let path = PathBuf::from(format!("/proc/{}/fd/{}", std::process::id(), file.as_raw_fd()));
    path.exists().then_some(path)
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).expect("short")
}

/// F36.
pub(super) const HOLE: Row = Row {
    id: "F36",
    what: "a file claims a terabyte, and holds next to nothing",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: hole,
};

/// How long opening and leaving may take, in the long form.
const SOON: Duration = Duration::from_secs(3);

fn hole(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    for (name, head, length, says) in [
        ("a.txt", "", 1 << 40, ["太大", "the limit is 1 GiB, it has 1 TiB"]),
        ("b.txt", "一段新闻。\n", 1 << 40, ["太大", "the limit is 1 GiB, it has 1 TiB"]),
        ("c.txt", "", 1 << 29, ["不是文本", "it holds binary data"]),
        ("d.jsonl", "", 1 << 29, ["太大", "the limit is 64 MiB"]),
    ] {
        let path = archive.add(name, head);
        let file = File::options().write(true).open(&path).expect("a file");
        if file.set_len(length).is_err() {
            return Outcome::Skipped("the disk knows no holes in files".to_owned());
        }
        let begun = Instant::now();
        let told = command(run, &["list"], &path);
        assert_eq!((told.code, told.out.as_str()), (Some(2), ""), "{told:?}");
        names(&told.err, name, says[1], ";");
        let mut live = run.start(run.zhaidu([&path]));
        live.wait_for_text(&format!("{name}: {}", says[0]));
        live.send("\rG");
        live.wait_for_text(says[1].split_once(" is ").map_or("二进制", |_| "上限"));
        live.send("\x1b1");
        run.leaves(live);
        let took = begun.elapsed();
        assert!(!run.is_long || took <= SOON || name == "d.jsonl", "{name} took {took:?}");
        fs::remove_file(path).expect("a file");
    }

    // What is below the limit is read as far as one looks, and can be left at any time.
    let text = archive.add("e.txt", article("洞前的消息").repeat(60));
    let file = File::options().write(true).open(&text).expect("a file");
    file.set_len(1 << 29).expect("a hole");
    let mut live = run.start(run.zhaidu([&text]));
    live.wait_for_text("e.txt");
    live.send("\r");
    live.wait_for_text("老船工");
    live.send("G");
    live.wait_for_text("100%");
    live.send("q");
    run.ends(live, 0);
    Outcome::Pass
}

/// F37.
pub(super) const MANY: Row = Row {
    id: "F37",
    what: "a million files lie in one folder",
    needs: &[Need::Mounts, Need::Program("nsenter")],
    cap_mib: 400,
    alone: true,
    in_ci: true,
    play: many,
};

/// Where the disk with the files is, for those who are led to it.
const DISK: &str = "/mnt";
/// Files in a folder of those plays that need not be thorough.
const SOME: usize = 20_000;
const MILLION: usize = 1_000_000;

fn many(run: &mut Run) -> Outcome {
    let count = if run.is_long && run.number == 0 { MILLION } else { SOME };
    let disk = Disk::with(count);
    let program = env!("CARGO_BIN_EXE_zhaidu");
    let folder = format!("{DISK}/many-{count}");
    let inside = ["nsenter", "-t", &disk, "-m", "--", program, &folder, "--no-session"];
    for options in [&["--no-cache"][..], &[]] {
        let command = inside.iter().chain(options).map(Into::into);
        let begun = Instant::now();
        let mut live = run.start(run.any(command).patience(PATIENCE));
        live.wait_for_text("0000009.txt");
        run.count("ms to the first rows", millis(begun));
        // Keys are answered meanwhile.
        live.send("j\r");
        live.wait_for_text("老船工");
        live.send("\x1b1");
        // With an index, names come as fast as they are written: it can be left long before the last.
        if !options.is_empty() || count < MILLION {
            let all = format!(" {count} 个来源");
            live.wait_for_text(&all);
            run.count("ms until all were found", millis(begun));
            live.send("G");
            live.wait_for_text(&format!("{:07}.txt", count - 1));
        }
        live.send("q");
        run.ends(live, 0);
    }
    Outcome::Pass
}

/// A disk in memory that only those see who are led to it, and that is gone with this process.
struct Disk {
    keeper: Child,
    /// Folders that are made.
    made: Vec<usize>,
}

impl Disk {
    /// The id of the process by which one is led to a disk with a folder of so many files.
    fn with(count: usize) -> String {
        static DISK: Mutex<Option<Disk>> = Mutex::new(None);
        let mut disk = DISK.lock().expect("a disk");
        disk.get_or_insert_with(Self::new).fill(count)
    }

    fn new() -> Self {
        // It ends with its input.
        let script = format!("mount -t tmpfs -o nr_inodes=0 none {DISK} && echo ready && read end");
        let mut command = Command::new("unshare");
        let command = command.args(["-m", "sh", "-c", &script]);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = command.spawn().expect("a disk");
        let output = keeper.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("a word");
        assert_eq!(line, "ready\n", "the disk is there");
        Self { keeper, made: Vec::new() }
    }

    fn fill(&mut self, count: usize) -> String {
        let keeper = self.keeper.id().to_string();
        if !self.made.contains(&count) {
            let folder = PathBuf::from(format!("/proc/{keeper}/root{DISK}/many-{count}"));
            fs::create_dir(&folder).expect("a folder");
            // Names are what costs here; a file may have many.
            let first = folder.join("0000000.txt");
            fs::write(&first, article("多得看不完的消息")).expect("a file");
            for number in 1..count {
                fs::hard_link(&first, folder.join(format!("{number:07}.txt"))).expect("a name");
            }
            self.made.push(count);
        }
        keeper
    }
}
