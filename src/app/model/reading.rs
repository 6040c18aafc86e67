//! The open article: what the reader shows, and what is known of it beside it.

use super::Model;
use crate::app::{action::Pane, reader};

impl Model {
    /// Lays the reader out if it is on the screen.
    pub(in crate::app) fn settle_reader(&mut self) {
        if let Some(place) = self.screen().content(Pane::Reader) {
            let (columns, rows) = (usize::from(place.width), usize::from(place.height));
            self.reader.settle(reader::measure(columns, self.measure, self.widths), rows);
        }
    }

    /// Shows what is known of the open article.
    pub(super) fn show_analysis(&mut self) {
        let analysis = self.analysis().cloned();
        let is_first = self.sentences.items.is_empty();
        self.show_sentences();
        if is_first {
            self.sentences.follow(self.reader.anchor());
        }
        self.keywords.show(analysis.as_deref());
        self.reader.show(analysis);
    }

    /// Shows as many of its key sentences as are wanted now.
    pub(in crate::app) fn show_sentences(&mut self) {
        let analysis = self.analysis().cloned();
        let shown = match (&analysis, self.reader.article(), self.reader.text()) {
            (Some(analysis), Some(article), Some(text)) => Some((&**analysis, &**article, text)),
            _ => None,
        };
        self.sentences.show(shown);
    }

    pub(super) fn open_selected(&mut self) {
        if self.reader.key() == self.list.selected {
            return;
        }
        self.keep_anchor();
        self.leave_place();
        match self.list.selected.and_then(|key| Some((key, self.readings.get(&key)?))) {
            Some((key, reading)) => {
                let anchor = self.anchors.get(&key).copied();
                let anchor = anchor.or_else(|| self.places.of(reading.article.id)).unwrap_or(0);
                self.reader.open(key, reading, anchor);
            }
            None => self.reader.close(),
        }
        self.sentences.forget();
        self.show_analysis();
    }

    pub(super) fn keep_anchor(&mut self) {
        if let Some(key) = self.reader.key() {
            self.anchors.insert(key, self.reader.anchor());
        }
    }
}
