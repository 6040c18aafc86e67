//! Questions to a page and to its articles.

use std::fmt;

use super::chars::{count_blanks, ends_sentence, find_blank, is_bullet};
use super::{Article, ArticleId, Kind, Owner, Page, Part, Role, cues};
use crate::text::range::TextRange;

/// Characters of a headline that is made from running text, at most.
const FIRST_WORDS: usize = 40;

impl Page {
    /// What stands on the page and belongs to none of its articles, such as its header, line by line. Searches
    /// take it for a part of the first of them, so that whatever a file holds is found.
    pub fn beside(&self) -> String {
        let of_page = self.lines.iter().filter(|line| line.owner == Owner::Page);
        let texts = of_page.map(|line| line.range.of(&self.text).trim());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        texts.join("\n")
    }

    /// The number, from 1, of the line that holds byte `offset` of the text; the last line for an
    /// offset behind the end.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.range.start <= offset).max(1)
    }
}

impl Article {
    /// The title, or the first line of a title that was set in several; without the marks of
    /// Markdown. [`Article::headline`] gives all lines.
    pub fn title(&self) -> Option<&str> {
        self.parts_of(Role::Title).next().map(|part| unmarked(part.range.of(&self.text)))
    }

    /// What a list shows: the lines of the title with a space between them or, when there is no
    /// title, the first words of the text, 40 characters at most, cut where a sentence or a part
    /// of it ends if that is possible.
    pub fn headline(&self) -> String {
        let lines: Vec<&str> = self
            .parts_of(Role::Title)
            .map(|part| unmarked(part.range.of(&self.text)))
            .filter(|line| !line.is_empty())
            .collect();
        if !lines.is_empty() {
            return lines.join(" ");
        }
        let told = |role: Role| matches!(role, Role::Paragraph | Role::Caption | Role::Abstract);
        let told = self.parts.iter().filter(|part| told(part.role)).chain(&self.parts);
        let mut words = told.map(|part| first_words(part.range.of(&self.text)));
        // A part of nothing but bullets has none.
        words.find(|words| !words.is_empty()).unwrap_or_default().to_owned()
    }

    /// The parts with one role, in the order of the text.
    pub fn parts_of(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }

    /// The byline as it is printed; its first line when there are several. [`Article::authors`]
    /// has the names.
    pub fn byline(&self) -> Option<&str> {
        self.parts_of(Role::Byline).next().map(|part| part.range.of(&self.text))
    }

    /// Length of the running text in characters, white space not counted; of the captions for a
    /// picture.
    pub fn char_count(&self) -> usize {
        let role = match self.kind {
            Kind::Article => Role::Paragraph,
            Kind::Photo => Role::Caption,
        };
        let count = |part: &Part| {
            let text = part.range.of(&self.text);
            text.chars().count() - count_blanks(text)
        };
        self.parts_of(role).map(count).sum()
    }

    /// Whether a range of the text overlaps a damaged place.
    pub fn is_damaged(&self, range: TextRange) -> bool {
        let at = self.damage.partition_point(|place| place.end <= range.start);
        self.damage.get(at).is_some_and(|place| place.overlaps(range))
    }

    /// The byte of [`Page::text`] that byte `offset` of [`Article::text`] comes from.
    ///
    /// What was set between two pieces (a line end between parts, a space in a joined paragraph)
    /// and the end of the text map to the end of the piece before. `None` behind the end.
    pub fn source_offset(&self, offset: usize) -> Option<usize> {
        if offset > self.text.len() {
            return None;
        }
        let part = self.parts.partition_point(|part| part.range.start <= offset).checked_sub(1)?;
        let pieces = &self.parts.get(part)?.pieces;
        let piece = pieces.partition_point(|piece| piece.start <= offset).checked_sub(1)?;
        let piece = pieces.get(piece)?;
        Some(piece.source.start + (offset - piece.start).min(piece.source.len()))
    }
}

impl ArticleId {
    /// The id of an article with this text: the first half of the BLAKE3 hash of its characters
    /// that are not white space, so that it does not change with line breaks and indents.
    pub fn of(text: &str) -> Self {
        /// Bytes that are handed on at once: long pieces are hashed several parts at a time.
        const PIECE: usize = 16 * 1024;
        let mut hasher = blake3::Hasher::new();
        let mut piece: Vec<u8> = Vec::with_capacity(text.len().min(PIECE));
        let mut rest = text;
        while !rest.is_empty() {
            let (end, next) = find_blank(rest).unwrap_or((rest.len(), rest.len()));
            piece.extend_from_slice(rest.as_bytes().get(..end).unwrap_or_default());
            rest = rest.get(next..).unwrap_or_default();
            if piece.len() >= PIECE {
                hasher.update(&piece);
                piece.clear();
            }
        }
        hasher.update(&piece);
        let mut id = [0; 16];
        hasher.finalize_xof().fill(&mut id);
        Self(id)
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A line without the marks set before it.
pub(super) fn unmarked(line: &str) -> &str {
    line.trim_start_matches(|c| is_bullet(c) || c == '#').trim_start()
}

/// The first sentence of `text` without its stop or, when it is too long, as much as fits, up to
/// a comma if one stands in the later part.
fn first_words(text: &str) -> &str {
    let text = unmarked(text);
    let start = cues::head(text, FIRST_WORDS);
    let early = cues::head(text, FIRST_WORDS / 3).len();
    let sentence = start.find(ends_sentence).filter(|&at| at > 0);
    let pause = |c: char| matches!(c, '，' | ',' | '；' | ';' | '：' | ':');
    let comma = || start.rfind(pause).filter(|&at| start.len() < text.len() && at > early);
    start.get(..sentence.or_else(comma).unwrap_or(start.len())).unwrap_or(start).trim_end()
}

#[cfg(test)]
mod tests {
    use super::super::chars::is_blank;
    use super::*;
    use crate::article::{Override, SplitMode, Verdict, split, split_with};

    #[test]
    fn a_part_of_bullets_is_no_headline() {
        let begins = Override { line: 1, verdict: Verdict::Begins };
        let text = "江水清了，\n□\n本报记者\n\n作者：渡口的老人说水清了";
        let page = split_with(text.into(), SplitMode::Strict, &[begins]);
        let headlines: Vec<String> = page.articles.iter().map(Article::headline).collect();
        assert_eq!(headlines.len(), 2);
        assert!(headlines.iter().all(|headline| !headline.is_empty()), "{headlines:?}");
    }

    #[test]
    fn headline_of_text_without_title() {
        for (text, headline) in [
            ("雨停了。路面泛着光。", "雨停了"),
            ("雨停了", "雨停了"),
            (
                "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势和桥头的事。",
                "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌",
            ),
        ] {
            assert_eq!(first_words(text), headline);
        }
        assert_eq!(first_words(&"雨".repeat(90)).chars().count(), FIRST_WORDS);
    }

    #[test]
    fn id_does_not_see_white_space() {
        assert_eq!(ArticleId::of("雨 停\n了"), ArticleId::of("雨停　了"));
        assert_ne!(ArticleId::of("雨停了"), ArticleId::of("雨停"));
        let id = ArticleId::of("雨停了").to_string();
        assert!(id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()));
    }

    #[test]
    fn id_is_the_hash_of_what_can_be_read() {
        for text in ["", " \n", "雨停了", "雨 停\r\n了\u{3000}", &"雨停了。 ".repeat(4_000)]
        {
            let read: String = text.chars().filter(|&c| !is_blank(c)).collect();
            let hash = blake3::hash(read.as_bytes());
            assert_eq!(ArticleId::of(text).0, hash.as_bytes()[..16], "{text}");
        }
    }

    #[test]
    fn lines_and_offsets() {
        let page = split("  石板路上\r\n\r\n□林小满\n雨停了，路面泛着光。".into(), SplitMode::Auto);
        let article = &page.articles[0];
        assert_eq!(article.source_offset(0), Some(2));
        assert_eq!(article.byline(), Some("□林小满"));
        assert_eq!(article.source_offset(article.text.len()), Some(page.text.len()));
        assert_eq!(article.source_offset(article.text.len() + 1), None);
        let rain = page.text.find('雨').expect("in the text");
        assert_eq!(page.line_of(rain), 4);
        assert_eq!((page.line_of(0), page.line_of(usize::MAX)), (1, 4));
        assert_eq!(article.char_count(), 10);
    }

    #[test]
    fn offsets_pass_over_glosses() {
        let text =
            "精準(zhǔn)承接(jiē)\n\n□王明\n\n產(chǎn)業(yè)和工(經(jīng))信都在轉(zhuǎn)移。";
        let page = split(text.into(), SplitMode::Auto);
        let article = &page.articles[0];
        assert_eq!(&*page.text, text);
        assert_eq!(&*article.text, "精準承接\n□王明\n產業和工(經)信都在轉移。");
        for (at, c) in article.text.char_indices().filter(|&(_, c)| c.is_alphabetic()) {
            assert_eq!(article.source_offset(at), text.find(c), "{c}");
        }
        let end = article.parts[0].range.end;
        assert_eq!(article.source_offset(end), text.find("(jiē)"));
    }
}
