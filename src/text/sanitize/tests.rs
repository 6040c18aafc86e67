use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc, is_nfc_quick};

use super::*;
use crate::text::width::{Widths, clusters, is_mark, is_regional};

#[test]
fn what_is_shown_for_what_is_hostile() {
    for (source, expected, hidden) in [
        ("京津冀", "京津冀", 0),
        ("a\u{1b}[31mb", "a␛[31mb", 0),
        ("\u{9b}31m", "␦31m", 0),
        ("\u{0}\u{7f}", "␀␡", 0),
        ("一\t二", "一    二", 0),
        ("一\n二", "一 二", 0),
        ("一\r\n二\r三", "一 二 三", 0),
        ("一\u{b}\u{c}\u{85}\u{2028}\u{2029}二", "一     二", 0),
        ("abc\u{202e}def\u{e0041}", "abcdef", 2),
        ("软\u{ad}连\u{feff}字\u{fe0f}", "软连字", 3),
        ("\u{fffd}\u{e000}\u{fdd0}\u{1ffff}\u{10fffd}", "〓〓〓〓〓", 0),
        ("\u{2e3a}，\u{2e3b}", "——，———", 0),
        // Emoji: one glyph each, in its own cells.
        ("👨\u{200d}👩", "👨👩", 1),
        ("👍\u{1f3fd}，❤\u{fe0f}，1\u{fe0f}\u{20e3}", "👍，❤，1", 4),
        // Flags: pairs stay, whatever is between them; a single letter is a letter.
        ("🇨🇳🇯", "🇨🇳J", 0),
        ("🇨\u{200d}🇳", "🇨🇳", 1),
        ("🇨\u{301}🇳", "ĆN", 0),
        ("🇪\u{301}", "É", 0),
        // Marks: composed where that is possible, two at most, and on something.
        ("e\u{301}", "é", 0),
        ("ê\u{301}", "ế", 0),
        ("e\u{200b}\u{301}", "é", 1),
        ("x\u{301}\u{301}\u{301}", "x\u{301}\u{301}", 1),
        ("e\u{301}\u{301}\u{301}\u{301}", "é\u{301}\u{301}", 1),
        ("e\u{323}\u{302}", "ệ", 0),
        ("\u{301}x\n\u{301}\u{301}y", "x y", 3),
        ("か\u{3099}ハ\u{309a}", "がパ", 0),
        ("กำ", "กำ", 0),
        // Half-width kana with half-width marks.
        ("ｶﾞｷﾊﾟ", "ガｷパ", 0),
        ("ｱﾞ\u{ff9f}", "ｱ゛゜", 0),
        // Korean letters: composed, or not shown.
        ("\u{1112}\u{1161}\u{11ab}", "한", 0),
        ("\u{1112}x\u{1161}\u{a960}\u{d7b0}", "〓x〓〓〓", 0),
        // Characters with another one for their normal form.
        ("\u{2126}\u{212b}\u{f900}\u{fa0e}", "ΩÅ豈\u{fa0e}", 0),
        ("\u{340}\u{958}", "\u{915}\u{93c}", 1),
    ] {
        assert_eq!(DisplayText::block(&source.into()).hidden(), hidden, "{source:?}");
        assert_eq!(display_line(source), expected, "{source:?}");
    }
}

#[test]
fn only_line_feeds_end_the_lines_of_a_block() {
    let block = |source: &str| DisplayText::block(&source.into()).as_str().to_owned();
    assert_eq!(block("一\r\n二\n三\r四\u{85}五\u{2029}六"), "一\n二\n三 四 五 六");
    assert_eq!(block("一\r\r\n\u{301}二"), "一 \n二");
}

#[test]
fn a_text_with_nothing_to_do_is_not_copied() {
    for source in ["第一段。\n第二段。", "nǐ hǎo“④”□·……①ガ한👍🇨🇳", "q\u{301}\u{302}กำ", ""]
    {
        let source: Arc<str> = source.into();
        for shown in [DisplayText::block(&source), DisplayText::block_revealed(&source)] {
            assert!(Arc::ptr_eq(&source, &shown.text), "{source}");
            assert!(shown.runs.is_empty() && shown.hidden() == 0);
        }
    }
}

#[test]
fn offsets_lead_there_and_back() {
    let source: Arc<str> = "甲\u{200b}乙\u{1b}丙\t丁e\u{301}戊".into();
    let shown = DisplayText::block(&source);
    assert_eq!(shown.as_str(), "甲乙␛丙    丁é戊");
    assert_eq!(shown.hidden(), 1);
    for c in ['甲', '乙', '丙', '丁', '戊'] {
        let (at, display) = (source.find(c).unwrap(), shown.as_str().find(c).unwrap());
        assert_eq!((shown.to_display(at), shown.to_source(display)), (display, at), "{c}");
    }
    let (letter, mark) = (source.find('e').unwrap(), source.find('\u{301}').unwrap());
    let composed = shown.as_str().find('é').unwrap();
    assert_eq!((shown.to_display(letter), shown.to_display(mark)), (composed, composed));
    assert_eq!(shown.to_source(composed), letter);
}

#[test]
fn what_is_hidden_can_be_told() {
    for (source, expected) in [
        ("abc\u{202e}def", "abc<U+202E>def"),
        ("👨\u{200d}👩", "👨<U+200D>👩"),
        ("x\u{301}\u{301}\u{301}\u{302}y", "x\u{301}\u{301}<U+0301><U+0302>y"),
        ("\u{301}e\u{200b}\u{301}", "<U+0301>e<U+200B><U+0301>"),
        ("\u{e0041}\u{338}\u{fffd}", "<U+E0041><U+0338>〓"),
    ] {
        let source: Arc<str> = source.into();
        let shown = DisplayText::block_revealed(&source);
        assert_eq!((shown.as_str(), shown.hidden()), (expected, 0), "{source:?}");
        check_map(&source, &shown);
    }
}

/// `Default_Ignorable_Code_Point` (Unicode 17, `DerivedCoreProperties.txt`) and `Bidi_Control`
/// (`PropList.txt`), as the standard lists them.
#[test]
fn whatever_the_standard_calls_ignorable_is_unsafe() {
    const IGNORABLE: &[(u32, u32)] = &[
        (0xAD, 0xAD),
        (0x34F, 0x34F),
        (0x61C, 0x61C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
        (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3),
        (0x1D173, 0x1D17A),
        (0xE0000, 0xE0FFF),
    ];
    const BIDI: &[(u32, u32)] =
        &[(0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)];
    for c in IGNORABLE.iter().chain(BIDI).flat_map(|&(first, last)| first..=last) {
        let c = char::from_u32(c).unwrap();
        assert!(is_unsafe(c), "{c:?}");
        assert_eq!(display_line(&format!("甲{c}乙")), "甲乙", "{c:?}");
    }
}

/// Characters that the quick way takes for plain are so by the tables of Unicode.
#[test]
fn every_character_that_stays_is_a_base_in_its_normal_form() {
    let staying: Vec<char> =
        ('\u{0}'..=char::MAX).filter(|c| chars::stays(*c, LineEnd::Space)).collect();
    assert!(staying.len() > 100_000, "{} stay", staying.len());
    for c in staying {
        let text = format!("{c}");
        assert!(!is_unsafe(c) && !is_mark(c) && !is_regional(c), "{c:?}");
        assert!(is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes, "{c:?}");
        assert!(Widths::NARROW.char_cells(c) > 0, "{c:?}");
        assert_eq!(text.nfc().collect::<String>(), text);
    }
}

#[test]
fn a_million_marks_are_taken_in_one_pass() {
    let flood: Arc<str> = format!("e{}x", "\u{301}".repeat(1_000_000)).into();
    let shown = DisplayText::block(&flood);
    assert_eq!(shown.as_str(), "é\u{301}\u{301}x");
    assert_eq!(shown.hidden(), 1_000_000 - 3);
    let unseen: Arc<str> = format!("e{}x", "\u{200b}".repeat(1_000_000)).into();
    assert_eq!(DisplayText::block(&unseen).runs.len(), 3, "one run for all that is left out");
}

/// Every offset leads to a boundary, both ways monotone; what is shown leads back to itself.
fn check_map(source: &str, shown: &DisplayText) {
    let (mut last, text) = (0, shown.as_str());
    for at in (0..=source.len()).filter(|at| source.is_char_boundary(*at)) {
        let display = shown.to_display(at);
        assert!(text.is_char_boundary(display) && display >= last, "{source:?} at {at}");
        last = display;
    }
    let mut last = 0;
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        let back = shown.to_source(at);
        assert!(source.is_char_boundary(back) && back >= last, "{source:?} at {at} shown");
        assert!(shown.to_display(back) <= at, "{source:?}: {at} shown is behind {back}");
        last = back;
    }
    for (at, _) in source.char_indices() {
        let display = shown.to_display(at);
        let is_shown = source[at..]
            .chars()
            .next()
            .is_some_and(|c| shown.to_display(at + c.len_utf8()) > display);
        assert!(!is_shown || shown.to_source(display) <= at, "{source:?} at {at} and back");
    }
}

fn check(source: &str) {
    let source: Arc<str> = source.into();
    for (shown, dropped) in
        [(DisplayText::block(&source), true), (DisplayText::block_revealed(&source), false)]
    {
        let text = shown.as_str();
        let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
        assert!(!text.chars().any(|c| (c != '\n' && is_unsafe(c)) || is_private(c)), "{text:?}");
        assert!(is_nfc(text), "{source:?} is shown as {text:?}");
        for cluster in clusters(text) {
            let marks = cluster.text.chars().filter(|c| is_mark(*c)).count();
            assert!(marks <= 2 && !is_mark(cluster.base), "{:?} of {source:?}", cluster.text);
            let lone = is_regional(cluster.base) && cluster.text.chars().nth(1).is_none();
            assert!(!lone, "{:?} of {source:?}", cluster.text);
        }
        check_map(&source, &shown);
        if dropped {
            assert_eq!(DisplayText::block(&text.into()).as_str(), text, "{source:?} again");
            assert!(text.len() <= 12 * source.len() && shown.hidden() <= source.chars().count());
        } else {
            assert_eq!(shown.hidden(), 0);
        }
        let ends = |text: &str| text.matches('\n').count();
        assert_eq!(ends(text), ends(&source), "line ends of {source:?}");
    }
    assert!(!display_line(&source).contains('\n'));
}

/// Characters that mean something to the tables, and their neighbours in trouble.
fn any_troublesome() -> impl Strategy<Value = String> {
    let named = "[ae>か한ｶﾊ🇨🇳👍\n\r\t<U+\u{301}\u{323}\u{338}\u{3099}\u{309a}\u{ff9e}\u{ff9f}\
        \u{200d}\u{fe0f}\u{1f3fd}\u{20e3}\u{1112}\u{1161}\u{11ab}\u{e000}\u{fffd}\u{9c7}\u{9be}\
        \u{dd9}\u{dcf}\u{dca}\u{340}\u{344}\u{958}\u{f73}\u{fb1}\u{302e}\u{1d15f}\u{e31}\u{e33}]";
    let moving: Vec<char> = ('\u{80}'..=char::MAX)
        .filter(|c| is_nfc_quick([*c].into_iter()) != unicode_normalization::IsNormalized::Yes)
        .chain(('\u{300}'..='\u{36f}').chain('\u{900}'..='\u{963}').chain('\u{d00}'..='\u{ddf}'))
        .collect();
    let any = prop_oneof![
        4 => named.prop_map(|text: String| text),
        2 => prop::sample::select(moving).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(any, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_shown_safely(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn any_troublesome_text_is_shown_safely(source in any_troublesome()) {
        check(&source);
    }
}
