//! Search of the whole archive: what was asked, the results as far as they are known, and the place
//! among them.
//!
//! Whoever runs the interface searches. Every change of the query is a new *generation*; what comes
//! of an older one is dropped. Of the results only the number is known; what is shown of those near
//! the window is asked for when they come into sight.

mod again;
mod detail;
mod keys;
mod news;
mod orders;
mod sight;

use std::{collections::BTreeMap, ops::Range};

use again::{Again, Heard};
pub use detail::{Candidate, Detail, LINES, found, places_in_text};
pub use news::{ResultOrder, Results, SearchNews, SearchOrder, Wanted};
pub use sight::LitHits;

use super::viewport::{Span, follow};
use crate::{
    article::{ArticleId, MarkTable},
    listing::ArticleKey,
    text::{display::DisplayLine, range::TextRange},
};

/// Results ahead of the window whose details are asked for with those in it.
const AHEAD: usize = 24;
/// Results before it that are asked for, too.
const BEFORE: usize = 8;
/// Results around the window whose details are kept.
const KEPT: usize = 120;
/// Queries that are kept to be brought back.
const QUERIES: usize = 100;

/// Which hit of the selected article is to be gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    Number(usize),
    Last,
}

/// Whether the list has come to the selected result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Follower {
    IsBehind,
    #[default]
    Follows,
}

/// What there is where a hit was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// This one.
    Hit(TextRange),
    /// The article matches, but not its text.
    Nothing,
    /// Another text than the one that was searched.
    AnotherText,
}

/// State of the search.
#[derive(Debug, Default)]
pub struct SearchPane {
    /// Whether results stand in the place of the list.
    pub is_on: bool,
    /// What is searched for, as it was typed.
    pub query: String,
    /// The article that the results are near to, and its title, when that was asked for.
    pub near: Option<(ArticleKey, DisplayLine)>,
    /// The result whose reprints are listed each, and its number.
    pub unfolded: Option<(ArticleKey, usize)>,
    /// Whether letters are letters only, never pinyin.
    pub is_literal: bool,
    /// The order of the results.
    pub order: ResultOrder,
    /// What was found.
    pub results: Results,
    /// What is wrong with the query, and where.
    pub misread: Option<(TextRange, DisplayLine)>,
    /// Whether an answer is awaited.
    pub is_running: bool,
    /// Number of the selected result.
    pub selected: usize,
    /// First visible result.
    pub top: usize,
    /// Rows of context that each result has at most.
    pub lines: usize,
    /// Number of the hit that was gone to last, from 0.
    pub at: Option<usize>,
    /// Queries that were accepted, the last one last.
    pub(super) queries: Vec<String>,
    /// The query that the person has accepted.
    pub accepted: Option<String>,
    /// The result that was selected when the query was changed last.
    pub(super) edited_at: usize,
    /// The selected article and the first row of the list before.
    pub(super) before: Option<(Option<ArticleKey>, usize)>,
    details: BTreeMap<usize, Detail>,
    /// The newest search, and the one whose results are shown.
    asked: u64,
    shown: u64,
    /// The query of the search whose results are shown.
    shown_query: String,
    /// The result to be selected when those that are asked for come.
    resumes_at: usize,
    /// Details that are on their way.
    on_their_way: Option<Range<usize>>,
    /// The search that was asked for again, until what it found is shown.
    again: Option<Again>,
    /// What is heard of an archive that is being brought up to date, and what was heard when that was over.
    hears: Heard,
    heard: Heard,
    /// The article at which one was when results came in the place of others that do not have it.
    lost: Option<ArticleKey>,
    /// What the person kept about articles when they asked last.
    marks: MarkTable,
    list: Follower,
    goal: Option<Goal>,
    orders: Vec<SearchOrder>,
}

impl SearchPane {
    /// Searches for something else; nothing is searched for with a blank query.
    pub fn ask(&mut self, query: &str) {
        self.near = None;
        self.unfolded = None;
        self.order(query, None);
    }

    /// Looks for the articles that are nearest to one.
    pub(super) fn ask_near(&mut self, key: ArticleKey, title: DisplayLine) {
        self.near = Some((key, title));
        self.unfolded = None;
        self.order("", None);
    }

    /// Whether nothing is asked for.
    pub fn is_blank(&self) -> bool {
        self.query.trim().is_empty() && self.near.is_none()
    }

    /// Has something searched for; `stays_at` is the article whose place among the results is to be told.
    fn order(&mut self, query: &str, stays_at: Option<ArticleKey>) {
        query.clone_into(&mut self.query);
        self.asked += 1;
        self.misread = None;
        self.resumes_at = 0;
        (self.again, self.heard) = (None, Heard::Nothing);
        let is_blank = self.is_blank();
        self.is_running = !is_blank;
        if is_blank {
            self.show(self.asked, Results::default());
        }
        self.orders.retain(|order| !matches!(order, SearchOrder::Run(_)));
        let (pinyin, order) = (!self.is_literal, self.order);
        self.orders.push(SearchOrder::Run(Wanted {
            generation: self.asked,
            query: self.query.clone(),
            near: self.near.as_ref().map(|(key, _)| *key),
            unfolded: self.unfolded.map(|(key, _)| key),
            stays_at,
            pinyin,
            marks: MarkTable::default(),
            order,
        }));
    }

    /// Goes back to the query that was accepted, and to the result at which one was.
    pub(super) fn return_to(&mut self, accepted: &str, selected: usize) {
        if self.shown_query.trim() != accepted || self.near.is_some() {
            self.ask(accepted);
            self.resumes_at = selected;
            return;
        }
        // What was typed meanwhile was never understood: everything is as it was.
        accepted.clone_into(&mut self.query);
        self.misread = None;
        if self.is_running {
            self.stop();
        }
        self.catch_up_late();
    }

    /// Remembers a query that was accepted.
    pub(super) fn accept(&mut self, query: &str) {
        self.accepted = Some(query.to_owned());
        self.queries.retain(|known| known != query);
        self.queries.push(query.to_owned());
        let surplus = self.queries.len().saturating_sub(QUERIES);
        self.queries.drain(..surplus);
    }

    /// Searches no further.
    pub(super) fn stop(&mut self) {
        // What is on its way comes from a search that is over.
        self.asked += 1;
        (self.is_running, self.again) = (false, None);
        self.orders.push(SearchOrder::Stop);
    }

    /// Forgets the search, but not what was asked before and how.
    pub(super) fn close(&mut self) {
        *self = Self {
            is_literal: self.is_literal,
            order: self.order,
            queries: std::mem::take(&mut self.queries),
            asked: self.asked + 1,
            hears: self.hears,
            orders: vec![SearchOrder::Close],
            ..Self::default()
        };
    }

    /// Takes in what came of a search, unless it is not wanted any more.
    pub fn take(&mut self, generation: u64, news: SearchNews) -> Option<DisplayLine> {
        if let SearchNews::Details(first, details) = news {
            self.change_over(generation, (first, &details));
            if generation == self.shown && self.is_on {
                self.on_their_way = None;
                self.details.extend((first..).zip(details));
            }
            return None;
        }
        if generation != self.asked || !self.is_on {
            return None;
        }
        match news {
            SearchNews::Misread(range, why) => {
                self.misread = Some((range, why));
                (self.is_running, self.again) = (false, None);
            }
            SearchNews::Failed(why) => {
                (self.is_running, self.again) = (false, None);
                return Some(why);
            }
            SearchNews::Found(results) => {
                self.is_running = results.is_running;
                if self.shown == generation {
                    if self.results.articles == 0 {
                        self.list = Follower::IsBehind;
                    }
                    self.results = results;
                } else if !self.waits_for_details(results) {
                    self.show(generation, results);
                }
                self.catch_up_late();
            }
            SearchNews::Details(..) | SearchNews::Keys(_) => {}
        }
        None
    }

    /// Shows the results of another search, from the first one on.
    fn show(&mut self, generation: u64, results: Results) {
        self.shown = generation;
        self.shown_query.clone_from(&self.query);
        self.results = results;
        self.details.clear();
        (self.on_their_way, self.again) = (None, None);
        (self.selected, self.top) = (self.resumes_at, 0);
        self.lead(Goal::Number(0));
    }

    /// Everything follows the selected result.
    fn lead(&mut self, goal: Goal) {
        (self.at, self.lost) = (None, None);
        self.list = Follower::IsBehind;
        self.goal = Some(goal);
    }

    /// Moves the selection; `false` when it stays.
    pub(super) fn moved(&mut self, span: Span) -> bool {
        let to = span.apply(self.selected, self.results.articles);
        let moves = to != self.selected;
        self.selected = to;
        if moves {
            self.lead(Goal::Number(0));
        }
        moves
    }

    /// Goes to the hit that was gone to last, or to the first one.
    pub(super) fn go_to_hit(&mut self) {
        (self.list, self.lost) = (Follower::IsBehind, None);
        self.goal = Some(Goal::Number(self.at.unwrap_or(0)));
    }

    /// Goes to the next (or previous) hit, also of the next article; `false` when there is none.
    pub(super) fn step(&mut self, by: isize) -> bool {
        if self.lost.is_some() && by > 0 {
            // What has come to its place is the next one.
            self.go_to_hit();
            return true;
        }
        let hits = self.current().map_or(0, |detail| detail.hits.len());
        // A hit that is still on its way counts as gone to.
        let here = match self.goal {
            Some(Goal::Number(at)) => Some(at),
            Some(Goal::Last) => hits.checked_sub(1),
            None => self.at,
        };
        let next = here.and_then(|at| at.checked_add_signed(by)).filter(|at| *at < hits);
        if let Some(next) = next {
            self.goal = Some(Goal::Number(next));
            self.list = Follower::IsBehind;
            return true;
        }
        let moves = self.moved(Span::Items(by));
        if moves && by < 0 {
            self.goal = Some(Goal::Last);
        }
        moves
    }

    /// The selected result, if its details are there.
    pub fn current(&self) -> Option<&Detail> {
        self.details.get(&self.selected)
    }

    /// A result, if its details are there.
    pub fn detail(&self, at: usize) -> Option<&Detail> {
        self.details.get(&at)
    }

    /// The selected article and its neighbours among the results, the next ones first.
    pub(super) fn neighbourhood(&self) -> Vec<ArticleKey> {
        let next = self.selected..self.selected + 5;
        let around = next.chain(self.selected.checked_sub(1));
        around.filter_map(|at| self.detail(at)?.key).collect()
    }

    /// The article that the list has to follow, once.
    pub(super) fn led(&mut self) -> Option<ArticleKey> {
        let key = self.current()?.key.filter(|_| self.list == Follower::IsBehind)?;
        self.list = Follower::Follows;
        Some(key)
    }

    /// The hit of an article that is to be gone to, once its text is there.
    pub(super) fn reached(&mut self, key: ArticleKey, id: ArticleId) -> Option<Reached> {
        let goal = self.goal?;
        let detail = self.details.get(&self.selected).filter(|detail| detail.key == Some(key))?;
        (self.goal, self.at) = (None, None);
        if detail.id != id {
            return Some(Reached::AnotherText);
        }
        let Some(last) = detail.hits.len().checked_sub(1) else { return Some(Reached::Nothing) };
        let at = match goal {
            Goal::Number(at) => at.min(last),
            Goal::Last => last,
        };
        self.at = Some(at);
        detail.hits.get(at).map(|hit| Reached::Hit(*hit))
    }

    /// Keeps the selection in sight and asks for what is to be shown.
    pub(super) fn settle(&mut self, room: usize) {
        self.lines = match room {
            24.. => LINES,
            14.. => 2,
            _ => 1.min(room.saturating_sub(1)),
        };
        let count = self.results.articles;
        self.selected = self.selected.min(count.saturating_sub(1));
        self.top = follow(self.top, self.selected, count, room, |at| self.height(at));
        if self.ask_to_change_over(room) {
            return;
        }
        let seen = self.top.min(self.selected).saturating_sub(1)..count.min(self.top + room + 1);
        let mut missing = seen.clone().filter(|at| !self.details.contains_key(at));
        let Some(first) = missing.next() else { return };
        let last = missing.next_back().unwrap_or(first);
        let asked = self.on_their_way.as_ref();
        if asked.is_some_and(|asked| asked.contains(&first) && asked.contains(&last)) {
            return;
        }
        let far = seen.start.saturating_sub(KEPT)..seen.end + KEPT;
        self.details.retain(|at, _| far.contains(at));
        let range = first.saturating_sub(BEFORE)..count.min(last + AHEAD);
        self.on_their_way = Some(range.clone());
        self.orders.push(SearchOrder::Details(self.shown, range));
    }
}

#[cfg(test)]
mod tests;
