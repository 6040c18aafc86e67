//! What a person sees and can do while the index of the archive is made.

use zhaidu::{app::msg::Msg, lang::Lang};

use super::{archive, program, table::NORMAL};
use crate::harness::Program;

#[test]
fn progress_stands_in_the_last_row_and_keys_are_answered() {
    let mut program = program(NORMAL);
    let last_row = |program: &Program| program.text().lines().last().map(str::to_owned);
    for done in [1, 12, 23] {
        program.send(Msg::Indexing(Some((done, 24))));
        let told = last_row(&program).unwrap_or_default();
        assert!(told.contains(&format!("index {done}/24")), "{told}");
        let before = program.model.list.selected;
        program.press("j");
        assert_ne!(program.model.list.selected, before);
    }
    program.send(Msg::Indexing(None));
    let told = last_row(&program).unwrap_or_default();
    assert!(!told.contains("index"), "{told}");
}

#[test]
fn what_is_looked_at_is_analysed_before_the_rest() {
    let mut program = Program::started(archive(), Lang::En, NORMAL);
    program.find();
    program.read();
    program.send(Msg::Indexing(Some((1, 24))));
    // Until what nobody looks at is being analysed.
    while program.model.analysed().0 < 12 {
        assert!(program.work_once());
    }
    program.press_without_work("G");
    let last = program.model.list.selected.expect("an article");
    let before = program.model.analysed().0;
    while !program.model.is_analysed(last) {
        assert!(program.work_once());
    }
    let (analysed, wanted) = program.model.analysed();
    assert_eq!(analysed, before + 1, "only that one was analysed in between");
    assert!(analysed < wanted, "the rest is still to come");
}
