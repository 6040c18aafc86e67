//! What can go wrong with one source while the rest goes on.
//!
//! A [`Problem`] holds raw data: the place as the operating system spells it and what happened. Its
//! message is made on demand in the language of the reader. Places come from outside and may hold
//! any byte, so the shells sanitise what they show.

use std::ffi::OsString;
use std::fmt::{self, Write as _};
use std::io;

use thiserror::Error;

use crate::lang::Lang;

/// One source, or one record of it, could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path of the source as it was given or found, or a name such as `<stdin>`.
    pub place: OsString,
    /// The line, from 1, when only one record of the source is concerned.
    pub line: Option<u64>,
    /// What happened.
    pub kind: ProblemKind,
}

impl Problem {
    /// A problem with a whole source.
    pub fn new(place: impl Into<OsString>, kind: ProblemKind) -> Self {
        Self { place: place.into(), line: None, kind }
    }

    /// A problem with the record that begins on `line`, counted from 1.
    pub fn at_line(place: impl Into<OsString>, line: u64, kind: ProblemKind) -> Self {
        Self { place: place.into(), line: Some(line), kind }
    }
}

/// `place:line: message` in English, for logs and tests; not sanitised.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.place.to_string_lossy())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.kind)
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.kind)
    }
}

/// What is not a regular file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpecialFile {
    /// A folder where a file was expected.
    Folder,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A character device, such as a terminal.
    CharacterDevice,
    /// A block device, such as a disk.
    BlockDevice,
    /// Something the operating system has no name for.
    Unknown,
}

impl SpecialFile {
    /// Its name.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Folder => lang.of("文件夹", "folder"),
            Self::Pipe => lang.of("命名管道", "named pipe"),
            Self::Socket => lang.of("套接字", "socket"),
            Self::CharacterDevice => lang.of("字符设备", "character device"),
            Self::BlockDevice => lang.of("块设备", "block device"),
            Self::Unknown => lang.of("类型不明", "of unknown type"),
        }
    }
}

/// Why a source could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.message(Lang::En))]
pub enum ProblemKind {
    /// Nothing has the name that was given.
    NotFound,
    /// It was there when the folder was listed and is gone now.
    Vanished,
    /// A symbolic link to nothing.
    DanglingLink,
    /// The user may not read it.
    PermissionDenied,
    /// It is not a regular file, and reading it could wait for ever.
    Special(SpecialFile),
    /// It does not hold text.
    Binary,
    /// It is larger than the limit for one text.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
        /// The size in bytes; `None` when reading stopped at the limit.
        size: Option<u64>,
    },
    /// The operating system could not read it.
    Io {
        /// The reason in the words of the operating system.
        cause: String,
    },
    /// The name of an encoding that nobody has heard of.
    UnknownEncoding {
        /// The name as given.
        name: String,
        /// The known name nearest to it.
        suggestion: Option<&'static str>,
    },
    /// The compressed data is damaged or cut off.
    DamagedGzip {
        /// What the decompressor said.
        cause: String,
    },
    /// The data that zstd has packed is damaged or cut off.
    DamagedZstd {
        /// What the decompressor said.
        cause: String,
    },
    /// An archive file, or a file of records, is damaged or cut off.
    Damaged {
        /// What it is, such as `zip`.
        what: &'static str,
        /// What the reader said.
        cause: String,
    },
    /// A member of an archive file cannot be read without a password.
    Encrypted,
    /// An archive file, or a member of one, is packed in a way that nothing here unpacks.
    Unsupported {
        /// The way.
        cause: String,
    },
    /// An archive file inside an archive file.
    Nested,
    /// An archive file unpacks to far more than it takes.
    TooMuch {
        /// How many bytes it may unpack to.
        limit: u64,
    },
    /// A line of a JSON Lines file is not JSON.
    BadJson {
        /// What the parser said.
        cause: String,
    },
    /// A record is no article: it is not an object, or has no text.
    NoText,
    /// A web page or an item of a feed has no text.
    OnlyMarkup,
    /// No column of a table has the name of a text.
    NoColumn,
}

impl ProblemKind {
    /// One line: what happened, the cause in brackets, and what to do about it.
    pub fn message(&self, lang: Lang) -> String {
        let Words { what, cause, advice } = self.words(lang);
        match lang {
            Lang::Zh => format!("{what}（{cause}）；{advice}"),
            Lang::En => format!("{what} ({cause}); {advice}"),
        }
    }

    /// Whether data is damaged, so that what came before is worth to be read.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::DamagedGzip { .. } | Self::DamagedZstd { .. } | Self::Damaged { .. })
    }

    fn words(&self, lang: Lang) -> Words {
        match self {
            Self::NotFound | Self::Vanished | Self::DanglingLink | Self::PermissionDenied => {
                self.words_of_access(lang)
            }
            Self::Special(file) => Words::new(
                lang.of("不是普通文件", "not a regular file"),
                file.name(lang),
                lang.of("可用管道送入标准输入：… | zhaidu -", "pipe its text in: … | zhaidu -"),
            ),
            Self::Binary => Words::new(
                lang.of("不是文本", "not text"),
                lang.of("含二进制数据", "it holds binary data"),
                lang.of("请先转换为纯文本", "convert it to plain text first"),
            ),
            Self::TooLarge { limit, size } => words_of_size(lang, *limit, *size),
            Self::Io { cause } => Words::new(
                lang.of("读取出错", "cannot read"),
                cause,
                lang.of("请检查磁盘或网络后重试", "check the disk or the network, then try again"),
            ),
            Self::UnknownEncoding { name, suggestion } => {
                words_of_encoding(lang, name, *suggestion)
            }
            Self::DamagedGzip { cause } => words_of_damage(lang, "damaged gzip data", cause),
            Self::DamagedZstd { cause } => words_of_damage(lang, "damaged zstd data", cause),
            Self::Damaged { what, cause } => words_of_archive(lang, what, cause),
            Self::Encrypted => Words::new(
                lang.of("无法解压", "cannot unpack"),
                lang.of("已加密", "it is encrypted"),
                lang.of("请先用密码解开", "unpack it with its password first"),
            ),
            Self::Unsupported { cause } => Words::new(
                lang.of("无法解压", "cannot unpack"),
                cause,
                lang.of("请用其他程序解压或重新打包", "unpack it with another program first"),
            ),
            Self::Nested => Words::new(
                lang.of("不再往里读", "not opened"),
                lang.of("压缩包中的压缩包", "an archive inside an archive"),
                lang.of("请先解开外层", "unpack the outer one first"),
            ),
            Self::TooMuch { limit } => Words::new(
                lang.of("解压后太大", "unpacks to too much"),
                format!("{}{}", lang.of("上限 ", "the limit is "), bytes(*limit)),
                lang.of("其余未读；可疑的压缩包请勿信任", "the rest was not read; do not trust it"),
            ),
            Self::BadJson { cause } => Words::new(
                lang.of("此行不是有效的 JSON", "this line is not JSON"),
                cause,
                lang.of("已跳过；请修正此行", "skipped; mend the line"),
            ),
            Self::OnlyMarkup => Words::new(
                lang.of("没有正文", "no text"),
                lang.of("除标记和标题外没有内容", "there is nothing but markup and titles"),
                lang.of("已跳过；请查看原文件", "skipped; look at the file"),
            ),
            Self::NoColumn => Words::new(
                lang.of("表中没有正文一列", "no column with a text"),
                lang.of(
                    "需要名为 content、text、body、正文 或 内容 的列",
                    "a column content, text, body, 正文 or 内容 is needed",
                ),
                lang.of("可用 --field text=列名 指定", "name it with --field text=COLUMN"),
            ),
            Self::NoText => Words::new(
                lang.of("此行没有正文", "this line has no text"),
                lang.of(
                    "需要 content、text、body、正文 或 内容 字段",
                    "a field content, text, body, 正文 or 内容 is needed",
                ),
                lang.of("已跳过；请修正此行", "skipped; mend the line"),
            ),
        }
    }

    fn words_of_access(&self, lang: Lang) -> Words {
        let (cause, advice) = match self {
            Self::Vanished => (
                lang.of("列出之后被移走或删除", "it was moved or deleted after it was listed"),
                lang.of("请重新载入", "load the archive again"),
            ),
            Self::DanglingLink => (
                lang.of("符号链接指向的文件不存在", "the symbolic link leads to nothing"),
                lang.of("请修正或删除该链接", "mend or remove the link"),
            ),
            Self::PermissionDenied => (
                lang.of("没有权限", "permission denied"),
                lang.of("请检查文件和上级文件夹的权限", "check the rights of it and its folders"),
            ),
            _ => (
                lang.of("没有这个文件或文件夹", "no such file or folder"),
                lang.of("请检查路径", "check the path"),
            ),
        };
        Words::new(lang.of("打不开", "cannot open"), cause, advice)
    }
}

/// An error of the operating system about a path that was named or found.
impl From<&io::Error> for ProblemKind {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            _ => Self::Io { cause: cause_of(error) },
        }
    }
}

/// The words of the operating system without the number that the standard library adds.
fn cause_of(error: &io::Error) -> String {
    let text = error.to_string();
    match (error.raw_os_error(), text.rfind(" (os error ")) {
        (Some(_), Some(at)) => text.get(..at).unwrap_or(&text).to_owned(),
        _ => text,
    }
}

/// The three parts of a message.
struct Words {
    what: String,
    cause: String,
    advice: String,
}

impl Words {
    fn new(what: impl Into<String>, cause: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), cause: cause.into(), advice: advice.into() }
    }
}

fn words_of_size(lang: Lang, limit: u64, size: Option<u64>) -> Words {
    let mut cause = lang.of("上限 ", "the limit is ").to_owned();
    cause.push_str(&bytes(limit));
    if let Some(size) = size {
        let label = lang.of("，实际 ", ", it has ");
        // Writing to a string cannot fail.
        let _ = write!(cause, "{label}{}", bytes(size));
    }
    Words::new(lang.of("太大", "too large"), cause, lang.of("请拆分后再读", "split it first"))
}

fn words_of_damage(lang: Lang, what: &str, cause: &str) -> Words {
    let advice = lang.of(
        "损坏之前的内容已读取；请重新获取该文件",
        "what came before the damage was read; fetch the file again",
    );
    Words::new(lang.of("压缩数据已损坏", what), cause, advice)
}

fn words_of_archive(lang: Lang, what: &str, cause: &str) -> Words {
    let advice = lang.of(
        "损坏之前的内容已读取；请重新获取该文件",
        "what came before the damage was read; fetch the file again",
    );
    let told = match lang {
        Lang::Zh => format!("{what} 数据已损坏"),
        Lang::En => format!("damaged {what} data"),
    };
    Words::new(told, cause, advice)
}

fn words_of_encoding(lang: Lang, name: &str, suggestion: Option<&'static str>) -> Words {
    let advice = match suggestion {
        Some(known) => {
            format!("{}{known}", lang.of("是否想用 ", "did you mean ")) + lang.of("？", "?")
        }
        None => lang
            .of("例如 utf-8、gb18030、big5、utf-16", "use for example utf-8, gb18030, big5, utf-16")
            .to_owned(),
    };
    Words::new(lang.of("不认识的编码", "unknown encoding"), name, advice)
}

/// A number of bytes for people: `812 B`, `1.5 MiB`, `1 GiB`.
fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| count >= *unit) else {
        return format!("{count} B");
    };
    let tenths = u128::from(count) * 10 / u128::from(unit);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}

#[cfg(test)]
mod tests;
