//! Searching without an index: source by source, in the order of the archive.

use std::{
    ops::{ControlFlow, Range},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Beat, Rest};
use crate::{
    app::search::{Candidate, Detail, Results, SearchNews, Wanted},
    article::MarkTable,
    library::{Document, Library},
    listing::ArticleKey,
    query::{MatchOptions, Matcher, Query},
    tui::scanner::Entries,
};

/// Articles after which the search ends: all that is shown of them is kept.
const MOST: usize = 1_000;
/// Results whose details are told without being asked for, so that there is something to see while
/// one large source is being read.
const EARLY: usize = 64;

/// A search with what it has found so far.
pub(super) struct StreamedSearch {
    pub(super) generation: u64,
    matcher: Matcher,
    marks: MarkTable,
    details: Vec<Detail>,
    results: Results,
    /// The source that is looked through next.
    next: u32,
    cancelled: Arc<AtomicBool>,
    beat: Beat,
    /// Whether the first results were told.
    has_told: bool,
}

impl StreamedSearch {
    /// A search that has not begun.
    pub(super) fn new(query: &Query, wanted: &Wanted, cancelled: Arc<AtomicBool>) -> Self {
        Self {
            generation: wanted.generation,
            matcher: Matcher::new(query, MatchOptions { pinyin: wanted.pinyin }),
            marks: wanted.marks.clone(),
            details: Vec::new(),
            results: Results { looked: Some(0), is_running: true, ..Results::default() },
            next: 0,
            cancelled,
            beat: Beat::new(),
            has_told: false,
        }
    }

    /// Looks through the next source; `None` when nobody listens any more.
    pub(super) fn step(
        &mut self,
        library: &Library,
        entries: &Entries,
        tell: &mut dyn FnMut(u64, SearchNews) -> bool,
    ) -> Option<Rest> {
        if !self.results.is_running || self.cancelled.load(Ordering::Relaxed) {
            return Some(Rest::Done);
        }
        let number = self.next;
        // Before it is read: a source over which the program fails is passed over.
        self.next += 1;
        let Some(entry) = entries.get(number) else {
            self.results.is_running = false;
            return tell(self.generation, SearchNews::Found(self.results)).then_some(Rest::Done);
        };
        let mut article = 0;
        let mut listens = true;
        let _ = library.read(&entry, &mut |document| {
            if let Ok(document) = document {
                let first = ArticleKey { source: number, article };
                article += document.page.articles.len() as u32;
                let place = document.place(&entry);
                self.look(&document, first, &place.to_string_lossy());
            }
            listens = self.report(tell);
            let goes_on =
                listens && !self.results.is_full && !self.cancelled.load(Ordering::Relaxed);
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        self.results.looked = Some(self.next as usize);
        if self.results.is_full {
            self.results.is_running = false;
            listens = tell(self.generation, SearchNews::Found(self.results));
        }
        listens.then_some(if self.results.is_full { Rest::Done } else { Rest::More })
    }

    fn look(&mut self, document: &Document, first: ArticleKey, path: &str) {
        for (number, article) in (first.article..).zip(&document.page.articles) {
            if self.details.len() >= MOST {
                self.results.is_full = true;
                return;
            }
            let found = Detail::of(
                &self.matcher,
                &Candidate {
                    key: Some(ArticleKey { article: number, ..first }),
                    id: article.id,
                    path,
                    title: &article.headline(),
                    byline: &article.authors.join(" "),
                    date: document.facts_of(article).date(),
                    keywords: &[],
                    text: &article.text,
                    marks: self.marks.of(article.id),
                },
            );
            if let Some(detail) = found {
                self.results.articles += 1;
                self.results.counted += 1;
                self.results.hits += detail.count;
                self.details.push(detail);
            }
        }
    }

    /// Tells now and then what was found, the first results with all that is shown of them.
    fn report(&mut self, tell: &mut dyn FnMut(u64, SearchNews) -> bool) -> bool {
        let is_first = !self.has_told && !self.details.is_empty();
        if !self.beat.is_due(if is_first { Rest::Done } else { Rest::More }) {
            return true;
        }
        self.has_told |= is_first;
        let early = self.details.iter().take(EARLY).cloned().collect();
        tell(self.generation, SearchNews::Found(self.results))
            && tell(self.generation, SearchNews::Details(0, early))
    }

    /// Which articles the results are.
    pub(super) fn keys(&self) -> Vec<ArticleKey> {
        self.details.iter().filter_map(|detail| detail.key).collect()
    }

    /// Some results with all that is shown of them.
    pub(super) fn details(&self, range: Range<usize>) -> Vec<Detail> {
        self.details.iter().skip(range.start).take(range.len()).cloned().collect()
    }
}
