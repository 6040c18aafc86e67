//! What the forms of records are called where the split is explained.

use crate::article::why::Word;

pub(super) const FIXED: Word = Word::new("固定的前三行", "fixed first lines");
pub(super) const HEADER: Word = Word::new("版头", "page header");
pub(super) const NUMBERED: Word = Word::new("连续编号", "numbered records");
pub(super) const MATTER: Word = Word::new("文首字段", "front matter");
pub(super) const LABELS: Word = Word::new("字段名", "labels");
pub(super) const ROWS: Word = Word::new("每行一篇", "an article per line");
pub(super) const RULES: Word = Word::new("分隔线", "separator lines");
pub(super) const TABS: Word = Word::new("制表符分隔", "tabulator");
