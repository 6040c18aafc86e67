//! How well whole articles are set: `cargo test --test it typeset -- --nocapture` prints the
//! figures.
//!
//! The checker in `checker` knows nothing of how rows are made. It has small tables of its own,
//! and is shown to find what is wrong in rows that are cut anywhere.

use std::fs;

use zhaidu::{
    article::{self, Article, Role, SplitMode},
    text::{
        range::TextRange,
        sanitize::DisplayText,
        width::Widths,
        wrap::{Measure, Row, wrap},
    },
};

use crate::harness::{demo_articles, seeds};

mod checker;

use checker::{Findings, check};

/// Widths of the text in cells, of a small pane to more than the widest.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=120;

const POLICIES: [(&str, Widths); 3] =
    [("narrow", Widths::NARROW), ("wide", Widths::WIDE), ("universal", Widths::UNIVERSAL)];

/// Paragraphs with what pages seldom have.
const HARD: [&str; 6] = [
    "据介绍，该系统每秒处理1,200,000次请求，平均延迟3.5ms，比2019-2021年的旧系统（v2.0.1）快了约\
     3.14×10倍；机房温度保持在22℃～25℃，湿度45%-60%，单机柜功率12kW，全年电费约¥3,600,000元。",
    "详见项目主页https://www.example.org/archive/2022/03/15/page.html?id=1024&view=all#notes，或写信至\
     reading-room@example.org，也可参考《读书笔记》第10：30节与附录No.5。",
    "老师说:\"读书要慢,想事要快.\"学生问:\"那写字呢?\"老师答:\"写字不快不慢,心到即可!\"大家都笑了.",
    "“‘春风又绿江南岸’的‘绿’字，王安石改了十几次——‘到’、‘过’、‘入’、‘满’……最后才定下来”，他说，\
     “这就是《容斋续笔》（卷八）里的故事——……你们要记住。”",
    "Wi-Fi 6E、5G NR、COVID-19、e-mail、don't、it’s、C++、A/B测试、北京—上海、张三·李四、9·11、±0.5%、-5℃、\
     １２３４５号、１０：３０开会，３．５％的增长，internationalization与localization。",
    "nǐ hǎo，shì jiè：拼音ā á ǎ à和标注①②③、④⑤⑥，以及🇨🇳🇯🇵和é都在同一行里，后面还有更多的文字。",
];

/// A paragraph as the reader sets it: its text, and whether its first row is indented.
type Paragraph = (String, bool);

fn paragraphs(article: &Article) -> Vec<Paragraph> {
    let shown = DisplayText::block(&article.text);
    let parts = article.parts.iter().map(|part| {
        let indented = matches!(part.role, Role::Paragraph | Role::Abstract | Role::PullQuote);
        (shown.range_to_display(part.range).of(shown.as_str()).to_owned(), indented)
    });
    parts.filter(|(text, _)| !text.is_empty()).collect()
}

/// The pages of the demo and of `tests/pages`.
fn our_paragraphs() -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = demo_articles().flat_map(|a| paragraphs(a)).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    for entry in fs::read_dir(folder).expect("tests/pages is there").flatten() {
        if entry.path().extension().is_some_and(|end| end == "txt") {
            let text = fs::read_to_string(entry.path()).expect("UTF-8");
            let page = article::split(text.into(), SplitMode::Auto);
            found.extend(page.articles.iter().flat_map(paragraphs));
        }
    }
    found
}

fn measure(width: usize, indented: bool, widths: Widths) -> Measure {
    Measure { width, indent: if indented { 4 } else { 0 }, hang: 2, widths }
}

/// Sets every paragraph to every width, each `step`-th of them to each single one.
fn set(paragraphs: &[Paragraph], widths: Widths, step: usize) -> Findings {
    let mut findings = Findings::default();
    for width in WIDTHS {
        for (text, indented) in paragraphs.iter().skip(width % step).step_by(step) {
            let measure = measure(width, *indented, widths);
            check(text, &wrap(text, measure), measure, &mut findings);
        }
    }
    findings
}

/// No fault at all, and in narrow terminals at most so many percent of loose rows.
#[expect(clippy::print_stdout, reason = "the figures are wanted, whether they are good or bad")]
fn check_all(name: &str, paragraphs: &[Paragraph], most_loose: f64) {
    for (policy, widths) in POLICIES {
        let step = if policy == "narrow" { 1 } else { 3 };
        let findings = set(paragraphs, widths, step);
        println!("{name:<6} {policy:<10} {findings}");
        assert_eq!(findings.faults, [""; 0], "{name}, {policy}");
        assert!(findings.rows > 300, "only {} rows", findings.rows);
        let loose = findings.share_of_loose();
        assert!(policy != "narrow" || loose <= most_loose, "{loose:.2} % of the rows are loose");
    }
}

#[test]
fn our_pages_are_set_without_a_fault() {
    check_all("ours", &our_paragraphs(), 1.0);
}

/// Long words and addresses leave rows loose in narrow panes, and nothing can be done about it.
#[test]
fn hard_paragraphs_are_set_without_a_fault() {
    check_all("hard", &HARD.map(|text| (text.to_owned(), true)), 25.0);
}

#[test]
fn real_pages_are_set_without_a_fault() {
    let Some(sources) = seeds() else { return };
    let articles = sources.into_iter().filter_map(|source| source.articles.ok()).flatten();
    let paragraphs: Vec<Paragraph> = articles.flat_map(|(a, _)| paragraphs(&a)).collect();
    check_all("seeds", &paragraphs, 1.0);
}

/// Rows that end wherever they are full.
fn cut_anywhere(text: &str, measure: Measure) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let (mut start, mut used) = (0, measure.indent);
    for (at, c) in text.char_indices() {
        let cells = measure.widths.char_cells(c);
        if used + cells > measure.width {
            let indent = if rows.is_empty() { measure.indent } else { 0 };
            rows.push(Row { range: TextRange::new(start, at), indent });
            (start, used) = (at, 0);
        }
        used += cells;
    }
    rows.push(Row { range: TextRange::new(start, text.len()), indent: 0 });
    rows
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let text = "春风又绿江南岸，“明月何时照我还”（王安石）——增长3.5%、约¥1,000，到2022年，GDP为\
        international的100km……见《泊船瓜洲》。他\"又\"说:好.";
    let mut findings = Findings::default();
    for width in 8..=40 {
        for hang in [0, 2] {
            let measure = Measure { width, indent: 4, hang, widths: Widths::NARROW };
            check(text, &cut_anywhere(text, measure), measure, &mut findings);
        }
    }
    for kind in ["first", "last", "run cut", "number cut", "word cut", "lone character"] {
        let found = findings.faults.iter().filter(|fault| fault.starts_with(kind)).count();
        assert!(found > 0, "no {kind}: {:?}", findings.faults);
    }
    let measure = Measure { width: 10, indent: 0, hang: 2, widths: Widths::NARROW };
    let row = |start, end| Row { range: TextRange::new(start, end), indent: 0 };
    for (rows, told) in [
        (vec![row(0, text.len())], "too wide"),
        (vec![row(0, 6), row(9, text.len())], "lost"),
        (vec![row(0, 6)], "lost"),
    ] {
        let mut findings = Findings::default();
        check(text, &rows, measure, &mut findings);
        assert!(findings.faults.iter().any(|fault| fault.starts_with(told)), "no {told}");
    }
    let mut findings = Findings::default();
    check(text, &[row(0, 6), row(6, 21), row(21, text.len())], measure, &mut findings);
    assert!((findings.share_of_loose() - 50.0).abs() < 1e-9, "{findings}");
}
