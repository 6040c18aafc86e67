use proptest::prelude::*;

use super::*;
use crate::{
    article::{Marks, facts::IssueDate},
    query::{Fact, Hit},
};

const TITLE: &str = "雙城記：京津冀協同發展";
const BYLINE: &str = "本报记者 王立行";
const PATH: &str = "rmrb/2014/05/a.txt";
const KEYWORDS: [&str; 2] = ["京津冀", "GDP增长"];
const TEXT: &str = "雙城記：京津冀協同發展\n本报记者 王立行\n　　ＧＤＰ增长５．５％，银行 贷款。\n　　第十二届、第3屆会议；重庆。京津";
const NOTE: &str = "第二段可引用";

fn marks(tags: &[&str]) -> Marks {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Marks { read: true, starred: false, tags, note: NOTE.to_owned() }
}

fn subject<'a>(text: &'a Searchable, keywords: &'a [&'a str], marks: &'a Marks) -> Subject<'a> {
    Subject {
        path: PATH,
        title: Fact::Known(TITLE),
        byline: Fact::Known(BYLINE),
        date: Fact::Known(IssueDate::month(2014, 5)),
        keywords: Fact::Known(keywords),
        text: Fact::Known(text),
        marks: Fact::Known(marks),
    }
}

fn matcher(query: &str, pinyin: bool) -> Matcher {
    let query = Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    Matcher::new(&query, MatchOptions { pinyin })
}

/// The hits, each with the characters around it on its line.
fn shown(found: &Found) -> Vec<String> {
    let show = |hit: &Hit| {
        let (name, text) = match hit.place {
            Place::Title => ("title", TITLE),
            Place::Keyword(n) => ("kw", KEYWORDS[n]),
            Place::Byline => ("by", BYLINE),
            Place::Path => ("path", PATH),
            Place::Tag(n) => ("tag", ["京津", "精读"][n]),
            Place::Note => ("note", NOTE),
            Place::Text => ("text", TEXT),
        };
        let kind = ["", "~", "^"][hit.kind as usize];
        let before: String = text[..hit.range.start].chars().rev().take(1).collect();
        let behind: String = text[hit.range.end..].chars().take(1).collect();
        format!("{kind}{name} {}【{}】{}", before.trim(), hit.range.of(text), behind.trim())
    };
    found.hits.iter().map(show).collect()
}

#[test]
fn hits_are_where_they_are_printed() {
    let text = Searchable::of(TEXT);
    let marks = marks(&["京津", "精读"]);
    let subject = subject(&text, &KEYWORDS, &marks);
    let cases: &[(&str, &[&str])] = &[
        ("协同发展", &["title 冀【協同發展】", "text 冀【協同發展】"]),
        ("gdp", &["kw 【GDP】增", "text 【ＧＤＰ】增"]),
        ("5.5%,", &["text 长【５．５％，】银"]),
        ("双城记:", &["title 【雙城記：】京", "text 【雙城記：】京"]),
        ("\"银行 贷款\"", &["text ，【银行 贷款】。"]),
        ("城 記：", &["title 雙【城記：】京", "text 雙【城記：】京"]),
        ("title:津", &["title 京【津】冀"]),
        ("by:王立", &["by 【王立】行"]),
        ("by:wlx", &["^by 【王立行】"]),
        ("path:/2014/", &["path b【/2014/】0"]),
        ("tag:京", &["tag 【京】津"]),
        ("tag:\"京津\" kw:\"ＧＤＰ增长\"", &["kw 【GDP增长】", "tag 【京津】"]),
        ("note:引用", &["note 可【引用】"]),
        ("/第.{1,2}届/", &["~text 【第十二届】、", "~text 、【第3屆】会"]),
        ("/[增-长]P?增长$|^本/", &["~text 【本】报"]),
        ("title:/JING|[^津]冀|協.發/", &["~title 冀【協同發】展"]),
        ("kw:/G.P/ -房价", &["~kw 【GDP】增"]),
        ("zengz", &["^kw P【增长】", "^text Ｐ【增长】５"]),
        ("gdpzz", &["^kw 【GDP增长】", "^text 【ＧＤＰ增长】５"]),
        ("yinh OR 无", &["^text ，【银行】"]),
        ("cq", &[]),
        ("chongq", &["^text ；【重庆】。"]),
        ("title:jj", &["^title ：【京津冀】協"]),
        ("date:2014 is:read", &[]),
        ("-房价", &[]),
        ("", &[]),
    ];
    for (query, hits) in cases {
        match matcher(query, true).judge(&subject) {
            Verdict::Yes(found) => assert_eq!(shown(&found), *hits, "{query}"),
            verdict => assert!(*query == "cq" && verdict == Verdict::No, "{query}: {verdict:?}"),
        }
    }
}

#[test]
fn what_does_not_match_is_left_out() {
    let text = Searchable::of(TEXT);
    let marks = marks(&["京津", "精读"]);
    let subject = subject(&text, &KEYWORDS, &marks);
    for query in [
        "房价",
        "京津 房价",
        "-京津",
        "-(房价 OR 京津)",
        "\"展 本报\"",
        "发展本报",
        "title:银行",
        "tag:\"京\"",
        "kw:银行",
        "kw:\"京津\"",
        "\"jjj\"",
        "path:rb2014",
        "date:2015",
        "date:2014-05-12",
        "date:..2014-04",
        "date:2014-06..",
        "is:unread",
        "is:starred",
        "/展.本/",
        "/展\\s本/",
        "/(?s)展.本/",
        "ab",
    ] {
        assert_eq!(matcher(query, true).judge(&subject), Verdict::No, "{query}");
    }
    assert_eq!(matcher("jjj", false).judge(&subject), Verdict::No);
    for query in [
        "date:2014-05",
        "date:2014-04..2014",
        "is:tagged is:noted -is:starred",
        "-\"jjj\" jjj",
        "/展\\n本/",
    ] {
        assert!(matcher(query, true).matches(&subject).is_some(), "{query}");
    }
}

#[test]
fn what_stands_there_beats_what_reads_so() {
    let text = Searchable::of("jjj 与京津冀");
    let subject =
        Subject { title: Fact::Known("京津冀"), text: Fact::Known(&text), ..Subject::default() };
    let found = matcher("jjj", true).matches(&subject).expect("a match");
    assert_eq!(
        found.hits.iter().map(|hit| (hit.place, hit.kind)).collect::<Vec<_>>(),
        [(Place::Text, Kind::Literal)]
    );
    assert_eq!(found.kind(), Some(Kind::Literal));
}

#[test]
fn what_is_not_known_yet_is_left_open() {
    let text = Searchable::of(TEXT);
    let marks = Marks::default();
    let list = Subject {
        path: PATH,
        title: Fact::Known(TITLE),
        marks: Fact::Known(&marks),
        ..Subject::default()
    };
    for (query, verdict) in [
        ("京津", Some(true)),
        ("银行", None),
        ("-银行", None),
        ("-京津", Some(false)),
        ("银行 is:read", Some(false)),
        ("银行 OR is:unread", Some(true)),
        ("date:2014", None),
        ("kw:京津", None),
        ("jjj", Some(true)),
        ("title:银行", Some(false)),
    ] {
        let judged = match matcher(query, true).judge(&list) {
            Verdict::Yes(_) => Some(true),
            Verdict::No => Some(false),
            Verdict::Pending => None,
        };
        assert_eq!(judged, verdict, "{query}");
    }
    let more = Subject { text: Fact::Known(&text), keywords: Fact::Known(&[]), ..list };
    assert!(matcher("银行", true).matches(&more).is_some());
}

#[test]
fn terms_are_counted_by_field() {
    let text = Searchable::of(TEXT);
    let marks = marks(&[]);
    let subject = subject(&text, &KEYWORDS, &marks);
    let matcher = matcher("京 京津 OR 无 -房价 title:fz", true);
    let found = matcher.matches(&subject).expect("a match");
    let counts: Vec<String> = found
        .counts
        .iter()
        .map(|count| {
            let Pattern::Literal(literal) = &matcher.terms()[count.term].pattern else { panic!() };
            format!("{} {:?} {:?} {}", literal.typed, count.field, count.kind, count.count)
        })
        .collect();
    let expected = [
        "京 Any Literal 2",
        "京 Title Literal 1",
        "京 Keyword Literal 1",
        "京津 Any Literal 2",
        "京津 Title Literal 1",
        "京津 Keyword Literal 1",
        "fz Title Pinyin 1",
    ];
    assert_eq!(counts, expected);
}

#[test]
fn hits_have_a_limit() {
    let text = Searchable::of(&"的，".repeat(3 * MAX_HITS));
    let subject = Subject { text: Fact::Known(&text), ..Subject::default() };
    let found = matcher("的 OR /，/ OR dede", true).matches(&subject).expect("a match");
    assert!(!found.hits.is_empty() && found.hits.len() <= MAX_HITS);
    assert!(found.counts.iter().all(|count| count.count <= MAX_HITS));
}

#[test]
fn an_index_learns_what_is_needed() {
    for (query, pinyin, required) in [
        ("開通 -房价", true, "开通"),
        ("京 (津 OR title:冀) by:王", true, "京 (津|冀)"),
        ("京 OR is:read", true, "*"),
        ("jjj 京", true, "京"),
        ("JJJ", false, "jjj"),
        ("\"JJJ\"", true, "jjj"),
        ("", true, "*"),
        ("/第.*屆(ＧＤＰ|開x?通+)[一二]\\d/", true, "第 届 (gdp|开 通) (一|二)"),
        ("/(京|津)?冀|.*/", true, "*"),
        ("/a.*京津{2}/", false, "a 京 津"),
    ] {
        fn told(required: &Required) -> String {
            match required {
                Required::Anything => "*".into(),
                Required::Text(text) => text.clone(),
                Required::All(parts) => parts.iter().map(told).collect::<Vec<_>>().join(" "),
                Required::Any(parts) => {
                    format!("({})", parts.iter().map(told).collect::<Vec<_>>().join("|"))
                }
            }
        }
        assert_eq!(told(matcher(query, pinyin).required()), required, "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever matches has what an index is told to ask for, and its hits lie between characters,
    /// in order and apart.
    #[test]
    fn matches_keep_their_promises(
        parts in proptest::collection::vec("-?(title:|kw:)?([京津冀開发aAjzx]{1,3}|/[京津冀発a.|]{1,5}/|/(京|[津开])+.?冀?/)|OR", 1..5),
        pinyin in any::<bool>(),
        text in "[京津冀開發发，Ａａa j\n]{0,30}",
        title in "[京津冀開]{0,5}",
        keyword in "[京津冀a]{0,3}",
    ) {
        let Ok(query) = Query::parse(&parts.join(" ")) else { return Ok(()) };
        let matcher = Matcher::new(&query, MatchOptions { pinyin });
        let folded = Searchable::of(&text);
        let keywords = [keyword.as_str()];
        let subject = Subject {
            title: Fact::Known(&title),
            keywords: Fact::Known(&keywords),
            text: Fact::Known(&folded),
            ..Subject::default()
        };
        let Some(found) = matcher.matches(&subject) else { return Ok(()) };
        let all = [folded.text(), &Searchable::of(&title).into_text(), &Searchable::of(&keyword).into_text()].join("\n");
        prop_assert!(matcher.required().holds(&mut |part| all.contains(part)), "{:?}", matcher.required());
        for hit in &found.hits {
            let printed = match hit.place {
                Place::Title => &title,
                Place::Keyword(_) => &keyword,
                _ => &text,
            };
            prop_assert!(printed.get(hit.range.start..hit.range.end).is_some_and(|hit| !hit.is_empty()));
        }
        for pair in found.hits.windows(2) {
            prop_assert!(pair[0].place < pair[1].place || pair[0].range.end <= pair[1].range.start);
        }
    }
}
