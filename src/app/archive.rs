//! What is open: the sources that were found and the articles in them, in the order of the list.

mod arranging;

use std::sync::Arc;

use super::msg::Trouble;
use crate::{
    article::{
        MarkTable,
        order::{GroupBy, Order},
    },
    listing::{
        Arranging, ArticleKey, Condition, Known, Listing, Part, Row, SourceState, TitleFilter,
    },
    text::display::{DisplayLine, DisplayStr, display},
};

/// The whole archive as the list shows it.
#[derive(Debug, Default)]
pub struct Archive {
    listing: Listing,
    /// The keys of all rows, in order.
    all: Arc<Vec<ArticleKey>>,
    /// The order in which they are.
    order: Order,
    /// The order that is on its way: which arrangement brings it.
    coming: Option<(u64, Order)>,
    /// Sources of which something was learnt since then.
    since: Vec<u32>,
    filter: Option<Filtered>,
    /// The last arrangement that was asked for.
    generation: u64,
    asked: Vec<Arranging>,
    /// What went wrong besides sources that could not be read at all: bad records of a source, a
    /// folder that cannot be entered, mistakes in the keymap.
    pub problems: Vec<Trouble>,
    /// Things passed over on purpose: hidden files, links, files that are no text.
    pub skipped: usize,
    /// Whether all sources have been found and read.
    pub complete: bool,
    /// How far the index is, of how much, while it is brought up to date.
    pub indexing: Option<(u64, u64)>,
}

/// Conditions with the rows that they leave.
#[derive(Debug)]
struct Filtered {
    conditions: Vec<Condition>,
    keys: Arc<Vec<ArticleKey>>,
    /// How many rows fulfil the first condition, the first two, and so on, of those that are known.
    counts: Vec<usize>,
    /// The arrangement that brings the rows it is to leave, if that is not over.
    coming: Option<u64>,
    /// Whether the list has changed since that was asked for.
    is_outdated: bool,
}

impl Archive {
    /// The same order, with nothing in it but what went wrong elsewhere than in its sources.
    pub(super) fn emptied(&self) -> Self {
        let general = self.problems.iter().filter(|trouble| trouble.source.is_none());
        let problems = general.cloned().collect();
        Self { order: self.order(), generation: self.generation, problems, ..Self::default() }
    }

    /// Takes new sources in; they stand in the list by name until they are read.
    pub fn found(&mut self, names: &[DisplayLine]) {
        let first = self.listing.source_count() as u32;
        for name in names {
            self.listing.found(name);
        }
        self.take_in((first..self.listing.source_count() as u32).collect());
    }

    /// Notes what was learnt about some sources, and gives the list its new rows.
    pub fn learnt(&mut self, news: Vec<(u32, SourceState)>) {
        let mut changed: Vec<u32> = news.iter().map(|(source, _)| *source).collect();
        for (number, state) in news {
            self.listing.learnt(number, state);
        }
        self.listing.tidy();
        changed.sort_unstable();
        changed.dedup();
        self.take_in(changed);
    }

    /// Takes in many sources that were read, behind those that are there.
    pub fn append(&mut self, part: Part) {
        let first = self.listing.source_count() as u32;
        let first = if part.goes_on > 0 { first.saturating_sub(1) } else { first };
        self.listing.append(part);
        self.take_in((first..self.listing.source_count() as u32).collect());
    }

    /// Gives the list the rows of some sources, in order, in the place of those that it had.
    fn take_in(&mut self, sources: Vec<u32>) {
        let Some(first) = sources.first().copied() else { return };
        let count = self.listing.source_count() as u32;
        let listing = &self.listing;
        let all = Arc::make_mut(&mut self.all);
        if self.order.is_natural() {
            // Sources are read in order, so only the rows from the first changed one are made again.
            all.truncate(all.partition_point(|key| key.source < first));
            all.extend((first..count).flat_map(|source| listing.keys(source)));
        } else {
            all.retain(|key| sources.binary_search(&key.source).is_err());
            let new = sources.iter().flat_map(|source| listing.keys(*source));
            let merged = merged(all, new.collect(), self.order, listing);
            *all = merged;
        }
        if self.coming.is_some() {
            self.since.extend(sources);
        }
        if let Some(filter) = &mut self.filter {
            filter.is_outdated = true;
        }
    }

    /// From now on these marks are sorted by.
    pub fn know_marks(&mut self, marks: MarkTable) {
        self.listing.know_marks(marks);
    }

    /// The order of the list, which may be on its way.
    pub fn order(&self) -> Order {
        self.coming.map_or(self.order, |(_, order)| order)
    }

    /// Whether the list is being put in order or filtered.
    pub fn is_arranging(&self) -> bool {
        self.coming.is_some() || self.filter.as_ref().is_some_and(|filter| filter.coming.is_some())
    }

    /// What the list is filtered by; nothing when all rows are shown.
    pub fn conditions(&self) -> &[Condition] {
        self.filter.as_ref().map_or(&[], |filter| &filter.conditions)
    }

    /// How many rows fulfil so many of the conditions, from the first on; `None` while that is not
    /// known.
    pub fn passed(&self, conditions: usize) -> Option<usize> {
        let filter = self.filter.as_ref().filter(|filter| filter.coming.is_none())?;
        filter.counts.get(conditions.checked_sub(1)?).copied()
    }

    /// What titles are filtered by, last of all.
    pub fn title_filter(&self) -> Option<&TitleFilter> {
        self.conditions().iter().rev().find_map(|condition| match condition {
            Condition::Title(filter) => Some(filter),
            Condition::Among(_) | Condition::Dated(_) => None,
        })
    }

    /// Whether the source of an article is known not to have it, any more.
    pub fn is_gone(&self, key: ArticleKey) -> bool {
        matches!(self.known(key.source), Some(Known::Read(count)) if key.article >= count)
    }

    /// Whether an article is in the list but for the filter, as far as that is known.
    pub fn is_filtered_out(&self, key: ArticleKey) -> bool {
        let filtered = self.filter.as_ref().filter(|filter| filter.coming.is_none());
        filtered.is_some_and(|filter| !filter.keys.contains(&key)) && self.row(key).is_some()
    }

    /// Whether the first article of a group stands at this row of the list.
    pub fn begins_group(&self, at: usize) -> bool {
        let group = self.order.group;
        let Some(key) = self.rows().get(at).filter(|_| group != GroupBy::None) else {
            return false;
        };
        let above = at.checked_sub(1).and_then(|above| self.rows().get(above));
        let sort_key = |key: &ArticleKey| self.listing.sort_key(*key);
        above.is_none_or(|above| !group.joins(&sort_key(above), &sort_key(key)))
    }

    /// What the articles that are grouped with this one have in common; `None` if that is not
    /// known.
    pub fn group_of(&self, key: ArticleKey) -> Option<DisplayLine> {
        let group = self.order.group.of(&self.listing.sort_key(key));
        group.map(|group| DisplayLine::new(&group))
    }

    /// The rows of the list, in order.
    pub fn rows(&self) -> &[ArticleKey] {
        self.filter.as_ref().map_or(&*self.all, |filter| &*filter.keys)
    }

    /// The rows of the list, in order, when none is filtered out.
    pub fn all(&self) -> &[ArticleKey] {
        &self.all
    }

    /// How many rows there are when none is filtered out.
    pub fn row_count(&self) -> usize {
        self.all.len()
    }

    /// The name of a source.
    pub fn name(&self, source: u32) -> DisplayStr<'_> {
        self.listing.name(source)
    }

    /// How far a source is known.
    pub fn known(&self, source: u32) -> Option<Known<'_>> {
        self.listing.known(source)
    }

    /// Where an article stands: the name of its source, and of the member of an archive file.
    pub fn place(&self, key: ArticleKey) -> Option<DisplayLine> {
        self.listing.known(key.source)?;
        let name = self.listing.name(key.source);
        let member = self.row(key).map(|row| row.member).filter(|member| !member.is_empty());
        Some(member.map_or_else(|| name.to_line(), |member| display!("{name}/{member}")))
    }

    /// What the list knows of an article; `None` while its source is not read.
    pub fn row(&self, key: ArticleKey) -> Option<Row<'_>> {
        self.listing.row(key)
    }

    /// The row of the list at which `key` stands, or would stand. `near` is where it may stand: that
    /// is looked at first.
    pub fn position(&self, key: ArticleKey, near: usize) -> usize {
        let rows = self.rows();
        if rows.get(near) == Some(&key) {
            return near;
        }
        if self.filter.is_some() {
            // What was filtered out leaves its place to the best one.
            return rows.iter().position(|row| *row == key).unwrap_or(0);
        }
        if self.order.is_natural() {
            return rows.partition_point(|row| *row < key);
        }
        // An article that is gone stands where its page begins.
        let first = ArticleKey { article: 0, ..key };
        let sort_key = |key| self.listing.sort_key(key);
        let known = sort_key(if self.row(key).is_some() { key } else { first });
        rows.partition_point(|row| self.order.compare(&sort_key(*row), &known).is_lt())
    }

    /// How many sources were found.
    pub fn found_count(&self) -> usize {
        self.listing.source_count()
    }

    /// How many of them were read or failed.
    pub fn settled_count(&self) -> usize {
        self.listing.settled_count()
    }

    /// How many articles are known.
    pub fn article_count(&self) -> usize {
        self.listing.article_count()
    }

    /// Whether the date of any article is known.
    pub fn has_dates(&self) -> bool {
        self.listing.dated_count() > 0
    }

    /// All problems: those of sources with their names, then the others.
    pub fn problem_lines(&self) -> Vec<DisplayLine> {
        let failed = self.listing.failures().iter();
        let failed = failed.map(|(source, why)| display!("{}: {why}", self.name(*source)));
        failed.chain(self.problems.iter().map(|trouble| trouble.message.clone())).collect()
    }

    /// How many problems there are.
    pub fn problem_count(&self) -> usize {
        self.listing.failures().len() + self.problems.len()
    }
}

/// Merges new keys into those that are sorted. Each new one is looked up, so that few of them cost
/// few comparisons however long the list is.
fn merged(
    sorted: &[ArticleKey],
    mut new: Vec<ArticleKey>,
    order: Order,
    listing: &Listing,
) -> Vec<ArticleKey> {
    let sort_key = |key: &ArticleKey| listing.sort_key(*key);
    new.sort_by(|a, b| order.compare(&sort_key(a), &sort_key(b)));
    let mut rows = Vec::with_capacity(sorted.len() + new.len());
    let mut rest = sorted;
    for key in &new {
        let known = sort_key(key);
        let before = |row: &ArticleKey| order.compare(&sort_key(row), &known).is_lt();
        let (above, below) = rest.split_at(rest.partition_point(before));
        rows.extend_from_slice(above);
        rows.push(*key);
        rest = below;
    }
    rows.extend_from_slice(rest);
    rows
}

#[cfg(test)]
mod tests;
