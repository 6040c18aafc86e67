//! Paragraphs that a column break has cut in two.

use super::chars::{ends_sentence, is_bound, is_bullet, is_function, opens};
use super::evidence::PairCounts;
use super::forms;
use super::lines::{End, Lines};
use super::score::logistic;

/// The sum when nothing speaks for a cut: an unfinished line is rarely a cut paragraph.
const BIAS: f32 = -3.0;
/// An earlier sentence ends inside the first line: it is running text.
const SENTENCES: f32 = 2.0;
/// There is a comma inside the first line.
const CLAUSES: f32 = 1.8;
/// The characters on either side of the border stand together elsewhere on the page, twice or
/// more: a word runs over the border.
const KNOWN_PAIR: f32 = 2.6;
/// The first line ends with a comma.
const COMMA: f32 = 3.0;
/// A quotation or a bracket is left open.
const UNCLOSED: f32 = 3.0;
/// The second line begins with a character that no line begins with.
const BOUND: f32 = 1.8;
/// The first line ends with a character that wants something after it.
const FUNCTION: f32 = 1.6;
/// Times the length of the first line, 1 for [`FULL`] characters or more.
const LENGTH: f32 = 2.6;
/// The second line opens with a quotation mark, a number or a bullet.
const FRESH: f32 = -2.8;
/// The first line ends with a closing quotation mark.
const SAID: f32 = -2.5;
/// The first line is short and holds no earlier sentence and no comma.
const SHORT: f32 = -2.0;
/// A mark stands before the first line.
const MARKED: f32 = -1.1;

/// Characters of a paragraph of fair length.
const FULL: f32 = 120.0;
/// Two lines of so many characters or fewer are verse.
const VERSE: u32 = 18;
/// Lines of text beside which a cut paragraph may go on.
const ACROSS: usize = 6;

/// Whether the line of text `below` goes on with the paragraph that ends in line `above`.
pub(super) fn continues(lines: &Lines<'_>, pairs: &PairCounts, above: usize, below: usize) -> bool {
    let (Some(first), Some(second)) = (lines.filled.get(above), lines.filled.get(below)) else {
        return false;
    };
    if let Some(wrap) = lines.wrap {
        let close = second.gap <= lines.base_gap && below == above + 1;
        let open = if wrap.indented { !second.indented } else { first.end != End::Final };
        return close && open && lines.is_full(above);
    }
    let verse = first.chars <= VERSE && second.chars <= VERSE;
    if first.end == End::Final || verse || !first.is_chinese() {
        return false;
    }
    let when = |present: bool, weight: f32| if present { weight } else { 0.0 };
    let text = lines.str(below);
    let said = matches!(first.last, '”' | '"' | '」' | '』');
    let fresh =
        opens(second.first) && !matches!(second.first, '(' | '（' | '《') || forms::is_item(text);
    let clauses = first.commas > 0 && first.end == End::Open;
    let sum = BIAS
        + when(first.inner_ends > 0, SENTENCES)
        + when(clauses, CLAUSES)
        + when(pairs.get((first.last, second.first)) >= 2, KNOWN_PAIR)
        + when(first.end == End::Comma, COMMA)
        + when(first.unclosed, UNCLOSED)
        + when(is_bound(second.first), BOUND)
        + when(is_function(first.last), FUNCTION)
        + LENGTH * (first.chars as f32 / FULL).min(1.0)
        + when(fresh, FRESH)
        + when(said, SAID)
        + when(first.chars <= VERSE && first.inner_ends == 0 && !clauses, SHORT)
        + when(is_bullet(first.first), MARKED);
    logistic(sum) >= 0.5
}

/// The characters on either side of every border that could be a column break, for
/// [`PairCounts::count`]. `is_text` tells which lines are running text.
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
        let pairs = PairCounts::count(text, borders(&lines, |at| at < lines.filled.len()));
        assert_eq!(continues(&lines, &pairs, 0, 1), joined, "{text}");
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
        let joined: Vec<bool> =
            (0..3).map(|at| continues(&lines, &PairCounts::default(), at, at + 1)).collect();
        assert_eq!(joined, [true, true, false]);
    }
}
