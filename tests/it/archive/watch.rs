//! Keeping an index up to date, with the real program.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use zhaidu::{library::index::identity, store::index::Writer};

use super::*;

/// Far longer than anything takes: a test that fails is to end all the same.
const FOR_EVER: Duration = Duration::from_secs(120);

/// The program, watching an archive.
struct Watching {
    child: Child,
    stdout: BufReader<ChildStdout>,
    lines: Receiver<String>,
}

impl Watching {
    fn start(archive: &Archive, args: &[&str]) -> Self {
        let mut command = archive.zhaidu(&[&["index", "--watch"], args].concat());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, lines) = channel();
        thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, stdout, lines }
    }

    /// The same, once the index is up to date for the first time.
    fn ready(archive: &Archive, args: &[&str]) -> Self {
        let mut watching = Self::start(archive, args);
        watching.until("watching");
        let mut line = String::new();
        watching.stdout.read_line(&mut line).expect("a line");
        assert!(line.contains("articles"), "{line}");
        watching
    }

    /// What is said up to a line that contains this.
    fn until(&mut self, wanted: &str) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            let line = self.lines.recv_timeout(FOR_EVER);
            let line = line.unwrap_or_else(|error| panic!("{error}; not {wanted:?} in {said:#?}"));
            let found = line.contains(wanted);
            said.push(line);
            if found {
                return said;
            }
        }
    }

    /// How many files were added, changed and removed until there are so many articles. On a slow
    /// machine one burst may be two updates.
    fn updates(&mut self, articles: usize) -> [usize; 3] {
        let mut sum = [0; 3];
        for line in self.until(&format!("· {articles} articles")) {
            let counts = line.split_whitespace().filter_map(|word| {
                let at = ['+', '~', '-'].iter().position(|mark| word.starts_with(*mark))?;
                Some((at, word[1..].parse::<usize>().ok()?))
            });
            counts.for_each(|(at, count)| sum[at] += count);
        }
        sum
    }

    /// Ends it with a signal; the exit code, and what it said since.
    fn end(mut self, signal: Signal) -> (Option<i32>, Vec<String>) {
        kill_process(Pid::from_child(&self.child), signal).expect("a process");
        let status = self.child.wait().expect("a process");
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "");
        (status.code(), self.lines.iter().collect())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Puts a whole file into an archive at once, so that it is never seen half written.
fn put(archive: &Archive, name: &str, text: &str) {
    let path = archive.path(name);
    let hidden = path.with_file_name(".new");
    fs::write(&hidden, text).expect("a file");
    fs::rename(hidden, path).expect("a file");
}

#[test]
fn what_comes_changes_and_goes_is_found_without_asking() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    let mut watching = Watching::ready(&archive, &[]);
    let write = |name: &str, text: &str| put(&archive, name, text);

    write("b.txt", BRIDGE);
    assert_eq!(watching.updates(2), [1, 0, 0]);
    assert_eq!(archive.search("新桥"), set(&["b.txt"]));

    // As editors do: another file takes the place.
    write("a.txt", "水位");
    watching.until("~1");
    assert_eq!(archive.search("水位"), set(&["a.txt"]));
    assert_eq!(archive.search("渡口"), set(&[]));

    // A folder in a folder that is new, and what comes into it later.
    fs::create_dir_all(archive.path("c/d")).expect("a folder");
    write("c/d/e.txt", PAPER);
    assert_eq!(watching.updates(3), [1, 0, 0]);
    write("c/d/f.txt", FERRY);
    assert_eq!(watching.updates(4), [1, 0, 0]);
    assert_eq!(archive.search("渡口"), set(&["c/d/f.txt"]));

    // A folder under another name is watched under that.
    fs::rename(archive.path("c"), archive.path("g")).expect("a folder");
    watching.until("+2 ~0 -2");
    assert_eq!(archive.search("渡口"), set(&["g/d/f.txt"]));
    write("g/d/h.txt", BRIDGE);
    assert_eq!(watching.updates(5), [1, 0, 0]);

    fs::remove_dir_all(archive.path("g")).expect("a folder");
    let [_, _, removed] = watching.updates(2);
    assert_eq!(removed, 3);
    assert_eq!(archive.search("渡口"), set(&[]));

    assert_eq!(watching.end(Signal::INT), (Some(0), Vec::new()));
    let found = archive.output(&["search", "-l", "新桥"]).stdout;
    assert!(String::from_utf8(found).expect("UTF-8").ends_with("b.txt\n"));
    assert_eq!(archive.search("水位"), set(&["a.txt"]));
    // It says so itself.
    archive.contents();
}

#[test]
fn many_files_at_once_are_few_updates() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    let mut watching = Watching::ready(&archive, &[]);
    for at in 0..300 {
        archive.write(&format!("{}/{}/{at}.txt", at % 7, at % 3), &format!("{at}：{PAPER}"));
    }
    let said = watching.until("· 301 articles");
    assert!(said.len() < 100, "{said:#?}");
    assert_eq!(archive.search("\"123：纸坊\""), set(&["4/0/123.txt"]));
    assert_eq!(watching.end(Signal::TERM).0, Some(0));
}

#[test]
fn what_cannot_be_read_is_said_once() {
    let broken = "{\"text\":\"渡口有船\"}\n{broken\n";
    let archive = Archive::new(&[("a.txt", FERRY), ("b.jsonl", broken)]);
    let mut watching = Watching::start(&archive, &[]);
    let said = watching.until("watching");
    assert!(said.iter().any(|line| line.contains("b.jsonl:2:")), "{said:#?}");
    put(&archive, "c.txt", PAPER);
    assert_eq!(watching.until("· 3 articles").len(), 1);
    put(&archive, "d.jsonl", broken);
    let said = watching.until("· 4 articles");
    assert!(said.len() == 2 && said[0].contains("d.jsonl:2:"), "{said:#?}");
}

#[test]
fn a_root_that_vanishes_keeps_its_articles_until_it_is_back() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    let mut watching = Watching::ready(&archive, &[]);
    let aside = tempfile::tempdir().expect("a folder");
    let place = archive.place();
    let (root, away) = (archive.folder.path(), aside.path().join("away"));
    fs::rename(root, &away).expect("a folder");
    watching.until("no such file");
    let index = Index::open(&place.file).expect("an index").expect("it is there");
    assert_eq!(index.totals().expect("an index").articles, 1);
    fs::rename(&away, root).expect("a folder");
    put(&archive, "b.txt", BRIDGE);
    assert_eq!(watching.updates(2), [1, 0, 0]);
    put(&archive, "c.txt", PAPER);
    assert_eq!(watching.updates(3), [1, 0, 0]);
}

#[test]
fn an_index_that_another_process_writes_is_waited_for() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    archive.run();
    let (reading, analysis) = identity(&archive.library());
    let (mut writer, _) =
        Writer::open(&archive.place().file, &reading, &analysis).expect("an index");
    writer.begin().expect("an index");
    let mut watching = Watching::start(&archive, &[]);
    watching.until("another process");
    drop(writer);
    watching.until("watching");
}

#[test]
fn an_index_within_its_archive_does_not_keep_itself_busy() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    let place = IndexPlace::of(&archive.library(), &archive.path("cache/index"));
    let (place, library) = (place.expect("a place"), archive.library());
    let never = AtomicBool::new(false);
    let mut watch = Watch::start(&library, &place);
    let mut next = || {
        let Woken::Changed(change) = watch.wait(Some(FOR_EVER)) else { panic!("nothing came") };
        Run::new(&library, &place, 1, &never, &mut |_| ()).finish().expect("an index");
        change
    };
    assert_eq!(next(), Change::Everything);
    // The folder is new, and is told of.
    put(&archive, "b.txt", BRIDGE);
    while !next().concerns(&archive.path("b.txt")) {}
    for name in ["c.txt", "d.txt", "e.txt"] {
        put(&archive, name, name);
        // What the run before read and wrote was heard of before this.
        assert_eq!(next(), Change::Paths([archive.path(name)].into()));
    }
}
