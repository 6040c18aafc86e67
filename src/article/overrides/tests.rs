//! A person has the last word, and nothing is lost by it.

use super::*;
use crate::article::{Article, Page, split, split_with};
use crate::lang::Lang;
use Verdict::{Begins, GoesOn, NoArticle};
use proptest::prelude::*;

const PAGE: &str = "石板路上\n\n□林小满\n\n雨停了，路面泛着光，巷口的茶馆早早开了门。\n\n\
                    桥头的灯\n\n□何一舟\n\n灯亮了一夜，桥下的水也响了一夜，天亮才歇。\n";

fn page(mode: SplitMode, overrides: &[(usize, Verdict)]) -> Page {
    let decided = |&(line, verdict): &(usize, Verdict)| Override { line, verdict };
    let overrides: Vec<Override> = overrides.iter().map(decided).collect();
    split_with(PAGE.into(), mode, &overrides)
}

fn titles(page: &Page) -> Vec<String> {
    page.articles.iter().map(super::super::Article::headline).collect()
}

#[test]
fn a_decision_outweighs_the_splitter() {
    let two = page(SplitMode::Off, &[(6, Begins)]);
    assert_eq!(titles(&two), ["石板路上", "桥头的灯"]);
    assert_eq!(two.articles[1].start.words(Lang::En), ["your own decision"]);
    assert!(two.articles[1].start.confidence >= 1.0 && two.articles[1].start.is_sure());
    assert_eq!(two.articles[1].authors, ["何一舟"]);
    let one = page(SplitMode::Off, &[(6, Begins), (6, GoesOn)]);
    assert_eq!(one.articles.len(), 1);
    let refused: Vec<_> = one.candidates.iter().map(|c| (c.line, c.accepted)).collect();
    assert_eq!(refused, [(6, false)]);
    assert_eq!(one.candidates[0].evidence.reasons[0].word.of(Lang::Zh), "你的决定");
}

#[test]
fn a_beginning_that_was_found_can_be_joined() {
    let long = "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌。".repeat(14);
    let text = format!("石板路上\n\n□林小满\n\n{long}\n\n桥头的灯\n\n□何一舟\n\n{long}\n");
    let found = split(text.as_str().into(), SplitMode::Auto);
    assert_eq!(found.articles.len(), 2);
    let joined = [Override { line: found.candidates[0].line, verdict: GoesOn }];
    let joined = split_with(text.into(), SplitMode::Auto, &joined);
    assert_eq!(joined.articles.len(), 1);
    assert!(joined.articles[0].text.contains("何一舟"), "nothing is lost");
}

#[test]
fn what_is_no_article_belongs_to_the_page() {
    for (line, left) in [(0, "桥头的灯"), (6, "石板路上")] {
        let rest = page(SplitMode::Off, &[(6, Begins), (line, NoArticle)]);
        assert_eq!(titles(&rest), [left]);
        let of_page =
            |line: usize| rest.lines.get(line).map(|line| line.owner) == Some(Owner::Page);
        assert!([0, 2, 4].iter().all(|at| of_page(line + at)), "{:?}", rest.lines);
        let told = rest.candidates.iter().find(|it| it.line == line).map(|it| &it.evidence);
        assert!(told.is_some_and(Evidence::is_own), "{:?}", rest.candidates);
        assert_eq!(rest.borders().starts.len(), 1);
    }
    // Nothing begins there any more, and one article stays.
    let joined = page(SplitMode::Off, &[(6, Begins), (6, NoArticle), (6, GoesOn)]);
    assert_eq!(titles(&joined), ["石板路上"]);
    let last = page(SplitMode::Off, &[(6, Begins), (0, NoArticle), (6, NoArticle)]);
    assert_eq!(titles(&last), ["桥头的灯"]);
    let none = page(SplitMode::Off, &[(2, NoArticle), (999, NoArticle), (0, NoArticle)]);
    assert_eq!(titles(&none), ["石板路上"]);
}

/// Two records, whose labels are no part of their articles.
const RECORDS: &str = "标题：桥头的灯\n作者：陈芳\n正文：灯亮了一夜，没有人知道是谁点的，桥下的水也响了\
    一夜，天亮才歇，老人们说这是今年第一次看见桥头的灯亮到天明，茶馆里说了一整天，没有人认领。\n\n\
    标题：渡口\n作者：王明\n正文：船来了又走了，水还在流，渡口的老人收起缆绳，说今天没有人要过河，\
    明天也许会有，他把灯挂在柳树上，慢慢走回村里去了，村里的狗叫了两声，又安静下来。\n";

#[test]
fn records_can_be_cut_and_joined_and_keep_their_fields() {
    let records = |decisions: &[(usize, Verdict)]| {
        let decided = |&(line, verdict): &(usize, Verdict)| Override { line, verdict };
        let decided: Vec<Override> = decisions.iter().map(decided).collect();
        split_with(RECORDS.into(), SplitMode::Auto, &decided)
    };
    assert_eq!(titles(&records(&[])), ["桥头的灯", "渡口"]);
    for (decisions, articles) in
        [(vec![(2, Begins)], 3), (vec![(1, Begins), (4, GoesOn)], 2), (vec![(4, GoesOn)], 1)]
    {
        let page = records(&decisions);
        assert_eq!(page.articles.len(), articles, "{decisions:?}");
        let texts: Vec<&str> = page.articles.iter().map(|article| &*article.text).collect();
        let all = texts.join("\n");
        for field in ["桥头的灯\n", "陈芳", "灯亮了一夜", "渡口\n", "王明", "船来了"]
        {
            assert_eq!(all.matches(field).count(), 1, "{field} after {decisions:?} in {all}");
        }
    }
}

#[test]
fn a_line_of_several_fields_is_not_cut() {
    let names = "陈芳，王明，李平，林满，赵青，何一舟，高山";
    let text = RECORDS.replacen("陈芳", names, 1);
    for line in 1..6 {
        let decided = [Override { line, verdict: Begins }];
        let page = split_with(text.as_str().into(), SplitMode::Auto, &decided);
        let has_all =
            |article: &&Article| names.split('，').all(|name| article.text.contains(name));
        assert_eq!(page.articles.iter().filter(has_all).count(), 1, "cut at {line}");
    }
}

#[test]
fn the_first_article_goes_on_with_nothing() {
    let text =
        "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。".repeat(3);
    let names = ["石板路上的茶馆", "桥头的灯又亮了", "老街修缮近尾声", "河埠头的早市"];
    let records = (1..).zip(names).map(|(n, title)| format!("{n}. {title}\n{text}\n\n"));
    let day = format!("远山日报 2021年3月5日\n第1版 要闻\n{}", records.collect::<String>());
    let plain = split(day.as_str().into(), SplitMode::Auto);
    let first = plain.articles[0].parts[0].pieces[0].source.start;
    let line = plain.line_of(first) - 1;
    assert!(line > 0, "{:?}", plain.articles[0].text);
    let joined = [Override { line, verdict: GoesOn }];
    let joined = split_with(day.into(), SplitMode::Auto, &joined);
    assert_eq!(titles(&joined), titles(&plain));
    assert_eq!(joined.candidates, plain.candidates);
}

#[test]
fn decisions_about_nothing_change_nothing() {
    let plain = page(SplitMode::Off, &[]);
    for decision in [(0, GoesOn), (0, Begins), (1, Begins), (999, Begins), (999, GoesOn)] {
        let same = page(SplitMode::Off, &[decision]);
        assert_eq!(titles(&same), titles(&plain), "{decision:?}");
        assert_eq!(same.candidates, plain.candidates, "{decision:?}");
    }
}

#[test]
fn the_id_is_written_and_read() {
    let id = PageId::of(PAGE);
    assert_eq!(PageId::parse(&id.to_string()), Some(id));
    assert_eq!(PageId::parse("12"), None);
    assert_ne!(id, PageId::of(&PAGE[3..]));
}

proptest! {
    /// Whatever is decided, every line that is not blank is in one place, once.
    #[test]
    fn nothing_is_lost(
        decisions in prop::collection::vec((0usize..14, any::<bool>()), 0..12),
        mode in prop::sample::select(vec![SplitMode::Off, SplitMode::Auto, SplitMode::Strict]),
    ) {
        let verdict = |begins| if begins { Begins } else { GoesOn };
        let decided: Vec<_> = decisions.iter().map(|&(at, b)| (at, verdict(b))).collect();
        let page = page(mode, &decided);
        let pieces = page.articles.iter().flat_map(|article| &article.parts);
        let mut lines: Vec<usize> = pieces
            .flat_map(|part| &part.pieces)
            .map(|piece| page.line_of(piece.source.start))
            .collect();
        lines.sort_unstable();
        prop_assert_eq!(lines, [1, 3, 5, 7, 9, 11]);
        for (line, verdict) in decided.iter().rev().take(1) {
            let begins = page.candidates.iter().any(|c| c.line == *line && c.accepted);
            let filled = *line > 0 && line % 2 == 0 && *line < 11;
            prop_assert_eq!(begins, filled && *verdict == Begins);
        }
    }
}
