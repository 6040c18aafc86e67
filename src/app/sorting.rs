//! The order of the list, and how it is told.

use super::{archive::Archive, model::Model};
use crate::{
    article::order::{Direction, GroupBy, Order, SortBy},
    lang::Lang,
    listing::Condition,
    text::display::{DisplayLine, display},
};

impl Model {
    /// Sorts the list, or turns it round when it is sorted so already.
    pub(super) fn sort(&mut self, by: SortBy) {
        let order = self.archive.order();
        if order.by == by {
            return self.turn_order();
        }
        self.put_in(Order { by, direction: Direction::Up, ..order });
    }

    pub(super) fn turn_order(&mut self) {
        let order = self.archive.order();
        self.put_in(Order { direction: order.direction.turned(), ..order });
    }

    pub(super) fn group(&mut self, group: GroupBy) {
        self.put_in(Order { group, ..self.archive.order() });
    }

    fn put_in(&mut self, order: Order) {
        if order.by == SortBy::Marks {
            self.archive.know_marks(self.marks.table().clone());
        }
        self.archive.sort(order);
        if order.by == SortBy::Match && !self.filters.has_scores() {
            let unfiltered = self.lang.of(
                "没有可比的筛选，按来源的顺序：先用 F、f 或关键词筛选",
                "no filter tells what matches best: in the order of the archive (F, f or a keyword filters)",
            );
            self.notice = Some(unfiltered.into());
            return;
        }
        let told = told(order, self.lang);
        let natural = self.lang.of("按来源的顺序", "in the order of the archive");
        self.notice = Some(told.unwrap_or_else(|| natural.into()));
    }
}

/// The order of a list in words, as its heading tells it: what tells no row from another is not told.
pub fn heading(archive: &Archive, lang: Lang) -> Option<DisplayLine> {
    let order = archive.order();
    let is_told =
        order.by != SortBy::Match || archive.conditions().iter().any(Condition::has_scores);
    let by_place = Order { by: SortBy::Source, direction: Direction::Up, ..order };
    told(if is_told { order } else { by_place }, lang)
}

/// An order in words; `None` for the one of the archive.
pub fn told(order: Order, lang: Lang) -> Option<DisplayLine> {
    if order.is_natural() {
        return None;
    }
    let by = match order.by {
        SortBy::Source => lang.of("按来源", "by source"),
        SortBy::Date => lang.of("按日期", "by date"),
        SortBy::Page => lang.of("按版次", "by page"),
        SortBy::Title => lang.of("按标题", "by headline"),
        SortBy::Author => lang.of("按作者", "by author"),
        SortBy::Chars => lang.of("按字数", "by length"),
        SortBy::Marks => lang.of("加星在前，再未读、已读", "starred, unread, read"),
        SortBy::Match => lang.of("最相关的在前", "best match first"),
    };
    let turned = match order.direction {
        Direction::Up => "",
        Direction::Down => lang.of("倒序", ", reversed"),
    };
    let group = match order.group {
        GroupBy::None => "",
        GroupBy::Date => lang.of("日期分组 ", "dates, "),
        GroupBy::Paper => lang.of("报纸分组 ", "newspapers, "),
        GroupBy::Author => lang.of("作者分组 ", "authors, "),
    };
    Some(display!("{group}{by}{turned}"))
}
