//! What is kept of a panic, for whoever is to mend it: the screen is no place for it, and the program goes on.

use std::{
    backtrace::Backtrace,
    collections::HashSet,
    ffi::OsStr,
    fs, io,
    io::Write,
    panic::PanicHookInfo,
    path::{Path, PathBuf},
    process,
    sync::{Mutex, PoisonError},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{article::ArticleId, config, store::private, text::display::display};

/// Most reports that are kept: a fault that comes again and again does not fill the disk.
const MOST: usize = 20;

/// Reports after which an article is not shown any more.
const ENOUGH: usize = 2;
/// What stands before the id of the article that was shown.
const SHOWN: &str = "article ";

/// The article that is shown.
static LOOKED_AT: Mutex<Option<ArticleId>> = Mutex::new(None);

/// Notes which article is shown from now on.
pub(super) fn look_at(id: Option<ArticleId>) {
    *LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner) = id;
}

/// The articles that were shown each time when the interface of this version failed at one place of its source,
/// which it did twice at least.
pub(super) fn suspects() -> HashSet<ArticleId> {
    let (mut once, mut suspects) = (Vec::new(), HashSet::new());
    for path in config::reports_folder().map(|folder| reports(&folder)).unwrap_or_default() {
        let report = fs::read_to_string(path).unwrap_or_default();
        let Some((id, place)) = shown(&report) else { continue };
        once.push((id, place.to_owned()));
        let is_same = |(other, there): &&(ArticleId, String)| *other == id && *there == place;
        if once.iter().filter(is_same).count() >= ENOUGH {
            suspects.insert(id);
        }
    }
    suspects
}

/// The article that was shown, and where the interface failed, if a report is of it and of this version.
fn shown(report: &str) -> Option<(ArticleId, &str)> {
    let mut lines = report.lines();
    let is_ours =
        lines.next()?.starts_with(display!("zhaidu {}:", env!("CARGO_PKG_VERSION")).as_str());
    let id = lines.next().filter(|_| is_ours)?.strip_prefix(SHOWN)?;
    // The line that begins with `panicked at`.
    Some((ArticleId::parse(id)?, lines.next()?))
}

/// The reports in a folder, the oldest first.
fn reports(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension() == Some(OsStr::new("txt"))).collect();
    // Their names begin with the time.
    paths.sort_unstable();
    paths
}

/// Writes a report; where it is, if it could be written. The interface failed if `is_ui`.
pub(super) fn keep(info: &PanicHookInfo, is_ui: bool) -> Option<PathBuf> {
    let folder = config::reports_folder()?;
    private::make_folder(&folder).ok()?;
    let older = reports(&folder);
    for path in older.iter().take((older.len() + 1).saturating_sub(MOST)) {
        // One too many does no harm.
        let _ = fs::remove_file(path);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let path = folder.join(format!("{}-{}.txt", now.as_nanos(), process::id()));
    let id = LOOKED_AT.try_lock().ok().and_then(|id| *id).filter(|_| is_ui);
    write(&path, info, id).ok().map(|()| path)
}

fn write(path: &Path, info: &PanicHookInfo, shown: Option<ArticleId>) -> io::Result<()> {
    let mut file = private::options().write(true).open(path)?;
    let thread = thread::current();
    let name = thread.name().unwrap_or("-");
    // A message may quote a text, and a report is looked at on a terminal.
    let mut report = format!("{}\n", display!("zhaidu {}: {name}", env!("CARGO_PKG_VERSION")));
    if let Some(id) = shown {
        report.push_str(display!("{SHOWN}{id}").as_str());
        report.push('\n');
    }
    let trace = Backtrace::force_capture().to_string();
    for line in info.to_string().lines().chain(trace.lines()) {
        report.push_str(display!("{line}").as_str());
        report.push('\n');
    }
    file.write_all(report.as_bytes())
}
