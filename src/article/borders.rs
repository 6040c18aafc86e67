//! Where on a page articles begin, where none does although one might, and where lines were joined:
//! by line, for those who show a page as it is.

use std::collections::{HashMap, HashSet};

use crate::text::range::character_at;

use super::why::Evidence;
use super::{Article, Owner, Page, Part};

/// What there is to say between the lines of a page. All lines are indices into [`Page::lines`].
#[derive(Clone, Debug, Default)]
pub struct Borders {
    /// The articles by the first line that they own.
    pub starts: HashMap<usize, usize>,
    /// Places where an article might have begun, as indices into [`Page::candidates`], by line.
    pub refused: HashMap<usize, usize>,
    /// Lines that go on with the paragraph of another line.
    pub joins: HashMap<usize, Joined>,
}

/// Why a line goes on with the paragraph of another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The line that it goes on from.
    pub above: usize,
    /// What spoke for it.
    pub evidence: Evidence,
}

impl Page {
    /// What there is to say between its lines. Linear in their number.
    pub fn borders(&self) -> Borders {
        let mut borders = Borders::default();
        let mut seen = HashSet::new();
        for (at, line) in self.lines.iter().enumerate() {
            if let Owner::Article(article) = line.owner
                && seen.insert(article)
            {
                borders.starts.insert(at, article);
            }
        }
        let candidates = self.candidates.iter().enumerate();
        let refused = candidates.filter(|(_, candidate)| !candidate.accepted);
        borders.refused = refused.map(|(number, candidate)| (candidate.line, number)).collect();
        let parts = self.articles.iter().flat_map(|article| &article.parts);
        borders.joins = parts.flat_map(|part| self.joined(part)).collect();
        borders
    }

    /// The line at which an article was decided to begin, `None` for the first one. Lines of the
    /// page itself may stand between it and the first line of the article.
    pub fn start_of(&self, article: usize) -> Option<usize> {
        let accepted = self.candidates.iter().filter(|candidate| candidate.accepted);
        accepted.map(|candidate| candidate.line).nth(article.checked_sub(1)?)
    }

    /// The article that shows byte `offset` of the text, and the byte of its text that does; for
    /// white space at the edge of a line, the line. `None` for what belongs to the page.
    pub fn article_at(&self, offset: usize) -> Option<(usize, usize)> {
        let line = self.lines.get(self.line_of(offset).checked_sub(1)?)?;
        let Owner::Article(number) = line.owner else { return None };
        let pieces = self.articles.get(number)?.parts.iter().flat_map(|part| &part.pieces);
        let mut own = pieces.filter(|piece| piece.source.overlaps(line.range));
        let at = own.next().map_or(0, |piece| {
            let within = offset.saturating_sub(piece.source.start);
            piece.start + within.min(piece.source.len().saturating_sub(1))
        });
        let text = &self.articles.get(number)?.text;
        Some((number, character_at(text, at)))
    }

    /// Each line that was joined inside `part`.
    fn joined<'a>(&'a self, part: &'a Part) -> impl Iterator<Item = (usize, Joined)> + 'a {
        part.joins.iter().filter_map(|join| {
            let piece = part.pieces.partition_point(|piece| piece.start < join.at);
            let (above, below) = (part.pieces.get(piece.checked_sub(1)?)?, part.pieces.get(piece)?);
            let line = |offset| self.line_of(offset) - 1;
            let evidence = join.evidence.clone();
            let above = line(above.source.start);
            Some((line(below.source.start), Joined { above, evidence }))
        })
    }
}

impl Article {
    /// Where lines were joined, as bytes of the text, in its order.
    pub fn joins(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().flat_map(|part| &part.joins).map(|join| join.at)
    }
}

/// The name of the article with this number on its page: A to Z, then AA and so on.
pub fn letters(number: usize) -> String {
    let last = char::from(b'A' + (number % 26) as u8);
    match (number / 26).checked_sub(1) {
        Some(before) => letters(before) + &last.to_string(),
        None => last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Override, SplitMode, Verdict, split_with};

    #[test]
    fn the_way_from_the_page_to_its_articles() {
        let text = "石板路上\n\n  雨停了，路面泛着光。\n桥头的灯\n灯亮了一夜。\n";
        let begins = [Override { line: 3, verdict: Verdict::Begins }];
        let page = split_with(text.into(), SplitMode::Off, &begins);
        assert_eq!((page.start_of(0), page.start_of(1), page.start_of(2)), (None, Some(3), None));
        for (number, article) in page.articles.iter().enumerate() {
            for (at, _) in article.text.char_indices().filter(|(_, c)| *c != '\n') {
                let offset = article.source_offset(at).expect("inside");
                assert_eq!(page.article_at(offset), Some((number, at)));
            }
        }
        let indent = text.find("  ").expect("an indent");
        let rain = page.articles[0].text.find('雨').expect("the rain");
        assert_eq!(page.article_at(indent), Some((0, rain)));
        assert_eq!(page.article_at(indent + 6), page.article_at(indent + 5), "inside a character");
    }

    #[test]
    fn articles_have_letters() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(letters),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
