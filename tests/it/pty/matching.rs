//! A list that is filtered, with the best match first.

use super::{
    archive::{Archive, article},
    picture::rows,
    session::{Launch, Session},
};

/// One article that speaks of a word once, one that is about it, one that has nothing of it.
fn archive() -> Archive {
    let archive = Archive::new();
    let steps = (1..60).map(|n| format!("　　第{n}级台阶上的苔藓有人清扫，{n}号门前的灯照着。\n"));
    archive.add("1.txt", format!("老城的坡\n\n{}　　缆车停了三天。\n", steps.collect::<String>()));
    archive.add("2.txt", article("码头"));
    let about = "　　缆车从坡下开到坡上，缆车的票价一元。坐缆车的人多，等缆车的人也多。\n";
    archive.add("3.txt", format!("江边\n\n{about}"));
    archive
}

/// Waits until the rows of the list have these titles, in this order.
fn listed(session: &mut Session, titles: &[&str]) {
    session.wait_for(&format!("{titles:?}"), |screen| {
        let rows = rows(screen);
        let at = |title: &&str| rows.iter().position(|row| row.contains(title));
        let places: Option<Vec<usize>> = titles.iter().map(at).collect();
        places.is_some_and(|places| places.is_sorted_by(|a, b| a + 1 == *b))
    });
}

fn sort(mut session: Session) {
    session.wait_for_text("3 篇 / 3 个来源");
    session.send("F缆车\r");
    session.wait_for_text("/2  ");
    listed(&mut session, &["老城的坡", "江边"]);
    session.send(",b");
    session.wait_for_text("最相关的在前");
    listed(&mut session, &["江边", "老城的坡"]);
    session.send(",r");
    session.wait_for_text("最相关的在前倒序");
    listed(&mut session, &["老城的坡", "江边"]);
    // Without the filter nothing is told apart, and the heading does not say that it were.
    session.send("\x1b");
    listed(&mut session, &["老城的坡", "码头", "江边"]);
    assert!(!rows(session.screen()).iter().any(|row| row.contains("最相关的在前")));
    session.send(",s,b");
    session.wait_for_text("没有可比的筛选");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn without_an_index_the_best_match_has_the_most_places() {
    let archive = archive();
    sort(Launch::zhaidu([archive.path()]).start());
}

#[test]
fn with_an_index_the_best_match_is_the_first_result() {
    let archive = archive();
    let folder = archive.path().display();
    let script = format!("\"$ZHAIDU\" index {folder} >/dev/null 2>&1; exec \"$ZHAIDU\" {folder}");
    sort(Launch::script(&script).start());
}
