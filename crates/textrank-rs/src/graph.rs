//! Undirected weighted graphs in compressed sparse row form.

use crate::rows::accumulate;

/// The weights a graph holds. Within these bounds no sum of weights, and no division by one, can
/// leave the range of `f64`.
const WEIGHTS: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// A link between two nodes, the same from either end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One end.
    pub a: u32,
    /// The other end.
    pub b: u32,
    /// How strong the link is; more is stronger.
    pub weight: f64,
}

/// An undirected weighted graph.
///
/// Every edge is stored from both of its ends, and the neighbours of a node lie side by side in
/// ascending order (compressed sparse rows), so memory is proportional to nodes and edges and
/// never to the square of the nodes.
///
/// ```
/// use textrank_rs::{Edge, Graph};
///
/// let graph = Graph::from_edges(3, &[
///     Edge { a: 2, b: 0, weight: 1.0 },
///     Edge { a: 0, b: 1, weight: 0.5 },
///     Edge { a: 0, b: 2, weight: 2.0 },
/// ]);
/// assert_eq!(graph.neighbours(0).collect::<Vec<_>>(), [(1, 0.5), (2, 3.0)]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// The neighbours of node `n` are `targets[offsets[n]..offsets[n + 1]]`.
    offsets: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Graph {
    /// Builds a graph of `nodes` nodes, numbered from zero.
    ///
    /// Edges between the same two nodes are merged and their weights added. Edges from a node to
    /// itself, edges that name a node the graph does not have, and edges whose weight is zero,
    /// negative or NaN are left out. Weights are brought into 1e-100 to 1e100.
    ///
    /// Takes time linear in nodes and edges, and the result does not depend on which end of an
    /// edge is called `a`.
    pub fn from_edges(nodes: usize, edges: &[Edge]) -> Self {
        Self::merged(nodes, edges, |sum, weight| sum + weight)
    }

    /// As [`from_edges`](Self::from_edges), with the caller's way of merging parallel edges.
    pub(crate) fn merged(nodes: usize, edges: &[Edge], merge: fn(f64, f64) -> f64) -> Self {
        let usable = || edges.iter().filter(|edge| is_usable(edge, nodes));
        let mut offsets = vec![0; nodes + 1];
        for edge in usable() {
            offsets[edge.a as usize + 1] += 1;
            offsets[edge.b as usize + 1] += 1;
        }
        accumulate(&mut offsets);

        let mut filling = Filling::new(&offsets);
        for edge in usable() {
            let weight = edge.weight.clamp(*WEIGHTS.start(), *WEIGHTS.end());
            filling.put(edge.a, edge.b, weight);
            filling.put(edge.b, edge.a, weight);
        }
        let mut graph = filling.into_graph(offsets);
        // Edges that come in order, the smaller end first, have filled the rows in order.
        if !graph.rows().all(|(targets, _)| targets.is_sorted_by(|a, b| a < b)) {
            graph = graph.mirrored();
            graph.merge_parallel(merge);
        }
        graph
    }

    /// The same graph with its rows in ascending order.
    ///
    /// The graph is its own mirror image: reading it row by row and writing each entry at its
    /// other end sorts every row without comparing anything.
    fn mirrored(self) -> Self {
        let mut filling = Filling::new(&self.offsets);
        for (row, (targets, weights)) in (0_u32..).zip(self.rows()) {
            for (&target, &weight) in targets.iter().zip(weights) {
                filling.put(target, row, weight);
            }
        }
        filling.into_graph(self.offsets)
    }

    /// Builds a graph from rows that are already merged, ascending and symmetric.
    ///
    /// `entries` appends the neighbours of one node to the lists it is given.
    pub(crate) fn from_rows(
        nodes: usize,
        mut entries: impl FnMut(usize, &mut Vec<u32>, &mut Vec<f64>),
    ) -> Self {
        let mut graph = Self { offsets: vec![0], targets: Vec::new(), weights: Vec::new() };
        for node in 0..nodes {
            entries(node, &mut graph.targets, &mut graph.weights);
            graph.offsets.push(graph.targets.len());
        }
        graph
    }

    /// Merges equal neighbours, which lie side by side, and closes the gaps.
    fn merge_parallel(&mut self, merge: fn(f64, f64) -> f64) {
        let mut kept = 0;
        let mut start = 0;
        for end in self.offsets.iter_mut().skip(1) {
            let row_start = kept;
            for place in start..*end {
                let (target, weight) = (self.targets[place], self.weights[place]);
                if kept > row_start && self.targets[kept - 1] == target {
                    self.weights[kept - 1] = merge(self.weights[kept - 1], weight);
                } else {
                    self.targets[kept] = target;
                    self.weights[kept] = weight;
                    kept += 1;
                }
            }
            start = std::mem::replace(end, kept);
        }
        self.targets.truncate(kept);
        self.weights.truncate(kept);
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.offsets.len() - 1
    }

    /// How many edges there are, each counted once.
    pub fn edges(&self) -> usize {
        self.targets.len() / 2
    }

    /// The neighbours of a node in ascending order, each with the weight of the edge to it.
    ///
    /// A node that the graph does not have has no neighbours.
    pub fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let bounds = self.offsets.get(node..).and_then(|offsets| offsets.first_chunk());
        let row = bounds.map_or(0..0, |&[start, end]| start..end);
        let (targets, weights) = (&self.targets[row.clone()], &self.weights[row]);
        targets.iter().map(|&target| target as usize).zip(weights.iter().copied())
    }

    /// The sum of the weights of a node's edges; zero for a node that has none.
    pub fn strength(&self, node: usize) -> f64 {
        self.neighbours(node).map(|(_, weight)| weight).sum()
    }

    /// Neighbours and weights of every node in turn.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&[u32], &[f64])> {
        self.offsets.windows(2).map(|bounds| {
            let row = bounds[0]..bounds[1];
            (&self.targets[row.clone()], &self.weights[row])
        })
    }
}

/// A graph whose rows are being filled, with room for every entry.
struct Filling {
    /// The next free place of each row.
    free: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Filling {
    fn new(offsets: &[usize]) -> Self {
        let places = offsets.last().copied().unwrap_or(0);
        Self { free: offsets.to_vec(), targets: vec![0; places], weights: vec![0.0; places] }
    }

    fn put(&mut self, row: u32, target: u32, weight: f64) {
        let place = &mut self.free[row as usize];
        self.targets[*place] = target;
        self.weights[*place] = weight;
        *place += 1;
    }

    fn into_graph(self, offsets: Vec<usize>) -> Graph {
        Graph { offsets, targets: self.targets, weights: self.weights }
    }
}

/// Whether an edge joins two different nodes of the graph with a positive weight.
fn is_usable(edge: &Edge, nodes: usize) -> bool {
    edge.a != edge.b && (edge.a as usize) < nodes && (edge.b as usize) < nodes && edge.weight > 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(graph: &Graph, node: usize) -> Vec<(usize, f64)> {
        graph.neighbours(node).collect()
    }

    #[test]
    fn unusable_edges_are_left_out_and_weights_kept_in_bounds() {
        let weights = [0.0, -1.0, f64::NAN, f64::NEG_INFINITY];
        let mut edges: Vec<Edge> = weights.map(|weight| Edge { a: 0, b: 1, weight }).into();
        edges.push(Edge { a: 1, b: 1, weight: 1.0 });
        edges.push(Edge { a: 0, b: 3, weight: 1.0 });
        assert_eq!(Graph::from_edges(3, &edges).edges(), 0);

        edges.push(Edge { a: 0, b: 1, weight: f64::INFINITY });
        edges.push(Edge { a: 2, b: 1, weight: f64::MIN_POSITIVE });
        let graph = Graph::from_edges(3, &edges);
        assert_eq!(row(&graph, 1), [(0, 1e100), (2, 1e-100)]);
    }

    #[test]
    fn an_empty_graph_and_a_node_that_is_not_there() {
        let graph = Graph::from_edges(0, &[]);
        assert_eq!((graph.nodes(), graph.edges()), (0, 0));
        for node in [0, 1, usize::MAX] {
            assert_eq!(row(&graph, node), []);
            assert!(graph.strength(node).abs() < f64::EPSILON);
        }
    }

    prop_compose! {
        fn any_edges()(edges in prop::collection::vec((0_u32..12, 0_u32..12, 0_u8..9), 0..80))
            -> Vec<Edge> {
            edges.into_iter().map(|(a, b, w)| Edge { a, b, weight: f64::from(w) / 4.0 }).collect()
        }
    }

    proptest! {
        #[test]
        fn agrees_with_a_dense_matrix(edges in any_edges()) {
            let graph = Graph::from_edges(10, &edges);
            let mut dense = [[0.0; 10]; 10];
            for edge in &edges {
                let (a, b) = (edge.a as usize, edge.b as usize);
                if a != b && a < 10 && b < 10 {
                    dense[a][b] += edge.weight;
                    dense[b][a] += edge.weight;
                }
            }
            for (node, expected) in dense.iter().enumerate() {
                let expected: Vec<(usize, f64)> =
                    expected.iter().copied().enumerate().filter(|&(_, w)| w > 0.0).collect();
                prop_assert_eq!(row(&graph, node), expected);
            }
        }

        #[test]
        fn turning_edges_round_changes_nothing(edges in any_edges()) {
            let turned: Vec<Edge> =
                edges.iter().map(|e| Edge { a: e.b, b: e.a, weight: e.weight }).collect();
            prop_assert_eq!(Graph::from_edges(12, &edges), Graph::from_edges(12, &turned));
        }
    }
}
