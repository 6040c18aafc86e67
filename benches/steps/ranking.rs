//! From an article to its key sentences and keywords, beside the cost of cutting it into words.

use std::{hint::black_box, sync::OnceLock};

use criterion::{Criterion, Throughput};
use jieba_rs::Jieba;
use zhaidu::analysis::{Vocabulary, analyze};

use crate::{CpuTime, corpus::Corpus};

/// Sizes of an article: a short one, a long one, a book.
const SIZES: [(&str, usize); 3] = [("5 KB", 5 << 10), ("100 KB", 100 << 10), ("1 MB", 1 << 20)];

pub(crate) fn measure(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    for (name, size) in SIZES {
        let article = corpus.article(size, 1);
        let mut group = criterion.benchmark_group(format!("analysis/{}/{name}", corpus.name));
        group.sample_size(if size > 100 << 10 { 10 } else { 30 });
        group.throughput(Throughput::Bytes(article.text.len() as u64));
        group.bench_function("jieba.cut alone", |bencher| {
            let jieba = JIEBA.get_or_init(Jieba::new);
            bencher.iter(|| jieba.cut(black_box(&article.text), true).len());
        });
        group.bench_function("words", |bencher| {
            let vocabulary = Vocabulary::default();
            let segmenter = vocabulary.segmenter();
            bencher.iter(|| segmenter.words(black_box(&article.text)).words.len());
        });
        group.bench_function("whole", |bencher| {
            let vocabulary = Vocabulary::default();
            vocabulary.segmenter();
            bencher.iter(|| analyze(black_box(&article), &vocabulary));
        });
        group.finish();
    }
}
