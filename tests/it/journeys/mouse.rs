//! The part of the table about the mouse, and what of it needs more than the table.

use zhaidu::app::{
    action::Pane::{Keywords, List, Reader, Sentences},
    layout::PANES,
    mouse::Spot,
    overlay::OverlayKind::{Help, Problems},
    prompt::Prompt,
    scroll_bar::Tick,
};

use ratatui::layout::Position;

use super::{
    program,
    table::{
        Journey, NARROW, NORMAL,
        Seen::{
            Focus, Height, Hit, Keyword, Notice, Over, Page, Pending, Results, Sentence, Shown,
            Title, Top, Typed, Width,
        },
        WIDE,
    },
};
use crate::harness::Program;

/// What is done with the mouse.
pub(super) const MOUSE: &[Journey] = &[
    // A click selects, a double click opens.
    (NORMAL, "A-3", "click@5,3", &[Focus(List), Title("城南的菜场")]),
    (NORMAL, "A-3", "double@5,2", &[Focus(Reader), Title("山里的电站")]),
    (WIDE, "", "click@90,9", &[Focus(Reader), Title("河边的书店"), Shown(&PANES)]),
    (WIDE, "A-2", "double@5,3", &[Focus(Reader), Title("城南的菜场")]),
    (NORMAL, "", "click@5,13", &[Focus(Sentences), Sentence(1)]),
    (NORMAL, "A-3 G", "double@5,13", &[Focus(Reader)]),
    (NORMAL, "", "click@60,14", &[Focus(Keywords), Keyword(2)]),
    (NORMAL, "", "click@60,14 click@60,14", &[Focus(Keywords), Keyword(2)]),
    (NORMAL, "", "click@5,12", &[Focus(Sentences), Sentence(1)]),
    (NORMAL, "", "double@5,0", &[Shown(&[List]), Height(List, 23)]),
    (NORMAL, "", "double@5,0 double@5,0", &[Shown(&[List, Sentences, Keywords])]),
    (NARROW, "", "click@14,0", &[Focus(Reader), Shown(&[Reader])]),
    (NARROW, "", "click@2,0 click@58,0", &[Focus(List)]),
    (NORMAL, "G", "click@5,23 click@79,0", &[Focus(List), Title("短讯二十号")]),
    ((10, 3), "", "click@5,1 double@0,0 wheel-down@1,1", &[Title("河边的书店")]),
    // What was begun is dropped first.
    (NORMAL, "G g", "click@5,3", &[Pending(""), Title("短讯二十号")]),
    (NORMAL, "Q", "click@5,1", &[Notice("")]),
    // The wheel scrolls what is under it.
    (NORMAL, "A-3", "wheel-down@5,5", &[Focus(Sentences), Title("海上的灯塔")]),
    (NORMAL, "A-3 J J J J J", "wheel-down@5,5", &[Title("短讯二号")]),
    (NORMAL, "G", "wheel-down@5,5", &[Title("短讯二十号")]),
    (NORMAL, "", "wheel-up@5,5", &[Title("河边的书店")]),
    (NORMAL, "A-2 A-4", "wheel-down@5,5", &[Focus(Keywords), Top("第1段")]),
    (NORMAL, "A-2", "wheel-down@5,5 wheel-up@5,5", &[Top("河边的书店")]),
    (NORMAL, "", "wheel-down@60,14", &[Focus(List), Title("河边的书店")]),
    (NORMAL, "", "wheel-down@5,23 wheel-down@52,14", &[Title("河边的书店")]),
    // Borders.
    (NORMAL, "", "drag@52,15-40,15", &[Width(Sentences, 40), Focus(List)]),
    (NORMAL, "", "drag@10,12-10,8", &[Height(List, 8)]),
    (NORMAL, "", "drag@10,12-10,0", &[Height(List, 4)]),
    (NORMAL, "", "drag@10,12-10,8 X", &[Height(List, 12)]),
    (WIDE, "", "drag@51,9-70,30", &[Width(List, 70)]),
    (WIDE, "p", "drag@51,9-70,30", &[Width(List, 70), Page(Some(1))]),
    (WIDE, "", "drag@51,9-70,30 drag@90,9-3,3", &[Width(List, 70), Focus(Reader)]),
    // The scroll bar.
    (NORMAL, "A-2", "click@79,11", &[Top("好，省下来的钱拿去修那座桥")]),
    (NORMAL, "A-2 G A-1 A-2", "drag@79,11-79,0", &[Focus(Reader), Top("河边的书店")]),
    // What lies over the panes.
    (NORMAL, "?", "wheel-down@5,9", &[Over(Some((Help, 3)))]),
    (NORMAL, "?", "click@5,23", &[Over(None), Title("河边的书店")]),
    (NORMAL, "?", "click@79,0", &[Over(None)]),
    (NORMAL, "?", "double@5,3", &[Over(None), Title("山里的电站")]),
    (NORMAL, "? /", "double@5,3", &[Over(None), Typed(None), Title("山里的电站")]),
    (NORMAL, "?", "click@5,1", &[Over(Some((Help, 0)))]),
    (WIDE, "?", "click@10,20", &[Over(None), Title("河边的书店")]),
    (WIDE, "?", "wheel-down@10,20", &[Over(Some((Help, 0))), Title("河边的书店")]),
    (NORMAL, "!", "click@5,5", &[Over(Some((Problems, 0)))]),
    // The line that is typed.
    (NORMAL, ": a c", "click@2,23 b", &[Typed(Some("abc"))]),
    (NORMAL, ": a c", "click@70,23 d", &[Typed(Some("acd"))]),
    (NORMAL, ": z", "click@5,1", &[Typed(None), Title("河边的书店")]),
    (NORMAL, "a x y", "click@5,3", &[Typed(Some("xy")), Title("河边的书店")]),
    (NORMAL, "f 短 讯", "click@5,3", &[Typed(None), Focus(List)]),
    // Results.
    (NORMAL, "/ 第 2 段", "click@5,1", &[Typed(None), Results(Some((1, 24)))]),
    (NORMAL, "/ 第 2 段 Enter", "double@5,1", &[Focus(Reader), Hit(1)]),
    (NORMAL, "/ 第 2 段 Enter", "wheel-down@5,1 wheel-up@5,1", &[Focus(List)]),
    (NORMAL, "/", "click@5,5", &[Typed(None), Results(None)]),
    // The page, and the stream.
    (NORMAL, "p", "click@5,4", &[Page(Some(3)), Focus(Reader)]),
    (NORMAL, "p", "double@5,4", &[Page(None), Focus(Reader)]),
    (NORMAL, "p", "wheel-down@5,5", &[Page(Some(3))]),
    (NORMAL, "p G", "wheel-down@5,5", &[Page(Some(44))]),
    (NORMAL, "Space", "wheel-down@5,5", &[Title("山里的电站"), Shown(&[List])]),
    (NORMAL, "Space J", "click@5,1", &[Title("河边的书店")]),
    (NORMAL, "Space", "double@5,1", &[Focus(Reader), Title("河边的书店")]),
    // Whose the mouse is.
    (NORMAL, "", "F2", &[Notice("the terminal has the mouse")]),
    (NORMAL, "F2", "F2", &[Notice("the program has the mouse")]),
    (NORMAL, "F2", "click@5,3 wheel-down@5,5", &[Title("河边的书店")]),
    (NORMAL, ": z", "F2 o", &[Typed(Some("zo"))]),
];

/// Where a text stands on the screen.
fn place_of(program: &Program, text: &str) -> (usize, usize) {
    let screen = program.text();
    let found = screen.lines().enumerate().find_map(|(row, line)| {
        let before = line.find(text)?;
        Some((program.model.widths.cells(&line[..before]), row))
    });
    found.unwrap_or_else(|| panic!("{text} is not on the screen:\n{screen}"))
}

#[test]
fn a_click_on_a_fold_opens_that_one() {
    let mut program = program(WIDE);
    program.press("A-2 z - - -");
    let folds = |program: &Program| {
        let rows = program.model.reader.visible.iter();
        rows.filter(|row| row.folded.is_some()).map(|row| row.range).collect::<Vec<_>>()
    };
    let before = folds(&program);
    assert!(before.len() >= 2, "{before:?}");
    let top = program.model.screen().content(Reader).expect("the reader").y;
    let second = before[1];
    let row = program.model.reader.visible.iter().position(|row| row.range == second);
    program.press(&format!("click@50,{}", usize::from(top) + row.expect("the fold")));
    let after = folds(&program);
    assert!(after.contains(&before[0]) && !after.contains(&second), "{after:?}");
}

#[test]
fn a_key_sentence_that_is_clicked_comes_into_sight_and_back_leads_back() {
    let mut program = program(WIDE);
    program.press("A-2");
    let before = program.top_line().to_owned();
    let (place, last) = {
        let content = program.model.screen().content(Sentences).expect("the key sentences");
        let rows: Vec<usize> =
            program.model.sentences.items.iter().map(|item| item.rows.len()).collect();
        let above: usize = rows[..rows.len() - 1].iter().sum();
        ((content.x + 6, usize::from(content.y) + above), rows.len())
    };
    program.press(&format!("click@{},{}", place.0, place.1));
    assert_eq!((program.model.focus, program.model.sentences.selected + 1), (Sentences, last));
    let range = program.model.sentences.current().expect("a key sentence").range;
    assert!(program.model.reader.is_visible(range));
    assert_ne!(program.top_line(), before);
    program.press("H");
    assert_eq!(program.top_line(), before);
}

#[test]
fn commands_above_the_line_are_chosen_by_a_click_and_run_by_two() {
    let mut program = program(NORMAL);
    program.press(": z o o m");
    let (column, row) = place_of(&program, "zoom");
    assert_eq!(program.model.spot(Position::new(column as u16, row as u16)), Spot::Palette(0));
    program.press(&format!("double@{column},{row}"));
    assert!(program.model.prompt.is_none());
    assert_eq!(program.model.choice().zoomed, Some(List));
}

#[test]
fn the_wheel_goes_through_the_commands_when_nothing_is_typed() {
    let mut program = program(NORMAL);
    program.press(":");
    let first = program.model.palette.found[0].spec.words;
    program.press("wheel-down@5,20 wheel-down@5,20");
    assert_eq!((program.model.palette.top, program.model.palette.selected), (6, None));
    assert!(!program.text().contains(first));
    program.press("click@5,20");
    let chosen = program.model.palette.current().expect("a command").words;
    program.press("Tab");
    assert_eq!(program.model.prompt.as_ref().map(Prompt::text), Some(chosen));
}

/// The bar tells where in the text key sentences and hits are, at every size.
#[test]
fn the_bar_has_a_tick_where_something_is() {
    for size in [NORMAL, WIDE, NARROW, (200, 60), (40, 10)] {
        let mut program = program(size);
        program.press("A-2");
        let rows = program.model.screen().content(Reader).expect("the reader").height;
        let ticks = |program: &Program, which: Tick| {
            let bar = program.model.scroll_bar(usize::from(rows)).expect("a bar");
            assert_eq!(bar.len(), usize::from(rows));
            bar.iter().filter(|notch| notch.tick == Some(which)).count()
        };
        let sentences = program.model.sentences.items.len();
        let shown = ticks(&program, Tick::Sentence);
        assert!((1..=sentences).contains(&shown), "{shown} at {size:?}");
        assert_eq!(ticks(&program, Tick::Hit), 0);
        program.press("A-4 n A-2");
        assert!(ticks(&program, Tick::Hit) > 0, "{size:?}");
    }
}

#[test]
fn the_thumb_stays_under_the_pointer() {
    let mut program = program(NORMAL);
    program.press("A-2");
    program.press("click@79,1");
    for row in (1..=11).chain((1..11).rev()) {
        program.press(&format!("drag@79,{row}-79,{row}"));
        let bar = program.model.scroll_bar(11).expect("a bar");
        assert!(bar[row - 1].is_thumb, "row {row} of {bar:?}");
    }
}
