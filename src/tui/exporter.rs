//! The thread that exports articles to files.

use std::{
    collections::HashMap,
    env,
    io::{self, BufWriter},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use super::{Event, fault, program_failed, scanner::Entries, spawn, tell};
use crate::{
    analysis::Length,
    app::{
        export::{ExportNews, ExportOrder},
        msg::Msg,
    },
    export::{ExportError, Exported, Format, Overwrite, Setting, Target, Wanted, Writer, size},
    guard::Starter,
    lang::Lang,
    library::{Document, Item, Library, displayed},
    listing::ArticleKey,
    source::Entry,
    text::display::{DisplayLine, display},
};

/// How often it is told how far it is.
const BEAT: Duration = Duration::from_millis(100);
/// Longest that the end of the program waits for an export to be given up.
const PATIENCE: Duration = Duration::from_secs(3);

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Exporter {
    orders: Sender<ExportOrder>,
    stopped: Arc<AtomicBool>,
    /// Closed when there is no half file any more.
    done: Receiver<()>,
}

impl Exporter {
    /// Starts the thread.
    pub(super) fn start(
        library: Arc<Library>,
        entries: Entries,
        (starter, scratch): (Starter, Option<PathBuf>),
        lang: Lang,
        sender: Sender<Event>,
    ) -> Self {
        let (orders, taken) = channel::<ExportOrder>();
        let (open, done) = channel();
        let stopped = Arc::<AtomicBool>::default();
        let stopping = stopped.clone();
        let desk = Desk { library, entries, starter, scratch, lang, sender, stopped: stopping };
        spawn("exporter", move || {
            for order in taken {
                let exported = catch_unwind(AssertUnwindSafe(|| desk.export(&order)));
                let news =
                    exported.unwrap_or_else(|_| ExportNews::Refused(program_failed(lang).into()));
                tell(&desk.sender, Msg::Export(news));
            }
            drop(open);
        });
        Self { orders, stopped, done }
    }

    /// Exports; the one before is over.
    pub(super) fn take(&self, order: ExportOrder) {
        self.stopped.store(false, Ordering::Relaxed);
        let _ = self.orders.send(order);
    }

    /// Gives up what is under way.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Gives up what is under way, and waits until nothing is left of it, within reason.
    pub(super) fn finish(self) {
        self.stop();
        drop(self.orders);
        let _ = self.done.recv_timeout(PATIENCE);
    }
}

struct Desk {
    library: Arc<Library>,
    entries: Entries,
    /// Who makes files wherever the person wants them.
    starter: Starter,
    /// The folder for what waits for its turn.
    scratch: Option<PathBuf>,
    lang: Lang,
    sender: Sender<Event>,
    stopped: Arc<AtomicBool>,
}

/// An export under way.
struct Job<'a> {
    desk: &'a Desk,
    order: &'a ExportOrder,
    writer: Writer<BufWriter<Target>>,
    told: Instant,
    failed: Option<io::Error>,
}

impl Desk {
    fn export(&self, order: &ExportOrder) -> ExportNews {
        fault::point("exporter");
        match self.write(order) {
            Ok(news) => news,
            Err(ExportError::Exists(_)) => ExportNews::Exists,
            Err(error) => ExportNews::Refused(error.reason(self.lang, "")),
        }
    }

    fn write(&self, order: &ExportOrder) -> Result<ExportNews, ExportError> {
        let path = expanded(&order.name);
        let format = Format::of(&path).ok_or_else(|| ExportError::NoFormat(path.clone()))?;
        let overwrite = if order.replaces { Overwrite::Yes } else { Overwrite::No };
        let target = self.starter.export(&path, overwrite)?;
        let path = target.path().to_owned();
        let folder = target.folder().map(Path::to_owned).or_else(|| self.scratch.clone());
        let setting = Setting {
            format,
            lang: self.lang,
            title: &order.title,
            is_file: true,
            folder: folder.as_deref(),
        };
        let writer = Writer::new(setting, BufWriter::new(target));
        let mut job = Job { desk: self, order, writer, told: Instant::now(), failed: None };
        for (source, wanted) in by_source(&order.articles) {
            if job.read(source, &wanted).is_break() {
                break;
            }
        }
        let Job { writer, failed, .. } = job;
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(ExportNews::Stopped);
        }
        let count = writer.count();
        let whole = match failed {
            Some(error) => Err(error),
            None => writer.finish(&[]).and_then(|out| Ok(out.into_inner()?)),
        };
        let bytes = whole.map_err(|error| ExportError::of(&path, error))?.commit()?;
        let told = told((count, order.articles.len() - count), bytes, &path, self.lang);
        Ok(ExportNews::Done(told))
    }
}

impl Job<'_> {
    /// Takes what is wanted of a source: the numbers of articles, and their places in the export.
    fn read(&mut self, source: u32, wanted: &[(u32, usize)]) -> ControlFlow<()> {
        let Some(entry) = self.desk.entries.get(source) else { return ControlFlow::Continue(()) };
        let mut wanted = wanted.iter().copied().peekable();
        // Articles are wanted by their numbers over all texts, and told by those on their member.
        let (mut at, mut number, mut member) = (0, 0, None);
        let mut ended = ControlFlow::Continue(());
        let library = self.desk.library.clone();
        let _ = library.read(&entry, &mut |document| {
            // What cannot be read any more is missing in what is told at the end.
            let Ok(document) = document else { return ControlFlow::Continue(()) };
            if member != document.member {
                (number, member) = (0, document.member.clone());
            }
            for index in 0..document.page.articles.len() {
                number += 1;
                if let Some((_, place)) = wanted.next_if(|(article, _)| *article == at) {
                    ended = self.take(&entry, &document, (index, number), place);
                    ended?;
                }
                at += 1;
            }
            if wanted.peek().is_some() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        ended
    }

    fn take(
        &mut self,
        entry: &Entry,
        document: &Document,
        (index, number): (usize, u32),
        place: usize,
    ) -> ControlFlow<()> {
        if self.desk.stopped.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let Some(article) = document.page.articles.get(index) else {
            return ControlFlow::Continue(());
        };
        let source = document.place(entry);
        let path = displayed(&source);
        let item = Item { place: &source, path: &path, number, document, article };
        let analysis = self.desk.library.analyze(article);
        let wanted =
            Wanted { sentences: Length::Sentences(self.order.sentences), ..Wanted::default() };
        let marks = self.order.marks.of(article.id);
        if let Err(error) = self.writer.take(&Exported::new(item, &analysis, wanted, marks), place)
        {
            self.failed = Some(error);
            return ControlFlow::Break(());
        }
        if self.told.elapsed() >= BEAT {
            self.told = Instant::now();
            tell(&self.desk.sender, Msg::Export(ExportNews::Progress(self.writer.count())));
        }
        ControlFlow::Continue(())
    }
}

/// The articles of each source by number, with their places in the export. Each source is read once,
/// whatever the order.
fn by_source(articles: &[ArticleKey]) -> Vec<(u32, Vec<(u32, usize)>)> {
    let mut sources: Vec<(u32, Vec<(u32, usize)>)> = Vec::new();
    let mut places: HashMap<u32, usize> = HashMap::new();
    for (place, key) in articles.iter().enumerate() {
        let at = *places.entry(key.source).or_insert(sources.len());
        match sources.get_mut(at) {
            Some((_, wanted)) => wanted.push((key.article, place)),
            None => sources.push((key.source, vec![(key.article, place)])),
        }
    }
    for (_, wanted) in &mut sources {
        wanted.sort_unstable();
    }
    sources
}

/// The path that was typed, with `~` for the home folder as a shell has it.
fn expanded(name: &str) -> PathBuf {
    let home = name.strip_prefix("~/").and_then(|below| Some((env::var_os("HOME")?, below)));
    home.map_or_else(|| PathBuf::from(name), |(home, below)| Path::new(&home).join(below))
}

/// What is there now, where, how large; and how much could not be read.
fn told((count, missing): (usize, usize), bytes: u64, path: &Path, lang: Lang) -> DisplayLine {
    let (size, path) = (size(bytes), displayed(path.as_os_str()));
    let missing = match (missing, lang) {
        (0, _) => DisplayLine::default(),
        (_, Lang::Zh) => display!("（{missing} 篇读不出）"),
        (_, Lang::En) => display!(" ({missing} could not be read)"),
    };
    match lang {
        Lang::Zh => display!("已导出 {count} 篇{missing}，{size}：{path}"),
        Lang::En if count == 1 => display!("exported 1 article{missing}, {size}: {path}"),
        Lang::En => display!("exported {count} articles{missing}, {size}: {path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::export::ENDINGS;

    #[test]
    fn every_ending_that_is_proposed_is_known() {
        for ending in ENDINGS {
            assert!(Format::of(Path::new(&format!("a.{ending}"))).is_some(), "{ending}");
        }
    }

    #[test]
    fn each_source_is_read_once() {
        let key = |source, article| ArticleKey { source, article };
        let articles = [key(7, 2), key(3, 0), key(7, 0), key(7, 1)];
        let sources = by_source(&articles);
        assert_eq!(sources, [(7, vec![(0, 2), (1, 3), (2, 0)]), (3, vec![(0, 1)])]);
    }
}
