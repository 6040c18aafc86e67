//! The form in which newspaper crawlers write an article: kicker, title and subtitle in the first
//! three lines, empty where there is none, then the text, each paragraph with two ideographic
//! spaces before it.

use super::words;
use super::{Field, OVERWHELMING, Place, Plan, Prose, byline_at, whole};
use crate::article::chars::is_blank;
use crate::article::lines::{End, Lines};
use crate::article::{Role, byline, cues, forms};

/// Characters of each line of the head, at most.
const LONGEST: u32 = 70;

pub(super) fn find(lines: &Lines<'_>) -> Option<Plan> {
    let raw = |at: usize| lines.all.get(at).map_or("", |line| line.range.of(lines.text));
    let kicked = !raw(0).chars().all(is_blank);
    // A first line that is not empty may be a title, a second one a subtitle. Only the line ends
    // of the crawler tell.
    if kicked && !raw(1).ends_with("\r\n") {
        return None;
    }
    let head = lines.filled.iter().take(3).take_while(|line| line.index < 3).count();
    let mut fields = Vec::new();
    for at in 0..head {
        let index = lines.filled.get(at)?.index;
        fields.push(line_of_head(lines, at, index)?);
    }
    let titled = fields.iter().any(|field| field.place == Place::Article(Role::Title));
    let told = Prose::of(lines, head..lines.filled.len()).is_text();
    let plan =
        || Plan { fields, starts: vec![0], confidence: OVERWHELMING, evidence: vec![words::FIXED] };
    (titled && told && is_text(lines, head)).then(plan)
}

/// The field of a line of the head; `None` for what cannot stand there.
fn line_of_head(lines: &Lines<'_>, at: usize, index: usize) -> Option<Field> {
    let line = lines.filled.get(at)?;
    let text = lines.str(at);
    let furniture = cues::is_page_number(text) || cues::is_date(text) || forms::is_paper(text);
    let fits = line.chars <= LONGEST && !line.stopped && line.end != End::Comma;
    if furniture || !fits || is_set_in(lines, at) {
        return None;
    }
    let names = byline_at(lines, at);
    match index {
        0 if names.is_none() => whole(lines, at, Place::Article(Role::Kicker)),
        1 if names.is_none() && !forms::is_dashed(text) => {
            whole(lines, at, Place::Article(Role::Title))
        }
        2 => names.or_else(|| whole(lines, at, Place::Article(Role::Subtitle))),
        _ => None,
    }
}

/// Whether line `at` begins with two ideographic spaces and no more.
fn is_set_in(lines: &Lines<'_>, at: usize) -> bool {
    let Some(line) = lines.filled.get(at) else { return false };
    let raw = lines.all.get(line.index).map_or("", |all| all.range.of(lines.text));
    raw.strip_prefix("\u{3000}\u{3000}").is_some_and(|rest| !rest.starts_with(is_blank))
}

/// Whether the lines from `head` on are the paragraphs of one article: all set in, but for a
/// few words at the end, and names only at either end. A line that is not set in may be the headline of
/// another article.
fn is_text(lines: &Lines<'_>, head: usize) -> bool {
    let inner = head + 1..lines.filled.len().saturating_sub(2);
    let named = |at: usize| {
        lines.filled.get(at).is_some_and(|line| line.chars <= 32)
            && byline::parse(lines.str(at)).is_some_and(|byline| byline.told)
    };
    let last = lines.filled.len().saturating_sub(1);
    let short = |at: usize| lines.filled.get(at).is_some_and(|line| line.chars <= 32);
    let fits = |at: usize| is_set_in(lines, at) || (at == last && at > head && short(at));
    (head..=last).all(fits) && !inner.into_iter().any(named)
}
