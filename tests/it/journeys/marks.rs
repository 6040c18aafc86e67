//! Journeys through what is kept about articles.

use std::fs;

use zhaidu::{
    app::{
        action::Pane,
        marks::MarkNews,
        msg::{Effect, Msg},
        overlay::OverlayKind,
    },
    article::{MarkTable, Marks},
    lang::Lang,
    listing::ArticleKey,
    store::marks::load,
    text::display::DisplayLine,
};

use super::{
    archive::archive,
    program,
    table::{
        Journey, NORMAL,
        Seen::{Notice, Over, Sent, Title, Typed},
        WIDE,
    },
};
use crate::harness::Program;

/// What keys say.
pub(super) const MARKS: &[Journey] = &[
    (NORMAL, "", "m", &[Notice("star  河边的书店  saved")]),
    (NORMAL, "m", "m", &[Notice("star off  河边的书店  saved")]),
    (NORMAL, "", "r", &[Notice("read  河边的书店  saved")]),
    (NORMAL, "", "t", &[Typed(Some("")), Notice("-tag takes it off")]),
    (NORMAL, "t 水", "Enter", &[Typed(None), Notice("tags  河边的书店  saved")]),
    (NORMAL, "a 水 Enter", "a", &[Typed(Some("水"))]),
    (NORMAL, "a 水 A-Enter 桥 Enter", "a", &[Typed(Some("水⏎桥"))]),
    (NORMAL, "a 水", "A-Enter", &[Typed(Some("水⏎"))]),
    (
        NORMAL,
        "a 水 Enter",
        "A",
        &[Sent(|it| matches!(it, Effect::EditNote(it) if it.note == "水"))],
    ),
    (NORMAL, "A-2", "A", &[Sent(|it| matches!(it, Effect::EditNote(it) if it.note.is_empty()))]),
    (NORMAL, "", "A-a", &[Notice("there is no note"), Over(None)]),
    (NORMAL, "a 水 Enter", "A-a", &[Over(Some((OverlayKind::Note, 0)))]),
    (NORMAL, "m", "u", &[Notice("undone: star  河边的书店  saved")]),
    (NORMAL, "m u", "U", &[Notice("redone: star  河边的书店  saved")]),
    // A number marks so many, and is taken back in one step.
    (NORMAL, "", "5 m", &[Notice("star ×5  saved")]),
    (NORMAL, "5 m", "3 m", &[Notice("star off ×3  saved")]),
    (NORMAL, "G", "9 r", &[Notice("read ×1  saved")]),
    (NORMAL, "5 m u", "u", &[Notice("no mark to take back")]),
    (NORMAL, "r", "M", &[Notice("read ×"), Notice("saved")]),
    (NORMAL, "M", "M", &[Notice("none of them is unread")]),
    (NORMAL, "/ 第 2 段 Enter", "M", &[Notice("read ×"), Notice("saved")]),
    // Starred, unread, read; what is marked later moves no row.
    (NORMAL, "j m k r", ", m", &[Notice("starred, unread, read")]),
    (NORMAL, "j m k r , m", "g g", &[Title("山里的电站")]),
    (NORMAL, "j m k r , m", "G", &[Title("河边的书店")]),
    (NORMAL, "j m k r , m , m", "g g", &[Title("河边的书店")]),
    (NORMAL, ", m j j m", "g g", &[Title("河边的书店")]),
    (NORMAL, "", "u", &[Notice("no mark to take back")]),
    (NORMAL, "u", "U", &[Notice("no mark to make again")]),
];

/// The row of the list with this title.
fn row(program: &Program, title: &str) -> String {
    let text = program.text();
    let row = text.lines().skip(1).find(|line| line.contains(title));
    row.unwrap_or_else(|| panic!("{title} is not listed:\n{text}")).to_owned()
}

#[test]
fn a_star_is_on_the_disk_before_it_is_said_to_be_saved() {
    let mut program = program(NORMAL);
    program.press_without_work("m");
    assert!(program.text().contains("saving"), "{}", program.text());
    assert!(row(&program, "河边的书店").starts_with("> * "), "{}", program.text());
    assert!(program.kept_marks().is_empty(), "the disk is slow");
    program.work();
    assert!(program.text().contains("star  河边的书店  saved"), "{}", program.text());
    let kept = program.kept_marks();
    assert_eq!(
        kept.iter().map(|(title, marks)| (title.as_str(), marks.starred)).next(),
        Some(("河边的书店", true))
    );
    program.press("m");
    assert!(program.kept_marks().is_empty(), "the second press takes it away");
}

#[test]
fn what_was_opened_is_read_and_dim() {
    let mut program = program(NORMAL);
    program.press("Enter h");
    assert!(row(&program, "河边的书店").starts_with(">✓  "), "{}", program.text());
    program.press("r");
    assert!(row(&program, "河边的书店").starts_with(">   "), "{}", program.text());
    program.press("u");
    assert!(row(&program, "河边的书店").starts_with(">✓  "), "{}", program.text());
}

#[test]
fn tags_and_notes_are_typed_and_shown() {
    let mut program = program(WIDE);
    program.press("t 水 Space # 桥 Enter");
    assert!(program.text().contains("#桥 #水"), "{}", program.text());
    // A tag that is known is completed.
    program.press("j t 水 Enter k t - 水 Tab Enter");
    assert!(!program.text().contains("#桥 #水"), "{}", program.text());
    program.press("a 再 读 Enter");
    assert!(program.text().contains("saved"), "{}", program.text());
    program.press("j k");
    assert!(program.text().contains("\" 再读"), "{}", program.text());
    program.press("a C-u Enter j k");
    assert!(!program.text().contains("再读"), "{}", program.text());
}

#[test]
fn a_note_of_several_lines_stands_above_the_text_and_whole_on_top() {
    let mut program = program(WIDE);
    let first = program.top_line().to_owned();
    let text_row = |program: &Program| {
        let text = program.text();
        text.lines().position(|line| line.contains("本报记者 林知远")).expect("a byline")
    };
    let before = text_row(&program);
    program
        .press("a 第 一 行 A-Enter 第 二 行 A-Enter A-Enter 第 三 行 A-Enter 第 四 行 Enter j k");
    let text = program.text();
    assert!(text.contains("\" 第一行") && text.contains("第三行 .."), "{text}");
    assert!(!text.contains("第四行"), "{text}");
    assert_eq!((program.top_line(), text_row(&program)), (&*first, before + 3));
    program.press("A-a");
    assert!(program.text().contains("第四行"), "{}", program.text());
    program.press("Esc a C-u Enter");
    assert_eq!(text_row(&program), before);
    // What is imported may be anything.
    let note = format!("\u{1b}[2J\u{202e}{}\n\n{}", "长".repeat(100_000), "短\n".repeat(50_000));
    let id = program.article(ArticleKey { source: 0, article: 0 }).expect("an article").id;
    let marks = Marks { note, ..Marks::default() };
    program.send(Msg::Marks(MarkNews::Loaded(MarkTable::from_iter([(id, marks)]))));
    assert_eq!(text_row(&program), before + 3);
    assert!(program.text().contains("␛[2J长长"), "{}", program.text());
    program.press("a");
    assert!(program.text().contains("too long"), "{}", program.text());
    for size in [(1, 1), (20, 5), (40, 6), (60, 20), (80, 24)] {
        program.resize(size);
        program.press("A-a Esc A-2");
    }
    assert!(program.text().contains("␛[2J长长"), "{}", program.text());
}

#[test]
fn what_is_marked_is_found() {
    let mut program = program(NORMAL);
    program.press("m j j m t 水 边 Enter g g");
    let found = |program: &Program| program.model.search.results.articles;
    program.press("/ i s : s t Tab Enter");
    assert_eq!((program.model.search.query.as_str(), found(&program)), ("is:starred ", 2));
    // What is marked meanwhile does not change what one looks at, until it is asked for again.
    program.press("m");
    assert_eq!(found(&program), 2);
    program.press("/ Enter");
    assert_eq!(found(&program), 1, "{}", program.text());
    program.press("/ C-u t a g : 水 Tab - i s : Tab");
    assert!(program.text().contains("unread  read  starred"), "{}", program.text());
    program.press("n o t e d Enter");
    assert_eq!(program.model.search.query, "tag:水边 -is:noted");
    assert_eq!(found(&program), 1);
    program.press("Enter 1 Esc");
    assert!(program.model.selected_marks().is_some_and(|marks| marks.tags.contains("水边")));
}

#[test]
fn all_that_is_listed_is_read_and_that_is_one_step() {
    let mut program = program(NORMAL);
    let read = |program: &Program| program.kept_marks().iter().filter(|it| it.1.read).count();
    let all = program.model.archive.article_count();
    program.press("r M");
    assert!(program.text().contains(&format!("read ×{}  saved", all - 1)), "{}", program.text());
    assert_eq!(read(&program), all);
    program.press("u");
    assert_eq!(read(&program), 1, "what was read before stays so");
    // Of a filter what it leaves, of a search what it found, however much of it is in sight.
    program.press("u f 书 店 Enter M");
    let left = program.model.archive.rows().len();
    assert!(left < all);
    assert_eq!(read(&program), left);
    program.press("u Esc / 第 2 段 Enter M");
    let found = program.model.search.results.articles;
    assert_eq!(read(&program), found);
    assert!(program.text().contains(&format!("read ×{found}  saved")), "{}", program.text());
    program.press("u");
    assert_eq!(read(&program), 0);
}

#[test]
fn marks_that_come_late_from_the_disk_are_found() {
    let mut program = program(NORMAL);
    program.press("/ i s : r e a d Enter");
    assert_eq!(program.model.search.results.articles, 0);
    let id = program.article(ArticleKey { source: 0, article: 0 }).expect("an article").id;
    let read = Marks { read: true, ..Marks::default() };
    let table = MarkTable::from_iter([(id, read)]);
    program.send(Msg::Marks(MarkNews::Loaded(table)));
    program.work();
    assert_eq!(program.model.search.results.articles, 1, "{}", program.text());
}

#[test]
fn what_is_taken_back_is_taken_back_on_the_disk() {
    let mut program = program(NORMAL);
    program.press("m j m t a Space b Enter");
    let before = program.kept_marks();
    assert_eq!(before.len(), 2);
    // Both tags were one line.
    program.press("u u u");
    assert!(program.kept_marks().is_empty());
    program.press("u");
    assert!(program.text().contains("no mark to take back"), "{}", program.text());
    program.press("U U U");
    assert_eq!(program.kept_marks(), before);
}

#[test]
fn a_disk_that_is_full_is_told_and_tried_again() {
    let mut program = program(NORMAL);
    program.break_marks();
    program.press("m");
    assert!(program.text().contains("not saved"), "{}", program.text());
    program.press("j");
    assert!(program.text().contains("! unsaved marks 1"), "{}", program.text());
    program.press("q");
    assert!(program.asked.is_empty(), "who leaves is told first");
    assert!(program.text().contains("once more quits"), "{}", program.text());
    program.mend_marks();
    program.press("q");
    assert!(!program.asked.is_empty());
    program.press("j m");
    assert_eq!(program.kept_marks().len(), 2, "both are on the disk");
}

#[test]
fn a_text_that_is_open_can_be_marked_before_the_list_has_read_its_source() {
    let mut program = Program::started(archive(), Lang::En, NORMAL).with_disk();
    program.find();
    program.press("Enter");
    assert!(program.text().contains("河边的书店"), "{}", program.text());
    program.press("m");
    let kept = program.kept_marks();
    assert_eq!(
        kept.first().map(|(title, it)| (title.as_str(), it.starred)),
        Some(("河边的书店", true))
    );
    // The list learns of it by the same id.
    program.read();
    program.press("h");
    assert!(row(&program, "河边的书店").starts_with("> * "), "{}", program.text());
}

#[test]
fn a_note_that_another_program_wrote_meanwhile_is_kept_beside_what_was_typed() {
    let mut program = program(NORMAL);
    program.press("a 水 Enter a 边");
    let id = program.model.selected_id().expect("an article");
    let elsewhere = Marks { note: "桥".to_owned(), ..Marks::default() };
    let table = MarkTable::from_iter([(id, elsewhere)]);
    program.send(Msg::Marks(MarkNews::Loaded(table)));
    program.press("Enter");
    assert_eq!(program.model.selected_marks().map(|it| it.note.as_str()), Some("桥\n———\n水边"));
    assert!(program.text().contains("beside one written elsewhere"), "{}", program.text());
    // It is undone in one step.
    program.press("u");
    assert_eq!(program.model.selected_marks().map(|it| it.note.as_str()), Some("桥"));
}

#[test]
fn marks_go_with_the_text_not_with_its_name() {
    let mut program = program(NORMAL);
    program.press("m");
    let mut renamed = archive();
    renamed.rotate_left(1);
    for (number, source) in renamed.iter_mut().enumerate() {
        source.name = DisplayLine::new(&format!("{number}.txt"));
    }
    let marks = program.model.selected_marks().cloned();
    let mut other = Program::started(renamed, Lang::En, NORMAL);
    std::mem::swap(&mut other.model.marks, &mut program.model.marks);
    other.find();
    other.read();
    other.work();
    other.press("G");
    assert_eq!(marks, Some(Marks { starred: true, ..Marks::default() }));
    assert!(row(&other, "河边的书店").contains("* 河边的书店"), "{}", other.text());
    assert_eq!(other.model.focus, Pane::List);
}

impl Program {
    fn marks_folder(&self) -> std::path::PathBuf {
        self.disk_path().join("marks")
    }

    /// Titles and marks on the disk.
    fn kept_marks(&self) -> Vec<(String, Marks)> {
        let (merged, _) = load(Some(&self.marks_folder()));
        let all = merged.articles().into_iter();
        all.map(|(marks, op)| (op.article.title.clone(), marks)).collect()
    }

    /// From now on nothing can be written.
    pub(super) fn break_marks(&self) {
        fs::write(self.marks_folder(), "in the way").expect("a file");
    }

    fn mend_marks(&self) {
        fs::remove_file(self.marks_folder()).expect("removed");
    }
}
