//! What a frame costs: bytes to the terminal, and processor time to make them.

use std::{
    cell::Cell,
    io::{self, Write},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use ratatui::{
    Terminal, TerminalOptions, Viewport,
    backend::CrosstermBackend,
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use zhaidu::{
    app::{
        chord::{Chord, Key, Modifiers},
        msg::Msg,
    },
    article::Article,
    tui::backend::RowBackend,
};

use crate::{
    Figure,
    clock::timed,
    corpus::Corpus,
    opening::millis,
    stage::{SIZE, Stage, Surface},
};

/// Counts what is written; every copy of it counts into the same number.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A surface that knows how much was written since it was asked last.
trait Counted: Surface {
    fn written(&mut self) -> usize;
}

type Rows = RowBackend<Counter>;

impl Counted for Rows {
    fn written(&mut self) -> usize {
        self.writer().0.take()
    }
}

/// The library's own way to write frames.
struct Stock {
    terminal: Terminal<CrosstermBackend<Counter>>,
    counter: Counter,
}

impl Surface for Stock {
    fn of(size: Size) -> Self {
        let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, size)));
        let counter = Counter::default();
        let backend = CrosstermBackend::new(counter.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport });
        Self { terminal: terminal.expect("a fixed size needs no terminal"), counter }
    }

    fn take(&mut self, picture: &Buffer) {
        let drawn = self.terminal.draw(|frame| frame.buffer_mut().clone_from(picture));
        assert!(drawn.is_ok(), "a number takes any frame");
    }
}

impl Counted for Stock {
    fn written(&mut self) -> usize {
        self.counter.0.take()
    }
}

/// The usual screen.
const USUAL: Size = Size { width: 80, height: 24 };
/// Articles in the list, and bytes of each: more than a screen of both.
const ARTICLES: u64 = 60;
const ARTICLE_BYTES: usize = 30 * 1024;
/// Most bytes of a frame over those of the library's own backend, same frames.
const SHARE: f64 = 0.4;

/// What is scrolled: the pane, whether it fills the screen, the key, how often, and most bytes if
/// that is a number of its own.
struct Walk {
    what: &'static str,
    size: Size,
    pane: char,
    is_zoomed: bool,
    key: char,
    times: usize,
    limit: Option<f64>,
}

const TEXT_ALONE: Walk = Walk {
    what: "80x24, text alone, a row on",
    size: USUAL,
    pane: '2',
    is_zoomed: true,
    key: 'j',
    times: 100,
    limit: Some(300.0),
};

const WALKS: [Walk; 6] = [
    TEXT_ALONE,
    Walk {
        what: "80x24, text alone, a page on",
        key: ' ',
        times: 20,
        limit: Some(2_500.0),
        ..TEXT_ALONE
    },
    Walk { what: "80x24, panes, text a row on", is_zoomed: false, limit: None, ..TEXT_ALONE },
    Walk {
        what: "80x24, panes, list a row on",
        pane: '1',
        is_zoomed: false,
        times: 40,
        limit: None,
        ..TEXT_ALONE
    },
    Walk {
        what: "200x50, panes, text a row on",
        size: SIZE,
        is_zoomed: false,
        limit: None,
        ..TEXT_ALONE
    },
    Walk {
        what: "200x50, panes, list a row on",
        size: SIZE,
        pane: '1',
        is_zoomed: false,
        times: 40,
        limit: None,
        ..TEXT_ALONE
    },
];

/// Bytes of a step: the mean over a walk. Steps in a screen of panes are held against what the
/// library writes for the same frames.
pub(crate) fn bytes() -> Vec<Figure> {
    let corpus = best_corpus();
    let articles: Vec<Arc<Article>> =
        (0..ARTICLES).map(|seed| Arc::new(corpus.article(ARTICLE_BYTES, seed))).collect();
    let mut figures: Vec<Figure> =
        WALKS.iter().map(|walk| bytes_of(walk, corpus.name, &articles)).collect();
    let mut stage = Stage::<Rows>::new(articles, SIZE);
    stage.surface.written();
    stage.draw();
    figures.push(Figure {
        what: format!("{}, 200x50, nothing changed", corpus.name),
        measured: stage.surface.written() as f64,
        limit: Some(0.0),
        unit: "B",
        note: String::new(),
    });
    figures
}

fn bytes_of(walk: &Walk, corpus: &str, articles: &[Arc<Article>]) -> Figure {
    let ours = mean_bytes::<Rows>(walk, articles);
    let stock = mean_bytes::<Stock>(walk, articles);
    let share = (stock * SHARE).round();
    Figure {
        what: format!("{corpus}, {}", walk.what),
        measured: ours,
        limit: Some(walk.limit.unwrap_or(share)),
        unit: "B",
        note: format!("{:.3} of the {stock:.0} B of the library's backend", ours / stock),
    }
}

/// Real pages where there are any.
fn best_corpus() -> Corpus {
    Corpus::all().pop().unwrap_or_else(Corpus::demo)
}

fn mean_bytes<S: Counted>(walk: &Walk, articles: &[Arc<Article>]) -> f64 {
    let mut stage = Stage::<S>::new(articles.to_vec(), walk.size);
    go_to(&mut stage, walk.pane);
    if walk.is_zoomed {
        press(&mut stage, Key::Char('z'));
    }
    stage.surface.written();
    for _ in 0..walk.times {
        press(&mut stage, Key::Char(walk.key));
    }
    stage.surface.written() as f64 / walk.times as f64
}

/// A key press, the frame that answers it, and the frame with what it asked for.
fn press<S: Surface>(stage: &mut Stage<S>, key: Key) {
    let effects = stage.press(key);
    stage.serve(effects);
    stage.draw();
}

fn go_to<S: Surface>(stage: &mut Stage<S>, pane: char) {
    let effects = stage.go_to(pane);
    stage.serve(effects);
    stage.draw();
}

/// Times that a frame is drawn, of which the median counts.
const FRAMES: usize = 200;
/// Bytes of a text of 156,000 characters, and rows of a long list.
const LONG_TEXT: usize = 156_000 * 3;
const LONG_LIST: usize = 100_000;

/// Processor time of a frame: picture and bytes.
pub(crate) fn frame() -> Vec<Figure> {
    let corpus = best_corpus();
    let long = vec![Arc::new(corpus.article(LONG_TEXT, 1))];
    let short = Arc::new(corpus.article(2 * 1024, 1));
    let list = vec![short; LONG_LIST];
    let mut figures = Vec::new();
    for (what, articles, pane) in
        [("text of 156,000 characters", long, '2'), ("list of 100,000 rows", list, '1')]
    {
        let mut stage = Stage::<Rows>::new(articles, SIZE);
        go_to(&mut stage, pane);
        for (place, there, keys) in [("top", Key::Home, ['j', 'k']), ("end", Key::End, ['k', 'j'])]
        {
            press(&mut stage, there);
            let mut times: Vec<Duration> = Vec::new();
            for key in keys.into_iter().cycle().take(FRAMES) {
                stage.tell(Msg::Key(Chord::new(Key::Char(key), Modifiers::default())));
                times.push(timed(|| stage.draw()).0);
            }
            times.sort_unstable();
            let slowest = times.last().copied().unwrap_or_default();
            figures.push(Figure {
                what: format!("{}, 200x50, {what}, at its {place}: CPU", corpus.name),
                measured: millis(times.get(FRAMES / 2).copied().unwrap_or_default()),
                limit: Some(0.5),
                unit: "ms",
                note: format!("median of {FRAMES} frames; slowest {:.2} ms", millis(slowest)),
            });
        }
    }
    figures
}
