//! The one writer to standard output and standard error.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::{self, BufWriter, IsTerminal, Stdout, Write},
    panic, thread,
};

use rustix::termios::tcgetwinsize;

use crate::{
    config::{LoadedSettings, settings::Settings},
    lang::Lang,
    text::{
        display::{DisplayLine, DisplayStr, display},
        width::Widths,
    },
};

/// Standard output for results, standard error for everything else; and what shapes what is printed.
pub(super) struct Output {
    out: BufWriter<Stdout>,
    /// Whether a result was written.
    is_begun: bool,
    /// Language of messages.
    pub(super) lang: Lang,
    /// What the person set.
    pub(super) loaded: LoadedSettings,
    /// Columns of the terminal that the output goes to; `None` when it is no terminal.
    pub(super) columns: Option<usize>,
    /// What characters take on the terminal.
    pub(super) widths: Widths,
    /// The terminal shows nothing but ASCII: every other character is printed as `?`, because
    /// parts of it could act on the terminal.
    pub(super) ascii: bool,
}

impl Output {
    pub(super) fn new(lang: Lang, loaded: LoadedSettings) -> Self {
        let stdout = io::stdout();
        let columns = stdout.is_terminal().then(|| {
            let size = tcgetwinsize(&stdout).ok().map(|size| usize::from(size.ws_col));
            size.filter(|columns| *columns > 0).unwrap_or(80)
        });
        let (out, widths) = (BufWriter::new(stdout), Widths::default());
        Self { out, is_begun: false, lang, loaded, columns, widths, ascii: false }
    }

    /// Whether a result was written, so that none can be made again from the beginning.
    pub(super) fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// The settings in force.
    pub(super) fn settings(&self) -> &Settings {
        self.loaded.settings()
    }

    /// Writes a line.
    pub(super) fn line<'a>(&mut self, text: impl Into<DisplayStr<'a>>) -> io::Result<()> {
        self.text(text.into())?;
        self.write_all(b"\n")
    }

    fn text(&mut self, text: DisplayStr) -> io::Result<()> {
        if self.ascii {
            return self.write_all(in_ascii(text).as_bytes());
        }
        self.write_all(text.as_str().as_bytes())
    }

    /// Writes a row of fields, a tab between them.
    pub(super) fn row(&mut self, fields: &[DisplayLine]) -> io::Result<()> {
        for (at, field) in fields.iter().enumerate() {
            self.write_all(if at == 0 { b"" } else { b"\t" })?;
            self.text(field.shown())?;
        }
        self.write_all(b"\n")
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says something about the work on standard error. What cannot be said there cannot be said
    /// at all.
    pub(super) fn complain<'a>(&mut self, text: impl Into<DisplayStr<'a>>) {
        let _ = self.out.flush();
        let text = text.into();
        let _ = if self.ascii {
            writeln!(io::stderr().lock(), "{}", in_ascii(text))
        } else {
            writeln!(io::stderr().lock(), "{text}")
        };
    }
}

/// Reports panics on standard error, made safe: a message may quote a text.
pub(super) fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let mut err = io::stderr().lock();
        let thread = thread::current();
        let name = thread.name().unwrap_or("-");
        // In one piece: what is typed meanwhile may be shown between two.
        let line = format!("{}\n", display!("zhaidu: {name}: {info}"));
        let _ = err.write_all(line.as_bytes());
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            for line in trace.to_string().lines() {
                let _ = writeln!(err, "{}", display!("{line}"));
            }
        }
    }));
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_begun = true;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn in_ascii(text: DisplayStr) -> String {
    text.as_str().chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()
}
