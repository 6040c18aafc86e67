//! What is copied of an article.

use super::*;
use crate::{
    analysis::{Vocabulary, analyze},
    article::{
        SplitMode,
        facts::{IssueDate, PageNumber},
        split,
    },
    listing::ArticleRow,
    text::{display::DisplayLine, sanitize::is_unsafe},
};

const TEXT: &str = "渡口\u{200b}的早晨\n\n□林知远\n\n\
    老船工把缆绳收好，江面上的雾\u{1b}[2J还没有散。学生问他水为什么清了，他说要先看岸上的管子。\n\
    去年冬天，居民把旧管子一根一根挖出来，又把新管子接上。";

/// Calls `check` with the article and what is known of it.
fn with_subject(text: &str, is_analysed: bool, check: impl Fn(Subject<'_>)) {
    let page = split(text.into(), SplitMode::Off);
    let article = page.articles.first().expect("an article");
    let analysis = is_analysed.then(|| analyze(article, &Vocabulary::default()));
    let page = PageNumber::new(None, 3);
    let row = ArticleRow {
        date: IssueDate::day(2014, 3, 2),
        paper: "河湾日报".into(),
        page,
        ..ArticleRow::of(article, 1)
    };
    let row = Row {
        title: row.title.shown(),
        paper: row.paper.shown(),
        date: row.date,
        page,
        ..Row::default()
    };
    check(Subject { article, analysis: analysis.as_ref(), row, place: "a b.txt:5" });
}

fn first(subject: &Subject<'_>) -> Option<TextRange> {
    subject.first_sentence(|_| true)
}

#[test]
fn every_text_is_what_its_name_says() {
    use CopyWhat::{
        Article, Citation as Cited, CommandLine, Keywords, Markdown, Place, Reference, Sentence,
    };
    with_subject(TEXT, true, |subject| {
        let told = |what| subject.text(what, first(&subject), 2);
        let sentence = "老船工把缆绳收好，江面上的雾[2J还没有散。";
        let origin = "《渡口的早晨》，林知远，河湾日报，2014-03-02，第3版，a b.txt:5";
        for (what, expected) in [
            (Sentence, Some(sentence.to_owned())),
            (Cited, Some(format!("“{sentence}”\n——{origin}"))),
            (Markdown, Some(format!("> {}\n>\n> ——{origin}", sentence.replace('[', "\\[")))),
            (Reference, Some("林知远. 渡口的早晨[N]. 河湾日报, 2014-03-02(3).".to_owned())),
            (Place, Some("a b.txt:5".to_owned())),
            (CommandLine, None),
        ] {
            assert_eq!(told(what), expected, "{what:?}");
        }
        let article = told(Article).expect("a text");
        assert!(article.starts_with("渡口的早晨\n□林知远\n老船工"), "{article}");
        assert!(article.ends_with("又把新管子接上。"), "{article}");
        let keywords = told(Keywords).expect("keywords");
        assert!(keywords.contains("管子") && keywords.contains('；'), "{keywords}");
    });
}

#[test]
fn a_summary_is_its_key_sentences_in_reading_order() {
    with_subject(TEXT, true, |subject| {
        let lines = |count| {
            let summary = subject.text(CopyWhat::Summary, None, count).expect("a summary");
            summary.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!((lines(1).len(), lines(2).len()), (1, 2));
        let places: Vec<_> = lines(3).iter().map(|line| TEXT.find(&line[..12])).collect();
        assert!(places.is_sorted() && places.len() == 3, "{places:?}");
    });
}

#[test]
fn what_is_missing_is_left_out() {
    with_subject("江水清了。", false, |subject| {
        let bare = Subject { row: Row::default(), ..subject };
        let told = |what| bare.text(what, None, 5);
        assert_eq!(told(CopyWhat::Sentence), None);
        assert_eq!(told(CopyWhat::Summary), None, "nothing is known yet");
        assert_eq!(told(CopyWhat::Keywords), None);
        assert_eq!(told(CopyWhat::Citation).as_deref(), Some("——a b.txt:5"));
        assert_eq!(told(CopyWhat::Reference), None);
        // Sentences can be told before anything else is known.
        let sentence = first(&subject).map(|range| range.of(&subject.article.text));
        assert_eq!(sentence, Some("江水清了。"));
    });
}

#[test]
fn nothing_that_cannot_be_seen_is_copied() {
    let hostile =
        "标\u{202e}题\u{7}\n\n正\u{1b}]52;c;eA==\u{7}文\u{200d}在\tこ\u{0}の里。第二\u{85}句。";
    with_subject(hostile, true, |subject| {
        for what in CopyWhat::ALL {
            let text = subject.text(what, first(&subject), 3).unwrap_or_default();
            assert!(!text.chars().any(|c| c != '\n' && is_unsafe(c)), "{what:?}: {text:?}");
        }
        let place = DisplayLine::new("a\u{1b}.txt:1");
        let hostile = Subject { place: place.as_str(), ..subject };
        assert_eq!(hostile.text(CopyWhat::Place, None, 0).as_deref(), Some("a␛.txt:1"));
    });
}
