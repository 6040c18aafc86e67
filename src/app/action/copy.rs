//! What of an article can be copied.

use crate::lang::Lang;

/// A text that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyWhat {
    /// The sentence at hand.
    Sentence,
    /// The sentence with where it comes from.
    Citation,
    /// The same as a quotation in Markdown.
    Markdown,
    /// The article as a list of references has it.
    Reference,
    /// Its key sentences.
    Summary,
    /// Its keywords.
    Keywords,
    /// All of its text.
    Article,
    /// Source and line.
    Place,
    /// The command line that prints what is looked at.
    CommandLine,
}

impl CopyWhat {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Sentence,
        Self::Citation,
        Self::Markdown,
        Self::Reference,
        Self::Summary,
        Self::Keywords,
        Self::Article,
        Self::Place,
        Self::CommandLine,
    ];

    /// What people call it.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Sentence => lang.of("句子", "sentence"),
            Self::Citation => lang.of("引文", "citation"),
            Self::Markdown => lang.of("Markdown 引文", "Markdown citation"),
            Self::Reference => lang.of("参考文献", "reference"),
            Self::Summary => lang.of("摘要", "summary"),
            Self::Keywords => lang.of("关键词", "keywords"),
            Self::Article => lang.of("全文", "article"),
            Self::Place => lang.of("出处", "place"),
            Self::CommandLine => lang.of("命令行", "command line"),
        }
    }
}
