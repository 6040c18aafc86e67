//! What becomes of what is known when a source is read in another way, or again.

use crate::{
    app::{
        model::Model,
        msg::{Effect, Invisible, Trouble},
    },
    listing::SourceState,
    text::sanitize::DisplayText,
};

impl Model {
    /// Shows what cannot be seen in the text, or hides it again.
    pub(super) fn toggle_invisible(&mut self) -> Vec<Effect> {
        let hidden = self.reader.text().map_or(0, DisplayText::hidden);
        if self.invisible == Invisible::Hidden && hidden == 0 {
            let none = self.lang.of("正文里没有隐藏字符", "nothing is hidden in the text");
            self.notice = Some(none.into());
            return Vec::new();
        }
        self.invisible = match self.invisible {
            Invisible::Hidden => Invisible::Marked,
            Invisible::Marked => Invisible::Hidden,
        };
        self.forget_readings();
        vec![Effect::Invisible(self.invisible)]
    }

    pub(super) fn reload(&mut self) -> Vec<Effect> {
        let Some(key) = self.list.selected else { return Vec::new() };
        self.changed(&[key.source]);
        self.reloading = Some(key.source);
        self.notice = Some(self.lang.of("正在重新载入 ..", "reloading ..").into());
        vec![Effect::Reload(key.source)]
    }

    /// Forgets what is known of sources that have changed.
    pub(super) fn changed(&mut self, sources: &[u32]) {
        self.forget(sources);
        let is_of = |trouble: &Trouble| trouble.source.is_some_and(|it| sources.contains(&it));
        self.archive.problems.retain(|trouble| !is_of(trouble));
    }

    /// Says that a source was read again, and forgets what may have come from its old text
    /// meanwhile.
    pub(super) fn reloaded(&mut self, news: &[(u32, SourceState)]) {
        let Some(source) = self.reloading else { return };
        if news.iter().any(|(number, _)| *number == source) {
            self.reloading = None;
            self.forget(&[source]);
            self.notice = Some(self.lang.of("已重新载入", "reloaded").into());
        }
    }
}
