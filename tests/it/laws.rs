//! What always holds: here for the whole program, in `articles` for whole articles.

use proptest::prelude::*;
use proptest::sample::Index;
use ratatui::buffer::CellWidth;
use zhaidu::{
    app::{
        action::Pane,
        flow::FlowRow,
        level::Level,
        mouse::{Click, MouseEvent, MouseKind},
        reader::{self, GUTTER},
    },
    lang::Lang,
    listing::ArticleKey,
    text::sanitize::DisplayText,
};

use crate::fuzz::laws::event::{Event, check_picture, check_rest, check_screen, known_keys};
use crate::harness::{Program, Source, demo, demo_articles};

mod articles;
mod typeset;

/// So many cases, or as many as `PROPTEST_CASES` says; one that fails is made small enough to be
/// read.
fn bounded(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { cases };
    ProptestConfig { cases, max_shrink_iters: 4_000, ..asked }
}

fn any_event() -> impl Strategy<Value = Event> {
    let article = (0u32..6, 0u32..6).prop_map(|(source, article)| ArticleKey { source, article });
    prop_oneof![
        40 => prop::sample::select(known_keys().to_vec()).prop_map(Event::Key),
        30 => any_mouse().prop_map(Event::Mouse),
        6 => (0u16..200, 0u16..60).prop_map(|(width, height)| Event::Resize(width, height)),
        3 => Just(Event::Work),
        3 => Just(Event::WorkOnce),
        2 => (0u32..4).prop_map(Event::Learnt),
        1 => (0u32..5).prop_map(Event::Emptied),
        1 => (0u32..5).prop_map(Event::Failed),
        1 => "\\PC{0,20}".prop_map(Event::Found),
        1 => "\\PC{0,90}".prop_map(Event::Trouble),
        1 => (article.clone(), any::<usize>()).prop_map(|(key, of)| Event::StaleAnalysis(key, of)),
        1 => article.prop_map(Event::StaleText),
        1 => Just(Event::Complete),
        1 => Just(Event::Idle),
    ]
}

/// Anything that can be done with the mouse, on the screen and beside it.
fn any_mouse() -> impl Strategy<Value = MouseEvent> {
    let kind = prop_oneof![
        4 => Just(MouseKind::Press(Click::Single)),
        2 => Just(MouseKind::Press(Click::Double)),
        4 => Just(MouseKind::Drag),
        1 => Just(MouseKind::Release),
        4 => (-40i16..40).prop_map(MouseKind::Wheel),
        1 => any::<i16>().prop_map(MouseKind::Wheel),
    ];
    let near = (0u16..210, 0u16..65);
    let at = prop_oneof![9 => near, 1 => any::<(u16, u16)>()];
    (at, kind).prop_map(|(at, kind)| MouseEvent { at: at.into(), kind })
}

proptest! {
    #![proptest_config(bounded(32))]

    #[test]
    fn nothing_that_happens_upsets_the_screen(
        chinese in any::<bool>(),
        events in prop::collection::vec(any_event(), 200),
    ) {
        let lang = if chinese { Lang::Zh } else { Lang::En };
        let mut program = Program::started(demo().to_vec(), lang, (100, 30));
        program.find();
        for event in events {
            event.happen(&mut program);
            check_screen(&program);
        }
        check_rest(&mut program);
    }

    /// The character at the top stays on the top row or on the one below it, unless the end of the
    /// text is on the screen; and every row is where it was when the size is.
    #[test]
    fn a_resize_keeps_the_place_in_any_article(
        article in any::<Index>(),
        down in 0usize..60,
        sizes in prop::collection::vec((20u16..200, 5u16..60), 6),
    ) {
        let mut program = reading(article, down);
        let (anchor, before) = (program.model.reader.anchor(), program.model.reader.visible.clone());
        for size in sizes {
            program.resize(size);
            prop_assert!(keeps(&program, anchor), "{:?}", size);
        }
        program.resize((60, 20));
        prop_assert_eq!(&program.model.reader.visible, &before);
    }

    /// As a change of size, so does a change of how much is shown, or of the panes. What is folded
    /// away stands on the row of its fold.
    #[test]
    fn levels_and_panes_keep_the_place_in_any_article(
        article in any::<Index>(),
        down in 0usize..60,
        steps in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(vec!["+", "-", "- -", "z", "<", ">"]).prop_map(Ok),
                1 => (20u16..200, 5u16..60).prop_map(Err),
            ],
            8,
        ),
    ) {
        let mut program = reading(article, down);
        let (anchor, before) = (program.model.reader.anchor(), program.model.reader.visible.clone());
        for step in steps {
            match step {
                Ok(keys) => program.press(keys),
                Err(size) => program.resize(size),
            }
            let reader = &program.model.reader;
            prop_assert!(keeps(&program, anchor), "{:?}", reader.level);
            prop_assert_eq!(reader.anchor(), anchor);
            prop_assert_eq!(reader.is_folded(), reader.level != Level::ALL);
        }
        program.press("+ + + + + X");
        while program.model.choice().zoomed.is_some() {
            program.press("z");
        }
        program.resize((60, 20));
        prop_assert_eq!(&program.model.reader.visible, &before);
    }

    #[test]
    fn hostile_texts_stay_inside_the_screen(
        name in any::<String>(),
        text in any_text(),
        (width, height) in (0u16..130, 0u16..40),
        keys in prop::collection::vec(prop::sample::select(known_keys().to_vec()), 20),
    ) {
        let sources = vec![Source::of_texts(&name, &[&text])];
        let mut program = Program::ready(sources, Lang::Zh, (width, height));
        check_picture(&program.painted(), program.model.size);
        for key in keys {
            program.key(key);
            program.work();
            check_picture(&program.painted(), program.model.size);
        }
    }
}

/// One of the articles of the demo, read so many rows down.
fn reading(article: Index, down: usize) -> Program {
    let articles: Vec<_> = demo_articles().collect();
    let source = Source::of_article("a", (*article.get(&articles)).clone());
    let mut program = Program::ready(vec![source], Lang::Zh, (60, 20));
    program.press(&format!("A-2{}", " j".repeat(down)));
    program
}

/// Whether byte `anchor` of the text stands on the top row or the one below, or the end of the text is
/// on the screen with it.
fn keeps(program: &Program, anchor: usize) -> bool {
    let shown = program.model.reader.text().expect("the text");
    let (top, end) = (shown.to_display(anchor), shown.as_str().len());
    let rows = &program.model.reader.visible;
    let at = rows.iter().position(|row| row.range.contains(top));
    let ends = rows.last().is_some_and(|row| row.range.end == end);
    at.is_some_and(|at| at < 2 || ends)
}

/// Texts of the kinds that archives hold, and some that they should not.
fn any_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[一-龥，。！？、：；“”（）《》…—]{0,90}",
        2 => "[一-龥]{1,16}",
        1 => "□本报记者 [一-龥]{2,3}",
        2 => "[ -~]{0,60}",
        2 => "[一-十a-z0-9 ,.。“”%]{0,40}",
        1 => "\\PC{0,30}",
        1 => any::<String>(),
        1 => Just(String::new()),
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The rows of the reader as they are painted, without gutter and scroll bar.
fn painted_rows(program: &Program) -> Vec<String> {
    let content = program.model.screen().content(Pane::Reader).expect("the reader is shown");
    let measure =
        reader::measure(usize::from(content.width), program.model.measure, program.model.widths);
    let left =
        usize::from(content.width).saturating_sub(GUTTER + measure.width + measure.hang + 1) / 2;
    let from = content.x + (left + GUTTER) as u16;
    let buffer = program.painted();
    let row = |y| {
        let mut row = String::new();
        let mut x = from;
        while let Some(cell) = buffer.cell((x, y)).filter(|_| x + 1 < content.right()) {
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        row
    };
    (content.y..content.bottom()).map(row).collect()
}

/// Reads from the beginning to the end, a row at a time: everything that was on the screen.
fn read_by_rows(program: &mut Program) -> String {
    let mut rows = painted_rows(program);
    let mut top: Vec<FlowRow> = program.model.reader.visible.clone();
    loop {
        program.press("j");
        if program.model.reader.visible == top {
            return rows.concat();
        }
        top.clone_from(&program.model.reader.visible);
        rows.extend(painted_rows(program).pop());
    }
}

/// Reads from the beginning to the end, a screen at a time: no screen begins behind the end of the
/// one before it.
fn check_reading_by_pages(program: &mut Program, len: usize) {
    let mut end = 0;
    loop {
        let rows = &program.model.reader.visible;
        let (first, last) = (rows.first().expect("a row"), rows.last().expect("a row"));
        assert!(first.range.start <= end + 1, "{} was left out", first.range.start - end);
        let reached = last.range.end;
        program.press("PageDown");
        if reached == end || reached == len {
            assert_eq!(reached, len, "the last screen ends with the text");
            return;
        }
        end = reached;
    }
}

#[test]
fn the_reader_shows_the_whole_text() {
    let mut articles = 0;
    for article in demo_articles() {
        for (size, keys) in
            [((60, 20), "A-2"), ((33, 9), "A-2"), ((20, 5), "A-2"), ((130, 40), "A-2 z")]
        {
            let source = Source::of_article("a", article.clone());
            let mut program = Program::ready(vec![source], Lang::Zh, size);
            program.press(keys);
            let shown = DisplayText::block(&article.text);
            assert_eq!(squeezed(&read_by_rows(&mut program)), squeezed(shown.as_str()));
            program.press("g g");
            check_reading_by_pages(&mut program, shown.as_str().len());
        }
        articles += 1;
    }
    assert!(articles >= 10, "only {articles} articles");
}

proptest! {
    #![proptest_config(bounded(48))]

    #[test]
    fn the_reader_shows_the_whole_of_any_text(text in any_text(), width in 20u16..90) {
        let mut program =
            Program::ready(vec![Source::of_texts("a", &[&text])], Lang::Zh, (width, 12));
        program.press("A-2 z");
        let Some(shown) = program.model.reader.text().cloned() else {
            prop_assert_eq!(squeezed(&text), "");
            return Ok(());
        };
        prop_assert_eq!(squeezed(&read_by_rows(&mut program)), squeezed(shown.as_str()));
    }
}
