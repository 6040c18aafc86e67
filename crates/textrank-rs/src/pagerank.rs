//! Personalised `PageRank` by power iteration to a tolerance.

use crate::graph::Graph;

/// The most sweeps a ranking may take. A safety net: with the default damping the tightest
/// tolerance is reached in fewer than 180, text graphs need 10 to 40.
pub const MAX_SWEEPS: usize = 500;

/// The smallest tolerance that rounding lets a ranking reach.
const FINEST_TOLERANCE: f64 = 1e-12;

/// How the random reader walks, and when the walk has settled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// The probability of following an edge rather than starting afresh, from 0 to 1; anything
    /// else counts as the default, 0.85.
    pub damping: f64,
    /// The walk has settled when a sweep changes the scores by no more than this in all (the sum
    /// of absolute changes; the scores sum to 1). Default 1e-6. Values below 1e-12, and NaN,
    /// count as 1e-12.
    pub tolerance: f64,
}

impl Default for Walk {
    fn default() -> Self {
        Self { damping: 0.85, tolerance: 1e-6 }
    }
}

/// What a ranking found.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// The score of every node: zero or more, and 1 in sum (empty for an empty graph).
    pub scores: Vec<f64>,
    /// How many sweeps over the graph it took.
    pub sweeps: usize,
    /// Whether the tolerance was met; if not, the sweeps ran into [`MAX_SWEEPS`].
    pub converged: bool,
}

/// Scores the nodes of a graph by how often a random reader visits them.
///
/// A reader at a node follows one of its edges with probability `damping`, heavier edges more
/// often; otherwise, and always at a node without edges, they start afresh at a node drawn from
/// `teleport`. With `w` the weights, `s` their sum at a node and `t` the teleport vector:
///
/// ```text
/// score(i) = d · Σ_j w(i,j) / s(j) · score(j)  +  (1 − d + d · Σ_{s(k)=0} score(k)) · t(i)
/// ```
///
/// This is `PageRank` (Brin and Page, 1998) on weighted undirected edges as in `TextRank` (Mihalcea
/// and Tarau, 2004, equation 2), scaled so that the scores sum to 1; a teleport vector that is
/// not uniform makes it topic-sensitive (Haveliwala, 2002).
///
/// The teleport vector need not be normalised. Entries that are negative, infinite or NaN count
/// as zero; if nothing positive is left, or the length is not the number of nodes, or there is
/// none, the reader starts anywhere with equal probability.
///
/// ```
/// use textrank_rs::{Edge, Graph, Walk, pagerank};
///
/// let path = Graph::from_edges(3, &[
///     Edge { a: 0, b: 1, weight: 1.0 },
///     Edge { a: 1, b: 2, weight: 1.0 },
/// ]);
/// let ranks = pagerank(&path, None, Walk::default());
/// assert!(ranks.converged);
/// assert!(ranks.scores[1] > ranks.scores[0]);
/// ```
pub fn pagerank(graph: &Graph, teleport: Option<&[f64]>, walk: Walk) -> Ranks {
    let damping =
        if (0.0..=1.0).contains(&walk.damping) { walk.damping } else { Walk::default().damping };
    let tolerance = walk.tolerance.max(FINEST_TOLERANCE);
    let teleport = distribution(teleport, graph.nodes());
    let inverse_strengths: Vec<f64> = graph
        .rows()
        .map(
            |(_, weights)| {
                if weights.is_empty() { 0.0 } else { weights.iter().sum::<f64>().recip() }
            },
        )
        .collect();

    let mut scores = teleport.clone();
    // What each node hands out per unit of edge weight.
    let mut shares = vec![0.0; graph.nodes()];
    let mut sweeps = 0;
    let mut converged = scores.is_empty();
    while !converged && sweeps < MAX_SWEEPS {
        sweeps += 1;
        let mut stranded = 0.0;
        for ((share, &score), &inverse) in shares.iter_mut().zip(&scores).zip(&inverse_strengths) {
            *share = score * inverse;
            if inverse == 0.0 {
                stranded += score;
            }
        }
        let afresh = 1.0 - damping + damping * stranded;
        let mut change = 0.0;
        for ((score, &start), (targets, weights)) in
            scores.iter_mut().zip(&teleport).zip(graph.rows())
        {
            let received: f64 =
                targets.iter().zip(weights).map(|(&t, &weight)| weight * shares[t as usize]).sum();
            let new = damping * received + afresh * start;
            change += (new - *score).abs();
            *score = new;
        }
        converged = change <= tolerance;
    }
    normalise(&mut scores);
    Ranks { scores, sweeps, converged }
}

/// The teleport vector as probabilities, by the rules that [`pagerank`] states.
fn distribution(teleport: Option<&[f64]>, nodes: usize) -> Vec<f64> {
    let usable = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    let given = teleport.filter(|given| given.len() == nodes).unwrap_or_default();
    // Divided by the largest first, so that the sum stays finite.
    let largest = given.iter().copied().map(usable).fold(0.0, f64::max);
    let mut shares: Vec<f64> = if largest > 0.0 {
        given.iter().map(|&value| usable(value) / largest).collect()
    } else {
        vec![1.0; nodes]
    };
    normalise(&mut shares);
    shares
}

/// Divides by the sum, which must be positive unless the list is empty.
fn normalise(shares: &mut [f64]) {
    let sum: f64 = shares.iter().sum();
    for share in shares {
        *share /= sum;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::Edge;

    fn graph(nodes: usize, edges: &[(u32, u32, f64)]) -> Graph {
        let edges: Vec<Edge> = edges.iter().map(|&(a, b, weight)| Edge { a, b, weight }).collect();
        Graph::from_edges(nodes, &edges)
    }

    fn fine(damping: f64) -> Walk {
        Walk { damping, tolerance: 1e-12 }
    }

    fn assert_close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (f, e) in found.iter().zip(expected) {
            assert!((f - e).abs() < 1e-10, "{found:?} is not {expected:?}");
        }
    }

    /// a – b – c, all weights 1, d = 0.85, (1 − d)/3 = 0.05:
    /// a = c = 0.05 + 0.85·b/2 and b = 0.05 + 0.85·(a + c) = 0.05 + 1.7·a,
    /// so b = 0.135 + 0.7225·b, b = 0.135/0.2775 = 18/37, a = c = 19/74.
    #[test]
    fn a_path_solved_by_hand() {
        let ranks = pagerank(&graph(3, &[(0, 1, 1.0), (1, 2, 1.0)]), None, fine(0.85));
        assert!(ranks.converged);
        assert_close(&ranks.scores, &[19.0 / 74.0, 18.0 / 37.0, 19.0 / 74.0]);
    }

    /// a –2– b –1– c, d = 1/2, (1 − d)/3 = 1/6:
    /// a = 1/6 + b/3, c = 1/6 + b/6, b = 1/6 + (a + c)/2 = 1/3 + b/4,
    /// so b = 4/9 = 24/54, a = 17/54, c = 13/54.
    #[test]
    fn weights_solved_by_hand() {
        let ranks = pagerank(&graph(3, &[(0, 1, 2.0), (1, 2, 1.0)]), None, fine(0.5));
        assert_close(&ranks.scores, &[17.0 / 54.0, 24.0 / 54.0, 13.0 / 54.0]);
    }

    /// a – b – c, d = 1/2, always starting at a:
    /// a = 1/2 + b/4, c = b/4, b = (a + c)/2 = 1/4 + b/4, so b = 1/3, a = 7/12, c = 1/12.
    #[test]
    fn a_start_solved_by_hand() {
        let path = graph(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
        for start in [[1.0, 0.0, 0.0], [1e308, -3.0, f64::NAN], [1e-320, f64::INFINITY, 0.0]] {
            let ranks = pagerank(&path, Some(&start), fine(0.5));
            assert_close(&ranks.scores, &[7.0 / 12.0, 1.0 / 3.0, 1.0 / 12.0]);
        }
    }

    /// a – b and c alone, d = 1/2: c = (1/2 + c/2)/3, so c = 1/5 and a = b = 2/5.
    #[test]
    fn a_stranded_node_solved_by_hand() {
        let ranks = pagerank(&graph(3, &[(0, 1, 7.0)]), None, fine(0.5));
        assert_close(&ranks.scores, &[0.4, 0.4, 0.2]);
    }

    #[test]
    fn an_unusable_teleport_vector_is_uniform() {
        let path = graph(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
        let uniform = pagerank(&path, None, Walk::default());
        let bad: [&[f64]; 5] =
            [&[], &[1.0, 2.0], &[0.0; 3], &[-1.0, f64::NAN, f64::INFINITY], &[1.0; 4]];
        for teleport in bad {
            assert_eq!(pagerank(&path, Some(teleport), Walk::default()), uniform, "{teleport:?}");
        }
    }

    #[test]
    fn damping_out_of_range_is_the_default_and_nothing_loops_for_ever() {
        let path = graph(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
        let default = pagerank(&path, None, Walk::default());
        for damping in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let walk = Walk { damping, ..Walk::default() };
            assert_eq!(pagerank(&path, None, walk), default, "{damping}");
        }
        for tolerance in [0.0, -1.0, f64::NAN] {
            let ranks = pagerank(&path, None, Walk { tolerance, ..Walk::default() });
            assert!(ranks.converged && ranks.sweeps < 180, "{ranks:?}");
        }
        // Without starting afresh the reader of a path swings for ever between middle and ends.
        let ranks = pagerank(&path, None, Walk { damping: 1.0, ..Walk::default() });
        assert_eq!((ranks.converged, ranks.sweeps), (false, MAX_SWEEPS));
    }

    #[test]
    fn no_nodes_and_one_node() {
        let none = pagerank(&graph(0, &[]), Some(&[]), Walk::default());
        assert_eq!((none.scores.len(), none.sweeps, none.converged), (0, 0, true));
        assert_eq!(pagerank(&graph(1, &[]), None, Walk::default()).scores, [1.0]);
    }

    proptest! {
        #[test]
        fn scores_are_probabilities(
            edges in prop::collection::vec((0_u32..9, 0_u32..9, any::<f64>()), 0..40),
            teleport in prop::collection::vec(any::<f64>(), 9),
            damping in 0.0..0.99,
        ) {
            let graph = graph(9, &edges);
            let walk = Walk { damping, ..Walk::default() };
            let ranks = pagerank(&graph, Some(&teleport), walk);
            prop_assert!(ranks.scores.iter().all(|&score| score >= 0.0));
            prop_assert!((ranks.scores.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert_eq!(pagerank(&graph, Some(&teleport), walk), ranks);
        }
    }
}
