//! What each line is, judged by its form and by the lines next to it.
//!
//! A class is a first opinion: `Display` becomes a title, a subtitle or a heading only when it is
//! known where articles begin.

use std::collections::HashMap;

use super::chars::{is_bullet, is_han, is_name};
use super::lines::{End, Line, Lines};
use super::{byline, cues, forms, fragments};

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Running text.
    Body,
    /// Short and without a stop, as headlines and headings are.
    Display,
    /// A heading with a number.
    Numbered,
    /// Names of authors that a mark or a word announces, or that stand under a headline.
    Byline,
    /// Names only; decided by the neighbours.
    Bare,
    /// Where the author works.
    Affiliation,
    /// Agency or paper.
    Source,
    /// Whose picture it is.
    Credit,
    /// The text of a picture.
    Caption,
    /// Paper, date, number of the page.
    PageHead,
    /// Who made the page.
    Imprint,
    /// What a web page sets around an article.
    Furniture,
    /// Name of a column, or its pinyin.
    Column,
    /// Repeats a sentence of the text.
    PullQuote,
    /// Sums up the text before it begins.
    Abstract,
}

impl Class {
    /// Whether the line may turn out to be a headline or a heading.
    pub(super) fn is_display(self) -> bool {
        matches!(self, Self::Display | Self::Numbered)
    }

    /// Whether the line stands beside the running text, which goes on behind it.
    pub(super) fn is_beside(self) -> bool {
        matches!(self, Self::PullQuote | Self::Caption | Self::Credit)
    }
}

/// Longest headline, in characters.
const HEADLINE: u32 = 44;
/// Longest subtitle after a dash.
const SUBTITLE: u32 = 70;
/// Longest headline that begins with the name of a column in brackets.
const TAGGED: u32 = 68;
/// So many short lines in a row are verse, a list, code or talk, but not headlines.
const RUN: usize = 6;
/// A heading stands over at least so many characters of text.
const HEADED: u32 = 10;

/// The class of every filled line.
pub(super) fn classify(lines: &Lines<'_>) -> Vec<Class> {
    let mut classes: Vec<Class> = (0..lines.filled.len()).map(|at| alone(lines, at)).collect();
    papers(lines, &mut classes);
    columns(lines, &mut classes);
    bare_names(lines, &mut classes);
    speakers(lines, &mut classes);
    fragments::mark(lines, &mut classes);
    lists(lines, &mut classes);
    runs(&mut classes);
    headless(lines, &mut classes);
    captions(lines, &mut classes);
    classes
}

/// The class by the line alone.
fn alone(lines: &Lines<'_>, at: usize) -> Class {
    let (Some(line), text) = (lines.filled.get(at), lines.str(at)) else { return Class::Body };
    if line.chars <= SUBTITLE {
        if line.chars <= 40 && (cues::is_page_number(text) || edge_date(lines, at, text)) {
            return Class::PageHead;
        }
        if cues::is_imprint(text) {
            return Class::Imprint;
        }
        if line.chars <= 40 && !line.stopped && cues::is_furniture(text) {
            return Class::Furniture;
        }
        if line.chars <= 32 && !line.stopped && cues::is_credit(text) {
            return Class::Credit;
        }
        if cues::is_affiliation(text) || cues::is_office(text) {
            return Class::Affiliation;
        }
        if line.chars <= 40 && !line.stopped && cues::is_source(text) {
            return Class::Source;
        }
        if cues::author_with_office(text).is_some()
            || (at > 0 && (cues::is_signature(text) || cues::signed(text).is_some()))
        {
            return Class::Byline;
        }
        match byline::parse(text) {
            Some(byline) if byline.told => return Class::Byline,
            Some(_) => return Class::Bare,
            None => {}
        }
    }
    match () {
        () if cues::is_caption(text) => Class::Caption,
        () if cues::is_editors_note(text) => Class::Abstract,
        () => by_form(lines, at, line, text),
    }
}

/// A date is a page header only where headers are: at either end of the page. Elsewhere it may be
/// the date of an entry in a diary.
fn edge_date(lines: &Lines<'_>, at: usize, text: &str) -> bool {
    (at < 3 || at + 1 == lines.filled.len()) && lines.filled.len() > 2 && cues::is_date(text)
}

/// Headline, numbered heading or text, by length and punctuation.
fn by_form(lines: &Lines<'_>, at: usize, line: &Line, text: &str) -> Class {
    let limit = match text {
        _ if forms::is_dashed(text) => SUBTITLE,
        _ if forms::has_column_tag(text) => TAGGED,
        _ => HEADLINE,
    };
    let short = line.chars <= limit && !lines.is_full(at);
    let leads = matches!(line.last, '：' | ':');
    let whole = line.end != End::Comma && !leads && !line.stopped && line.inner_ends <= 1;
    let numbered = forms::is_numbered(text);
    let symbol = line.first.is_ascii_punctuation() && !matches!(line.first, '(' | '[' | '"' | '-');
    if short && whole && forms::is_marked_heading(text) && stands_over_text(lines, at) {
        Class::Numbered
    } else if !short || !whole || (!line.is_chinese() && !numbered) || is_bullet(line.first) {
        Class::Body
    } else if numbered {
        Class::Numbered
    } else if symbol || (forms::is_item(text) && !forms::is_dashed(text)) {
        Class::Body
    } else {
        Class::Display
    }
}

/// Whether a paragraph follows line `at`.
pub(super) fn stands_over_text(lines: &Lines<'_>, at: usize) -> bool {
    lines.filled.get(at + 1).is_some_and(|next| next.chars >= 2 * HEADED && next.stopped)
}

/// The name of the paper next to date or page number is part of the header.
fn papers(lines: &Lines<'_>, classes: &mut [Class]) {
    for at in 0..classes.len() {
        let header = |at: Option<usize>| {
            at.and_then(|at| classes.get(at)).is_some_and(|&class| class == Class::PageHead)
        };
        let beside = header(Some(at + 1)) || header(at.checked_sub(1));
        if classes[at] == Class::Display && beside && forms::is_paper(lines.str(at)) {
            classes[at] = Class::PageHead;
        }
    }
}

/// Numbered lines of one kind that follow each other are the items of a list.
fn lists(lines: &Lines<'_>, classes: &mut [Class]) {
    let kinds: Vec<Option<forms::Numbering>> = (0..classes.len())
        .map(|at| forms::numbering(lines.str(at)).filter(|_| classes[at] == Class::Numbered))
        .collect();
    for (at, pair) in kinds.windows(2).enumerate() {
        if pair[0].is_some() && pair[0] == pair[1] {
            classes[at] = Class::Body;
            classes[at + 1] = Class::Body;
        }
    }
}

/// Finds the names of columns, by what they usually say or by the pinyin printed under them,
/// syllable by syllable.
fn columns(lines: &Lines<'_>, classes: &mut [Class]) {
    for at in 0..classes.len().saturating_sub(1) {
        let short = matches!(classes[at], Class::Display | Class::Bare);
        if short && classes[at + 1] == Class::Display && cues::is_column_name(lines.str(at)) {
            classes[at] = Class::Column;
        }
    }
    for at in 1..classes.len() {
        let text = lines.str(at);
        let Some(above) = lines.filled.get(at - 1) else { continue };
        let latin =
            |c: char| c.is_ascii_alphabetic() || c == ' ' || c.is_alphabetic() && !is_han(c);
        if above.chars > 8 || above.chars != above.han || !text.chars().take(64).all(latin) {
            continue;
        }
        if text.split_whitespace().take(9).count() == above.han as usize {
            classes[at - 1] = Class::Column;
            classes[at] = Class::Column;
        }
    }
}

/// Names alone are a byline when they follow a headline; names that come again and again are the
/// speakers of a conversation.
fn bare_names(lines: &Lines<'_>, classes: &mut [Class]) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for at in (0..classes.len()).filter(|&at| classes[at] == Class::Bare) {
        *seen.entry(lines.str(at)).or_default() += 1;
    }
    for at in 0..classes.len() {
        if classes[at] != Class::Bare {
            continue;
        }
        let above = at.checked_sub(1).map(|at| classes[at]);
        let under_headline = matches!(above, Some(Class::Display | Class::Column));
        let often = seen.get(lines.str(at)).is_some_and(|&count| count > 2);
        // Behind a gap or a picture, a name over a paragraph may have lost its headline.
        let apart = lines.floats(at) || above == Some(Class::Credit);
        let alone = apart && stands_over_text(lines, at) && is_name(lines.str(at));
        let stands = !often && (alone || (under_headline && !lines.floats(at)));
        let form = lines.filled.get(at).map(|line| by_form(lines, at, line, lines.str(at)));
        classes[at] = if stands { Class::Byline } else { form.unwrap_or(Class::Body) };
    }
}

/// Short lines that begin with the same words and a colon three times or more are talk.
fn speakers(lines: &Lines<'_>, classes: &mut [Class]) {
    let speaker = |at: usize| {
        let start = cues::head(lines.str(at), 8);
        start.find(['：', ':']).and_then(|end| start.get(..end))
    };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for at in (0..classes.len()).filter(|&at| classes[at] == Class::Display) {
        if let Some(name) = speaker(at) {
            *seen.entry(name).or_default() += 1;
        }
    }
    for (at, class) in classes.iter_mut().enumerate() {
        let often = || speaker(at).and_then(|name| seen.get(name)).is_some_and(|&n| n > 2);
        if *class == Class::Display && often() {
            *class = Class::Body;
        }
    }
}

/// Long runs of short lines are text. The first line of the page stays: it is the title.
fn runs(classes: &mut [Class]) {
    let mut start = 0;
    while start < classes.len() {
        let length = classes[start..].iter().take_while(|class| class.is_display()).count();
        if length >= RUN {
            let kept = usize::from(start == 0);
            classes[start + kept..start + length].fill(Class::Body);
        }
        start += length.max(1);
    }
}

/// A heading over a line shorter than a sentence is none, except at the top of the page and next
/// to a byline, where a poem may follow.
fn headless(lines: &Lines<'_>, classes: &mut [Class]) {
    let mut start = 0;
    while start < classes.len() {
        let length = classes[start..].iter().take_while(|&&class| class != Class::Body).count();
        let block = start..start + length;
        let below = lines.filled.get(block.end);
        let slight = below.is_some_and(|line| line.chars < HEADED && line.end == End::Open);
        let free = classes[block.clone()].iter().all(|class| class.is_display());
        if start > 0 && slight && free {
            classes[block].fill(Class::Body);
        }
        start += length + 1;
    }
}

/// Text over a credit is a caption when a picture was there or the text speaks of it.
fn captions(lines: &Lines<'_>, classes: &mut [Class]) {
    for at in 0..classes.len().saturating_sub(1) {
        let credited = classes[at + 1] == Class::Credit && !lines.floats(at + 1);
        if !credited || !matches!(classes[at], Class::Body | Class::Display) {
            continue;
        }
        let titled =
            at > 0 && classes[at - 1] == Class::Display && (lines.floats(at - 1) || at == 1);
        let text = lines.str(at);
        let complete = lines.filled.get(at).is_some_and(|line| line.end == End::Final);
        if lines.floats(at) || cues::names_picture(text) || (titled && complete) {
            classes[at] = Class::Caption;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[Class]) {
        assert_eq!(classify(&Lines::scan(text)), want, "{text}");
    }

    const LONG: &str =
        "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。";

    #[test]
    fn headline_byline_text() {
        use Class::{Body, Byline, Display};
        check(&format!("石板路上\n□林小满\n{LONG}"), &[Display, Byline, Body]);
        check(&format!("石板路上\n林小满\n{LONG}"), &[Display, Byline, Body]);
        check(&format!("{LONG}\n林小满\n{LONG}"), &[Body, Display, Body]);
    }

    #[test]
    fn column_with_pinyin() {
        use Class::{Body, Column, Display};
        check(
            &format!("灯下夜话\nDENG XIA YE HUA\n石板路上\n{LONG}"),
            &[Column, Column, Display, Body],
        );
    }

    #[test]
    fn talk_verse_and_fragments_are_text() {
        let talk = "甲：明天几点出发\n乙：七点\n甲：在哪里碰头\n乙：桥头那家店\n甲：好的好的";
        assert!(classify(&Lines::scan(talk)).iter().skip(1).all(|&c| c == Class::Body));
        let verse = "风从山那边来\n带着松针的香\n我坐在门前\n数着归鸟\n一只两只\n天就黑了";
        let classes = classify(&Lines::scan(verse));
        assert_eq!(classes[0], Class::Display);
        assert!(classes[1..].iter().all(|&c| c == Class::Body));
        check(&format!("{LONG}\n近年来我县在修缮老街和\n{LONG}"), &[Class::Body; 3]);
    }

    #[test]
    fn picture_of_its_own() {
        use Class::{Body, Caption, Credit};
        let page = format!("{LONG}\n\n{LONG}\n\n\n\n{LONG}\n\n王明 摄\n\n{LONG}");
        check(&page, &[Body, Body, Caption, Credit, Body]);
    }
}
