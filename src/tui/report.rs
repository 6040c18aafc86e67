//! What is kept of a panic, for whoever is to mend it: the screen is no place for it, and the program goes on.

use std::{
    backtrace::Backtrace,
    fs, io,
    io::Write,
    panic::PanicHookInfo,
    path::{Path, PathBuf},
    process, thread,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{config, store::private, text::display::display};

/// Most reports that are kept: a fault that comes again and again does not fill the disk.
const MOST: usize = 20;

/// Writes a report; where it is, if it could be written.
pub(super) fn keep(info: &PanicHookInfo) -> Option<PathBuf> {
    let folder = config::reports_folder()?;
    private::make_folder(&folder).ok()?;
    if fs::read_dir(&folder).ok()?.count() >= MOST {
        return None;
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let path = folder.join(format!("{}-{}.txt", now.as_nanos(), process::id()));
    write(&path, info).ok().map(|()| path)
}

fn write(path: &Path, info: &PanicHookInfo) -> io::Result<()> {
    let mut file = private::options().write(true).open(path)?;
    let thread = thread::current();
    let name = thread.name().unwrap_or("-");
    // A message may quote a text, and a report is looked at on a terminal.
    let mut report = format!("{}\n", display!("zhaidu {}: {name}", env!("CARGO_PKG_VERSION")));
    let trace = Backtrace::force_capture().to_string();
    for line in info.to_string().lines().chain(trace.lines()) {
        report.push_str(display!("{line}").as_str());
        report.push('\n');
    }
    file.write_all(report.as_bytes())
}
