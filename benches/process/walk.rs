//! Walks through archives of many articles whose index is there: how soon the list, how soon each
//! key is answered, and what it all takes in memory.

use std::{env, io, process::Command, time::Duration};

use jieba_rs::Jieba;

use crate::{
    Figure, account,
    archives::Archive,
    opening::{big_archive, millis},
    session::{Session, frame_is_complete},
};

/// Makes this program take what the dictionary takes, and say so.
pub(crate) const DICTIONARY: &str = "only-load";
/// Times that each walk is done from the start; the best of each key counts.
const RUNS: usize = 3;
/// What a person waits after a key, whether the program is done or not.
const PAUSE: Duration = Duration::from_millis(120);
/// What the program has been silent for when it is at rest.
const REST: Duration = Duration::from_millis(700);
/// The same for what takes long and shows nothing meanwhile.
const WORK_REST: Duration = Duration::from_millis(2_500);
/// Longest that a key may take.
const ANSWER: f64 = 16.0;

/// What is typed, in this order. What changes nothing is not there: it gets no frame.
const STEPS: [(&str, &str); 29] = [
    ("j", "j"),
    ("PageDown", "\x1b[6~"),
    ("G", "G"),
    ("k", "k"),
    ("g", "g"),
    ("g g", "g"),
    (",", ","),
    (", d", "d"),
    ("j while it sorts", "j"),
    (",", ","),
    (", t", "t"),
    ("j while it sorts", "j"),
    (",", ","),
    (", c", "c"),
    ("G while it sorts", "G"),
    (",", ","),
    (", s", "s"),
    ("f", "f"),
    ("f 经", "经"),
    ("f 经济", "济"),
    (CLEAR, "\x1b"),
    ("f", "f"),
    ("f j", "j"),
    ("f jj", "j"),
    (CLEAR, "\x1b"),
    ("/", "/"),
    ("/ 经", "经"),
    ("/ 经济", "济"),
    ("/ 经济发", "发"),
];
/// What takes longer than its frame: what it is, what is typed, what undoes it.
const WORK: [(&str, &str, &str); 5] = [
    ("sorted by date", ",d", ",s"),
    ("sorted by title", ",t", ",s"),
    ("sorted by length", ",c", ",s"),
    ("filtered by 经济", "f经济", "\x1b"),
    ("searched for 经济", "/经济", "\x1b"),
];
/// Not measured: a lone escape is waited after, in case it begins a key.
const CLEAR: &str = "";

/// An archive of 10,000 articles, and one of a million where it is wanted.
pub(crate) fn walk() -> io::Result<Vec<Figure>> {
    let dictionary = dictionary()?;
    let mut figures = vec![Figure {
        what: "a process that only loads jieba: memory".into(),
        measured: mebibytes(dictionary),
        limit: None,
        unit: "MiB",
        note: String::new(),
    }];
    figures.extend(through(
        &big_archive()?,
        dictionary,
        &Limits { listed: None, memory: None, besides: Some(64.0) },
    )?);
    if let Some(archive) = Archive::million()? {
        let limits = Limits { listed: Some(500.0), memory: Some(400.0), besides: None };
        figures.extend(through(&archive, dictionary, &limits)?);
    }
    Ok(figures)
}

/// What an archive is held against.
struct Limits {
    listed: Option<f64>,
    memory: Option<f64>,
    besides: Option<f64>,
}

/// What was seen in one run.
struct Seen {
    listed: Duration,
    /// Memory once it is listed, and after each of the works.
    held: Vec<u64>,
    answers: Vec<Duration>,
    done: Vec<Duration>,
    resident: u64,
    most: u64,
}

fn through(archive: &Archive, dictionary: u64, limits: &Limits) -> io::Result<Vec<Figure>> {
    let totals = archive.index()?;
    let listed = format!("{} articles", totals.articles);
    let runs = (0..RUNS).map(|_| once(archive, &listed)).collect::<io::Result<Vec<_>>>()?;
    let name = &archive.name;
    let figure = |what: &str, measured: f64, limit: Option<f64>, unit: &'static str| Figure {
        what: format!("{name}, index there: {what}"),
        measured,
        limit,
        unit,
        note: String::new(),
    };
    let best = |of: &dyn Fn(&Seen) -> Duration| runs.iter().map(of).min().unwrap_or_default();
    let worst = |of: &dyn Fn(&Seen) -> Duration| runs.iter().map(of).max().unwrap_or_default();
    let at_most = |of: &dyn Fn(&Seen) -> u64| runs.iter().map(of).max().unwrap_or_default();
    let spread = |time: Duration| format!("at worst {:.1} ms", millis(time));
    let mut figures = vec![Figure {
        note: format!("{listed}; {}", spread(worst(&|seen| seen.listed))),
        ..figure("listed: wall", millis(best(&|seen| seen.listed)), limits.listed, "ms")
    }];
    let steps = STEPS.iter().enumerate().filter(|(_, (step, _))| *step != CLEAR);
    for (at, (step, _)) in steps {
        let answer = |seen: &Seen| seen.answers.get(at).copied().unwrap_or_default();
        figures.push(Figure {
            note: spread(worst(&answer)),
            ..figure(&format!("{step}: wall"), millis(best(&answer)), Some(ANSWER), "ms")
        });
    }
    for (at, (work, ..)) in WORK.iter().enumerate() {
        let done = |seen: &Seen| seen.done.get(at).copied().unwrap_or_default();
        figures.push(Figure {
            note: spread(worst(&done)),
            ..figure(
                &format!("{work}, until the last frame: wall"),
                millis(best(&done)),
                None,
                "ms",
            )
        });
    }
    let held = ["listed"].into_iter().chain(WORK.map(|(work, ..)| work));
    for (at, when) in held.enumerate() {
        let held = at_most(&|seen| seen.held.get(at).copied().unwrap_or_default());
        figures.push(figure(&format!("{when}: memory"), mebibytes(held), None, "MiB"));
    }
    let (resident, most) = (at_most(&|seen| seen.resident), at_most(&|seen| seen.most));
    figures.push(figure("after the walk: memory", mebibytes(resident), limits.memory, "MiB"));
    figures.push(figure("at most: memory", mebibytes(most), limits.memory, "MiB"));
    let besides = mebibytes(resident.saturating_sub(dictionary));
    figures.push(figure("besides the dictionary: memory", besides, limits.besides, "MiB"));
    Ok(figures)
}

fn once(archive: &Archive, wanted: &str) -> io::Result<Seen> {
    let mut session = Session::start(&archive.cache, &[archive.path.as_os_str()])?;
    let listed = session.wait_for(|screen| {
        let text = screen.contents();
        frame_is_complete(screen) && text.contains(wanted) && !text.contains("Looking for")
    })?;
    session.rest(REST);
    let mut held = vec![account::memory(session.pid())?.0];
    let mut answers = Vec::new();
    for (step, keys) in STEPS {
        if step == CLEAR {
            session.press(keys)?;
            session.rest(REST);
            answers.push(Duration::ZERO);
        } else {
            answers.push(session.answer(keys)?);
            session.watch(PAUSE);
        }
    }
    session.press("\x1b")?;
    session.rest(REST);
    let mut done = Vec::new();
    for (_, keys, undo) in WORK {
        session.press(keys)?;
        done.push(session.rest(WORK_REST));
        held.push(account::memory(session.pid())?.0);
        session.press(undo)?;
        session.rest(REST);
    }
    let (resident, most) = account::memory(session.pid())?;
    session.kill()?;
    Ok(Seen { listed, held, answers, done, resident, most })
}

/// Memory of a process that only loads the dictionary.
fn dictionary() -> io::Result<u64> {
    let told = Command::new(env::current_exe()?).arg(DICTIONARY).output()?;
    let told = String::from_utf8_lossy(&told.stdout).trim().parse().map_err(io::Error::other)?;
    Ok(told)
}

/// The process itself.
#[expect(clippy::print_stdout, reason = "this is what it is asked for")]
pub(crate) fn only_load() -> io::Result<()> {
    let jieba = Jieba::new();
    let (resident, _) = account::memory(std::process::id())?;
    println!("{resident}");
    drop(jieba);
    Ok(())
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
