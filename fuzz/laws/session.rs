//! Whatever a person does: the same article is selected and the same is marked as a plain model of lists and
//! sets has it, what is taken back is as it was, and the screen is a picture that can be shown, at any size.

use std::{collections::BTreeSet, sync::LazyLock};

use zhaidu::{article::ArticleId, lang::Lang, listing::ArticleKey};

use super::{
    event::{Event, check_rest, check_screen},
    input::Input,
};
use crate::harness::{Program, Source, demo};

/// Most steps of a session.
const STEPS: usize = 40;
/// Articles of the archive of [`check_model`].
const ARTICLES: usize = 8;

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let lang = input.one_of(&[Lang::Zh, Lang::En]);
    if input.below(3) == 0 { check_anything(lang, input) } else { check_model(lang, input) }
}

/// Anything happens, in any order.
fn check_anything(lang: Lang, mut input: Input) {
    let size = (input.below(140) as u16, input.below(45) as u16);
    let mut program = Program::started(demo().to_vec(), lang, size);
    program.find();
    if input.odd() {
        program.read();
        program.work();
    }
    for _ in 0..STEPS {
        if input.is_empty() {
            break;
        }
        Event::of(&mut input).happen(&mut program);
        check_screen(&program);
    }
    check_rest(&mut program);
}

/// What holds by a plain model: a list, sets, and what each key changed.
#[derive(Default)]
struct Plain {
    selected: usize,
    starred: BTreeSet<usize>,
    read: BTreeSet<usize>,
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
}

/// Article, whether it is about the star, and what is so now.
type Change = (usize, bool, bool);

impl Plain {
    fn has(&self, article: usize, star: bool) -> bool {
        if star { self.starred.contains(&article) } else { self.read.contains(&article) }
    }

    fn put(&mut self, (article, star, on): Change) {
        let set = if star { &mut self.starred } else { &mut self.read };
        if on {
            set.insert(article);
        } else {
            set.remove(&article);
        }
    }

    fn put_all(&mut self, changes: &[Change]) {
        for change in changes {
            self.put(*change);
        }
    }

    /// Stars or marks so many articles as read, or takes that from them.
    fn mark(&mut self, star: bool, count: usize) {
        let on = !self.has(self.selected, star);
        let articles = self.selected..ARTICLES.min(self.selected + count);
        let changes: Vec<Change> = articles
            .filter(|article| self.has(*article, star) != on)
            .map(|article| (article, star, on))
            .collect();
        self.put_all(&changes);
        self.done.push(changes);
        self.undone.clear();
    }

    fn undo(&mut self) {
        let Some(changes) = self.done.pop() else { return };
        self.put_all(
            &changes.iter().map(|(article, star, on)| (*article, *star, !on)).collect::<Vec<_>>(),
        );
        self.undone.push(changes);
    }

    fn redo(&mut self) {
        let Some(changes) = self.undone.pop() else { return };
        self.put_all(&changes);
        self.done.push(changes);
    }
}

/// A list and its marks, beside the plain model.
fn check_model(lang: Lang, mut input: Input) {
    let size = (40 + input.below(90) as u16, 8 + input.below(36) as u16);
    let mut program = Program::ready(archive().to_vec(), lang, size);
    let articles: Vec<(ArticleKey, ArticleId)> = program
        .model
        .archive
        .rows()
        .iter()
        .map(|key| (*key, program.model.archive.row(*key).expect("a row").id))
        .collect();
    assert_eq!(articles.len(), ARTICLES);
    let mut plain = Plain::default();
    for _ in 0..STEPS {
        if input.is_empty() {
            break;
        }
        step(&mut plain, &mut program, &mut input);
        check_screen(&program);
        let selected =
            articles.iter().position(|(key, _)| Some(*key) == program.model.list.selected);
        assert_eq!(selected, Some(plain.selected), "what is selected");
        assert_eq!(marked(&program, &articles), (plain.starred.clone(), plain.read.clone()));
    }
    // Everything that was asked for can be taken back, down to what came along with something else.
    while !plain.done.is_empty() {
        program.press("u");
        plain.undo();
    }
    assert_eq!(marked(&program, &articles), (plain.starred.clone(), plain.read.clone()), "undone");
}

/// Does something, and the same in the plain model.
fn step(plain: &mut Plain, program: &mut Program, input: &mut Input) {
    let kind = input.below(16);
    let count = 1 + input.below(10);
    let (last, at) = (ARTICLES - 1, plain.selected);
    match kind {
        0 | 1 => {
            plain.selected = last.min(at + count);
            program.press(&format!("{} j", digits(count)));
        }
        2 | 3 => {
            plain.selected = at.saturating_sub(count);
            program.press(&format!("{} k", digits(count)));
        }
        4 => {
            plain.selected = last;
            program.press("G");
        }
        5 => {
            plain.selected = 0;
            program.press("g g");
        }
        6..=8 => {
            plain.mark(kind < 8, count);
            program.press(&format!("{} {}", digits(count), if kind < 8 { "m" } else { "r" }));
        }
        9 => {
            plain.undo();
            program.press("u");
        }
        10 => {
            plain.redo();
            program.press("U");
        }
        11 => {
            // Opening marks as read, and that came along with something else.
            plain.put((at, false, true));
            program.press("l j s + g 1");
        }
        12 => program.resize((input.below(140) as u16, input.below(45) as u16)),
        13 => program.press("? Esc"),
        14 => program.press("z z + - > < X g 1"),
        _ => {
            // A change, taken back, made again and taken back: as it was.
            let star = count < 6;
            plain.mark(star, 1);
            plain.undo();
            program.press(if star { "m u U u" } else { "r u U u" });
        }
    }
}

/// A number as keys.
fn digits(number: usize) -> String {
    number.to_string().chars().flat_map(|digit| [digit, ' ']).collect()
}

fn marked(
    program: &Program,
    articles: &[(ArticleKey, ArticleId)],
) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let which = |of: fn(&zhaidu::article::Marks) -> bool| -> BTreeSet<usize> {
        let all = articles.iter().enumerate();
        let marked = all.filter(|(_, (_, id))| program.model.marks.of(*id).is_some_and(of));
        marked.map(|(at, _)| at).collect()
    };
    (which(|marks| marks.starred), which(|marks| marks.read))
}

/// An archive of short texts.
fn archive() -> &'static [Source] {
    static ARCHIVE: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let text = |number: usize| {
            format!("第{number}座桥\n\n桥下的水第{number}次涨了。老人说，他数过{number}盏灯。\n")
        };
        let sources = [("a.txt", 0..3), ("b.txt", 3..4), ("c.txt", 4..ARTICLES)];
        let source = |(name, numbers): (&str, std::ops::Range<usize>)| {
            let texts: Vec<String> = numbers.map(text).collect();
            Source::of_texts(name, &texts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        sources.map(source).into()
    });
    &ARCHIVE
}
