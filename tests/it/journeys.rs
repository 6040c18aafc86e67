//! What a person does and what they notice: a table of journeys, and those that need more than keys.
//!
//! The archive is our own, so that nothing here depends on what the splitter or the ranking finds:
//! a long article and a short one on the first page, one article each on two more, and a page of
//! short news.

use std::collections::HashSet;

use ratatui::layout::Size;
use zhaidu::{
    app::{
        action::{ACTIONS, Action, Pane::Reader},
        keymap::Keymap,
        layout::PANES,
        msg::{Msg, Trouble},
    },
    lang::Lang,
    listing::{ArticleKey, SourceState},
    text::display::DisplayLine,
};

use crate::harness::{Program, Source, analysis, reading, screen_text};

mod archive;
mod exporting;
mod filtering;
mod filters;
mod finding;
mod flashing;
mod in_text;
mod indexing;
mod keys;
mod last_row;
mod levels;
mod marks;
mod mouse;
mod page;
mod pasting;
mod results;
mod search;
mod session;
mod skimming;
mod starting;
mod table;
mod taking;
mod typing;
mod updating;

use archive::{archive, text};
use table::{NARROW, NORMAL, WIDE, journeys};

#[test]
fn every_journey_ends_where_it_should() {
    for (size, before, keys, seen) in journeys() {
        let mut program = program(*size);
        program.press(before);
        program.asked.clear();
        program.press(keys);
        let journey = format!("{}x{}: {before} | {keys}", size.0, size.1);
        seen.iter().for_each(|seen| seen.check(&program, &journey));
    }
}

#[test]
fn every_command_is_on_a_journey() {
    let mut done: HashSet<Action> = HashSet::new();
    for (size, before, keys, _) in journeys().filter(|(.., seen)| !seen.is_empty()) {
        let mut program = program(*size);
        program.press(before);
        program.done.clear();
        program.press(keys);
        done.extend(&program.done);
    }
    assert!(journeys().count() >= 35);
    let missing = ACTIONS.iter().filter(|spec| !done.contains(&spec.action));
    assert_eq!(missing.map(|spec| spec.words).collect::<Vec<_>>(), [""; 0]);
}

fn program(size: (u16, u16)) -> Program {
    Program::ready(archive(), Lang::En, size).with_disk()
}

#[test]
fn an_article_that_is_gone_is_not_waited_for_while_results_are_shown() {
    let mut program = program(NORMAL);
    program.press_without_work("/ 没 有 这 个 Enter C-r");
    program.send(Msg::Learnt(vec![(0, SourceState::Read(Vec::new()))]));
    program.work();
    assert_eq!(program.title(), Some("城南的菜场"));
    assert!(program.model.analysis().is_some());
}

#[test]
fn the_selection_stays_on_its_article_while_rows_come_in_above_it() {
    let mut program = Program::started(archive(), Lang::En, NORMAL);
    program.find();
    program.press("j j");
    program.read_one(2);
    program.work();
    assert_eq!(program.title(), Some("海上的灯塔"));
    program.press("A-2 j j");
    for late in [3, 0, 1] {
        program.read_one(late);
        program.work();
        assert_eq!(program.title(), Some("海上的灯塔"), "after page {late}");
        assert_eq!(program.top_line(), "□本报记者 林知远");
    }
    program.press("A-1");
    let row = program
        .text()
        .lines()
        .find(|line| line.starts_with('>') && line.contains("海上"))
        .map(str::to_owned);
    assert!(row.is_some(), "the selected row is on the screen:\n{}", program.text());
}

#[test]
fn results_for_another_article_change_nothing_on_the_screen() {
    let mut program = program(WIDE);
    program.press("A-2 j j A-4 j");
    let before = program.painted();
    let other = ArticleKey { source: 2, article: 0 };
    let article = program.article(other).expect("the lighthouse");
    let nowhere = ArticleKey { source: 70, article: 7 };
    for key in [other, nowhere, ArticleKey { source: 0, article: 9 }] {
        program.send(Msg::Text(key, Ok(reading(&article))));
        program.send(Msg::Analysis(key, analysis(&article)));
        program.send(Msg::Text(key, Err("it is gone".into())));
        assert_eq!(program.text(), screen_text(&before), "{key:?}");
        assert_eq!(program.painted(), before, "{key:?}");
    }
}

#[test]
fn an_analysis_that_comes_before_its_text_is_kept_for_it() {
    let mut program = Program::started(archive(), Lang::En, WIDE);
    program.find();
    program.read();
    let key = ArticleKey { source: 0, article: 0 };
    let article = program.article(key).expect("the bookshop");
    program.send(Msg::Analysis(key, analysis(&article)));
    assert_eq!(program.model.sentences.items.len(), 0);
    program.send(Msg::Text(key, Ok(reading(&article))));
    assert_eq!((program.model.sentences.items.len(), program.top_line()), (5, "河边的书店"));
}

/// The character at the top stays on the top row, or on the one below where rows are cut otherwise.
#[test]
fn a_resize_keeps_the_place_in_the_text() {
    let mut program = program(NORMAL);
    program.press("A-2 Space Space Space j");
    let (anchor, before) = (program.model.reader.anchor(), program.text());
    let sizes = [WIDE, (120, 30), NARROW, (200, 60), (40, 10), (20, 5), (100, 14), (19, 4), (0, 0)];
    for size in sizes.into_iter().chain([NORMAL]) {
        program.resize(size);
        assert_eq!(program.model.reader.anchor(), anchor, "{size:?}");
        if program.model.screen().content(Reader).is_some_and(|content| content.height > 1) {
            let rows = &program.model.reader.visible;
            let near = rows.iter().take(2).any(|row| row.range.contains(anchor));
            assert!(near, "{size:?}: {} is at the top", program.top_line());
        }
    }
    assert_eq!(program.text(), before);
}

#[test]
fn the_place_in_each_article_is_remembered() {
    let mut program = program(NORMAL);
    program.press("A-2 Space Space");
    assert!(program.top_line().starts_with("第8段"));
    program.press("J C-d");
    let second = program.top_line().to_owned();
    program.press("K");
    assert!(program.top_line().starts_with("第8段"), "{}", program.top_line());
    program.press("A-1 j Enter");
    assert_eq!(program.top_line(), second);
}

#[test]
fn key_sentences_are_stepped_through_in_the_order_of_the_text() {
    let mut program = program(NORMAL);
    program.press("+ + + + + A-3 g g A-1");
    let mut places = Vec::new();
    for _ in 0..10 {
        program.press("s");
        places.push(program.model.sentences.current().expect("a key sentence").range);
        assert_eq!(program.model.notice, None);
    }
    assert!(places.is_sorted() && places.iter().collect::<HashSet<_>>().len() == 10, "{places:?}");
    let (last, screen) = (places.last().copied(), program.top_line().to_owned());
    program.press("s");
    assert_eq!(program.model.sentences.current().map(|sentence| sentence.range), last);
    assert_eq!(program.model.notice, Some("no more key sentences".into()));
    assert_eq!(program.top_line(), screen);
}

#[test]
fn the_places_of_a_keyword_are_gone_through_and_round() {
    let mut program = program(NORMAL);
    program.press("A-2 A-4");
    let places = program.model.keywords.current().expect("a keyword").places.clone();
    assert!(places.len() > 3, "only {} places", places.len());
    for place in places.iter().chain(places.first()) {
        program.press("n");
        assert_eq!(program.model.keywords.place(), Some(*place));
        assert!(program.model.reader.is_visible(*place));
    }
    program.press("N");
    assert_eq!(program.model.keywords.place(), places.last().copied());
}

#[test]
fn the_pane_of_key_sentences_follows_the_reader() {
    let mut program = program(NORMAL);
    program.press("A-2");
    let mut seen = vec![program.model.sentences.selected];
    for _ in 0..80 {
        program.press("j");
        seen.push(program.model.sentences.selected);
    }
    assert!(seen.is_sorted() && seen.last() > seen.first(), "{seen:?}");
}

#[test]
fn reload_shows_the_changed_text() {
    let mut program = program(NORMAL);
    program.press("Enter");
    program.sources[0] = Source::of_texts("一版.txt", &[&text("搬走的书店", 9)]);
    program.press("C-r");
    assert_eq!((program.title(), program.top_line()), (Some("搬走的书店"), "搬走的书店"));
    program.press("J");
    assert_eq!(program.title(), Some("城南的菜场"), "the second article of the page is gone");
}

#[test]
fn a_page_that_is_gone_at_reload_says_why() {
    let mut program = program(NORMAL);
    program.press("Enter");
    program.sources[0] = Source::failed("一版.txt", "no such file");
    program.press("C-r");
    assert!(program.text().contains("no such file"), "{}", program.text());
    assert_eq!(program.model.sentences.items.len(), 0);
}

/// While something is still being read or analysed, every key of every pane is safe.
#[test]
fn keys_are_safe_at_every_stage_of_loading() {
    let stages: [fn(&mut Program); 7] = [
        |_| {},
        Program::find,
        |program| program.read_one(1),
        Program::read,
        |program| assert!(program.work_once(), "the text"),
        |program| assert!(program.work_once(), "the analysis"),
        |program| program.sources.clear(),
    ];
    let keymap = Keymap::default();
    for pane in PANES {
        let keys: Vec<String> =
            keymap.bindings(pane.into()).map(|(keys, _)| keys.to_string()).collect();
        assert!(keys.len() > 30);
        let mut program = Program::started(archive(), Lang::En, NORMAL);
        for stage in stages {
            stage(&mut program);
            for keys in &keys {
                program.press_without_work(&format!("A-{} {keys}", pane as usize + 1));
                program.painted();
                program.model.overlays.clear();
            }
        }
        program.work();
        program.painted();
    }
}

/// A sequence that was begun waits for its end, whatever else happens meanwhile.
#[test]
fn a_sequence_survives_what_happens_in_between() {
    let mut program = program(NORMAL);
    program.press("G g");
    program.send(Msg::Resize(Size { width: 100, height: 30 }));
    program.send(Msg::Idle);
    program.press("g");
    assert_eq!(program.title(), Some("河边的书店"));
}

#[test]
fn every_article_of_the_archive_is_analysed_in_the_end() {
    let program = program(NORMAL);
    let rows = program.model.archive.rows();
    assert_eq!(rows.len(), 24);
    assert!(rows.iter().all(|key| program.model.is_analysed(*key)));
}

#[test]
fn an_analysis_of_another_text_is_not_taken_for_its_own() {
    let mut program = program(WIDE);
    let (here, there) = (key(0, 0), key(2, 0));
    let other = program.article(there).expect("the lighthouse");
    program.send(Msg::Analysis(here, analysis(&other)));
    assert_eq!(program.model.analysis(), None, "offsets of one text say nothing about another");
    program.press("j k");
    assert_eq!(program.model.sentences.items.len(), 5, "and it is analysed again");
}

#[test]
fn an_archive_that_went_away_is_given_up_and_not_asked_for_for_ever() {
    let texts: Vec<String> = (0..200).map(|at| format!("第{at}篇的第一句话在这里。")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut program = Program::started(vec![Source::of_texts("a", &texts)], Lang::En, NORMAL);
    program.find();
    program.read();
    program.sources[0] = Source::failed("a", "it was unmounted");
    program.work();
    assert_eq!(program.model.failure().map(DisplayLine::as_str), Some("it was unmounted"));
    assert!(program.text().contains("200 articles"), "{}", program.text());
}

#[test]
fn a_text_that_is_read_again_replaces_the_one_on_the_screen() {
    let mut program = program(NORMAL);
    program.press("A-2");
    program.sources[0] = Source::of_texts("a", &["新的标题\n\n新的正文在这里。"]);
    let article = program.article(key(0, 0)).expect("the new text");
    program.send(Msg::Text(key(0, 0), Ok(reading(&article))));
    program.work();
    assert_eq!(program.top_line(), "新的标题");
    assert_eq!(program.model.sentences.items.len(), 1);
}

#[test]
fn the_problems_of_a_source_are_told_once_however_often_it_is_read() {
    let mut program = program(NORMAL);
    let told = |source| {
        Msg::Trouble(Trouble { source, message: "a.jsonl:3: this line is not JSON".into() })
    };
    program.send(told(None));
    for _ in 0..3 {
        program.press("C-r");
        program.send(told(Some(0)));
    }
    assert_eq!(program.model.archive.problem_count(), 2 + failures(&program));
}

fn failures(program: &Program) -> usize {
    program.sources.iter().filter(|source| source.articles.is_err()).count()
}

#[test]
fn more_key_sentences_leave_the_keywords_alone() {
    let mut program = program(WIDE);
    program.press("A-4 j j l A-4 +");
    assert_eq!(program.model.keywords.selected, 2);
    assert!(program.model.is_lit());
    assert_eq!(program.model.sentences.items.len(), 6);
}

#[test]
fn a_zoomed_pane_gives_way_to_a_step_in_the_text() {
    let mut program = program(WIDE);
    program.press("A-3 z s s");
    assert_eq!(program.model.sentences.selected, 1);
    let range = program.model.sentences.current().expect("a key sentence").range;
    assert!(program.model.reader.is_visible(range));
}

fn key(source: u32, article: u32) -> ArticleKey {
    ArticleKey { source, article }
}
