use proptest::prelude::*;

use super::*;
use crate::text::width::clusters;

const POLICIES: [Widths; 3] = [Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL];

fn rows(text: &str, width: usize) -> Vec<&str> {
    let measure = Measure { width, indent: 0, hang: 0, widths: Widths::NARROW };
    wrap(text, measure).iter().map(|row| row.range.of(text)).collect()
}

#[test]
fn rows_of_typical_prose() {
    for (text, width, expected) in [
        ("春风又绿江南岸", 8, vec!["春风又绿", "江南岸"]),
        // A stop never opens a row: the character before it moves down with it.
        ("春风又绿，江南岸", 8, vec!["春风又", "绿，江", "南岸"]),
        ("他说“你好”吧", 6, vec!["他说", "“你", "好”吧"]),
        ("他说\"你好\"吧", 6, vec!["他说", "\"你", "好\"吧"]),
        ("他说“ 你好”吧", 6, vec!["他说", "“ 你", "好”吧"]),
        ("增长了3.5%左右", 8, vec!["增长了", "3.5%左右"]),
        ("他走了——再没回来", 8, vec!["他走了——", "再没回来"]),
        ("他又走了——再没回来", 8, vec!["他又走", "了——再没", "回来"]),
        ("看GDP数据", 6, vec!["看GDP", "数据"]),
        ("发展,2022年增长", 6, vec!["发展,", "2022年", "增长"]),
        ("", 8, vec![""]),
    ] {
        let set = rows(text, width);
        assert_eq!(set.concat(), text);
        assert_eq!(set, expected, "{text} in {width}");
    }
}

/// What must stay whole does so at every width that holds it, wherever in a row it comes.
#[test]
fn words_and_numbers_stay_whole() {
    for whole in [
        "3.5%",
        "10:30",
        "10：30",
        "1,000",
        "GDP",
        "5G",
        "100km",
        "50kg",
        "25℃",
        "25°C",
        "¥300",
        "US$5",
        "No.5",
        "e-mail",
        "COVID-19",
        "1990-2000",
        "1990–2000",
        "3.14×10",
        "don't",
        "don’t",
        "-5℃",
        "±0.5%",
        "3%-5%",
        "9·11",
        "２０２２",
        "3．5",
        "www.a.cn",
        "50㎡",
        "A/B",
        "nǐ",
        "e\u{301}e\u{301}",
        "🇨🇳",
        "——",
        "……",
        "—…",
        "q\u{301}",
    ] {
        let is_run = whole.starts_with('—') || whole.starts_with('…');
        for before in 0..12 {
            let text = format!("{}{whole}江南岸边", "春".repeat(before));
            for widths in POLICIES {
                for width in 10..=20 {
                    let measure = Measure { width, indent: 0, hang: 0, widths };
                    let at = text.find(whole).unwrap();
                    let cut = wrap(&text, measure)
                        .into_iter()
                        .map(|row| row.range.start)
                        .find(|start| *start > at && *start < at + whole.len());
                    let fits = widths.cells(whole) + if is_run { 2 } else { 0 } <= width;
                    assert!(cut.is_none() || !fits, "{whole} at {before} in {width}");
                }
            }
        }
    }
}

#[test]
fn a_row_may_end_between_a_number_and_a_han_character() {
    for (text, width, expected) in [
        ("到2022年底", 6, ["到2022", "年底"]),
        ("约１００元整", 8, ["约１００", "元整"]),
        ("比分GDP，增长", 10, ["比分GDP，", "增长"]),
    ] {
        assert_eq!(rows(text, width), expected);
    }
}

#[test]
fn an_address_is_cut_at_its_joints_when_no_row_can_hold_it() {
    let address = "https://example.org/archive/2022/page?id=5&view=all";
    assert_eq!(
        rows(&format!("见{address}。"), 20),
        ["见https://example.", "org/archive/2022/", "page?id=5&view=all。"]
    );
    // One that fits into a row is never cut.
    assert_eq!(rows("详情见www.example.org/a。", 20), ["详情见", "www.example.org/a。"]);
    let word = "Donaudampfschifffahrtsgesellschaft";
    assert_eq!(rows(word, 20), [&word[..20], &word[20..]]);
    assert_eq!(rows(&format!("春{word}。"), 20).concat(), format!("春{word}。"));
}

#[test]
fn stops_hang_into_the_margin() {
    for (text, narrow, wide) in [
        ("春风又绿，江南岸上", "春风又绿，", "春风又绿，"),
        // The space behind a stop belongs to its row.
        ("春风又绿. 江南岸上", "春风又绿. ", "春风又绿. "),
        // Two cells for a quotation mark, and there is room for them.
        ("春风又绿”江南岸上", "春风又绿”", "春风又绿”"),
        // Marks hang together or not at all.
        ("春风(又), 江南岸上", "春风(又), ", "春风(又), "),
        ("春风又绿，”江南岸上", "春风又", "春风又"),
        ("春风“绿”江南岸上", "春风“绿”", "春风“绿”"),
    ] {
        for (widths, expected) in [(Widths::NARROW, narrow), (Widths::WIDE, wide)] {
            let set = wrap(text, Measure { width: 8, indent: 0, hang: 2, widths });
            assert_eq!(set[0].range.of(text), expected);
        }
    }
}

#[test]
fn no_paragraph_ends_in_one_character() {
    assert_eq!(rows("春风又绿江南岸边。", 16), ["春风又绿江南", "岸边。"]);
    assert_eq!(rows("春风又绿江南岸边上", 16), ["春风又绿江南岸", "边上"]);
    assert_eq!(rows("春风又绿江南岸边A", 16), ["春风又绿江南岸", "边A"]);
}

#[test]
fn a_first_word_that_needs_the_whole_row_has_it() {
    let text = "internationalization很长";
    let set = wrap(text, Measure { width: 20, indent: 4, hang: 2, widths: Widths::NARROW });
    assert_eq!((set[0].indent, set[0].range.of(text)), (0, "internationalization"));
    let set = wrap(text, Measure { width: 24, indent: 4, hang: 2, widths: Widths::NARROW });
    assert_eq!((set[0].indent, set[0].range.of(text)), (4, "internationalization"));
}

/// Looking ahead from every row to an end that is far would take hours.
#[test]
fn a_paragraph_of_one_kind_is_taken_in_one_pass() {
    for unit in ["a", "”", "（", "—", " ", "·", "%", "1,", "a ", "🇨", "x\u{301}", "”（", "。 "]
    {
        let text = unit.repeat(400_000);
        let set = wrap(&text, Measure { width: 20, indent: 4, hang: 2, widths: Widths::WIDE });
        assert_eq!(set.last().map(|row| row.range.end), Some(text.len()), "{unit}");
    }
}

/// What holds for any text: the rows are the whole of it, cut between clusters, none wider than the
/// measure unless a single cluster is.
fn check(text: &str, measure: Measure) {
    let set = wrap(text, measure);
    assert!(!set.is_empty());
    let mut end = 0;
    for row in &set {
        assert!(row.range.start == end && (row.range.end > end || text.is_empty()));
        end = row.range.end;
        let shown = row.range.of(text).trim_end();
        let cells = row.indent + measure.widths.cells(shown);
        let one = clusters(shown).count() <= 1;
        assert!(cells <= measure.width.max(2) + measure.hang || one, "{shown:?} in {measure:?}");
        assert!(row.indent == 0 || (row.indent == measure.indent && row.range.start == 0));
    }
    assert_eq!(end, text.len());
    let starts: Vec<usize> = clusters(text).map(|cluster| cluster.at).collect();
    assert!(set.iter().all(|row| text.is_empty() || starts.contains(&row.range.start)));
}

fn any_measure() -> impl Strategy<Value = Measure> {
    (0usize..50, 0usize..6, 0usize..3, prop::sample::select(POLICIES.to_vec()))
        .prop_map(|(width, indent, hang, widths)| Measure { width, indent, hang, widths })
}

proptest! {
    #[test]
    fn rows_hold_the_whole_text_within_the_measure(
        text in "[ -~一-十，。“”（）—…·0-9a-z\u{301}🇨]{0,80}",
        measure in any_measure(),
    ) {
        check(&text, measure);
    }

    #[test]
    fn any_text_is_kept(text in any::<String>(), measure in any_measure()) {
        check(&text, measure);
    }

    #[test]
    fn no_row_starts_or_ends_wrong(
        text in "([“《（]?[一-十]{2,7}[”》）]?[，。、；]?){0,20}",
        width in 12usize..60,
    ) {
        let rows = wrap(&text, Measure { width, indent: 0, hang: 2, widths: Widths::NARROW });
        for row in rows.iter().skip(1) {
            let first = row.range.of(&text).chars().next();
            prop_assert!(!first.is_some_and(|c| "，。、；”》）".contains(c)), "{:?}", first);
        }
        for row in &rows {
            let last = row.range.of(&text).chars().next_back();
            prop_assert!(!last.is_some_and(|c| "“《（".contains(c)), "{:?}", last);
        }
    }
}
