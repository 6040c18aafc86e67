//! A person's keymap over another one.

use std::collections::BTreeMap;

use super::super::action::{Action, Context};
use super::super::chord::{Chord, Sequence};
use super::error::{KeymapError, KeymapErrorKind as Kind, LineNumbers, locate};
use super::preset::Preset;
use super::read::{Entry, Text, Value, read};
use super::{Binding, Keymap, work_in};

/// The word that unbinds.
const NONE: &str = "none";

/// What came of a keymap file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// All that is wrong with it, in file order.
    pub errors: Vec<KeymapError>,
    /// The keymap that it begins from, if it names one.
    pub preset: Option<Preset>,
    /// The keys that it binds or unbinds, in file order; those with a mistake are not among them.
    pub keys: Vec<PlacedKey>,
}

/// A key that a keymap file says something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedKey {
    /// The line, from 1.
    pub line: usize,
    /// The table.
    pub context: Context,
    /// The key.
    pub sequence: Sequence,
}

impl Keymap {
    /// Put the keymap file `text` over this keymap and return all that is wrong with it, in file
    /// order. `file_name` is for the messages only.
    ///
    /// Lines without a mistake count, for the rest the keymap stays as it was. A key that would
    /// hide a sequence, or be hidden by one, is a mistake and does not count; keys that the file
    /// unbinds are out of the way before its other keys are looked at, whatever their order.
    ///
    /// ```
    /// use zhaidu::app::keymap::Keymap;
    /// use zhaidu::lang::Lang;
    ///
    /// let mut keymap = Keymap::default();
    /// let errors = keymap.merge("keymap.toml", "[list]\n\"m\" = \"sentence nxt\"\n");
    /// assert_eq!(
    ///     errors[0].message(Lang::En),
    ///     "keymap.toml:2:7: unknown action \"sentence nxt\", did you mean \"sentence next\"?",
    /// );
    /// ```
    pub fn merge(&mut self, file_name: &str, text: &str) -> Vec<KeymapError> {
        self.merge_placed(file_name, text).errors
    }

    /// The same, and which line each of the file's keys comes from. A file that names a keymap to
    /// begin from is put over that one, and nothing that was bound before counts.
    pub fn merge_placed(&mut self, file_name: &str, text: &str) -> Merged {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let contents = read(text);
        let preset = contents.preset.map(|(_, preset)| preset);
        if let Some(preset) = preset {
            *self = preset.keymap();
        }
        let mut merge = Merge { errors: contents.errors, lines: Vec::new() };
        merge.understand(contents.entries);
        let mut keys = Vec::with_capacity(merge.lines.len());
        let (unbound, bound): (Vec<_>, Vec<_>) =
            merge.lines.drain(..).partition(|line| line.binding == Binding::Nothing);
        for Line { at, context, sequence, binding } in unbound.into_iter().chain(bound) {
            let clash = match &binding {
                Binding::Run(actions) => self.clash(context, &sequence, actions),
                Binding::Nothing => None,
            };
            if let Some(clash) = clash {
                merge.errors.push((at, clash));
                continue;
            }
            keys.push((at, context, sequence.clone()));
            self.set(context, sequence, binding);
        }
        keys.sort_by_key(|(at, ..)| *at);
        let lines = LineNumbers::new(text);
        let placed = |(at, context, sequence)| PlacedKey { line: lines.of(at), context, sequence };
        let keys = keys.into_iter().map(placed).collect();
        Merged { errors: locate(file_name, text, merge.errors), preset, keys }
    }

    fn set(&mut self, context: Context, sequence: Sequence, binding: Binding) {
        self.tables.entry(context).or_default().insert(sequence, binding);
    }

    /// What a binding in the table of `table` would hide, or be hidden by, in any context.
    fn clash(&self, table: Context, sequence: &Sequence, actions: &[Action]) -> Option<Kind> {
        let inherits = |context: &Context| {
            let own = self.tables.get(context).is_some_and(|keys| keys.contains_key(sequence));
            *context == table || (table == Context::Global && !own && work_in(actions, *context))
        };
        Context::ALL.into_iter().filter(inherits).find_map(|context| {
            let shorter = sequence.beginnings().find_map(|other| {
                let actions = self.actions(context, other.chords())?.to_vec();
                let sequence = sequence.clone();
                Some(Kind::Hidden { sequence, other, actions, context })
            });
            shorter.or_else(|| {
                let all = self.starting_with(context, sequence.chords());
                let mut longer = all.filter(|(other, _)| *other != sequence);
                let (other, actions) = longer.next()?;
                let (other, actions) = (other.clone(), actions.to_vec());
                let (sequence, more) = (sequence.clone(), longer.count());
                Some(Kind::Hides { sequence, other, actions, more, context })
            })
        })
    }
}

/// A line of the file that is understood.
struct Line {
    /// The byte where its key begins.
    at: usize,
    context: Context,
    sequence: Sequence,
    binding: Binding,
}

struct Merge {
    errors: Vec<(usize, Kind)>,
    lines: Vec<Line>,
}

impl Merge {
    /// Keep the entries that mean something, and say what is wrong with the others.
    fn understand(&mut self, entries: Vec<Entry<'_>>) {
        let mut first_places = BTreeMap::new();
        for Entry { context, key, value } in entries {
            let at = key.at;
            let sequence = self.sequence(&key);
            let binding = self.binding(context, value);
            let (Some(context), Some(sequence)) = (context, sequence) else { continue };
            if let Some(&first) = first_places.get(&(context, sequence.clone())) {
                self.errors.push((at, Kind::RepeatedKey { sequence, context, first }));
                continue;
            }
            first_places.insert((context, sequence.clone()), at);
            let Some(binding) = binding else { continue };
            self.warn(at, &sequence, &binding);
            self.lines.push(Line { at, context, sequence, binding });
        }
    }

    fn sequence(&mut self, key: &Text<'_>) -> Option<Sequence> {
        let parsed = key.text.parse();
        parsed.map_err(|error| self.errors.push((key.at, Kind::Key(error)))).ok()
    }

    /// What the value of an entry stands for.
    fn binding(&mut self, context: Option<Context>, value: Value<'_>) -> Option<Binding> {
        let (at, items) = match value {
            Value::One(text) if text.text == NONE => return Some(Binding::Nothing),
            Value::One(text) => (text.at, vec![text]),
            Value::List { at, items } => (at, items),
        };
        if items.is_empty() {
            self.errors.push((at, Kind::EmptyList));
            return None;
        }
        let actions: Vec<_> = items.iter().map(|item| self.action(context, item)).collect();
        actions.into_iter().collect::<Option<_>>().map(Binding::Run)
    }

    fn action(&mut self, context: Option<Context>, text: &Text<'_>) -> Option<Action> {
        let kind = match Action::parse(&text.text) {
            Ok(action) => match context {
                Some(context) if !action.spec().works_in(context) => {
                    Kind::WrongContext { action, context }
                }
                _ => return Some(action),
            },
            Err(_) if text.text == NONE => Kind::NoneInList,
            Err(unknown) => Kind::UnknownAction {
                words: text.text.clone().into_owned(),
                suggestion: unknown.suggestion,
            },
        };
        self.errors.push((text.at, kind));
        None
    }

    /// Warn of a key that may not arrive, unless the file only unbinds it.
    fn warn(&mut self, at: usize, sequence: &Sequence, binding: &Binding) {
        let troubled = |chord: &Chord| Some((*chord, chord.trouble()?));
        if let (Binding::Run(_), Some((chord, trouble))) =
            (binding, sequence.chords().iter().find_map(troubled))
        {
            self.errors.push((at, Kind::Unreliable { chord, trouble }));
        }
    }
}
