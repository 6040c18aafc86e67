//! An article with those around it, by one reading of its source.

use std::{collections::VecDeque, ops::ControlFlow, sync::Arc};

use super::Library;
use crate::{
    article::{Article, SourceLines, facts::Claims},
    error::Problem,
    source::Entry,
};

/// An article of a source, and how many of those around it are read with it.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Its number, counted from 0 over all texts of the source.
    pub number: usize,
    /// Articles before it, at most.
    pub before: usize,
    /// Articles behind it, at most.
    pub behind: usize,
    /// Bytes of text of all of them together, at most. It is read itself, however long it is.
    pub bytes: usize,
}

/// Articles of a source that follow each other.
#[derive(Debug, Default)]
pub struct Stretch {
    first: usize,
    bytes: usize,
    articles: VecDeque<(Arc<Article>, SourceLines)>,
    /// Problems met on the way.
    pub problems: Vec<Problem>,
}

impl Stretch {
    /// The article with this number and the lines at which it stands, if it is one of them.
    pub fn get(&self, number: usize) -> Option<&(Arc<Article>, SourceLines)> {
        self.articles.get(number.checked_sub(self.first)?)
    }

    /// Takes the next article in, and drops as many of those before the wanted one as have no room any
    /// more. Breaks when there is no room behind it.
    fn take(&mut self, article: Article, lines: SourceLines, wanted: Around) -> ControlFlow<()> {
        let bytes = article.text.len();
        let number = self.first + self.articles.len();
        while self.first < wanted.number && self.bytes + bytes > wanted.bytes {
            let Some((dropped, _)) = self.articles.pop_front() else { break };
            self.bytes -= dropped.text.len();
            self.first += 1;
        }
        if number > wanted.number && self.bytes + bytes > wanted.bytes {
            return ControlFlow::Break(());
        }
        self.bytes += bytes;
        self.articles.push_back((Arc::new(article), lines));
        ControlFlow::Continue(())
    }
}

impl Library {
    /// An article of a source with those around it. What the source does not have (any more) is left out.
    pub fn around(&self, entry: &Entry, wanted: Around) -> Stretch {
        let Around { number, before, behind, bytes } = wanted;
        let range = number.saturating_sub(before)..number.saturating_add(behind).saturating_add(1);
        let mut stretch = Stretch { first: range.start, ..Stretch::default() };
        let mut next = 0;
        let _ = self.texts(entry, &mut |text| {
            match text {
                Err(problem) => stretch.problems.push(problem),
                // A record is one article: those before the wanted ones need not be split.
                Ok(text) if text.record.is_some() && next < range.start => next += 1,
                Ok(text) => {
                    let document = self.split(text, &Claims::default());
                    let of_article = |article| SourceLines::of(article, |at| document.line_at(at));
                    let lines: Vec<Option<SourceLines>> = (next..)
                        .zip(&document.page.articles)
                        .map(|(at, article)| range.contains(&at).then(|| of_article(article)))
                        .collect();
                    next += lines.len();
                    for (article, lines) in document.page.articles.into_iter().zip(lines) {
                        if let Some(lines) = lines {
                            stretch.take(article, lines, wanted)?;
                        }
                    }
                }
            }
            // The next text is not even read where there is no room for it.
            let is_full = next > number && stretch.bytes >= bytes;
            if next < range.end && !is_full {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        stretch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Input, Settings};

    /// The texts of the articles around the one with a number, of ten with three bytes each.
    fn around(number: usize, before: usize, behind: usize, bytes: usize) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        let lines = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let lines: String = lines.map(|text| format!("{{\"text\":\"{text}\"}}\n")).concat();
        std::fs::write(&path, lines).expect("a file");
        let library = Library::new(Input::Paths(vec![path.clone()]), Settings::default());
        let wanted = Around { number, before, behind, bytes };
        let stretch = library.around(&Entry::file(path), wanted);
        let texts = (0..12).filter_map(|at| stretch.get(at));
        texts.map(|(article, _)| article.text.trim().to_owned()).collect()
    }

    #[test]
    fn those_around_it_come_with_it() {
        assert_eq!(around(5, 2, 3, 1_000), "三四五六七八");
        assert_eq!(around(0, 2, 1, 1_000), "零一");
        assert_eq!(around(9, 1, 5, 1_000), "八九");
        assert_eq!(around(10, 1, 5, 1_000), "九");
        assert_eq!(around(20, 1, 5, 1_000), "");
    }

    #[test]
    fn there_is_always_room_for_the_one_that_is_wanted() {
        assert_eq!(around(5, 2, 3, 0), "五");
        // What is near before it goes before what is behind it.
        assert_eq!(around(5, 4, 4, 9), "三四五");
        assert_eq!(around(5, 1, 4, 9), "四五六");
        assert_eq!(around(0, 4, 9, 9), "零一二");
    }
}
