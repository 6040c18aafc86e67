//! What the person keeps about articles: what holds, what can be taken back, what is on its way to the
//! disk.

use std::collections::{BTreeSet, VecDeque};

use crate::{
    article::{ArticleId, Mark, MarkTable, MarkedArticle, Marks},
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// Something that came of the marks on the disk.
#[derive(Debug)]
pub enum MarkNews {
    /// What is on the disk, made by this program and by others: when it has started, and again when
    /// another one has marked something.
    Loaded(MarkTable),
    /// So many more marks are on the disk, in the order in which they were ordered.
    Kept(usize),
    /// Some marks are not on the disk, and why. They are written with the next ones.
    Failed(usize, DisplayLine),
}

/// A mark that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkOrder {
    /// The article that it is about.
    pub article: MarkedArticle,
    /// The mark.
    pub mark: Mark,
    /// For a note, the one that the person saw before.
    pub seen: String,
}

/// What a line is typed about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkSubject {
    /// The article.
    pub article: MarkedArticle,
    /// The note about it when the typing began.
    pub note: String,
}

/// A mark with the one that takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    article: MarkedArticle,
    back: Mark,
    forth: Mark,
}

/// Whether a mark can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// The person asked for it, so `u` takes it back.
    Remembered,
    /// It came along with something else.
    Passing,
}

/// What is done when it is known which articles the results of a search are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Waits {
    /// Nothing about marks.
    #[default]
    ForNothing,
    /// All of them are marked as read.
    ToReadAll,
}

/// All marks.
#[derive(Debug, Default)]
pub struct MarkBook {
    marks: MarkTable,
    /// Whether it is known what was on the disk when the program started.
    pub(super) is_loaded: bool,
    /// What was ordered to be written and is not known to be on the disk, the oldest first.
    unkept: VecDeque<(ArticleId, Mark)>,
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
    /// Whether the next mark is taken back together with the last one.
    goes_on: bool,
    orders: Vec<MarkOrder>,
    /// Marks that could not be written yet.
    pub unsaved: usize,
    /// What was said to be on its way to the disk.
    pub(super) saving: Option<DisplayLine>,
    /// What a line is typed about.
    pub(super) subject: Option<MarkSubject>,
    /// What is to be marked when it is known which articles the results are.
    pub(super) waits: Waits,
    /// Whether the person was told at leaving that something is not saved.
    pub(super) is_warned: bool,
}

impl MarkBook {
    /// What holds for an article, if anything is kept about it.
    pub fn of(&self, id: ArticleId) -> Option<&Marks> {
        self.marks.get(id)
    }

    /// What holds for all articles.
    pub fn table(&self) -> &MarkTable {
        &self.marks
    }

    /// All tags that any article has.
    pub fn tags(&self) -> BTreeSet<&str> {
        self.marks.iter().flat_map(|(_, marks)| &marks.tags).map(String::as_str).collect()
    }

    /// Takes in what is on the disk; what is on its way there holds over it.
    pub(super) fn load(&mut self, marks: MarkTable) {
        self.marks = marks;
        self.is_loaded = true;
        for (id, mark) in &self.unkept {
            self.marks.apply(*id, mark);
        }
    }

    /// So many marks have come to the disk.
    pub(super) fn kept(&mut self, count: usize) {
        self.unkept.drain(..count.min(self.unkept.len()));
    }

    /// What is marked from now on is taken back apart from what was marked before.
    pub(super) fn begin_group(&mut self) {
        self.goes_on = false;
    }

    /// Marks an article; `false` when that changes nothing.
    pub(super) fn set(&mut self, article: &MarkedArticle, forth: Mark, memory: Memory) -> bool {
        let back = self.apply(article, &forth);
        if back == forth {
            return false;
        }
        if memory == Memory::Remembered {
            let change = Change { article: article.clone(), back, forth };
            match self.done.last_mut().filter(|_| self.goes_on) {
                Some(group) => group.push(change),
                None => self.done.push(vec![change]),
            }
            self.goes_on = true;
            self.undone.clear();
        }
        true
    }

    fn apply(&mut self, article: &MarkedArticle, mark: &Mark) -> Mark {
        let back = self.marks.apply(article.id, mark);
        if back != *mark {
            self.unkept.push_back((article.id, mark.clone()));
            let seen = if let Mark::Note(seen) = &back { seen.clone() } else { String::new() };
            self.orders.push(MarkOrder { article: article.clone(), mark: mark.clone(), seen });
        }
        back
    }

    /// Takes back what one key marked last; what that was, if there is anything.
    pub(super) fn undo(&mut self, lang: Lang) -> Option<DisplayLine> {
        let group = self.done.pop()?;
        for change in group.iter().rev() {
            self.apply(&change.article, &change.back);
        }
        let told = told(&group, lang);
        self.undone.push(group);
        self.goes_on = false;
        told
    }

    /// Marks again what was taken back last.
    pub(super) fn redo(&mut self, lang: Lang) -> Option<DisplayLine> {
        let group = self.undone.pop()?;
        for change in &group {
            self.apply(&change.article, &change.forth);
        }
        let told = told(&group, lang);
        self.done.push(group);
        self.goes_on = false;
        told
    }

    /// The marks that are to be written now.
    pub(super) fn orders(&mut self) -> Vec<MarkOrder> {
        std::mem::take(&mut self.orders)
    }
}

/// What a group of changes is about.
fn told(group: &[Change], lang: Lang) -> Option<DisplayLine> {
    let (first, rest) = group.split_first()?;
    let what = match &first.forth {
        Mark::Star(_) => lang.of("星标", "star").into(),
        Mark::Read(_) => lang.of("已读", "read").into(),
        Mark::Tag(name, _) => display!("#{}", DisplayLine::new(name)),
        Mark::Note(_) => lang.of("备注", "note").into(),
    };
    if rest.is_empty() {
        return Some(display!("{what}  {}", DisplayLine::new(&first.article.title)));
    }
    let count = group.len();
    Some(match lang {
        Lang::Zh => display!("{what} 等 {count} 处标记"),
        Lang::En => display!("{what} and more, {count} marks"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(number: u8) -> MarkedArticle {
        let (path, title) = (String::new(), format!("第{number}号"));
        MarkedArticle { id: ArticleId([number; 16]), path, title }
    }

    fn starred(book: &MarkBook) -> Vec<u8> {
        let is_starred = |number: &u8| book.of(article(*number).id).is_some_and(|it| it.starred);
        (1..9).filter(is_starred).collect()
    }

    #[test]
    fn what_one_key_marked_is_taken_back_at_once() {
        let mut book = MarkBook::default();
        for group in [&[1][..], &[2, 3, 4], &[5]] {
            book.begin_group();
            for number in group {
                assert!(book.set(&article(*number), Mark::Star(true), Memory::Remembered));
            }
        }
        book.begin_group();
        assert!(book.set(&article(5), Mark::Read(true), Memory::Passing));
        assert!(!book.set(&article(5), Mark::Star(true), Memory::Remembered), "it has one");
        let left: Vec<Vec<u8>> = (0..3)
            .map(|_| {
                book.undo(Lang::En).expect("something to take back");
                starred(&book)
            })
            .collect();
        assert_eq!(left, [vec![1, 2, 3, 4], vec![1], vec![]]);
        assert!(book.undo(Lang::En).is_none());
        assert!(book.of(article(5).id).is_some_and(|it| it.read), "that was not asked for");
        assert!(book.redo(Lang::En).is_some() && book.redo(Lang::Zh).is_some());
        assert_eq!(starred(&book), [1, 2, 3, 4]);
        book.set(&article(7), Mark::Star(true), Memory::Remembered);
        assert!(book.redo(Lang::En).is_none(), "what came after is another story");
        let mut disk = MarkTable::default();
        for MarkOrder { article, mark, .. } in book.orders() {
            disk.apply(article.id, &mark);
        }
        assert_eq!(disk, book.marks, "the disk is told of everything");
    }

    #[test]
    fn what_was_marked_before_the_disk_was_read_holds() {
        let mut book = MarkBook::default();
        book.set(&article(1), Mark::Star(true), Memory::Remembered);
        let read = Marks { read: true, ..Marks::default() };
        book.load(MarkTable::from_iter([(article(1).id, read.clone()), (article(2).id, read)]));
        assert_eq!(starred(&book), [1]);
        assert!(book.of(article(1).id).is_some_and(|marks| marks.read));
    }

    #[test]
    fn what_others_marked_is_taken_in_and_what_is_on_its_way_holds_over_it() {
        let mut book = MarkBook::default();
        for number in 1..=3 {
            book.set(&article(number), Mark::Star(true), Memory::Remembered);
        }
        // The first is on the disk and another program took it away; the others are not there yet.
        book.kept(1);
        let star = Marks { starred: true, ..Marks::default() };
        book.load(MarkTable::from_iter([(article(8).id, star)]));
        assert_eq!(starred(&book), [2, 3, 8]);
        book.kept(2);
        book.load(MarkTable::default());
        assert!(starred(&book).is_empty());
    }
}
