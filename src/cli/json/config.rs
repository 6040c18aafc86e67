//! The shapes of `config --json` and `config --paths --json`.

use serde::Serialize;
use serde_json::Value;

use super::SCHEMA;

/// The settings in force.
#[derive(Serialize)]
pub(in crate::cli) struct ListedSettings {
    schema: u32,
    settings: Vec<ListedSetting>,
}

/// A setting.
#[derive(Serialize)]
pub(in crate::cli) struct ListedSetting {
    /// Its name in `config.toml`.
    pub(in crate::cli) name: &'static str,
    /// What it is.
    pub(in crate::cli) value: Value,
    /// What it is when nobody sets it.
    pub(in crate::cli) default: Value,
    /// Where it is set: file, line and column, a variable, or `--set`; null for the default.
    pub(in crate::cli) from: Option<String>,
    /// The variable of the environment that sets it.
    pub(in crate::cli) variable: String,
    /// What it is for.
    pub(in crate::cli) help: &'static str,
}

impl ListedSettings {
    pub(in crate::cli) fn new(settings: Vec<ListedSetting>) -> Self {
        Self { schema: SCHEMA, settings }
    }
}

/// The files and folders of a person.
#[derive(Serialize)]
pub(in crate::cli) struct ListedPaths {
    schema: u32,
    paths: Vec<ListedPath>,
}

/// A file or folder.
#[derive(Serialize)]
pub(in crate::cli) struct ListedPath {
    /// What it is called here.
    pub(in crate::cli) name: &'static str,
    /// Where it is; null without a home folder.
    pub(in crate::cli) path: Option<String>,
    /// Whether it is there.
    pub(in crate::cli) exists: bool,
    /// Whether the program writes to it.
    pub(in crate::cli) written: bool,
    /// What it holds.
    pub(in crate::cli) help: &'static str,
}

impl ListedPaths {
    pub(in crate::cli) fn new(paths: Vec<ListedPath>) -> Self {
        Self { schema: SCHEMA, paths }
    }
}
