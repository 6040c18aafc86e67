//! What keeps an index from being used.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::lang::Lang;

/// What keeps an index from being used.
#[derive(Debug)]
pub enum IndexError {
    /// What the database says.
    Database(rusqlite::Error),
    /// What the operating system says of a file.
    File(PathBuf, std::io::Error),
    /// Another process writes to it.
    Busy,
    /// What it holds is not what was written.
    Damaged,
}

impl IndexError {
    /// What happened, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Busy => {
                lang.of("另一个进程正在写索引", "another process is writing the index").to_owned()
            }
            Self::File(path, error) => {
                let advice =
                    lang.of("用 --no-cache 可以不用索引", "--no-cache does without an index");
                format!("{}: {error}; {advice}", path.display())
            }
            Self::Damaged => lang
                .of(
                    "索引损坏；再运行一次就会重建",
                    "the index is damaged; the next run makes it anew",
                )
                .to_owned(),
            Self::Database(error) if is_full(error) => lang
                .of(
                    "磁盘满了，索引停在这里；腾出空间后再运行",
                    "the disk is full, the index stops here; make room and run it again",
                )
                .to_owned(),
            Self::Database(error) => {
                let what = lang.of("索引出错", "the index failed");
                let advice = lang
                    .of("用 zhaidu index --rebuild 重建", "zhaidu index --rebuild makes it anew");
                format!("{what}: {error}; {advice}")
            }
        }
    }

    /// Whether the file is damaged, so that only making it anew helps.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged => true,
            Self::Database(error) => is_damage(error),
            Self::File(..) | Self::Busy => false,
        }
    }
}

impl IndexError {
    /// Whether there can be no index now, whatever its file holds: the archive itself can be read all the
    /// same.
    pub fn keeps_out(&self) -> bool {
        use ErrorCode::{CannotOpen, DiskFull, ReadOnly};
        match self {
            Self::File(..) => true,
            Self::Database(error) => {
                matches!(error.sqlite_error_code(), Some(CannotOpen | DiskFull | ReadOnly))
            }
            Self::Busy | Self::Damaged => false,
        }
    }
}

impl From<rusqlite::Error> for IndexError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
