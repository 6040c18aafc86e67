//! tmux, which answers for the terminal outside and cannot know its widths.

use std::io;

use super::{Finding, surroundings::variable};
use crate::{
    cli::output::Output,
    guard::Starter,
    lang::Lang,
    text::{display::display, width::ambiguous_ranges},
    tui::tmux::{Utf8, client_utf8, version},
};

/// What tmux there is around the program.
pub(super) fn finding(lang: Lang) -> Finding {
    if variable("TMUX").is_none() {
        return Finding::new("tmux", lang.of("不在 tmux 里", "not inside tmux"));
    }
    let version = version().unwrap_or_else(|| lang.of("版本不明", "version unknown").to_owned());
    let inside = lang.of("在 tmux 里", "inside tmux");
    let utf8 = client_utf8(&Starter::Here);
    let client = match utf8 {
        Utf8::Yes => "client_utf8=1",
        Utf8::No => "client_utf8=0",
        Utf8::Unknown => lang.of("没有回答", "no answer"),
    };
    let mut finding = Finding::new("tmux", format!("{inside} ({version}, {client})"));
    if utf8 == Utf8::No {
        finding = finding.advise("tmux shows no Chinese here: detach, then tmux -u attach");
    }
    finding.note(lang.of(
        "外面的终端把“”…算两格时：zhaidu doctor --tmux 打出 tmux 3.7 的设置",
        "if the terminal outside gives “”… two cells: zhaidu doctor --tmux prints settings",
    ))
}

/// Prints the lines for `~/.tmux.conf` that make tmux take all ambiguous characters for wide.
pub(super) fn settings(out: &mut Output) -> io::Result<()> {
    out.line(out.lang.of(
        "# tmux 3.7 以后：外面的终端把不定宽的字算两格时，放进 ~/.tmux.conf",
        "# tmux 3.7 and later, for ~/.tmux.conf, when the terminal outside has wide characters",
    ))?;
    for (number, (first, last)) in ambiguous_ranges().iter().enumerate() {
        let (first, last) = (u32::from(*first), u32::from(*last));
        out.line(&display!("set -s codepoint-widths[{number}] \"U+{first:04X}-U+{last:04X}=2\""))?;
    }
    Ok(())
}
