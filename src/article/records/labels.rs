//! Blocks of labels over the text: `标题：…`, `作者：…`, `日期：…`, `正文：…`, a line each or in
//! one line; once, or before each of many articles.

use super::fields::{role, value_fields};
use super::words;
use super::{Field, LIKELY, OVERWHELMING, Place, Plan, Prose, TEXT, whole};
use crate::article::Role;
use crate::article::chars::is_blank;
use crate::article::cues;
use crate::article::lines::Lines;

/// Characters at the start of a line in which labels are looked for.
const HEAD: usize = 240;

pub(super) fn find(lines: &Lines<'_>) -> Option<Plan> {
    let first = block(lines, 0)?;
    let mut at = first.end;
    let mut blocks = vec![first];
    while at < lines.filled.len() {
        match block(lines, at) {
            Some(block) => {
                at = block.end;
                blocks.push(block);
            }
            None => at += 1,
        }
    }
    let many = blocks.len() > 1;
    let opening = blocks.first().and_then(|block| block.roles.first().copied());
    let sound = |block: &Block| {
        let titles = block.roles.iter().filter(|&&role| role == Role::Title).count();
        titles == 1 && (!many || block.roles.first().copied() == opening)
    };
    let ends = blocks.iter().skip(1).map(|block| block.start).chain([lines.filled.len()]);
    let least = if many { TEXT } else { 10 };
    let told = |(block, end): (&Block, usize)| {
        Prose::of(lines, block.text..end.max(block.text)).chars >= least
    };
    if !blocks.iter().all(sound) || !blocks.iter().zip(ends).all(told) {
        return None;
    }
    let full = blocks.iter().all(|block| block.roles.len() >= 3);
    Some(Plan {
        starts: blocks.iter().map(|block| block.start).collect(),
        fields: blocks.into_iter().flat_map(|block| block.fields).collect(),
        confidence: if full { OVERWHELMING } else { LIKELY },
        evidence: vec![words::LABELS],
    })
}

struct Block {
    start: usize,
    /// One past the last line with a label.
    end: usize,
    /// First line of the text.
    text: usize,
    roles: Vec<Role>,
    fields: Vec<Field>,
}

/// The labels from line `start` on, when there is a title and enough else among them.
fn block(lines: &Lines<'_>, start: usize) -> Option<Block> {
    let mut block = Block { start, end: start, text: start, roles: Vec::new(), fields: Vec::new() };
    while block.end < lines.filled.len() && block.roles.len() <= 12 {
        let found = labels(lines.str(block.end));
        let again = found.iter().any(|label| block.roles.contains(&label.role));
        if found.is_empty() || again {
            break;
        }
        let at = block.end;
        let before = block.fields.len();
        for label in &found {
            block.roles.push(label.role);
            value_fields(lines, at, label.value, label.role, &mut block.fields);
        }
        block.end += 1;
        let text = found.last().is_some_and(|label| label.role == Role::Paragraph);
        let filled = block.fields.len() > before;
        if !filled {
            block.fields.extend(whole(lines, at, Place::Page(Role::Other)));
        }
        // The text begins on the line of its label or on the next.
        block.text = if text && filled { at } else { block.end };
        if text {
            break;
        }
    }
    let known = |role: Role| block.roles.contains(&role);
    let enough = known(Role::Paragraph) || block.roles.len() >= 3;
    let titled = block.fields.iter().any(|field| field.place == Place::Article(Role::Title));
    (titled && block.roles.len() >= 2 && enough).then_some(block)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label {
    role: Role,
    /// First and one past the last byte of the value in the line.
    value: (usize, usize),
}

/// The labels of a line that begins with one. What follows the label of the text is text.
fn labels(text: &str) -> Vec<Label> {
    let start = cues::head(text, HEAD);
    let mut found: Vec<Label> = Vec::new();
    let mut at = 0;
    for word in start.split_inclusive(is_blank) {
        if let Some((role, length)) = label(word) {
            if let Some(above) = found.last_mut() {
                above.value.1 = at;
            }
            found.push(Label { role, value: (at + length, text.len()) });
        } else if at == 0 {
            return Vec::new();
        }
        at += word.len();
        if found.last().is_some_and(|label| label.role == Role::Paragraph) {
            break;
        }
    }
    found
}

/// The role that a label announces, and its length in bytes with colon or brackets.
fn label(word: &str) -> Option<(Role, usize)> {
    let (key, rest) = match word.strip_prefix('【') {
        Some(boxed) => boxed.split_once('】')?,
        None => cues::head(word, 12).split_once(['：', ':']).and_then(|(key, _)| {
            word.get(key.len()..).map(|rest| (key, rest.trim_start_matches(['：', ':'])))
        })?,
    };
    (key.len() <= 16).then(|| role(key))?.map(|role| (role, word.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_line() {
        let roles = |text| labels(text).iter().map(|label| label.role).collect::<Vec<_>>();
        assert_eq!(roles("标题：石板路上"), [Role::Title]);
        assert_eq!(
            roles("标题：石板路上 作者：林小满 正文：雨停了 来源：远山"),
            [Role::Title, Role::Byline, Role::Paragraph]
        );
        assert_eq!(roles("【标题】石板路上"), [Role::Title]);
        assert_eq!(roles("石板路上 作者：林小满"), []);
        assert_eq!(roles("他说：标题"), []);
    }
}
