//! `zhaidu doctor`: what was found of the terminal, the locale and the configuration.

use std::{env, io, time::Instant};

use super::{Exit, args::DoctorArgs, output::Output, stream};
use crate::{
    config::{self, NoScreen},
    lang::Lang,
    library::{Input, Library},
    text::sanitize::display_line,
};

pub(super) fn run(args: &DoctorArgs, out: &mut Output) -> io::Result<Exit> {
    out.line(&format!("zhaidu {}", env!("CARGO_PKG_VERSION")))?;
    let mut exit = Exit::Fine;
    for (what, found) in
        [("locale", locale()), ("language", language(out.lang)), ("terminal", terminal(out))]
    {
        out.line(&format!("{what:<12}{found}"))?;
    }
    out.line(&format!("{:<12}{}", "colours", colours()))?;
    out.line(&format!("{:<12}{}", "tmux", variable("TMUX")))?;
    if !report_keymap(out)? {
        exit = Exit::Failed;
    }
    if args.timings {
        report_timings(args, out)?;
    }
    Ok(exit)
}

fn variable(name: &str) -> String {
    env::var_os(name).map_or_else(|| "-".to_owned(), |value| display_line(&value.to_string_lossy()))
}

fn locale() -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG"];
    let set = names.iter().filter(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    let set: Vec<String> = set.map(|name| format!("{name}={}", variable(name))).collect();
    if set.is_empty() { "-".to_owned() } else { set.join(" ") }
}

fn language(lang: Lang) -> String {
    lang.of("中文（--lang en 换成英文）", "English (--lang zh for Chinese)").to_owned()
}

fn terminal(out: &Output) -> String {
    let lang = out.lang;
    let verdict = match config::screen() {
        Ok(()) => lang.of("可以用界面", "the interface can run here"),
        Err(NoScreen::NoTerminal) => {
            lang.of("输出不是终端：打印列表", "output is no terminal: the list is printed")
        }
        Err(NoScreen::Dumb) => lang.of("TERM=dumb：打印列表", "TERM=dumb: the list is printed"),
        Err(NoScreen::NoKeyboard) => {
            lang.of("没有键盘输入：打印列表", "no keyboard: the list is printed")
        }
    };
    let columns = out.columns.map_or_else(String::new, |columns| format!("{columns} columns, "));
    format!("TERM={}, {columns}{verdict}", variable("TERM"))
}

fn colours() -> String {
    let wanted = if config::wants_colour() { "16" } else { "none" };
    format!("{wanted} (NO_COLOR={}, COLORTERM={})", variable("NO_COLOR"), variable("COLORTERM"))
}

/// Says where the keymap is and what is wrong with it; `false` when something is.
fn report_keymap(out: &mut Output) -> io::Result<bool> {
    let path = config::keymap_file();
    let name =
        path.as_ref().map_or_else(|| "-".to_owned(), |path| display_line(&path.to_string_lossy()));
    let exists = path.as_ref().is_some_and(|path| path.exists());
    let state = if exists {
        ""
    } else {
        out.lang.of("（没有，用默认按键）", " (not there: default keys)")
    };
    out.line(&format!("{:<12}{name}{state}", "keymap"))?;
    let loaded = config::load_keymap(None);
    if let Some((_, error)) = &loaded.unreadable {
        out.line(&format!("{:<12}{error}", ""))?;
    }
    for mistake in &loaded.mistakes {
        out.line(&format!("{:<12}{}", "", display_line(&mistake.message(out.lang))))?;
    }
    Ok(loaded.unreadable.is_none() && loaded.mistakes.is_empty())
}

/// Measures the steps of the main job one after the other, on one thread.
fn report_timings(args: &DoctorArgs, out: &mut Output) -> io::Result<()> {
    let library = if args.open.paths.is_empty() {
        Library::new(Input::Demo, args.open.settings())
    } else {
        stream::library(&args.open)
    };
    let start = Instant::now();
    Library::prepare();
    out.line(&format!("{:<12}{:>9.1} ms", "dictionary", millis(start)))?;
    let start = Instant::now();
    let (mut articles, mut bytes) = (Vec::new(), 0);
    let stream = stream::each(&library, None, out, &mut |_, item| {
        bytes += item.article.text.len();
        articles.push(item.article.clone());
        Ok(())
    })?;
    out.line(&format!(
        "{:<12}{:>9.1} ms  {} articles, {bytes} bytes",
        "read, split",
        millis(start),
        stream.articles
    ))?;
    let start = Instant::now();
    let sentences: usize =
        articles.iter().map(|article| Library::analyze(article).sentences.len()).sum();
    let took = millis(start);
    let each = took / articles.len().max(1) as f64;
    out.line(&format!(
        "{:<12}{took:>9.1} ms  {each:.2} ms an article, {sentences} sentences",
        "analysis"
    ))
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
