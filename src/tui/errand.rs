//! A program of the person's that has the terminal for a while: a shell command that gets an article,
//! or an editor.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::ExitStatus,
    time::SystemTime,
};

use super::spawn;
use crate::{
    app::marks::MarkSubject,
    guard::{Lent, Program, Starter, Streamed},
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// Most bytes that are read of what an editor has written for a note; far less is kept.
const MOST_OF_A_NOTE: u64 = 1 << 20;

/// What is to be run.
#[derive(Debug)]
pub(super) struct Errand {
    program: Program,
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
    Editor { own: Option<(u32, PathBuf)>, copy: Option<Lent> },
    /// It writes a note.
    Note(Box<NoteFile>),
}

/// What came of an errand.
#[derive(Debug)]
pub(super) struct Returned {
    name: DisplayLine,
    outcome: io::Result<ExitStatus>,
    /// Whether its output stands on the screen and is to be looked at.
    pub(super) is_seen: bool,
    /// The source that it has changed.
    pub(super) changed: Option<u32>,
    /// Whether a copy was changed, which is gone now.
    is_lost: bool,
    /// What became of the note that it was to write.
    note: Option<Written>,
}

/// A note on its way through an editor.
#[derive(Debug)]
struct NoteFile {
    subject: MarkSubject,
    /// What the file was given.
    before: String,
    file: Lent,
}

/// What became of a note in an editor.
#[derive(Debug)]
enum Written {
    /// It is as it was.
    Same,
    /// It is this now.
    Other(MarkSubject, String),
    /// It cannot be read.
    Unreadable,
}

impl Errand {
    /// A shell command with a text at its standard input.
    pub(super) fn pipe(line: &str, text: String) -> Self {
        let program = Program::new(["sh", "-c", line]);
        Self { program, name: DisplayLine::new(line), kind: Kind::Pipe(text) }
    }

    /// An editor on the file of a source, or on a copy.
    pub(super) fn editor(
        program: Program,
        name: DisplayLine,
        own: Option<(u32, PathBuf)>,
        copy: Option<Lent>,
    ) -> Self {
        Self { program, name, kind: Kind::Editor { own, copy } }
    }

    /// An editor for the note about an article; `start` makes the program for a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub(super) fn note(
        subject: MarkSubject,
        name: DisplayLine,
        (starter, start): (&Starter, impl FnOnce(&Path) -> Program),
    ) -> io::Result<Self> {
        let note = &subject.note;
        let before = if note.is_empty() { String::new() } else { format!("{note}\n") };
        let file = starter.copy("note.md", &before)?;
        let program = start(file.path());
        let file = NoteFile { subject, before, file };
        Ok(Self { program, name, kind: Kind::Note(Box::new(file)) })
    }

    /// The line that is shown before it runs, if any.
    pub(super) fn head(&self) -> Option<DisplayLine> {
        matches!(self.kind, Kind::Pipe(_)).then(|| display!("| {}", self.name))
    }

    /// Runs it to its end.
    pub(super) fn run(self, starter: &Starter) -> Returned {
        let Self { program, name, kind } = self;
        let (own, copy) = match &kind {
            Kind::Editor { own, copy } => {
                (own.clone(), copy.as_ref().map(|copy| copy.path().to_owned()))
            }
            Kind::Pipe(_) | Kind::Note(_) => (None, None),
        };
        let file = own.as_ref().map(|(_, path)| path).or(copy.as_ref());
        let before = file.map(|path| modified(path));
        let is_seen = matches!(kind, Kind::Pipe(_));
        let outcome = match &kind {
            Kind::Pipe(text) => fed(program, text.clone(), starter),
            Kind::Editor { .. } | Kind::Note(_) => starter.run(program),
        };
        // It has no limit.
        let outcome = outcome.map(Option::unwrap_or_default);
        let is_changed = file.map(|path| modified(path)) != before;
        let is_lost = is_changed && copy.is_some();
        let changed = own.filter(|_| is_changed).map(|(source, _)| source);
        let note = match kind {
            Kind::Note(file) => Some(file.written()),
            Kind::Pipe(_) | Kind::Editor { .. } => None,
        };
        Returned { name, outcome, is_seen, changed, is_lost, note }
    }
}

impl NoteFile {
    /// What the editor has written.
    fn written(self) -> Written {
        let read = File::open(self.file.path()).and_then(|file| {
            let mut text = String::new();
            file.take(MOST_OF_A_NOTE).read_to_string(&mut text).map(|_| text)
        });
        match read {
            Ok(text) if text == self.before => Written::Same,
            Ok(text) => Written::Other(self.subject, text),
            Err(_) => Written::Unreadable,
        }
    }
}

/// Runs a program that gets a text.
fn fed(program: Program, text: String, starter: &Starter) -> io::Result<Option<ExitStatus>> {
    let (read, mut write) = io::pipe()?;
    // It may end, or leave something running, without reading all of it.
    spawn("pipe", move || drop(write.write_all(text.as_bytes())));
    starter.run(program.input(Streamed::File(read.into())))
}

/// When a file was changed last, if that is known.
fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|it| it.modified()).ok()
}

impl Returned {
    /// What was written for the note about an article, if the editor ended well.
    pub(super) fn noted(&mut self) -> Option<(MarkSubject, String)> {
        let is_well = self.outcome.as_ref().is_ok_and(ExitStatus::success);
        match self.note.take_if(|note| is_well && matches!(note, Written::Other(..)))? {
            Written::Other(subject, text) => Some((subject, text)),
            Written::Same | Written::Unreadable => None,
        }
    }

    /// How it ended, in words; nothing to say about an editor that ended well.
    pub(super) fn told(&self, lang: Lang) -> Option<DisplayLine> {
        let told = self.told_of_end(lang);
        let kept = match (&self.note, &self.outcome) {
            (None, _) => return told,
            // What to do comes before what the system says, which may have no room.
            (Some(_), Err(error)) => {
                let failed = lang.of(
                    "无法启动，请检查 $VISUAL 和 $EDITOR",
                    "cannot be started, look at $VISUAL and $EDITOR",
                );
                return Some(display!("{}: {failed} ({error})", self.name));
            }
            (Some(Written::Unreadable), Ok(status)) if status.success() => lang.of(
                "备注没有改：文件不在了，或者不是 UTF-8",
                "the note stays as it was: its file is gone, or not in UTF-8",
            ),
            (Some(_), Ok(status)) if status.success() => {
                return Some(lang.of("备注没有改动", "the note is as it was").into());
            }
            (Some(_), Ok(_)) => lang.of("备注没有改", "the note stays as it was"),
        };
        Some(
            told.map_or_else(
                || kept.into(),
                |told| display!("{told}{}{kept}", lang.of("，", ", ")),
            ),
        )
    }

    fn told_of_end(&self, lang: Lang) -> Option<DisplayLine> {
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
    use crate::article::{ArticleId, MarkedArticle};

    #[test]
    fn a_command_gets_the_text_and_its_end_is_told() {
        for (line, told) in [
            ("test \"$(cat)\" = 江水清了。", "退出码 0"),
            ("exit 3", "退出码 3"),
            ("kill -9 $$", "被信号终止 9"),
            ("no-such-command-here 2>/dev/null", "退出码 127"),
        ] {
            let returned = Errand::pipe(line, "江水清了。\n".to_owned()).run(&Starter::Here);
            let said = returned.told(Lang::Zh).expect("it is told");
            assert!(said.as_str().ends_with(told), "{said}");
            assert!(returned.is_seen && returned.changed.is_none());
        }
    }

    #[test]
    fn a_command_need_not_read_what_it_gets() {
        let returned = Errand::pipe("true", "水".repeat(1_000_000)).run(&Starter::Here);
        assert_eq!(returned.told(Lang::En), Some("true: exit code 0".into()));
    }

    #[test]
    fn an_editor_that_is_not_there_is_told() {
        let program = Program::new(["/nonexistent/editor"]);
        let returned = Errand::editor(program, "editor".into(), None, None).run(&Starter::Here);
        let said = returned.told(Lang::En).expect("it is told");
        assert!(said.as_str().starts_with("editor: cannot be started"), "{said}");
    }

    #[test]
    fn a_note_is_what_the_editor_has_written() {
        let about = |note: &str| {
            let (id, path, title) = (ArticleId([7; 16]), String::new(), String::new());
            MarkSubject { article: MarkedArticle { id, path, title }, note: note.to_owned() }
        };
        for (script, written, told) in [
            ("test \"$(cat \"$0\")\" = 再读 && echo 核对 >> \"$0\"", Some("再读\n核对\n"), None),
            ("echo 桥 > \"$0.new\"; mv \"$0.new\" \"$0\"", Some("桥\n"), None),
            (": > \"$0\"", Some(""), None),
            ("exit 0", None, Some("the note is as it was")),
            ("echo 桥 > \"$0\"; exit 3", None, Some("sh: exit code 3, the note stays as it was")),
            (
                "rm \"$0\"",
                None,
                Some("the note stays as it was: its file is gone, or not in UTF-8"),
            ),
            (
                "printf '\\377' > \"$0\"",
                None,
                Some("the note stays as it was: its file is gone, or not in UTF-8"),
            ),
            (
                "ls -l \"$0\" | grep -q '^-rw-------' && exit 9",
                None,
                Some("sh: exit code 9, the note stays as it was"),
            ),
        ] {
            let mut file = PathBuf::new();
            let start = |path: &Path| {
                path.clone_into(&mut file);
                Program::new(["sh".into(), "-c".into(), script.into(), path.to_owned()])
            };
            let errand = Errand::note(about("再读"), "sh".into(), (&Starter::Here, start));
            let mut returned = errand.expect("a file").run(&Starter::Here);
            let noted = returned.noted();
            assert_eq!(noted.as_ref().map(|(_, text)| text.as_str()), written, "{script}");
            let said = returned.told(Lang::En);
            assert_eq!(said.as_ref().map(DisplayLine::as_str), told, "{script}");
            assert!(file.ends_with("note.md") && !file.exists(), "{script}");
        }
        let gone = |_: &Path| Program::new(["/nonexistent/editor"]);
        let errand = Errand::note(about(""), "editor".into(), (&Starter::Here, gone));
        let returned = errand.expect("a file").run(&Starter::Here);
        let said = returned.told(Lang::En).expect("it is told");
        let start = "editor: cannot be started, look at $VISUAL and $EDITOR (";
        assert!(said.as_str().starts_with(start), "{said}");
    }

    #[test]
    fn a_file_that_was_changed_is_read_again() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        for (script, changed) in [("exit 0", None), ("sleep 0.02; echo x >> \"$0\"", Some(7))] {
            let words = ["sh".into(), "-c".into(), script.into(), file.path().to_owned()];
            let own = Some((7, file.path().to_owned()));
            let returned =
                Errand::editor(Program::new(words), "sh".into(), own, None).run(&Starter::Here);
            assert_eq!((returned.changed, returned.told(Lang::En)), (changed, None), "{script}");
        }
    }

    #[test]
    fn who_changes_a_copy_is_told_that_it_is_gone() {
        let copy = Starter::Here.copy("text.txt", "水").expect("a file");
        let script = "sleep 0.02; echo x >> \"$0\"".into();
        let program = Program::new(["sh".into(), "-c".into(), script, copy.path().to_owned()]);
        let returned = Errand::editor(program, "sh".into(), None, Some(copy)).run(&Starter::Here);
        assert_eq!(returned.told(Lang::En), Some("changes to a copy are not kept".into()));
    }
}
