//! `zhaidu [PATH…]` and `zhaidu demo`: the interface, or the list where it cannot run.

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use super::{
    Exit,
    args::{OpenArgs, ScreenArgs},
    list,
    output::Output,
    show, stream,
};
use crate::{
    config::{self, NoScreen},
    library::{Input, Library, Settings},
    text::display::{DisplayLine, display},
    tui::{self, Ending, Start},
    view::theme::Theme,
};

pub(super) fn run(open: &OpenArgs, screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    let settings = open.settings();
    if open.paths.is_empty() {
        return start(Library::new(unnamed(), settings), screen, out);
    }
    if open.paths.iter().any(|path| path.as_os_str() == "-") && io::stdin().is_terminal() {
        out.complain(out.lang.of(
            "zhaidu: - 是标准输入，但没有接管道；用法：… | zhaidu -",
            "zhaidu: - is standard input, and nothing is piped in; try … | zhaidu -",
        ));
        return Ok(Exit::Failed);
    }
    let library = stream::library(open);
    // Nothing to open an interface for: the list finds the same problems and words them.
    if none_exists(&open.paths) { list::print(&library, out) } else { start(library, screen, out) }
}

pub(super) fn demo(screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    start(Library::new(Input::Demo, Settings::default()), screen, out)
}

/// What to open when nothing was named: what is piped in, else what is here.
fn unnamed() -> Input {
    if stream::is_piped() { Input::Paths(vec![PathBuf::from("-")]) } else { Input::Here }
}

/// Whether not one of the named paths is there.
fn none_exists(paths: &[PathBuf]) -> bool {
    let exists = |path: &PathBuf| path.as_os_str() == "-" || path.symlink_metadata().is_ok();
    !paths.iter().any(exists)
}

/// What can be had without the interface: the texts of files that were named, the list of
/// everything larger.
fn plainly(library: &Library, out: &mut Output) -> io::Result<Exit> {
    if library.is_of_files() { show::plainly(library, out) } else { list::print(library, out) }
}

fn start(library: Library, screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    match config::screen() {
        Ok(()) => {}
        Err(NoScreen::NoTerminal) => return plainly(&library, out),
        Err(NoScreen::Dumb | NoScreen::NoKeyboard) => {
            let exit = plainly(&library, out)?;
            out.complain(out.lang.of(
                "zhaidu: 这个终端不能显示界面；用 zhaidu list、show、summary、keywords 阅读",
                "zhaidu: this terminal cannot show the interface; read with zhaidu list, show, \
                 summary and keywords",
            ));
            return Ok(exit);
        }
    }
    let loaded = config::load_keymap(screen.keymap);
    let mut problems: Vec<DisplayLine> = loaded
        .mistakes
        .iter()
        .map(|mistake| DisplayLine::new(&mistake.message(out.lang)))
        .collect();
    if let Some((path, error)) = loaded.unreadable {
        problems.push(display!("{}: {error}", path.to_string_lossy()));
    }
    let theme = if config::wants_colour() { Theme::colour() } else { Theme::mono() };
    let library = library.keeping_stdin();
    let start = Start { library, lang: out.lang, keymap: loaded.keymap, theme, problems };
    Ok(match tui::run(start)? {
        Ending::Quit => Exit::Fine,
        Ending::Signal(signal) => Exit::Signal(signal),
        Ending::HungUp => Exit::Signal(tui::HUNG_UP - 128),
    })
}
