//! Which texts match: what postings decide, and what the texts themselves do.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{
    BREATH,
    ask::{Times, ask_all, times_in},
    marked::Marked,
    segments::{self, Decided, Gathered},
};
use crate::{
    query::{self, Fact, Matcher, Subject},
    store::index::{
        catalogue::ArticlePlace, plan::Plan, reader::Index, rows::date_of, schema::IndexError,
    },
};

/// What is gathered of one text.
pub(super) struct Match {
    pub(super) text: i64,
    pub(super) chars: u32,
    /// How often each leaf is in it.
    pub(super) times: Times,
    /// A bit for each of the first leaves that may be in it; what postings say.
    pub(super) may: u64,
    /// The leaves in its title.
    pub(super) titles: Titles,
    /// The articles with it that match; all if `None`.
    pub(super) articles: Option<Vec<ArticlePlace>>,
}

impl Match {
    /// Whether a leaf may be in it.
    pub(super) fn may_have(&self, leaf: usize) -> bool {
        leaf >= MOST_LEAVES || self.may >> leaf & 1 == 1
    }
}

/// The texts that match.
pub(super) struct Matches {
    /// By what postings say.
    pub(super) decided: Vec<Decided>,
    /// By what they say themselves.
    pub(super) verified: Vec<Match>,
}

/// Leaves that have bits: of the others titles count no more than texts, and each text is asked for them.
pub(super) const MOST_LEAVES: usize = u64::BITS as usize;

/// Which of the first leaves a title has, a bit for each.
#[derive(Clone, Copy, Default)]
pub(super) struct Titles {
    /// Surely.
    pub(super) sure: u64,
    /// Maybe.
    pub(super) in_doubt: u64,
}

/// A search that is under way.
pub(super) struct Search<'a> {
    pub(super) index: &'a mut Index,
    pub(super) matcher: Matcher,
    pub(super) plan: Plan,
    pub(super) marked: Marked,
    pub(super) cancelled: &'a AtomicBool,
    /// In how many texts each leaf may be, of the first ones, by what postings say.
    pub(super) may: Vec<usize>,
    /// Texts that were read.
    pub(super) verified: usize,
    /// Texts since it was asked whether anybody still waits.
    pub(super) since: usize,
}

impl Search<'_> {
    /// All texts that match; `None` when it was cancelled.
    pub(super) fn matches(&mut self) -> Result<Option<Matches>, IndexError> {
        let Self { index, plan, marked, cancelled, .. } = self;
        let Some(Gathered { decided, mut undecided, may }) =
            segments::gathered(index, plan, marked, cancelled)?
        else {
            return Ok(None);
        };
        self.may = may;
        undecided.extend(self.loose_texts());
        let Some(verified) = self.verified(undecided)? else { return Ok(None) };
        Ok(Some(Matches { decided, verified }))
    }

    /// The texts that are in no segment, of which nothing is known.
    pub(super) fn loose_texts(&self) -> Vec<Match> {
        let chars = self.index.catalogue.mean_chars as u32;
        let texts = self.index.catalogue.loose.iter().copied().filter(|text| {
            self.index.catalogue.has_articles(*text) && self.marked.whole.has(*text)
        });
        // Which titles have it is found out later.
        let titles = Titles { sure: 0, in_doubt: u64::MAX };
        let found = |text| Match {
            text,
            chars,
            times: Times::new(),
            may: u64::MAX,
            titles,
            articles: None,
        };
        texts.map(found).collect()
    }

    /// Those of the texts that match, as they say themselves; `None` when it was cancelled.
    fn verified(&mut self, undecided: Vec<Match>) -> Result<Option<Vec<Match>>, IndexError> {
        if !self.plan.asks_rows && !self.plan.asks_keywords {
            self.verified += undecided.len();
            let matcher = &self.matcher;
            return ask_all(self.index, matcher, undecided, self.cancelled);
        }
        let mut matches = Vec::new();
        for found in undecided {
            if self.is_cancelled() {
                return Ok(None);
            }
            let verified = self.verify_rows(found.text)?;
            matches.extend(verified.map(|(times, articles)| Match {
                times,
                articles: Some(articles),
                ..found
            }));
        }
        Ok(Some(matches))
    }

    fn is_cancelled(&mut self) -> bool {
        self.since += 1;
        self.since.is_multiple_of(BREATH) && self.cancelled.load(Ordering::Relaxed)
    }

    /// Asks the articles with a text, and if need be the text itself: how often it has each leaf, and
    /// which of its articles match, if any.
    fn verify_rows(&mut self, text: i64) -> Result<Option<(Times, Vec<ArticlePlace>)>, IndexError> {
        let places: Vec<ArticlePlace> = self.index.catalogue.articles(text).collect();
        let keywords: Vec<String> = if self.plan.asks_keywords {
            let digest = self.index.digest(text)?.unwrap_or_default();
            digest.keywords.into_iter().map(|keyword| keyword.text).collect()
        } else {
            Vec::new()
        };
        let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
        let marks = self.index.marks.clone();
        let mut searchable = None;
        let mut times = Times::new();
        let mut matching = Vec::new();
        for place in places {
            let Some(row) = self.index.row(place.article)? else { continue };
            let path = self.index.printed_place(&row);
            let mut subject = Subject {
                path: &path,
                title: Fact::Known(&row.facts.title),
                byline: Fact::Known(&row.facts.byline),
                date: Fact::Known(date_of(place.date.into())),
                keywords: Fact::Known(&keywords),
                text: Fact::Pending,
                marks: Fact::Known(marks.of(row.facts.id)),
            };
            let mut verdict = self.matcher.judge(&subject);
            if verdict == query::Verdict::Pending {
                if searchable.is_none() {
                    self.verified += 1;
                    searchable = self.index.searchable(text)?;
                }
                let Some(searchable) = &searchable else { continue };
                subject.text = Fact::Known(searchable);
                verdict = self.matcher.judge(&subject);
            }
            if let query::Verdict::Yes(found) = verdict {
                times = times_in(&found);
                matching.push(place);
            }
        }
        Ok((!matching.is_empty()).then_some((times, matching)))
    }
}
