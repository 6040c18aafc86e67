//! The characters of a paragraph that decide where its sentences end, and which of them are pairs.
//!
//! Everything between two marks is passed over once, so that the rules look at marks alone.

/// Openers on top of the stack among which a closer looks for its own. Real text nests three
/// deep; without a bound a row of openers would be searched again for every closer.
const DEPTH: usize = 8;
/// Characters after which a straight quotation mark is no longer held to be open: one that was
/// lost would turn all later ones inside out.
const STRAIGHT_REACH: usize = 300;

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// 。 and its kin.
    Full,
    /// ！？ and their kin.
    Call,
    /// …, or a row of full stops.
    Ellipsis,
    /// A single `.`, a stop or not.
    Dot,
    Semicolon,
    Open(Pair),
    Close(Pair),
}

/// What two marks enclose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    /// “”
    Double,
    /// ‘’
    Single,
    /// 「」
    Corner,
    /// 『』
    WhiteCorner,
    /// "
    Straight,
    /// '
    StraightSingle,
    /// （）, of any width.
    Round,
    /// [] and 【】 and others.
    Square,
    /// 《》, the marks of titles.
    Title,
}

impl Pair {
    /// Whether somebody's words are enclosed.
    pub(super) fn is_quotation(self) -> bool {
        !matches!(self, Self::Round | Self::Square | Self::Title)
    }
}

/// A mark in its paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub kind: Kind,
    /// First byte.
    pub at: usize,
    /// One past the last byte.
    pub end: usize,
    /// Characters before it.
    pub index: usize,
    /// The other half of the pair, as an index into the marks.
    pub partner: Option<usize>,
}

/// All marks of `text`, in order.
pub(super) fn scan(text: &str) -> Vec<Mark> {
    let mut scan = Scan { text, marks: Vec::with_capacity(text.len() / 24), open: Vec::new() };
    let (mut at, mut index) = (0, 0);
    while let Some(&first) = text.as_bytes().get(at) {
        at += match first {
            // Nearly every character of a Chinese text, U+4000 to U+9FFF: nothing to look up.
            0xE4..=0xE9 => 3,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => 1,
            _ => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                scan.take(c, Place { at, end: at + c.len_utf8(), index });
                c.len_utf8()
            }
        };
        index += 1;
    }
    scan.marks
}

/// Where a character stands.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    end: usize,
    index: usize,
}

struct Scan<'a> {
    text: &'a str,
    marks: Vec<Mark>,
    /// Indices of the openers that nothing has closed so far.
    open: Vec<usize>,
}

impl Scan<'_> {
    fn take(&mut self, c: char, place: Place) {
        match c {
            '。' | '｡' | '︒' => self.push(Kind::Full, place),
            '！' | '？' | '﹗' | '﹖' | '‼' | '⁇' | '⁈' | '⁉' => {
                self.push(Kind::Call, place);
            }
            '!' | '?' if self.is_in_address(place) => {}
            '!' | '?' => self.push(Kind::Call, place),
            '…' | '‥' | '⋯' => self.push(Kind::Ellipsis, place),
            '.' | '．' => self.dot(place),
            ';' if self.is_in_entity(place) => {}
            '；' | ';' => self.push(Kind::Semicolon, place),
            '“' | '〝' => self.open(Pair::Double, place),
            '”' | '〞' => self.close(Pair::Double, place),
            '‘' => self.open(Pair::Single, place),
            '’' => self.single(place),
            '「' | '｢' | '﹁' => self.open(Pair::Corner, place),
            '」' | '｣' | '﹂' => self.close(Pair::Corner, place),
            '『' | '﹃' => self.open(Pair::WhiteCorner, place),
            '』' | '﹄' => self.close(Pair::WhiteCorner, place),
            '"' | '＂' => self.straight(place),
            '\'' => self.straight_single(place),
            '（' | '(' => self.open(Pair::Round, place),
            '）' | ')' => self.close(Pair::Round, place),
            '【' | '[' | '［' | '〔' | '〖' | '{' | '｛' => self.open(Pair::Square, place),
            '】' | ']' | '］' | '〕' | '〗' | '}' | '｝' => self.close(Pair::Square, place),
            '《' | '〈' => self.open(Pair::Title, place),
            '》' | '〉' => self.close(Pair::Title, place),
            _ => {}
        }
    }

    fn push(&mut self, kind: Kind, Place { at, end, index }: Place) {
        self.marks.push(Mark { kind, at, end, index, partner: None });
    }

    /// A row of full stops is one ellipsis.
    fn dot(&mut self, place: Place) {
        match self.marks.last_mut() {
            Some(last) if last.end == place.at && is_dots(last.kind) => {
                last.kind = Kind::Ellipsis;
                last.end = place.end;
            }
            _ => self.push(Kind::Dot, place),
        }
    }

    fn open(&mut self, pair: Pair, place: Place) {
        self.open.push(self.marks.len());
        self.push(Kind::Open(pair), place);
    }

    /// Closes the last opener of its kind; those above it lost theirs.
    fn close(&mut self, pair: Pair, place: Place) {
        if let Some(level) = self.level(pair) {
            self.close_at(level, place);
        } else if pair.is_quotation() && self.before(place).is_none_or(introduces) {
            // The wrong half of the pair, as some typists set them.
            self.open(pair, place);
        } else {
            self.push(Kind::Close(pair), place);
        }
    }

    /// Where on the stack the opener of `pair` lies.
    fn level(&self, pair: Pair) -> Option<usize> {
        let from = self.open.len().saturating_sub(DEPTH);
        let top = self.open.get(from..)?;
        let opens = |&at: &usize| self.marks.get(at).is_some_and(|m| m.kind == Kind::Open(pair));
        top.iter().rposition(opens).map(|at| from + at)
    }

    fn close_at(&mut self, level: usize, place: Place) {
        let Some(&opener) = self.open.get(level) else { return };
        let closer = self.marks.len();
        let Some(mark) = self.marks.get_mut(opener) else { return };
        mark.partner = Some(closer);
        let Kind::Open(pair) = mark.kind else { return };
        self.open.truncate(level);
        self.push(Kind::Close(pair), place);
        if let Some(mark) = self.marks.last_mut() {
            mark.partner = Some(opener);
        }
    }

    /// ’ closes ‘, and is an apostrophe between letters.
    fn single(&mut self, place: Place) {
        let next = self.next(place);
        if !(is_letter(self.before(place)) && is_letter(next)) {
            self.close(Pair::Single, place);
        }
    }

    /// `"` opens and closes by turns, unless what stands beside it tells that one was lost.
    fn straight(&mut self, place: Place) {
        let next = self.next(place);
        let leads = self.before(place).is_none_or(introduces);
        let trails = next.is_none_or(|c| c.is_whitespace() || is_pause(c) || is_stop(c));
        let reach = |&level: &usize| {
            let mark = self.open.get(level).and_then(|&at| self.marks.get(at));
            mark.is_some_and(|mark| place.index - mark.index <= STRAIGHT_REACH)
        };
        match self.level(Pair::Straight).filter(reach) {
            Some(_) if leads && !trails => self.open(Pair::Straight, place),
            Some(level) => self.close_at(level, place),
            // “……" is common where somebody's editor turned only the first of the two.
            None => match self.level(Pair::Double).filter(reach) {
                Some(level) if self.before(place).is_some_and(is_stop) => {
                    self.close_at(level, place);
                }
                _ if trails && !leads => self.push(Kind::Close(Pair::Straight), place),
                _ => self.open(Pair::Straight, place),
            },
        }
    }

    /// `'` is an apostrophe behind a letter, unless it closes what another has opened.
    fn straight_single(&mut self, place: Place) {
        let next = self.next(place);
        match self.level(Pair::StraightSingle) {
            Some(level) if !is_letter(next) => self.close_at(level, place),
            _ if !is_letter(self.before(place)) && next.is_some_and(|c| !c.is_whitespace()) => {
                self.open(Pair::StraightSingle, place);
            }
            _ => {}
        }
    }

    /// Whether a `?` or `!` belongs to an address, as in `index.php?id=3`.
    fn is_in_address(&self, place: Place) -> bool {
        let goes_on =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '=' | '&' | '/' | '%' | '#');
        is_letter(self.before(place)) && self.next(place).is_some_and(goes_on)
    }

    /// Whether a `;` closes what another program left of a web page, as in `&permil;`.
    fn is_in_entity(&self, place: Place) -> bool {
        let mut name =
            self.text.as_bytes().get(..place.at).unwrap_or_default().iter().rev().take(8);
        name.find(|b| !b.is_ascii_alphanumeric()) == Some(&b'&')
    }

    fn before(&self, place: Place) -> Option<char> {
        self.text.get(..place.at)?.chars().next_back()
    }

    fn next(&self, place: Place) -> Option<char> {
        self.text.get(place.end..)?.chars().next()
    }
}

fn is_dots(kind: Kind) -> bool {
    matches!(kind, Kind::Dot | Kind::Ellipsis)
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Whether a quotation may follow at once.
fn introduces(c: char) -> bool {
    c.is_whitespace() || matches!(c, '：' | ':' | '（' | '(')
}

/// Marks that hold a sentence open.
pub(super) fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':' | '､' | '﹐')
}

/// Marks that may end a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '｡'
            | '︒'
            | '！'
            | '？'
            | '!'
            | '?'
            | '﹗'
            | '﹖'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '…'
            | '‥'
            | '⋯'
            | '.'
            | '．'
    )
}

/// Chinese characters, of both planes.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}
