//! Commands that are given with the start.

use zhaidu::app::{
    action::{Action, Pane},
    msg::Effect,
};

use super::{archive::archive, table::NORMAL};
use crate::harness::Program;

fn begun(commands: &[&str]) -> Program {
    let mut program = Program::started(archive(), zhaidu::lang::Lang::En, NORMAL);
    let action = |words: &&str| Action::parse(words).expect("a command");
    program.model.due = commands.iter().map(action).collect();
    program.find();
    program.read();
    program.work();
    program
}

#[test]
fn commands_of_the_start_are_run_in_their_order_where_the_one_before_has_led() {
    let program = begun(&["sort title", "move down", "open", "level less"]);
    assert_eq!(program.model.focus, Pane::Reader);
    assert!(program.text().contains("level 50%"), "{}", program.text());
    assert!(program.model.due.is_empty());
}

#[test]
fn a_command_that_does_not_work_there_says_so_and_the_next_one_is_run() {
    let program = begun(&["level less", "quit"]);
    let row = program.text().lines().last().unwrap_or_default().to_owned();
    assert!(row.contains("level less does not work here"), "{row}");
    assert_eq!(program.asked, [Effect::Quit]);
}

#[test]
fn without_an_article_they_are_run_when_that_is_known() {
    let mut program = Program::started(Vec::new(), zhaidu::lang::Lang::En, NORMAL);
    program.model.due = vec![Action::Help];
    assert!(program.model.overlays.is_empty());
    program.find();
    program.read();
    program.work();
    assert_eq!(program.model.overlays.len(), 1, "{}", program.text());
}
