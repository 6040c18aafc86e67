//! From a key press to the frame that answers it.

use std::{io, sync::Arc, time::Duration};

use ratatui::layout::Size;
use zhaidu::{
    app::{chord::Key, msg::Effect},
    article::Article,
    tui::backend::RowBackend,
};

use crate::{
    Figure,
    clock::timed,
    corpus::Corpus,
    opening::millis,
    stage::{Memory, SIZE, Stage, Surface},
};

/// Articles, and bytes of each.
const ARTICLES: u64 = 12;
const ARTICLE_BYTES: usize = 100 * 1024;
/// Times that each walk is repeated from the start.
const RUNS: usize = 7;

/// What is done again and again, and how often, after going to a pane.
const WALKS: [(&str, char, char, usize); 5] = [
    ("scroll a row", '2', 'j', 200),
    ("a page on", '2', ' ', 50),
    ("to the end", '2', 'G', 1),
    ("next key sentence", '2', 's', 5),
    ("next article", '1', 'J', 11),
];

/// The slowest key press of each walk; of every press, the best of several runs counts, because
/// the walk is the same each time and only the machine is not.
pub(crate) fn keys() -> Vec<Figure> {
    let corpora = Corpus::all();
    corpora.iter().flat_map(of_corpus).collect()
}

fn of_corpus(corpus: &Corpus) -> Vec<Figure> {
    let articles: Vec<Arc<Article>> =
        (0..ARTICLES).map(|seed| Arc::new(corpus.article(ARTICLE_BYTES, seed))).collect();
    let memory = walks::<Memory>(&articles);
    let bytes = walks::<RowBackend<io::Sink>>(&articles);
    let ways = [("in memory", memory), ("as bytes", bytes)];
    let figures = ways.into_iter().flat_map(|(how, walks)| {
        walks.into_iter().map(move |(what, slowest, median)| Figure {
            what: format!("{}, {what}, {how}: CPU", corpus.name),
            measured: millis(slowest),
            limit: Some(2.0),
            unit: "ms",
            note: format!("median {:.2} ms", millis(median)),
        })
    });
    figures.collect()
}

/// Name, slowest step and median step of each walk.
fn walks<S: Surface>(articles: &[Arc<Article>]) -> Vec<(&'static str, Duration, Duration)> {
    let build = || Stage::<S>::new(articles.to_vec(), SIZE);
    let mut done: Vec<_> = WALKS
        .iter()
        .map(|&(what, pane, key, times)| {
            let best = best_steps(|| {
                let mut stage = build();
                let effects = stage.go_to(pane);
                stage.serve(effects);
                let press = |stage: &mut Stage<S>, _| stage.press(Key::Char(key));
                steps(&mut stage, times, press)
            });
            summed_up(what, best)
        })
        .collect();
    let best = best_steps(|| {
        let mut stage = build();
        // Not at the top of the text, where nothing has to be found again.
        let effects = stage.press(Key::Char('G'));
        stage.serve(effects);
        let widths = |at: usize| 80 + (at * 37 % 121) as u16;
        let size = |at| Size { width: widths(at), height: SIZE.height };
        steps(&mut stage, 40, |stage, at| stage.resize(size(at)))
    });
    done.push(summed_up("resize", best));
    done
}

fn best_steps(run: impl Fn() -> Vec<Duration>) -> Vec<Duration> {
    let mut best = run();
    for _ in 1..RUNS {
        for (best, again) in best.iter_mut().zip(run()) {
            *best = again.min(*best);
        }
    }
    best
}

/// Time of each step, without what the other threads do between them.
fn steps<S: Surface>(
    stage: &mut Stage<S>,
    times: usize,
    act: impl Fn(&mut Stage<S>, usize) -> Vec<Effect>,
) -> Vec<Duration> {
    let step = |at| {
        let (took, effects) = timed(|| act(stage, at));
        stage.serve(effects);
        assert!(stage.is_settled(), "a frame without its article would be measured");
        took
    };
    (0..times).map(step).collect()
}

fn summed_up(what: &'static str, mut steps: Vec<Duration>) -> (&'static str, Duration, Duration) {
    steps.sort_unstable();
    let median = steps.get(steps.len() / 2).copied().unwrap_or_default();
    (what, steps.last().copied().unwrap_or_default(), median)
}
