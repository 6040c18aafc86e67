//! Whatever was kept, and whatever became of the files: lines in any order, and however often, mean the same;
//! of a file that was cut, all whole lines count; a line in which a bit was flipped is none, and all others
//! count.

use zhaidu::{
    article::{
        ArticleId, Decision, Mark, MarkedArticle, Override, PageId, ReadingPlace, SplitMode,
        Verdict,
    },
    store::{
        journal::Stamp,
        marks::{line::Op, merge::Merged},
        overrides::{self, Overrides},
        places::{self, Places},
    },
};

use super::input::Input;

/// Most lines of a file.
const LINES: usize = 24;

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    match input.below(4) {
        0 => check(&Marked, &mut input),
        1 => check(&Placed, &mut input),
        2 => check(&Decided, &mut input),
        // Files that nobody wrote.
        _ => {
            let bytes = input.rest();
            assert_eq!(Marked.fold([bytes]).ops().count(), 0, "a mark out of nothing");
            assert_eq!(Placed.fold([bytes]).all().count(), 0, "a place out of nothing");
            let _ = Overrides::of_lines(bytes).all();
        }
    }
}

/// A kind of journal.
trait Kept {
    /// What the lines mean.
    type Folded: PartialEq + std::fmt::Debug;
    /// Whether the order of lines makes no difference.
    const ANY_ORDER: bool;

    /// A line with its end.
    fn line(&self, number: usize, input: &mut Input) -> String;
    /// What files mean together. How many lines are none makes no difference.
    fn fold<'a>(&self, files: impl IntoIterator<Item = &'a [u8]>) -> Self::Folded;
}

fn check<K: Kept>(kept: &K, input: &mut Input) {
    let plan = [(); 6].map(|()| input.far_below(1 << 16));
    let count = 1 + input.below(LINES);
    let lines: Vec<String> = (0..count).map(|number| kept.line(number, input)).collect();
    let whole = lines.concat();
    let folded = kept.fold([whole.as_bytes()]);
    if K::ANY_ORDER {
        let mut mixed = lines.clone();
        mixed.rotate_left(plan[0] % count);
        mixed.swap(plan[1] % count, plan[2] % count);
        mixed.push(lines[plan[1] % count].clone());
        let (one, two) = mixed.split_at(plan[2] % (count + 1));
        let (one, two) = (one.concat(), two.concat());
        let merged = kept.fold([two.as_bytes(), one.as_bytes(), two.as_bytes()]);
        assert_eq!(merged, folded, "in another order");
    }
    let cut = plan[3] % (whole.len() + 1);
    // A line that only lacks its end is whole.
    let kept_lines = whole.as_bytes()[..cut].split(|byte| *byte == b'\n').zip(&lines);
    let kept_lines = kept_lines.filter(|(left, line)| *left == line.trim_end().as_bytes());
    let expected: String = kept_lines.map(|(_, line)| line.as_str()).collect();
    let left = kept.fold([&whole.as_bytes()[..cut]]);
    assert_eq!(left, kept.fold([expected.as_bytes()]), "cut at {cut}");
    check_flip(kept, &lines, plan[4] % whole.len(), 1 << (plan[5] % 8));
}

fn check_flip<K: Kept>(kept: &K, lines: &[String], at: usize, bit: u8) {
    let mut bytes = lines.concat().into_bytes();
    bytes[at] ^= bit;
    let mut start = 0;
    let mut others = String::new();
    for (number, line) in lines.iter().enumerate() {
        let end = start + line.len();
        // Where the end of a line was changed, the next line is part of it.
        let joined = number > 0 && at + 1 == start;
        if !(start..end).contains(&at) && !joined {
            others.push_str(line);
        }
        start = end;
    }
    let left = kept.fold([bytes.as_slice()]);
    assert_eq!(left, kept.fold([others.as_bytes()]), "flipped {bit} at {at} of {lines:?}");
}

fn article(input: &mut Input) -> ArticleId {
    ArticleId([input.below(3) as u8; 16])
}

/// A moment and a name that no other line has. Few moments, so that many lines are of the same one.
fn stamp(number: usize, input: &mut Input) -> Stamp {
    Stamp { id: format!("{}-{number}", input.below(4)), at: input.below(5) as u64 }
}

fn short_text(input: &mut Input) -> String {
    let bytes: Vec<u8> = (0..input.below(6)).map(|_| input.byte()).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Marked;

impl Kept for Marked {
    type Folded = Merged;
    const ANY_ORDER: bool = true;

    fn line(&self, number: usize, input: &mut Input) -> String {
        let Stamp { id, at } = stamp(number, input);
        let article =
            MarkedArticle { id: article(input), path: short_text(input), title: "桥".into() };
        let mark = match input.below(5) {
            0 => Mark::Star(input.odd()),
            1 => Mark::Read(input.odd()),
            2 => Mark::Tag(short_text(input), true),
            3 => Mark::Tag(short_text(input), false),
            _ => Mark::Note(short_text(input)),
        };
        let says = matches!(mark, Mark::Note(_)) && input.odd();
        let over = says.then(|| vec![stamp(number / 2, input).id]);
        let op = Op { id, at, article, mark, over };
        let line = op.to_line();
        assert_eq!(Op::from_line(line.trim_end_matches('\n').as_bytes()), Ok(op), "read again");
        line
    }

    fn fold<'a>(&self, files: impl IntoIterator<Item = &'a [u8]>) -> Merged {
        let mut merged = Merged::default();
        files.into_iter().for_each(|file| merged.take_lines(file));
        (merged.damaged, merged.unknown) = (0, 0);
        merged
    }
}

struct Placed;

impl Kept for Placed {
    type Folded = Places;
    const ANY_ORDER: bool = true;

    fn line(&self, number: usize, input: &mut Input) -> String {
        let stamp = stamp(number, input);
        let (id, title) = (article(input), short_text(input));
        places::line(stamp, &ReadingPlace { id, title, offset: input.far_below(1 << 16) })
    }

    fn fold<'a>(&self, files: impl IntoIterator<Item = &'a [u8]>) -> Places {
        let mut places = Places::default();
        files.into_iter().for_each(|file| places.take_lines(file));
        places.unread = 0;
        places
    }
}

struct Decided;

impl Kept for Decided {
    /// What holds for each page.
    type Folded = Vec<(PageId, overrides::Decided)>;
    const ANY_ORDER: bool = false;

    fn line(&self, _: usize, input: &mut Input) -> String {
        let page = PageId([input.below(3) as u8; 32]);
        let verdict = input.one_of(&[Verdict::Begins, Verdict::GoesOn, Verdict::NoArticle]);
        let mode = input.one_of(&[SplitMode::Auto, SplitMode::Strict, SplitMode::Off]);
        let decision = match input.below(6) {
            0 => Decision::Undo,
            1 => Decision::Mode(mode),
            _ => Decision::Line(Override { line: input.below(9), verdict }),
        };
        overrides::line(page, decision)
    }

    fn fold<'a>(&self, files: impl IntoIterator<Item = &'a [u8]>) -> Self::Folded {
        let files: Vec<u8> = files.into_iter().flatten().copied().collect();
        Overrides::of_lines(&files).all()
    }
}
