//! What an index knows of the sources that a walk comes to next.

use std::collections::VecDeque;

use crate::store::index::{IndexError, KnownSource, SourceKey, Writer};

/// Sources that are asked for at once: to ask for each takes longer than to look at its file.
const AHEAD: u32 = 512;

/// Known sources in the order of the archive, which is that of a walk, a stretch at a time. What is
/// written of sources that were come to already does not show.
#[derive(Default)]
pub(super) struct Ahead {
    /// The stretch begins with this key.
    from: Option<SourceKey>,
    /// It ends with the last of these, or with the archive.
    stretch: VecDeque<(SourceKey, KnownSource)>,
    is_last: bool,
}

impl Ahead {
    /// What is known of a source. Quick when keys come in order; right in any order, as long as none
    /// comes twice.
    pub(super) fn known(
        &mut self,
        key: &SourceKey,
        writer: &Writer,
    ) -> Result<Option<KnownSource>, IndexError> {
        while self.stretch.front().is_some_and(|(front, _)| front < key) {
            self.stretch.pop_front();
        }
        let begun = self.from.as_ref().is_some_and(|from| from <= key);
        if !begun || (self.stretch.is_empty() && !self.is_last) {
            self.stretch = writer.sources_from(key, AHEAD)?.into();
            self.is_last = self.stretch.len() < AHEAD as usize;
        }
        self.from = Some(key.clone());
        if self.stretch.front().is_none_or(|(front, _)| front != key) {
            return Ok(None);
        }
        Ok(self.stretch.pop_front().map(|(_, known)| known))
    }
}
