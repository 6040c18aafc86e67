//! What commands print, on a terminal and for programs, and what the interface shows of an archive.

use std::{
    ffi::{OsStr, OsString},
    fs,
};

use serde_json::Value;

use crate::{
    harness::{grammar, screen::has, session::Launch},
    run::{Live, Run},
};

/// Words of a command line, with paths behind them.
pub(crate) fn words<'a>(
    words: &[&str],
    paths: impl IntoIterator<Item = &'a OsStr>,
) -> Vec<OsString> {
    let words = words.iter().map(OsString::from);
    words.chain(paths.into_iter().map(OsStr::to_owned)).collect()
}

impl Run {
    /// Runs a command in a terminal; what it printed, and what it said on standard error, which is a file: there is
    /// no progress then, which is shown by sequences.
    pub(crate) fn printed(&mut self, args: &[OsString], code: u32) -> String {
        let script = r#"exec "$ZHAIDU" "$@" 2>"$HOME/said""#;
        let shell = ["sh", "-c", script, "sh"].into_iter().map(OsString::from);
        let launch = self.any(shell.chain(args.iter().cloned()));
        let printed = self.shown(launch, code);
        let said = fs::read(self.home().join("said")).expect("what was said");
        grammar::check(&said);
        let printed = printed + &String::from_utf8_lossy(&said);
        assert!(!printed.contains('\x1b'), "{args:?} prints a sequence: {printed:?}");
        printed
    }

    /// Runs a command that fails before there could be any progress; what it said in the terminal.
    pub(crate) fn refused(&mut self, args: &[OsString]) -> String {
        let said = self.shown(self.zhaidu(args), 2);
        assert!(!said.contains('\x1b'), "{args:?} prints a sequence: {said:?}");
        said
    }

    fn shown(&mut self, launch: Launch, code: u32) -> String {
        let mut live = self.start(launch.size(160, 60).env("NO_COLOR", "1"));
        live.wait_exit();
        let shown = String::from_utf8_lossy(live.raw()).into_owned();
        self.count("commands", 1);
        self.ends(live, code);
        shown
    }

    /// What a command prints as JSON, and its exit code.
    pub(crate) fn json(&self, args: &[OsString]) -> (Value, Option<i32>) {
        let output = self.command(args).output().expect("the program starts");
        let json = serde_json::from_slice(&output.stdout);
        let json = json.unwrap_or_else(|error| {
            let printed = String::from_utf8_lossy(&output.stdout);
            panic!("{args:?}: {error}: {printed}{}", String::from_utf8_lossy(&output.stderr))
        });
        (json, output.status.code())
    }

    /// Opens an archive in the interface on a large screen, and waits until all of its articles are there.
    pub(crate) fn opened(&mut self, args: &[OsString], articles: usize) -> Live {
        let mut live = self.start(self.zhaidu(args).size(160, 45));
        live.wait_for("the whole archive", |screen| {
            has(screen, &format!("1/{articles}  ")) && has(screen, &format!("{articles} 篇"))
        });
        live
    }
}

/// Looks at so many of all articles, from the first on, in the pane of the text.
pub(crate) fn look_through(live: &mut Live, count: usize, articles: usize) {
    live.send("\x1b1gg\r");
    live.wait_for_text(">正文");
    for number in 2..=count {
        live.send("J");
        live.wait_for_text(&format!("{number}/{articles}  "));
    }
    live.send("\x1b1gg");
    live.wait_for_text(&format!(">文章 1/{articles}"));
}
