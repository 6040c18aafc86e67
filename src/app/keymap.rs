//! Which keys do what: a table per context, a built-in default, a person's own file over it.
//!
//! A pane's own table goes before [`Context::Global`]; a global key is in force wherever all its
//! commands work. [`Keymap::merge`] keeps one promise in every context: no bound sequence is the
//! beginning of another. So a sequence needs no timeout, and no key is dead.
//!
//! `read` takes a file apart into entries with their places, `merge` puts them over a keymap,
//! `error` says what is wrong with them. `preset` names our own files, and `built_in` reads those, which
//! have no mistakes.

use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};

use super::action::{Action, Context};
use super::chord::{Chord, Sequence};

mod built_in;
mod error;
mod merge;
mod preset;
mod read;

pub use error::{KeymapError, KeymapErrorKind, Severity};
pub use merge::{Merged, PlacedKey};
pub use preset::Preset;
// The other file that a person writes is told of its mistakes in the same words.
pub(crate) use super::chord::nearest;
pub(crate) use error::{quote, type_in_chinese};

/// The keymap file that is built in.
pub const DEFAULT: &str = include_str!("../../keymaps/default.toml");

/// What a sequence stands for in the table of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Binding {
    /// These commands, one after the other; at least one.
    Run(Vec<Action>),
    /// Nothing, and what it would inherit neither.
    Nothing,
}

/// The keys of one context.
type Table = BTreeMap<Sequence, Binding>;

/// Keys and their commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    tables: BTreeMap<Context, Table>,
}

/// What the chords typed so far amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved<'a> {
    /// A complete sequence: run these commands, one after the other.
    Actions(&'a [Action]),
    /// The beginning of at least one longer sequence.
    Pending,
    /// No sequence begins like this.
    Unbound,
}

impl Default for Keymap {
    /// The keys of [`DEFAULT`].
    fn default() -> Self {
        Preset::Default.keymap()
    }
}

impl Keymap {
    /// A keymap without any key.
    pub fn empty() -> Self {
        Self { tables: BTreeMap::new() }
    }

    /// What the chords typed so far amount to in `context`.
    ///
    /// ```
    /// use zhaidu::app::action::{Action, Context, Motion};
    /// use zhaidu::app::chord::Sequence;
    /// use zhaidu::app::keymap::{Keymap, Resolved};
    ///
    /// let keymap = Keymap::default();
    /// let typed: Sequence = "g g".parse().unwrap();
    /// let (first, both) = (&typed.chords()[..1], typed.chords());
    /// assert_eq!(keymap.resolve(Context::List, first), Resolved::Pending);
    /// let top = [Action::Move(Motion::First)];
    /// assert_eq!(keymap.resolve(Context::List, both), Resolved::Actions(&top));
    /// ```
    pub fn resolve(&self, context: Context, pending: &[Chord]) -> Resolved<'_> {
        if let Some(actions) = self.actions(context, pending) {
            return Resolved::Actions(actions);
        }
        match self.continuations(context, pending).next() {
            Some(_) => Resolved::Pending,
            None => Resolved::Unbound,
        }
    }

    /// Every sequence that does something in `context`, with its commands: first the context's
    /// own keys, then the inherited ones, each in a fixed order.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = (&Sequence, &[Action])> {
        self.starting_with(context, &[])
    }

    /// What can follow the chords typed so far in `context`: the chords still missing and the
    /// commands they lead to, in the order of [`Keymap::bindings`].
    pub fn continuations<'a>(
        &'a self,
        context: Context,
        pending: &'a [Chord],
    ) -> impl Iterator<Item = (&'a [Chord], &'a [Action])> {
        self.starting_with(context, pending).filter_map(move |(sequence, actions)| {
            let rest = sequence.chords().get(pending.len()..)?;
            (!rest.is_empty()).then_some((rest, actions))
        })
    }

    /// The sequences that do exactly `action` in `context`: the fewest chords first, then the
    /// shortest in writing, then in alphabetical order.
    pub fn keys_for(&self, context: Context, action: Action) -> Vec<&Sequence> {
        let own = self.tables.get(&context);
        // Asked once for the command, not for that of every key: frames show keys of commands.
        let inherits = context != Context::Global && work_in(&[action], context);
        let global = self.tables.get(&Context::Global).filter(|_| inherits);
        let alone = |(_, actions): &(&Sequence, &[Action])| *actions == [action];
        let inherited = beginning_with(global, &[])
            .filter(alone)
            .filter(|(sequence, _)| !own.is_some_and(|table| table.contains_key(*sequence)));
        let mut keys: Vec<&Sequence> =
            beginning_with(own, &[]).filter(alone).chain(inherited).map(|(keys, _)| keys).collect();
        keys.sort_by_cached_key(|sequence| {
            let written = sequence.to_string();
            (sequence.chords().len(), written.chars().count(), written)
        });
        keys
    }

    /// The table that has the say on a sequence in `context`: its own, or the one that it inherits.
    pub fn table_of(&self, context: Context, sequence: &Sequence) -> Context {
        let own = self.tables.get(&context).is_some_and(|table| table.contains_key(sequence));
        if own { context } else { Context::Global }
    }

    /// The commands of exactly this sequence in `context`.
    fn actions(&self, context: Context, sequence: &[Chord]) -> Option<&[Action]> {
        let own = self.tables.get(&context).and_then(|table| table.get(sequence));
        match own {
            Some(Binding::Run(actions)) => Some(actions),
            Some(Binding::Nothing) => None,
            None => self.inherited(context, sequence),
        }
    }

    /// The commands that `context` inherits for exactly this sequence.
    fn inherited(&self, context: Context, sequence: &[Chord]) -> Option<&[Action]> {
        match self.tables.get(&Context::Global)?.get(sequence)? {
            Binding::Run(actions) if work_in(actions, context) => Some(actions),
            Binding::Run(_) | Binding::Nothing => None,
        }
    }

    /// What is in force in `context` and begins with `prefix`, it included: first the context's
    /// own table, then what it inherits, each ordered by key.
    pub fn starting_with<'a>(
        &'a self,
        context: Context,
        prefix: &'a [Chord],
    ) -> impl Iterator<Item = (&'a Sequence, &'a [Action])> {
        let own = self.tables.get(&context);
        let global = self.tables.get(&Context::Global).filter(|_| context != Context::Global);
        let inherited = beginning_with(global, prefix)
            .filter(move |(sequence, _)| !own.is_some_and(|table| table.contains_key(*sequence)))
            .filter(move |(_, actions)| work_in(actions, context));
        beginning_with(own, prefix).chain(inherited)
    }
}

/// Whether all of the commands work in `context`.
fn work_in(actions: &[Action], context: Context) -> bool {
    actions.iter().all(|action| action.spec().works_in(context))
}

/// The sequences of a table that do something and begin with `prefix`, it included, in order.
fn beginning_with<'a>(
    table: Option<&'a Table>,
    prefix: &'a [Chord],
) -> impl Iterator<Item = (&'a Sequence, &'a [Action])> {
    table
        .into_iter()
        .flat_map(move |table| table.range::<[Chord], _>((Included(prefix), Unbounded)))
        .take_while(move |(sequence, _)| sequence.chords().starts_with(prefix))
        .filter_map(|(sequence, binding)| match binding {
            Binding::Run(actions) => Some((sequence, actions.as_slice())),
            Binding::Nothing => None,
        })
}

#[cfg(test)]
mod tests;
