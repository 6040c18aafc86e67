//! Searching beside programs that people search with: ripgrep on the same files, newsboat on a feed
//! of the same articles. What is not installed is left out, and that is said.

use std::{
    collections::BTreeSet,
    env,
    fmt::Write,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::{
    at, figure,
    made::File,
    queries::{self, Asked, Kind},
};

/// Queries: texts of one to six characters.
const QUERIES: usize = 50;
/// Times that each is searched for by each program, by turns; the best counts.
const RUNS: usize = 3;
/// Where ripgrep is, when it is not where programs are.
const RG: &str = "ZHAIDU_RG";

/// Searches for the same texts in the same files with all of them; whether zhaidu finds every file
/// that ripgrep finds. `search` is a search in this process.
pub(crate) fn beside(
    files: &[File],
    folder: &Path,
    cache: &Path,
    search: &mut dyn FnMut(&str) -> io::Result<()>,
) -> io::Result<bool> {
    let asked = queries::ask(files, Kind::UpToSix, QUERIES);
    let texts: Vec<String> = asked.into_iter().filter_map(|Asked { text, .. }| text).collect();
    let ours = |text: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
        command.args(["search", "-l", &format!("\"{text}\"")]).arg(folder);
        command.env("XDG_CACHE_HOME", cache).env("XDG_CONFIG_HOME", "/nonexistent");
        command
    };
    let inside = best(&texts, |text| search(&format!("\"{text}\"")))?;
    told("search in the process", &inside, Duration::ZERO);
    let rg = env::var_os(RG).unwrap_or_else(|| "rg".into());
    let theirs = |text: &str| {
        let mut command = Command::new(&rg);
        command.args(["-lF", text]).arg(folder);
        command
    };
    let mut kept = true;
    if found(Command::new(&rg).arg("--version"))?.is_some() {
        let (mut zhaidu, mut ripgrep) = (Vec::new(), Vec::new());
        let (mut zhaidu_cpu, mut ripgrep_cpu) = (Duration::MAX, Duration::MAX);
        for _ in 0..RUNS {
            zhaidu.push(once(&texts, ours, &mut zhaidu_cpu)?);
            ripgrep.push(once(&texts, theirs, &mut ripgrep_cpu)?);
        }
        told("zhaidu search -l", &least(&zhaidu), zhaidu_cpu);
        told("rg -lF", &least(&ripgrep), ripgrep_cpu);
        let (mut missed, mut more, mut all) = (0_usize, 0, 0);
        for text in &texts {
            let wanted = found(&mut theirs(text))?.unwrap_or_default();
            let got = found(&mut ours(text))?.unwrap_or_default();
            missed += wanted.difference(&got).count();
            more += got.difference(&wanted).count();
            all += wanted.len();
        }
        kept = figure(
            "files that rg -lF finds and search -l does not",
            missed as f64,
            "",
            Some(0.0),
            &format!("of {all}; {more} that only search -l finds"),
        );
    } else {
        println!("rg is not installed ({RG} says where it is otherwise): not measured");
    }
    newsboat(files, &texts)?;
    Ok(kept)
}

/// What newsboat does when it searches, without drawing: `LIKE` on the titles and texts of its
/// cache, in this process.
fn newsboat(files: &[File], texts: &[String]) -> io::Result<()> {
    if found(Command::new("newsboat").arg("-v"))?.is_none() {
        println!("newsboat is not installed: not measured");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    fs::write(path("feed.xml"), feed(files))?;
    fs::write(path("urls"), format!("file://{}\n", path("feed.xml").display()))?;
    fs::write(path("config"), "")?;
    let mut command = Command::new("newsboat");
    command.arg("-u").arg(path("urls")).arg("-c").arg(path("cache.db"));
    command.arg("-C").arg(path("config")).args(["-x", "reload"]);
    found(&mut command)?;
    let cache = Connection::open(path("cache.db")).map_err(io::Error::other)?;
    let count = cache.query_row("SELECT count(*) FROM rss_item", [], |row| row.get::<_, i64>(0));
    let count = count.map_err(io::Error::other)?;
    let mut statement = cache
        .prepare(
            "SELECT guid, title, author, url, pubDate, length(content), unread, feedurl, flags \
             FROM rss_item WHERE (title LIKE ?1 OR content LIKE ?1) AND deleted = 0 \
             ORDER BY pubDate DESC, id DESC",
        )
        .map_err(io::Error::other)?;
    let times = best(texts, |text| {
        let rows = statement.query_map([format!("%{text}%")], |row| row.get::<_, String>(0));
        rows.and_then(Iterator::collect::<Result<Vec<_>, _>>).map(drop).map_err(io::Error::other)
    })?;
    told(&format!("newsboat: LIKE on its cache of {count}"), &times, Duration::ZERO);
    Ok(())
}

fn feed(files: &[File]) -> String {
    let mut feed = String::from("<rss version=\"2.0\"><channel><title>all</title>");
    for (at, file) in files.iter().enumerate() {
        let text = file.text.replace('&', "&amp;").replace('<', "&lt;");
        let (title, text) = text.split_once('\n').unwrap_or((&text, ""));
        let _ = write!(
            feed,
            "<item><title>{title}</title><guid>{at}</guid><link>http://localhost/{at}</link>\
             <description>{text}</description></item>"
        );
    }
    feed + "</channel></rss>"
}

/// The best of several times for each text.
fn best(
    texts: &[String],
    mut search: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Vec<Duration>> {
    let mut timed = |text: &String| {
        let begun = Instant::now();
        search(text).map(|()| begun.elapsed())
    };
    let runs = (0..RUNS).map(|_| texts.iter().map(&mut timed).collect::<io::Result<Vec<_>>>());
    Ok(least(&runs.collect::<io::Result<Vec<_>>>()?))
}

fn least(runs: &[Vec<Duration>]) -> Vec<Duration> {
    let count = runs.first().map_or(0, Vec::len);
    (0..count)
        .map(|at| runs.iter().filter_map(|r| r.get(at).copied()).min().unwrap_or_default())
        .collect()
}

/// Wall time of a program for each text; and, if that is less than `cpu`, the processor time of all.
fn once(
    texts: &[String],
    program: impl Fn(&str) -> Command,
    cpu: &mut Duration,
) -> io::Result<Vec<Duration>> {
    let before = of_children()?;
    let times = texts.iter().map(|text| {
        let mut command = program(text);
        let begun = Instant::now();
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().map(|_| begun.elapsed())
    });
    let times = times.collect::<io::Result<Vec<_>>>()?;
    *cpu = (*cpu).min(of_children()?.saturating_sub(before));
    Ok(times)
}

/// Processor time of all processes that this one has waited for, in steps of 10 ms (see proc(5)).
fn of_children() -> io::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks = fields.split(' ').skip(13).take(2).filter_map(|ticks| ticks.parse::<u64>().ok());
    Ok(Duration::from_millis(10 * ticks.sum::<u64>()))
}

/// Prints what a program takes for all texts together.
fn told(name: &str, times: &[Duration], cpu: Duration) {
    let count = times.len().max(1) as f64;
    let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / count;
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let mut note =
        format!("median {:.2} ms, 95th of 100 {:.2} ms", at(&sorted, 0.5), at(&sorted, 0.95));
    if !cpu.is_zero() {
        let _ = write!(note, "; CPU {:.2} ms each", cpu.as_secs_f64() * 1e3 / count);
    }
    figure(&format!("{name}: mean, wall"), mean, "ms", None, &note);
}

/// The lines that a program prints, as paths; `None` where there is no such program.
fn found(command: &mut Command) -> io::Result<Option<BTreeSet<PathBuf>>> {
    match command.stderr(Stdio::null()).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(output) => {
            let lines = String::from_utf8_lossy(&output.stdout);
            Ok(Some(lines.lines().map(PathBuf::from).collect()))
        }
    }
}
