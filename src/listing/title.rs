//! Filtering titles by what is typed, as fuzzy finders do.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{Atom, CaseMatching, Normalization},
};

use crate::{
    query::pinyin::PinyinPattern,
    text::{
        range::TextRange,
        searchable::{folded_char, phrase},
    },
};

/// What one letter of pinyin counts, less than a character that is there as it was typed counts.
const LETTER: u32 = 12;

/// What titles are filtered by: words apart by spaces, all of which a title must have. The characters
/// of a word may stand apart, in their order; the closer they are, the higher its score. As in fzf, `'word` is
/// to stand as it is, `^word` at the beginning, `word$` at the end, and `!word` nowhere. Traditional and
/// simplified characters, wide and narrow, great and small letters are the same, and Latin letters
/// may be pinyin.
///
/// ```
/// use zhaidu::listing::TitleFilter;
///
/// let filter = TitleFilter::new("jjj fazhan").expect("it is not blank");
/// let mut matcher = filter.matcher();
/// assert!(matcher.score("推動京津冀協同發展").is_some());
/// assert!(matcher.score("京津冀三地").is_none());
/// ```
#[derive(Clone, Debug)]
pub struct TitleFilter {
    typed: String,
    /// What was typed, folded.
    text: String,
    words: Vec<(Atom, Option<PinyinPattern>)>,
}

/// A [`TitleFilter`] at work: what it takes to look at one title after the other.
pub struct TitleMatcher<'a> {
    words: &'a [(Atom, Option<PinyinPattern>)],
    matcher: Matcher,
    /// The folded characters of the title that is looked at.
    chars: Vec<char>,
}

impl PartialEq for TitleFilter {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for TitleFilter {}

impl TitleFilter {
    /// The filter for what was typed; `None` if it is blank.
    pub fn new(typed: &str) -> Option<Self> {
        let text = phrase(typed);
        let words: Vec<_> = text.split(' ').filter(|word| !word.is_empty()).map(word).collect();
        let is_blank = words.is_empty();
        (!is_blank).then_some(Self { typed: typed.to_owned(), text, words })
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What looks at titles.
    pub fn matcher(&self) -> TitleMatcher<'_> {
        let matcher = Matcher::new(Config::DEFAULT);
        TitleMatcher { words: &self.words, matcher, chars: Vec::new() }
    }
}

impl TitleMatcher<'_> {
    /// How well a title fits; `None` if it does not.
    pub fn score(&mut self, title: &str) -> Option<u32> {
        let Self { words, matcher, chars } = self;
        chars.clear();
        chars.extend(title.chars().map(folded_char));
        let mut score = 0;
        for (atom, pinyin) in *words {
            let literal = atom.score(Utf32Str::Unicode(chars), matcher).map(u32::from);
            let found = literal.or_else(|| {
                let pinyin = pinyin.as_ref()?;
                pinyin.find(title).map(|_| LETTER * pinyin.letters() as u32)
            });
            score += found?;
        }
        Some(score)
    }

    /// Where a title that fits has what was typed, in order.
    pub fn hits(&mut self, title: &str) -> Vec<TextRange> {
        let Self { words, matcher, chars } = self;
        chars.clear();
        chars.extend(title.chars().map(folded_char));
        let ends = title.char_indices().map(|(at, c)| TextRange::new(at, at + c.len_utf8()));
        let places: Vec<TextRange> = ends.collect();
        let mut hits = Vec::new();
        for (atom, pinyin) in *words {
            let mut indices = Vec::new();
            let found = atom.indices(Utf32Str::Unicode(chars), matcher, &mut indices);
            if found.is_some() {
                let place = |index: &u32| places.get(*index as usize).copied();
                hits.extend(indices.iter().filter_map(place));
            } else if let Some(range) = pinyin.as_ref().and_then(|pinyin| pinyin.find(title)) {
                hits.push(range);
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.end));
        hits.dedup_by(|next, hit| {
            let joins = next.start <= hit.end;
            if joins {
                hit.end = hit.end.max(next.end);
            }
            joins
        });
        hits
    }
}

/// One word: as it was typed, and as pinyin if it may be that.
fn word(typed: &str) -> (Atom, Option<PinyinPattern>) {
    // Both sides are folded already.
    let atom = Atom::parse(typed, CaseMatching::Respect, Normalization::Never);
    let pinyin = if atom.negative { None } else { PinyinPattern::new(typed) };
    (atom, pinyin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_as_in_a_fuzzy_finder() {
        let titles = ["推动京津冀协同发展", "北京天津两地", "ＡＰＰ開通了", "冀中的京剧"];
        for (typed, expected) in [
            ("京津", vec!["推动京津冀协同发展", "北京天津两地"]),
            ("津京", vec![]),
            ("'京津", vec!["推动京津冀协同发展"]),
            ("^北", vec!["北京天津两地"]),
            ("剧$", vec!["冀中的京剧"]),
            ("京 !冀", vec!["北京天津两地"]),
            ("冀 京", vec!["冀中的京剧", "推动京津冀协同发展"]),
            ("app 开通", vec!["ＡＰＰ開通了"]),
            ("开通", vec!["ＡＰＰ開通了"]),
            ("jjj", vec!["推动京津冀协同发展"]),
            ("jingju", vec!["冀中的京剧"]),
            ("!jjj 地", vec!["北京天津两地"]),
        ] {
            let filter = TitleFilter::new(typed).unwrap();
            let mut matcher = filter.matcher();
            let mut found: Vec<(u32, &str)> =
                titles.iter().filter_map(|title| Some((matcher.score(title)?, *title))).collect();
            found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
            let found: Vec<&str> = found.into_iter().map(|(_, title)| title).collect();
            assert_eq!(found, expected, "{typed}");
        }
        assert_eq!(TitleFilter::new("  "), None);
    }

    #[test]
    fn hits_are_where_they_were_typed() {
        for (typed, title, expected) in [
            ("京冀", "推动京津冀", "推动<京>津<冀>"),
            ("京津", "推动京津冀", "推动<京津>冀"),
            ("jjj", "推动京津冀", "推动<京津冀>"),
            ("开通", "已經開通", "已經<開通>"),
        ] {
            let hits = TitleFilter::new(typed).unwrap().matcher().hits(title);
            let mut shown = title.to_owned();
            for hit in hits.iter().rev() {
                shown.insert(hit.end, '>');
                shown.insert(hit.start, '<');
            }
            assert_eq!(shown, expected, "{typed}");
        }
    }
}
