//! `zhaidu doctor --timings`: how long each step of the main job takes on this machine, one after
//! the other on one thread.

use std::{
    io,
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use super::padded;
use crate::{
    analysis::Analysis,
    article::{Article, facts::Claims},
    cli::{args::OpenArgs, output::Output, stream},
    lang::Lang,
    library::{Found, Input, Library, Settings},
    source::{Entry, read::read},
    text::{display::display, lexicon::Lexicon},
    tui::rehearsal::{self, Rehearsal, SCREEN},
};

/// Frames that are drawn; their mean is shown.
const FRAMES: u32 = 40;
/// Cells of the column with the names of the steps.
const LABEL: usize = 18;

/// Time that a step has taken so far.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    wall: Duration,
    cpu: Duration,
}

impl Spent {
    /// Adds the time that `work` takes.
    fn on<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (wall, cpu) = (Instant::now(), cpu());
        let done = work();
        self.wall += wall.elapsed();
        self.cpu += self::cpu().saturating_sub(cpu);
        done
    }

    fn each(self, count: u32) -> Self {
        let count = count.max(1);
        Self { wall: self.wall / count, cpu: self.cpu / count }
    }
}

/// Processor time, user and system, of this thread.
fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// What was measured on the way through an archive.
#[derive(Debug, Default)]
struct Run {
    walk: Spent,
    read: Spent,
    split: Spent,
    analysis: Spent,
    sources: usize,
    problems: usize,
    /// Bytes of the decoded texts.
    read_bytes: usize,
    articles: u32,
    /// Bytes of the articles.
    bytes: usize,
    longest: Option<(Arc<Article>, Arc<Analysis>)>,
}

/// Measures and prints; on the built-in archive when no path was given.
pub(super) fn report(open: &OpenArgs, lexicon: Lexicon, out: &mut Output) -> io::Result<()> {
    let (lang, settings) = (out.lang, open.settings(out.settings()));
    let library = if open.paths.is_empty() {
        Library::new(Input::Demo, settings.clone())
    } else {
        stream::library(open, out)
    };
    let library = library.with_lexicon(lexicon);
    let columns = [lang.of("用时", "wall"), "CPU"].map(|name| format!("{name:>9}   "));
    let title = lang.of("各步用时", "timings");
    out.line(display!("{}{}", padded(title, LABEL), columns.concat()).shown().trim_end())?;

    let mut dictionary = Spent::default();
    dictionary.on(|| library.prepare());
    line(out, lang.of("载入词典", "dictionary"), dictionary, "")?;
    let run = Run::through(&library, &settings);
    run.print(out)?;
    let Some((article, analysis)) = run.longest else { return Ok(()) };
    let mut layout = Spent::default();
    let rows = layout.on(|| rehearsal::set(article.clone()));
    let note = match lang {
        Lang::Zh => format!("最长的一篇，{} 字节，{rows} 行", article.text.len()),
        Lang::En => format!("the longest article, {} bytes, {rows} rows", article.text.len()),
    };
    line(out, lang.of("排版", "layout"), layout, &note)?;
    let note = match lang {
        Lang::Zh => format!("{}x{}，按键到画面", SCREEN.width, SCREEN.height),
        Lang::En => format!("{}x{}, from key press to picture", SCREEN.width, SCREEN.height),
    };
    let mut rehearsal = Rehearsal::new(&article, analysis, lang);
    line(out, lang.of("一帧", "frame"), frame(&mut rehearsal), &note)
}

fn line(out: &mut Output, label: &str, spent: Spent, note: &str) -> io::Result<()> {
    let times = [spent.wall, spent.cpu].map(|time| format!("{:>9.2} ms", millis(time)));
    out.line(display!("{}{}  {note}", padded(label, LABEL), times.concat()).shown().trim_end())
}

impl Run {
    /// Goes through the archive, keeping nothing but the longest article.
    fn through(library: &Library, settings: &Settings) -> Self {
        let mut run = Self::default();
        let mut entries: Vec<Entry> = Vec::new();
        let mut problems = 0;
        let _ = run.walk.on(|| {
            library.walk(&mut |found| {
                match found {
                    Found::Entry(entry) => entries.push(entry),
                    Found::Problem(_) => problems += 1,
                    Found::Skipped(_) => {}
                }
                ControlFlow::Continue(())
            })
        });
        (run.sources, run.problems) = (entries.len(), problems);
        for entry in &entries {
            run.source(library, entry, settings);
        }
        run
    }

    fn source(&mut self, library: &Library, entry: &Entry, settings: &Settings) {
        let mut texts = Vec::new();
        let _ = self.read.on(|| {
            read(entry, &settings.read, &mut |text| {
                texts.push(text);
                ControlFlow::Continue(())
            })
        });
        for text in texts {
            let Ok(text) = text else {
                self.problems += 1;
                continue;
            };
            self.read_bytes += text.decoded.text.len();
            let document = self.split.on(|| library.split(text, &Claims::default()));
            for article in document.page.articles {
                self.article(library, article);
            }
        }
    }

    fn article(&mut self, library: &Library, article: Article) {
        let analysis = self.analysis.on(|| library.analyze(&article));
        self.articles = self.articles.saturating_add(1);
        self.bytes += article.text.len();
        let longest = self.longest.as_ref().map_or(0, |(longest, _)| longest.text.len());
        if article.text.len() > longest {
            self.longest = Some((Arc::new(article), Arc::new(analysis)));
        }
    }

    fn print(&self, out: &mut Output) -> io::Result<()> {
        let Self { sources, articles, problems, .. } = self;
        let lang = out.lang;
        let found = match lang {
            Lang::Zh => format!("{sources} 个来源"),
            Lang::En => format!("{sources} sources"),
        };
        line(out, lang.of("找文件", "walk"), self.walk, &found)?;
        let trouble = match (problems, lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!("，{problems} 个问题（用 zhaidu list 看）"),
            (_, Lang::En) => format!(", {problems} problems (zhaidu list tells them)"),
        };
        let speed = rate(self.read_bytes, self.read);
        line(out, lang.of("读取、解码", "read, decode"), self.read, &format!("{speed}{trouble}"))?;
        let speed = rate(self.read_bytes, self.split);
        let found = match lang {
            Lang::Zh => format!("{speed}，{articles} 篇"),
            Lang::En => format!("{speed}, {articles} articles"),
        };
        line(out, lang.of("分篇", "split"), self.split, &found)?;
        let speed = rate(self.bytes, self.analysis);
        let each = millis(self.analysis.each(*articles).cpu);
        let found = match lang {
            Lang::Zh => format!("{speed}，每篇 {each:.2} ms"),
            Lang::En => format!("{speed}, {each:.2} ms an article"),
        };
        line(out, lang.of("分析", "analysis"), self.analysis, &found)
    }
}

/// Bytes in a second of processor time.
fn rate(bytes: usize, spent: Spent) -> String {
    let seconds = spent.cpu.as_secs_f64().max(1e-9);
    format!("{:.1} MB/s", bytes as f64 / seconds / 1e6)
}

/// What one of many frames takes: the reader scrolls down the article row by row.
fn frame(rehearsal: &mut Rehearsal) -> Spent {
    let mut spent = Spent::default();
    for _ in 0..FRAMES {
        spent.on(|| rehearsal.scroll());
    }
    spent.each(FRAMES)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
