//! What is folded as a reprint, and above all what is not: that would hide another text.

use proptest::prelude::*;

use super::*;
use crate::text::searchable::read_letters;

fn of(text: &str) -> u64 {
    let mut letters = Vec::new();
    read_letters(text, &mut letters);
    likeness(&letters)
}

fn alike(one: &str, other: &str) -> bool {
    are_reprints(of(one), of(other))
}

/// So many sentences, no two of which say the same.
fn story(sentences: std::ops::Range<usize>, kind: usize) -> String {
    let sentence = |n: usize| {
        let n = n + 97 * kind;
        format!("第{n}个渡口的灯在{}年亮了，{kind}村守灯的人说起{}尺的水位。", n * 7, n * 13 + kind)
    };
    sentences.map(sentence).collect()
}

#[test]
fn short_texts_are_reprints_when_they_are_the_same_and_no_sooner() {
    let cases = [
        // The same, however it is written.
        ("好", "好", true),
        ("好的", "好的！", true),
        ("通知", "通 知", true),
        ("新橋通車", "新桥通车", true),
        ("ＡＩ来了", "ai 来了", true),
        ("守灯的人换了三个，灯没有灭过。", "守燈的人換了三個，燈沒有滅過。", true),
        // Near.
        ("好", "好的", false),
        ("好好好", "好好好好", false),
        ("通知", "通告", false),
        ("通知", "通报", false),
        ("渡口的灯", "渡口的灯灭了", false),
        ("3月4日停水，请各户备好用水。", "3月5日停水，请各户备好用水。", false),
        (
            "我觉得这座桥修得很好，以后过河方便多了。",
            "我觉得这座桥修得不好，以后过河方便多了。",
            false,
        ),
        (
            "各位住户：本楼定于三月四日上午九时至下午五时检修水管，届时停水，请提前备好用水，不便之处敬请谅解。",
            "各位住户：本楼定于四月四日上午九时至下午五时检修水管，届时停水，请提前备好用水，不便之处敬请谅解。",
            false,
        ),
        // Different.
        ("好", "赞", false),
        ("好", "不", false),
        ("1", "2", false),
        ("ok", "no", false),
        ("渡口的灯亮了四十年。", "县城的新桥今天通车。", false),
        // Nothing is known of those without letters.
        ("！", "？", false),
        ("", "", false),
        // One thing said again and again.
        (&"哈".repeat(200), &"呵".repeat(200), false),
        (&"哈".repeat(200), &"好".repeat(90), false),
        (&"哈！".repeat(200), &"哈".repeat(200), true),
    ];
    for (one, other, expected) in cases {
        assert_eq!(alike(one, other), expected, "{one} {other}");
        assert_eq!(alike(other, one), expected, "{other} {one}");
    }
}

#[test]
fn reprints_are_alike_and_other_texts_are_not() {
    // Of some hundred letters, and of a thousand.
    for (sentences, cut) in [(8, 0), (40, 2)] {
        let (mut found, mut mistaken) = (0, 0);
        for kind in 0..100 {
            let whole = story(0..sentences, kind);
            let cut = story(cut..sentences, kind);
            let reprint = format!("據本報訊 {}（王明）", cut.replacen("水位", "水深", 1));
            let other = story(sentences..2 * sentences, kind);
            found += usize::from(alike(&whole, &reprint));
            mistaken += usize::from(alike(&whole, &other));
            assert!(alike(&whole, &whole.replace('灯', "燈")));
        }
        assert!(found >= 75, "{sentences}: {found}");
        assert_eq!(mistaken, 0, "{sentences}");
    }
}

#[test]
fn a_text_is_no_reprint_of_a_piece_of_it() {
    let whole = story(0..40, 7);
    for letters in [1, 4, 10, 60, 64, 65, 100, 300] {
        let piece: String = whole.chars().take(letters).collect();
        assert!(alike(&piece, &piece), "{letters}");
        assert!(!alike(&whole, &piece), "{letters}");
    }
}

#[test]
fn reprints_have_a_key_in_common() {
    let (one, other) = (0x0001_0002_0003_0004, 0x0001_0002_0003_0009);
    assert!(are_reprints(one, other) && !are_reprints(one, 0x0001_0002_0008_0009));
    let keys: Vec<u32> = super::keys(one).collect();
    assert_eq!(super::keys(other).filter(|key| keys.contains(key)).count(), 3);
    let short: Vec<u32> = super::keys(of("好")).collect();
    assert!(!super::keys(of("赞")).any(|key| short.contains(&key)));
}

proptest! {
    #[test]
    fn texts_that_share_no_word_are_never_reprints(
        one in "(渡口|的灯|亮|了|哈|，){0,90}",
        other in "(新桥|通车|今天|呵|。){0,90}",
    ) {
        prop_assert!(!alike(&one, &other), "{} {}", one, other);
    }
}
