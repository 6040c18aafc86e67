//! The timeline: how many of some articles there are of each month.

use super::{filters::Filter, overlay::Line};
use crate::{
    article::facts::IssueDate,
    lang::Lang,
    listing::Months,
    text::display::{DisplayLine, display},
};

/// What can be chosen in the overlay on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The articles of this month.
    Month(IssueDate),
    /// The articles with this word.
    Word(String),
}

/// A timeline that is shown, or that is going to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// What the articles have in common; empty for all of the list.
    pub label: DisplayLine,
    /// The filter that finds them within the list, if they are not all of it.
    pub filter: Option<Filter>,
    /// The count that is awaited.
    pub number: u64,
}

/// The lines of a timeline, each with what choosing it means.
pub fn lines(months: &Months, lang: Lang) -> (Vec<Line>, Vec<Option<Pick>>) {
    let (mut lines, mut picks, mut shown) = (Vec::new(), Vec::new(), None);
    let most = months.most().max(1);
    for (month, count) in months.all() {
        let (year, number, _) = month.parts();
        if shown != Some(year) {
            let of_year = months.all().filter(|(month, _)| month.parts().0 == year);
            let total: usize = of_year.map(|(_, count)| count).sum();
            lines.push(Line::Heading(display!("{year}  {total}")));
            picks.push(None);
            shown = Some(year);
        }
        let label = match number {
            Some(number) => display!("{year}-{number:02}"),
            None => lang.of("月份不明", "no month").into(),
        };
        lines.push(Line::Bar { label, count, share: count as f64 / most as f64 });
        picks.push(Some(Pick::Month(month)));
    }
    if lines.is_empty() {
        lines.push(Line::Text(lang.of("没有带日期的文章", "No article has a date").into()));
        picks.push(None);
    }
    if months.undated > 0 {
        let undated = lang.of("没有日期", "without a date");
        lines.push(Line::Text(display!("{undated}: {}", months.undated)));
        picks.push(None);
    }
    (lines, picks)
}
