//! The loop: takes in what comes, carries out what is asked for, draws.

mod storm;

use std::{
    io,
    sync::mpsc::{
        Receiver,
        RecvTimeoutError::{Disconnected, Timeout},
    },
    time::{Duration, Instant},
};

use ratatui::{buffer::Buffer, layout::Position};

use super::{
    Answer, Ending, Event, Heard, analyst::Analyst, arranger::Arranger, errand::Errand,
    exporter::Exporter, fault, input::Input, keeper::Keeper, marker::Marker, measuring::Measuring,
    probe, recorder::Recorder, report, scanner::Scanner, searcher::Searcher, sifter::Sifter,
    terminal::Terminal, tmux,
};
use crate::{
    app::{
        model::Model,
        msg::{Effect, Msg},
        update::update,
    },
    text::width::Widths,
    view::{
        self,
        canvas::keep_ascii,
        theme::{Theme, Themes},
    },
};

mod away;

/// How long the place where a jump has landed stands out.
const FLASH: Duration = Duration::from_millis(400);
/// Longest that messages are taken in before a frame is drawn.
const FRAME: Duration = Duration::from_millis(16);

pub(super) use away::{Away, Outside};

/// The interface while it runs.
pub(super) struct Shell {
    pub(super) terminal: Terminal,
    pub(super) model: Model,
    pub(super) themes: Themes,
    pub(super) input: Input,
    pub(super) measuring: Measuring,
    /// The program is to stop when an answer that is on its way has come.
    pub(super) stops_when_answered: bool,
    /// The program has stopped itself and not been continued yet: a stop takes effect a little after
    /// it was asked for.
    pub(super) is_stopped: bool,
    /// When what flashes is over; nothing waits for it when nothing flashes.
    pub(super) flashes_until: Option<Instant>,
    pub(super) scanner: Scanner,
    pub(super) arranger: Arranger,
    pub(super) searcher: Searcher,
    pub(super) sifter: Sifter,
    pub(super) analyst: Analyst,
    pub(super) keeper: Keeper,
    pub(super) marker: Marker,
    pub(super) outside: Outside,
    pub(super) exporter: Exporter,
    pub(super) recorder: Recorder,
}

impl Shell {
    /// Takes in what comes and draws, until the end.
    pub(super) fn run(&mut self, events: &Receiver<Event>) -> io::Result<Ending> {
        self.probe()?;
        let mut behind: Option<Event> = None;
        while let Some(event) = behind.take().or_else(|| self.wait(events)) {
            let started = Instant::now();
            let mut next = Some(event);
            // Whatever has piled up is taken in before the next frame, within reason.
            while let Some(event) = next {
                let event = storm::joined(event, events, &mut behind);
                if let Some(ending) = self.take(event)? {
                    return Ok(ending);
                }
                next = next_in_time(events, started, &mut behind);
            }
            self.draw()?;
            self.probe()?;
        }
        Ok(Ending::HungUp)
    }

    /// Waits for what comes next, which may be the end of a flash; `None` when nothing can come.
    fn wait(&mut self, events: &Receiver<Event>) -> Option<Event> {
        self.flashes_until.take_if(|_| self.model.flash.is_none());
        let Some(until) = self.flashes_until else { return events.recv().ok() };
        // What comes without a break must not make it longer.
        let left = until.saturating_duration_since(Instant::now());
        let next = if left.is_zero() { Err(Timeout) } else { events.recv_timeout(left) };
        match next {
            Ok(event) => Some(event),
            Err(Timeout) => {
                self.flashes_until = None;
                Some(Event::Msg(Msg::FlashOver))
            }
            Err(Disconnected) => None,
        }
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match event {
            Event::End(ending) => Ok(Some(ending)),
            Event::Msg(Msg::Key(_) | Msg::Typed(_) | Msg::Paste(_))
                if self.outside.away == Away::Reading =>
            {
                self.come_back()
            }
            // The other program stops and goes on with this one.
            Event::Suspend | Event::Continued if self.outside.away == Away::Lent => Ok(None),
            Event::ForTerminal(bytes, said) => self.send_to_terminal(&bytes, said),
            Event::Errand(errand) => self.set_out(errand).map(|()| None),
            Event::Returned(returned) => self.returned(*returned),
            Event::Suspend => self.suspend(),
            Event::Continued => {
                self.is_stopped = false;
                self.come_back()
            }
            Event::Resized => self.resized(),
            Event::Probed(heard) => self.probed(heard),
            Event::Scheme(background) => {
                self.themes.learn(background);
                Ok(None)
            }
            Event::Tmux(utf8) => {
                if utf8 == tmux::Utf8::No {
                    // In ASCII, because that is all such a client shows.
                    let advice = "tmux shows no Chinese here: detach, then tmux -u attach";
                    self.model.notice = Some(advice.into());
                }
                Ok(None)
            }
            Event::Msg(msg) => self.learn(msg),
        }
    }

    /// Asks the terminal about itself, if that is to be done now.
    fn probe(&mut self) -> io::Result<()> {
        let size = self.model.size;
        if !self.is_here() || !Terminal::is_taken() || !self.measuring.is_due(size.width) {
            return Ok(());
        }
        self.measuring.ask();
        let asked = self.measuring.asked();
        self.input.expect_answers(asked);
        let row = size.height.saturating_sub(1);
        self.terminal.write_through(&probe::request(asked, Some(row)), row)?;
        self.draw()
    }

    /// Waits for an answer that is on its way, before the terminal is given back: it would go to the
    /// shell, as if it had been typed there.
    pub(super) fn see_out(&mut self, events: &Receiver<Event>) {
        let Some(until) = self.measuring.awaited() else { return };
        let left = || until.saturating_duration_since(Instant::now());
        while let Ok(event) = events.recv_timeout(left()) {
            if matches!(event, Event::Probed(_) | Event::End(_)) {
                return;
            }
        }
    }

    fn probed(&mut self, heard: Heard) -> io::Result<Option<Ending>> {
        let silent = self.model.lang.of(
            "终端没有回答测量，用通用间距 (--ambiguous)",
            "the terminal did not answer; using wide spacing (--ambiguous)",
        );
        self.measuring.settle();
        if std::mem::take(&mut self.stops_when_answered) {
            self.suspend()?;
        }
        if let Some(errand) = self.outside.due.take() {
            self.set_out(errand)?;
        }
        if let Some(background) = heard.background {
            self.themes.learn(background);
        }
        let Some(answer) = heard.widths else { return Ok(None) };
        match answer {
            Answer::NotUtf8 => Ok(Some(Ending::NotUtf8)),
            Answer::Measured(widths) => {
                // It did answer, if late.
                self.model.notice.take_if(|notice| notice.as_str() == silent);
                self.learn(Msg::Widths(widths))
            }
            Answer::Silent => {
                self.model.notice = Some(silent.into());
                self.learn(Msg::Widths(Widths::UNIVERSAL))
            }
        }
    }

    fn learn(&mut self, msg: Msg) -> io::Result<Option<Ending>> {
        for effect in update(&mut self.model, msg) {
            if let Some(ending) = self.carry_out(effect)? {
                return Ok(Some(ending));
            }
        }
        Ok(None)
    }

    fn carry_out(&mut self, effect: Effect) -> io::Result<Option<Ending>> {
        match effect {
            Effect::Fetch(keys) => self.analyst.fetch(keys),
            Effect::Analyze(keys) => self.analyst.analyze(keys),
            Effect::Page(key) => self.analyst.page(key),
            Effect::Why(key, sentence) => self.analyst.why(key, sentence),
            Effect::Find(order) => self.analyst.find(order),
            Effect::Arrange(arranging) => self.arranger.take(*arranging),
            Effect::Search(order) => self.searcher.take(order),
            Effect::Count(counting) => self.arranger.count(*counting),
            Effect::Words(text) => self.analyst.words(text),
            Effect::Sift(orders) => self.sifter.find(orders),
            Effect::Decide { source, page, decision } => {
                self.sifter.doubt(source);
                self.keeper.keep(source, page, decision);
            }
            Effect::Mark(batch) => self.marker.keep(batch),
            Effect::Copy(what, text) => self.copy(what, text),
            Effect::CopyCommand(view) => self.copy_command(&view),
            Effect::PlainText(text) => self.show_plain(&text)?,
            Effect::Pipe { command, text } => {
                self.set_out(Box::new(Errand::pipe(&command, text)))?;
            }
            Effect::EditNote(subject) => self.prepare_note(subject),
            Effect::Editor(spot) => self.prepare_editor(spot),
            Effect::Export(order) => self.exporter.take(*order),
            Effect::StopExport => self.exporter.stop(),
            // Whoever tries the demo wants to find it as it is, and something of their own next time.
            Effect::Places(_) | Effect::Remember(_) if self.scanner.is_of_demo() => {}
            Effect::Places(places) => self.recorder.keep_places(places),
            Effect::Remember(memento) => self.recorder.remember(memento),
            Effect::Forget => self.analyst.forget(),
            Effect::Reload(source) => {
                self.analyst.forget();
                self.scanner.reload(source);
            }
            Effect::Invisible(invisible) => self.analyst.show_invisible(invisible),
            Effect::EndFlash => self.flashes_until = Some(Instant::now() + FLASH),
            Effect::Redraw => self.terminal.clear(),
            Effect::Suspend => return self.suspend(),
            Effect::Quit => return Ok(Some(Ending::Quit)),
        }
        Ok(None)
    }

    /// Keeps what is to be come back to.
    pub(super) fn leave(&mut self) {
        for effect in self.model.leave() {
            // Keeping ends nothing.
            let _ = self.carry_out(effect);
        }
    }

    fn suspend(&mut self) -> io::Result<Option<Ending>> {
        if self.measuring.awaited().is_some() {
            // It would go to the shell, as if it had been typed there.
            self.stops_when_answered = true;
            return Ok(None);
        }
        if self.terminal.suspend()? {
            self.is_stopped = true;
            return Ok(None);
        }
        let alone = self.model.lang.of("没有可以返回的 shell", "no shell to return to");
        self.model.notice = Some(alone.into());
        Ok(None)
    }

    /// Takes the terminal as it is now: whoever had it meanwhile may have changed everything.
    fn resume(&mut self) -> io::Result<Option<Ending>> {
        if !self.terminal.retake()? {
            return Ok(None);
        }
        self.measuring.begin_anew();
        self.input.begin_anew();
        self.resized()
    }

    /// Asks the terminal for its size: what was reported with a change may be outdated, and a
    /// change before the thread that reads keys has started is reported by the signal only.
    fn resized(&mut self) -> io::Result<Option<Ending>> {
        let size = self.terminal.measure()?;
        self.learn(Msg::Resize(size))
    }

    /// Draws, unless another job has the terminal: then there is nothing of ours to draw on.
    fn draw(&mut self) -> io::Result<()> {
        let is_ours = self.is_here() && !self.is_stopped;
        if !is_ours || (!Terminal::is_taken() && !self.terminal.retake()?) {
            return Ok(());
        }
        report::look_at(self.model.selected_id());
        fault::point("draw");
        self.terminal.report_mouse(self.model.mouse.is_on)?;
        let theme = self.themes.wear(self.model.theme.name);
        let (model, measuring) = (&self.model, self.measuring);
        self.terminal.draw(|picture| paint(model, &theme, measuring, picture))
    }
}

/// Paints the picture; the place of its caret.
pub(super) fn paint(
    model: &Model,
    theme: &Theme,
    measuring: Measuring,
    picture: &mut Buffer,
) -> Option<Position> {
    view::draw(model, theme, picture);
    if !measuring.allows_text() {
        keep_ascii(picture);
    }
    view::caret(model)
}

/// Another event, the one `behind` first, if there is one and the time for a frame is not up. The clock comes
/// first: an event that has been received must be taken.
fn next_in_time(
    events: &Receiver<Event>,
    started: Instant,
    behind: &mut Option<Event>,
) -> Option<Event> {
    if started.elapsed() >= FRAME {
        return None;
    }
    behind.take().or_else(|| events.try_recv().ok())
}

#[cfg(test)]
mod tests;
