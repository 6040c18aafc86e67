//! The interface without its threads: messages go in, frames come out.

use std::{io, sync::Arc};

use ratatui::{
    Terminal, TerminalOptions, Viewport,
    backend::{Backend, CrosstermBackend, TestBackend},
    layout::{Rect, Size},
};
use zhaidu::{
    app::{
        archive::{ArticleRow, Certainty, SourceState},
        chord::{Chord, Key, Modifiers},
        keymap::Keymap,
        model::Model,
        msg::{Effect, Invisible, Msg, Reading},
        update::update,
    },
    article::Article,
    lang::Lang,
    library::Library,
    text::display::DisplayLine,
    view::{self, theme::Theme},
};

/// The screen that frames are measured on.
pub(crate) const SIZE: Size = Size { width: 200, height: 50 };

/// A model with a terminal to draw it on.
pub(crate) struct Stage<B: Backend> {
    model: Model,
    theme: Theme,
    terminal: Terminal<B>,
    build: fn(Size) -> Terminal<B>,
    articles: Vec<Arc<Article>>,
}

/// Writes a frame into a buffer in memory.
pub(crate) fn in_memory(size: Size) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(size.width, size.height)).expect("memory takes any frame")
}

/// Writes a frame as the bytes that a real terminal would get, and drops them.
pub(crate) fn as_bytes(size: Size) -> Terminal<CrosstermBackend<io::Sink>> {
    let viewport = Viewport::Fixed(Rect::from((ratatui::layout::Position::ORIGIN, size)));
    Terminal::with_options(CrosstermBackend::new(io::sink()), TerminalOptions { viewport })
        .expect("a fixed size needs no terminal")
}

impl<B: Backend> Stage<B> {
    /// The interface with these articles, one a source, all read and the first ones analysed.
    pub(crate) fn new(articles: Vec<Arc<Article>>, build: fn(Size) -> Terminal<B>) -> Self {
        let model = Model::new("bench".into(), Lang::Zh, Keymap::default(), SIZE);
        let mut stage = Self {
            model,
            theme: Theme::colour(zhaidu::config::ColourDepth::Sixteen),
            terminal: build(SIZE),
            build,
            articles,
        };
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

    /// The screen gets another size: state, then a whole frame.
    pub(crate) fn resize(&mut self, size: Size) -> Vec<Effect> {
        let effects = update(&mut self.model, Msg::Resize(size));
        self.terminal = (self.build)(size);
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
                let analysis = Arc::new(Library::analyze(&article));
                self.give(Msg::Text(key, Ok(Reading::new(article, Invisible::Hidden))));
                self.give(Msg::Analysis(key, analysis));
            }
        }
    }

    /// Draws a frame.
    pub(crate) fn draw(&mut self) {
        let (model, theme) = (&self.model, &self.theme);
        let drawn = self.terminal.draw(|frame| view::draw(model, theme, frame));
        assert!(drawn.is_ok(), "nothing stands between the frame and its sink");
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
    ArticleRow {
        title: DisplayLine::new(&article.headline()),
        byline: DisplayLine::new(&article.authors.join(" ")),
        chars: article.char_count(),
        line: 1,
        certainty: Certainty::Sure,
    }
}
