//! Makes damaged pages out of our own, and knows what it did.
//!
//! The same seed gives the same page. A page is put together from articles of `tests/pages`, then
//! harmed as scans and copies of newspapers are: paragraphs cut in two by a column, a quotation or
//! a credit, headlines behind their text, cues gone, glosses, other punctuation.

use std::collections::{BTreeMap, BTreeSet};

use zhaidu::article::Role;

/// An article to make pages from: its parts in reading order.
pub(super) struct Source {
    /// The page that it comes from.
    pub(super) page: String,
    pub(super) parts: Vec<(Role, String)>,
}

/// One line of a damaged page; blank lines belong to the line below.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) text: String,
    pub(super) article: usize,
    pub(super) role: Role,
    /// Number of the paragraph in its article: lines with the same one are to be joined.
    paragraph: usize,
    blank: usize,
}

/// A page with its gold.
#[derive(Clone)]
pub(super) struct Damaged {
    pub(super) seed: u64,
    /// What was done to the whole page.
    pub(super) harms: Vec<String>,
    pub(super) lines: Vec<Made>,
}

impl Damaged {
    pub(super) fn text(&self) -> String {
        let line = |line: &Made| format!("{}{}\n", "\n".repeat(line.blank), line.text);
        self.lines.iter().map(line).collect()
    }

    /// The made lines by their number on the page, from 1.
    pub(super) fn numbered(&self) -> BTreeMap<usize, &Made> {
        let mut number = 0;
        let mut numbered = BTreeMap::new();
        for line in &self.lines {
            number += 1 + line.blank;
            numbered.insert(number, line);
        }
        numbered
    }

    /// Pairs of lines that are one paragraph.
    pub(super) fn joins(&self) -> BTreeSet<(usize, usize)> {
        let body: Vec<(usize, &Made)> = self.body().into_iter().collect();
        let joined = |pair: &&[(usize, &Made)]| {
            let ((_, a), (_, b)) = (pair[0], pair[1]);
            (a.article, a.paragraph) == (b.article, b.paragraph)
        };
        body.windows(2).filter(joined).map(|pair| (pair[0].0, pair[1].0)).collect()
    }

    /// The lines of running text.
    pub(super) fn body(&self) -> BTreeMap<usize, &Made> {
        let is_text = |(_, line): &(usize, &Made)| line.role == Role::Paragraph;
        self.numbered().into_iter().filter(is_text).collect()
    }
}

/// `SplitMix64`: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// Yes in `percent` of a hundred cases.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Harm to the whole page.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Harm {
    /// No bylines, no affiliations.
    Anonymous,
    /// No mark before a byline.
    Unmarked,
    /// No blank lines.
    Tight,
    Indented,
    /// Readings in brackets behind characters.
    Glossed,
    /// Punctuation of ASCII.
    Ascii,
}

/// Each harm with the pages that suffer it, of a hundred.
const HARMS: [(Harm, usize); 6] = [
    (Harm::Anonymous, 20),
    (Harm::Unmarked, 15),
    (Harm::Tight, 15),
    (Harm::Indented, 15),
    (Harm::Glossed, 8),
    (Harm::Ascii, 25),
];

/// What is done to the whole page.
struct Style {
    harms: Vec<Harm>,
    /// Paragraphs that are cut, of a hundred.
    cuts: usize,
}

impl Style {
    fn new(random: &mut Random) -> Self {
        let harms = HARMS.into_iter().filter(|(_, percent)| random.chance(*percent));
        let harms = harms.map(|(harm, _)| harm).collect();
        Self { harms, cuts: [0, 15, 30, 50][random.below(4)] }
    }

    fn has(&self, harm: Harm) -> bool {
        self.harms.contains(&harm)
    }
}

const CREDITS: [&str; 4] = ["新华社发", "□本报记者 王明 摄", "（资料图片）", "本报记者 李芳 摄"];

/// Page and gold for `seed`: the articles of one page of ours, or a mixture of several.
pub(super) fn damaged(seed: u64, sources: &[Source]) -> Damaged {
    let mut random = Random(seed);
    let chosen = choose(&mut random, sources);
    let style = Style::new(&mut random);
    let mut harms: Vec<String> = style.harms.iter().map(|harm| format!("{harm:?}")).collect();
    if harms.is_empty() {
        harms.push("None".to_owned());
    }
    let mut page = Damaged { seed, harms, lines: Vec::new() };
    for (article, source) in chosen.into_iter().enumerate() {
        let mut lines = article_lines(&mut random, &style, article, source);
        if random.chance(8) && !style.has(Harm::Anonymous) {
            late_headline(&mut lines);
        }
        page.lines.append(&mut lines);
    }
    let mut random = Random(seed ^ 0xFF);
    for line in &mut page.lines {
        finish(&mut random, &style, line);
    }
    page
}

fn choose<'a>(random: &mut Random, sources: &'a [Source]) -> Vec<&'a Source> {
    if random.chance(30) {
        let page = random.pick(sources).map(|source| source.page.as_str());
        return sources.iter().filter(|source| Some(source.page.as_str()) == page).collect();
    }
    let mut left: Vec<&Source> = sources.iter().collect();
    let count = 1 + random.below(5);
    (0..count.min(left.len())).map(|_| left.swap_remove(random.below(left.len()))).collect()
}

/// The lines of one article, paragraphs cut.
fn article_lines(random: &mut Random, style: &Style, article: usize, from: &Source) -> Vec<Made> {
    let mut lines: Vec<Made> = Vec::new();
    for (paragraph, (role, text)) in from.parts.iter().enumerate() {
        let named = matches!(role, Role::Byline | Role::Affiliation);
        if style.has(Harm::Anonymous) && named {
            continue;
        }
        let line = |text: &str, role, blank| Made {
            text: text.to_owned(),
            article,
            role,
            paragraph,
            blank,
        };
        let cut = (*role == Role::Paragraph && random.chance(style.cuts))
            .then(|| cut(random, text))
            .flatten();
        let Some((head, tail)) = cut else {
            let text =
                if style.has(Harm::Unmarked) { text.trim_start_matches('□') } else { text };
            lines.push(line(text, *role, 1));
            if *role == Role::Paragraph && random.chance(style.cuts / 8) {
                let quote = quotation(random, from, paragraph);
                lines.extend(quote.map(|quote| line(&quote, Role::PullQuote, 1)));
            }
            continue;
        };
        lines.push(line(head, *role, 1));
        match random.below(9) {
            0..3 => {
                let quote = quotation(random, from, paragraph);
                lines.extend(quote.map(|quote| line(&quote, Role::PullQuote, 1)));
            }
            3..5 => lines.push(line(random.pick(&CREDITS).unwrap_or(&""), Role::Credit, 3)),
            _ => {}
        }
        lines.push(line(tail, *role, 1));
    }
    lines
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Cuts a paragraph in mid-sentence, between two characters or behind a comma.
fn cut<'t>(random: &mut Random, text: &'t str) -> Option<(&'t str, &'t str)> {
    /// Shortest piece, in characters.
    const PIECE: usize = 15;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let commas = random.chance(15);
    let places: Vec<usize> = (PIECE..chars.len().saturating_sub(PIECE))
        .filter(|&at| {
            let (above, below) = (chars[at - 1].1, chars[at].1);
            is_han(below) && if commas { above == '，' } else { is_han(above) }
        })
        .collect();
    let at = chars.get(*random.pick(&places)?)?.0;
    text.split_at_checked(at)
}

/// Sentences of the article, as they are repeated for decoration.
fn quotation(random: &mut Random, from: &Source, around: usize) -> Option<String> {
    let sentences: Vec<&str> = from
        .parts
        .iter()
        .enumerate()
        .filter(|(at, (role, _))| *role == Role::Paragraph && *at != around)
        .flat_map(|(_, (_, text))| text.split_inclusive('。'))
        .filter(|text| (12..=120).contains(&text.chars().count()) && text.ends_with('。'))
        .filter(|text| !text.contains(['“', '”', '「', '」', '【', '（']))
        .collect();
    let sentence = random.pick(&sentences)?;
    let bare = sentence.trim_end_matches('。');
    Some(match random.below(3) {
        0 => format!("■{sentence}"),
        1 => format!("■{bare}"),
        _ => bare.to_owned(),
    })
}

/// Prints the headline behind the text; the byline stays where it was.
fn late_headline(lines: &mut Vec<Made>) {
    let is_head = |line: &Made| matches!(line.role, Role::Kicker | Role::Title | Role::Subtitle);
    let has_byline = lines.first().is_some_and(is_head)
        && lines.iter().find(|line| !is_head(line)).is_some_and(|line| line.role == Role::Byline);
    if has_byline {
        let (mut heads, rest): (Vec<Made>, Vec<Made>) = lines.drain(..).partition(is_head);
        *lines = rest;
        lines.append(&mut heads);
    }
}

/// Characters with a reading that is right for them wherever they stand.
const READINGS: [(char, &str); 14] = [
    ('这', "zhè"),
    ('来', "lái"),
    ('时', "shí"),
    ('书', "shū"),
    ('车', "chē"),
    ('门', "mén"),
    ('点', "diǎn"),
    ('两', "liǎng"),
    ('过', "guò"),
    ('开', "kāi"),
    ('东', "dōng"),
    ('动', "dòng"),
    ('镇', "zhèn"),
    ('从', "cóng"),
];

const PUNCTUATION: [(char, char); 7] =
    [('，', ','), ('：', ':'), ('；', ';'), ('（', '('), ('）', ')'), ('！', '!'), ('？', '?')];

/// What the whole page suffers, for one line.
fn finish(random: &mut Random, style: &Style, line: &mut Made) {
    if style.has(Harm::Tight) {
        line.blank = 0;
    }
    if style.has(Harm::Ascii) {
        let narrow = |c| PUNCTUATION.iter().find(|(wide, _)| *wide == c).map_or(c, |pair| pair.1);
        line.text = line.text.chars().map(narrow).collect();
    }
    if style.has(Harm::Glossed) && matches!(line.role, Role::Paragraph | Role::Title) {
        let mut glossed = String::new();
        for c in line.text.chars() {
            glossed.push(c);
            let reading = READINGS.iter().find(|(of, _)| *of == c);
            if let Some((_, reading)) = reading.filter(|_| random.chance(60)) {
                glossed.extend(["(", reading, ")"]);
            }
        }
        line.text = glossed;
    }
    if style.has(Harm::Indented) && line.role == Role::Paragraph {
        line.text.insert_str(0, "\u{3000}\u{3000}");
    }
}
