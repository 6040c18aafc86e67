//! `zhaidu index --watch`: keeping the index of an archive up to date.

use std::{
    collections::HashSet,
    io, mem, process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    iterator::Signals,
};

use super::{Bar, failed, failure, failures, report, told, totals, update_until};
use crate::{
    cli::{Exit, args::IndexArgs, lexicon, output::Output},
    config,
    lang::Lang,
    library::{
        Library, displayed_problem,
        index::{
            IndexPlace, Outcome, Watch, Woken, take_up,
            watch::{Notice, Waker},
        },
    },
    store::{
        index::{Index, IndexError, Totals},
        overrides::Overrides,
    },
    text::display::{DisplayLine, display},
};

/// How long an update takes before it has a bar: most are over at once.
const PATIENCE: Duration = Duration::from_secs(1);
/// When to try again what another process stood in the way of.
const AGAIN: Duration = Duration::from_secs(2);

/// Updates an index until a signal ends that. Once it was up to date for the first time, to be ended is
/// how all goes well.
pub(super) fn run(
    library: Library,
    place: &IndexPlace,
    args: &IndexArgs,
    out: &mut Output,
) -> io::Result<Exit> {
    let mut watch = Watch::start(&library, place);
    let end = End::listen(watch.waker())?;
    let mut keeper = Keeper { library, place, args, said: HashSet::new(), state: State::Fresh };
    loop {
        let woken = watch.wait(None);
        if let Some(signal) = end.signal() {
            return Ok(if keeper.state == State::Fresh {
                Exit::Signal(signal)
            } else {
                Exit::Fine
            });
        }
        if matches!(woken, Woken::Called | Woken::TimedOut) {
            continue;
        }
        tell(watch.notices(), out);
        match keeper.update(&end, out) {
            Ok(result) => result?,
            Err(IndexError::Busy) => {
                keeper.say([busy(out.lang)], out);
                watch.again(AGAIN);
            }
            Err(error) => return Ok(failed(&error, out)),
        }
    }
}

/// The signal that ends the program.
#[derive(Clone, Default)]
struct End {
    signal: Arc<AtomicI32>,
    cancelled: Arc<AtomicBool>,
}

impl End {
    /// Begins to listen. Not to `SIGHUP`: it ends the program as well, nothing is lost, and `nohup`
    /// can keep it away.
    fn listen(waker: Waker) -> io::Result<Self> {
        let end = Self::default();
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        let heard = end.clone();
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever() {
                // Whoever asks a second time does not want to wait.
                if heard.signal.swap(signal, Ordering::SeqCst) != 0 {
                    process::exit(128 + signal);
                }
                heard.cancelled.store(true, Ordering::SeqCst);
                waker.wake();
            }
        })?;
        Ok(end)
    }

    fn signal(&self) -> Option<i32> {
        Some(self.signal.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }
}

#[derive(PartialEq, Eq)]
enum State {
    /// The index was not up to date yet.
    Fresh,
    /// It was.
    Kept,
}

struct Keeper<'a> {
    library: Library,
    place: &'a IndexPlace,
    args: &'a IndexArgs,
    /// What the last update complained of: that is not said again.
    said: HashSet<String>,
    state: State,
}

impl Keeper<'_> {
    /// Brings the index up to date, and says what came of it.
    fn update(&mut self, end: &End, out: &mut Output) -> Result<io::Result<()>, IndexError> {
        let begun = Instant::now();
        self.read_decisions(out);
        let bar = match self.state {
            State::Fresh => Bar::new(out.lang),
            State::Kept => Bar::new(out.lang).after(PATIENCE),
        };
        let jobs = self.args.jobs.map(|jobs| jobs as usize);
        let mut outcome = update_until(&end.cancelled, &self.library, self.place, jobs, &bar)?;
        let problems = mem::take(&mut outcome.problems);
        report(&outcome, out);
        if outcome.cancelled {
            return Ok(Ok(()));
        }
        let of_walk = problems.iter().map(|problem| {
            let message = displayed_problem(problem, out.lang);
            display!("zhaidu: {message}")
        });
        let mut complaints: Vec<DisplayLine> = of_walk.collect();
        if let Some(index) = Index::open(&self.place.file)? {
            complaints.extend(failures(&index)?.iter().map(|problem| failure(problem, out.lang)));
        }
        self.say(complaints, out);
        let Some(totals) = totals(self.place, out) else { return Ok(Ok(())) };
        match mem::replace(&mut self.state, State::Kept) {
            State::Fresh => Ok(self.greet(&outcome, &totals, begun.elapsed(), out)),
            State::Kept => {
                if outcome.added + outcome.changed + outcome.vanished > 0 {
                    let time = config::time_of_day().unwrap_or_default();
                    out.complain(&line(&time, &outcome, &totals, out.lang));
                }
                Ok(Ok(()))
            }
        }
    }

    /// What the person decided meanwhile counts: others who use the index go by it, too.
    fn read_decisions(&mut self, out: &mut Output) {
        if self.state == State::Fresh {
            return;
        }
        let overrides = match Overrides::load(config::overrides_file()) {
            (overrides, None) if !self.args.open.no_overrides => Some(overrides),
            _ => None,
        };
        take_up(&mut self.library, overrides, lexicon::load(&self.args.lexicon, out));
    }

    /// The line that `index` always prints, and that there will be more.
    fn greet(
        &self,
        outcome: &Outcome,
        totals: &Totals,
        took: Duration,
        out: &mut Output,
    ) -> io::Result<()> {
        out.line(&told(totals, &outcome.progress, took.as_secs_f64(), out.lang))?;
        out.flush()?;
        let name = self.library.name();
        out.complain(&match out.lang {
            Lang::Zh => display!("zhaidu: 正在留意 {name} 的变化，Ctrl-C 结束"),
            Lang::En => display!("zhaidu: watching {name} for changes; Ctrl-C ends it"),
        });
        Ok(())
    }

    /// Complains of what was not complained of the last time.
    fn say(&mut self, complaints: impl IntoIterator<Item = DisplayLine>, out: &mut Output) {
        let mut said = HashSet::new();
        for complaint in complaints {
            let text = complaint.as_str().to_owned();
            if !self.said.contains(&text) && !said.contains(&text) {
                out.complain(&complaint);
            }
            said.insert(text);
        }
        self.said = said;
    }
}

fn tell(notices: Vec<Notice>, out: &mut Output) {
    for notice in notices {
        out.complain(&display!("zhaidu: {}", DisplayLine::new(&notice.message(out.lang))));
    }
}

fn busy(lang: Lang) -> DisplayLine {
    let what = DisplayLine::new(&IndexError::Busy.message(lang));
    let then = lang.of("；稍后再试", "; trying again until it is done");
    display!("zhaidu: {what}{then}")
}

/// What an update did, in files, and how many articles there are now.
fn line(time: &str, outcome: &Outcome, totals: &Totals, lang: Lang) -> DisplayLine {
    let Outcome { added, changed, vanished, .. } = outcome;
    let articles = grouped(totals.articles);
    let unit = lang.of("篇", "articles");
    DisplayLine::new(&format!("{time}  +{added} ~{changed} -{vanished} · {articles} {unit}"))
}

/// A number with a comma between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_a_line() {
        let outcome = Outcome { added: 3, changed: 1, vanished: 2, ..Outcome::default() };
        let totals = |articles| Totals { articles, ..Totals::default() };
        let zh = line("14:03:22", &outcome, &totals(10_004), Lang::Zh);
        assert_eq!(zh.as_str(), "14:03:22  +3 ~1 -2 · 10,004 篇");
        let en = line("14:03:22", &outcome, &totals(999), Lang::En);
        assert_eq!(en.as_str(), "14:03:22  +3 ~1 -2 · 999 articles");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
