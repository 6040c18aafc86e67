//! What holds for every text whatever.

use proptest::prelude::*;
use zhaidu::article::{Article, Owner, Page, Role, SplitMode, split};
use zhaidu::text::range::TextRange;

const MODES: [SplitMode; 3] = [SplitMode::Off, SplitMode::Auto, SplitMode::Strict];

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// Checks all laws for one page.
fn check(page: &Page) {
    let text: &str = &page.text;
    let joined: String = page.lines.iter().map(|line| line.range.of(text)).collect();
    assert_eq!(joined, text, "the lines are the text");
    let mut taken = vec![0_u32; page.lines.len()];
    let mut glosses = 0;
    for (index, article) in page.articles.iter().enumerate() {
        glosses += check_article(page, index, article, &mut taken);
    }
    let some = page.text.matches(['(', '（']).count();
    assert!(glosses == 0 || some >= 5, "{glosses} glosses left out of {some} brackets");
    for (line, &taken) in page.lines.iter().zip(&taken) {
        let content = line.range.of(text).trim_matches(blank);
        let body = line.range.of(text).trim_end_matches('\n');
        assert!(!body.contains('\n'), "a line holds one line");
        assert_eq!(content.is_empty(), line.role == Role::Blank, "{content:?} {:?}", line.role);
        let wanted = matches!(line.owner, Owner::Article(_)) && !content.is_empty();
        assert_eq!(taken, u32::from(wanted), "exactly one place: {content:?}");
        if let Owner::Article(article) = line.owner {
            assert!(article < page.articles.len());
        }
    }
    assert_eq!(page.articles.is_empty(), text.chars().all(blank), "no articles in blank text only");
}

/// A line without white space around.
fn trimmed(text: &str, line: TextRange) -> TextRange {
    let content = line.of(text).trim_start_matches(blank);
    let start = line.end - content.len();
    TextRange::new(start, start + content.trim_end_matches(blank).len())
}

/// Counts the glosses between two offsets, between which nothing else may lie: each of one to
/// seven small letters in brackets, the first behind a Chinese character.
fn check_glosses(text: &str, start: usize, end: usize) -> usize {
    let mut count = 0;
    let mut rest = text.get(start..end).expect("in order");
    while !rest.is_empty() {
        let inner = rest.strip_prefix(['(', '（']).expect("opened");
        let (letters, after) = inner.split_once([')', '）']).expect("closed");
        assert!((1..=7).contains(&letters.chars().count()), "{letters}");
        assert!(letters.chars().all(char::is_lowercase) && !letters.is_ascii(), "{letters}");
        (rest, count) = (after, count + 1);
    }
    let before = text[..start].chars().next_back();
    assert!(count == 0 || before.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()));
    count
}

/// Parts in order, pieces verbatim, every offset with a source. Returns how many glosses were left
/// out.
fn check_article(page: &Page, index: usize, article: &Article, taken: &mut [u32]) -> usize {
    assert!(!article.parts.is_empty());
    let mut glosses = 0;
    let mut end = 0;
    for (number, part) in article.parts.iter().enumerate() {
        assert_eq!(part.range.start, end + usize::from(number > 0), "one line end between parts");
        assert!(!part.pieces.is_empty() && article.text.is_char_boundary(part.range.end));
        let mut at = part.range.start;
        for (number, piece) in part.pieces.iter().enumerate() {
            let source = page.text.get(piece.source.start..piece.source.end).expect("in the page");
            let between = article.text.get(at..piece.start).expect("pieces in order");
            at = piece.start + source.len();
            assert_eq!(article.text.get(piece.start..at), Some(source), "verbatim");
            let line = page.line_of(piece.source.start) - 1;
            let owned = &page.lines[line];
            let whole = trimmed(&page.text, owned.range);
            let above = number.checked_sub(1).map(|above| part.pieces[above].source);
            if let Some(above) = above.filter(|above| owned.range.contains(above.start)) {
                assert!(between.is_empty());
                glosses += check_glosses(&page.text, above.end, piece.source.start);
            } else {
                assert!(between.is_empty() || (between == " " && number > 0));
                assert_eq!(piece.source.start, whole.start, "from the first character");
                assert_eq!(owned.owner, Owner::Article(index));
                assert_eq!(owned.role, part.role);
                taken[line] += 1;
            }
            let below = part.pieces.get(number + 1).map_or(usize::MAX, |below| below.source.start);
            if !(piece.source.end..whole.end).contains(&below) {
                glosses += check_glosses(&page.text, piece.source.end, whole.end);
            }
        }
        assert_eq!(at, part.range.end);
        end = at;
    }
    assert_eq!(end, article.text.len());
    for (offset, c) in article.text.char_indices() {
        let source = article.source_offset(offset).expect("every offset has a source");
        let same = page.text.get(source..).is_some_and(|rest| rest.starts_with(c));
        assert!(same || c == '\n' || c == ' ', "{c:?} at {offset}");
    }
    assert!(article.source_offset(article.text.len()).is_some());
    assert!(article.source_offset(article.text.len() + 1).is_none());
    assert!((0.0..=1.0).contains(&article.confidence));
    assert!(!article.headline().is_empty() || article.text.chars().all(|c| !c.is_alphanumeric()));
    for (at, place) in article.damage.iter().enumerate() {
        assert!(!place.is_empty() && article.text.get(place.start..place.end).is_some());
        assert!(at == 0 || article.damage[at - 1].end < place.start, "in order and apart");
        assert!(article.is_damaged(*place));
    }
    glosses
}

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
    ]
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
