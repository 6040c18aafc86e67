//! `zhaidu [PATH…]` and `zhaidu demo`: the interface, or the list where it cannot run.

use std::{
    io::{self, IsTerminal},
    os::unix::fs::FileTypeExt,
    path::PathBuf,
};

use super::{
    Exit,
    args::{OpenArgs, ScreenArgs},
    list,
    output::Output,
};
use crate::{
    config::{self, NoScreen},
    library::{Input, Library, Settings},
    text::sanitize::display_line,
    tui::{self, Ending, Start},
    view::theme::Theme,
};

pub(super) fn run(open: OpenArgs, screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    let settings = open.settings();
    let input = if open.paths.is_empty() { Some(unnamed()) } else { missing(&open, out) };
    match input {
        Some(input) => start(Library::new(input, settings), screen, out),
        None => Ok(Exit::Failed),
    }
}

pub(super) fn demo(screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    start(Library::new(Input::Demo, Settings::default()), screen, out)
}

/// What to open when nothing was named: what is piped in, else what is here.
fn unnamed() -> Input {
    if is_piped() { Input::Paths(vec![PathBuf::from("-")]) } else { Input::Here }
}

/// Whether standard input is a pipe or a file: not a terminal, and not `/dev/null`.
fn is_piped() -> bool {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return false;
    }
    let kind = std::fs::metadata("/dev/stdin").map(|meta| meta.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_file() || kind.is_socket())
}

/// The named paths, unless none of them exists: then there is nothing to open an interface for.
fn missing(open: &OpenArgs, out: &mut Output) -> Option<Input> {
    let exists = |path: &PathBuf| path.as_os_str() == "-" || path.symlink_metadata().is_ok();
    if open.paths.iter().any(exists) || out.columns.is_none() {
        return Some(open.input());
    }
    // The list finds the same problems and words them.
    let _ = list::print(&Library::new(open.input(), open.settings()), out);
    None
}

fn start(library: Library, screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    match config::screen() {
        Ok(()) => {}
        Err(NoScreen::NoTerminal) => return list::print(&library, out).map(|stream| stream.exit()),
        Err(NoScreen::Dumb | NoScreen::NoKeyboard) => {
            let stream = list::print(&library, out)?;
            out.complain(out.lang.of(
                "zhaidu: 这个终端不能显示界面，只列出文章；用 zhaidu show、summary、keywords 阅读",
                "zhaidu: this terminal cannot show the interface, so the articles are listed; \
                 read them with zhaidu show, summary and keywords",
            ));
            return Ok(stream.exit());
        }
    }
    let loaded = config::load_keymap(screen.keymap);
    let mut problems: Vec<String> =
        loaded.mistakes.iter().map(|mistake| display_line(&mistake.message(out.lang))).collect();
    if let Some((path, error)) = loaded.unreadable {
        problems.push(display_line(&format!("{}: {error}", path.to_string_lossy())));
    }
    let theme = if config::wants_colour() { Theme::colour() } else { Theme::mono() };
    let start = Start { library, lang: out.lang, keymap: loaded.keymap, theme, problems };
    Ok(match tui::run(start)? {
        Ending::Quit => Exit::Fine,
        Ending::Signal(signal) => Exit::Signal(signal),
        Ending::HungUp => Exit::Signal(tui::HUNG_UP - 128),
    })
}
