//! Searching in the index of the archive.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Beat, Rest};
use crate::{
    app::search::{Candidate, Detail, ResultOrder, Results, Wanted, found, places_in_text},
    article::{Article, MarkTable, Marks},
    lang::Lang,
    library::index::{IndexPlace, related},
    listing::ArticleKey,
    query::{Field, MatchOptions, Matcher, Query},
    store::index::{
        ArticleRow, Digest, Index, IndexError, Reprints, SearchHit, SearchOptions, SearchOrder,
    },
    tui::scanner::Entries,
};

/// Articles whose hits are counted, at most: their texts have to be read.
const COUNTED: usize = 20_000;
/// Articles near to one that are shown.
const NEAREST: usize = 30;
/// Articles whose hits are counted between two looks at what is wanted.
const STEP: usize = 16;

/// The index of the archive.
pub(super) struct IndexedArchive {
    place: IndexPlace,
    index: Index,
    /// Texts that are alike, as of the last time that somebody wrote.
    reprints: Option<Reprints>,
    /// Sources in the index, as of that time.
    covered: usize,
    /// How much newer articles come sooner.
    freshness: f32,
}

/// A search in it with its results.
pub(super) struct IndexedSearch {
    pub(super) generation: u64,
    pub(super) results: Results,
    pub(super) beat: Beat,
    matchers: [Matcher; 2],
    marks: MarkTable,
    /// Each with the number of articles alike that it stands for.
    hits: Vec<(SearchHit, u32)>,
    cancelled: Arc<AtomicBool>,
}

impl IndexedArchive {
    /// The index at a place, if there is one.
    pub(super) fn open(place: &IndexPlace, freshness: f32) -> Option<Self> {
        let place = place.clone();
        let index = place.open().ok()??;
        let archive = Self { place, index, reprints: None, covered: 0, freshness };
        // One that was only begun knows nothing yet.
        archive.index.source_count().ok().filter(|count| *count > 0).map(|_| archive)
    }

    /// Brings what is held of it up to date, so that the first search need not.
    pub(super) fn prepare(&mut self) -> Result<(), IndexError> {
        if self.index.refresh()? || self.reprints.is_none() {
            self.reprints = Some(self.index.reprints()?);
            self.covered = usize::try_from(self.index.source_count()?).unwrap_or(usize::MAX);
        }
        Ok(())
    }

    /// Finds the articles that match; `None` when it was cancelled.
    pub(super) fn search(
        &mut self,
        query: &Query,
        wanted: &Wanted,
        entries: &Entries,
        cancelled: Arc<AtomicBool>,
    ) -> Result<Option<IndexedSearch>, IndexError> {
        self.prepare()?;
        let order = match wanted.order {
            ResultOrder::Score => SearchOrder::Score,
            ResultOrder::Newest => SearchOrder::Newest,
            ResultOrder::Archive => SearchOrder::Archive,
        };
        let freshness = self.freshness;
        let options = SearchOptions { pinyin: wanted.pinyin, order, freshness };
        self.index.know_marks(wanted.marks.clone());
        let Some(found) = self.index.search(query, options, &cancelled)? else { return Ok(None) };
        let unfolded = match wanted.unfolded {
            Some(key) => self.text_at(key, entries)?,
            None => None,
        };
        let hits = folded(found.hits, self.reprints.as_ref(), unfolded);
        let results = Results {
            articles: hits.len(),
            missing: entries.there().saturating_sub(self.covered),
            at: self.place_of(wanted.stays_at, &hits, entries)?,
            ..Results::default()
        };
        let matchers = [false, true].map(|pinyin| Matcher::new(query, MatchOptions { pinyin }));
        let (generation, beat) = (wanted.generation, Beat::new());
        let marks = wanted.marks.clone();
        Ok(Some(IndexedSearch { generation, results, beat, matchers, marks, hits, cancelled }))
    }

    /// Finds the articles that are near to one; `None` when the index does not know that.
    pub(super) fn near(
        &mut self,
        key: ArticleKey,
        wanted: &Wanted,
        entries: &Entries,
        cancelled: Arc<AtomicBool>,
    ) -> Result<Option<IndexedSearch>, IndexError> {
        self.prepare()?;
        let Some(text) = self.text_at(key, entries)? else { return Ok(None) };
        let (article, digest) = (self.index.article(text)?, self.index.digest(text)?);
        let Some((article, digest)) = article.zip(digest) else { return Ok(None) };
        let keywords: Vec<(&str, f32)> =
            digest.keywords.iter().map(|keyword| (&*keyword.text, keyword.weight)).collect();
        let reprints = self.reprints.clone().unwrap_or_default();
        let near = related(&mut self.index, (article.id, &keywords), &reprints, NEAREST)?;
        let hits: Vec<(SearchHit, u32)> =
            near.hits.into_iter().map(|hit| (hit, reprints.count(hit.text))).collect();
        let at = self.place_of(wanted.stays_at, &hits, entries)?;
        let results = Results { articles: hits.len(), at, ..Results::default() };
        let matchers =
            [false, true].map(|pinyin| Matcher::new(&near.query, MatchOptions { pinyin }));
        let (generation, beat) = (wanted.generation, Beat::new());
        let marks = MarkTable::default();
        Ok(Some(IndexedSearch { generation, results, beat, matchers, marks, hits, cancelled }))
    }

    /// The text of an article of the list, if the index has it.
    fn text_at(&self, key: ArticleKey, entries: &Entries) -> Result<Option<i64>, IndexError> {
        let source = entries.get(key.source).and_then(|entry| self.place.key(&entry));
        let Some(source) = source else { return Ok(None) };
        self.index.text_of(&source, key.article.into())
    }

    /// The number of the result that is an article of the list, or stands for it.
    fn place_of(
        &self,
        key: Option<ArticleKey>,
        hits: &[(SearchHit, u32)],
        entries: &Entries,
    ) -> Result<Option<usize>, IndexError> {
        let Some(key) = key else { return Ok(None) };
        let Some(text) = self.text_at(key, entries)? else { return Ok(None) };
        let reprints = self.reprints.as_ref();
        let first_of = |text| reprints.map_or(text, |reprints| reprints.first(text));
        let first = first_of(text);
        let mut alike = None;
        for (at, (hit, _)) in hits.iter().enumerate() {
            if first_of(hit.text) != first {
                continue;
            }
            let row = self.index.row(hit.article)?;
            if row.and_then(|row| self.key(&row, entries)) == Some(key) {
                return Ok(Some(at));
            }
            alike = alike.or(Some(at));
        }
        Ok(alike)
    }

    /// What is shown of a result.
    pub(super) fn detail(
        &mut self,
        search: &IndexedSearch,
        at: usize,
        (entries, lang): (&Entries, Lang),
    ) -> Detail {
        let gone = || Detail::gone(lang.of("这篇文章不在了", "it is gone").into());
        let Some((hit, copies)) = search.hits.get(at) else { return gone() };
        let digest = self.index.digest(hit.text).ok().flatten().unwrap_or_default();
        let keywords = words_of(&digest);
        let Ok(Some((row, article))) = self.article(hit) else { return gone() };
        let path = self.index.printed_place(&row);
        let candidate = candidate(&row, &article, (&path, &keywords), search.marks.of(article.id));
        let candidate = Candidate { key: self.key(&row, entries), ..candidate };
        let detail = Detail::of(search.matcher(hit), &candidate);
        let detail = detail.unwrap_or_else(|| Detail::bare(&candidate));
        Detail { by_pinyin: hit.by_pinyin, copies: *copies, ..detail }
    }

    /// Which articles the results are, as far as the list has them.
    pub(super) fn keys(&mut self, search: &IndexedSearch, entries: &Entries) -> Vec<ArticleKey> {
        let rows = search.hits.iter().filter_map(|(hit, _)| self.index.row(hit.article).ok()?);
        let rows: Vec<ArticleRow> = rows.collect();
        rows.iter().filter_map(|row| self.key(row, entries)).collect()
    }

    /// Counts the hits of some more articles.
    pub(super) fn count(&mut self, search: &mut IndexedSearch) -> Rest {
        let from = search.results.counted;
        let to = (from + STEP).min(search.hits.len()).min(COUNTED);
        for at in from..to {
            let Some((hit, _)) = search.hits.get(at) else { break };
            search.results.hits += self.hits_in(search, hit);
            search.results.counted += 1;
        }
        let is_done = to == search.hits.len() || to == COUNTED;
        if is_done || search.cancelled.load(Ordering::Relaxed) { Rest::Done } else { Rest::More }
    }

    fn hits_in(&mut self, search: &IndexedSearch, hit: &SearchHit) -> usize {
        let Ok(Some((row, article))) = self.article(hit) else { return 0 };
        let path = self.index.printed_place(&row);
        let matcher = search.matcher(hit);
        // Most queries do not ask for them.
        let digest = if matcher.terms().iter().any(|term| term.field == Field::Keyword) {
            self.index.digest(hit.text).ok().flatten().unwrap_or_default()
        } else {
            Digest::default()
        };
        let keywords = words_of(&digest);
        let marks = search.marks.of(article.id);
        let candidate = candidate(&row, &article, (&path, &keywords), marks);
        found(matcher, &candidate).map_or(0, |found| places_in_text(&candidate, &found).len())
    }

    fn article(&mut self, hit: &SearchHit) -> Result<Option<(ArticleRow, Article)>, IndexError> {
        Ok(self.index.row(hit.article)?.zip(self.index.article(hit.text)?))
    }

    /// Where the list has an article.
    fn key(&self, row: &ArticleRow, entries: &Entries) -> Option<ArticleKey> {
        let source = entries.number(&self.place, &row.source)?;
        let article = u32::try_from(row.number).ok()?;
        Some(ArticleKey { source, article })
    }
}

impl IndexedSearch {
    fn matcher(&self, hit: &SearchHit) -> &Matcher {
        let [literal, pinyin] = &self.matchers;
        if hit.by_pinyin { pinyin } else { literal }
    }
}

fn words_of(digest: &Digest) -> Vec<&str> {
    digest.keywords.iter().map(|keyword| keyword.text.as_str()).collect()
}

fn candidate<'a>(
    row: &'a ArticleRow,
    article: &'a Article,
    (path, keywords): (&'a str, &'a [&'a str]),
    marks: &'a Marks,
) -> Candidate<'a> {
    Candidate {
        key: None,
        id: article.id,
        path,
        title: &row.facts.title,
        byline: &row.facts.byline,
        date: row.facts.date,
        keywords,
        text: &article.text,
        marks,
    }
}

/// The first of several articles that are alike stands for all of them, but for those that are like the text
/// `unfolded`: they follow one another.
fn folded(
    hits: Vec<SearchHit>,
    reprints: Option<&Reprints>,
    unfolded: Option<i64>,
) -> Vec<(SearchHit, u32)> {
    let first_of = |text| reprints.map_or(text, |reprints| reprints.first(text));
    let unfolded = unfolded.map(first_of);
    let mut places: HashMap<i64, usize> = HashMap::new();
    let mut folded: Vec<(SearchHit, u32)> = Vec::with_capacity(hits.len());
    let mut others = Vec::new();
    for hit in hits {
        let first = first_of(hit.text);
        let at = *places.entry(first).or_insert(folded.len());
        match folded.get_mut(at) {
            Some(_) if unfolded == Some(first) => others.push((hit, 1)),
            Some((_, copies)) => *copies += 1,
            None => folded.push((hit, 1)),
        }
    }
    if let Some(at) = unfolded.and_then(|first| places.get(&first)) {
        let behind = at + 1;
        folded.splice(behind..behind, others);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_result_stands_for_can_be_listed_behind_it() {
        let hit =
            |(article, text)| SearchHit { article, text, score: 1.0, by_pinyin: false, date: 0 };
        // The same text several times, and others.
        let hits: Vec<SearchHit> = [(1, 7), (2, 8), (3, 7), (4, 9), (5, 8), (6, 7)].map(hit).into();
        let told = |unfolded| -> Vec<(i64, u32)> {
            let folded = folded(hits.clone(), None, unfolded);
            folded.into_iter().map(|(hit, copies)| (hit.article, copies)).collect()
        };
        assert_eq!(told(None), [(1, 3), (2, 2), (4, 1)]);
        assert_eq!(told(Some(7)), [(1, 1), (3, 1), (6, 1), (2, 2), (4, 1)]);
        assert_eq!(told(Some(8)), [(1, 3), (2, 1), (5, 1), (4, 1)]);
        assert_eq!(told(Some(99)), told(None), "it is gone");
    }
}
