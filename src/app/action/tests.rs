//! What must hold of every command.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::text::width::Widths;

/// Every value of [`Action`]. The match makes a new command a compile error here.
#[expect(clippy::too_many_lines, reason = "a list of all commands")]
fn all() -> Vec<Action> {
    use super::Decide as Deciding;
    use Action::{
        Article, Back, Command, Decide, Edit as Line, Filter, Focus as FocusOn, Group as GroupRows,
        Help, HelpStep as InHelp, Hidden, History, Level, Mark, Move, Occurrence, Open,
        Page as Sheet, PageArticle, Pane as Room, Problems, Quit, Redraw, Related, Reload,
        Search as Searching, Sentence, Sentences, Skim, Sort, SortReverse, Split, Suspend, Unfold,
        Why, Zoom,
    };
    use MarkDo::{Note, Read, Star, Tags};
    use Motion::{Down, First, HalfDown, HalfUp, Last, PageDown, PageUp, Up};
    use PaneChange::{Grow, Hide, Reset, Shrink};
    use SortBy::{Author, Chars, Date, Page, Source, Title};
    const STEPS: [Step; 2] = [Step::Next, Step::Previous];
    let panes = [Pane::List, Pane::Reader, Pane::Sentences, Pane::Keywords];
    let mut all = vec![
        Open, Back, Zoom, Filter, Related, Reload, Help, Problems, Hidden, Command, Redraw,
        Suspend, Quit,
    ];
    all.extend([Action::FilterQuery, Action::Pivot, Action::Timeline]);
    all.extend([Sheet, Split]);
    all.extend([Deciding::Begin, Deciding::Dismiss, Deciding::Undo].map(Decide));
    all.extend(STEPS.map(|step| Decide(Deciding::Join(step))));
    all.extend(Edit::ALL.map(Line));
    all.push(Action::Find);
    all.push(SortReverse);
    all.push(Action::Theme(ThemeChange::Next));
    all.extend(ThemeName::ALL.map(|name| Action::Theme(ThemeChange::To(name))));
    all.extend([Source, Date, Page, Title, Author, Chars, SortBy::Marks, SortBy::Match].map(Sort));
    let groups = [GroupBy::None, GroupBy::Date, GroupBy::Paper, GroupBy::Author];
    all.extend(groups.map(GroupRows));
    all.extend([Up, Down, HalfUp, HalfDown, PageUp, PageDown, First, Last].map(Move));
    all.extend(STEPS.map(|step| FocusOn(Focus::Step(step))));
    all.extend(panes.map(|pane| FocusOn(Focus::Pane(pane))));
    for of in [Article, PageArticle, Sentence, Occurrence] {
        all.extend(STEPS.map(of));
    }
    all.extend([Travel::Back, Travel::Forward].map(History));
    all.extend([Amount::More, Amount::Fewer].map(Sentences));
    all.extend([Amount::More, Amount::Fewer].map(Level));
    all.extend([Unfold, Skim, Why]);
    all.push(Action::Mouse);
    all.extend([Grow, Shrink, Hide, Reset].map(Room));
    all.extend([HelpStep::Find, HelpStep::Run].map(InHelp));
    all.extend([Search::Open, Search::Pinyin, Search::Order, Search::Reprints].map(Searching));
    all.extend(
        [Star, Read, MarkDo::AllRead, Tags, Note, MarkDo::EditNote, MarkDo::ShowNote].map(Mark),
    );
    all.extend([MarkDo::Undo, MarkDo::Redo].map(Mark));
    all.extend(CopyWhat::ALL.map(Action::Copy));
    all.extend([Action::PlainText, Action::Pipe, Action::Editor]);
    let exports = [ExportWhat::Article, ExportWhat::List, ExportWhat::Marked];
    all.extend(exports.map(Action::Export));
    for action in &all {
        match action {
            Move(Up | Down | HalfUp | HalfDown | PageUp | PageDown | First | Last)
            | FocusOn(Focus::Step(_) | Focus::Pane(_))
            | Article(Step::Next | Step::Previous)
            | History(Travel::Back | Travel::Forward)
            | Sentences(Amount::More | Amount::Fewer)
            | Level(Amount::More | Amount::Fewer)
            | Unfold
            | Skim
            | Why
            | Room(Grow | Shrink | Hide | Reset)
            | PageArticle(_)
            | Sentence(_)
            | Occurrence(_)
            | Sheet
            | Split
            | Decide(Deciding::Begin | Deciding::Join(_) | Deciding::Dismiss | Deciding::Undo)
            | Mark(
                Star
                | Read
                | MarkDo::AllRead
                | Tags
                | Note
                | MarkDo::EditNote
                | MarkDo::ShowNote
                | MarkDo::Undo
                | MarkDo::Redo,
            )
            | Action::Copy(_)
            | Action::PlainText
            | Action::Pipe
            | Action::Editor
            | Action::Export(ExportWhat::Article | ExportWhat::List | ExportWhat::Marked)
            | Open
            | Back
            | Zoom
            | Action::Find
            | Filter
            | Action::FilterQuery
            | Action::Pivot
            | Action::Timeline
            | Related
            | Reload
            | Sort(Source | Date | Page | Title | Author | Chars | SortBy::Marks | SortBy::Match)
            | SortReverse
            | Action::Theme(ThemeChange::Next | ThemeChange::To(_))
            | Searching(Search::Open | Search::Pinyin | Search::Order | Search::Reprints)
            | GroupRows(GroupBy::None | GroupBy::Date | GroupBy::Paper | GroupBy::Author)
            | Action::Mouse
            | Help
            | InHelp(HelpStep::Find | HelpStep::Run)
            | Problems
            | Hidden
            | Command
            | Line(_)
            | Redraw
            | Suspend
            | Quit => {}
        }
    }
    all
}

#[test]
fn every_command_has_exactly_one_row() {
    let all = all();
    assert_eq!(all.len(), ACTIONS.len());
    for action in all {
        assert_eq!(ACTIONS.iter().filter(|s| s.action == action).count(), 1, "{action:?}");
    }
    let words: HashSet<_> = ACTIONS.iter().map(|spec| spec.words).collect();
    assert_eq!(words.len(), ACTIONS.len());
}

#[test]
fn the_words_of_every_command_parse_back() {
    for spec in ACTIONS {
        assert_eq!(Action::parse(spec.words), Ok(spec.action));
        assert_eq!(spec.action.words(), spec.words);
        assert_eq!(spec.words, spec.words.to_lowercase());
        assert_ne!(spec.words, "none", "none unbinds");
    }
}

#[test]
fn every_command_is_explained_in_both_languages_within_60_columns() {
    for lang in [Lang::Zh, Lang::En] {
        let mut seen = HashSet::new();
        for spec in ACTIONS {
            let help = spec.help(lang);
            assert!((1..=60).contains(&Widths::NARROW.cells(help)), "{}: {help}", spec.words);
            assert_eq!(lang == Lang::En, help.is_ascii(), "{}: {help}", spec.words);
            assert!(seen.insert(help), "{help} explains two commands");
        }
    }
}

#[test]
fn rows_of_a_group_stand_together() {
    let mut groups: Vec<Group> = ACTIONS.iter().map(|spec| spec.group).collect();
    groups.dedup();
    assert_eq!(groups, Group::ALL);
}

#[test]
fn every_command_works_somewhere_and_may_be_global() {
    for spec in ACTIONS {
        assert!(!spec.contexts.is_empty(), "{}", spec.words);
        assert!(!spec.contexts.contains(&Context::Global), "{}", spec.words);
        assert!(spec.works_in(Context::Global), "{}", spec.words);
    }
    let open = Action::Open.spec();
    assert!(open.works_in(Context::List) && !open.works_in(Context::Help));
}

#[test]
fn a_misspelt_command_is_recognised() {
    for (typed, meant) in [
        ("quti", Some("quit")),
        ("Move Down", Some("move down")),
        ("move halfdown", Some("move half-down")),
        ("next article", Some("article next")),
        ("sentence more", Some("sentences more")),
        ("sortt", Some("sort source")),
        ("them", Some("theme next")),
        ("brew coffee", None),
        ("", None),
    ] {
        assert_eq!(Action::parse(typed), Err(UnknownAction { suggestion: meant }), "{typed}");
    }
}

#[test]
fn contexts_are_found_by_their_names() {
    for context in Context::ALL {
        assert_eq!(Context::named(context.name()), Some(context));
    }
    assert_eq!(Context::named("List"), None);
}

proptest! {
    #[test]
    fn only_its_own_words_are_a_command(text in "(.*|[a-z -]{0,20}|move +(up|down))") {
        let words: Vec<_> = text.split_whitespace().collect();
        match Action::parse(&text) {
            Ok(action) => prop_assert_eq!(action.words(), words.join(" ")),
            Err(_) => prop_assert!(ACTIONS.iter().all(|spec| spec.words != words.join(" "))),
        }
    }
}
