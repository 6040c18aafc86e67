//! From text to rows: sanitise, find the sentences, wrap.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use zhaidu::text::{
    sanitize::DisplayText,
    sentence::sentences,
    width::Widths,
    wrap::{COMFORTABLE, Measure, wrap},
};

use crate::{CpuTime, corpus::Corpus};

pub(crate) fn measure(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let article = corpus.article(100 * 1024, 1);
    let parts: Vec<&str> = article.parts.iter().map(|part| part.range.of(&article.text)).collect();
    let bytes = Throughput::Bytes(article.text.len() as u64);

    let mut group = criterion.benchmark_group(format!("sanitise/{}", corpus.name));
    group.throughput(bytes.clone());
    group.bench_function("100 KB", |bencher| {
        bencher.iter(|| DisplayText::block(black_box(&article.text)));
    });
    group.finish();

    let mut group = criterion.benchmark_group(format!("sentences/{}", corpus.name));
    group.throughput(bytes.clone());
    group.bench_function("100 KB", |bencher| {
        bencher.iter(|| parts.iter().map(|part| sentences(part).len()).sum::<usize>());
    });
    group.finish();

    let mut group = criterion.benchmark_group(format!("wrap/{}", corpus.name));
    group.throughput(bytes);
    for width in [40, usize::from(COMFORTABLE)] {
        let measure = Measure { width, indent: 4, hang: 2, widths: Widths::NARROW };
        group.bench_function(format!("100 KB to {width} cells"), |bencher| {
            bencher.iter(|| parts.iter().map(|part| wrap(part, measure).len()).sum::<usize>());
        });
    }
    group.finish();
}
