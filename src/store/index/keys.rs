//! The keys of very many sources.

use std::collections::HashMap;

use super::rows::SourceKey;

/// Keys of sources, packed one behind the other, with the number of each. Mostly they come in their
/// order, so that a key is found by bisection; the few others have a map.
///
/// ```
/// use zhaidu::store::index::{SourceKey, SourceKeys};
///
/// let mut keys = SourceKeys::default();
/// for name in ["a", "c", "b"] {
///     keys.push(&SourceKey::new(0, name.as_bytes()));
/// }
/// assert_eq!(keys.number(&SourceKey::new(0, b"b")), Some(2));
/// assert_eq!(keys.get(1), Some(SourceKey::new(0, b"c")));
/// ```
#[derive(Clone, Debug, Default)]
pub struct SourceKeys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// So many at the beginning are in order.
    in_order: usize,
    later: HashMap<SourceKey, u32>,
}

impl SourceKeys {
    /// Takes a key in; its number. It has to be new.
    pub fn push(&mut self, key: &SourceKey) -> u32 {
        self.push_bytes(&key.0)
    }

    /// Takes in the key that has these bytes.
    pub(super) fn push_bytes(&mut self, key: &[u8]) -> u32 {
        let number = self.ends.len();
        let is_next = number.checked_sub(1).and_then(|last| self.bytes_of(last)) < Some(key);
        if self.in_order == number && is_next {
            self.in_order += 1;
        } else {
            self.later.insert(SourceKey(key.to_vec()), number as u32);
        }
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len());
        number as u32
    }

    /// Takes in the key that begins with so many bytes of the last one, as many as the two have in common,
    /// and goes on with others; `None` if the last one is shorter.
    pub(super) fn push_sharing(&mut self, shared: usize, rest: &[u8]) -> Option<()> {
        let number = self.ends.len();
        let last = number.checked_sub(1).and_then(|last| self.bytes_of(last)).unwrap_or_default();
        let (last_len, differs) = (last.len(), last.get(shared).copied());
        if shared > last_len {
            return None;
        }
        // The first byte that they do not have in common tells the order.
        let is_next = number == 0 || rest.first().copied() > differs;
        let start = self.bytes.len() - last_len;
        self.bytes.extend_from_within(start..start + shared);
        self.bytes.extend_from_slice(rest);
        self.ends.push(self.bytes.len());
        if self.in_order == number && is_next {
            self.in_order += 1;
        } else {
            let key = self.bytes_of(number).unwrap_or_default().to_vec();
            self.later.insert(SourceKey(key), number as u32);
        }
        Some(())
    }

    /// Takes in all of some others.
    pub fn append(&mut self, others: &Self) {
        let last = self.len().checked_sub(1).and_then(|last| self.bytes_of(last));
        let are_next = self.in_order == self.len()
            && others.in_order == others.len()
            && last < others.bytes_of(0);
        if are_next {
            let before = self.bytes.len();
            self.bytes.extend_from_slice(&others.bytes);
            self.ends.extend(others.ends.iter().map(|end| before + end));
            self.in_order += others.len();
            return;
        }
        for number in 0..others.len() {
            self.push_bytes(others.bytes_of(number).unwrap_or_default());
        }
    }

    /// The key with a number.
    pub fn get(&self, number: u32) -> Option<SourceKey> {
        self.bytes_of(number as usize).map(|bytes| SourceKey(bytes.to_vec()))
    }

    /// Writes the path that the key with a number stands for; the number of the root that it is below.
    pub fn path(&self, number: u32, below: &mut Vec<u8>) -> Option<usize> {
        let (root, names) = self.bytes_of(number as usize)?.split_first_chunk::<2>()?;
        below.clear();
        below.extend(names.iter().map(|byte| if *byte == 0 { b'/' } else { *byte }));
        Some(u16::from_be_bytes(*root).into())
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = SourceKey> {
        (0..self.len() as u32).filter_map(|number| self.get(number))
    }

    /// The number of a key.
    pub fn number(&self, key: &SourceKey) -> Option<u32> {
        let (mut from, mut to) = (0, self.in_order);
        while from < to {
            let middle = from.midpoint(to);
            match self.bytes_of(middle)?.cmp(&key.0) {
                std::cmp::Ordering::Equal => return Some(middle as u32),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        self.later.get(key).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn bytes_of(&self, number: usize) -> Option<&[u8]> {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        self.bytes.get(start?..*self.ends.get(number)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_key_has_its_number(names in prop::collection::hash_set("[a-d]{0,3}", 0..40)) {
            let all: Vec<SourceKey> =
                names.iter().map(|name| SourceKey::new(0, name.as_bytes())).collect();
            let mut sorted = all.clone();
            sorted.sort();
            for order in [all, sorted] {
                let mut keys = SourceKeys::default();
                for key in &order {
                    keys.push(key);
                }
                // However they come, they are the same.
                let (mut halves, mut sharing) = (SourceKeys::default(), SourceKeys::default());
                for half in order.chunks(order.len() / 2 + 1) {
                    let mut part = SourceKeys::default();
                    for key in half {
                        part.push(key);
                    }
                    halves.append(&part);
                }
                let mut last: &[u8] = &[];
                for key in &order {
                    let shared = last.iter().zip(&key.0).take_while(|(a, b)| a == b).count();
                    prop_assert!(sharing.push_sharing(shared, &key.0[shared..]).is_some());
                    last = &key.0;
                }
                for keys in [&halves, &sharing] {
                    prop_assert!(keys.iter().eq(order.iter().cloned()));
                    for (number, key) in (0_u32..).zip(&order) {
                        prop_assert_eq!(keys.number(key), Some(number));
                    }
                }
                prop_assert!(sharing.push_sharing(99, b"x").is_none());
                prop_assert!(keys.iter().eq(order.iter().cloned()));
                for (number, key) in (0_u32..).zip(&order) {
                    prop_assert_eq!(keys.number(key), Some(number));
                }
                prop_assert_eq!(keys.number(&SourceKey::new(0, b"e")), None);
            }
        }
    }
}
