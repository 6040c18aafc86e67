//! Leaving an archive and coming back to it.

use std::collections::HashMap;

use super::Model;
use crate::{
    app::{
        action::Pane,
        archive::Archive,
        filters::Filter,
        layout::{Choice, SizeClass},
        msg::Effect,
        session::{Memento, Seek, Spot},
    },
    article::{ArticleId, ReadingPlace, order::SortBy},
    listing::{ArticleKey, Known},
};

/// The size classes with panes that can be arranged.
const CLASSES: [SizeClass; 3] = [SizeClass::Wide, SizeClass::Normal, SizeClass::Narrow];

/// What stands for the id of an article of which nothing is known yet. No article has it, and what stands at its
/// place is gone to.
const UNKNOWN: ArticleId = ArticleId([0; 16]);

impl Model {
    /// The interface as it is now.
    pub fn memento(&self) -> Memento {
        let choices = CLASSES.map(|class| (class, self.choices.get(&class).copied()));
        let choices = choices
            .into_iter()
            .filter_map(|(class, choice)| Some((class, choice?)))
            .filter(|(_, choice)| *choice != Choice::default());
        // Until the article of last time is found, that is where the person is.
        let left = self.sought().map(|seek| &seek.left);
        Memento {
            spot: left.map_or_else(|| self.session_spot(), |left| left.spot.clone()),
            level: self.reader.level,
            filters: self.filters.all().iter().map(|filter| filter.by.clone()).collect(),
            order: self.archive.order(),
            choices: choices.collect(),
            focus: self.focus,
            upper: self.upper,
            sentences: self.sentences.count,
            is_skimmed: left.map_or(self.skim.is_on, |left| left.is_skimmed),
            skimmed_sentences: self.skim.count,
            is_page: left.map_or(self.page.is_on, |left| left.is_page),
        }
    }

    fn session_spot(&self) -> Option<Spot> {
        let key = self.list.selected?;
        self.archive.known(key.source)?;
        let source = self.archive.name(key.source).as_str().to_owned();
        // A source stands in the list, and its text may even be open, before the list knows what it holds.
        let row = self.archive.row(key);
        let open = self.reader.article().filter(|_| self.reader.key() == Some(key));
        let id = row.map(|row| row.id).or(open.map(|article| article.id));
        let kept = || id.and_then(|id| self.places.of(id));
        let known = self.anchors.get(&key).copied().or_else(kept);
        Some(Spot {
            id: id.unwrap_or(UNKNOWN),
            title: row.map_or_else(|| source.clone(), |row| row.title.as_str().to_owned()),
            source,
            number: key.article,
            anchor: if open.is_some() { self.reader.anchor() } else { known.unwrap_or(0) },
        })
    }

    /// Takes up what was left. Nothing of the archive is needed for it: the article is selected when it
    /// appears.
    pub fn resume(&mut self, left: Memento) {
        self.reader.set_level(left.level);
        self.sentences.count = left.sentences;
        self.skim.count = left.skimmed_sentences;
        self.choices = left.choices.iter().copied().collect();
        if !left.order.is_natural() {
            self.archive.sort(left.order);
        }
        self.filter_as_left(&left);
        (self.focus, self.upper) = (left.focus, left.upper);
        self.seek = Seek::new(left);
    }

    /// The marks are known by which the list was sorted last time.
    pub(super) fn order_by_loaded_marks(&mut self) {
        let order = self.archive.order();
        if order.by == SortBy::Marks {
            self.archive.know_marks(self.marks.table().clone());
            self.archive.sort(order);
        }
    }

    /// What is to be kept when the program ends: the place in the open article, and what to come back
    /// to.
    pub fn leave(&mut self) -> Vec<Effect> {
        self.leave_place();
        let places = self.places.orders();
        let places = (!places.is_empty()).then_some(Effect::Places(places));
        let memento = (!self.is_blank()).then(|| Effect::Remember(Box::new(self.memento())));
        places.into_iter().chain(memento).collect()
    }

    /// The search for the article of last time, while it is not there.
    pub(super) fn sought(&self) -> Option<&Seek> {
        self.seek.as_ref().filter(|seek| seek.arrived.is_none())
    }

    /// Whether nothing is known yet that is worth coming back to.
    fn is_blank(&self) -> bool {
        self.list.selected.is_none() && self.sought().is_none()
    }

    /// What is to be kept now, in case the program is not asked when it ends.
    pub(in crate::app) fn remember(&mut self) -> Vec<Effect> {
        let places = self.places.orders();
        let places = (!places.is_empty()).then_some(Effect::Places(places));
        let memento = (!self.is_blank()).then(|| self.memento());
        let memento = memento.filter(|memento| self.remembered.as_ref() != Some(memento));
        let remember = memento.map(|memento| {
            self.remembered = Some(memento.clone());
            Effect::Remember(Box::new(memento))
        });
        places.into_iter().chain(remember).collect()
    }

    /// Notes how far the open article was read.
    pub(in crate::app) fn leave_place(&mut self) {
        // What is shown while the article of last time is looked for was not read.
        let Some(article) = self.reader.article().filter(|_| self.sought().is_none()) else {
            return;
        };
        let (id, offset) = (article.id, self.reader.anchor());
        let row = self.reader.key().and_then(|key| self.archive.row(key));
        let title = row.map_or_else(String::new, |row| row.title.as_str().to_owned());
        self.places.leave(ReadingPlace { id, title, offset });
    }

    /// The places of earlier times are known: the open article goes to its own, unless it was moved.
    pub(super) fn take_places(&mut self, kept: HashMap<ArticleId, usize>) {
        self.places.load(kept);
        let Some(article) = self.reader.article().filter(|_| self.reader.anchor() == 0) else {
            return;
        };
        if let Some(offset) = self.places.of(article.id) {
            self.reader.go_to(offset);
            self.sentences.follow(offset);
        }
    }

    /// Answers a key. Where that goes elsewhere, the article of last time is not gone to any more.
    pub(super) fn unless_moved(
        &mut self,
        answer: impl FnOnce(&mut Self) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let before = self.place();
        let effects = answer(self);
        if self.place() != before {
            self.seek = None;
        }
        effects
    }

    /// Sources from this number on were found or read: one of them may have the article of last time.
    pub(super) fn seek_from(&mut self, first: usize) {
        let count = self.archive.found_count();
        self.seek_among(first as u32..count as u32);
    }

    /// Looks for the article of last time among these sources, by their names.
    pub(super) fn seek_among(&mut self, sources: impl IntoIterator<Item = u32>) {
        let Some(seek) = &mut self.seek else { return };
        seek.has_news = true;
        if seek.found.is_some() {
            return;
        }
        for source in sources {
            if self.archive.name(source).as_str() != seek.spot.source {
                continue;
            }
            let named = ArticleKey { source, article: seek.spot.number };
            let is_it = |key: &ArticleKey| is_text(&self.archive, *key, seek.spot.id);
            // The same text may stand on a page twice.
            let found = Some(named).filter(is_it);
            seek.found = found.or_else(|| articles(&self.archive, source).find(is_it));
            let is_there = self.archive.row(named).is_some();
            seek.stand_in = Some(if is_there { named } else { ArticleKey { article: 0, ..named } });
            return;
        }
    }

    /// What was found so far does not count, and neither do its numbers: the article at which the person is is
    /// looked for as one of last time is, and the filters hold when their sets are found again.
    pub(super) fn find_anew(&mut self) {
        let now = self.memento();
        self.archive = self.archive.emptied();
        self.filter_as_left(&now);
        self.seek = Seek::new(now);
    }

    fn filter_as_left(&mut self, left: &Memento) {
        self.filters.restore(left.filters.iter().cloned().map(Filter::new).collect());
        self.archive.filter(self.filters.conditions());
    }

    /// Selects the article of last time when the list has it, or what stands in for it until then. What is
    /// to be put in order for it comes back.
    pub(in crate::app) fn go_on_seeking(&mut self) -> Vec<Effect> {
        // A filter that does not know of new rows yet would seem to leave them out.
        let asked = if self.seek.is_some() { self.archive.asked() } else { Vec::new() };
        self.look_for_article();
        asked.into_iter().map(|it| Effect::Arrange(Box::new(it))).collect()
    }

    fn look_for_article(&mut self) {
        let Some(seek) = &mut self.seek else { return };
        if let Some(key) = seek.arrived {
            if is_text(&self.archive, key, seek.spot.id) {
                return;
            }
            seek.found = None;
        }
        let is_due = self.archive.complete && std::mem::take(&mut seek.has_news);
        if seek.found.is_none() && is_due {
            // The file may have another name now.
            let sources = 0..self.archive.found_count() as u32;
            let mut all = sources.flat_map(|source| articles(&self.archive, source));
            seek.found = all.find(|key| is_text(&self.archive, *key, seek.spot.id));
        }
        if seek.arrived.is_some() {
            // The selection has gone to its neighbour; it comes back when the article does.
            if let Some(key) = seek.found.filter(|key| is_listed(&self.archive, *key)) {
                self.arrive(key);
            }
            return;
        }
        let found = seek.found.filter(|key| is_listed(&self.archive, *key));
        // A filter that does not let it through any more gives way.
        let settled = self.archive.complete && !self.archive.is_arranging();
        let target = found.or_else(|| seek.found.or(seek.stand_in).filter(|_| settled));
        if let Some(target) = target {
            return self.arrive(target);
        }
        let stand_in = seek.stand_in.filter(|key| is_listed(&self.archive, *key));
        if let Some(key) = stand_in {
            self.list.selected = Some(key);
        } else if settled {
            self.seek = None;
            let gone = self.lang.of("上次读的文章不在了", "the article of last time is gone");
            self.notice = Some(gone.into());
        }
    }

    /// The article of last time is there.
    fn arrive(&mut self, key: ArticleKey) {
        let Some(seek) = &mut self.seek else { return };
        let is_first = seek.arrived.replace(key).is_none();
        let row = self.archive.row(key);
        // Of what was not read when it was left, how far it was read is known by its text alone.
        if let Some(row) = row.filter(|_| seek.spot.id == UNKNOWN) {
            seek.spot.anchor = self.places.of(row.id).unwrap_or(seek.spot.anchor);
        }
        // What stands in for it is as good, and is followed as well.
        seek.spot.id = row.map_or(seek.spot.id, |row| row.id);
        let (anchor, left) = (seek.spot.anchor, seek.left.clone());
        self.anchors.insert(key, anchor);
        self.select(key);
        if self.reader.key() == Some(key) {
            self.reader.go_to(anchor);
            self.sentences.follow(anchor);
        }
        if !is_first {
            return;
        }
        if left.is_page && !self.page.is_on {
            self.toggle_page();
        } else if left.is_skimmed
            && left.focus == Pane::List
            && !self.skim.is_on
            && !self.search.is_on
        {
            self.toggle_skim();
        }
    }
}

/// The articles of a source that was read.
fn articles(archive: &Archive, source: u32) -> impl Iterator<Item = ArticleKey> + use<> {
    let count = match archive.known(source) {
        Some(Known::Read(count)) => count,
        _ => 0,
    };
    (0..count).map(move |article| ArticleKey { source, article })
}

/// Whether this is the article with this text.
fn is_text(archive: &Archive, key: ArticleKey, id: ArticleId) -> bool {
    archive.row(key).is_some_and(|row| row.id == id)
}

/// Whether the list has this row now.
fn is_listed(archive: &Archive, key: ArticleKey) -> bool {
    archive.rows().get(archive.position(key, 0)) == Some(&key)
}
