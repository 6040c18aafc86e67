//! Running methods over the articles of a file.

use std::{fs, io, num::NonZero, path::Path, thread};

use serde_json::{Value, json};
use zhaidu::library::record_article;

use crate::{
    cases::{Case, Record, readable},
    methods::{Method, Ranked},
    sets::{Column, Set},
};

/// The articles of a file with what every method made of them.
pub(crate) struct Run<'a> {
    /// The name of the file.
    pub(crate) name: &'a str,
    /// What kind of articles it holds.
    pub(crate) set: &'a Set,
    /// The methods, in the order of the table.
    pub(crate) methods: &'a [Method],
    /// The articles.
    pub(crate) records: Vec<Record>,
    /// What the methods made of each article, in their order.
    outcomes: Vec<Vec<Ranked>>,
}

impl<'a> Run<'a> {
    /// Runs the methods on all cores.
    pub(crate) fn new(
        name: &'a str,
        set: &'a Set,
        methods: &'a [Method],
        records: Vec<Record>,
    ) -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let share = |first: usize| {
            let mine = records.iter().enumerate().skip(first).step_by(threads);
            mine.map(|(at, record)| (at, outcome(record, set, methods))).collect::<Vec<_>>()
        };
        let share = &share;
        let mut outcomes: Vec<(usize, Vec<Ranked>)> = thread::scope(|scope| {
            let running: Vec<_> =
                (0..threads).map(|first| scope.spawn(move || share(first))).collect();
            let done = running.into_iter().map(|thread| thread.join().expect("methods end"));
            done.flatten().collect()
        });
        outcomes.sort_by_key(|(at, _)| *at);
        let outcomes = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
        Self { name, set, methods, records, outcomes }
    }

    /// The mean of a measure of a method in per cent, over all articles that have a reference, if
    /// any has.
    pub(crate) fn mean(&self, column: &Column, method: usize) -> Option<f64> {
        let scores: Vec<f64> = self
            .records
            .iter()
            .zip(&self.outcomes)
            .filter_map(|(record, outcome)| column.score(outcome.get(method)?, record))
            .collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }

    /// Leaves what every method ranked in a file of its own, a line of JSON each article.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for (at, method) in self.methods.iter().enumerate() {
            let ranked = self.outcomes.iter().filter_map(|outcome| outcome.get(at));
            let lines = self.records.iter().zip(ranked);
            let lines = lines.map(|(record, ranked)| line(&record.id, ranked) + "\n");
            let words = method.name.split(|c: char| !c.is_alphanumeric());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            fs::write(
                folder.join(format!("{}.{}.jsonl", self.name, words.join("-"))),
                lines.collect::<String>(),
            )?;
        }
        Ok(())
    }
}

/// What the methods make of an article, those that are told the title and those that are not.
fn outcome(record: &Record, set: &Set, methods: &[Method]) -> Vec<Ranked> {
    let [told, untold] = [record.title.as_deref(), None].map(|title| {
        let article = record_article(title, &record.text);
        let text = readable(&article);
        (article, text)
    });
    let reference = record.summary.as_deref().unwrap_or_default();
    let [told, untold] =
        [&told, &untold].map(|(article, text)| Case::new(article, text, reference));
    let case = |method: &Method| if set.tells(method) { &told } else { &untold };
    methods.iter().map(|method| (method.rank)(case(method))).collect()
}

/// A ranking in JSON.
fn line(id: &str, ranked: &Ranked) -> String {
    let sentences = ranked.sentences.iter();
    let sentences: Vec<Value> =
        sentences.map(|chosen| json!({"index": chosen.index, "text": chosen.text})).collect();
    let keywords: Vec<Value> = ranked.keywords.iter().map(|text| json!({"text": text})).collect();
    json!({"id": id, "sentences": sentences, "keywords": keywords}).to_string()
}
