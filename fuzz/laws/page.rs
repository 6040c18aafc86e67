//! Whatever a page holds, and whatever a person decided about it: its lines are the whole of it, each has one
//! place, and what is in an article comes from there, character by character.

use zhaidu::{
    article::{Article, Override, Owner, Page, PageLine, Role, SplitMode, Verdict, split_with},
    text::range::TextRange,
};

use super::input::Input;

const MODES: [SplitMode; 3] = [SplitMode::Auto, SplitMode::Strict, SplitMode::Off];
const VERDICTS: [Verdict; 3] = [Verdict::Begins, Verdict::GoesOn, Verdict::NoArticle];

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mode = input.one_of(&MODES);
    let decided: Vec<Override> = (0..input.below(4))
        .map(|_| Override { line: input.below(12), verdict: input.one_of(&VERDICTS) })
        .collect();
    let text = input.rest_as_text();
    check(&split_with(text.as_ref().into(), mode, &decided));
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// Checks all laws for one page.
pub(crate) fn check(page: &Page) {
    let text: &str = &page.text;
    let joined: String = page.lines.iter().map(|line| line.range.of(text)).collect();
    assert_eq!(joined, text, "the lines are the text");
    let mut taken = vec![Vec::new(); page.lines.len()];
    let mut glosses = 0;
    for (index, article) in page.articles.iter().enumerate() {
        check_article(page, index, article, &mut taken);
    }
    for (line, taken) in page.lines.iter().zip(&mut taken) {
        let content = line.range.of(text).trim_matches(blank);
        let body = line.range.of(text).trim_end_matches('\n');
        assert!(!body.contains('\n'), "a line holds one line");
        assert_eq!(content.is_empty(), line.role == Role::Blank, "{content:?} {:?}", line.role);
        let wanted = matches!(line.owner, Owner::Article(_)) && !content.is_empty();
        assert_eq!(!taken.is_empty(), wanted, "exactly one place: {content:?}");
        glosses += check_line(text, line, taken);
        if let Owner::Article(article) = line.owner {
            assert!(article < page.articles.len());
        }
    }
    let some = text.matches(['(', '（']).count();
    assert!(glosses == 0 || some >= 5, "{glosses} glosses left out of {some} brackets");
    assert_eq!(page.articles.is_empty(), text.chars().all(blank), "no articles in blank text only");
}

/// The pieces of a line are all of it, each once. A line has one piece, unless glosses were left
/// out of it or it is a record of several fields: then its role is that of the last, and between the
/// fields is nothing to read but quotes and brackets, and the key or the number before each. Returns
/// how many glosses were left out.
fn check_line(text: &str, line: &PageLine, taken: &mut [(TextRange, Role)]) -> usize {
    taken.sort_by_key(|(range, _)| range.start);
    let Some(&(_, role)) = taken.last() else { return 0 };
    assert_eq!(role, line.role);
    let whole = line.range.of(text);
    let start = line.range.start + (whole.len() - whole.trim_start_matches(blank).len());
    let end = line.range.start + whole.trim_end_matches(blank).len();
    let (mut at, mut glosses) = (start, 0);
    for (range, _) in taken.iter() {
        let left_out = text.get(at..range.start).expect("in order, without overlap");
        let (count, mark) = without_glosses(&text[..at], left_out);
        glosses += count;
        check_mark(mark);
        at = range.end;
    }
    let rest = text.get(at..end).expect("inside the line").trim_matches(blank);
    let (count, rest) = without_glosses(&text[..at], rest);
    assert!(rest.chars().all(|c| "\"']".contains(c)), "left over: {rest:?}");
    glosses + count
}

/// Counts the glosses that `text` begins with, each of one to seven small letters in brackets, the
/// first behind a Chinese character; what follows them.
fn without_glosses<'t>(before: &str, text: &'t str) -> (usize, &'t str) {
    let behind = before.chars().next_back().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let (mut count, mut rest) = (0, text);
    while let Some((letters, after)) = rest
        .strip_prefix(['(', '（'])
        .filter(|_| behind)
        .and_then(|inner| inner.split_once([')', '）']))
    {
        assert!((1..=7).contains(&letters.chars().count()), "{letters}");
        assert!(letters.chars().all(char::is_lowercase) && !letters.is_ascii(), "{letters}");
        (rest, count) = (after, count + 1);
    }
    (count, rest)
}

/// What stands before a field: nothing, or a key or number with its mark.
fn check_mark(text: &str) {
    let mark = text.trim_matches(|c| blank(c) || "\"'[]".contains(c));
    let key = mark.ends_with(['.', '、', '．', '：', ':', '】', ',', '，', ';', '；']);
    assert!(mark.is_empty() || (key && mark.chars().count() <= 22), "left out: {mark:?}");
}

/// Parts in order, pieces verbatim, every offset with a source.
fn check_article(
    page: &Page,
    index: usize,
    article: &Article,
    taken: &mut [Vec<(TextRange, Role)>],
) {
    assert!(!article.parts.is_empty());
    let mut end = 0;
    for (number, part) in article.parts.iter().enumerate() {
        assert_eq!(part.range.start, end + usize::from(number > 0), "one line end between parts");
        assert!(!part.pieces.is_empty() && article.text.is_char_boundary(part.range.end));
        let mut at = part.range.start;
        for piece in &part.pieces {
            let source = page.text.get(piece.source.start..piece.source.end).expect("in the page");
            let between = article.text.get(at..piece.start).expect("pieces in order");
            assert!(between.is_empty() || (between == " " && at > part.range.start));
            at = piece.start + source.len();
            assert_eq!(article.text.get(piece.start..at), Some(source), "verbatim");
            let line = page.line_of(piece.source.start) - 1;
            let owned = &page.lines[line];
            assert!(owned.range.start <= piece.source.start && piece.source.end <= owned.range.end);
            assert_eq!(owned.owner, Owner::Article(index));
            taken[line].push((piece.source, part.role));
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
    assert!((0.0..=1.0).contains(&article.start.confidence));
    assert!(!article.headline().is_empty() || article.text.chars().all(|c| !c.is_alphanumeric()));
    for (at, place) in article.damage.iter().enumerate() {
        assert!(!place.is_empty() && article.text.get(place.start..place.end).is_some());
        assert!(at == 0 || article.damage[at - 1].end < place.start, "in order and apart");
        assert!(article.is_damaged(*place));
    }
}
