use proptest::prelude::*;

use super::*;

/// The title with the hit shown.
fn shown(letters: &str, title: &str) -> String {
    let found = PinyinPattern::new(letters).and_then(|pattern| pattern.find(title));
    found.map_or_else(String::new, |range| {
        format!("{}【{}】{}", &title[..range.start], range.of(title), &title[range.end..])
    })
}

#[test]
fn letters_read_like_characters() {
    for (letters, shown_title) in [
        ("jjj", "推动【京津冀】协同"),
        ("jingjinji", "推动【京津冀】协同"),
        ("JingJJ", "推动【京津冀】协同"),
        ("jjinji", "推动【京津冀】协同"),
        ("jingj", "推动【京津】冀协同"),
        ("xieto", "推动京津冀【协同】"),
        ("lztz", "关于【两种体制】的"),
        ("yinhang", "【银行】改革"),
        ("yhgg", "【银行改革】"),
        ("xingdong", "【行动】"),
        ("zhongguo", "【中國】與世界"),
        ("zhg", "【中國】與世界"),
        ("lvshi", "【律师】说"),
        ("lushi", "【律师】说"),
        ("nver", "【女儿】"),
        ("xi'an", "在【西安】"),
        ("xian", "在【西安】"),
        ("xian", "【现】在"),
        ("gdpzz", "今年【GDP增长】"),
        ("wtozg", "入【ＷＴＯ中国】"),
        ("g20fh", "开【G20峰会】"),
        ("lingq", "二【〇七】年"),
    ] {
        let title: String = shown_title.chars().filter(|c| !"【】".contains(*c)).collect();
        assert_eq!(shown(letters, &title), shown_title, "{letters}");
    }
}

#[test]
fn other_letters_do_not() {
    for (letters, title) in [
        ("jjj", "京津，冀"),
        ("jjj", "京津\n冀"),
        ("jingzi", "京津冀"),
        ("gdp", "今年GDP增长"),
        ("j", "京"),
        ("2014", "二〇一四"),
        ("京津", "京津"),
        ("jin ji", "京津冀"),
        ("", "京"),
    ] {
        assert_eq!(shown(letters, title), "", "{letters} {title}");
    }
    let long = "a".repeat(MAX_LETTERS + 1);
    assert!(PinyinPattern::new(&long).is_none());
    let longest = PinyinPattern::new(&long[1..]).expect("as long as may be");
    assert!(longest.find(&"啊".repeat(MAX_LETTERS)).is_some());
    assert!(longest.find(&"啊".repeat(MAX_LETTERS - 1)).is_none());
}

#[test]
fn all_places_are_found() {
    let text = "京津冀、经济、jj、基金";
    let pattern = PinyinPattern::new("jj").expect("a pattern");
    let found: Vec<&str> = pattern.find_all(text).map(|range| range.of(text)).collect();
    assert_eq!(found, ["京津", "津冀", "经济", "基金"]);
}

proptest! {
    /// Every way to type the readings of a title finds it.
    #[test]
    fn every_way_to_type_it_finds_it(
        title in "[一-龥]{2,8}",
        ways in proptest::collection::vec((0usize..4, 0usize..3), 8),
    ) {
        let typed: String = title.chars().zip(ways).map(|(c, (reading, way))| {
            let all = readings(c);
            let Some(full) = all.get(reading % all.len().max(1)) else { return String::new() };
            let double = full.get(..2).filter(|two| ["zh", "ch", "sh"].contains(two));
            match way {
                0 => full.clone(),
                1 => full[..1].to_owned(),
                _ => double.unwrap_or(full).to_owned(),
            }
        }).collect();
        let unread = title.chars().any(|c| readings(c).is_empty());
        if let Some(pattern) = PinyinPattern::new(&typed).filter(|_| !unread) {
            prop_assert!(pattern.find(&title).is_some(), "{}", typed);
        }
    }

    #[test]
    fn no_text_is_too_odd(letters in "[a-zA-Z0-9']{0,70}|\\PC{0,5}", text in "\\PC{0,30}|[京津a-c]{0,30}") {
        if let Some(pattern) = PinyinPattern::new(&letters) {
            for range in pattern.find_all(&text) {
                prop_assert!(text.get(range.start..range.end).is_some_and(|hit| !hit.is_empty()));
            }
        }
    }
}
