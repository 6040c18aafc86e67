//! Where a jump lands, the rows stand out for a moment.

use super::{
    program,
    table::{NORMAL, WIDE},
};
use crate::harness::{Program, in_style};
use zhaidu::app::msg::Msg;

/// What stands out.
fn flashing(program: &Program) -> String {
    in_style(&program.painted(), '~')
}

/// The program after the keys before, and the last ones with what has to be read for them.
fn jumped(size: (u16, u16), before: &str, keys: &str) -> Program {
    let mut program = program(size);
    program.press(before);
    assert_eq!(flashing(&program), "", "{before}");
    program.press_without_work(keys);
    let is_there = |program: &mut Program| program.flashes || !program.work_once();
    while !is_there(&mut program) {}
    program
}

#[test]
fn the_rows_of_the_target_stand_out_until_the_moment_is_over() {
    for (size, before, keys, target) in [
        (NORMAL, "A-3 j", "Enter", "段讲"),
        (NORMAL, "A-2", "s", "段"),
        (NORMAL, "A-2 s", "S", "段"),
        (NORMAL, "A-2 / 水 渠 Enter", "n", "水渠"),
        (NORMAL, "A-2 / 水 渠 Enter n n", "N", "水渠"),
        (NORMAL, "/ 水 渠 Enter", "Enter", "水渠"),
        (NORMAL, "/ 水 渠 Enter Enter", "n", "水渠"),
        (WIDE, "A-3 j Enter", "H", "河边的书店"),
        (WIDE, "A-3 j Enter H", "L", "动工就碰上了大雪"),
    ] {
        let mut program = jumped(size, before, keys);
        let seen = flashing(&program);
        assert!(seen.contains(target), "{before} | {keys}: {seen}\n{}", program.text());
        let text = program.text();
        program.send(Msg::FlashOver);
        assert_eq!(
            (flashing(&program), program.text()),
            (String::new(), text),
            "{before} | {keys}"
        );
    }
}

#[test]
fn the_next_key_ends_it_and_begins_the_next_one() {
    let mut program = jumped(NORMAL, "A-2", "s");
    let first = flashing(&program);
    program.flashes = false;
    program.press_without_work("s");
    let second = flashing(&program);
    assert!(program.flashes && !second.is_empty() && second != first, "{first} {second}");
    program.flashes = false;
    program.press_without_work("j");
    assert_eq!((flashing(&program), program.flashes), (String::new(), false));
}

#[test]
fn nothing_flashes_that_is_not_on_the_screen_or_not_wanted() {
    // The text is hidden by the list, by the page, or by what lies on top.
    for (before, keys) in [("A-3 j Enter", "H"), ("A-2", "s p"), ("A-2", "s ?"), ("A-2", "s J")] {
        let mut program = program(NORMAL);
        program.press(before);
        program.press_without_work(keys);
        assert_eq!(flashing(&program), "", "{before} | {keys}");
        program.work();
        assert_eq!((flashing(&program), program.model.flash), (String::new(), None), "{keys}");
    }
    let mut program = program(NORMAL);
    program.model.motion = false;
    program.press_without_work("A-2 s");
    assert_eq!((flashing(&program), program.flashes), (String::new(), false));
}
