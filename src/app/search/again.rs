//! Searching for the same again, because the archive or what is kept about it has changed.
//!
//! The results that are shown stay until those in their place are there with all that is to be seen of
//! them, so that nothing blinks. The person stays at the article, not at its number, and what is read
//! stays open.

use std::ops::Range;

use super::{AHEAD, BEFORE, Detail, Follower, Results, SearchOrder, SearchPane};
use crate::listing::ArticleKey;

/// What is asked for again.
#[derive(Debug)]
pub(super) struct Again {
    /// The number of the result at which one was.
    from: usize,
    /// What was found, once it is.
    found: Option<Results>,
    /// Whether its details were asked for.
    is_ordered: bool,
    /// Whether the marks of before hold.
    keeps_marks: bool,
}

/// How the archive differs from the one that was searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heard {
    #[default]
    Nothing,
    /// It has new sources, which a search without an index comes to by itself.
    Grew,
    /// Sources are not as they were, or not there any more.
    Changed,
}

impl SearchPane {
    /// Searches for the same again.
    pub fn ask_again(&mut self) {
        self.order(&self.query.clone(), None);
    }

    /// Searches for the same again and stays at the same result.
    pub(in crate::app) fn ask_on(&mut self) {
        let key = self.current().and_then(|detail| detail.key);
        let (from, is_quick) = (self.selected, self.results.looked.is_none());
        self.order(&self.query.clone(), key);
        self.resumes_at = from;
        self.again = Some(Again { from, found: None, is_ordered: false, keeps_marks: false });
        // There are results to look at meanwhile: nobody waits.
        self.is_running &= !is_quick;
    }

    /// Puts the results into the next order.
    pub(in crate::app) fn reorder(&mut self) {
        self.order = self.order.next();
        self.unfolded = None;
        self.ask_again();
    }

    /// Lists each of the articles that the selected result stands for, or folds those that are listed; `None`
    /// when there are none. Says whether they are listed now.
    pub(in crate::app) fn toggle_reprints(&mut self) -> Option<bool> {
        if let Some((_, at)) = self.unfolded.take() {
            self.select(at);
            self.ask_on();
            return Some(false);
        }
        let stands_for_others = |detail: &&Detail| detail.copies > 1;
        let key = self.current().filter(stands_for_others)?.key?;
        self.unfolded = Some((key, self.selected));
        self.ask_on();
        Some(true)
    }

    /// Sources were found: results that nobody knew may be known now.
    pub(in crate::app) fn archive_grew(&mut self) {
        self.details.retain(|_, detail| detail.key.is_some());
    }

    /// There are new sources, which the index does not know yet.
    pub(in crate::app) fn hear_of_new(&mut self) {
        self.hears = self.hears.max(Heard::Grew);
    }

    /// Sources have changed or are gone, which the index does not know yet.
    pub(in crate::app) fn hear_of_changed(&mut self) {
        self.hears = Heard::Changed;
    }

    /// The archive, of so many sources, is up to date: what was not searched is searched now.
    pub(in crate::app) fn catch_up(&mut self, sources: usize) {
        self.heard = self.heard.max(std::mem::take(&mut self.hears));
        let Results { looked, missing, is_full, .. } = self.results;
        let is_part = !is_full && (looked.is_some_and(|looked| looked < sources) || missing > 0);
        if is_part || self.is_outdated() {
            self.renew();
        }
    }

    /// Asks once more where the archive has changed while an answer was on its way.
    pub(super) fn catch_up_late(&mut self) {
        if self.is_outdated() {
            self.renew();
        }
    }

    /// Whether the archive was another one when it was searched.
    fn is_outdated(&self) -> bool {
        match self.heard {
            Heard::Nothing => false,
            Heard::Grew => self.results.looked.is_none(),
            Heard::Changed => true,
        }
    }

    /// Asks again without being told to.
    fn renew(&mut self) {
        let is_asked = self.is_on && !self.is_blank() && self.misread.is_none();
        if !is_asked || self.is_running || self.again.is_some() {
            return;
        }
        self.ask_on();
        if let Some(again) = &mut self.again {
            again.keeps_marks = true;
        }
    }

    /// Whether the results that are asked for take the place of others.
    pub(in crate::app) fn is_asked_again(&self) -> bool {
        self.again.is_some()
    }

    /// Whether what the person kept when they asked is to be searched by, not what they keep now: what is
    /// read meanwhile must not go away.
    pub(super) fn keeps_marks(&self) -> bool {
        self.again.as_ref().is_some_and(|again| again.keeps_marks)
    }

    /// Takes in what was found again; `false` when it can be shown at once.
    pub(super) fn waits_for_details(&mut self, results: Results) -> bool {
        // Without an index it comes bit by bit, and of nothing there are no details.
        let is_whole = results.looked.is_none() && results.articles > 0;
        let Some(again) = self.again.as_mut().filter(|_| is_whole) else { return false };
        again.found = Some(results);
        true
    }

    /// Asks for the details of what was found again, as far as `room` rows show them; `false` when
    /// nothing was.
    pub(super) fn ask_to_change_over(&mut self, room: usize) -> bool {
        let Some((again, found)) = self.again.as_mut().and_then(|it| it.found.map(|on| (it, on)))
        else {
            return false;
        };
        if !std::mem::replace(&mut again.is_ordered, true) {
            let range = sight(found, again.from, (self.selected, self.top), room);
            self.orders.push(SearchOrder::Details(self.asked, range));
        }
        true
    }

    /// Details have come: if they are of what was found again, that is shown now.
    pub(super) fn change_over(&mut self, generation: u64, (first, details): (usize, &[Detail])) {
        let again = self.again.as_ref().filter(|_| generation == self.asked && self.is_on);
        let Some((from, found)) = again.and_then(|again| Some((again.from, again.found?))) else {
            return;
        };
        let here = self.current().and_then(|detail| detail.key);
        let (old, top) = (self.selected, self.top);
        let reached = (self.at, self.list, self.goal);
        let is_here = |detail: &Detail| here.is_some() && detail.key == here;
        let now = details.iter().position(is_here).map(|at| first + at);
        // Another article may stand for it now.
        let now = now.or(found.at.filter(|_| old == from));
        self.resumes_at = now.unwrap_or(old).min(found.articles.saturating_sub(1));
        self.show(generation, found);
        let by = self.selected.cast_signed() - old.cast_signed();
        self.top = top.saturating_add_signed(by);
        if let Some((_, at)) = &mut self.unfolded {
            *at = at.saturating_add_signed(by);
        }
        if now.is_some() {
            (self.at, self.list, self.goal) = reached;
        } else if here.is_some() {
            (self.list, self.goal, self.lost) = (Follower::Follows, None, here);
        }
        self.catch_up_late();
    }

    /// The article at which one was, if it is not among the results any more and one has not moved since.
    pub(in crate::app) fn lost(&self) -> Option<ArticleKey> {
        self.lost
    }
}

/// The results that are to be seen when what was found takes the place of what is shown: around the
/// result at which one was, by as many as one has moved on from there since.
fn sight(
    found: Results,
    from: usize,
    (selected, top): (usize, usize),
    room: usize,
) -> Range<usize> {
    let moved = selected.cast_signed() - from.cast_signed();
    let now = found.at.map_or(selected, |at| at.saturating_add_signed(moved));
    let now = now.min(found.articles.saturating_sub(1));
    let top = top.saturating_add_signed(now.cast_signed() - selected.cast_signed());
    top.min(now).saturating_sub(BEFORE)..found.articles.min(top.max(now) + room + AHEAD)
}
