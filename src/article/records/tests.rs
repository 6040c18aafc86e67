//! Forms that are records, and writing that only looks like it.

use super::{find, number};
use crate::article::lines::Lines;
use crate::article::{Owner, Page, Role, SplitMode, split};
use crate::lang::Lang;

const TEXT: &str = "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。\
水退得很快，河埠头又露出了台阶，洗衣的人陆续回来了，茶馆的炉子上坐着两把铜壶，热气一直升到梁上。";
const NAMES: [&str; 6] = [
    "石板路上的茶馆",
    "桥头的灯又亮了",
    "老街修缮近尾声",
    "河埠头的早市",
    "渡口添了新船",
    "山里的书屋开门",
];

fn auto(text: &str) -> Page {
    split(text.into(), SplitMode::Auto)
}

/// A file with a record per name, made by `record` from number, title and text.
fn file(count: usize, record: impl Fn(usize, &str, &str) -> String) -> String {
    (1..).zip(&NAMES[..count]).map(|(n, name)| record(n, name, TEXT)).collect()
}

/// Checks that `text` is split into records with these titles and that texts.
#[track_caller]
fn taken(text: &str, count: usize, evidence: &str) {
    let page = auto(text);
    let titles: Vec<_> = page.articles.iter().filter_map(|article| article.title()).collect();
    assert_eq!(titles, NAMES[..count], "{text}");
    for article in &page.articles {
        assert!(article.start.words(Lang::En).contains(&evidence), "{:?} {text}", article.start);
        assert!(article.parts_of(Role::Paragraph).any(|part| part.range.of(&article.text) == TEXT));
    }
}

#[track_caller]
fn left(text: &str) {
    let found = find(&mut Lines::scan(text), SplitMode::Auto);
    assert!(found.is_none(), "{found:?} in {text}");
}

#[test]
fn days_of_a_newspaper() {
    let page = |n: usize| if n % 2 == 1 { format!("第{n}版 要闻\n") } else { String::new() };
    let on = file(6, |n, title, text| format!("{}{n}. {title}\n{text}\n\n", page(n)));
    taken(&on, 6, "page header");
    taken(&format!("远山日报 2021年3月5日\n{on}"), 6, "numbered records");
    let anew = file(6, |n, title, text| format!("{}{}、{title}\n　　{text}\n", page(n), 2 - n % 2));
    taken(&anew.replace("第1版 要闻", "== 第1版 =="), 6, "page header");
    assert_eq!(split(on.as_str().into(), SplitMode::Strict).articles.len(), 6);
    assert_eq!(split(on.as_str().into(), SplitMode::Off).articles.len(), 1);
    let page = auto(&on);
    assert_eq!((page.lines[0].role, page.lines[0].owner), (Role::PageHeader, Owner::Page));
}

#[test]
fn articles_on_lines() {
    let column = |n| format!("第{n}版()专栏:国内要闻");
    let headed = file(4, |n, title, text| format!("{} {title} {text}\n", column(n)));
    taken(&headed, 4, "an article per line");
    let page = auto(&headed);
    assert_eq!(page.lines[0].role, Role::Paragraph);
    assert_eq!(page.articles[0].text.lines().next(), Some("第1版()专栏:国内要闻"));
    taken(&file(4, |_, title, text| format!("{title}\t{text}\n")), 4, "tabulator");
    let numbered = file(6, |n, title, text| format!("{n}. {title}　{text}\n"));
    let long = numbered.replace(TEXT, &TEXT.repeat(2));
    assert_eq!(auto(&long).articles.len(), 6);
    assert_eq!(auto(&long).articles[5].title(), Some(NAMES[5]));
}

#[test]
fn front_matter() {
    let many = file(3, |_, title, text| {
        format!("---\ntitle: \"{title}\"\ndate: 2021-03-05\ntags:\n  - 老街\n---\n\n{text}\n\n")
    });
    taken(&many, 3, "front matter");
    let one = file(1, |_, title, text| {
        format!(
            "---\ntitle: {title}\nauthor: [林小满, 何一舟]\nlayout: post\n---\n{text}\n---\n{text}"
        )
    });
    for mode in [SplitMode::Off, SplitMode::Auto, SplitMode::Strict] {
        let page = split(one.as_str().into(), mode);
        assert_eq!(page.articles.len(), 1);
        assert_eq!(page.articles[0].title(), Some(NAMES[0]));
        assert_eq!(page.articles[0].authors, ["林小满", "何一舟"]);
    }
}

#[test]
fn labels() {
    let lines = file(3, |_, title, text| {
        format!(
            "标题：{title}\n作者：林小满\n日期：2021年3月5日\n来源：远山日报\n正文：\n{text}\n\n"
        )
    });
    taken(&lines, 3, "labels");
    assert_eq!(auto(&lines).articles[2].authors, ["林小满"]);
    taken(
        &file(3, |_, title, text| format!("标题：{title} 作者：林小满 正文：{text}\n")),
        3,
        "labels",
    );
    taken(
        &file(1, |_, title, text| format!("【标题】{title}\n【作者】林小满\n【正文】{text}\n")),
        1,
        "labels",
    );
}

#[test]
fn separator_lines() {
    for rule in ["==========", "-----", "＊＊＊", "※※※", "# # #"] {
        let text = file(4, |_, title, text| format!("{title}\n□林小满\n\n{text}\n\n{rule}\n\n"));
        taken(&text, 4, "separator lines");
    }
}

#[test]
fn heads_of_crawlers() {
    let page = auto(&format!(
        "\r\n渡口添了新船\r\n两岸往来更方便\r\n　　本报记者　刘\u{A0}\u{A0}滇\r\n　　{TEXT}\r\n　　{TEXT}\r\n"
    ));
    let article = &page.articles[0];
    let roles: Vec<Role> = page.lines.iter().map(|line| line.role).collect();
    assert_eq!(roles[1..4], [Role::Title, Role::Subtitle, Role::Byline]);
    assert_eq!(
        (article.authors[0].as_str(), article.start.words(Lang::En)[0]),
        ("刘滇", "fixed first lines")
    );
    let page = auto(&format!("山城纪事\r\n渡口添了新船\r\n\r\n　　{TEXT}\r\n"));
    assert_eq!((page.lines[0].role, page.lines[1].role), (Role::Kicker, Role::Title));
    left(&format!("石板路上\n□林小满\n\n　　{TEXT}\n"));
    left(&format!("石板路上\r\n□林小满\r\n\r\n　　{TEXT}\r\n"));
    left(&format!("石板路上\r\n——修缮记\r\n\r\n　　{TEXT}\r\n"));
    left(&format!("\n石板路上\n\n{TEXT}\n桥头的灯\n{TEXT}\n"));
    let two = format!("　　桥头的灯\n　　□何一舟\n　　{TEXT}\n　　{TEXT}\n");
    left(&format!("\n石板路上\n\n　　{TEXT}\n{two}"));
}

#[test]
fn numbered_writing_is_no_file_of_records() {
    left(&format!("老街修缮办法\n{}", file(6, |n, title, text| format!("{n}. {title}\n{text}\n"))));
    left(&file(6, |n, title, text| format!("{n}. {title}\n{text}\n")));
    left(&file(6, |n, title, _| format!("{n}. {title}\n")));
    left(&file(6, |n, _, text| format!("{n}. {text}\n")));
    left(&file(6, |n, _, text| format!("第{n}条 {text}{text}\n")));
    left(&file(6, |n, title, text| format!("第{n}章 {title}\n{text}\n")));
    // The sections of one essay on a page of its own, a table of contents, items after a rule.
    left(&format!(
        "第3版 理论\n老街的来路\n{}",
        file(4, |n, title, text| format!("{n}. {title}\n{text}\n"))
    ));
    left(&format!(
        "第1版 要闻\n{}第2版 副刊\n1. 山里的书屋\n",
        file(5, |n, title, _| format!("{n}. {title}\n"))
    ));
    // Minutes have a head, steps are short, a number is left out.
    left(&format!(
        "会议纪要\n{}",
        file(6, |n, title, text| format!("{n}. {title} {text}{text}\n"))
    ));
    left(&file(6, |n, title, _| format!("{n}. {title} 放两勺盐，小火煮一刻钟。\n")));
    left(&file(6, |n, title, text| format!("{}. {title} {text}{text}\n", n + n / 4)));
    left(&file(6, |n, title, text| format!("第{}版 要闻\n1. {title}\n{text}\n", 7 - n)));
}

#[test]
fn documents_with_rulers_are_none() {
    left(&file(5, |_, title, text| format!("## {title}\n\n{text}\n\n---\n\n")));
    left(&file(5, |n, title, text| format!("第{n}章 {title}\n{text}\n＊＊＊\n")));
    left(&file(5, |_, title, text| format!("{title}\n{text}\n* * *\n")));
    left(&file(5, |_, _, text| format!("{text}\n* * *\n")));
    left(&file(5, |_, title, _| format!("{title}\n材料：盐两勺\n先把水烧开\n再放盐\n=====\n")));
    left(&file(5, |_, title, text| format!("{title}？\n答：{text}\n近日，{text}\n-----\n")));
    left(&file(3, |_, title, text| format!("---\nlayout: {title}\n---\n{text}\n")));
    left(&format!("---\n{TEXT}\n---\n标题：石板路上\n---\n{TEXT}\n"));
    left("---\ntitle: x\n---\nfn main() {}\n");
}

#[test]
fn tables_and_talk_are_none() {
    left(&file(6, |_, title, _| format!("{title}\t三百二十元\n")));
    left(&file(6, |_, title, text| format!("{title}？\t{text}\n")));
    left(&file(6, |n, _, text| format!("{}\t{text}\n", ["甲", "乙"][n % 2])));
    left(&file(6, |_, title, text| format!("{title}\t2021\t{text}\n")));
    left(&format!("标题：{}\n作者：林小满\n", NAMES[0]));
    left(&format!("时间：三月五日\n地点：茶馆\n主持：林小满\n{TEXT}\n"));
    left(&format!("{}\n来源：远山日报\n作者：林小满\n{TEXT}\n", NAMES[0]));
}

#[test]
fn numbers() {
    for (text, want) in [
        ("1. 水", Some((1, 3))),
        ("12、水", Some((12, 5))),
        ("３．水", Some((3, 6))),
        ("3.5公里", None),
        ("2021年", None),
        ("1.", None),
    ] {
        assert_eq!(number(text).map(|number| (number.value, number.length)), want, "{text}");
    }
}
