//! How much the words on one side of a place have in common with those on the other.
//!
//! Pairs of Chinese characters stand for words: most words have two, and a pair across a border of
//! words is noise on both sides alike. Pairs fall into a fixed number of slots, so that a
//! comparison needs no dictionary and no map; a slot counts less the more paragraphs hold it.

use super::chars::is_han;
use super::lines::Lines;
use super::roles::Class;

/// Slots for pairs of characters; two pairs share one now and then, which only adds noise.
const SLOTS: usize = 1 << 12;
/// Characters on either side that are compared.
const REACH: usize = 450;
/// Fewer characters tell nothing.
const LEAST: usize = 60;
/// Borders between paragraphs that are looked at to learn what is usual on the page.
const SAMPLES: usize = 24;
/// Borders on either side that the similarity at a place is compared with.
const NEAR: usize = 3;
/// Similarity below which a page is taken to have no topic of its own.
const FAINT: f32 = 0.03;

/// What is known of the similarity at a border.
#[derive(Clone, Copy)]
enum Known {
    /// Nothing yet.
    Nothing,
    /// Too little text on one of its sides.
    Short,
    /// The cosine of the two sides.
    Cosine(f32),
}

/// The topics of a page. Places are borders between two lines of text, whatever stands between
/// them; border `n` has `n` lines of text above it.
pub(super) struct Topics {
    /// The slots of each line of text.
    slots: Vec<Vec<u16>>,
    /// For each filled line, the lines of text before it.
    border: Vec<usize>,
    /// The borders between whose two lines nothing stands, in order.
    plain: Vec<usize>,
    /// What a pair in each slot weighs: the square of its inverse frequency in paragraphs.
    weights: Vec<f32>,
    known: Vec<Known>,
    /// Similarity of neighbours inside the texts of this page.
    usual: f32,
    /// Similarity of places far apart.
    floor: f32,
    above: Bag,
    below: Bag,
}

impl Topics {
    /// Reads the lines of text of a page.
    pub(super) fn of(lines: &Lines<'_>, classes: &[Class]) -> Self {
        let (mut slots, mut border, mut plain) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &class) in classes.iter().enumerate() {
            border.push(slots.len());
            if class == Class::Body {
                slots.push(pairs(lines.str(at)));
                if classes.get(at + 1) == Some(&Class::Body) {
                    plain.push(slots.len());
                }
            }
        }
        border.push(slots.len());
        let (weights, known) = (weights(&slots), vec![Known::Nothing; slots.len() + 1]);
        let (above, below) = (Bag::new(), Bag::new());
        let (usual, floor) = (0.0, 0.0);
        let mut topics = Self { slots, border, plain, weights, known, usual, floor, above, below };
        topics.usual = topics.learn();
        topics.floor = topics.far();
        topics
    }

    /// How much the topic changes at the block that ends before line `end`, and how deep the words
    /// break off there.
    ///
    /// The first is 0 as inside a text of this page, 1 as between places far apart. The second
    /// compares with the best of the borders near on either side (the depth score of
    /// `TextTiling`: Hearst 1997, section 4.3).
    pub(super) fn change(&mut self, end: usize) -> (f32, f32) {
        let Some(&border) = self.border.get(end) else { return (0.0, 0.0) };
        let Some(here) = self.similarity(border) else { return (0.0, 0.0) };
        let span = (self.usual - self.floor).max(self.usual * 0.4);
        let change = if self.usual < FAINT { 0.0 } else { (self.usual - here) / span };
        let (left, right) = (self.peak(false, border), self.peak(true, border));
        let near =
            if left > 0.0 && right > 0.0 { f32::midpoint(left, right) } else { left.max(right) };
        let depth = if near < FAINT { 0.0 } else { (near - here) / near };
        (change.clamp(-1.0, 1.5), depth.clamp(-1.0, 1.0))
    }

    /// The highest similarity at the nearest plain borders on one side of `border`.
    fn peak(&mut self, below: bool, border: usize) -> f32 {
        let (from, to) = if below {
            let from = self.plain.partition_point(|&at| at <= border);
            (from, (from + NEAR).min(self.plain.len()))
        } else {
            let to = self.plain.partition_point(|&at| at < border);
            (to.saturating_sub(NEAR), to)
        };
        let near = (from..to).map(|at| self.plain[at]).collect::<Vec<usize>>();
        near.into_iter().filter_map(|at| self.similarity(at)).fold(0.0, f32::max)
    }

    /// The median similarity at borders between two paragraphs that nothing separates.
    fn learn(&mut self) -> f32 {
        let step = self.plain.len().div_ceil(SAMPLES).max(1);
        let sampled: Vec<usize> = self.plain.iter().copied().step_by(step).collect();
        let mut all: Vec<f32> = sampled.into_iter().filter_map(|at| self.similarity(at)).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    }

    /// The mean similarity of places half a page apart.
    fn far(&mut self) -> f32 {
        let half = self.slots.len() / 2;
        let step = half.div_ceil(SAMPLES / 2).max(1);
        let (mut sum, mut count) = (0.0, 0.0_f32);
        for at in (1..half).step_by(step) {
            if let Some(similarity) = self.compare(at, at + half) {
                (sum, count) = (sum + similarity, count + 1.0);
            }
        }
        if count > 0.0 { sum / count } else { self.usual }
    }

    /// How alike the two sides of a border are; `None` when one of them is too short.
    fn similarity(&mut self, border: usize) -> Option<f32> {
        match self.known.get(border) {
            Some(Known::Cosine(known)) => return Some(*known),
            Some(Known::Short) => return None,
            Some(Known::Nothing) | None => {}
        }
        let similarity = self.compare(border, border);
        if let Some(known) = self.known.get_mut(border) {
            *known = similarity.map_or(Known::Short, Known::Cosine);
        }
        similarity
    }

    /// Cosine of the text above one border and the text below another.
    fn compare(&mut self, above: usize, below: usize) -> Option<f32> {
        let (before, after) = (self.slots.get(..above)?, self.slots.get(below..)?);
        let enough = self.above.fill(before.iter().rev(), &self.weights)
            && self.below.fill(after.iter(), &self.weights);
        enough.then(|| self.above.cosine(&self.below, &self.weights))
    }
}

/// The slots of the telling pairs of a text.
fn pairs(text: &str) -> Vec<u16> {
    let mut slots = Vec::with_capacity(text.len() / 6);
    let mut before = None;
    for c in text.chars() {
        let tells = is_han(c) && !is_common(c);
        if let (Some(first), true) = (before, tells) {
            let pair = u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(c);
            let mixed = pair.wrapping_mul(0x85EB_CA6B);
            slots.push((mixed >> 20) as u16);
        }
        before = tells.then_some(c);
    }
    slots
}

/// Whether `c` stands in so many words that its pairs say nothing of a topic.
fn is_common(c: char) -> bool {
    matches!(
        c,
        '的' | '一'
            | '是'
            | '了'
            | '在'
            | '和'
            | '与'
            | '为'
            | '有'
            | '对'
            | '上'
            | '不'
            | '这'
            | '中'
            | '他'
            | '我'
            | '们'
            | '也'
            | '到'
            | '就'
            | '个'
            | '人'
            | '都'
            | '要'
            | '从'
            | '以'
            | '将'
            | '会'
            | '着'
            | '于'
            | '等'
            | '并'
            | '及'
            | '其'
            | '之'
            | '而'
            | '被'
            | '把'
            | '让'
            | '向'
            | '又'
            | '但'
    )
}

fn weights(slots: &[Vec<u16>]) -> Vec<f32> {
    let mut held = vec![0_u32; SLOTS];
    let mut last = vec![usize::MAX; SLOTS];
    let mut paragraphs = 0_u32;
    for (at, line) in slots.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        paragraphs += 1;
        for &slot in line {
            let slot = usize::from(slot);
            if last[slot] != at {
                last[slot] = at;
                held[slot] += 1;
            }
        }
    }
    let weight = |held: u32| ((1.0 + paragraphs as f32) / (1.0 + held as f32)).ln().powi(2);
    // Most slots are held by few paragraphs: their weights are worked out once.
    let most = held.iter().copied().max().unwrap_or_default();
    let table: Vec<f32> = (0..=most).map(weight).collect();
    held.iter().map(|&held| table.get(held as usize).copied().unwrap_or_default()).collect()
}

/// How often each slot occurs on one side of a place. A count goes into the cosine as its square
/// root, so that one word said often does not stand for a topic.
struct Bag {
    counts: Vec<u16>,
    touched: Vec<u16>,
    /// The square of the length of the vector.
    norm: f32,
}

impl Bag {
    fn new() -> Self {
        Self { counts: vec![0; SLOTS], touched: Vec::new(), norm: 0.0 }
    }

    /// Takes lines up to the reach; whether there was enough to tell anything.
    fn fill<'a>(&mut self, lines: impl Iterator<Item = &'a Vec<u16>>, weights: &[f32]) -> bool {
        for &slot in &self.touched {
            self.counts[usize::from(slot)] = 0;
        }
        self.touched.clear();
        self.norm = 0.0;
        let mut read = 0;
        for line in lines {
            let room = REACH - read;
            for &slot in line.iter().take(room) {
                let at = usize::from(slot);
                if self.counts[at] == 0 {
                    self.touched.push(slot);
                }
                self.counts[at] += 1;
                self.norm += weights[at];
            }
            read += line.len().min(room);
            if read >= REACH {
                break;
            }
        }
        read >= LEAST
    }

    fn cosine(&self, other: &Self, weights: &[f32]) -> f32 {
        let mut both = 0.0;
        for &slot in &self.touched {
            let at = usize::from(slot);
            if other.counts[at] > 0 {
                let counts = f32::from(self.counts[at]) * f32::from(other.counts[at]);
                both += counts.sqrt() * weights[at];
            }
        }
        both / (self.norm * other.norm).sqrt().max(f32::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::roles::classify;

    #[test]
    fn a_new_topic_is_told_from_a_new_section() {
        let tea =
            "老街茶馆清早开门，掌柜烧水沏茶，茶客谈论新茶价格与采茶天气，茶山茶农忙着炒茶晒茶。";
        let bridge =
            "跨江大桥昨夜合龙，施工队浇筑桥面混凝土，桥墩监测数据正常，工程师检查钢索拉力桥塔。";
        let page = [tea, tea, tea, tea, bridge, bridge, bridge, bridge].map(|t| t.repeat(2));
        let text = page.join("\n");
        let lines = Lines::scan(&text);
        let mut topics = Topics::of(&lines, &classify(&lines));
        let (change, depth) = topics.change(4);
        assert!(change > 0.8 && depth > 0.8, "{change} {depth}");
        let (change, depth) = topics.change(2);
        assert!(change < 0.2 && depth < 0.2, "{change} {depth}");
        assert_eq!(topics.change(0), (0.0, 0.0), "nothing stands above");
    }
}
