//! Every file and folder that the program reads or writes for a person.

use std::path::PathBuf;

use super::{
    backup_folder, index_folder, keymap_file, marks_folder, overrides_file, places_folder,
    reports_folder, sessions_folder, settings_file, themes_folder,
};
use crate::lang::Lang;

/// A file or folder of a person.
#[derive(Debug)]
pub struct Kept {
    /// Its name for programs.
    pub name: &'static str,
    /// Where it is; `None` without a home folder.
    pub path: Option<PathBuf>,
    /// Whether the program writes to it.
    pub is_written: bool,
    zh: &'static str,
    en: &'static str,
}

impl Kept {
    /// What it holds.
    pub fn help(&self, lang: Lang) -> &'static str {
        lang.of(self.zh, self.en)
    }
}

/// All of them; none need be there.
#[rustfmt::skip]
pub fn places() -> Vec<Kept> {
    let read = |name, path, zh, en| Kept { name, path, is_written: false, zh, en };
    let written = |name, path, zh, en| Kept { name, path, is_written: true, zh, en };
    vec![
        read("config", settings_file(), "设置", "settings"),
        read("keymap", keymap_file(), "按键", "keys"),
        read("themes", themes_folder(), "你的主题", "your themes"),
        written("marks", marks_folder(), "标记", "marks"),
        written("overrides", overrides_file(), "你对版面的决定", "what you decided about pages"),
        written("places", places_folder(), "读到哪里", "how far articles were read"),
        written("backup", backup_folder(), "标记和决定的备份", "copies of marks and decisions"),
        written("sessions", sessions_folder(), "上次离开时的样子", "how archives were left"),
        written("reports", reports_folder(), "出错的报告，可以删", "reports of failures; may be removed"),
        written("index", index_folder(), "索引，可以删", "indexes; may be removed"),
    ]
}
