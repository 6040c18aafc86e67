use super::*;
use crate::{analysis::Vocabulary, text::segment::Segmenter};

/// The keywords of sentences under a title.
fn keywords(title: &str, sentences: &[&str]) -> (String, Vec<Keyword>) {
    let text = format!("{title}\n{}", sentences.join("\n"));
    let segmenter = Segmenter::shared();
    let cut = segmenter.words(&text);
    let kinds = Vocabulary::default().kinds(&cut);
    let is_end = |word: &Word| word.range.of(&text) == "\n";
    let lines: Vec<Line> = cut
        .words
        .split(is_end)
        .enumerate()
        .map(|(at, words)| Line { words, title: at == 0 })
        .collect();
    let keywords = rank(&lines, &kinds, &text, segmenter);
    (text, keywords)
}

fn names(title: &str, sentences: &[&str]) -> Vec<String> {
    keywords(title, sentences).1.into_iter().map(|keyword| keyword.text).collect()
}

#[test]
fn a_phrase_comes_out_whole_and_without_its_variants() {
    let found = names(
        "京津冀协同发展迈上新台阶",
        &[
            "京津冀协同发展十年了。",
            "推进京津冀协同发展，要看交通。",
            "京津冀协同发展的关键是产业。",
            "内外贸一体化也在试点，内外贸一体化不是一句话。",
        ],
    );
    assert_eq!(found[0], "京津冀协同发展");
    assert!(found.contains(&"内外贸一体化".to_owned()), "{found:?}");
    for variant in ["京津冀协同", "协同发展", "推进京津冀", "外贸一体化"] {
        assert!(!found.contains(&variant.to_owned()), "{found:?}");
    }
}

#[test]
fn places_are_all_places_of_the_text() {
    let (text, keywords) = keywords(
        "安全文化",
        &[
            "安全文化要天天讲，安全文化不在墙上。",
            "工厂的安全文化周到今天第三年，不安全文化人也知道。",
        ],
    );
    let keyword =
        keywords.iter().find(|keyword| keyword.text == "安全文化").expect("it is a topic");
    assert_eq!(keyword.places.len(), text.matches("安全文化").count());
    for keyword in &keywords {
        assert!(keyword.places.windows(2).all(|pair| pair[0].end <= pair[1].start));
        assert!(keyword.places.iter().all(|place| place.of(&text) == keyword.text));
    }
}

#[test]
fn words_in_letters_are_never_cut() {
    let found = names(
        "Zhōngguó 的 AI 芯片",
        &["Zhōngguó de AI 芯片 Zhōngguó。", "AID 不是 AI，café 也不是 Zhōngguó，Ångström 是单位。"],
    );
    assert!(found.contains(&"AI".to_owned()), "{found:?}");
    for piece in ["Zh", "ngguó", "ngstr", "caf"] {
        assert!(!found.iter().any(|name| name.contains(piece)), "{found:?}");
    }
    let (text, keywords) = keywords("AI", &["AI 和 AID，AI 和 AI。"]);
    let keyword = keywords.iter().find(|keyword| keyword.text == "AI").expect("it is a topic");
    assert_eq!(keyword.places.len(), text.matches("AI").count() - 1);
}

#[test]
fn a_word_that_was_cut_in_two_is_no_fragment() {
    let found = names(
        "柳塘人的初心使命",
        &["守桥人讲初心使命。", "初心使命写在桥头的石头上。", "有人问，初心使命是什么。"],
    );
    assert!(found.contains(&"初心使命".to_owned()), "{found:?}");
    assert!(!found.contains(&"心使命".to_owned()), "{found:?}");
}

#[test]
fn empty_words_are_no_keywords_but_of_a_phrase() {
    let found = names(
        "柳塘的发展",
        &["柳塘发展了，发展靠什么。", "高质量发展靠水利工程，水利工程要修十年。"],
    );
    assert!(found.iter().all(|word| word != "发展" && word != "高质量" && word != "工程"));
    assert!(found.contains(&"水利工程".to_owned()), "{found:?}");
}
