//! From a key press to the frame that answers it, on a screen of 200 columns and 50 rows.

use std::{io, sync::Arc, time::Duration};

use criterion::Criterion;
use ratatui::layout::Size;
use zhaidu::{
    app::{chord::Key, msg::Effect},
    tui::backend::RowBackend,
};

use crate::{
    CpuTime,
    clock::timed,
    corpus::Corpus,
    stage::{Memory, SIZE, Stage, Surface},
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
    let mut memory = Stage::<Memory>::new(articles.clone(), SIZE);
    on(criterion, &name("in memory"), &mut memory);
    let mut bytes = Stage::<RowBackend<io::Sink>>::new(articles, SIZE);
    on(criterion, &name("as bytes"), &mut bytes);
}

fn on<S: Surface>(criterion: &mut Criterion<CpuTime>, name: &str, stage: &mut Stage<S>) {
    let mut group = criterion.benchmark_group(name);
    for (what, pane, keys) in WALKS {
        let effects = stage.go_to(pane);
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
fn alternating<S: Surface, T: Copy>(
    stage: &mut Stage<S>,
    times: u64,
    pair: [T; 2],
    act: impl Fn(&mut Stage<S>, T) -> Vec<Effect>,
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
