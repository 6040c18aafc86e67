//! The settings, one row each.

use super::{Ambiguous, value::Kind};
use crate::{article::SplitMode, lang::Lang};

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name in `config.toml`. A dot in it stands for a table: `a.b` is `b` below `[a]`, too.
    pub name: &'static str,
    /// What it can be, and the field that it sets.
    pub kind: Kind,
    /// Its value when it is not set, as it is written in the file.
    pub default: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl Setting {
    /// What it is for.
    pub fn help(&self, lang: Lang) -> &'static str {
        lang.of(self.zh, self.en)
    }

    /// The variable of the environment that sets it: `ZHAIDU_` and its name.
    pub fn variable(&self) -> String {
        format!("ZHAIDU_{}", self.name.to_uppercase().replace('.', "_"))
    }
}

/// Every setting, in the order in which they are shown.
#[rustfmt::skip]
pub static SETTINGS: &[Setting] = &[
    row("lang", Kind::Word(&[
        ("auto", |s| s.lang = None),
        ("zh", |s| s.lang = Some(Lang::Zh)),
        ("en", |s| s.lang = Some(Lang::En)),
    ]), "\"auto\"",
        "界面语言；auto 随 LANG", "language of messages; auto: that of LANG"),
    row("ambiguous", Kind::Word(&[
        ("auto", |s| s.ambiguous = Ambiguous::Auto),
        ("1", |s| s.ambiguous = Ambiguous::One),
        ("2", |s| s.ambiguous = Ambiguous::Two),
        ("universal", |s| s.ambiguous = Ambiguous::Universal),
    ]), "\"auto\"",
        "“ ” … — □ 等字符在终端上占几格；auto 由程序测量",
        "cells of “ ” … — □ on the terminal; auto: as measured"),
    row("keymap", Kind::NameOrFile(&["default", "less", "emacs", "newsboat"], |s| &mut s.keymap), "\"\"",
        "按键文件或内置按键的名字；空：这个文件夹里的 keymap.toml",
        "a file with keys, or built-in ones by name; empty: keymap.toml in this folder"),
    row("theme", Kind::NameOrFile(&["auto", "dark", "light", "sixteen", "mono"], |s| &mut s.theme), "\"auto\"",
        "主题：内置的名字、themes 文件夹里的名字，或文件", "a theme: built in, of the folder themes, or a file"),
    row("mouse", Kind::Switch(|s| &mut s.mouse), "true",
        "由程序处理鼠标；F2 随时切换", "let the mouse work in the interface; F2 changes that"),
    row("motion", Kind::Switch(|s| &mut s.motion), "true",
        "跳到的地方闪一下", "flash the place where a jump lands"),
    row("session", Kind::Switch(|s| &mut s.session), "true",
        "记住离开时的样子和读到哪里", "keep how you leave an archive, and how far you read"),
    row("measure", Kind::Number(20..=200, |s| &mut s.measure), "76",
        "正文一行最多几格", "most cells of a line of text"),
    row("sentences", Kind::Number(1..=99, |s| &mut s.sentences), "5",
        "每篇几句要点", "key sentences of each article"),
    row("pinyin", Kind::Switch(|s| &mut s.pinyin), "true",
        "查找时字母也当拼音", "let letters find what is pronounced like them"),
    row("freshness", Kind::Share(|s| &mut s.freshness), "0.0",
        "查找结果里新的文章靠前多少：0.0 不计，1.0 与最相关的相当",
        "how much newer articles come sooner in results; 1.0: as much as the best score"),
    row("dict", Kind::File(|s| &mut s.dict), "\"\"",
        "不拆开的词，每行一个：词 词频 词性", "file of words to keep whole: word, frequency, tag"),
    row("stopwords", Kind::File(|s| &mut s.stopwords), "\"\"",
        "不计的词，每行一个", "file of words that count for nothing, one a line"),
    row("split", Kind::Word(&[
        ("auto", |s| s.split = SplitMode::Auto),
        ("strict", |s| s.split = SplitMode::Strict),
        ("off", |s| s.split = SplitMode::Off),
    ]), "\"auto\"",
        "一个版面怎样分成几篇；strict 有把握才分，off 不分",
        "how to split pages into articles; strict: only where sure; off: never"),
    row("hidden", Kind::Switch(|s| &mut s.hidden), "false",
        "也读隐藏的文件和文件夹", "read hidden files and folders, too"),
    row("follow", Kind::Switch(|s| &mut s.follow), "false",
        "跟随文件夹里的符号链接", "follow symbolic links inside folders"),
    row("guard", Kind::Switch(|s| &mut s.guard), "true",
        "有一个小进程在旁边，程序被杀也能恢复终端", "keep a small process that restores the terminal if the program is killed"),
    row("sandbox", Kind::Switch(|s| &mut s.sandbox), "true",
        "只写自己的文件夹，不启动程序，不联网 (Landlock)", "write own folders only, start no programs, use no network (Landlock)"),
    row("cache", Kind::Switch(|s| &mut s.cache), "true",
        "为资料库建立索引，下次打开就快", "keep an index of each archive, to open it quickly next time"),
];

const fn row(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Setting {
    Setting { name, kind, default, zh, en }
}
