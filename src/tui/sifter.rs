//! The thread that finds the sets of articles that filters ask for: in the index of the archive if
//! there is one, else in the sources.
//!
//! It is not the searcher's, so that a filter can be found while results are looked at. Only the newest
//! order counts: it tells what is under way to give up, by a flag of its own.

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use super::{Event, fault, program_failed, scanner::Entries, spawn, tell};
use crate::{
    app::{
        filters::{SiftNews, SiftOrder, Sifted, Sought},
        msg::Msg,
        search::{Candidate, found},
    },
    article::{Article, MarkTable},
    lang::Lang,
    library::{Document, Library, index::IndexPlace},
    listing::{ArticleKey, KeySet},
    query::{Field, MatchOptions, Matcher, Query, QueryError},
    store::index::{Index, IndexError, SearchOptions, SearchOrder},
    text::display::DisplayLine,
};

/// How far a set is that takes long is told this often.
const BEAT: Duration = Duration::from_millis(100);

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Sifter {
    orders: Sender<Order>,
    /// Ends what was ordered last.
    cancelled: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Order {
    Find(Vec<SiftOrder>, Arc<AtomicBool>),
    Doubt(u32),
}

impl Sifter {
    /// Starts the thread.
    pub(super) fn start(
        library: Arc<Library>,
        place: Option<IndexPlace>,
        entries: Entries,
        lang: Lang,
        sender: Sender<Event>,
    ) -> Self {
        let (orders, taken) = channel();
        let doubted = BTreeSet::new();
        let mut desk = Desk { library, place, entries, lang, sender, index: None, doubted };
        spawn("sifter", move || desk.work(&taken));
        Self { orders, cancelled: Arc::default() }
    }

    /// Has these sets found, and no others any more.
    pub(super) fn find(&mut self, orders: Vec<SiftOrder>) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.cancelled = Arc::default();
        let _ = self.orders.send(Order::Find(orders, self.cancelled.clone()));
    }

    /// From now on this source is looked through itself: what the index knows of it is outdated.
    pub(super) fn doubt(&self, source: u32) {
        let _ = self.orders.send(Order::Doubt(source));
    }
}

struct Desk {
    library: Arc<Library>,
    /// Where the index of the archive lies, if one is to be used.
    place: Option<IndexPlace>,
    entries: Entries,
    lang: Lang,
    sender: Sender<Event>,
    index: Option<Index>,
    /// Sources of which the index knows something else than the list.
    doubted: BTreeSet<u32>,
}

/// A set that is being found.
struct Task<'a> {
    number: u64,
    matcher: Matcher,
    marks: &'a MarkTable,
    /// What was found, with how well it matches.
    keys: Vec<(ArticleKey, f32)>,
    cancelled: &'a AtomicBool,
    told: Instant,
}

impl Task<'_> {
    fn is_over(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Desk {
    fn work(&mut self, orders: &Receiver<Order>) {
        while let Ok(order) = orders.recv() {
            let mut newest = None;
            for order in std::iter::once(order).chain(orders.try_iter()) {
                match order {
                    Order::Find(wanted, cancelled) => newest = Some((wanted, cancelled)),
                    Order::Doubt(source) => drop(self.doubted.insert(source)),
                }
            }
            let Some((wanted, cancelled)) = newest else { continue };
            if wanted.is_empty() {
                // Another index may have been put in its place before the next set.
                self.index = None;
            }
            for order in wanted {
                let number = order.number;
                // A panic over one text must not take the thread with it.
                let done = catch_unwind(AssertUnwindSafe(|| self.find(&order, &cancelled)));
                let news = done
                    .unwrap_or_else(|_| Some(SiftNews::Failed(program_failed(self.lang).into())));
                if let Some(news) = news
                    && !tell(&self.sender, Msg::Sifted(number, news))
                {
                    return;
                }
            }
        }
    }

    /// Finds a set; `None` when it is not wanted any more.
    fn find(&mut self, order: &SiftOrder, cancelled: &AtomicBool) -> Option<SiftNews> {
        fault::point("sifter");
        self.open_index();
        let asked = match asked(&order.what, self.index.is_some()) {
            Ok(query) => query,
            Err(error) => {
                let why = DisplayLine::new(&error.message(self.lang));
                return Some(SiftNews::Misread(error.range, why));
            }
        };
        // What is looked through has no keywords.
        let in_texts = match &order.what {
            Sought::Keyword(word) => Query::of_word(Field::Any, word),
            Sought::Query(_) => asked.clone(),
        };
        let options = MatchOptions { pinyin: order.pinyin };
        let mut task = Task {
            number: order.number,
            matcher: Matcher::new(&in_texts, options),
            marks: &order.marks,
            keys: Vec::new(),
            cancelled,
            told: Instant::now(),
        };
        let (mut is_by_text, mut lacks_keywords) = (false, false);
        match self.in_index((&asked, &order.what), order.pinyin, &mut task) {
            Ok(true) => {
                let doubted: Vec<u32> = self.doubted.iter().copied().collect();
                task.keys.retain(|(key, _)| !self.doubted.contains(&key.source));
                let known = task.keys.len();
                self.look_through(doubted.into_iter(), &mut task);
                // Places cannot be compared with the scores of an index.
                task.keys.iter_mut().skip(known).for_each(|(_, score)| *score = 0.0);
            }
            Ok(false) => {
                is_by_text = matches!(order.what, Sought::Keyword(_));
                let terms = task.matcher.terms();
                lacks_keywords = terms.iter().any(|term| term.field == Field::Keyword);
                self.look_through(0..self.entries.count() as u32, &mut task);
            }
            Err(error) => {
                self.index = None;
                return Some(SiftNews::Failed(DisplayLine::new(&error.message(self.lang))));
            }
        }
        let is_over = task.is_over();
        let keys = KeySet::scored(task.keys);
        (!is_over).then_some(SiftNews::Found(Sifted { keys, is_by_text, lacks_keywords }))
    }

    fn open_index(&mut self) {
        if self.index.is_none() {
            let open = self.place.as_ref().map(IndexPlace::open);
            let index = open.and_then(|index| index.ok().flatten());
            // One that was only begun knows nothing yet.
            self.index = index.filter(|it| it.source_count().is_ok_and(|count| count > 0));
        }
    }

    /// Finds the articles in the index; `false` when there is none.
    fn in_index(
        &mut self,
        (query, what): (&Query, &Sought),
        pinyin: bool,
        task: &mut Task<'_>,
    ) -> Result<bool, IndexError> {
        let (Some(index), Some(place)) = (&mut self.index, &self.place) else { return Ok(false) };
        let options = SearchOptions { pinyin, order: SearchOrder::Score, freshness: 0.0 };
        index.know_marks(task.marks.clone());
        let Some(found) = index.search(query, options, task.cancelled)? else { return Ok(true) };
        let mut hits = found.hits;
        if let Sought::Keyword(word) = what {
            index.weigh(word, &mut hits, task.cancelled)?;
        }
        // As results are: what was found by its pinyin only comes after all others.
        let by_pinyin = hits.iter().filter(|hit| hit.by_pinyin).map(|hit| hit.score);
        let most = by_pinyin.fold(0.0, f32::max);
        for hit in hits {
            if task.is_over() {
                return Ok(true);
            }
            let Some((source, number)) = index.place_of(hit.article)? else { continue };
            let key = self.entries.number(place, &source).zip(u32::try_from(number).ok());
            let score = if hit.by_pinyin { hit.score } else { most + hit.score };
            task.keys.extend(key.map(|(source, article)| (ArticleKey { source, article }, score)));
        }
        Ok(true)
    }

    /// Asks the articles of some sources.
    fn look_through(&self, sources: impl Iterator<Item = u32>, task: &mut Task<'_>) {
        for (looked, number) in sources.enumerate() {
            if task.is_over() {
                return;
            }
            let Some(entry) = self.entries.get(number) else { continue };
            let mut first = ArticleKey { source: number, article: 0 };
            let read = AssertUnwindSafe(|| {
                self.library.read(&entry, &mut |document| {
                    if let Ok(document) = document {
                        let place = document.place(&entry);
                        let path = place.to_string_lossy();
                        task.keys.extend(matching(&document, first, &path, task));
                        first.article += document.page.articles.len() as u32;
                    }
                    if task.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })
            });
            // What is panicked over is passed over.
            let _ = catch_unwind(read);
            if task.told.elapsed() >= BEAT {
                task.told = Instant::now();
                tell(&self.sender, Msg::Sifted(task.number, SiftNews::Looked(looked + 1)));
            }
        }
    }
}

/// The query that finds what is sought.
fn asked(what: &Sought, has_index: bool) -> Result<Query, QueryError> {
    match what {
        Sought::Query(typed) => Query::parse(typed),
        Sought::Keyword(word) => {
            Ok(Query::of_word(if has_index { Field::Keyword } else { Field::Any }, word))
        }
    }
}

/// The articles of a page that match, each with the number of places.
fn matching(
    document: &Document,
    first: ArticleKey,
    path: &str,
    task: &Task<'_>,
) -> Vec<(ArticleKey, f32)> {
    let articles = (first.article..).zip(&document.page.articles);
    let matches = |(number, article): (u32, &Article)| {
        let candidate = Candidate {
            key: None,
            id: article.id,
            path,
            title: &article.headline(),
            byline: &article.authors.join(" "),
            date: document.facts_of(article).date(),
            keywords: &[],
            text: &article.text,
            marks: task.marks.of(article.id),
        };
        let found = found(&task.matcher, &candidate)?;
        let times: usize = found.counts.iter().map(|count| count.count).sum();
        Some((ArticleKey { article: number, ..first }, times as f32))
    };
    articles.filter_map(matches).collect()
}
