//! An article as it is kept: its text and what its parts are, as bytes that are then packed (`pack`).
//!
//! With the text in the index, a hit is verified, shown and opened without reading its source again,
//! which in a packed file of a hundred thousand records would take a second.

use encoding_rs::UTF_8;

use super::segment::{number, push_number};
use crate::{
    article::{Article, ArticleId, Evidence, Kind, Part, Role},
    text::range::TextRange,
};

/// The roles by the number that stands for them. New ones come last.
const ROLES: [Role; 16] = [
    Role::Blank,
    Role::Kicker,
    Role::Title,
    Role::Subtitle,
    Role::Byline,
    Role::Affiliation,
    Role::Source,
    Role::Column,
    Role::Abstract,
    Role::Heading,
    Role::Paragraph,
    Role::PullQuote,
    Role::Caption,
    Role::Credit,
    Role::PageHeader,
    Role::Other,
];

/// The bytes of an article before what is searched of it, and that.
pub(super) fn parted(bytes: &[u8]) -> Option<(&[u8], &str)> {
    let searched = searched_of(bytes)?;
    Some((bytes.get(..bytes.len() - searched.len())?, text_of(searched)?))
}

/// Bytes as text, if they are. Three times as fast as the standard library, which goes character by
/// character where it is not ASCII.
fn text_of(bytes: &[u8]) -> Option<&str> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes)? {
        std::borrow::Cow::Borrowed(text) => Some(text),
        std::borrow::Cow::Owned(_) => None,
    }
}

/// An article as bytes: kind, parts, damage and the length of the text, then the text, then what
/// stands `beside` the article on its page: headers and the like, which are searched with it.
pub(super) fn bytes_of(article: &Article, beside: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(article.text.len() + 4 * article.parts.len() + 8);
    bytes.push(u8::from(article.kind == Kind::Photo));
    push_number(&mut bytes, article.parts.len() as u32);
    let mut end = 0;
    for part in &article.parts {
        let role = ROLES.iter().position(|role| *role == part.role).unwrap_or_default();
        bytes.push(role as u8);
        push_range(&mut bytes, part.range, &mut end);
    }
    push_number(&mut bytes, article.damage.len() as u32);
    let mut end = 0;
    for &range in &article.damage {
        push_range(&mut bytes, range, &mut end);
    }
    push_number(&mut bytes, article.text.len() as u32);
    bytes.extend_from_slice(article.text.as_bytes());
    if !beside.is_empty() {
        bytes.push(b'\n');
        bytes.extend_from_slice(beside.as_bytes());
    }
    bytes
}

/// What the bytes of an article say.
#[derive(Debug)]
pub(super) struct Body<'a> {
    kind: Kind,
    pub(super) parts: Vec<Part>,
    damage: Vec<TextRange>,
    pub(super) text: &'a str,
    /// What is searched: the text and what stands beside it.
    pub(super) searched: &'a str,
}

impl<'a> Body<'a> {
    /// Reads bytes; `None` if they are not those of an article.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (&kind, rest) = bytes.split_first()?;
        let (count, mut rest) = number(rest)?;
        let (mut parts, mut end) = (Vec::new(), 0);
        for _ in 0..count {
            let (&role, after) = rest.split_first()?;
            let (range, after) = read_range(after, &mut end)?;
            let role = *ROLES.get(usize::from(role))?;
            parts.push(Part { role, range, pieces: Vec::new(), joins: Vec::new() });
            rest = after;
        }
        let (count, mut rest) = number(rest)?;
        let (mut damage, mut end) = (Vec::new(), 0);
        for _ in 0..count {
            let (range, after) = read_range(rest, &mut end)?;
            damage.push(range);
            rest = after;
        }
        let (length, rest) = number(rest)?;
        let searched = text_of(rest)?;
        let text = searched.get(..length as usize)?;
        let mut all = parts.iter().map(|part| part.range).chain(damage.iter().copied());
        if !all.all(|range| text.get(range.start..range.end).is_some()) {
            return None;
        }
        let kind = if kind == 0 { Kind::Article } else { Kind::Photo };
        Some(Self { kind, parts, damage, text, searched })
    }

    /// The article. It knows no more where its parts come from, nor its authors.
    pub(super) fn into_article(self, id: ArticleId) -> Article {
        let Self { kind, parts, damage, text, .. } = self;
        let (authors, start) = (Vec::new(), Evidence::default());
        Article { id, kind, text: text.into(), parts, damage, authors, start }
    }
}

/// What is searched of an article's bytes, not looked at any closer.
pub(super) fn searched_of(bytes: &[u8]) -> Option<&[u8]> {
    let (count, mut rest) = number(bytes.get(1..)?)?;
    for _ in 0..count {
        rest = number(number(rest.get(1..)?)?.1)?.1;
    }
    let (count, mut rest) = number(rest)?;
    for _ in 0..count {
        rest = number(number(rest)?.1)?.1;
    }
    Some(number(rest)?.1)
}

fn push_range(bytes: &mut Vec<u8>, range: TextRange, end: &mut usize) {
    push_number(bytes, range.start.saturating_sub(*end) as u32);
    push_number(bytes, range.len() as u32);
    *end = range.end;
}

fn read_range<'a>(bytes: &'a [u8], end: &mut usize) -> Option<(TextRange, &'a [u8])> {
    let (gap, rest) = number(bytes)?;
    let (len, rest) = number(rest)?;
    let start = end.checked_add(gap as usize)?;
    *end = start.checked_add(len as usize)?;
    Some((TextRange::new(start, *end), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};
    use proptest::prelude::*;

    const PAGE: &str = "渡口的灯\n□林小满\n\n渡口的灯亮了四十年\u{FFFD}，守灯的人换了三个。\n\n图为渡口。李明 摄\n";

    #[test]
    fn an_article_comes_back() {
        let page = split(PAGE.into(), SplitMode::Auto);
        for article in &page.articles {
            let bytes = bytes_of(article, "柳塘日报");
            let body = Body::of(&bytes).expect("an article");
            assert_eq!(body.searched, format!("{}\n柳塘日报", article.text));
            assert_eq!(searched_of(&bytes), Some(body.searched.as_bytes()));
            let back = body.into_article(article.id);
            assert_eq!((&back.text, back.id, back.kind), (&article.text, article.id, article.kind));
            assert_eq!(back.damage, article.damage);
            let ranges = |article: &Article| -> Vec<(Role, TextRange)> {
                article.parts.iter().map(|part| (part.role, part.range)).collect()
            };
            assert_eq!(ranges(&back), ranges(article));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            Body::of(&bytes);
            searched_of(&bytes);
        }
    }
}
