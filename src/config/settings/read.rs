//! Takes a file of settings apart. A mistake costs its own line only.

use toml::de::{DeTable, DeValue};

use super::{
    mistake::SettingsErrorKind,
    table::{SETTINGS, Setting},
};
use crate::app::keymap::nearest;

/// What is found in a file: at which byte of it, and what.
struct Found<'a> {
    take: &'a mut dyn FnMut(usize, &'static Setting, &DeValue<'_>),
    reject: Vec<(usize, SettingsErrorKind)>,
}

/// Hands every setting of a file to `take`, with the byte at which its value stands. What is wrong with
/// the rest.
pub(super) fn settings(
    text: &str,
    take: &mut dyn FnMut(usize, &'static Setting, &DeValue<'_>),
) -> Vec<(usize, SettingsErrorKind)> {
    let mut found = Found { take, reject: Vec::new() };
    let (table, mistakes) = DeTable::parse_recoverable(text);
    if mistakes.is_empty() {
        found.table(0, "", &table.into_inner());
    } else {
        let (mut at, mut above) = (0, String::new());
        for line in text.split_inclusive('\n') {
            found.line(at, line, &mut above);
            at += line.len();
        }
    }
    found.reject
}

impl Found<'_> {
    /// A line of a file with mistakes, below the table `above`.
    fn line(&mut self, base: usize, line: &str, above: &mut String) {
        let (table, mistakes) = DeTable::parse_recoverable(line);
        let place = |mistake: &toml::de::Error| mistake.span().map_or(0, |span| span.start);
        if let Some(mistake) = mistakes.iter().min_by_key(|mistake| place(mistake)) {
            let at = base + place(mistake).min(line.trim_end().len());
            self.reject.push((at, SettingsErrorKind::Syntax(mistake.message().to_owned())));
            return;
        }
        let table = table.into_inner();
        match table.iter().next() {
            Some((name, _)) if line.trim_start().starts_with('[') && is_above(name.get_ref()) => {
                *above = format!("{}.", name.get_ref());
            }
            _ => self.table(base, above, &table),
        }
    }

    /// What stands in a table; `above` are the names of those that it lies in, with a dot behind each.
    fn table(&mut self, base: usize, above: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = format!("{above}{}", key.get_ref());
            let at = base + key.span().start;
            match (SETTINGS.iter().find(|setting| setting.name == name), value.get_ref()) {
                (Some(setting), value_found) => {
                    (self.take)(base + value.span().start, setting, value_found);
                }
                (None, DeValue::Table(below)) if is_above(&name) => {
                    self.table(base, &format!("{name}."), below);
                }
                (None, _) => self.reject.push((at, unknown(name))),
            }
        }
    }
}

/// Whether the names of settings begin with this one and a dot.
fn is_above(name: &str) -> bool {
    let below = |setting: &'static Setting| setting.name.strip_prefix(name);
    SETTINGS.iter().filter_map(below).any(|rest| rest.starts_with('.'))
}

/// There is no setting of this name.
pub(super) fn unknown(name: String) -> SettingsErrorKind {
    let suggestion = nearest(&name, SETTINGS.iter().map(|setting| setting.name));
    SettingsErrorKind::UnknownName { name, suggestion }
}
