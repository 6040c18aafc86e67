//! What surrounds the program: locale, kind of terminal, colours, the person's files.

use std::{env, path::PathBuf, thread};

use super::Finding;
use crate::{
    cli::output::Output,
    config::{self, ColourDepth, LoadedKeymap, LoadedSettings, NoScreen, file::Unreadable},
    guard::Starter,
    lang::Lang,
    library::displayed,
    sandbox::{self, Confined},
    text::display::DisplayLine,
    tui::{
        clipboard::{Between, Route},
        survey::Survey,
        tmux,
    },
};

/// The value of a variable, if it has one.
pub(super) fn variable(name: &str) -> Option<DisplayLine> {
    let value = env::var_os(name).filter(|value| !value.is_empty())?;
    Some(displayed(&value))
}

pub(super) fn locale(lang: Lang) -> Finding {
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

pub(super) fn language(lang: Lang) -> Finding {
    let found = lang.of("中文（--lang en 换成英文）", "English (--lang zh for Chinese)");
    Finding::new(lang.of("语言", "language"), found)
}

pub(super) fn terminal(out: &Output, survey: Option<&Survey>) -> Finding {
    let lang = out.lang;
    let kind = variable("TERM").unwrap_or_else(|| "-".into());
    let columns = out.columns.map_or_else(String::new, |columns| match lang {
        Lang::Zh => format!("，{columns} 列"),
        Lang::En => format!(", {columns} columns"),
    });
    let name = survey.and_then(|survey| survey.name.as_deref());
    let name = name.map_or_else(String::new, |name| format!("{name}  "));
    let finding = Finding::new(lang.of("终端", "terminal"), format!("{name}TERM={kind}{columns}"));
    match config::screen() {
        Ok(()) => finding,
        Err(NoScreen::NoTerminal) => finding.advise(lang.of(
            "输出不是终端，界面不能用，只打印文本；在终端里直接运行 zhaidu",
            "the output is no terminal, so texts are printed: run zhaidu without a pipe behind it",
        )),
        Err(NoScreen::Dumb) => finding.advise(lang.of(
            "这种终端不能移动光标，只打印文本；换一个终端，或设 TERM=xterm",
            "it cannot move the cursor, so texts are printed: use another one or set TERM=xterm",
        )),
        Err(NoScreen::NoKeyboard) => finding.advise(lang.of(
            "没有键盘，只打印文本；用 ssh 时加 -t",
            "there is no keyboard, so texts are printed: with ssh, give -t",
        )),
    }
}

pub(super) fn colours(lang: Lang) -> Finding {
    let label = lang.of("颜色", "colours");
    let set = |name| variable(name).map(|value| format!("{name}={value}")).unwrap_or_default();
    let (count, why) = match config::colour_depth() {
        ColourDepth::None if variable("NO_COLOR").is_some() => {
            let why = lang.of("没有，因为设了 NO_COLOR", "none, because NO_COLOR is set");
            return Finding::new(label, why);
        }
        ColourDepth::None => {
            let why = lang.of("没有，因为没有设 TERM", "none, because TERM is not set");
            return Finding::new(label, why);
        }
        ColourDepth::Sixteen => ("16", set("TERM")),
        ColourDepth::Indexed => ("256", set("TERM")),
        ColourDepth::Direct => {
            let sets = [set("COLORTERM"), set("TERM")];
            ("2^24", sets.into_iter().filter(|set| !set.is_empty()).collect::<Vec<_>>().join(" "))
        }
    };
    Finding::new(
        label,
        match lang {
            Lang::Zh => format!("{count}（{why}；NO_COLOR=1 关掉）"),
            Lang::En => format!("{count} ({why}; NO_COLOR=1 does without)"),
        },
    )
}

/// How a text would get to the clipboard of the person's machine. Whether a terminal takes it cannot
/// be asked, so there is something to try.
pub(super) fn clipboard(lang: Lang) -> Finding {
    let label = lang.of("剪贴板", "clipboard");
    if config::screen().is_err() {
        return Finding::new(
            label,
            lang.of("没有，因为没有终端", "none, for there is no terminal"),
        );
    }
    let route = Route::here();
    let desktop: Vec<&str> = route.desktop.iter().map(|tool| tool.name()).collect();
    let first = match (lang, desktop.as_slice()) {
        (_, []) => String::new(),
        (Lang::Zh, names) => format!("先交给 {}；没有就", names.join("、")),
        (Lang::En, names) => format!("by {}; else ", names.join(", ")),
    };
    if !route.tmux {
        let Some(between) = route.terminal else {
            let none = lang.of("没有：这个终端没有剪贴板", "none: this terminal has none");
            let none = if desktop.is_empty() { none } else { lang.of("没有", "none") };
            return Finding::new(label, format!("{first}{none}"));
        };
        let path = match between {
            Between::Screen => lang.of(
                "用 OSC 52 穿过 GNU screen 交给终端",
                "by OSC 52 through GNU screen to the terminal",
            ),
            _ => lang.of("用 OSC 52 交给终端", "by OSC 52 to the terminal"),
        };
        let finding = Finding::new(label, format!("{first}{path}"));
        let is_plain = between == Between::Nothing;
        return if is_plain { finding.note(trial(lang, OSC_52)) } else { finding };
    }
    let path =
        lang.of("用 tmux load-buffer -w 交给外面的终端", "by tmux load-buffer -w to its terminal");
    let finding = Finding::new(label, path).note(trial(lang, LOAD_BUFFER));
    match tmux::passes_on_clipboard(&Starter::Here) {
        Some(false) => finding.advise(lang.of(
            "tmux 不交给终端：执行 tmux set -s set-clipboard external",
            "tmux keeps it to itself: run tmux set -s set-clipboard external",
        )),
        _ => finding,
    }
}

/// What the program gives up before it reads texts. It is tried on a thread that ends then.
pub(super) fn sandbox(loaded: &LoadedSettings, lang: Lang) -> Finding {
    let label = lang.of("沙箱", "sandbox");
    if !loaded.settings().sandbox {
        return Finding::new(label, lang.of("关掉了 (sandbox)", "switched off (sandbox)"));
    }
    let tried = thread::spawn(|| sandbox::confine(&[])).join().unwrap_or(Confined::Not);
    let finding = Finding::new(label, tried.told(lang));
    if loaded.settings().guard {
        return finding;
    }
    finding.note(lang.of("界面不用，因为关掉了 guard", "not in the interface: guard is off"))
}

/// Put the word zhaidu on the clipboard.
const OSC_52: &str = r"printf '\033]52;c;emhhaWR1\a'";
const LOAD_BUFFER: &str = "printf zhaidu | tmux load-buffer -w -";

fn trial(lang: Lang, command: &str) -> String {
    match lang {
        Lang::Zh => format!("试一试 {command} ，再粘贴"),
        Lang::En => format!("to try it: {command} and paste"),
    }
}

/// A file of the person's that may be missing.
fn file(
    label: &'static str,
    path: Option<PathBuf>,
    missing: &str,
    unreadable: Option<&Unreadable>,
    lang: Lang,
) -> Finding {
    let Some(path) = path else {
        return Finding::new(label, lang.of("没有主目录，用默认的", "no home folder: defaults"));
    };
    let name = displayed(path.as_os_str());
    let finding =
        Finding::new(label, format!("{name}{}", if path.exists() { "" } else { missing }));
    match unreadable {
        Some(file) => finding.advise(file.why.words(lang)),
        None => finding,
    }
}

pub(super) fn settings(loaded: &LoadedSettings, lang: Lang) -> Finding {
    let missing = lang.of("（没有这个文件，用默认设置）", " (no such file: defaults)");
    let (label, path) = (lang.of("设置", "settings"), config::settings_file());
    let finding = file(label, path, missing, loaded.unreadable.as_ref(), lang);
    let mistakes = loaded.layers.mistakes.iter();
    mistakes.map(|mistake| mistake.message(lang)).fold(finding, Finding::advise)
}

pub(super) fn keymap(loaded: &LoadedKeymap, lang: Lang) -> Finding {
    let missing = lang.of("（没有这个文件，用默认按键）", " (no such file: default keys)");
    let (label, path) = (lang.of("按键", "keymap"), config::keymap_file());
    let finding = file(label, path, missing, loaded.unreadable.as_ref(), lang);
    loaded.mistakes.iter().map(|mistake| mistake.message(lang)).fold(finding, Finding::advise)
}
