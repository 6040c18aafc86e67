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
const REACH: u32 = 600;
/// Fewer characters tell nothing.
const LEAST: u32 = 60;
/// Borders between paragraphs that are looked at to learn what is usual on the page.
const SAMPLES: usize = 48;
/// Borders on either side that the similarity at a place is compared with.
const NEAR: usize = 4;
/// Similarity below which a page is taken to have no topic of its own.
const FAINT: f32 = 0.03;

/// Characters in so many words that their pairs say nothing of a topic.
const COMMON: &str =
    "的一是了在和与为有对上不这中他我们也到就个人都要从以将会着于等并及其之而被把让向又但";

/// The topics of a page.
pub(super) struct Topics {
    /// The slots of each filled line, text lines only.
    slots: Vec<Vec<u16>>,
    /// What a pair in each slot weighs: the square of its inverse frequency in paragraphs.
    weights: Vec<f32>,
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
        let text = |at: usize| classes.get(at) == Some(&Class::Body);
        let slots: Vec<Vec<u16>> = (0..classes.len())
            .map(|at| if text(at) { pairs(lines.str(at)) } else { Vec::new() })
            .collect();
        let weights = weights(&slots);
        let mut topics =
            Self { slots, weights, usual: 0.0, floor: 0.0, above: Bag::new(), below: Bag::new() };
        topics.usual = topics.learn(classes);
        topics.floor = topics.far();
        topics
    }

    /// How much the topic changes between the text before line `above` and the text from line
    /// `below` on: 0 as inside a text of this page, 1 nothing in common, below 0 closer than usual.
    pub(super) fn change(&mut self, above: usize, below: usize) -> f32 {
        match self.similarity(above, below) {
            Some(similarity) if self.usual >= FAINT => {
                let span = (self.usual - self.floor).max(self.usual * 0.4);
                ((self.usual - similarity) / span).clamp(-1.0, 1.5)
            }
            _ => 0.0,
        }
    }

    /// How deep the similarity falls at the place, against the best of the borders near it on
    /// either side (the depth score of TextTiling: Hearst 1997, section 4.3).
    pub(super) fn depth(&mut self, classes: &[Class], above: usize, below: usize) -> f32 {
        let Some(here) = self.similarity(above, below) else { return 0.0 };
        let text = |at: &usize| classes.get(*at) == Some(&Class::Body);
        let before: Vec<usize> =
            (1..above).rev().filter(|at| text(at) && text(&(at - 1))).take(NEAR).collect();
        let after: Vec<usize> = (below + 1..classes.len())
            .filter(|at| text(at) && text(&(at - 1)))
            .take(NEAR)
            .collect();
        let mut peak = |borders: &[usize]| {
            borders.iter().filter_map(|&at| self.similarity(at, at)).fold(0.0, f32::max)
        };
        let (left, right) = (peak(&before), peak(&after));
        let usual = match (left > 0.0, right > 0.0) {
            (true, true) => (left + right) / 2.0,
            _ => left.max(right),
        };
        if usual < FAINT { 0.0 } else { ((usual - here) / usual).clamp(-1.0, 1.0) }
    }

    /// The median similarity at borders between two paragraphs that nothing separates.
    fn learn(&mut self, classes: &[Class]) -> f32 {
        let text = |at: usize| classes.get(at) == Some(&Class::Body);
        let borders: Vec<usize> =
            (1..classes.len()).filter(|&at| text(at - 1) && text(at)).collect();
        let step = borders.len().div_ceil(SAMPLES).max(1);
        let sampled = borders.into_iter().step_by(step);
        let mut all: Vec<f32> = sampled.filter_map(|at| self.similarity(at, at)).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    }

    /// The mean similarity of places half a page apart.
    fn far(&mut self) -> f32 {
        let filled: Vec<usize> =
            (0..self.slots.len()).filter(|&at| !self.slots[at].is_empty()).collect();
        let half = filled.len() / 2;
        let step = half.div_ceil(SAMPLES / 2).max(1);
        let mut sum = (0.0, 0.0_f32);
        for at in (1..half).step_by(step) {
            if let (Some(&a), Some(&b)) = (filled.get(at), filled.get(at + half))
                && let Some(similarity) = self.similarity(a, b)
            {
                sum = (sum.0 + similarity, sum.1 + 1.0);
            }
        }
        if sum.1 > 0.0 { sum.0 / sum.1 } else { self.usual }
    }

    /// Cosine of the two sides; `None` when one of them is too short.
    fn similarity(&mut self, above: usize, below: usize) -> Option<f32> {
        let before = self.slots.get(..above)?.iter().rev();
        let enough = self.above.fill(before) && {
            let after = self.slots.get(below..)?.iter();
            self.below.fill(after)
        };
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

fn is_common(c: char) -> bool {
    COMMON.contains(c)
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
    let weight = |&held: &u32| ((1.0 + paragraphs as f32) / (1.0 + held as f32)).ln().powi(2);
    held.iter().map(weight).collect()
}

/// How often each slot occurs on one side of a place.
struct Bag {
    counts: Vec<u16>,
    touched: Vec<u16>,
}

impl Bag {
    fn new() -> Self {
        Self { counts: vec![0; SLOTS], touched: Vec::new() }
    }

    /// Takes lines up to the reach; whether there was enough to tell anything.
    fn fill<'a>(&mut self, lines: impl Iterator<Item = &'a Vec<u16>>) -> bool {
        for &slot in &self.touched {
            self.counts[usize::from(slot)] = 0;
        }
        self.touched.clear();
        let mut read = 0;
        'lines: for line in lines {
            for &slot in line {
                let count = &mut self.counts[usize::from(slot)];
                if *count == 0 {
                    self.touched.push(slot);
                }
                *count += 1;
                read += 1;
                if read >= REACH {
                    break 'lines;
                }
            }
        }
        read >= LEAST
    }

    fn cosine(&self, other: &Self, weights: &[f32]) -> f32 {
        let count = |bag: &Self, slot: u16| f32::from(bag.counts[usize::from(slot)]).sqrt();
        let weight = |slot: u16| weights[usize::from(slot)];
        let norm = |bag: &Self| -> f32 {
            bag.touched.iter().map(|&slot| count(bag, slot).powi(2) * weight(slot)).sum()
        };
        let both: f32 = self
            .touched
            .iter()
            .map(|&slot| count(self, slot) * count(other, slot) * weight(slot))
            .sum();
        both / (norm(self) * norm(other)).sqrt().max(f32::MIN_POSITIVE)
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
        assert!(topics.change(4, 4) > 0.8, "{}", topics.change(4, 4));
        assert!(topics.change(2, 2) < 0.2, "{}", topics.change(2, 2));
        assert!(topics.change(0, 0).abs() < f32::EPSILON, "nothing stands above");
    }
}
