//! Who plays the searcher: every article is asked, in the order of the archive.

use zhaidu::{
    app::{
        msg::Msg,
        search::{Candidate, Detail, Results, SearchNews, SearchOrder, Wanted},
    },
    article::MarkTable,
    listing::ArticleKey,
    query::{MatchOptions, Matcher, Query},
    text::display::DisplayLine,
};

use super::Source;

/// Everything that a query finds.
pub(super) fn details(
    query: &Query,
    pinyin: bool,
    marks: &MarkTable,
    sources: &[Source],
) -> Vec<Detail> {
    let matcher = Matcher::new(query, MatchOptions { pinyin });
    let mut found = Vec::new();
    for (source, known) in (0..).zip(sources) {
        let articles = known.articles.iter().flatten();
        for (article, (text, _)) in (0..).zip(articles) {
            found.extend(Detail::of(
                &matcher,
                &Candidate {
                    key: Some(ArticleKey { source, article }),
                    id: text.id,
                    path: known.name.as_str(),
                    title: &text.headline(),
                    byline: &text.authors.join(" "),
                    date: None,
                    keywords: &[],
                    text: &text.text,
                    marks: marks.of(text.id),
                },
            ));
        }
    }
    found
}

/// What was found last.
#[derive(Default)]
pub(crate) struct Searcher {
    generation: u64,
    found: Vec<Detail>,
    /// What was asked for, blank queries left out.
    pub(crate) asked: Vec<Wanted>,
    /// How many details were told.
    pub(crate) told: usize,
}

impl Searcher {
    pub(super) fn carry_out(&mut self, order: SearchOrder, sources: &[Source]) -> Option<Msg> {
        match order {
            SearchOrder::Run(wanted) if wanted.near.is_some() => {
                Some(Msg::Search(wanted.generation, self.near(&wanted, sources)))
            }
            SearchOrder::Run(wanted) if wanted.query.trim().is_empty() => None,
            SearchOrder::Run(wanted) => {
                self.asked.push(wanted.clone());
                Some(Msg::Search(wanted.generation, self.run(&wanted, sources)))
            }
            SearchOrder::Details(generation, _) if generation != self.generation => None,
            SearchOrder::Details(generation, range) => {
                let found = self.found.iter().skip(range.start).take(range.len());
                let found: Vec<Detail> = found.cloned().collect();
                self.told += found.len();
                Some(Msg::Search(generation, SearchNews::Details(range.start, found)))
            }
            SearchOrder::Keys(generation) if generation != self.generation => None,
            SearchOrder::Keys(generation) => {
                let keys = self.found.iter().filter_map(|detail| detail.key).collect();
                Some(Msg::Search(generation, SearchNews::Keys(keys)))
            }
            SearchOrder::Stop | SearchOrder::Close => None,
        }
    }

    /// Articles with the same end of their titles are near to each other.
    fn near(&mut self, wanted: &Wanted, sources: &[Source]) -> SearchNews {
        let key = wanted.near.expect("an article");
        let articles = sources[key.source as usize].articles.as_ref().expect("articles");
        let title = articles[key.article as usize].0.headline();
        let end: String = title.chars().skip(title.chars().count() - 1).collect();
        let query = format!("title:/{end}$/ -title:{title}");
        self.run(&Wanted { query, near: None, ..wanted.clone() }, sources)
    }

    fn run(&mut self, wanted: &Wanted, sources: &[Source]) -> SearchNews {
        let query = match Query::parse(&wanted.query) {
            Ok(query) => query,
            Err(error) => {
                return SearchNews::Misread(error.range, DisplayLine::new(&error.to_string()));
            }
        };
        let found = details(&query, wanted.pinyin, &wanted.marks, sources);
        (self.generation, self.found) = (wanted.generation, found);
        let articles = self.found.len();
        let hits = self.found.iter().map(|detail| detail.count).sum();
        let is_there = |detail: &Detail| wanted.stays_at.is_some() && detail.key == wanted.stays_at;
        let at = self.found.iter().position(is_there);
        SearchNews::Found(Results { articles, hits, counted: articles, at, ..Results::default() })
    }
}
