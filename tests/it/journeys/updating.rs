//! Files that change while results stand in the place of the list.

use zhaidu::{
    app::{
        action::Pane,
        msg::Msg,
        search::{Results, SearchNews},
    },
    lang::Lang,
    listing::ArticleKey,
};

use super::table::NORMAL;
use crate::harness::{Program, Source};

/// A source with an article that says its title three times.
fn source(name: &str, title: &str) -> Source {
    let text = format!("{title}\n\n江上的雾还没有散。\n\n{title}照着渡口。\n\n{title}照着码头。\n");
    Source::of_texts(name, &[&text])
}

/// Four articles, three of which are found, and the results.
fn results(keys: &str) -> Program {
    let sources = vec![
        source("a.txt", "渡口的灯"),
        source("b.txt", "城南的灯"),
        source("c.txt", "河边的书"),
        source("d.txt", "山里的灯"),
    ];
    let mut program = Program::ready(sources, Lang::En, NORMAL).with_disk();
    program.press(keys);
    program
}

/// One source is another one now, and the archive is up to date again; nothing is answered yet.
fn change(program: &mut Program, number: u32, source: Source) {
    program.sources[number as usize] = source;
    program.send(Msg::Changed(vec![number]));
    program.read_one(number);
    program.send(Msg::Updated { added: 0, changed: 1, vanished: 0 });
    program.send(Msg::Complete { skipped: 0 });
}

/// A source is there that was not, and the archive is up to date again; nothing is answered yet.
fn add(program: &mut Program, source: Source) {
    let number = program.sources.len() as u32;
    program.send(Msg::Found(vec![source.name.clone()]));
    program.sources.push(source);
    program.read_one(number);
    program.send(Msg::Updated { added: 1, changed: 0, vanished: 0 });
    program.send(Msg::Complete { skipped: 0 });
}

/// A source without an article: it has vanished.
fn nothing(name: &str) -> Source {
    Source::of_texts(name, &[])
}

/// The titles of the results on the screen, the selected one with its mark.
fn listed(program: &Program) -> Vec<String> {
    let text = program.text();
    let rows = text.lines().skip(1).take_while(|row| !row.contains("Text"));
    let titles = rows.filter_map(|row| {
        let title = row.split("  ").find(|part| part.contains("的"))?;
        (!title.contains('。')).then(|| title.trim().to_owned())
    });
    titles.collect()
}

#[test]
fn open_results_follow_the_files_and_the_selection_stays_at_its_article() {
    let mut program = results("/ 灯 Enter j j");
    assert_eq!(listed(&program), ["渡口的灯", "城南的灯", "> 山里的灯"]);
    change(&mut program, 0, source("a.txt", "渡口的船"));
    // What is there stays until all that comes in its place is there.
    let (old, mut frames) = (listed(&program), Vec::new());
    while program.work_once() {
        frames.push(listed(&program));
    }
    frames.dedup();
    assert_eq!(frames, [old, vec!["城南的灯".to_owned(), "> 山里的灯".to_owned()]]);
    assert!(program.text().contains("2/2  灯"), "{}", program.text());

    add(&mut program, source("e.txt", "新来的灯"));
    program.work();
    assert_eq!(listed(&program), ["城南的灯", "> 山里的灯", "新来的灯"]);

    change(&mut program, 0, source("a.txt", "渡口的灯"));
    program.work();
    assert_eq!(listed(&program), ["渡口的灯", "城南的灯", "> 山里的灯", "新来的灯"]);
    assert_eq!(program.title(), Some("山里的灯"));
}

#[test]
fn what_has_vanished_leaves_its_place_to_the_next_result() {
    let mut program = results("/ 灯 Enter j");
    change(&mut program, 1, nothing("b.txt"));
    program.work();
    assert_eq!(listed(&program), ["渡口的灯", "> 山里的灯"]);
    assert_eq!(program.title(), Some("山里的灯"));
    change(&mut program, 3, nothing("d.txt"));
    program.work();
    assert_eq!(listed(&program), ["> 渡口的灯"]);
    change(&mut program, 0, nothing("a.txt"));
    program.work();
    assert!(program.text().contains("Nothing found"), "{}", program.text());
}

#[test]
fn who_reads_at_a_hit_stays_there() {
    let mut program = results("/ 灯 Enter j Enter n n");
    let here = (program.model.search.at, program.model.list.selected);
    assert_eq!(here, (Some(2), Some(ArticleKey { source: 1, article: 0 })));
    change(&mut program, 0, nothing("a.txt"));
    program.work();
    assert_eq!((program.model.search.at, program.model.list.selected), here);
    assert_eq!(program.model.focus, Pane::Reader);
    program.press("n");
    assert_eq!(program.title(), Some("山里的灯"));
}

#[test]
fn what_is_read_stays_open_when_it_is_found_no_more() {
    let mut program = results("/ 灯 Enter j Enter");
    change(&mut program, 1, source("b.txt", "城南的船"));
    program.work();
    assert_eq!((program.title(), program.model.focus), (Some("城南的船"), Pane::Reader));
    // The next hit is in what has come to its place.
    program.press("n");
    assert_eq!((program.title(), program.model.search.at), (Some("山里的灯"), Some(0)));
}

#[test]
fn who_goes_on_while_it_is_searched_again_is_not_thrown_back() {
    let mut program = results("/ 灯 Enter");
    change(&mut program, 1, source("b.txt", "城南的船"));
    program.press_without_work("j j");
    program.work();
    assert_eq!(listed(&program), ["渡口的灯", "> 山里的灯"]);
    assert_eq!(program.title(), Some("山里的灯"));
}

#[test]
fn what_changes_while_an_answer_is_on_its_way_is_asked_for_once_more() {
    let mut program = results("/");
    program.press_without_work("灯 Enter");
    let asked = program.searches();
    change(&mut program, 1, source("b.txt", "城南的船"));
    let found = Results { articles: 3, counted: 3, ..Results::default() };
    program.send(Msg::Search(asked, SearchNews::Found(found)));
    program.work();
    assert_eq!(listed(&program), ["> 渡口的灯", "山里的灯"]);
}

#[test]
fn related_articles_follow_the_files_and_stay_when_theirs_is_gone() {
    let mut program = results("R");
    assert_eq!(listed(&program), ["> 城南的灯", "山里的灯"]);
    add(&mut program, source("e.txt", "新来的灯"));
    program.work();
    assert_eq!(listed(&program), ["> 城南的灯", "山里的灯", "新来的灯"]);
    change(&mut program, 0, nothing("a.txt"));
    let asked = program.searches();
    program.send(Msg::Search(asked, SearchNews::Failed("not in the index".into())));
    assert_eq!(listed(&program), ["> 城南的灯", "山里的灯", "新来的灯"]);
}

#[test]
fn what_was_read_meanwhile_does_not_leave_a_search_for_unread() {
    let mut program = results("/ i s : u n r e a d Space 灯 Enter j Enter");
    program.press("h");
    change(&mut program, 0, source("a.txt", "渡口的船"));
    program.work();
    assert_eq!(listed(&program), ["> 城南的灯", "山里的灯"]);
}

#[test]
fn nothing_is_asked_again_when_nothing_has_changed() {
    let mut program = results("/ 灯 Enter");
    let asked = program.searcher.asked.len();
    program.send(Msg::Complete { skipped: 0 });
    program.work();
    assert_eq!(program.searcher.asked.len(), asked);
}
