//! The part of the table about reading: how much of an article is shown, and
//! why a sentence is a key sentence.

use zhaidu::app::{action::Pane::Reader, msg::Msg, overlay::OverlayKind};

use super::{
    program,
    table::{
        Journey, NORMAL,
        Seen::{Focus, Notice, Over, Sentence, Title, Top},
        WIDE,
    },
};

/// Levels and folds.
pub(super) const LEVELS: &[Journey] = &[
    (NORMAL, "A-2", "-", &[Notice("50% of the text"), Focus(Reader), Title("河边的书店")]),
    (NORMAL, "A-2 -", "- - - -", &[Notice("5% of the text")]),
    (NORMAL, "A-2 - - - - -", "-", &[Notice("5% of the text")]),
    (NORMAL, "A-2 - -", "+", &[Notice("50% of the text")]),
    (NORMAL, "A-2 -", "=", &[Notice("all of the text"), Top("河边的书店")]),
    (NORMAL, "A-2", "+", &[Notice("all of the text")]),
    (NORMAL, "A-2", "Enter", &[Notice("no fold from here on")]),
    (NORMAL, "A-2 - - - - -", "Enter", &[Notice(""), Top("河边的书店")]),
    // A key sentence in a fold is shown all the same, and its fold opened for it.
    (NORMAL, "A-2 - - - - -", "s s s", &[Sentence(3)]),
    // Why a sentence is one: what its score is made of, then what supports it.
    (NORMAL, "", "w", &[Over(Some((OverlayKind::Why, 0)))]),
    (NORMAL, "A-3 j", "w", &[Over(Some((OverlayKind::Why, 0)))]),
    (NORMAL, "w", "Esc", &[Over(None)]),
    // The level holds for the next article, too.
    (NORMAL, "A-2 - -", "J +", &[Title("山里的电站"), Notice("50% of the text")]),
];

#[test]
fn a_key_sentence_says_why_it_is_one() {
    let mut program = program(WIDE);
    program.press_without_work("w");
    let before = program.text();
    assert!(before.contains("Score") && before.contains("Working it out"), "{before}");
    program.work();
    let after = program.text();
    assert!(after.contains("support it most") && !after.contains("Working it out"), "{after}");
    assert!(after.contains("position") && after.contains(" %"), "{after}");
    // What comes for a sentence that nobody asks about any more changes nothing.
    program.press("Esc");
    let key = program.model.list.selected.expect("an article");
    program.send(Msg::Support(key, 0, Vec::new()));
    assert!(program.model.overlays.is_empty());
}

#[test]
fn a_fold_says_how_much_it_hides_and_opens() {
    let mut program = program(NORMAL);
    program.press("A-2");
    let folds = |text: &str| text.lines().filter(|line| line.contains('⋯')).count();
    assert_eq!(folds(&program.text()), 0);
    program.press("- - - - -");
    let folded = program.text();
    assert!(folds(&folded) > 0, "{folded}");
    assert!(folded.contains("level 5%") && folded.contains("sentences"), "{folded}");
    let closed = folds(&folded);
    while program.model.reader.first_fold().is_some() {
        program.press("Enter");
    }
    assert!(closed > 0);
    program.press("g g");
    let opened = program.text();
    program.press("+ + + + + g g");
    let whole = program.text();
    // Paragraphs that were folded in part are set in pieces; nothing of their text is lost.
    let squeezed = |text: &str| {
        let rows = text.lines().skip(1).take(6);
        rows.flat_map(|row| row.chars().filter(|c| ('一'..='龥').contains(c))).collect::<String>()
    };
    let (opened, whole) = (squeezed(&opened), squeezed(&whole));
    assert!(whole.starts_with(&opened[..30]), "{opened} {whole}");
}

#[test]
fn one_key_opens_fold_after_fold_to_the_end() {
    let mut program = program(NORMAL);
    program.press("A-2 - - - - - j");
    let mut opened = 0;
    while program.model.notice.is_none() {
        program.press("Enter");
        opened += 1;
        assert!(opened < 100, "no end: {}", program.text());
    }
    assert!(opened > 2 && program.text().contains("no fold from here on"), "{}", program.text());
    program.press("g g Enter");
    assert!(program.text().contains("no fold from here on"), "all are open: {}", program.text());
}
