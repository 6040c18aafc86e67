//! `zhaidu doctor`: what was found of the terminal, the locale and the configuration, and what to
//! do where something is amiss.

mod measured;
mod ruler;
mod surroundings;
mod timings;
mod tmux;

use std::{env, fmt::Display, io};

use super::{Exit, args::DoctorArgs, decide, lexicon, output::Output};
use crate::{
    config,
    lang::Lang,
    text::{
        display::{DisplayLine, display},
        width::Widths,
        wrap::{Measure, wrap},
    },
    tui::Answer,
};

/// Cells of the column with the names of things.
const LABEL: usize = 12;

pub(super) fn run(args: &DoctorArgs, out: &mut Output) -> io::Result<Exit> {
    if args.tmux {
        tmux::settings(out)?;
        return Ok(Exit::Fine);
    }
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let keymap = config::load_keymap(out.settings().keymap.clone());
    out.line(&display!("zhaidu {} ({})", env!("CARGO_PKG_VERSION"), env::consts::ARCH))?;
    let survey = measured::survey(out)?;
    let plain = survey.as_ref().is_some_and(|survey| survey.answer == Answer::NotUtf8);
    if plain {
        // Parts of other characters could act on such a terminal.
        (out.ascii, out.lang) = (true, Lang::En);
    }
    let lang = out.lang;
    let decided = decide::ambiguous(args.width.ambiguous, &out.loaded);
    let decision = measured::Decision::of(decided, survey.as_ref());
    let mut findings = vec![
        surroundings::locale(lang),
        surroundings::language(lang),
        surroundings::terminal(out, survey.as_ref()),
    ];
    findings.extend(survey.iter().map(|survey| measured::widths(survey, lang)));
    findings.push(decision.finding(lang));
    findings.extend(survey.iter().map(|survey| measured::update(survey, lang)));
    findings.extend([
        surroundings::colours(lang),
        tmux::finding(lang),
        surroundings::clipboard(lang),
        surroundings::sandbox(&out.loaded, lang),
        surroundings::settings(&out.loaded, lang),
        surroundings::keymap(&keymap, lang),
    ]);
    for finding in findings {
        finding.print(out)?;
    }
    if survey.is_some() && !plain {
        out.line("")?;
        ruler::print(decision.widths, out)?;
    }
    if args.timings {
        out.line("")?;
        timings::report(&args.open, lexicon, out)?;
    }
    let sound = keymap.unreadable.is_none() && keymap.mistakes.is_empty() && out.loaded.is_sound();
    Ok(if sound { Exit::Fine } else { Exit::Failed })
}

/// One thing that was looked at.
struct Finding {
    label: &'static str,
    /// What was found.
    found: DisplayLine,
    /// What is wrong with it and what to do.
    advice: Vec<DisplayLine>,
    /// What else there is to know.
    notes: Vec<DisplayLine>,
}

impl Finding {
    fn new(label: &'static str, found: impl Display) -> Self {
        Self { label, found: DisplayLine::of(found), advice: Vec::new(), notes: Vec::new() }
    }

    fn advise(mut self, advice: impl Display) -> Self {
        self.advice.push(DisplayLine::of(advice));
        self
    }

    fn note(mut self, note: impl Display) -> Self {
        self.notes.push(DisplayLine::of(note));
        self
    }

    /// Prints the finding, marked where there is something to do.
    fn print(&self, out: &mut Output) -> io::Result<()> {
        let mark = if self.advice.is_empty() { " " } else { "!" };
        let label = display!("{mark} {}", padded(self.label, LABEL));
        let margin = DisplayLine::of(" ".repeat(LABEL + 2));
        let width = out.columns.map_or(usize::MAX, |columns| columns.saturating_sub(LABEL + 2));
        let measure = Measure { width, indent: 0, hang: 0, widths: out.widths };
        let mut before = &label;
        for line in [&self.found].into_iter().chain(&self.advice).chain(&self.notes) {
            for row in wrap(line.as_str(), measure) {
                let text = line.shown().slice(row.range).trim_end();
                out.line(&display!("{before}{text}"))?;
                before = &margin;
            }
        }
        Ok(())
    }
}

/// `text` with spaces behind it, at least one, up to so many cells.
fn padded(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(Widths::NARROW.cells(text)).max(1)))
}
