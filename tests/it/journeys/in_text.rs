//! The part of the table that finds something in the open text.

use zhaidu::app::action::Pane::{Keywords, List, Reader};

use super::table::{
    Journey, NORMAL,
    Seen::{Focus, Keyword, Notice, Results, Title, Top, Typed},
    WIDE,
};

/// Finding something in the text.
pub(super) const IN_TEXT: &[Journey] = &[
    (NORMAL, "Enter", "/", &[Typed(Some("")), Focus(Reader), Results(None)]),
    (NORMAL, "Enter /", "水 渠", &[Typed(Some("水渠")), Notice("水渠 1/15"), Focus(Reader)]),
    (NORMAL, "Enter / 水 渠", "Enter", &[Typed(None), Focus(Reader)]),
    (NORMAL, "Enter / 水 渠 Enter", "n", &[Notice("水渠 2/15")]),
    (NORMAL, "Enter / 水 渠 Enter n n", "N", &[Notice("水渠 2/15")]),
    (NORMAL, "Enter / 水 渠 Enter", "N", &[Notice("水渠 15/15 (went round)")]),
    (NORMAL, "Enter / 水 渠 Enter N", "n", &[Notice("水渠 1/15 (went round)")]),
    // From where one reads, not from the beginning.
    (NORMAL, "Enter G /", "水 渠", &[Notice("水渠 14/15")]),
    (NORMAL, "Enter / 第 3 9 段", "Esc", &[Typed(None), Top("河边的书店"), Notice("")]),
    (
        NORMAL,
        "Enter / 第 3 9 段 Backspace Backspace Backspace Backspace",
        "Backspace",
        &[Typed(None), Top("河边的书店")],
    ),
    (NORMAL, "Enter / 没 有 这 个", "", &[Notice("not found"), Top("河边的书店")]),
    (NORMAL, "Enter / 没 有 这 个 Enter", "n", &[Notice("not found")]),
    // As the archive is searched: traditional characters, pinyin, and what is wrong is told.
    (NORMAL, "Enter /", "書 架", &[Notice("書架 1/")]),
    (NORMAL, "Enter /", "s h u i q u", &[Notice("shuiqu 1/15")]),
    (NORMAL, "Enter / 水 渠 Enter / (", "Enter", &[Typed(None), Notice("(")]),
    // It stays in force in the next article, until it is left.
    (NORMAL, "Enter / 水 渠 Enter J", "n", &[Title("山里的电站"), Notice("水渠 1/")]),
    (NORMAL, "Enter / 水 渠 Enter", "Esc", &[Focus(Reader), Notice("nothing is looked for")]),
    (NORMAL, "Enter / 水 渠 Enter Esc", "Esc", &[Focus(List)]),
    (NORMAL, "Enter / 水 渠 Enter Esc", "/ Enter", &[Typed(None), Notice("水渠 1/15")]),
    (NORMAL, "Enter / 水 渠 Enter", "/ Enter", &[Notice("水渠 2/15")]),
    (NORMAL, "Enter / 水 渠 Enter Esc /", "Up", &[Typed(Some("水渠"))]),
    (NORMAL, "Enter / 水 渠 Enter / 灯", "Esc", &[Typed(None), Notice("")]),
    (NORMAL, "Enter / 水 渠 Enter / 灯 Esc", "n", &[Notice("水渠 1/15")]),
    (WIDE, "Enter / 水 渠 Enter A-4", "n", &[Focus(Keywords), Keyword(1)]),
    // The archive is searched from here, too.
    (
        NORMAL,
        "Enter",
        "g / 电 站",
        &[Typed(Some("电站")), Results(Some((1, 1))), Title("山里的电站")],
    ),
    // Folds do not hide what is found.
    (NORMAL, "Enter - - - - /", "第 3 1 段", &[Notice("第31段 1/1")]),
];
