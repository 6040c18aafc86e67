//! The sections that commands stand in where they are explained.

use crate::lang::Lang;

/// A section of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Getting from row to row and from article to article.
    Moving,
    /// Getting at what an article says.
    Reading,
    /// The order of the list.
    List,
    /// Searching the whole archive.
    Finding,
    /// The page as it is, and where its articles begin.
    Page,
    /// What the person keeps about articles.
    Marks,
    /// Taking texts elsewhere.
    Taking,
    /// The parts of the screen.
    Panes,
    /// The program as a whole.
    Program,
    /// The line that is typed.
    Typing,
}

impl Group {
    /// All groups in the order in which the help shows them.
    pub const ALL: [Self; 10] = [
        Self::Moving,
        Self::Reading,
        Self::List,
        Self::Finding,
        Self::Page,
        Self::Marks,
        Self::Taking,
        Self::Panes,
        Self::Program,
        Self::Typing,
    ];

    /// The heading of the section.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Moving => lang.of("移动", "Moving"),
            Self::Reading => lang.of("阅读", "Reading"),
            Self::List => lang.of("列表", "List"),
            Self::Finding => lang.of("查找", "Finding"),
            Self::Page => lang.of("版面", "Page"),
            Self::Marks => lang.of("标记", "Marks"),
            Self::Taking => lang.of("取用", "Taking along"),
            Self::Panes => lang.of("窗格", "Panes"),
            Self::Program => lang.of("程序", "Program"),
            Self::Typing => lang.of("输入", "Typing"),
        }
    }
}
