//! What must hold of every analysis.

use std::sync::Arc;

use super::*;
use crate::article::{SplitMode, split};

fn analysed(text: String) -> (Article, Analysis) {
    let mut page = split(Arc::from(text), SplitMode::Off);
    let article = page.articles.remove(0);
    let analysis = analyze(&article, &Vocabulary::default());
    (article, analysis)
}

#[test]
fn the_beginning_of_a_very_long_line_is_analysed() {
    let sentence = "澄江的桥在春天修好了，两岸的人又能来往。";
    let (article, analysis) = analysed(sentence.repeat(COVERED / sentence.len() + 100));
    assert!(analysis.covered <= COVERED && analysis.covered + 3 > COVERED);
    assert!(analysis.covered < article.text.len());
    assert!(!analysis.sentences.is_empty() && !analysis.keywords.is_empty());
}

#[test]
fn a_damaged_sentence_is_no_key_sentence() {
    let damaged = "澄江的新桥\u{FFFD}在春天修好了。";
    let (article, analysis) = analysed(format!(
        "澄江新桥\n\n{damaged}澄江的新桥在春天修好了，两岸的人又能来往。桥上的灯夜里也亮着。"
    ));
    assert_eq!(analysis.sentences.len(), 3);
    assert_eq!(analysis.sentences[0].range.of(&article.text), damaged);
    assert_eq!(analysis.order, [1, 2]);
    let (_, analysis) = analysed(damaged.to_owned());
    assert_eq!((analysis.sentences.len(), analysis.order.len()), (1, 0));
    assert!(analysis.key_sentences(Length::Ratio(0.5), damaged).is_empty());
}

#[test]
fn what_a_person_says_of_words_holds() {
    let text = "柳塘的灯下谁在春天上线了，灯下谁看着两岸的水位。水位一高，灯下谁就叫人。";
    let mut page = split(Arc::from(text), SplitMode::Off);
    let article = page.articles.remove(0);
    let words = |vocabulary: &Vocabulary| -> Vec<String> {
        analyze(&article, vocabulary).keywords.into_iter().map(|keyword| keyword.text).collect()
    };
    let usual = words(&Vocabulary::default());
    assert!(usual.iter().all(|word| word != "灯下谁") && usual.contains(&"水位".to_owned()));
    let lexicon = || Lexicon::default().with_dictionary("灯下谁\n".as_bytes()).expect("a word");
    assert_eq!(words(&Vocabulary::new(lexicon()))[0], "灯下谁");
    let lexicon = lexicon().with_stop_words("灯下谁\n水位\n".as_bytes()).expect("words");
    assert!(words(&Vocabulary::new(lexicon)).iter().all(|word| word != "灯下谁" && word != "水位"));
}

#[test]
fn a_phrase_can_be_a_stop_word() {
    let text = "柳塘的治水云在春天上线了，治水云看着两岸的水位。水位一高，治水云就叫人。";
    let (article, usual) = analysed(text.to_owned());
    assert_eq!(usual.keywords[0].text, "治水云");
    let lexicon = Lexicon::default().with_stop_words("治水云".as_bytes()).expect("a word");
    let keywords = analyze(&article, &Vocabulary::new(lexicon)).keywords;
    assert!(keywords.iter().all(|keyword| keyword.text != "治水云"));
    assert!(keywords.first().is_some_and(|best| (best.weight - 1.0).abs() < 1e-12));
}

#[test]
fn what_stands_beside_the_text_has_no_key_sentence() {
    let quote = "■縣城的橋要先給走路的人用";
    let text = format!(
        "過橋\n□王明\n\n縣城的橋修了三年，縣城的橋要先給走路的人用，這是當初定下的規矩。\n\n{quote}\n\n\
         橋頭種了二十棵樹，都是本地的樟樹，長得不快，但蟲不愛吃。\n\n圖為新橋。李明 攝\n"
    );
    let mut page = split(Arc::from(text), SplitMode::Auto);
    let article = page.articles.remove(0);
    let analysis = analyze(&article, &Vocabulary::default());
    assert!(article.parts.iter().any(|part| part.role == Role::PullQuote), "{article:?}");
    let of_text =
        |range: TextRange| article.parts_of(Role::Paragraph).any(|part| part.range.overlaps(range));
    assert!(analysis.sentences.len() >= 2);
    assert!(analysis.sentences.iter().all(|sentence| of_text(sentence.range)));
}

/// Sentences of an invented report in traditional characters.
const TRADITIONAL: [&str; 8] = [
    "縣裡的舊書店開了第二個門，前門賣書，後門收書。",
    "老闆說，一本書從後門走到前門，平均要走四個月。",
    "他著力整理縣裡的歷史資料，這些資料現在發揮了作用。",
    "這項經濟計劃由當地團體與學會聯合發起。",
    "著名學者張麗認為，經濟發展離不開圖書館。",
    "舊書店的讀者來自陜西和台灣，臺灣的讀者寫信來訂書。",
    "「書店還會開下去嗎？」有人這樣問。",
    "當然，圖書館與書店的關係是復雜的。",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, ..Default::default() })]

    #[test]
    fn traditional_and_simplified_text_rank_alike(
        picked in proptest::collection::vec(0..TRADITIONAL.len(), 1..12),
    ) {
        let sentences: String = picked.iter().map(|at| TRADITIONAL[*at]).collect();
        let printed = format!("舊書店的門\n\n{sentences}\n");
        let (article, traditional) = analysed(printed.clone());
        let (_, simplified) = analysed(fold::folded(&printed).into_owned());
        proptest::prop_assert_eq!(traditional.sentences, simplified.sentences);
        proptest::prop_assert_eq!(traditional.order, simplified.order);
        proptest::prop_assert_eq!(traditional.keywords.len(), simplified.keywords.len());
        for (ours, theirs) in traditional.keywords.iter().zip(&simplified.keywords) {
            proptest::prop_assert_eq!(&ours.places, &theirs.places);
            proptest::prop_assert_eq!(ours.places[0].of(&article.text), ours.text.as_str());
        }
    }
}
