//! While the screen is not the interface's: another program has the terminal, or a text stands there
//! alone until a key is pressed.

use std::{io, sync::Arc, sync::mpsc::Sender};

use super::{Ending, Event, Shell};
use crate::{
    app::{
        action::CopyWhat,
        copying::View,
        marks::MarkSubject,
        msg::{Msg, Spot},
    },
    guard::Starter,
    library::Library,
    text::{display::DisplayLine, sanitize::DisplayText},
    tui::{
        clipboard::Clipboard,
        command::{self, Opened},
        editor,
        errand::{Errand, Returned},
        scanner::Entries,
        spawn,
        terminal::Terminal,
    },
};

/// Who has the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) enum Away {
    /// The interface.
    #[default]
    Here,
    /// Another program, and the keyboard with it.
    Lent,
    /// A text that is looked at; any key leads back.
    Reading,
}

/// What is needed to take something elsewhere.
pub(in crate::tui) struct Outside {
    pub(in crate::tui) clipboard: Clipboard,
    /// Who starts other programs.
    pub(in crate::tui) starter: Starter,
    pub(in crate::tui) library: Arc<Library>,
    pub(in crate::tui) entries: Entries,
    pub(in crate::tui) opened: Opened,
    pub(in crate::tui) sender: Sender<Event>,
    pub(in crate::tui) away: Away,
    /// What waits for an answer of the terminal, which would go to another program.
    pub(in crate::tui) due: Option<Box<Errand>>,
}

impl Shell {
    /// Whether the interface has the screen.
    pub(super) fn is_here(&self) -> bool {
        self.outside.away == Away::Here
    }

    /// Sends a text to the clipboard.
    pub(super) fn copy(&self, what: CopyWhat, text: String) {
        self.outside.clipboard.copy(what.name(self.model.lang).into(), text);
    }

    /// Sends the command line that prints a view to the clipboard.
    pub(super) fn copy_command(&mut self, view: &View) {
        let lang = self.model.lang;
        let entry = |key: crate::listing::ArticleKey| self.outside.entries.get(key.source);
        match command::line(view, &self.outside.opened, entry, lang) {
            Ok(line) => self.copy(CopyWhat::CommandLine, line),
            Err(why) => self.model.notice = Some(DisplayLine::new(why)),
        }
    }

    /// Writes a sequence that carries a text to the terminal's clipboard, and says so.
    pub(super) fn send_to_terminal(
        &mut self,
        bytes: &[u8],
        said: DisplayLine,
    ) -> io::Result<Option<Ending>> {
        if self.is_stopped || !Terminal::is_taken() {
            let lost = self.model.lang.of("没有送出", "it was not sent");
            return self.learn(Msg::Said(lost.into()));
        }
        self.terminal.write_between_frames(bytes)?;
        self.learn(Msg::Said(said))
    }

    /// Shows a text alone.
    pub(super) fn show_plain(&mut self, text: &DisplayText) -> io::Result<()> {
        let back = self.model.lang.of("按任意键返回", "any key leads back");
        self.terminal.show_plain(text.shown(), back.into())?;
        self.outside.away = Away::Reading;
        Ok(())
    }

    /// Prepares an editor on a thread of its own: the source is read for it.
    pub(super) fn prepare_editor(&mut self, spot: Spot) {
        let lang = self.model.lang;
        let Some(entry) = self.outside.entries.get(spot.key.source) else {
            let gone = lang.of("列表里还没有这一篇", "it is not in the list yet");
            self.model.notice = Some(gone.into());
            return;
        };
        let (library, sender) = (self.outside.library.clone(), self.outside.sender.clone());
        let starter = self.outside.starter.clone();
        spawn("editor", move || {
            let event = match editor::errand(&library, &entry, spot, (&starter, lang)) {
                Ok(errand) => Event::Errand(Box::new(errand)),
                Err(why) => Event::Msg(Msg::Said(why)),
            };
            let _ = sender.send(event);
        });
    }

    /// Prepares an editor for a note on a thread of its own: it makes a file.
    pub(super) fn prepare_note(&self, subject: MarkSubject) {
        let (lang, sender) = (self.model.lang, self.outside.sender.clone());
        let starter = self.outside.starter.clone();
        spawn("editor", move || {
            let event = match editor::note(subject, (&starter, lang)) {
                Ok(errand) => Event::Errand(Box::new(errand)),
                Err(why) => Event::Msg(Msg::Said(why)),
            };
            let _ = sender.send(event);
        });
    }

    /// Gives the terminal to another program, as soon as no answer is on its way.
    pub(super) fn set_out(&mut self, errand: Box<Errand>) -> io::Result<()> {
        if !self.is_here() || self.is_stopped || !Terminal::is_taken() {
            return Ok(());
        }
        if self.measuring.awaited().is_some() {
            self.outside.due = Some(errand);
            return Ok(());
        }
        self.input.pause();
        self.terminal.lend(errand.head().as_ref())?;
        self.outside.away = Away::Lent;
        let (sender, starter) = (self.outside.sender.clone(), self.outside.starter.clone());
        let run = move || drop(sender.send(Event::Returned(Box::new(errand.run(&starter)))));
        if spawn("errand", run).is_none() {
            self.terminal.end_lending();
            self.input.resume()?;
            self.come_back()?;
        }
        Ok(())
    }

    /// Takes the terminal back from another program.
    pub(super) fn returned(&mut self, mut returned: Returned) -> io::Result<Option<Ending>> {
        let lang = self.model.lang;
        self.terminal.end_lending();
        self.input.resume()?;
        let noted = returned.noted();
        let told = returned.told(lang);
        if returned.is_seen {
            let back = lang.of("按任意键返回", "any key leads back");
            self.terminal.ask_for_key(&told.unwrap_or_default(), back.into())?;
            self.outside.away = Away::Reading;
            return Ok(None);
        }
        let ending = self.come_back()?;
        if let Some(source) = returned.changed {
            self.scanner.reload(source);
            if let Some(ending) = self.learn(Msg::Changed(vec![source]))? {
                return Ok(Some(ending));
            }
        }
        if let Some((subject, text)) = noted
            && let Some(ending) = self.learn(Msg::Noted(subject, text))?
        {
            return Ok(Some(ending));
        }
        self.model.notice = told.or(self.model.notice.take());
        Ok(ending)
    }

    /// The interface has the screen again.
    pub(super) fn come_back(&mut self) -> io::Result<Option<Ending>> {
        self.outside.away = Away::Here;
        self.resume()
    }
}
