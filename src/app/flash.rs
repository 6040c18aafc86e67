//! The flash where a jump lands: what was gone to stands out in the text until the next key, or for a
//! moment.
//!
//! What ends it is a message like any other: somebody outside is asked to send it as soon as the place is
//! on the screen, which may be a while after the jump when the text has to be read first.

use super::{action::Pane, model::Model, msg::Effect};
use crate::{listing::ArticleKey, text::range::TextRange};

/// What stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flash {
    /// The article.
    key: ArticleKey,
    /// The place in its text; the row of its beginning if it is empty.
    place: TextRange,
    /// Whether it is on the screen, so that its end was asked for.
    is_seen: bool,
}

impl Model {
    /// A jump has gone to this place of the open article.
    pub(super) fn flash(&mut self, place: TextRange) {
        if let Some(key) = self.reader.key() {
            self.flash_in(key, place);
        }
    }

    /// A jump goes to this place of an article, which may have to be read first.
    pub(super) fn flash_in(&mut self, key: ArticleKey, place: TextRange) {
        self.flash = self.motion.then_some(Flash { key, place, is_seen: false });
    }

    /// Has the flash ended in a moment, once it is seen; one that cannot be seen is over.
    pub(super) fn settle_flash(&mut self) -> Option<Effect> {
        let is_shown = self.screen().place(Pane::Reader).is_some()
            && !self.page.is_on
            && self.overlays.is_empty();
        let selected = self.list.selected;
        let open = self.reader.key();
        let flash = self.flash.as_mut()?;
        if !is_shown || selected != Some(flash.key) {
            self.flash = None;
            return None;
        }
        let starts = open == selected && !std::mem::replace(&mut flash.is_seen, open == selected);
        starts.then_some(Effect::EndFlash)
    }

    /// The place that stands out in the open text.
    pub fn flashing(&self) -> Option<TextRange> {
        self.flash.filter(|flash| flash.is_seen).map(|flash| flash.place)
    }
}
