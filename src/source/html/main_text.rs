//! Which blocks of a page are its main text.
//!
//! Each paragraph gives points, more for length and punctuation, to the element that holds it, half of
//! them to the one around that. The element with most points, less what of its text is links, is the
//! main text, with those beside it that have many too. The idea is that of the readers of browsers.

use super::outline::{Block, Outline};

/// Characters of a block that is worth points.
const SHORTEST: usize = 10;
/// Points that an element beside the best one needs, as a share of its points.
const SHARE: f64 = 0.2;
/// Characters of a main text; a page with less is taken whole.
const LEAST: usize = 25;

/// What is known of an element.
#[derive(Clone, Copy, Default)]
struct Sum {
    points: f64,
    chars: usize,
    linked: usize,
    /// The last element inside of it.
    last: usize,
}

/// The blocks of the main text, in order.
pub(super) fn blocks(outline: &Outline) -> Vec<&Block> {
    let sums = sums(outline);
    let score = |at: usize| {
        let (Some(sum), Some(node)) = (sums.get(at), outline.nodes.get(at)) else { return 0.0 };
        let text = 1.0 - sum.linked as f64 / sum.chars.max(1) as f64;
        sum.points * text * node.weight
    };
    let best = (0..sums.len()).max_by(|a, b| score(*a).total_cmp(&score(*b)));
    let Some(best) = best.filter(|best| score(*best) > 0.0) else { return fallback(outline) };
    let parent = outline.nodes.get(best).map_or(0, |node| node.parent);
    let beside = |at: usize| {
        let sibling = best != 0 && outline.nodes.get(at).is_some_and(|node| node.parent == parent);
        at != 0 && sibling && score(at) >= score(best) * SHARE
    };
    let ranges: Vec<(usize, usize)> = (0..sums.len())
        .filter(|at| *at == best || beside(*at))
        .map(|at| (at, sums.get(at).map_or(at, |sum| sum.last)))
        .collect();
    // The ranges of siblings are apart and rise.
    let is_inside = |node: usize| {
        let above = ranges.partition_point(|(first, _)| *first <= node);
        above.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|(_, last)| node <= *last)
    };
    let main: Vec<&Block> = outline
        .blocks
        .iter()
        .filter(|block| is_inside(block.node) && is_text(block) && !is_aside(outline, block))
        .collect();
    let chars: usize = main.iter().map(|block| block.chars).sum();
    if chars < LEAST { fallback(outline) } else { main }
}

/// Points and lengths of every element, with those inside of it.
fn sums(outline: &Outline) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); outline.nodes.len()];
    for block in &outline.blocks {
        let Some(node) = outline.nodes.get(block.node) else { continue };
        if let Some(sum) = sums.get_mut(block.node) {
            sum.chars += block.chars;
            sum.linked += block.linked;
        }
        if node.aside || block.level > 0 || block.chars < SHORTEST || !is_text(block) {
            continue;
        }
        let points = points(block);
        let holder = if node.is_leaf { node.parent } else { block.node };
        let around = outline.nodes.get(holder).map_or(0, |node| node.parent);
        for (at, points) in [(holder, points), (around, points / 2.0)] {
            if let Some(sum) = sums.get_mut(at) {
                sum.points += points;
            }
        }
    }
    // Elements come behind the one that they stand in.
    for at in (0..sums.len()).rev() {
        let Some(sum) = sums.get_mut(at) else { continue };
        sum.last = sum.last.max(at);
        let sum = *sum;
        let parent = outline.nodes.get(at).map_or(0, |node| node.parent);
        if let Some(above) = sums.get_mut(parent).filter(|_| parent != at) {
            above.chars += sum.chars;
            above.linked += sum.linked;
            above.last = above.last.max(sum.last);
        }
    }
    sums
}

fn points(block: &Block) -> f64 {
    let stop = |c: &char| matches!(c, '，' | '。' | '、' | '；' | '！' | '？' | ',');
    let stops = block.text.chars().filter(stop).count();
    1.0 + stops as f64 + (block.chars as f64 / 50.0).min(5.0)
}

/// Whether most of it is no link.
fn is_text(block: &Block) -> bool {
    block.linked * 2 <= block.chars
}

fn is_aside(outline: &Outline, block: &Block) -> bool {
    outline.nodes.get(block.node).is_some_and(|node| node.aside)
}

/// What there is, when nothing looks like main text.
fn fallback(outline: &Outline) -> Vec<&Block> {
    let all = || outline.blocks.iter();
    let beside: Vec<&Block> =
        all().filter(|block| is_text(block) && !is_aside(outline, block)).collect();
    if beside.is_empty() { all().collect() } else { beside }
}
