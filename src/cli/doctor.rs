//! `zhaidu doctor`: what was found of the terminal, the locale and the configuration, and what to
//! do where something is amiss.

mod timings;

use std::{env, fmt::Display, io};

use super::{Exit, args::DoctorArgs, output::Output};
use crate::{
    config::{self, LoadedKeymap, NoScreen},
    lang::Lang,
    library::displayed,
    text::{
        display::{DisplayLine, display},
        width::Widths,
    },
};

/// Cells of the column with the names of things.
const LABEL: usize = 12;

pub(super) fn run(args: &DoctorArgs, out: &mut Output) -> io::Result<Exit> {
    let loaded = config::load_keymap(None);
    out.line(&display!("zhaidu {} ({})", env!("CARGO_PKG_VERSION"), env::consts::ARCH))?;
    for finding in
        [locale(out.lang), language(out.lang), terminal(out), colours(out.lang), tmux(out.lang)]
    {
        finding.print(out)?;
    }
    keymap(&loaded, out.lang).print(out)?;
    if args.timings {
        out.line("")?;
        timings::report(&args.open, out)?;
    }
    let sound = loaded.unreadable.is_none() && loaded.mistakes.is_empty();
    Ok(if sound { Exit::Fine } else { Exit::Failed })
}

/// One thing that was looked at.
struct Finding {
    label: &'static str,
    /// What was found.
    found: DisplayLine,
    /// What is wrong with it and what to do.
    advice: Vec<DisplayLine>,
}

impl Finding {
    fn new(label: &'static str, found: impl Display) -> Self {
        Self { label, found: DisplayLine::of(found), advice: Vec::new() }
    }

    fn advise(mut self, advice: impl Display) -> Self {
        self.advice.push(DisplayLine::of(advice));
        self
    }

    /// Prints the finding, marked where there is something to do.
    fn print(&self, out: &mut Output) -> io::Result<()> {
        let mark = if self.advice.is_empty() { " " } else { "!" };
        out.line(&display!("{mark} {}{}", padded(self.label, LABEL), self.found))?;
        let margin = " ".repeat(LABEL + 2);
        self.advice.iter().try_for_each(|advice| out.line(&display!("{margin}{advice}")))
    }
}

/// `text` with spaces behind it, at least one, up to so many cells.
fn padded(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(Widths::NARROW.cells(text)).max(1)))
}

/// The value of a variable, if it has one.
fn variable(name: &str) -> Option<DisplayLine> {
    let value = env::var_os(name).filter(|value| !value.is_empty())?;
    Some(displayed(&value))
}

fn locale(lang: Lang) -> Finding {
    let names = ["LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG"];
    let set = names.iter().filter_map(|name| Some(format!("{name}={}", variable(name)?)));
    let set: Vec<String> = set.collect();
    let found =
        if set.is_empty() { lang.of("没有设置", "not set").to_owned() } else { set.join(" ") };
    let finding = Finding::new(lang.of("区域设置", "locale"), found);
    // POSIX: the first of these that is set decides the encoding of characters.
    let decisive = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    if decisive.is_some_and(|value| is_utf8(value.as_str())) {
        return finding;
    }
    finding.advise(lang.of(
        "不是 UTF-8：要是终端或 tmux 显示不出汉字，先执行 export LANG=C.UTF-8",
        "not UTF-8: if the terminal or tmux shows no Chinese, run export LANG=C.UTF-8 first",
    ))
}

fn is_utf8(locale: &str) -> bool {
    let name = locale.to_ascii_lowercase();
    name.contains("utf-8") || name.contains("utf8")
}

fn language(lang: Lang) -> Finding {
    let found = lang.of("中文（--lang en 换成英文）", "English (--lang zh for Chinese)");
    Finding::new(lang.of("语言", "language"), found)
}

fn terminal(out: &Output) -> Finding {
    let lang = out.lang;
    let kind = variable("TERM").unwrap_or_else(|| "-".into());
    let columns = out.columns.map_or_else(String::new, |columns| match lang {
        Lang::Zh => format!("，{columns} 列"),
        Lang::En => format!(", {columns} columns"),
    });
    let finding = Finding::new(lang.of("终端", "terminal"), format!("TERM={kind}{columns}"));
    match config::screen() {
        Ok(()) => finding,
        Err(NoScreen::NoTerminal) => finding.advise(lang.of(
            "输出不是终端，界面不能用，只列出文章；在终端里直接运行 zhaidu",
            "the output is no terminal, so articles are listed: run zhaidu without a pipe behind it",
        )),
        Err(NoScreen::Dumb) => finding.advise(lang.of(
            "这种终端不能移动光标，只列出文章；换一个终端，或设 TERM=xterm",
            "it cannot move the cursor, so articles are listed: use another one or set TERM=xterm",
        )),
        Err(NoScreen::NoKeyboard) => finding.advise(lang.of(
            "没有键盘，只列出文章；用 ssh 时加 -t",
            "there is no keyboard, so articles are listed: with ssh, give -t",
        )),
    }
}

fn colours(lang: Lang) -> Finding {
    let label = lang.of("颜色", "colours");
    if config::wants_colour() {
        let found = lang.of("16 色（NO_COLOR=1 关掉）", "16 (NO_COLOR=1 does without)");
        return Finding::new(label, found);
    }
    let why = match variable("NO_COLOR") {
        Some(_) => lang.of("没有，因为设了 NO_COLOR", "none, because NO_COLOR is set"),
        None => lang.of("没有，因为没有设 TERM", "none, because TERM is not set"),
    };
    Finding::new(label, why)
}

fn tmux(lang: Lang) -> Finding {
    let found = match variable("TMUX") {
        Some(_) => lang.of("在 tmux 里", "inside tmux"),
        None => lang.of("不在 tmux 里", "not inside tmux"),
    };
    Finding::new("tmux", found)
}

fn keymap(loaded: &LoadedKeymap, lang: Lang) -> Finding {
    let label = lang.of("按键", "keymap");
    let Some(path) = config::keymap_file() else {
        let homeless = lang.of("没有主目录，用默认按键", "no home folder: default keys");
        return Finding::new(label, homeless);
    };
    let name = displayed(path.as_os_str());
    let state = if path.exists() {
        ""
    } else {
        lang.of("（没有这个文件，用默认按键）", " (no such file: default keys)")
    };
    let mut finding = Finding::new(label, format!("{name}{state}"));
    if let Some((_, error)) = &loaded.unreadable {
        finding = finding.advise(error);
    }
    let mistakes = loaded.mistakes.iter().map(|mistake| mistake.message(lang));
    mistakes.fold(finding, Finding::advise)
}
