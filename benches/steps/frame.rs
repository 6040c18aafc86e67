//! From a key press to the frame that answers it, on a screen of 200 columns and 50 rows.

use std::{sync::Arc, time::Duration};

use criterion::Criterion;
use ratatui::{backend::Backend, layout::Size};
use zhaidu::app::{chord::Key, msg::Effect};

use crate::{
    CpuTime,
    clock::timed,
    corpus::Corpus,
    stage::{SIZE, Stage, as_bytes, in_memory},
};

/// What is done, the pane in which it is done, and the keys that do and undo it.
const WALKS: [(&str, char, [char; 2]); 4] = [
    ("scroll", '2', ['j', 'k']),
    ("page", '2', [' ', 'b']),
    ("key sentence", '2', ['s', 'S']),
    ("article", '1', ['J', 'K']),
];

pub(crate) fn measure(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let articles: Vec<_> = (0..8).map(|seed| Arc::new(corpus.article(100 * 1024, seed))).collect();
    let name = |how| format!("frame/{}/{how}", corpus.name);
    on(criterion, &name("in memory"), &mut Stage::new(articles.clone(), in_memory));
    on(criterion, &name("as bytes"), &mut Stage::new(articles, as_bytes));
}

fn on<B: Backend>(criterion: &mut Criterion<CpuTime>, name: &str, stage: &mut Stage<B>) {
    let mut group = criterion.benchmark_group(name);
    for (what, pane, keys) in WALKS {
        let effects = stage.press(Key::Char(pane));
        stage.serve(effects);
        group.bench_function(what, |bencher| {
            bencher.iter_custom(|times| {
                alternating(stage, times, keys, |stage, key| stage.press(Key::Char(key)))
            });
        });
    }
    let sizes = [Size { width: 160, ..SIZE }, SIZE];
    group.bench_function("resize", |bencher| {
        bencher.iter_custom(|times| alternating(stage, times, sizes, Stage::resize));
    });
    group.finish();
}

/// Time of `times` frames, without what the other threads do between them.
fn alternating<B: Backend, T: Copy>(
    stage: &mut Stage<B>,
    times: u64,
    pair: [T; 2],
    act: impl Fn(&mut Stage<B>, T) -> Vec<Effect>,
) -> Duration {
    let mut total = Duration::ZERO;
    for (_, what) in (0..times).zip(pair.into_iter().cycle()) {
        let (took, effects) = timed(|| act(stage, what));
        total += took;
        stage.serve(effects);
        assert!(stage.is_settled(), "a frame without its article would be measured");
    }
    total
}
