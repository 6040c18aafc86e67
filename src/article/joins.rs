//! Paragraphs that a column break has cut in two.

use super::chars::{ends_sentence, is_bound, is_bullet, is_function, is_han, opens};
use super::evidence::PairCounts;
use super::forms;
use super::lines::{End, Lines};
use super::why::{Evidence, Word};

/// What speaks for a cut, or against it.
struct Term {
    /// Added to the sum when it is there.
    weight: f32,
    word: Word,
}

const fn term(weight: f32, zh: &'static str, en: &'static str) -> Term {
    Term { weight, word: Word::new(zh, en) }
}

/// The sum when nothing speaks for a cut: an unfinished line is rarely a cut paragraph.
const BIAS: f32 = -3.0;
/// An earlier sentence ends inside the first line: it is running text.
const SENTENCES: Term = term(2.0, "前行含整句", "sentences in the first line");
/// There is a comma inside the first line.
const CLAUSES: Term = term(1.8, "前行含逗号", "clauses in the first line");
/// The characters on either side of the border stand together elsewhere on the page, twice or
/// more: a word runs over the border.
const KNOWN_PAIR: Term = term(2.6, "词语跨行", "a word runs over the border");
/// The first line ends with a comma.
const COMMA: Term = term(3.0, "行末逗号", "comma at the end");
/// A quotation or a bracket is left open.
const UNCLOSED: Term = term(3.0, "引号括号未闭合", "open quotation or bracket");
/// The second line begins with a character that no line begins with.
const BOUND: Term = term(1.8, "行首须接上文", "the second line leans on the first");
/// The first line ends with a character that wants something after it.
const FUNCTION: Term = term(1.6, "行末须接下文", "the first line wants more");
/// Times the length of the first line, 1 for [`FULL`] characters or more.
const LENGTH: Term = term(2.6, "前行长", "long first line");
/// The second line opens with a quotation mark, a number or a bullet.
const FRESH: Term = term(-2.8, "次行另起", "the second line sets in anew");
/// The first line ends with a closing quotation mark.
const SAID: Term = term(-2.5, "行末引号", "quotation closed at the end");
/// The first line is short and holds no earlier sentence and no comma.
const SHORT: Term = term(-2.0, "前行短", "short first line");
/// A mark stands before the first line.
const MARKED: Term = term(-1.1, "行首有标记", "mark before the first line");
/// A cut goes through Chinese text: letters, digits or a bracket at the border are the end of a
/// row of a table, or of a question with its date.
const FOREIGN: Term = term(-1.6, "行界非汉字", "no Chinese characters at the border");
/// All lines of the page were cut at one width.
const WRAPPED: Word = Word::new("全版按固定宽度折行", "lines of one width");

/// Characters of a paragraph of fair length.
const FULL: f32 = 80.0;
/// Two lines of so many characters or fewer are verse.
const VERSE: u32 = 18;
/// Lines of text beside which a cut paragraph may go on.
const ACROSS: usize = 6;
/// How sure a join at the fixed width of the page is.
const WRAP_CONFIDENCE: f32 = 0.95;

/// What speaks for it that the line of text `below` goes on with the paragraph that ends in line
/// `above`; `None` when it does not.
pub(super) fn continues(
    lines: &Lines<'_>,
    pairs: &PairCounts<'_>,
    above: usize,
    below: usize,
) -> Option<Evidence> {
    let (first, second) = (lines.filled.get(above)?, lines.filled.get(below)?);
    if let Some(wrap) = lines.wrap {
        let close = second.gap <= lines.base_gap && below == above + 1;
        let open = if wrap.indented { !second.indented } else { first.end != End::Final };
        let goes_on = close && open && lines.is_full(above);
        return goes_on.then(|| Evidence::of(WRAP_CONFIDENCE, WRAPPED));
    }
    let verse = first.chars <= VERSE && second.chars <= VERSE;
    if first.end == End::Final || verse || !first.is_chinese() {
        return None;
    }
    let terms = terms(lines, pairs, above, below)?;
    let sum = BIAS + terms.iter().map(|&(strength, ref term)| strength * term.weight).sum::<f32>();
    let told = || terms.iter().map(|&(strength, ref term)| (strength * term.weight, term.word));
    (sum >= 0.0).then(|| Evidence::sum(BIAS, told()))
}

/// Every term with its strength at one border.
fn terms(
    lines: &Lines<'_>,
    pairs: &PairCounts<'_>,
    above: usize,
    below: usize,
) -> Option<[(f32, Term); 13]> {
    let (first, second) = (lines.filled.get(above)?, lines.filled.get(below)?);
    let when = |present: bool| if present { 1.0 } else { 0.0 };
    let text = lines.str(below);
    let said = matches!(first.last, '”' | '"' | '」' | '』');
    let fresh =
        opens(second.first) && !matches!(second.first, '(' | '（' | '《') || forms::is_item(text);
    let clauses = first.commas > 0 && first.end == End::Open;
    Some([
        (when(first.inner_ends > 0), SENTENCES),
        (when(clauses), CLAUSES),
        (when(pairs.get((first.last, second.first)) >= 2), KNOWN_PAIR),
        (when(first.end == End::Comma), COMMA),
        (when(first.unclosed), UNCLOSED),
        (when(is_bound(second.first)), BOUND),
        (when(is_function(first.last)), FUNCTION),
        ((first.chars as f32 / FULL).min(1.0), LENGTH),
        (when(fresh), FRESH),
        (when(said), SAID),
        (when(first.chars <= VERSE && first.inner_ends == 0 && !clauses), SHORT),
        (when(is_bullet(first.first)), MARKED),
        (when(first.end == End::Open && !is_han(first.last)), FOREIGN),
    ])
}

/// The characters on either side of every border that could be a column break, for
/// [`PairCounts::of`]. `is_text` tells which lines are running text.
pub(super) fn borders<'a>(
    lines: &'a Lines<'_>,
    is_text: impl Fn(usize) -> bool + 'a,
) -> impl Iterator<Item = (char, char)> + 'a {
    lines.filled.iter().enumerate().filter_map(move |(at, line)| {
        let cut = line.end == End::Open && !ends_sentence(line.last) && is_text(at);
        let below = cut.then(|| (at + 1..=at + ACROSS).find(|&below| is_text(below)))??;
        Some((line.last, lines.filled.get(below)?.first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, joined: bool) {
        let lines = Lines::scan(text);
        let pairs = PairCounts::of(text, borders(&lines, |at| at < lines.filled.len()));
        assert_eq!(continues(&lines, &pairs, 0, 1).is_some(), joined, "{text}");
    }

    #[test]
    fn cut_paragraphs_go_on() {
        check(
            "街口的粮店改成了书屋。傍晚来的人多是附近的住户，书屋里的长\n桌坐满了人。长桌是旧门板做的，长桌边还有长凳。",
            true,
        );
        check("工匠们沿用旧法，以糯米灰浆砌砖，一天只砌三尺高，\n从不赶工。", true);
        check("他在信里写道：“我们修这座桥的时候，河水正\n涨，只能等。”", true);
    }

    #[test]
    fn whole_lines_do_not() {
        check("街口的粮店改成了书屋。\n傍晚坐满了人。", false);
        check("风从山那边来\n带着松针的香", false);
        check("需要的东西如下\n“桥”字要用旧体，石料要用本地的青石。", false);
        check("let total = first. Second + third\nlet mean = total / 2", false);
    }

    #[test]
    fn text_of_fixed_width_follows_its_indents() {
        let row = "山里的早晨来得很晚太阳要到九点钟才能越过东边那道高高的山梁照进来";
        let text = format!("　　{row}\n{row}。\n{row}\n　　不远了。\n").repeat(4);
        let lines = Lines::scan(&text);
        let joined: Vec<bool> = (0..3)
            .map(|at| continues(&lines, &PairCounts::default(), at, at + 1).is_some())
            .collect();
        assert_eq!(joined, [true, true, false]);
    }
}
