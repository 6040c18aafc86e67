//! Texts that are one article each, with title and authors known.

use crate::{
    article::{self, Article, ArticleId, Evidence, Given, Kind, Page},
    source::Record,
};

/// The page of a record: one article, whose title and authors are known.
pub(super) fn page_of(record: &Record, text: &str) -> Page {
    let (title, byline) = (record.title.as_deref(), record.author.as_deref());
    let mut page = article::split_given(Given { title, byline }, text);
    if let (Some(author), [article]) = (byline, page.articles.as_mut_slice()) {
        let names = author.split(|c: char| matches!(c, '、' | '，' | ',') || c.is_whitespace());
        article.authors = names.filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect();
    }
    page
}

/// The article that a text is, with a title that is known or with none: what [`Library::read`](super::Library::read)
/// makes of a record, for texts that come from elsewhere. An empty article for a blank text
/// without a title.
///
/// ```
/// let article = zhaidu::library::record_article(Some("石板路上"), "雨停了。路面泛着光。");
/// assert_eq!(article.title(), Some("石板路上"));
/// assert_eq!(zhaidu::library::record_article(None, "雨停了").title(), None);
/// ```
pub fn record_article(title: Option<&str>, text: &str) -> Article {
    article_of(record_page(title, text))
}

/// The page of [`record_article`]: `text` stands at the end of it, as it is.
pub fn record_page(title: Option<&str>, text: &str) -> Page {
    article::split_given(Given { title, byline: None }, text)
}

/// The only article of a page.
fn article_of(page: Page) -> Article {
    page.articles.into_iter().next().unwrap_or_else(|| Article {
        id: ArticleId::of(""),
        kind: Kind::Article,
        text: "".into(),
        parts: Vec::new(),
        damage: Vec::new(),
        authors: Vec::new(),
        start: Evidence::default(),
    })
}
