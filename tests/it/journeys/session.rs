//! Leaving the program and coming back to it.

use zhaidu::{
    app::{
        action::Pane,
        msg::{Effect, Msg},
        session::Memento,
    },
    article::order::{GroupBy, SortBy},
    lang::Lang,
    listing::{ArticleKey, SourceState},
    text::display::DisplayLine,
};

use super::{
    archive::{archive, text},
    program,
    table::{NARROW, NORMAL, WIDE},
};
use crate::harness::{Program, Source};

/// The program as it starts on an archive that was left so: nothing is known of it yet.
fn resumed(sources: Vec<Source>, left: Memento, size: (u16, u16)) -> Program {
    let mut program = Program::started(sources, Lang::En, size);
    program.model.resume(left);
    program
}

impl Program {
    fn reads_all(mut self) -> Self {
        self.find();
        self.read();
        self.work();
        self
    }
}

/// What a person would notice.
fn noticed(program: &Program) -> (Option<&str>, &str, Pane, u8, String) {
    let level = program.model.reader.level.percent();
    let mut rows = program.text();
    // How much is analysed ahead by then is another matter.
    rows.truncate(rows.trim_end().rfind('\n').unwrap_or(0));
    (program.title(), program.top_line(), program.model.focus, level, rows)
}

#[test]
fn all_is_as_it_was_left() {
    for (size, keys) in [
        (NORMAL, "j j Enter C-d C-d j"),
        (NORMAL, "J Enter - - C-d C-d"),
        (WIDE, "A-2 Space Space z"),
        (WIDE, ", d A-3 + + > g g"),
        (NARROW, "A-2 Space Space A-3"),
        (NORMAL, "f 短 讯 Enter j j Enter"),
        (WIDE, ", c A-2 j j j j A-4 x"),
    ] {
        let mut before = program(size);
        before.press(keys);
        let left = before.model.memento();
        let mut after = resumed(archive(), left, size).reads_all();
        // What was said last is not said again.
        (before.model.notice, after.model.notice) = (None, None);
        before.press("A-2");
        after.press("A-2");
        assert_eq!(noticed(&after), noticed(&before), "{keys}");
    }
}

#[test]
fn the_first_frame_has_the_panes_where_they_were() {
    let mut before = program(WIDE);
    before.press("A-2 z");
    let after = resumed(archive(), before.model.memento(), WIDE);
    assert_eq!(after.model.screen().place(Pane::Reader), before.model.screen().place(Pane::Reader));
    assert!(after.model.screen().place(Pane::List).is_none());
}

#[test]
fn order_and_groups_are_those_that_were_left() {
    let mut before = program(NORMAL);
    before.press(", t G");
    let left = before.model.memento();
    assert_eq!((left.order.by, left.order.group), (SortBy::Title, GroupBy::None));
    let after = resumed(archive(), left, NORMAL).reads_all();
    assert_eq!(after.title(), before.title());
    assert_eq!(after.text(), before.text());
}

#[test]
fn who_skims_and_who_looks_at_the_page_goes_on_with_that() {
    let mut before = program(NORMAL);
    before.press("j j j Space +");
    let after = resumed(archive(), before.model.memento(), NORMAL).reads_all();
    assert!(after.model.skim.is_on && after.model.skim.count == before.model.skim.count);
    assert_eq!(after.title(), before.title());
    let mut before = program(NORMAL);
    before.press("j p");
    let after = resumed(archive(), before.model.memento(), NORMAL).reads_all();
    assert!(after.model.page.is_on);
    assert_eq!(after.title(), before.title());
}

/// Left in the middle of the long article of the third source.
fn left_in_the_market() -> (Memento, String) {
    let mut before = program(NORMAL);
    before.press("j j Enter C-d C-d");
    assert_eq!(before.title(), Some("城南的菜场"));
    (before.model.memento(), before.top_line().to_owned())
}

#[test]
fn an_article_is_found_under_another_name_and_at_another_place() {
    let (left, top) = left_in_the_market();
    let mut renamed = archive();
    renamed.rotate_left(1);
    for (number, source) in renamed.iter_mut().enumerate() {
        source.name = DisplayLine::new(&format!("{number}.txt"));
    }
    let after = resumed(renamed, left, NORMAL).reads_all();
    assert_eq!((after.title(), after.top_line()), (Some("城南的菜场"), top.as_str()));
}

#[test]
fn an_article_is_followed_when_its_file_gets_another_name_right_then() {
    let (left, top) = left_in_the_market();
    // As an index tells it: first what was there, then what is there now.
    let mut program = resumed(archive(), left, NORMAL).reads_all();
    assert_eq!(program.top_line(), top);
    let mut moved = archive().remove(1);
    moved.name = "9.txt".into();
    program.send(Msg::Learnt(vec![(1, SourceState::Read(Vec::new()))]));
    program.work();
    assert_ne!(program.title(), Some("城南的菜场"));
    program.send(Msg::Found(vec![moved.name.clone()]));
    program.sources.push(moved);
    program.read_one(4);
    program.work();
    assert_eq!((program.title(), program.top_line()), (Some("城南的菜场"), top.as_str()));
    // Who has moved stays.
    program.press("A-1 k");
    program.send(Msg::Learnt(vec![(4, SourceState::Read(Vec::new()))]));
    program.read_one(1);
    program.work();
    assert_ne!(program.title(), Some("城南的菜场"));
}

#[test]
fn a_text_that_was_changed_is_opened_near_where_it_was_left() {
    let (left, top) = left_in_the_market();
    let mut changed = archive();
    changed[1] = Source::of_texts("二版.txt", &[&format!("{}补记。\n", text("城南的菜场", 20))]);
    let after = resumed(changed, left, NORMAL).reads_all();
    assert_eq!(after.top_line(), top);
}

#[test]
fn an_article_that_is_gone_is_told_of() {
    let (left, _) = left_in_the_market();
    let mut less = archive();
    less.remove(1);
    let after = resumed(less, left, NORMAL).reads_all();
    assert_eq!(after.title(), Some("河边的书店"));
    assert!(after.text().contains("the article of last time is gone"), "{}", after.text());
}

#[test]
fn who_goes_elsewhere_meanwhile_is_left_there() {
    let (left, _) = left_in_the_market();
    let mut program = resumed(archive(), left.clone(), NORMAL);
    program.find();
    // It is at hand by its name before it is read.
    assert_eq!(program.title(), None);
    assert_eq!(program.model.list.selected.map(|key| key.source), Some(1));
    program.press_without_work("A-1 k");
    program.read();
    program.work();
    assert_eq!(program.title(), Some("河边的书店"));
    // A key that moves nothing leaves it be.
    let mut program = resumed(archive(), left, NORMAL);
    program.press_without_work("? Esc");
    let program = program.reads_all();
    assert_eq!(program.title(), Some("城南的菜场"));
}

#[test]
fn nothing_is_kept_in_its_place_while_it_is_looked_for() {
    let (left, _) = left_in_the_market();
    let spot = left.spot.clone();
    let mut program = resumed(archive(), left, NORMAL);
    assert_eq!(program.model.memento().spot, spot, "before anything is known");
    program.find();
    assert_eq!(program.model.memento().spot, spot);
    let kept = program.model.leave();
    assert!(!kept.iter().any(|effect| matches!(effect, Effect::Places(_))), "{kept:?}");
}

#[test]
fn the_place_in_an_article_is_kept_when_it_is_left() {
    let mut before = program(NORMAL);
    before.press("j j Enter C-d C-d j");
    let (top, kept) = (before.top_line().to_owned(), before.model.leave());
    let Some(Effect::Places(places)) = kept.first() else { panic!("{kept:?}") };
    assert_eq!(places.len(), 1, "the others were only passed by");
    assert_eq!(places[0].title, "城南的菜场");
    assert_eq!(before.model.leave().len(), 1, "and not again, as nothing has changed");

    // Another run, without a session; the disk is slow or quick.
    let known = || places.iter().map(|place| (place.id, place.offset)).collect();
    let mut early = Program::started(archive(), Lang::En, NORMAL);
    early.send(Msg::Places(known()));
    let mut early = early.reads_all();
    early.press("j j Enter");
    assert_eq!(early.top_line(), top);
    let mut late = Program::started(archive(), Lang::En, NORMAL).reads_all();
    late.press("j j Enter");
    late.send(Msg::Places(known()));
    assert_eq!(late.top_line(), top);
    // Whoever goes back to the beginning begins there.
    late.press("g g k");
    assert!(matches!(late.model.leave().first(), Some(Effect::Places(it)) if it[0].offset == 0));
}

#[test]
fn places_from_anywhere_do_no_harm() {
    let mut before = program(NORMAL);
    let id = before.article(ArticleKey { source: 0, article: 0 }).expect("it").id;
    for offset in [1, 2, 4, 1_000, 100_000, usize::MAX] {
        let mut left = before.model.memento();
        left.spot.as_mut().expect("a spot").anchor = offset;
        let mut after = resumed(archive(), left, NORMAL).reads_all();
        after.press("A-2 j k");
        after.painted();
        let mut after = Program::started(archive(), Lang::En, NORMAL);
        after.send(Msg::Places([(id, offset)].into()));
        let mut after = after.reads_all();
        after.press("A-2 j k");
        after.painted();
    }
    before.press("j");
}

#[test]
fn what_is_come_back_to_is_kept_when_it_has_changed() {
    let mut program = program(NORMAL);
    let remembered = |effects: Vec<Effect>| {
        effects.iter().filter(|effect| matches!(effect, Effect::Remember(_))).count()
    };
    let mut press = |keys: &str| {
        let chords = crate::harness::chords(keys).into_iter();
        chords
            .map(|it| remembered(zhaidu::app::update::update(&mut program.model, Msg::Key(it))))
            .sum()
    };
    let counts: Vec<usize> = ["?", "Esc", "j", "A-2"].map(&mut press).into();
    assert_eq!(counts, [0, 0, 1, 1]);
}

/// An index that turns out to be outdated has everything found anew; who leaves just then is not forgotten.
#[test]
fn the_place_is_kept_while_the_archive_is_found_anew() {
    let mut program = program(NORMAL);
    program.press("f 菜 Enter Enter C-d");
    let left = program.model.memento();
    assert_eq!(left.spot.as_ref().map(|spot| spot.title.as_str()), Some("城南的菜场"));
    program.send(Msg::Emptied);
    assert_eq!(program.model.memento(), left);
}

/// Whoever leaves while sources are still read comes back to the one that was selected, or open already.
#[test]
fn who_leaves_before_a_source_is_read_comes_back_to_it() {
    let mut early = Program::started(archive(), Lang::En, NORMAL);
    early.find();
    early.press_without_work("j");
    let left = early.model.memento();
    let after = resumed(archive(), left.clone(), NORMAL).reads_all();
    assert_eq!(after.title(), Some("城南的菜场"));
    // How far it was read before is not forgotten for that.
    let (read, top) = left_in_the_market();
    let spot = read.spot.expect("a spot");
    let mut after = resumed(archive(), left, NORMAL);
    after.send(Msg::Places([(spot.id, spot.anchor)].into()));
    let mut after = after.reads_all();
    after.press("A-2");
    assert_eq!((after.title(), after.top_line()), (Some("城南的菜场"), top.as_str()));
    let kept = after.model.leave();
    assert!(!kept.iter().any(|effect| matches!(effect, Effect::Places(_))), "{kept:?}");

    let mut open = Program::started(archive(), Lang::En, NORMAL);
    open.find();
    open.press("j Enter C-d");
    let (left, top) = (open.model.memento(), open.top_line().to_owned());
    assert_eq!((top.is_empty(), open.model.archive.article_count()), (false, 0));
    let after = resumed(archive(), left.clone(), NORMAL).reads_all();
    assert_eq!((after.title(), after.top_line()), (Some("城南的菜场"), top.as_str()));
    // Under another name, too.
    let mut renamed = archive();
    renamed[1].name = "九版.txt".into();
    let after = resumed(renamed, left, NORMAL).reads_all();
    assert_eq!((after.title(), after.top_line()), (Some("城南的菜场"), top.as_str()));
}

/// A source that cannot be read any more when it is read again shows why, and not the text of before, which may
/// have been on its way.
#[test]
fn what_cannot_be_read_again_is_not_shown_as_it_was() {
    let key = ArticleKey { source: 1, article: 0 };
    let mut program = program(NORMAL);
    program.press("j j Enter");
    let before = program.model.reader.article().expect("it is open").clone();
    assert_eq!(program.title(), Some("城南的菜场"));
    program.press_without_work("C-r");
    program.send(Msg::Learnt(vec![(1, SourceState::Failed("a pipe".into()))]));
    let late = || Msg::Text(key, Ok(crate::harness::reading(&before)));
    program.send(late());
    program.send(Msg::Text(key, Err("a pipe".into())));
    assert!(program.model.reader.article().is_none());
    assert!(program.text().contains("a pipe"), "{}", program.text());
}
