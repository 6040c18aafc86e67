//! The shape of `keys list --json`.

use serde::Serialize;

use super::SCHEMA;

/// The keys of a keymap.
#[derive(Serialize)]
pub(in crate::cli) struct ListedKeys {
    schema: u32,
    /// The keymap that this one begins from.
    preset: &'static str,
    keys: Vec<ListedKey>,
}

/// A key.
#[derive(Serialize)]
pub(in crate::cli) struct ListedKey {
    /// Where it is typed.
    pub(in crate::cli) context: &'static str,
    /// The sequence as a keymap writes it.
    pub(in crate::cli) keys: String,
    /// What it does, one after the other.
    pub(in crate::cli) commands: Vec<&'static str>,
    /// What each of them does.
    pub(in crate::cli) help: Vec<&'static str>,
    /// The table that says so: the context's own, or `global`.
    pub(in crate::cli) table: &'static str,
    /// File and line that say so.
    pub(in crate::cli) from: String,
}

impl ListedKeys {
    pub(in crate::cli) fn new(preset: &'static str, keys: Vec<ListedKey>) -> Self {
        Self { schema: SCHEMA, preset, keys }
    }
}
