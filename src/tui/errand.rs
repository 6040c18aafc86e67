//! A program of the person's that has the terminal for a while: a shell command that gets an article,
//! or an editor.

use std::{
    fs,
    io::Write as _,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::SystemTime,
};

use tempfile::NamedTempFile;

use super::spawn;
use crate::{
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// What is to be run.
#[derive(Debug)]
pub(super) struct Errand {
    command: Command,
    /// What it is called.
    name: DisplayLine,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// It reads this, and what it writes is looked at before the interface comes back.
    Pipe(String),
    /// It may change this source, which lies in this file; or it shows a copy, which is kept until it
    /// has ended.
    Editor { own: Option<(u32, PathBuf)>, copy: Option<NamedTempFile> },
}

/// What came of an errand.
#[derive(Debug)]
pub(super) struct Returned {
    name: DisplayLine,
    outcome: std::io::Result<ExitStatus>,
    /// Whether its output stands on the screen and is to be looked at.
    pub(super) is_seen: bool,
    /// The source that it has changed.
    pub(super) changed: Option<u32>,
    /// Whether a copy was changed, which is gone now.
    is_lost: bool,
}

impl Errand {
    /// A shell command with a text at its standard input.
    pub(super) fn pipe(line: &str, text: String) -> Self {
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).stdin(Stdio::piped());
        Self { command, name: DisplayLine::new(line), kind: Kind::Pipe(text) }
    }

    /// An editor on the file of a source, or on a copy.
    pub(super) fn editor(
        command: Command,
        name: DisplayLine,
        own: Option<(u32, PathBuf)>,
        copy: Option<NamedTempFile>,
    ) -> Self {
        Self { command, name, kind: Kind::Editor { own, copy } }
    }

    /// The line that is shown before it runs, if any.
    pub(super) fn head(&self) -> Option<DisplayLine> {
        matches!(self.kind, Kind::Pipe(_)).then(|| display!("| {}", self.name))
    }

    /// Runs it to its end.
    pub(super) fn run(mut self) -> Returned {
        let (own, copy) = match &self.kind {
            Kind::Editor { own, copy } => {
                (own.clone(), copy.as_ref().map(|copy| copy.path().to_owned()))
            }
            Kind::Pipe(_) => (None, None),
        };
        let file = own.as_ref().map(|(_, path)| path).or(copy.as_ref());
        let before = file.map(|path| modified(path));
        let is_seen = matches!(self.kind, Kind::Pipe(_));
        let outcome = self.command.spawn().and_then(|mut child| {
            if let (Some(mut input), Kind::Pipe(text)) = (child.stdin.take(), &mut self.kind) {
                let text = std::mem::take(text);
                // It may end, or leave something running, without reading all of it.
                spawn("pipe", move || drop(input.write_all(text.as_bytes())));
            }
            child.wait()
        });
        let is_changed = file.map(|path| modified(path)) != before;
        let is_lost = is_changed && copy.is_some();
        let changed = own.filter(|_| is_changed).map(|(source, _)| source);
        Returned { name: self.name, outcome, is_seen, changed, is_lost }
    }
}

/// When a file was changed last, if that is known.
fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|it| it.modified()).ok()
}

impl Returned {
    /// How it ended, in words; nothing to say about an editor that ended well.
    pub(super) fn told(&self, lang: Lang) -> Option<DisplayLine> {
        let name = &self.name;
        Some(match &self.outcome {
            Err(error) => {
                let failed = lang.of("无法启动", "cannot be started");
                display!("{name}: {failed} ({error})")
            }
            Ok(status) => match (status.code(), status.signal()) {
                (Some(0), _) if self.is_lost => {
                    lang.of("那是副本，改动没有保留", "changes to a copy are not kept").into()
                }
                (Some(0), _) if !self.is_seen => return None,
                (Some(code), _) => display!("{name}: {} {code}", lang.of("退出码", "exit code")),
                (None, signal) => {
                    let signal = signal.unwrap_or_default();
                    display!("{name}: {} {signal}", lang.of("被信号终止", "killed by signal"))
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_gets_the_text_and_its_end_is_told() {
        for (line, told) in [
            ("test \"$(cat)\" = 江水清了。", "退出码 0"),
            ("exit 3", "退出码 3"),
            ("kill -9 $$", "被信号终止 9"),
            ("no-such-command-here 2>/dev/null", "退出码 127"),
        ] {
            let returned = Errand::pipe(line, "江水清了。\n".to_owned()).run();
            let said = returned.told(Lang::Zh).expect("it is told");
            assert!(said.as_str().ends_with(told), "{said}");
            assert!(returned.is_seen && returned.changed.is_none());
        }
    }

    #[test]
    fn a_command_need_not_read_what_it_gets() {
        let returned = Errand::pipe("true", "水".repeat(1_000_000)).run();
        assert_eq!(returned.told(Lang::En), Some("true: exit code 0".into()));
    }

    #[test]
    fn an_editor_that_is_not_there_is_told() {
        let command = Command::new("/nonexistent/editor");
        let returned = Errand::editor(command, "editor".into(), None, None).run();
        let said = returned.told(Lang::En).expect("it is told");
        assert!(said.as_str().starts_with("editor: cannot be started"), "{said}");
    }

    #[test]
    fn a_file_that_was_changed_is_read_again() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        for (script, changed) in [("exit 0", None), ("sleep 0.02; echo x >> \"$0\"", Some(7))] {
            let mut command = Command::new("sh");
            command.arg("-c").arg(script).arg(file.path());
            let own = Some((7, file.path().to_owned()));
            let returned = Errand::editor(command, "sh".into(), own, None).run();
            assert_eq!((returned.changed, returned.told(Lang::En)), (changed, None), "{script}");
        }
    }

    #[test]
    fn who_changes_a_copy_is_told_that_it_is_gone() {
        let copy = tempfile::NamedTempFile::new().expect("a file");
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 0.02; echo x >> \"$0\""]).arg(copy.path());
        let returned = Errand::editor(command, "sh".into(), None, Some(copy)).run();
        assert_eq!(returned.told(Lang::En), Some("changes to a copy are not kept".into()));
    }
}
