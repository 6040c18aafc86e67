//! From texts to hits: folding, matching, pinyin.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use zhaidu::{
    query::{Fact, MatchOptions, Matcher, Query, Subject, pinyin::PinyinPattern},
    text::searchable::Searchable,
};

use crate::{CpuTime, corpus::Corpus};

/// Titles of a large archive.
const TITLES: usize = 100_000;

pub(crate) fn measure(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    fold(criterion, corpus);
    find(criterion, corpus);
    titles(criterion, corpus);
}

/// A step takes a character.
fn fold(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let text = corpus.text(100 * 1024, 1);
    let mut group = criterion.benchmark_group(format!("fold/{}", corpus.name));
    group.throughput(Throughput::Elements(text.chars().count() as u64));
    group.bench_function("100 KB", |bencher| {
        bencher.iter(|| Searchable::of(black_box(&text)));
    });
    group.finish();
}

fn find(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let text = Searchable::of(&corpus.text(100 * 1024, 1));
    let subject = Subject {
        title: Fact::Known(""),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&text),
        ..Subject::default()
    };
    let mut group = criterion.benchmark_group(format!("find/{}", corpus.name));
    group.throughput(Throughput::Bytes(text.text().len() as u64));
    for query in ["京津冀", "的", "qqxzm", "/第.{1,3}届/"] {
        let parsed = Query::parse(query).expect("a query");
        let matcher = Matcher::new(&parsed, MatchOptions::default());
        group.bench_function(query.replace('/', " ").trim(), |bencher| {
            bencher.iter(|| matcher.matches(black_box(&subject)));
        });
    }
    group.finish();
}

fn titles(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let text = corpus.text(TITLES * 60, 1);
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let titles: Vec<String> =
        chars.chunks(18).cycle().take(TITLES).map(|title| title.iter().collect()).collect();
    let pattern = PinyinPattern::new("jjjxtfz").expect("letters");
    let parsed = Query::parse("title:京津冀").expect("a query");
    let matcher = Matcher::new(&parsed, MatchOptions::default());
    let mut group = criterion.benchmark_group(format!("titles/{}", corpus.name));
    group.bench_function("pinyin 100,000", |bencher| {
        bencher.iter(|| titles.iter().filter(|title| pattern.find(title).is_some()).count());
    });
    group.bench_function("literal 100,000", |bencher| {
        let subject = |title: &'_ str| {
            matcher.matches(&Subject { title: Fact::Known(title), ..Subject::default() })
        };
        bencher.iter(|| titles.iter().filter(|title| subject(title).is_some()).count());
    });
    group.bench_function("pattern", |bencher| {
        bencher.iter(|| PinyinPattern::new(black_box("jjjxtfz")));
    });
    group.finish();
}
