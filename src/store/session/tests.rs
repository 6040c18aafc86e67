//! What is kept comes back; what is damaged does no harm and is not lost.

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn sessions() -> (TempDir, Sessions) {
    let folder = tempfile::tempdir().expect("a folder");
    let sessions = Sessions::new(folder.path().join("deep/sessions"));
    (folder, sessions)
}

fn session() -> Session {
    let layout = Layout { list_columns: 40, hidden: vec!["keywords".into()], ..Layout::default() };
    Session {
        archive: Opened {
            kind: "paths".into(),
            paths: vec![KeptPath::Text("/a".into()), KeptPath::Bytes { hex: "2fff".into() }],
            options: vec!["--hidden".into()],
        },
        article: Some(ArticleSpot { title: "渡口\u{1b}[2J".into(), ..ArticleSpot::default() }),
        filters: vec!["title 水".into()],
        layout: BTreeMap::from([("wide".to_owned(), layout)]),
        ..Session::default()
    }
}

#[test]
fn a_session_outlives_the_program() {
    let (_folder, sessions) = sessions();
    assert_eq!(sessions.last(), None);
    assert_eq!(sessions.load("a-1").expect("nothing there"), None);
    sessions.keep("a-1", &session(), Syncing::First).expect("kept");
    sessions.keep("b-2", &Session::default(), Syncing::Behind).expect("kept");
    assert_eq!(sessions.last().as_deref(), Some("b-2"));
    assert_eq!(sessions.load("a-1").expect("it is whole"), Some(session()));
    let names: Vec<String> =
        sessions.all().expect("a folder").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a-1", "b-2"]);
    assert_eq!(fs::read_dir(sessions.folder()).expect("the folder").count(), 3, "nothing else");
    assert_eq!(sessions.forget().expect("removed"), 2);
    assert_eq!((sessions.last(), sessions.forget().expect("nothing")), (None, 0));
}

#[test]
fn names_that_are_not_known_are_passed_over() {
    let (_folder, sessions) = sessions();
    sessions.keep("a", &session(), Syncing::First).expect("kept");
    let path = sessions.folder().join("a.json");
    let text = fs::read_to_string(&path).expect("the file");
    fs::write(&path, text.replacen('{', "{\"weather\": [1, {}],", 1)).expect("the file");
    assert_eq!(sessions.load("a").expect("it is whole"), Some(session()));
}

#[test]
fn what_is_damaged_is_set_aside_and_stays() {
    let (_folder, sessions) = sessions();
    let whole = serde_json::to_string(&session()).expect("its form");
    fs::create_dir_all(sessions.folder()).expect("the folder");
    let path = sessions.folder().join("a.json");
    let later = whole.replace("\"v\":1", "\"v\":2");
    let cases = ["", "{", "[]", "{\"level\": -1}", "{\"layout\": 7}", later.as_str()];
    for (number, text) in (1..).zip(cases) {
        fs::write(&path, text).expect("the file");
        let error = sessions.load("a").expect_err(text);
        assert!(error.message(Lang::En).contains("set aside"), "{error:?}");
        assert_eq!(sessions.load("a").expect("a new start"), None);
        let aside = sessions.folder().join(format!("a.json.{number}.damaged"));
        assert_eq!(fs::read_to_string(aside).expect("it is there"), text);
    }
}

#[test]
fn what_is_no_file_keeps_nobody_waiting() {
    let (_folder, sessions) = sessions();
    fs::create_dir_all(sessions.folder().join("a.json")).expect("a folder in the way");
    assert!(sessions.load("a").is_err());
    assert!(sessions.keep("a", &session(), Syncing::First).is_err());
    std::os::unix::fs::symlink("/dev/zero", sessions.folder().join(LAST)).expect("a link");
    assert_eq!(sessions.last(), None);
    for name in ["../../etc/passwd", "a\n/b", " ", "\u{1b}"] {
        fs::remove_file(sessions.folder().join(LAST)).expect("removed");
        fs::write(sessions.folder().join(LAST), name).expect("the file");
        assert_eq!(sessions.last(), None, "{name:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_set_aside(bytes: Vec<u8>) {
        let (_folder, sessions) = sessions();
        fs::create_dir_all(sessions.folder()).expect("the folder");
        fs::write(sessions.folder().join("a.json"), &bytes).expect("the file");
        fs::write(sessions.folder().join(LAST), &bytes).expect("the file");
        let _ = sessions.last();
        prop_assert!(sessions.load("a").is_err());
        prop_assert_eq!(sessions.load("a").expect("a new start"), None);
    }
}
