//! The orders in which a list of articles can be read, for both shells.

use std::cmp::{Ordering, Reverse};

use super::{
    facts::{IssueDate, PageNumber},
    marks::Standing,
};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// The order of the archive: sources as they were found, articles as they stand in them.
    #[default]
    Source,
    /// The date of the issue.
    Date,
    /// The page of the newspaper.
    Page,
    /// The headline, by the code points of its characters.
    Title,
    /// The authors, likewise.
    Author,
    /// The length of the text.
    Chars,
    /// What the person keeps: starred, then unread, then read.
    Marks,
    /// How well an article matches what the list is filtered by, the best one first; known only where a
    /// filter tells it.
    Match,
}

/// What the rows of a list are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GroupBy {
    /// Nothing.
    #[default]
    None,
    /// The date of the issue.
    Date,
    /// The newspaper.
    Paper,
    /// The authors.
    Author,
}

/// Which end of an order comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The least one.
    #[default]
    Up,
    /// The greatest one.
    Down,
}

impl Direction {
    /// The other one.
    pub fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

/// What is known of an article where lists are sorted. An empty text is one that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey<'a, P> {
    /// The date of the issue.
    pub date: Option<IssueDate>,
    /// The page of the newspaper.
    pub page: Option<PageNumber>,
    /// The newspaper.
    pub paper: &'a str,
    /// The headline.
    pub title: &'a str,
    /// The authors.
    pub author: &'a str,
    /// Characters of the text; `None` while it is not read.
    pub chars: Option<usize>,
    /// What the person keeps.
    pub standing: Standing,
    /// How well it matches, the more the better; `None` where no filter tells it.
    pub score: Option<u32>,
    /// Its place in the order of the archive, which no other article has.
    pub place: P,
}

/// An order of a list: groups, then what it is sorted by, then the order of the archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// What it is sorted by.
    pub by: SortBy,
    /// What the rows are put together by. Groups stand in ascending order unless the list is sorted
    /// by the same thing.
    pub group: GroupBy,
    /// Which end comes first.
    pub direction: Direction,
}

impl Order {
    /// Whether this is the order of the archive.
    pub fn is_natural(self) -> bool {
        self == Self::default()
    }

    /// How two articles stand to each other. What is not known comes last, whatever the direction;
    /// articles that are alike keep the order of the archive. No two articles are equal.
    pub fn compare<P: Ord>(self, a: &SortKey<'_, P>, b: &SortKey<'_, P>) -> Ordering {
        let groups = self.group_direction();
        let grouped = match self.group {
            GroupBy::None => Ordering::Equal,
            GroupBy::Date => known(a.date, b.date, groups),
            GroupBy::Paper => known(told(a.paper), told(b.paper), groups),
            GroupBy::Author => known(told(a.author), told(b.author), groups),
        };
        let sorted = || match self.by {
            SortBy::Source => directed(&a.place, &b.place, self.direction),
            SortBy::Date => known(a.date, b.date, self.direction),
            SortBy::Page => known(a.page, b.page, self.direction),
            SortBy::Title => known(told(a.title), told(b.title), self.direction),
            SortBy::Author => known(told(a.author), told(b.author), self.direction),
            SortBy::Chars => known(a.chars, b.chars, self.direction),
            SortBy::Marks => directed(&a.standing, &b.standing, self.direction),
            SortBy::Match => known(a.score.map(Reverse), b.score.map(Reverse), self.direction),
        };
        grouped.then_with(sorted).then_with(|| a.place.cmp(&b.place))
    }
}

impl Order {
    /// Whether [`Order::rank`] tells all that this order is about, so that articles of the same rank keep
    /// the order of the archive.
    pub fn is_told_by_rank(self) -> bool {
        matches!(self.group, GroupBy::None | GroupBy::Date)
            && !matches!(self.by, SortBy::Source | SortBy::Title | SortBy::Author)
    }

    /// A number that grows with this order as far as it tells articles apart: of two articles with
    /// different numbers, the one with the lesser number comes first, as [`Order::compare`] says.
    pub fn rank<P>(self, key: &SortKey<'_, P>) -> u128 {
        let by = match self.by {
            SortBy::Source => Some(0),
            SortBy::Date => key.date.map(date_rank),
            SortBy::Page => key.page.map(page_rank),
            SortBy::Title => told(key.title).map(text_rank),
            SortBy::Author => told(key.author).map(text_rank),
            SortBy::Chars => key.chars.map(|chars| chars as u64),
            SortBy::Marks => Some(key.standing as u64),
            SortBy::Match => key.score.map(|score| (!score).into()),
        };
        let by = match self.by {
            SortBy::Source => 0,
            _ => turned(by, self.direction),
        };
        let groups = self.group_direction();
        match self.group {
            GroupBy::None => match self.by {
                SortBy::Title => turned_text(key.title, self.direction),
                SortBy::Author => turned_text(key.author, self.direction),
                _ => u128::from(by),
            },
            GroupBy::Date => {
                u128::from(turned(key.date.map(date_rank), groups)) << 64 | u128::from(by)
            }
            // Those that begin alike may be two groups.
            GroupBy::Paper => u128::from(turned(told(key.paper).map(text_rank), groups)) << 64,
            GroupBy::Author => u128::from(turned(told(key.author).map(text_rank), groups)) << 64,
        }
    }

    fn group_direction(self) -> Direction {
        let same_thing = matches!(
            (self.by, self.group),
            (SortBy::Date, GroupBy::Date) | (SortBy::Author, GroupBy::Author)
        );
        if same_thing { self.direction } else { Direction::Up }
    }
}

/// What is not known comes last, whatever the direction.
fn turned(rank: Option<u64>, direction: Direction) -> u64 {
    const LAST: u64 = u64::MAX - 1;
    match (rank, direction) {
        (None, _) => u64::MAX,
        (Some(rank), Direction::Up) => rank.min(LAST),
        (Some(rank), Direction::Down) => LAST - rank.min(LAST),
    }
}

/// The first sixteen bytes of a text.
fn turned_text(text: &str, direction: Direction) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
    match direction {
        _ if text.is_empty() => u128::MAX,
        Direction::Up => u128::from_be_bytes(bytes),
        Direction::Down => !u128::from_be_bytes(bytes),
    }
}

fn date_rank(date: IssueDate) -> u64 {
    let (year, month, day) = date.parts();
    let part = |part: Option<u8>| part.map_or(0, |part| u64::from(part) + 1);
    u64::from(year) << 20 | part(month) << 10 | part(day)
}

fn page_rank(page: PageNumber) -> u64 {
    u64::from(page.sheet().map_or(0, |sheet| u32::from(sheet) + 1)) << 16 | u64::from(page.number())
}

/// The first eight bytes of a text.
fn text_rank(text: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(bytes)
}

impl GroupBy {
    /// The group that an article is in, as it is written; `None` when that is not known. With
    /// [`GroupBy::None`] there are no groups to be in.
    pub fn of<P>(self, key: &SortKey<'_, P>) -> Option<String> {
        match self {
            Self::None => None,
            Self::Date => key.date.map(|date| date.to_string()),
            Self::Paper => told(key.paper).map(ToOwned::to_owned),
            Self::Author => told(key.author).map(ToOwned::to_owned),
        }
    }

    /// Whether two articles are in the same group.
    pub fn joins<P>(self, a: &SortKey<'_, P>, b: &SortKey<'_, P>) -> bool {
        match self {
            Self::None => true,
            Self::Date => a.date == b.date,
            Self::Paper => a.paper == b.paper,
            Self::Author => a.author == b.author,
        }
    }
}

fn told(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn directed<T: Ord>(a: &T, b: &T, direction: Direction) -> Ordering {
    match direction {
        Direction::Up => a.cmp(b),
        Direction::Down => Reverse(a).cmp(&Reverse(b)),
    }
}

fn known<T: Ord>(a: Option<T>, b: Option<T>, direction: Direction) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => directed(&a, &b, direction),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Places of the articles in the order of the list.
    fn sorted(order: Order) -> Vec<usize> {
        let day = |day| IssueDate::day(2003, 4, day);
        let key = |place, date, paper, author, chars| SortKey {
            date,
            page: None,
            paper,
            title: "",
            author,
            chars,
            standing: Standing::default(),
            score: chars.map(|chars| chars as u32),
            place,
        };
        let mut keys = [
            key(0, day(2), "远山日报", "", Some(5)),
            key(1, None, "柳塘晚报", "甲", Some(9)),
            key(2, day(1), "远山日报", "乙", None),
            key(3, day(2), "", "甲", Some(5)),
        ];
        keys.sort_by(|a, b| order.compare(a, b));
        keys.iter().map(|key| key.place).collect()
    }

    proptest! {
        /// What is compared first never contradicts what is compared in full.
        #[test]
        fn ranks_agree_with_the_order(
            rows in prop::collection::vec(
                (0_u32..4, 0_u32..4, "[甲乙a]{0,4}", "[甲乙a]{0,4}", 0_usize..4, any::<bool>()), 2..30,
            ),
            by in 0_usize..8, group in 0_usize..4, down in any::<bool>(),
        ) {
            use {GroupBy as G, SortBy as S};
            let by =
                [S::Source, S::Date, S::Page, S::Title, S::Author, S::Chars, S::Marks, S::Match][by];
            let group = [G::None, G::Date, G::Paper, G::Author][group];
            let order = Order { by, group, direction: if down { Direction::Down } else { Direction::Up } };
            let pages: Vec<Option<PageNumber>> = rows.iter().map(|(_, page, ..)| {
                let sheet = (*page > 1).then_some('A');
                PageNumber::new(sheet, u32::from(*page > 0))
            }).collect();
            let keys: Vec<SortKey<'_, usize>> = rows.iter().zip(&pages).enumerate().map(
                |(place, ((date, _, title, author, chars, read), page))| SortKey {
                    date: if *date == 1 { IssueDate::year(2003) } else { IssueDate::day(2003, 4, *date) },
                    page: *page, paper: author, title, author,
                    chars: read.then_some(*chars), place,
                    standing: if *read { Standing::Read } else { Standing::Starred },
                    score: read.then_some(*date),
                },
            ).collect();
            for a in &keys {
                for b in &keys {
                    let ranks = order.rank(a).cmp(&order.rank(b));
                    prop_assert!(ranks.is_eq() || ranks == order.compare(a, b), "{:?} {:?}", a, b);
                    if ranks.is_eq() && order.is_told_by_rank() {
                        prop_assert_eq!(a.place.cmp(&b.place), order.compare(a, b));
                    }
                }
            }
        }
    }

    #[test]
    fn orders() {
        use {Direction as D, GroupBy as G, SortBy as S};
        for (by, group, direction, places) in [
            (S::Source, G::None, D::Up, [0, 1, 2, 3]),
            (S::Source, G::None, D::Down, [3, 2, 1, 0]),
            (S::Date, G::None, D::Up, [2, 0, 3, 1]),
            (S::Date, G::None, D::Down, [0, 3, 2, 1]),
            (S::Chars, G::None, D::Up, [0, 3, 1, 2]),
            (S::Chars, G::None, D::Down, [1, 0, 3, 2]),
            (S::Match, G::None, D::Up, [1, 0, 3, 2]),
            (S::Match, G::None, D::Down, [0, 3, 1, 2]),
            (S::Match, G::Date, D::Up, [2, 0, 3, 1]),
            (S::Source, G::Date, D::Up, [2, 0, 3, 1]),
            (S::Date, G::Date, D::Down, [0, 3, 2, 1]),
            (S::Chars, G::Date, D::Down, [2, 0, 3, 1]),
            (S::Date, G::Paper, D::Up, [1, 2, 0, 3]),
            (S::Source, G::Author, D::Up, [2, 1, 3, 0]),
        ] {
            let order = Order { by, group, direction };
            assert_eq!(sorted(order), places, "{order:?}");
        }
    }
}
