//! Places to come back to after a jump.

use super::{action::Pane, filters::Filter};
use crate::listing::ArticleKey;

/// Most places that are remembered.
const KEPT: usize = 200;

/// Where the person was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The article; `None` where the list was empty.
    pub key: Option<ArticleKey>,
    /// Byte of its text on the top row of the reader.
    pub anchor: usize,
    /// The pane that had the focus.
    pub focus: Pane,
    /// The pane above in the normal layout.
    pub upper: Pane,
    /// The filters of the list.
    pub filters: Vec<Filter>,
    /// The first visible row of the list.
    pub top: usize,
}

/// Places before and after the present one, as in a browser.
#[derive(Debug, Default)]
pub struct History {
    back: Vec<Place>,
    forward: Vec<Place>,
}

impl History {
    /// Remembers the place that a jump leaves.
    pub fn leave(&mut self, place: Place) {
        if self.back.last() != Some(&place) {
            self.back.push(place);
        }
        if self.back.len() > KEPT {
            self.back.remove(0);
        }
        self.forward.clear();
    }

    /// The place before the last jump; `now` can be come back to.
    pub fn back(&mut self, now: Place) -> Option<Place> {
        let place = self.back.pop()?;
        self.forward.push(now);
        Some(place)
    }

    /// The place that was left by going back.
    pub fn forward(&mut self, now: Place) -> Option<Place> {
        let place = self.forward.pop()?;
        self.back.push(now);
        Some(place)
    }
}
