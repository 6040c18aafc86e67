//! The thread that searches the whole archive: in its index if there is one, else in the sources.
//!
//! Only the newest query counts. An order that replaces another one tells the search that is under
//! way to give up, by a flag of its own; what was found stays until something else is, so that its
//! details can be told while a new query is typed.

mod indexed;
mod streamed;

use std::{
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
        msg::Msg,
        search::{Detail, SearchNews, SearchOrder, Wanted},
    },
    lang::Lang,
    library::{Library, index::IndexPlace},
    listing::ArticleKey,
    query::Query,
    store::index::{IndexError, condemn},
    text::display::DisplayLine,
};
use indexed::{IndexedArchive, IndexedSearch};
use streamed::StreamedSearch;

/// News of a search that goes on are told this often.
const BEAT: Duration = Duration::from_millis(100);

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Searcher {
    orders: Sender<Order>,
    /// Ends what was ordered last.
    cancelled: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Order {
    what: SearchOrder,
    cancelled: Arc<AtomicBool>,
}

impl Searcher {
    /// Starts the thread; `freshness` is how much newer articles come sooner where an index is searched.
    pub(super) fn start(
        library: Arc<Library>,
        (place, freshness): (Option<IndexPlace>, f32),
        entries: Entries,
        lang: Lang,
        sender: Sender<Event>,
    ) -> Self {
        let (orders, taken) = channel();
        let (index, search) = (None, Search::None);
        let mut desk = Desk { library, place, freshness, entries, lang, sender, index, search };
        spawn("searcher", move || desk.work(&taken));
        Self { orders, cancelled: Arc::default() }
    }

    /// Has something done.
    pub(super) fn take(&mut self, what: SearchOrder) {
        if !matches!(what, SearchOrder::Details(..) | SearchOrder::Keys(_)) {
            self.cancelled.store(true, Ordering::Relaxed);
            self.cancelled = Arc::default();
        }
        let _ = self.orders.send(Order { what, cancelled: self.cancelled.clone() });
    }
}

struct Desk {
    library: Arc<Library>,
    /// Where the index of the archive lies, if one is to be used.
    place: Option<IndexPlace>,
    freshness: f32,
    entries: Entries,
    lang: Lang,
    sender: Sender<Event>,
    index: Option<IndexedArchive>,
    search: Search,
}

/// The search whose results are at hand.
enum Search {
    None,
    Indexed(IndexedSearch),
    Streamed(StreamedSearch),
}

/// Whether there is more to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    More,
    Done,
}

impl Desk {
    fn work(&mut self, orders: &Receiver<Order>) {
        let mut rest = Rest::Done;
        loop {
            let waited = if rest == Rest::Done {
                let Ok(order) = orders.recv() else { return };
                Some(order)
            } else {
                None
            };
            let Newest { search, details, keys } =
                newest(waited.into_iter().chain(orders.try_iter()));
            if let Some(order) = search {
                rest = Rest::More;
                // A panic over one text must not take the thread with it.
                let asked = if let SearchOrder::Run(wanted) = &order.what {
                    Some(wanted.generation)
                } else {
                    None
                };
                let done = catch_unwind(AssertUnwindSafe(|| self.carry_out(order)));
                if done.is_err() {
                    self.search = Search::None;
                    let failed = SearchNews::Failed(program_failed(self.lang).into());
                    if asked.is_some_and(|generation| !self.tell(generation, failed)) {
                        return;
                    }
                }
            }
            if let Some((generation, range)) = details {
                let done =
                    catch_unwind(AssertUnwindSafe(|| self.details(generation, range.clone())));
                let failed = |_| {
                    let gone = Detail::gone(program_failed(self.lang).into());
                    Some(vec![gone; range.len()])
                };
                if let Some(details) = done.unwrap_or_else(failed)
                    && !self.tell(generation, SearchNews::Details(range.start, details))
                {
                    return;
                }
            }
            if let Some(generation) = keys {
                let done = catch_unwind(AssertUnwindSafe(|| self.keys(generation)));
                if let Ok(Some(keys)) = done
                    && !self.tell(generation, SearchNews::Keys(keys))
                {
                    return;
                }
            }
            if rest == Rest::More {
                let step = catch_unwind(AssertUnwindSafe(|| self.step()));
                // What was panicked over is passed over.
                match step.unwrap_or(Some(Rest::More)) {
                    Some(now) => rest = now,
                    None => return,
                }
            }
        }
    }

    fn carry_out(&mut self, order: Order) {
        fault::point("searcher");
        match order.what {
            SearchOrder::Run(wanted) => self.run(&wanted, order.cancelled),
            SearchOrder::Close => {
                self.search = Search::None;
                // Another one may have been put in its place before the next search.
                self.index = None;
            }
            // The flag has done it.
            SearchOrder::Stop | SearchOrder::Details(..) | SearchOrder::Keys(_) => {}
        }
    }

    fn run(&mut self, wanted: &Wanted, cancelled: Arc<AtomicBool>) {
        let generation = wanted.generation;
        if self.index.is_none() {
            let place = self.place.as_ref();
            self.index = place.and_then(|place| IndexedArchive::open(place, self.freshness));
        }
        if let Some(near) = wanted.near {
            return self.run_near(near, wanted, cancelled);
        }
        if wanted.query.trim().is_empty() {
            self.search = Search::None;
            if let Some(index) = &mut self.index
                && let Err(error) = index.prepare()
            {
                self.lose_index(generation, &error);
            }
            return;
        }
        let query = match Query::parse(&wanted.query) {
            Ok(query) => query,
            Err(error) => {
                let why = DisplayLine::new(&error.message(self.lang));
                self.tell(generation, SearchNews::Misread(error.range, why));
                return;
            }
        };
        if let Some(index) = &mut self.index {
            match index.search(&query, wanted, &self.entries, cancelled.clone()) {
                Ok(Some(search)) => {
                    let results = search.results;
                    self.search = Search::Indexed(search);
                    self.tell(generation, SearchNews::Found(results));
                    return;
                }
                Ok(None) => return,
                Err(error) => self.lose_index(generation, &error),
            }
        }
        self.search = Search::Streamed(StreamedSearch::new(&query, wanted, cancelled));
    }

    /// Looks for what is near to an article, which only an index knows. What was found before stays until
    /// that is found: when the same is asked again, it may still be looked at.
    fn run_near(&mut self, near: ArticleKey, wanted: &Wanted, cancelled: Arc<AtomicBool>) {
        let generation = wanted.generation;
        let Some(index) = &mut self.index else {
            let why = self.lang.of(
                "没有用索引，找不到相近的文章；请用 zhaidu related 文件 文件夹",
                "no index is in use, and only that knows; try zhaidu related FILE FOLDER",
            );
            self.tell(generation, SearchNews::Failed(why.into()));
            return;
        };
        match index.near(near, wanted, &self.entries, cancelled) {
            Ok(Some(search)) => {
                let results = search.results;
                self.search = Search::Indexed(search);
                self.tell(generation, SearchNews::Found(results));
            }
            Ok(None) => {
                let why = self.lang.of("这一篇还没有编入索引", "it is not in the index yet");
                self.tell(generation, SearchNews::Failed(why.into()));
            }
            Err(error) => self.lose_index(generation, &error),
        }
    }

    /// A step of what takes long; `None` when nobody listens any more.
    fn step(&mut self) -> Option<Rest> {
        match &mut self.search {
            Search::None => Some(Rest::Done),
            Search::Indexed(search) => {
                let Some(index) = &mut self.index else { return Some(Rest::Done) };
                let rest = index.count(search);
                let news = SearchNews::Found(search.results);
                let told = !search.beat.is_due(rest)
                    || tell(&self.sender, Msg::Search(search.generation, news));
                told.then_some(rest)
            }
            Search::Streamed(search) => {
                search.step(&self.library, &self.entries, &mut |generation, news| {
                    tell(&self.sender, Msg::Search(generation, news))
                })
            }
        }
    }

    fn details(&mut self, generation: u64, range: std::ops::Range<usize>) -> Option<Vec<Detail>> {
        match &mut self.search {
            Search::Indexed(search) if search.generation == generation => {
                let index = self.index.as_mut()?;
                Some(range.map(|at| index.detail(search, at, (&self.entries, self.lang))).collect())
            }
            Search::Streamed(search) if search.generation == generation => {
                Some(search.details(range))
            }
            _ => None,
        }
    }

    fn keys(&mut self, generation: u64) -> Option<Vec<ArticleKey>> {
        match &self.search {
            Search::Indexed(search) if search.generation == generation => {
                Some(self.index.as_mut()?.keys(search, &self.entries))
            }
            Search::Streamed(search) if search.generation == generation => Some(search.keys()),
            _ => None,
        }
    }

    /// Does without the index from now on. One that is damaged is made anew by who keeps it up to date.
    fn lose_index(&mut self, generation: u64, error: &IndexError) {
        self.index = None;
        if error.is_damage()
            && let Some(place) = &self.place
        {
            condemn(&place.file);
        }
        let why = DisplayLine::new(&error.message(self.lang));
        self.tell(generation, SearchNews::Failed(why));
    }

    fn tell(&self, generation: u64, news: SearchNews) -> bool {
        tell(&self.sender, Msg::Search(generation, news))
    }
}

/// When something was told last.
#[derive(Debug)]
struct Beat(Instant);

impl Beat {
    fn new() -> Self {
        Self(Instant::now())
    }

    /// Whether it is time to tell something again: now and then, and at the end.
    fn is_due(&mut self, rest: Rest) -> bool {
        let due = rest == Rest::Done || self.0.elapsed() >= BEAT;
        if due {
            self.0 = Instant::now();
        }
        due
    }
}

/// What counts of several orders.
struct Newest {
    /// The newest search, or the end of one.
    search: Option<Order>,
    /// The newest details that are asked for.
    details: Option<(u64, std::ops::Range<usize>)>,
    /// The search of which all results are asked for.
    keys: Option<u64>,
}

fn newest(orders: impl Iterator<Item = Order>) -> Newest {
    let mut newest = Newest { search: None, details: None, keys: None };
    for order in orders {
        match order.what {
            SearchOrder::Details(generation, range) => newest.details = Some((generation, range)),
            SearchOrder::Keys(generation) => newest.keys = Some(generation),
            _ => newest.search = Some(order),
        }
    }
    newest
}

#[cfg(test)]
mod tests;
