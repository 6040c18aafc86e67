//! The interface without a terminal, for measuring what setting and drawing cost.

use std::{io, sync::Arc};

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};

use super::backend::RowBackend;
use crate::{
    analysis::Analysis,
    app::{
        chord::{Chord, Key, Modifiers},
        flow::{Address, Flow},
        keymap::Keymap,
        model::Model,
        msg::{Invisible, Msg, Reading},
        reader::measure,
        update::update,
    },
    article::Article,
    lang::Lang,
    listing::{ArticleKey, ArticleRow, SourceState},
    text::{width::Widths, wrap::COMFORTABLE},
    view::{
        self,
        theme::{BuiltIn, Theme},
    },
};

/// The screen that is drawn on.
pub const SCREEN: Size = Size { width: 200, height: 50 };

/// Sets a whole article for the screen and says how many rows it has.
pub fn set(article: Arc<Article>) -> usize {
    let mut flow = Flow::new(&Reading::new(article, Invisible::Hidden));
    flow.measure(measure(usize::from(SCREEN.width), COMFORTABLE.into(), Widths::NARROW));
    let mut rows = 1;
    let mut at = Address::default();
    while let Some(next) = flow.next(at) {
        at = next;
        rows += 1;
    }
    rows
}

/// The interface with one article open, drawn for a terminal that is not there.
#[derive(Debug)]
pub struct Rehearsal {
    model: Model,
    theme: Theme,
    picture: Buffer,
    backend: RowBackend<io::Sink>,
}

impl Rehearsal {
    /// Opens the article in the reader.
    pub fn new(article: &Arc<Article>, analysis: Arc<Analysis>, lang: Lang) -> Self {
        let mut model = Model::new("rehearsal".into(), lang, Keymap::default(), SCREEN);
        let key = ArticleKey { source: 0, article: 0 };
        for msg in [
            Msg::Found(vec!["rehearsal".into()]),
            Msg::Learnt(vec![(0, SourceState::Read(vec![ArticleRow::of(article, 1)]))]),
            Msg::Text(key, Ok(Reading::new(article.clone(), Invisible::Hidden))),
            Msg::Analysis(key, analysis),
            Msg::Key(Chord::new(Key::Char('2'), Modifiers::default())),
        ] {
            update(&mut model, msg);
        }
        let picture = Buffer::empty(Rect::from((Position::ORIGIN, SCREEN)));
        let backend = RowBackend::new(io::sink(), SCREEN);
        Self { model, theme: BuiltIn::Sixteen.theme(), picture, backend }
    }

    /// Answers the key that scrolls one row down and draws the frame that follows.
    pub fn scroll(&mut self) {
        update(&mut self.model, Msg::Key(Chord::new(Key::Char('j'), Modifiers::default())));
        self.picture.reset();
        view::draw(&self.model, &self.theme, &mut self.picture);
        self.backend.take(&self.picture);
        // Nothing can fail where nothing is kept.
        let _ = self.backend.present();
    }
}
