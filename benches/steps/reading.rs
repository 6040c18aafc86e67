//! From bytes to articles: decode, split.

use std::{hint::black_box, sync::Arc};

use criterion::{BatchSize, Criterion, Throughput};
use encoding_rs::GB18030;
use zhaidu::{
    article::{self, SplitMode},
    source::encoding,
};

use crate::{CpuTime, corpus::Corpus};

pub(crate) fn measure(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    decode(criterion, corpus);
    split(criterion, corpus);
}

fn decode(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let text = corpus.text(100 * 1024, 1);
    let (gb18030, ..) = GB18030.encode(&text);
    let mut group = criterion.benchmark_group(format!("decode/{}", corpus.name));
    for (name, bytes) in [("utf-8 100 KB", text.as_bytes()), ("gb18030 100 KB", &gb18030)] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| encoding::decode(black_box(bytes), None));
        });
    }
    group.finish();
}

fn split(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let pages: Vec<Arc<str>> = corpus.pages.iter().map(|(_, text)| text.as_str().into()).collect();
    let bytes: usize = pages.iter().map(|text| text.len()).sum();
    let mut group = criterion.benchmark_group(format!("split/{}", corpus.name));
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("all pages", |bencher| {
        let split = |text: Arc<str>| black_box(article::split(text, SplitMode::Auto));
        bencher.iter_batched(
            || pages.clone(),
            |pages| pages.into_iter().map(split).last(),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}
