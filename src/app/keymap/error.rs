//! What is wrong with a keymap file, and where.

use std::fmt;

use super::super::action::{Action, Context};
use super::super::chord::{Chord, ChordError, Sequence, Trouble};
use super::preset::Preset;
use crate::lang::Lang;

/// Something wrong with a keymap file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeymapError {
    /// The name of the file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Whether the line counts all the same.
    pub severity: Severity,
    /// What is wrong.
    pub kind: KeymapErrorKind,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The key is bound, but it may not work everywhere.
    Warning,
    /// The line does not count.
    Error,
}

/// What is wrong with a line of a keymap file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeymapErrorKind {
    /// It is not TOML. The words are the parser's, in English.
    Syntax(String),
    /// A key before the first table.
    OutsideTable,
    /// A keymap to begin from that there is not.
    UnknownPreset {
        /// Its name.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// Not the name of a keymap to begin from, but this TOML type.
    NoPreset(&'static str),
    /// `inherit` below the header of a table, where it is taken for a key.
    InheritInTable,
    /// A second `inherit`. The first one counts.
    RepeatedInherit,
    /// A table for which there is no context.
    UnknownTable {
        /// Its name.
        name: String,
        /// The table that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// `[[list]]` for `[list]`.
    DoubleBrackets,
    /// The second table for a context. Its keys count.
    RepeatedTable {
        /// The context.
        context: Context,
        /// The line of the first one.
        first: usize,
    },
    /// The key is not written as keys are.
    Key(ChordError),
    /// The second entry for a key of a table. The first one counts.
    RepeatedKey {
        /// The key in its normal form.
        sequence: Sequence,
        /// Its table.
        context: Context,
        /// The line of the first one.
        first: usize,
    },
    /// Neither a string nor a list of strings, but this TOML type.
    WrongType(&'static str),
    /// A list without commands.
    EmptyList,
    /// `none` among commands.
    NoneInList,
    /// A command that there is not.
    UnknownAction {
        /// Its words.
        words: String,
        /// The command that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A command in the table of a context where it does nothing.
    WrongContext {
        /// The command.
        action: Action,
        /// The context.
        context: Context,
    },
    /// The key is the beginning of a longer sequence, which could never be completed.
    Hides {
        /// The key.
        sequence: Sequence,
        /// The longer sequence.
        other: Sequence,
        /// What the longer sequence does.
        actions: Vec<Action>,
        /// How many more longer sequences there are.
        more: usize,
        /// Where both would be in force.
        context: Context,
    },
    /// The key begins with a shorter one that would act before this one is complete.
    Hidden {
        /// The key.
        sequence: Sequence,
        /// The shorter one.
        other: Sequence,
        /// What the shorter one does.
        actions: Vec<Action>,
        /// Where both would be in force.
        context: Context,
    },
    /// The key may never reach the program.
    Unreliable {
        /// The part of the key that may not.
        chord: Chord,
        /// Why.
        trouble: Trouble,
    },
}

impl KeymapError {
    /// The whole message, `file:line:column: what is wrong`, in one line.
    pub fn message(&self, lang: Lang) -> String {
        let Self { file, line, column, severity, kind } = self;
        let severity = match severity {
            Severity::Warning => lang.of("警告：", "warning: "),
            Severity::Error => "",
        };
        let words = match lang {
            Lang::Zh => kind.in_chinese(),
            Lang::En => kind.in_english(),
        };
        format!("{file}:{line}:{column}: {severity}{words}")
    }
}

impl fmt::Display for KeymapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for KeymapError {}

impl KeymapErrorKind {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Unreliable { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn in_english(&self) -> String {
        let meant = |suggestion: Option<&str>| {
            suggestion.map(|name| format!(", did you mean \"{name}\"?")).unwrap_or_default()
        };
        match self {
            Self::Syntax(words) => format!("not TOML: {words}"),
            Self::OutsideTable => "a key stands below a table such as [global]".into(),
            Self::UnknownPreset { name, suggestion } => {
                let known = || format!("; there are {}", presets(", "));
                let hint = suggestion.map_or_else(known, |name| meant(Some(name)));
                format!("unknown keymap {}{hint}", quote(name))
            }
            Self::NoPreset(found) => {
                format!("expected one of {} in quotes, found {found}", presets(", "))
            }
            Self::InheritInTable => "inherit stands above the first table".into(),
            Self::RepeatedInherit => "inherit is there twice; the first one counts".into(),
            Self::UnknownTable { name, suggestion } => {
                format!("unknown table {}{}", quote(name), meant(*suggestion))
            }
            Self::DoubleBrackets => "the name of a table stands in single brackets".into(),
            Self::RepeatedTable { context, first } => {
                format!("[{}] is already in line {first}", context.name())
            }
            Self::Key(error) => error.message(Lang::En),
            Self::RepeatedKey { sequence, context, first } => {
                format!("\"{sequence}\" is already bound in [{}], line {first}", context.name())
            }
            Self::WrongType(found) => {
                format!("expected an action or a list of actions in quotes, found {found}")
            }
            Self::EmptyList => "the list is empty; \"none\" unbinds a key".into(),
            Self::NoneInList => "\"none\" stands alone, not in a list".into(),
            Self::UnknownAction { words, suggestion } => {
                format!("unknown action {}{}", quote(words), meant(*suggestion))
            }
            Self::WrongContext { action, context } => {
                let places = places(*action, ", ");
                format!("\"{action}\" does nothing in [{}]; it works in {places}", context.name())
            }
            Self::Hides { sequence, other, actions, more, context } => {
                let rest = if *more > 0 { format!(" and {more} more") } else { String::new() };
                let (does, table) = (list(actions), context.name());
                format!(
                    "\"{sequence}\" hides \"{other}\" ({does}){rest} in [{table}]; \"{other}\" = \"none\" unbinds that"
                )
            }
            Self::Hidden { sequence, other, actions, context } => format!(
                "\"{sequence}\" is hidden by \"{other}\" ({}) in [{}]; \"{other}\" = \"none\" unbinds that",
                list(actions),
                context.name()
            ),
            Self::Unreliable { chord, trouble } => format!("{chord} {}", trouble.message(Lang::En)),
        }
    }

    fn in_chinese(&self) -> String {
        let meant = |suggestion: Option<&str>| {
            suggestion.map(|name| format!("，是不是 \"{name}\"？")).unwrap_or_default()
        };
        match self {
            Self::Syntax(words) => format!("不是合法的 TOML：{words}"),
            Self::OutsideTable => "键要写在某个表下面，例如 [global]".into(),
            Self::UnknownPreset { name, suggestion } => {
                let known = || format!("；可用的有 {}", presets("、"));
                let hint = suggestion.map_or_else(known, |name| meant(Some(name)));
                format!("没有叫 {} 的键位{hint}", quote(name))
            }
            Self::NoPreset(found) => {
                format!("这里要写引号中的 {} 之一，而不是{}", presets("、"), type_in_chinese(found))
            }
            Self::InheritInTable => "inherit 要写在第一个表的前面".into(),
            Self::RepeatedInherit => "inherit 写了两次，以前一个为准".into(),
            Self::UnknownTable { name, suggestion } => {
                format!("没有叫 {} 的表{}", quote(name), meant(*suggestion))
            }
            Self::DoubleBrackets => "表名只用一层方括号".into(),
            Self::RepeatedTable { context, first } => {
                format!("[{}] 在第 {first} 行已经有了", context.name())
            }
            Self::Key(error) => error.message(Lang::Zh),
            Self::RepeatedKey { sequence, context, first } => {
                format!("\"{sequence}\" 在 [{}] 第 {first} 行已经设过", context.name())
            }
            Self::WrongType(found) => {
                format!("这里要写引号中的命令或命令列表，而不是{}", type_in_chinese(found))
            }
            Self::EmptyList => "列表是空的；要取消一个键，请写 \"none\"".into(),
            Self::NoneInList => "\"none\" 只能单独写，不能放进列表".into(),
            Self::UnknownAction { words, suggestion } => {
                format!("没有命令 {}{}", quote(words), meant(*suggestion))
            }
            Self::WrongContext { action, context } => {
                let places = places(*action, "、");
                format!("\"{action}\" 在 [{}] 中不起作用，只用于 {places}", context.name())
            }
            Self::Hides { sequence, other, actions, more, context } => {
                let rest =
                    if *more > 0 { format!("等 {} 串键", more + 1) } else { String::new() };
                let (does, table) = (list(actions), context.name());
                format!(
                    "\"{sequence}\" 使 [{table}] 中的 \"{other}\"（{does}）{rest}再也按不出来；可用 \"{other}\" = \"none\" 取消后者"
                )
            }
            Self::Hidden { sequence, other, actions, context } => format!(
                "\"{sequence}\" 按不出来：[{}] 中的 \"{other}\"（{}）会先起作用；可用 \"{other}\" = \"none\" 取消后者",
                context.name(),
                list(actions)
            ),
            Self::Unreliable { chord, trouble } => format!("{chord} {}", trouble.message(Lang::Zh)),
        }
    }
}

/// The names of the keymaps that a file can begin from.
fn presets(between: &str) -> String {
    Preset::ALL.map(|preset| format!("\"{}\"", preset.name())).join(between)
}

/// A text of the file in quotes, fit for one line of a terminal: cut, without control characters.
pub(crate) fn quote(text: &str) -> String {
    /// The longest text, in characters, that a message repeats.
    const MAX: usize = 40;
    let cut = if text.chars().nth(MAX).is_some() { "…" } else { "" };
    let shown: String = text.chars().take(MAX).flat_map(escape).collect();
    format!("\"{shown}{cut}\"")
}

fn escape(c: char) -> Vec<char> {
    if c.is_control() { c.escape_default().collect() } else { vec![c] }
}

fn list(actions: &[Action]) -> String {
    let words: Vec<&str> = actions.iter().map(|action| action.words()).collect();
    words.join(", ")
}

/// The Chinese name of a TOML type.
pub(crate) fn type_in_chinese(name: &str) -> &str {
    match name {
        "string" => "字符串",
        "integer" => "整数",
        "float" => "小数",
        "boolean" => "布尔值",
        "datetime" => "时间",
        "array" => "列表",
        "table" => "表",
        _ => name,
    }
}

/// The tables in which a command may be bound.
fn places(action: Action, between: &str) -> String {
    let names: Vec<String> =
        action.spec().contexts.iter().map(|context| format!("[{}]", context.name())).collect();
    names.join(between)
}

/// Where the lines of a text begin.
pub(super) struct LineNumbers(Vec<usize>);

impl LineNumbers {
    pub(super) fn new(text: &str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(starts).collect())
    }

    /// The number, from 1, of the line with this byte.
    pub(super) fn of(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at).max(1)
    }

    /// The byte at which a line begins.
    fn start(&self, line: usize) -> usize {
        self.0.get(line - 1).copied().unwrap_or_default()
    }
}

/// Give every error its line and column, and put them in file order.
pub(super) fn locate(
    file: &str,
    text: &str,
    mut errors: Vec<(usize, KeymapErrorKind)>,
) -> Vec<KeymapError> {
    errors.sort_by_key(|(at, _)| *at);
    let lines = LineNumbers::new(text);
    let line_of = |at: usize| lines.of(at);
    // The errors are in order: each character before them is counted once, however long a line is.
    let (mut counted, mut line, mut column) = (0, 1, 1);
    let mut located = Vec::with_capacity(errors.len());
    for (at, mut kind) in errors {
        if line_of(at) != line {
            line = line_of(at);
            counted = lines.start(line);
            column = 1;
        }
        column += text.get(counted..at).map_or(0, |between| between.chars().count());
        counted = at;
        if let KeymapErrorKind::RepeatedTable { first, .. }
        | KeymapErrorKind::RepeatedKey { first, .. } = &mut kind
        {
            *first = line_of(*first);
        }
        let severity = kind.severity();
        located.push(KeymapError { file: file.to_owned(), line, column, severity, kind });
    }
    located
}
