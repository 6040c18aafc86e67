//! `zhaidu [PATH…]` and `zhaidu demo`: the interface, or the list where it cannot run.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Exit,
    args::{OpenArgs, ScreenArgs},
    decide, index, lexicon, list,
    output::Output,
    resume::{self, Opening},
    sandbox, settings, show, stream, theme,
};
use crate::{
    app::preferences::Preferences,
    config::{self, NoScreen},
    lang::Lang,
    library::{Input, Library, Settings},
    text::display::{DisplayLine, display},
    tui::{self, Apart, Ending, Opened, Start},
};

pub(super) fn run(open: &OpenArgs, screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    let Some(lexicon) = lexicon::load(&screen.lexicon, out) else { return Ok(Exit::Failed) };
    let screen = as_set(screen, out);
    let opening = opening(open, &screen, out.lang);
    let open = &opening.open;
    if open.paths.is_empty() {
        let library = Library::new(unnamed(), open.settings(out.settings()));
        let library = library.with_overrides(stream::overrides(open, out)).with_lexicon(lexicon);
        let given = (open.opened(), Some(&opening));
        return start(library, given, screen, out);
    }
    if open.paths.iter().any(|path| path.as_os_str() == "-") && io::stdin().is_terminal() {
        out.complain(out.lang.of(
            "zhaidu: - 是标准输入，但没有接管道；用法：… | zhaidu -",
            "zhaidu: - is standard input, and nothing is piped in; try … | zhaidu -",
        ));
        return Ok(Exit::Failed);
    }
    let library = stream::library(open, out).with_lexicon(lexicon);
    // Nothing to open an interface for: the list finds the same problems and words them.
    if none_exists(&open.paths) {
        return list::print(&library, out);
    }
    start(library, (open.opened(), Some(&opening)), screen, out)
}

pub(super) fn demo(screen: ScreenArgs, out: &mut Output) -> io::Result<Exit> {
    let screen = as_set(screen, out);
    let Some(lexicon) = lexicon::load(&screen.lexicon, out) else { return Ok(Exit::Failed) };
    let library = Library::new(Input::Demo, Settings::default()).with_lexicon(lexicon);
    let overrides = stream::kept_overrides(out);
    let opened = Opened { is_demo: true, ..Opened::default() };
    start(library.with_overrides(overrides), (opened, None), screen, out)
}

/// The options, with what is switched off for good.
fn as_set(mut screen: ScreenArgs, out: &Output) -> ScreenArgs {
    screen.resume.no_session |= !out.settings().session;
    screen.mouse.no_mouse |= !out.settings().mouse;
    screen
}

/// What to open: where there is an interface and nothing was named, what was open last.
fn opening(open: &OpenArgs, screen: &ScreenArgs, lang: Lang) -> Opening {
    if config::screen().is_err() || stream::is_piped() {
        return Opening::given(open, None);
    }
    resume::opening(open, screen.resume, lang)
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
    settings::complain(out);
    sandbox::writing(None, out);
    if library.is_of_files() { show::plainly(library, out) } else { list::print(library, out) }
}

fn start(
    library: Library,
    (opened, opening): (Opened, Option<&Opening>),
    screen: ScreenArgs,
    out: &mut Output,
) -> io::Result<Exit> {
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
    let loaded = config::load_keymap(screen.keys.keymap.or(out.settings().keymap.clone()));
    let mut problems: Vec<DisplayLine> = loaded
        .mistakes
        .iter()
        .map(|mistake| DisplayLine::new(&mistake.message(out.lang)))
        .collect();
    problems.extend(loaded.unreadable.map(|file| DisplayLine::new(&file.message(out.lang))));
    problems.extend(settings::problems(&out.loaded, out.lang));
    let (ambiguous, _) = decide::ambiguous(screen.width.ambiguous, &out.loaded);
    let look = theme::choose(screen.theme.theme.as_deref(), &out.loaded, out.lang);
    problems.extend(look.problems);
    let settings = out.settings();
    // A single file is read as quickly as its index.
    let is_named = opening.is_none_or(|opening| opening.is_named);
    let index = if is_named && decide::is_indexed(screen.cache, settings) {
        index::quiet_place(&library)
    } else {
        None
    };
    let index = index.filter(|place| place.is_of_many);
    let (keeping, trouble) = resume::keeping(&library, opening, screen.resume, out.lang);
    let library = Arc::new(library.keeping_stdin());
    let start = Start {
        library: library.clone(),
        opened,
        index,
        marks: config::marks_folder(),
        lang: out.lang,
        keymap: loaded.keymap,
        themes: look.themes,
        theme: look.wish,
        widths: ambiguous.widths(),
        mouse: !screen.mouse.no_mouse,
        in_tmux: config::in_tmux(),
        preferences: Preferences {
            measure: settings.measure.into(),
            sentences: settings.sentences.into(),
            pinyin: settings.pinyin,
            motion: settings.motion,
        },
        freshness: settings.freshness,
        keeping,
        commands: screen.run.commands,
        apart: Apart {
            guard: settings.guard,
            sandbox: settings.sandbox,
            own_folders: config::own_folders(),
        },
        problems,
        notice: trouble.or_else(|| opening.and_then(|opening| opening.notice.clone())),
    };
    Ok(match tui::run(start)? {
        Ending::Quit => Exit::Fine,
        Ending::Unsaved => {
            // The folder for data, which all that is kept lies in.
            let marks = config::marks_folder().unwrap_or_default();
            out.complain(&unsaved(marks.parent().unwrap_or(&marks), out.lang));
            Exit::Unsaved
        }
        Ending::Signal(signal) => Exit::Signal(signal),
        Ending::HungUp => Exit::Signal(tui::HUNG_UP - 128),
        Ending::NotUtf8 => {
            in_ascii(&library, out)?;
            Exit::Failed
        }
    })
}

/// What is said to who left although something was not saved.
fn unsaved(folder: &Path, lang: Lang) -> DisplayLine {
    let folder = DisplayLine::new(&folder.to_string_lossy());
    match lang {
        Lang::Zh => {
            display!("zhaidu: 有标记或分篇的决定没有保存；请看 {folder} 能否写入，磁盘是否已满")
        }
        Lang::En => display!(
            "zhaidu: some marks or decisions were not saved; see whether {folder} can be written and the disk is full"
        ),
    }
}

/// Says to a terminal that shows bytes where it should show characters what is to be done, and
/// lists the articles as far as that goes.
fn in_ascii(library: &Library, out: &mut Output) -> io::Result<()> {
    out.ascii = true;
    for line in NOT_UTF8 {
        out.complain(line);
    }
    list::print(library, out)?;
    out.flush()
}

/// What is wrong and what to do, in ASCII: the terminal shows nothing else.
const NOT_UTF8: [&str; 6] = [
    "zhaidu: this terminal does not take its input for UTF-8, so it cannot show Chinese.",
    "  In its settings, choose the encoding UTF-8; xterm: start it as xterm -u8",
    "  In tmux: detach, then attach with tmux -u attach",
    "  Before you log in: export LANG=C.UTF-8 (or zh_CN.UTF-8)",
    "  If it does show Chinese all the same: zhaidu --ambiguous 1 leaves out this test.",
    "The articles, with ? for every character that is not ASCII:",
];
