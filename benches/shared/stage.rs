//! The interface without its threads: messages go in, frames come out.

use std::{io::Write, sync::Arc};

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use zhaidu::{
    analysis::{Vocabulary, analyze},
    app::{
        chord::{Chord, Key, Modifiers},
        keymap::Keymap,
        model::Model,
        msg::{Effect, Invisible, Msg, Reading},
        update::update,
    },
    article::Article,
    lang::Lang,
    listing::{ArticleRow, Certainty, SourceState},
    text::display::DisplayLine,
    tui::backend::RowBackend,
    view::{
        self,
        theme::{BuiltIn, Theme},
    },
};

/// The screen that frames are measured on.
pub(crate) const SIZE: Size = Size { width: 200, height: 50 };

/// What takes frames.
pub(crate) trait Surface {
    /// One of this size, empty.
    fn of(size: Size) -> Self;

    /// Takes a frame.
    fn take(&mut self, picture: &Buffer);
}

/// Leaves a frame in memory, where it was painted.
pub(crate) struct Memory;

impl Surface for Memory {
    fn of(_: Size) -> Self {
        Self
    }

    fn take(&mut self, _: &Buffer) {}
}

/// Writes a frame as the bytes that a real terminal would get.
impl<W: Write + Default> Surface for RowBackend<W> {
    fn of(size: Size) -> Self {
        Self::new(W::default(), size)
    }

    fn take(&mut self, picture: &Buffer) {
        RowBackend::take(self, picture);
        assert!(self.present().is_ok(), "nothing stands between the frame and its sink");
    }
}

/// A model with something to draw it on.
pub(crate) struct Stage<S> {
    model: Model,
    theme: Theme,
    picture: Buffer,
    /// What the frames go to.
    pub(crate) surface: S,
    articles: Vec<Arc<Article>>,
}

impl<S: Surface> Stage<S> {
    /// The interface with these articles, one a source, all read and the first ones analysed.
    pub(crate) fn new(articles: Vec<Arc<Article>>, size: Size) -> Self {
        let model = Model::new("bench".into(), Lang::Zh, Keymap::default(), size);
        let picture = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        let (theme, surface) = (BuiltIn::Sixteen.theme(), S::of(size));
        let mut stage = Self { model, theme, picture, surface, articles };
        let names =
            (0..stage.articles.len()).map(|at| DisplayLine::of(format_args!("{at:05}.txt")));
        stage.tell(Msg::Found(names.collect()));
        let rows = stage.articles.iter().map(|article| SourceState::Read(vec![row(article)]));
        stage.tell(Msg::Learnt((0..).zip(rows).collect()));
        stage.tell(Msg::Complete { skipped: 0 });
        stage.draw();
        stage
    }

    /// Takes a message in and does what follows, as the threads would.
    pub(crate) fn tell(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.serve(effects);
    }

    /// The part of a key press that the person waits for: state, then frame. Gives what is left to
    /// be done by [`Stage::serve`].
    pub(crate) fn press(&mut self, key: Key) -> Vec<Effect> {
        let chord = Chord::new(key, Modifiers::default());
        let effects = update(&mut self.model, Msg::Key(chord));
        self.draw();
        effects
    }

    /// Goes to a pane by its number.
    pub(crate) fn go_to(&mut self, pane: char) -> Vec<Effect> {
        let alt = Modifiers { alt: true, ..Modifiers::default() };
        let effects = update(&mut self.model, Msg::Key(Chord::new(Key::Char(pane), alt)));
        self.draw();
        effects
    }

    /// The screen gets another size: state, then a whole frame.
    pub(crate) fn resize(&mut self, size: Size) -> Vec<Effect> {
        let effects = update(&mut self.model, Msg::Resize(size));
        self.picture.resize(Rect::from((Position::ORIGIN, size)));
        self.surface = S::of(size);
        self.draw();
        effects
    }

    /// Loads and analyses what is asked for.
    pub(crate) fn serve(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let (Effect::Fetch(keys) | Effect::Analyze(keys)) = effect else { continue };
            for key in keys {
                let Some(article) = self.articles.get(key.source as usize).cloned() else {
                    continue;
                };
                let analysis = Arc::new(analyze(&article, &Vocabulary::default()));
                self.give(Msg::Text(key, Ok(Reading::new(article, Invisible::Hidden))));
                self.give(Msg::Analysis(key, analysis));
            }
        }
    }

    /// Draws a frame.
    pub(crate) fn draw(&mut self) {
        self.picture.reset();
        view::draw(&self.model, &self.theme, &mut self.picture);
        self.surface.take(&self.picture);
    }

    /// Whether the selected article is shown with its key sentences.
    pub(crate) fn is_settled(&self) -> bool {
        self.model.reader.key() == self.model.list.selected && self.model.analysis().is_some()
    }

    /// Takes in what was asked for; what that asks for in turn is known already.
    fn give(&mut self, msg: Msg) {
        drop(update(&mut self.model, msg));
    }
}

fn row(article: &Article) -> ArticleRow {
    ArticleRow { certainty: Certainty::Sure, ..ArticleRow::of(article, 1) }
}
