//! The measures of `benches/quality`, against values that were counted by hand.

#[path = "../../benches/quality/measures.rs"]
mod measures;

use measures::{Budget, Chosen, Match, Rouge, keywords, rouge, take, tokens};

fn rouge_of(n: Rouge, summary: &str, reference: &str) -> Match {
    rouge(n, &tokens(summary), &tokens(reference))
}

fn is(found: Match, f1: f64, recall: f64) {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(near(found.f1, f1) && near(found.recall, recall), "{found:?}, not {f1} and {recall}");
}

fn ranked(sentences: &[(usize, &str)]) -> Vec<Chosen> {
    let chosen = |(index, text): &(usize, &str)| Chosen { index: *index, text: (*text).to_owned() };
    sentences.iter().map(chosen).collect()
}

#[test]
fn characters_words_and_numbers_are_tokens() {
    assert_eq!(tokens("新桥，ＧＤＰ增3.5%。"), ["新", "桥", "gdp", "增", "3.5%"]);
    assert_eq!(tokens("M2-F1是1.v2..5％的"), ["m", "2", "f", "1", "是", "1", "v", "2", "5%", "的"]);
    assert_eq!(tokens("éa が、—— "), ["a"]);
}

#[test]
fn rouge_by_hand() {
    // Six tokens against five; shared: 桥 修 好 了; pairs: 修好 好了; in order: 桥 修 好 了.
    let (summary, reference) = ("新桥又修好了", "桥修好了吗");
    is(rouge_of(Rouge::One, summary, reference), 8.0 / 11.0, 0.8);
    is(rouge_of(Rouge::Two, summary, reference), 4.0 / 9.0, 0.5);
    is(rouge_of(Rouge::Longest, summary, reference), 8.0 / 11.0, 0.8);
    // A token counts as often as both have it: 桥 twice. Shared: 桥 桥 灯; 桥桥; in order 桥 桥.
    is(rouge_of(Rouge::One, "桥桥桥灯", "灯桥桥"), 6.0 / 7.0, 1.0);
    is(rouge_of(Rouge::Two, "桥桥桥灯", "灯桥桥"), 0.4, 0.5);
    is(rouge_of(Rouge::Longest, "桥桥桥灯", "灯桥桥"), 4.0 / 7.0, 2.0 / 3.0);
    for n in [Rouge::One, Rouge::Two, Rouge::Longest] {
        is(rouge_of(n, "", "桥"), 0.0, 0.0);
        is(rouge_of(n, "桥", ""), 0.0, 0.0);
    }
}

#[test]
fn the_best_sentences_are_taken_in_reading_order() {
    let ranked = ranked(&[(2, "丙丙丙。"), (0, "甲甲！"), (5, "——"), (1, "乙乙乙")]);
    let taken = |budget, reference| take(&ranked, budget, reference).concat();
    assert_eq!(taken(Budget::Sentences(1), 9), "丙丙丙");
    assert_eq!(taken(Budget::Sentences(2), 9), "甲甲丙丙丙");
    assert_eq!(taken(Budget::Reference, 4), "甲丙丙丙");
    assert_eq!(taken(Budget::Tokens(6), 0), "甲甲乙丙丙丙");
    assert_eq!(taken(Budget::Tokens(99), 0), "甲甲乙乙乙丙丙丙");
    assert_eq!(taken(Budget::Reference, 0), "");
}

#[test]
fn keywords_by_hand() {
    let words = |list: &str| list.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
    let (given, wanted) = (words("Ｘ-ray x·ray 桥梁 灯光 · 修复"), words("X射线 xRay 修复 桥梁"));
    // The second is the first again: xray 桥梁 灯光 修复 against four.
    is(keywords(2, &given, &wanted), 4.0 / 6.0, 0.5);
    is(keywords(5, &given, &wanted), 0.75, 0.75);
    is(keywords(5, &[], &wanted), 0.0, 0.0);
}
