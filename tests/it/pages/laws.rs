//! What holds for every text whatever.

use proptest::prelude::*;
use zhaidu::article::{Role, SplitMode, split};

pub(super) use crate::fuzz::laws::page::check;

const MODES: [SplitMode; 3] = [SplitMode::Off, SplitMode::Auto, SplitMode::Strict];

/// Lines as newspapers have them, and lines that look like them.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        3 => "[山水桥路茶馆书屋修雨]{20,60}。",
        2 => "[山水桥路茶馆书屋修雨]{20,60}",
        1 => "[山水桥路茶馆书屋修雨]{9,30}，",
        2 => "[山水桥路茶馆书屋修雨]{4,12}",
        1 => "[山水桥路]{3,6} [茶馆书屋]{3,6}",
        1 => "□[王李陈][明芳]",
        1 => "本报记者 [王李陈][明芳] 摄",
        1 => "本报讯（记者 王明）[山水桥路茶馆书屋修雨]{20,40}。",
        1 => "（作者单位：[山水]{2,4}大学）",
        1 => "——[山水桥路]{4,12}",
        1 => "■[山水桥路茶馆]{12,30}",
        1 => "[一二三]、[山水桥路]{3,8}",
        1 => "图为[山水桥路]{3,20}。",
        1 => "第[1-9]版：要闻",
        1 => "[A-Z]{2,6} [A-Z]{2,6}",
        1 => "[a-z0-9 ]{1,30}[山水]{4,9}[a-z0-9]{0,4}",
        2 => "(準\\(zhǔn\\)|接\\(jiē\\)|開（kāi）|工\\(經\\(jīng\\)\\)信|蝿\\(wù\\)|[經a](\\(jīng\\)){1,2}|6臺\\(套\\)|[山?!\u{FFFD}]){1,12}",
        1 => Just("新华社发".to_owned()),
        1 => Just("责任编辑：王明".to_owned()),
        1 => Just("\u{3000}\u{3000}\r".to_owned()),
        1 => "[1-3]. [山水桥路]{3,8}",
        1 => Just("---".to_owned()),
        1 => "(title|标题|author|作者): ?[山水桥路王李]{0,6}",
    ]
}

/// Files of records, and files that are nearly so.
fn records() -> impl Strategy<Value = String> {
    let title = "[山水桥路茶馆书屋修雨]{5,12}";
    let text = "[山水桥路茶馆书屋修雨]{30,60}，[山水桥路]{40,60}。[山水桥路]{9,90}。";
    let record = (title, text, "[王李陈][明芳]", 0..30_u32);
    (prop::collection::vec(record, 1..9), 0..9_u32).prop_map(|(records, form)| {
        let mut out = String::new();
        for ((title, text, name, odd), n) in records.iter().zip(1..) {
            let (title, n) = if *odd == 0 { ("，", n + 1) } else { (title.as_str(), n) };
            let page = if n % 3 == 1 { format!("第{n}版 要闻\n") } else { String::new() };
            let record = match form {
                0 => format!("{page}{n}. {title}\n{name}\n{text}\n"),
                1 => format!("第{n}版()专栏:国内要闻 {title} {name} {text}\n"),
                2 => format!("{title}\t{text}\n"),
                3 => format!("{n}. {title} {text}\n"),
                4 => format!("---\ntitle: \"{title}\"\nauthor: [{name}, 林满]\n---\n{text}\n"),
                5 => format!("标题：{title} 作者：{name}\n来源：\n正文：{text}\n"),
                6 => format!("{title}\n□{name}\n{text}\n====\n"),
                7 => format!("\r\n{title}\r\n\r\n\u{3000}\u{3000}{text}\r\n"),
                _ => format!("标题：{title}\n日期：\n正文：\n{text}\n"),
            };
            out += &record;
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_for_any_text(text in any::<String>(), mode in prop::sample::select(&MODES[..])) {
        check(&split(text.into(), mode));
    }

    #[test]
    fn laws_hold_for_odd_lines(
        text in "([\\PC\r\u{3000}\u{FEFF}\u{A0}。，（）“”□■]{0,12}\r?\n){0,12}",
        mode in prop::sample::select(&MODES[..]),
    ) {
        check(&split(text.into(), mode));
    }

    #[test]
    fn laws_hold_for_glosses(
        text in "(準\\(zhǔn\\)|接\\(jiē\\)|開（kāi）|經\\(jīng\\)|蝿\\(wù\\)|[經a (（)）\u{FFFD}?!;A]|qǐng|\n){0,40}",
        mode in prop::sample::select(&MODES[..]),
    ) {
        check(&split(text.into(), mode));
    }

    #[test]
    fn laws_hold_for_pages(
        lines in prop::collection::vec(line(), 0..60),
        end in prop::sample::select(&["\n", "\r\n", "\n\n"][..]),
        mode in prop::sample::select(&MODES[..]),
    ) {
        check(&split(lines.join(end).into(), mode));
    }

    #[test]
    fn laws_hold_for_records(
        records in records(),
        lines in prop::collection::vec(line(), 0..3),
        first in any::<bool>(),
        mode in prop::sample::select(&MODES[..]),
    ) {
        let lines = lines.join("\n");
        let text = if first { format!("{lines}{records}") } else { format!("{records}{lines}") };
        check(&split(text.into(), mode));
    }

    #[test]
    fn an_article_alone_has_the_id_it_has_on_the_page(lines in prop::collection::vec(line(), 1..40)) {
        let page = split(lines.join("\n").into(), SplitMode::Auto);
        for article in &page.articles {
            let spaced = article.text.replace('\n', " \u{3000}\n");
            prop_assert_eq!(zhaidu::article::ArticleId::of(&spaced), article.id);
        }
    }
}

#[test]
fn laws_hold_for_our_pages() {
    for (_, text) in super::pages() {
        for mode in MODES {
            check(&split(text.as_str().into(), mode));
            check(&split(text.replace('\n', "\r\n").into(), mode));
        }
    }
}

#[test]
fn a_text_without_line_ends_is_one_paragraph() {
    let page = split("山里的早晨来得很晚。".repeat(20_000).into(), SplitMode::Auto);
    assert_eq!((page.articles.len(), page.articles[0].parts.len()), (1, 1));
    assert_eq!(page.articles[0].parts[0].role, Role::Paragraph);
    assert_eq!(page.articles[0].text, page.text);
}

#[test]
fn blank_text_has_no_articles() {
    for text in ["", "\n", " \r\n\u{3000}\n", "\u{FEFF}"] {
        let page = split(text.into(), SplitMode::Auto);
        assert!(page.articles.is_empty(), "{text:?}");
        check(&page);
    }
}
