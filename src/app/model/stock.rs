//! Texts and analyses at hand: what is kept, what is missing, and what may be wanted next.

use std::{collections::HashSet, sync::Arc};

use super::Model;
use crate::{
    analysis::Analysis,
    app::{
        msg::{Effect, Reading},
        skim::Known,
    },
    listing::{self, ArticleKey},
    text::display::DisplayLine,
};

/// Articles whose analysis is kept; a few kilobytes each.
const ANALYSES_KEPT: usize = 2_000;
/// Articles whose text is kept.
const READINGS_KEPT: usize = 64;
/// Articles that are analysed ahead in one go, between two looks at what the person wants.
const AHEAD: usize = 16;

impl Model {
    /// How many articles have been analysed, and how many are to be for now.
    pub fn analysed(&self) -> (usize, usize) {
        let wanted = self.archive.article_count().min(ANALYSES_KEPT);
        let done = self.analyses.len() + self.failures.len();
        (if self.is_all_ahead { wanted } else { done }, wanted)
    }

    /// What is known of an article, once both its text and its analysis are there.
    pub(in crate::app) fn known_of(&self, key: ArticleKey) -> Option<Known<'_>> {
        let reading = self.readings.get(&key)?;
        let analysis = self.analyses.get(&key).filter(|it| it.fits(&reading.article))?;
        Some(Known { article: &reading.article, text: &reading.text, analysis })
    }

    /// The text of an article, if it is at hand.
    pub(in crate::app) fn reading_of(&self, key: ArticleKey) -> Option<&Reading> {
        self.readings.get(&key)
    }

    /// The analysis of an article, if there is one of the text that is at hand.
    pub(in crate::app) fn analysis_of(&self, key: ArticleKey) -> Option<&Analysis> {
        let reading = self.readings.get(&key)?;
        let analysis = self.analyses.get(&key).filter(|it| it.fits(&reading.article))?;
        Some(analysis)
    }

    /// Why an article cannot be shown, if it cannot.
    pub(in crate::app) fn failure_of(&self, key: ArticleKey) -> Option<&DisplayLine> {
        self.failures.get(&key)
    }

    pub(in crate::app) fn take_reading(
        &mut self,
        key: ArticleKey,
        reading: Result<Reading, DisplayLine>,
    ) {
        if self.readings.len() >= READINGS_KEPT {
            let near = self.neighbourhood();
            self.readings.retain(|key, _| near.contains(key));
        }
        match reading {
            // On its way since before invisible characters were to be treated otherwise.
            Ok(reading) if reading.invisible != self.invisible => {}
            Ok(reading) => {
                // Another text under the same key: the file was changed meanwhile.
                let open = self.reader.article().filter(|_| self.reader.key() == Some(key));
                if open.is_some_and(|open| open.text != reading.article.text) {
                    self.keep_anchor();
                    self.reader.close();
                }
                self.readings.insert(key, reading);
            }
            Err(why) => {
                // A text that was on its way since before the source failed does not stand for it. What is open while
                // its file is there no more may still be read.
                if matches!(self.archive.known(key.source), Some(listing::Known::Failed(_))) {
                    self.readings.remove(&key);
                    if self.reader.key() == Some(key) {
                        self.keep_anchor();
                        self.reader.close();
                    }
                }
                self.failures.insert(key, why);
            }
        }
    }

    pub(in crate::app) fn take_analysis(&mut self, key: ArticleKey, analysis: Arc<Analysis>) {
        if self.analyses.len() > ANALYSES_KEPT + ANALYSES_KEPT / 4 {
            let here = self.list.position(&self.archive).unwrap_or(0);
            let from = here.saturating_sub(ANALYSES_KEPT / 2);
            let near: HashSet<&ArticleKey> =
                self.archive.rows().iter().skip(from).take(ANALYSES_KEPT).collect();
            self.analyses.retain(|key, _| near.contains(key));
        }
        self.analyses.insert(key, analysis);
        if self.reader.key() == Some(key) {
            self.show_analysis();
        }
    }

    /// Forgets everything about sources that are read again.
    pub(in crate::app) fn forget(&mut self, sources: &[u32]) {
        let sources: HashSet<u32> = sources.iter().copied().collect();
        self.readings.retain(|key, _| !sources.contains(&key.source));
        self.failures.retain(|key, _| !sources.contains(&key.source));
        self.analyses.retain(|key, _| !sources.contains(&key.source));
        self.wanted.clear();
        if self.reader.key().is_some_and(|key| sources.contains(&key.source)) {
            self.keep_anchor();
            self.reader.close();
        }
        if self.page.sheet().is_some_and(|sheet| sources.contains(&sheet.source)) {
            self.page.forget();
        }
    }

    /// Forgets how texts are shown; they are asked for again.
    pub(in crate::app) fn forget_readings(&mut self) {
        self.readings.clear();
        self.wanted.clear();
        self.keep_anchor();
        self.reader.close();
        self.page.forget();
    }

    /// Everything that was asked for has come: what is still missing is asked for again, and what
    /// may be wanted next.
    pub(in crate::app) fn idle(&mut self) -> Vec<Effect> {
        self.wanted.clear();
        let ahead = self.look_ahead();
        self.is_all_ahead = ahead.is_none();
        ahead.into_iter().collect()
    }

    /// Asks for articles to be analysed ahead, in the order of the list, as long as there is room
    /// to keep them, but for those as long as a book.
    fn look_ahead(&self) -> Option<Effect> {
        if self.analyses.len() >= ANALYSES_KEPT {
            return None;
        }
        let known = |key: &&ArticleKey| {
            self.archive.row(**key).is_some_and(|row| !row.is_as_long_as_a_book())
        };
        let todo =
            |key: &&ArticleKey| !self.is_analysed(**key) && !self.failures.contains_key(*key);
        // From where the person is to the end of the window that is kept, then what is before it.
        let rows = self.archive.rows();
        let here = self.list.position(&self.archive).unwrap_or(0);
        let latest = rows.len().saturating_sub(ANALYSES_KEPT);
        let start = here.saturating_sub(ANALYSES_KEPT / 2).min(latest);
        let window = rows.iter().take(start + ANALYSES_KEPT);
        let rows = window.clone().skip(here).chain(window.take(here).skip(start));
        let next: Vec<ArticleKey> = rows.filter(known).filter(todo).take(AHEAD).copied().collect();
        (!next.is_empty()).then_some(Effect::Analyze(next))
    }

    pub(in crate::app) fn missing(&mut self) -> Option<Effect> {
        let missing = |key: &ArticleKey| match self.readings.get(key) {
            _ if self.failures.contains_key(key) => false,
            None => true,
            Some(reading) => {
                let analysis = self.analyses.get(key);
                analysis.is_none_or(|analysis| !analysis.fits(&reading.article))
            }
        };
        let mut wanted = self.neighbourhood();
        wanted.retain(missing);
        if wanted.is_empty() || wanted == self.wanted {
            return None;
        }
        self.wanted.clone_from(&wanted);
        Some(Effect::Fetch(wanted))
    }
}
