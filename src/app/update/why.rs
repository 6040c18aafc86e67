//! Why a sentence is a key sentence.

use super::Model;
use crate::{
    analysis::Support,
    app::{
        layout,
        msg::Effect,
        overlay::{Line, Overlay, OverlayKind},
        why::{Page, Why},
    },
    listing::ArticleKey,
};

impl Model {
    /// Says why the selected key sentence is one; what takes long is asked for.
    pub(super) fn explain(&mut self) -> Vec<Effect> {
        let (Some(key), Some(sentence)) = (self.reader.key(), self.sentences.current().copied())
        else {
            self.notice = Some(self.lang.of("还没有要点", "no key sentences yet").into());
            return Vec::new();
        };
        let why = Why { key, sentence, support: None };
        let lines = self.lines_of(&why);
        self.overlays.push(Overlay { kind: OverlayKind::Why, lines, top: 0 });
        self.why = Some(why);
        vec![Effect::Why(key, sentence.index)]
    }

    /// Takes in what supports a sentence.
    pub(super) fn take_support(&mut self, key: ArticleKey, sentence: usize, support: Vec<Support>) {
        let Some(mut why) =
            self.why.take_if(|why| why.key == key && why.sentence.index == sentence)
        else {
            return;
        };
        why.support = Some(support);
        let lines = self.lines_of(&why);
        if let Some(overlay) = self.overlays.iter_mut().find(|it| it.kind == OverlayKind::Why) {
            overlay.lines = lines;
        }
        self.why = Some(why);
    }

    fn lines_of(&self, why: &Why) -> Vec<Line> {
        let room = usize::from(layout::overlay(self.size).width).saturating_sub(2);
        let scored = self.analysis().and_then(|it| it.sentences.get(why.sentence.index));
        let (Some(scored), Some(text)) = (scored, self.reader.text()) else { return Vec::new() };
        why.lines(scored, Page { text, room, widths: self.widths, lang: self.lang })
    }
}
