//! The articles to measure on, a file each set.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use zhaidu::{
    analysis::{Analysis, Vocabulary, analyze},
    article::{Article, Part, Role},
    text::{
        fold,
        range::TextRange,
        segment::{Segmenter, Words},
    },
};

use crate::words::Sort;

/// An article with what people made of it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Record {
    /// Names it in its file.
    pub(crate) id: String,
    /// Its headline.
    #[serde(default)]
    pub(crate) title: Option<String>,
    /// Its running text, a paragraph a line.
    pub(crate) text: String,
    /// A summary to hold key sentences against.
    #[serde(default)]
    pub(crate) summary: Option<String>,
    /// Keywords of the authors.
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
}

/// The files in `folder` that hold articles, in the order of their names.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    Ok(paths)
}

/// The articles of one file.
pub(crate) fn records(path: &Path) -> io::Result<Vec<Record>> {
    let text = fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(io::Error::from)).collect()
}

/// What a method is given: an article, cut into sentences and words by the program.
pub(crate) struct Case<'a> {
    /// The article.
    pub(crate) article: &'a Article,
    /// What the program makes of it. Other methods use nothing of it but the sentences.
    pub(crate) analysis: Analysis,
    /// The words of the whole text, titles too.
    pub(crate) words: Words<'a>,
    /// What sort of word each word of the vocabulary is.
    pub(crate) sorts: Vec<Sort>,
    /// What the sentences are held against, which only the oracle may look at.
    pub(crate) reference: &'a str,
}

impl<'a> Case<'a> {
    /// `text` is the text of the article, read as simplified.
    pub(crate) fn new(article: &'a Article, text: &'a str, reference: &'a str) -> Self {
        let segmenter = Segmenter::shared();
        let words = segmenter.words(text);
        let sorts = words.vocabulary.iter().map(Sort::of).collect();
        Self {
            article,
            analysis: analyze(article, &Vocabulary::default()),
            words,
            sorts,
            reference,
        }
    }

    /// The places of the sentences, in reading order.
    pub(crate) fn sentences(&self) -> impl ExactSizeIterator<Item = TextRange> {
        self.analysis.sentences.iter().map(|sentence| sentence.range)
    }

    /// The places of the title lines.
    pub(crate) fn titles(&self) -> impl Iterator<Item = TextRange> {
        let title = |part: &&Part| matches!(part.role, Role::Title | Role::Subtitle | Role::Kicker);
        self.article.parts.iter().filter(title).map(|part| part.range)
    }

    /// The content words of each sentence, by id.
    pub(crate) fn content(&self) -> Vec<Vec<u32>> {
        let tells = |id: &u32| self.sort(*id).content;
        self.sentences().map(|range| self.ids(range).filter(tells).collect()).collect()
    }

    /// The words of a range of the text, by id.
    pub(crate) fn ids(&self, range: TextRange) -> impl Iterator<Item = u32> {
        let from = self.words.words.partition_point(|word| word.range.start < range.start);
        let words = self.words.words.iter().skip(from);
        words.take_while(move |word| word.range.end <= range.end).map(|word| word.id)
    }

    /// What sort of word the word with this id is.
    pub(crate) fn sort(&self, id: u32) -> Sort {
        self.sorts.get(id as usize).copied().unwrap_or_default()
    }

    /// The word with this id.
    pub(crate) fn word(&self, id: u32) -> &'a str {
        self.words.vocabulary.get(id as usize).copied().unwrap_or_default()
    }
}

/// The text of an article as its words are looked for: read as simplified.
pub(crate) fn readable(article: &Article) -> String {
    fold::folded(&article.text).into_owned()
}
