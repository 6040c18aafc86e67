//! Our keyword graph against the `TextRank` of jieba-rs, an implementation we had no part in.
//!
//! Both get the same candidates (words of two characters or more, as jieba-rs cuts them without its
//! model for unknown words) and the same window of 5 places across sentences. They differ in three
//! points. jieba-rs links a word to itself where it recurs within the window, which lifts such
//! words; we do not. jieba-rs always sweeps 20 times and uses each new score at once; we sweep until
//! the scores settle. Its scores are not scaled. So where no word recurs within a window the scores
//! must be in proportion, up to the 1 % that 20 sweeps leave open, and where words do recur the ten
//! best must still be nearly the same.

use std::collections::HashMap;

use jieba_rs::{Jieba, Keyword, KeywordExtract, TextRank};
use textrank_rs::{CoOccurrence, KeywordOptions, Reach, Walk, rank_keywords};

const WINDOW: usize = 5;

/// Paragraphs of three kinds: city news, science, a village.
const PARAGRAPHS: [&str; 3] = [
    "本市地铁十二号线昨天正式开通运营。新线路全长三十六公里，设车站二十四座，其中换乘车站九座，把北部新城、\
     大学园区和东部港区连在一起。据运营公司介绍，开通首日客流超过四十万人次，早高峰列车间隔三分钟。不少居民\
     专程赶来体验，家住北部新城的王女士说，过去乘公交车到港区上班要换乘两次，路上将近两个小时，现在乘地铁\
     只要五十分钟。运营公司表示，今后将根据客流变化调整列车间隔，并在换乘车站增设引导人员，方便乘客出行。\
     交通部门同时优化了沿线十八条公交线路，让居民出门步行十分钟就能到达车站。",
    "研究人员在高原湖泊的沉积物中发现了一段完整的气候记录。他们从湖底钻取的岩芯长达八十米，保存了近二十万年\
     的花粉、硅藻和火山灰。通过分析花粉的种类和数量，研究人员重建了周围植被的变化：温暖时期森林茂密，寒冷\
     时期草原扩张。硅藻对水温十分敏感，可以说明湖泊水位和水温的起伏。火山灰层则像一把标尺，帮助确定沉积物\
     的年代。论文认为，高原气候对全球变暖的响应比平原更快，水温的上升往往早于森林的扩张。下一步，团队计划\
     在另外三个湖泊钻取岩芯，比较不同湖泊的气候记录，检验这一结论。",
    "村口的老茶馆开了六十年，如今由孙女接手。她没有拆掉祖父留下的灶台，只把临河的窗户加宽，添了几张竹椅。\
     清晨来喝茶的多半是老人，一壶茶、一碟花生，可以坐到中午；午后来的是游客，喜欢靠着窗户拍照。孙女请村里\
     的老人给游客讲旧时的故事，说书、唱曲，也教孩子编竹篮。渐渐地，游客愿意多住一晚，村里便有人把空房改成\
     客栈，有人重新种起茶树。去年秋天，茶馆和十几户茶农成立合作社，统一炒制、统一包装，茶叶卖到了省城。\
     老人们说，茶馆还是原来的茶馆，村子却比从前热闹了。",
];

/// Every token of a text in order, `None` for those that jieba-rs takes for no candidate, and the
/// words by number.
fn candidates<'a>(jieba: &Jieba, text: &'a str) -> (Vec<Option<u32>>, Vec<&'a str>) {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut words = Vec::new();
    let tokens = jieba.cut(text, false).into_iter().map(|token| {
        (token.word.chars().count() >= 2).then(|| {
            *numbers.entry(token.word).or_insert_with(|| {
                words.push(token.word);
                u32::try_from(words.len() - 1).expect("a short text")
            })
        })
    });
    (tokens.collect(), words)
}

/// Words and weights of a text by our engine, best first.
fn ours<'a>(jieba: &Jieba, text: &'a str) -> Vec<(&'a str, f64)> {
    let (tokens, words) = candidates(jieba, text);
    let options = KeywordOptions {
        neighbours: CoOccurrence { window: WINDOW, reach: Reach::Text },
        walk: Walk { tolerance: 1e-12, ..Walk::default() },
        prior: None,
    };
    let ranked = rank_keywords(&[tokens], &options);
    assert!(ranked.converged);
    ranked.keywords.iter().map(|keyword| (words[keyword.word as usize], keyword.weight)).collect()
}

/// Words and weights of a text by jieba-rs, best first.
fn theirs(jieba: &Jieba, text: &str) -> Vec<Keyword> {
    TextRank::default().extract_keywords(jieba, text, usize::MAX, Vec::new())
}

/// Whether a word occurs twice within a window.
fn recurs(tokens: &[Option<u32>]) -> bool {
    tokens.iter().enumerate().any(|(place, word)| {
        word.is_some() && tokens.iter().skip(place + 1).take(WINDOW - 1).any(|other| other == word)
    })
}

#[test]
fn the_ten_best_words_are_nearly_those_of_jieba() {
    let jieba = Jieba::new();
    for text in PARAGRAPHS {
        let best: Vec<&str> = ours(&jieba, text).into_iter().take(10).map(|pair| pair.0).collect();
        let expected = theirs(&jieba, text);
        let found = expected.iter().take(10).filter(|k| best.contains(&k.keyword.as_str())).count();
        assert!(found >= 9, "{best:?} against {:?}", &expected[..10]);
    }
}

#[test]
fn where_no_word_recurs_within_a_window_the_weights_are_in_proportion() {
    let jieba = Jieba::new();
    let mut compared = 0;
    for sentence in PARAGRAPHS.iter().flat_map(|text| text.split_inclusive('。')) {
        if recurs(&candidates(&jieba, sentence).0) {
            continue;
        }
        let expected: HashMap<String, f64> =
            theirs(&jieba, sentence).into_iter().map(|k| (k.keyword, k.weight)).collect();
        let largest = expected.values().copied().fold(0.0, f64::max);
        let found = ours(&jieba, sentence);
        assert_eq!(found.len(), expected.len(), "{sentence}");
        for (word, weight) in found {
            let expected = expected[word] / largest;
            assert!((weight - expected).abs() < 0.01, "{word}: {weight}, not {expected}");
        }
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} sentences without a recurring word");
}
