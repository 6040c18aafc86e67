//! What is known of the issue that an article was printed in: date, newspaper, page.
//!
//! Known means written down: in the path of the source (`path`), in the header of the page
//! (`header`), or in the fields of a record. Nothing is worked out from anything else: a page that
//! says nothing has no date. The day of a [`Dateline`] is a fact of its own, because news is printed
//! a day later, mostly but not always. Names of newspapers are taken only where they stand in full.

mod date;
mod dateline;
mod header;
mod path;

use self::header::Header;
pub use self::{date::IssueDate, dateline::Dateline, header::PageNumber};
use super::{Article, Page, forms};

/// Where a fact was written. What stands first goes before what stands later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// In the path of the source.
    Path,
    /// In a header or footer of the page.
    Header,
    /// In a field of the record.
    Record,
}

/// A fact with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The fact.
    pub value: T,
    /// Where it was written.
    pub from: Origin,
}

/// What is known of the issue of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day of the issue, or its month or year alone.
    pub date: Option<Known<IssueDate>>,
    /// The name of the newspaper.
    pub paper: Option<Known<String>>,
    /// The page of the newspaper.
    pub page: Option<Known<PageNumber>>,
}

/// What one place says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    date: Option<IssueDate>,
    paper: Option<String>,
    page: Option<PageNumber>,
}

impl Claims {
    /// What the path of a source says. What is no date beyond doubt, such as a hash or a serial
    /// number, says nothing.
    ///
    /// ```
    /// use zhaidu::article::facts::{Claims, PageFacts};
    /// use zhaidu::article::{SplitMode, split};
    ///
    /// let page = split("雨停了。".into(), SplitMode::Auto);
    /// let path = Claims::of_path("人民日报/2003/4/20/5/a.txt");
    /// let facts = PageFacts::new(path, &page, Claims::default()).of(&page.articles[0]);
    /// assert_eq!(facts.date.map(|known| known.value.to_string()).as_deref(), Some("2003-04-20"));
    /// ```
    pub fn of_path(path: &str) -> Self {
        path::read(path)
    }

    /// What the fields of a record say: its date, and its source if that is a newspaper.
    pub fn of_record(date: Option<&str>, source: Option<&str>) -> Self {
        let paper = source.map(str::trim).filter(|name| is_newspaper(name));
        let date = date.and_then(date::of_field);
        Self { date, paper: paper.map(ToOwned::to_owned), page: None }
    }

    /// The date that is said.
    pub fn date(&self) -> Option<IssueDate> {
        self.date
    }
}

/// What is known of a page, before it is asked for one of its articles.
#[derive(Clone, Debug, Default)]
pub struct PageFacts {
    path: Claims,
    headers: Vec<Header>,
    /// What all headers that say anything about it agree on.
    agreed: Claims,
    record: Claims,
}

impl PageFacts {
    /// Joins what the path, the headers of `page` and a record say.
    pub fn new(path: Claims, page: &Page, record: Claims) -> Self {
        let headers = header::all(page);
        let agreed = header::agreed(&headers);
        Self { path, headers, agreed, record }
    }

    /// The facts of an article of this page. Where headers differ, as in the text of a whole issue,
    /// the nearest one above the article counts.
    pub fn of(&self, article: &Article) -> Facts {
        let pieces = article.parts.iter().filter_map(|part| part.pieces.first());
        let start = pieces.map(|piece| piece.source.start).min().unwrap_or(0);
        let above = self.headers.partition_point(|header| header.at <= start);
        let above = self.headers.get(..above).unwrap_or_default();
        Facts {
            date: self.known(above, |claims| claims.date),
            paper: self.known(above, |claims| claims.paper.clone()),
            page: self.known(above, |claims| claims.page),
        }
    }

    fn known<T>(&self, above: &[Header], get: impl Fn(&Claims) -> Option<T>) -> Option<Known<T>> {
        let header = || {
            // A header is looked for among the nearest ones only, so that many articles below
            // many headers cost no more than their sum.
            const NEAR: usize = 8;
            let near = above.iter().rev().take(NEAR);
            get(&self.agreed).or_else(|| near.map(|header| &header.claims).find_map(&get))
        };
        let known = |from| move |value| Known { value, from };
        get(&self.path)
            .map(known(Origin::Path))
            .or_else(|| header().map(known(Origin::Header)))
            .or_else(|| get(&self.record).map(known(Origin::Record)))
    }
}

impl Facts {
    /// The day of the issue, wherever it was written.
    pub fn date(&self) -> Option<IssueDate> {
        self.date.as_ref().map(|known| known.value)
    }

    /// The name of the newspaper, wherever it was written.
    pub fn paper(&self) -> Option<&str> {
        self.paper.as_ref().map(|known| &*known.value)
    }

    /// The page of the newspaper, wherever it was written.
    pub fn page(&self) -> Option<PageNumber> {
        self.page.as_ref().map(|known| known.value)
    }
}

/// Whether `name` is that of a newspaper in full: Chinese, ending in 报 or 刊, and not a word for
/// a kind of report or for newspapers as such.
fn is_newspaper(name: &str) -> bool {
    const WORDS: [&str; 36] = [
        "海报", "剪报", "情报", "简报", "预报", "汇报", "举报", "通报", "电报", "捷报", "回报",
        "申报", "填报", "战报", "年报", "季报", "月报", "周报", "警报", "板报", "墙报", "壁报",
        "喜报", "书报", "读报", "看报", "党报", "旧报", "老报", "期刊", "副刊", "增刊", "特刊",
        "报刊", "创刊", "停刊",
    ];
    const GENERIC: [&str; 12] = [
        "电子报",
        "数字报",
        "手机报",
        "黑板报",
        "手抄报",
        "每日报",
        "各日报",
        "文化周刊",
        "学术期刊",
        "地方报",
        "外国报",
        "小报刊",
    ];
    // 文汇报 and a few more end like words and are newspapers.
    const PAPERS: [&str; 4] = ["文汇报", "上海文汇报", "香港文汇报", "中国剪报"];
    PAPERS.contains(&name)
        || (forms::is_paper(name)
            && !GENERIC.contains(&name)
            && !WORDS.iter().any(|word| name.ends_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};

    #[test]
    fn names_of_newspapers() {
        for yes in ["人民日报", "远山日报", "大公报", "文汇报", "参考消息报", "南方周刊"]
        {
            assert!(is_newspaper(yes), "{yes}");
        }
        for no in ["hbrb", "剪报", "天气预报", "工作简报", "日报", "他在人民日报上读到这篇文章报"]
        {
            assert!(!is_newspaper(no), "{no}");
        }
    }

    #[test]
    fn the_path_goes_before_the_header_and_that_before_the_record() {
        let text = "远山日报 2021年3月5日 第4版\n\n石板路上\n□林小满\n雨停了，路面泛着光。\n";
        let page = split(text.into(), SplitMode::Auto);
        let record = || Claims::of_record(Some("2020-01-01"), Some("柳塘晚报"));
        let facts = |path: &str, record| {
            let all = PageFacts::new(Claims::of_path(path), &page, record);
            all.of(&page.articles[0])
        };
        let both = facts("20210306-02-01.txt", record());
        assert_eq!(both.date().map(|date| date.to_string()).as_deref(), Some("2021-03-06"));
        assert_eq!(both.date.map(|known| known.from), Some(Origin::Path));
        assert_eq!(both.page.map(|known| known.value.to_string()).as_deref(), Some("2"));
        assert_eq!(both.paper.map(|known| known.from), Some(Origin::Header));
        let header = facts("a.txt", record());
        assert_eq!(header.date().map(|date| date.to_string()).as_deref(), Some("2021-03-05"));
        assert_eq!(header.page().map(|page| page.to_string()).as_deref(), Some("4"));
        let plain = split("雨停了，路面泛着光。".into(), SplitMode::Auto);
        let record = PageFacts::new(Claims::default(), &plain, record()).of(&plain.articles[0]);
        assert_eq!(record.paper(), Some("柳塘晚报"));
        assert_eq!(record.date.map(|known| known.from), Some(Origin::Record));
        let none = PageFacts::new(Claims::default(), &plain, Claims::default());
        assert_eq!(none.of(&plain.articles[0]), Facts::default());
    }
}
