//! Front matter: `---`, lines of key and value with a title among them, `---`; once over an
//! article, or before each of many.

use super::words;
use super::{Field, OVERWHELMING, Place, Plan, Prose, TEXT, inside, whole};
use crate::article::lines::Lines;
use crate::article::{Role, byline};

/// Lines of one front matter, at most.
const LINES: usize = 40;

pub(super) fn find(lines: &Lines<'_>) -> Option<Plan> {
    let first = block(lines, 0)?;
    let mut blocks = vec![first];
    let mut at = blocks.last().map_or(0, |block| block.close) + 1;
    while at < lines.filled.len() {
        match block(lines, at) {
            Some(block) => {
                at = block.close + 1;
                blocks.push(block);
            }
            None => at += 1,
        }
    }
    let ends = blocks.iter().skip(1).map(|block| block.open).chain([lines.filled.len()]);
    let least = if blocks.len() == 1 { 10 } else { TEXT / 2 };
    let texts = |(block, end): (&Block, usize)| {
        Prose::of(lines, block.close + 1..end.max(block.close + 1)).han >= least
    };
    if !blocks.iter().zip(ends).all(texts) {
        return None;
    }
    Some(Plan {
        starts: blocks.iter().map(|block| block.open).collect(),
        fields: blocks.into_iter().flat_map(|block| block.fields).collect(),
        confidence: OVERWHELMING,
        evidence: vec![words::MATTER],
    })
}

struct Block {
    open: usize,
    close: usize,
    fields: Vec<Field>,
}

/// The front matter that line `open` begins, if it names a title.
fn block(lines: &Lines<'_>, open: usize) -> Option<Block> {
    let rule = |at: usize| lines.str(at) == "---";
    let last = lines.filled.len().min(open + LINES + 1);
    if !rule(open) {
        return None;
    }
    let close = (open + 1..last).find(|&at| rule(at))?;
    let mut fields = vec![whole(lines, open, Place::Page(Role::Other))?];
    let mut titled = false;
    for at in open + 1..close {
        let text = lines.str(at);
        let nested =
            lines.filled.get(at).is_some_and(|line| line.indented) || text.starts_with('-');
        let Some((key, value)) = entry(text) else {
            // An item of the list that the key above announced.
            if !nested || at == open + 1 {
                return None;
            }
            fields.extend(whole(lines, at, Place::Page(Role::Other)));
            continue;
        };
        let before = fields.len();
        if let Some(role) = role(key).filter(|_| !nested) {
            value_fields(lines, at, (value, text.len()), role, &mut fields);
            titled |= role == Role::Title && fields.len() > before;
        }
        if fields.len() == before {
            fields.extend(whole(lines, at, Place::Page(Role::Other)));
        }
    }
    fields.extend(whole(lines, close, Place::Page(Role::Other)));
    titled.then_some(Block { open, close, fields })
}

/// The key of a line and where its value begins.
fn entry(text: &str) -> Option<(&str, usize)> {
    let (key, rest) = text.split_once([':', '：'])?;
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let short = !key.is_empty() && key.chars().nth(20).is_none() && key.chars().all(word);
    short.then_some((key, text.len() - rest.len()))
}

/// What the value of a key is, for keys that have a place in an article.
pub(super) fn role(key: &str) -> Option<Role> {
    Some(match key.to_ascii_lowercase().as_str() {
        "title" | "headline" | "标题" | "標題" | "题目" | "題目" => Role::Title,
        "kicker" | "肩题" | "引题" | "肩題" | "引題" => Role::Kicker,
        "subtitle" | "副题" | "副标题" | "副題" | "副標題" => Role::Subtitle,
        "author" | "authors" | "byline" | "作者" | "记者" | "記者" => Role::Byline,
        "source" | "来源" | "來源" | "出处" | "出處" => Role::Source,
        "column" | "栏目" | "欄目" | "专栏" | "專欄" => Role::Column,
        "summary" | "description" | "摘要" | "提要" | "导语" | "導語" => Role::Abstract,
        "date" | "日期" | "时间" | "時間" | "发布时间" | "發布時間" | "版次" | "版面" => {
            Role::PageHeader
        }
        "text" | "content" | "正文" | "内容" | "內容" => Role::Paragraph,
        _ => return None,
    })
}

/// The field of a value without its quotes; a list of names is a field per name.
pub(super) fn value_fields(
    lines: &Lines<'_>,
    at: usize,
    (from, to): (usize, usize),
    role: Role,
    fields: &mut Vec<Field>,
) {
    let place = Place::Article(role);
    let text = lines.str(at).get(from..to).unwrap_or_default();
    if role == Role::Paragraph {
        fields.extend(inside(lines, at, from, to, place));
        return;
    }
    let mark = |c: char| matches!(c, '"' | '\'' | '[' | ']');
    // Brackets and quotes go only as a pair around everything.
    let trimmed = text.trim();
    let pair = [('"', '"'), ('\'', '\''), ('[', ']')]
        .iter()
        .any(|&(open, close)| trimmed.starts_with(open) && trimmed.ends_with(close));
    let bare = |c: char| c.is_whitespace() || (pair && mark(c));
    let start = from + (text.len() - text.trim_start_matches(bare).len());
    let end = from + text.trim_end_matches(bare).len();
    let Some(value) = lines.str(at).get(start..end.max(start)) else { return };
    let names = role == Role::Byline && byline::parse(value).is_none();
    if !names {
        fields.extend(inside(lines, at, start, end.max(start), place));
        return;
    }
    let apart = |c: char| matches!(c, ',' | '，' | ';' | '；');
    let mut begin = start;
    for name in value.split_inclusive(apart) {
        let end = begin + name.trim_end_matches(apart).len();
        fields.extend(inside(lines, at, begin, end, place));
        begin += name.len();
    }
}
