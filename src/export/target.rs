//! The file that an export becomes: never half of it.

use std::{
    fmt::Debug,
    fs::{self, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};
use thiserror::Error;

use super::Format;
use crate::{
    lang::Lang,
    library::displayed,
    text::display::{DisplayLine, display},
};

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// It stays, and nothing is exported.
    No,
    /// It is replaced, once the new one is whole.
    Yes,
}

/// Why there is no export.
#[derive(Debug, Error)]
#[error("{}", self.message(Lang::En, ""))]
pub enum ExportError {
    /// There is such a file already.
    Exists(PathBuf),
    /// It is a folder.
    Folder(PathBuf),
    /// The folder that it is to lie in is not there.
    NoFolder(PathBuf),
    /// The ending of its name is that of no format.
    NoFormat(PathBuf),
    /// It cannot be written.
    Io(PathBuf, #[source] io::Error),
}

impl ExportError {
    /// The error of writing to this file.
    pub fn of(path: &Path, error: io::Error) -> Self {
        Self::Io(path.to_owned(), error)
    }

    /// What happened, where, and what to do. `force` is how one asks to replace a file.
    pub fn message(&self, lang: Lang, force: &str) -> DisplayLine {
        let (Self::Exists(path)
        | Self::Folder(path)
        | Self::NoFolder(path)
        | Self::NoFormat(path)
        | Self::Io(path, _)) = self;
        display!("{}: {}", displayed(path.as_os_str()), self.reason(lang, force))
    }

    /// What happened and what to do, for somebody who sees where.
    pub fn reason(&self, lang: Lang, force: &str) -> DisplayLine {
        match (self, lang) {
            (Self::Exists(_), Lang::Zh) => display!("已有此文件；{force}才会覆盖"),
            (Self::Exists(_), Lang::En) => display!("is there already; {force} replaces it"),
            (Self::Folder(_), _) => lang
                .of("是文件夹；请给出其中的文件名", "is a folder; give the name of a file in it")
                .into(),
            (Self::NoFolder(_), _) => {
                lang.of("文件夹不存在；请先建立", "there is no such folder; make it first").into()
            }
            (Self::NoFormat(_), Lang::Zh) => {
                display!("结尾不说明格式；可用 {}", Format::USUAL)
            }
            (Self::NoFormat(_), Lang::En) => {
                display!("the ending tells no format; use {}", Format::USUAL)
            }
            (Self::Io(_, error), _) => why(error, lang),
        }
    }
}

/// Why a file cannot be written, and what to do.
fn why(error: &io::Error, lang: Lang) -> DisplayLine {
    let told = match error.kind() {
        ErrorKind::PermissionDenied => {
            lang.of("没有写入权限；换一个文件夹", "it may not be written; choose another folder")
        }
        ErrorKind::NotFound => lang
            .of("这里不能建文件；换一个文件夹", "no file can be made there; choose another folder"),
        ErrorKind::ReadOnlyFilesystem => lang.of(
            "文件系统是只读的；换一个文件夹",
            "the file system is read-only; choose another folder",
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => lang.of(
            "磁盘已满；腾出空间或换一个文件夹",
            "the disk is full; make room or choose another folder",
        ),
        ErrorKind::InvalidFilename => {
            lang.of("文件名无效或太长", "the name is too long or not valid")
        }
        _ => return display!("{error}"),
    };
    told.into()
}

/// A file that is being written.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    overwrite: Overwrite,
    file: Writing,
    bytes: u64,
}

#[derive(Debug)]
enum Writing {
    /// Beside its name, which it takes when it is whole.
    Beside(NamedTempFile),
    /// A device or a pipe, which nothing can take the place of.
    Through(File),
    /// Made by somebody else, who gives it its name; where it lies until then.
    Lent(File, Option<PathBuf>, Box<dyn Reserved>),
}

/// A file that somebody else has made for an export.
pub trait Reserved: Debug + Send {
    /// Gives it its name, once all of it is on the disk. If this is never called, nothing is left of it.
    ///
    /// # Errors
    ///
    /// As [`Target::commit`].
    fn commit(self: Box<Self>, path: &Path) -> Result<(), ExportError>;
}

impl Target {
    /// Begins to write a file. Nothing has its name before [`Target::commit`].
    ///
    /// # Errors
    ///
    /// When it cannot be written there.
    pub fn create(path: &Path, overwrite: Overwrite) -> Result<Self, ExportError> {
        let path = resolved(path);
        let failed = |error| ExportError::of(&path, error);
        let meta = match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => return Err(ExportError::Folder(path)),
            Ok(meta) => Some(meta),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        let file = match meta {
            Some(meta) if !meta.is_file() => {
                Writing::Through(OpenOptions::new().write(true).open(&path).map_err(failed)?)
            }
            Some(_) if overwrite == Overwrite::No => return Err(ExportError::Exists(path)),
            known => {
                // What may not be written is not replaced either.
                if known.is_some() {
                    OpenOptions::new().append(true).open(&path).map_err(failed)?;
                }
                let folder = folder_of(&path);
                if !folder.is_dir() {
                    return Err(ExportError::NoFolder(folder.to_owned()));
                }
                let mode = known.map_or(0o666, |meta| meta.permissions().mode() & 0o777);
                let beside = Builder::new()
                    .prefix(".zhaidu-")
                    .suffix(".part")
                    .permissions(Permissions::from_mode(mode))
                    .tempfile_in(folder);
                Writing::Beside(beside.map_err(failed)?)
            }
        };
        Ok(Self { path, overwrite, file, bytes: 0 })
    }

    /// A file that somebody else has made, to become `path`; until then it lies at `beside`.
    pub fn lent(
        path: PathBuf,
        beside: Option<PathBuf>,
        file: File,
        reserved: Box<dyn Reserved>,
    ) -> Self {
        let file = Writing::Lent(file, beside, reserved);
        Self { path, overwrite: Overwrite::No, file, bytes: 0 }
    }

    /// The file as it is open.
    pub fn file(&self) -> &File {
        match &self.file {
            Writing::Beside(beside) => beside.as_file(),
            Writing::Through(file) | Writing::Lent(file, ..) => file,
        }
    }

    /// Where it lies until it is whole; `None` for a device.
    pub fn beside(&self) -> Option<&Path> {
        match &self.file {
            Writing::Beside(beside) => Some(beside.path()),
            Writing::Lent(_, beside, _) => beside.as_deref(),
            Writing::Through(_) => None,
        }
    }

    /// The file that it becomes.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that it lies in, for what has to be put aside; none for a device.
    pub fn folder(&self) -> Option<&Path> {
        matches!(self.file, Writing::Beside(_)).then(|| folder_of(&self.path))
    }

    /// Its names, to know it by while an archive is read in which it lies.
    pub fn own(&self) -> Own {
        Own([Some(self.path.clone()), self.beside().and_then(|beside| beside.canonicalize().ok())])
    }

    /// Gives the file its name, once all of it is on the disk; its size in bytes.
    ///
    /// # Errors
    ///
    /// When the disk is full or somebody made such a file meanwhile; nothing is left of it then.
    pub fn commit(self) -> Result<u64, ExportError> {
        let Self { path, overwrite, file, bytes } = self;
        let failed = |error| ExportError::of(&path, error);
        let beside = match file {
            Writing::Lent(_, _, reserved) => return reserved.commit(&path).map(|()| bytes),
            Writing::Through(_) => None,
            Writing::Beside(beside) => Some(beside),
        };
        if let Some(beside) = beside {
            beside.as_file().sync_all().map_err(failed)?;
            let named = match overwrite {
                Overwrite::Yes => beside.persist(&path),
                Overwrite::No => beside.persist_noclobber(&path),
            };
            match named {
                Ok(_) => {}
                Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                    return Err(ExportError::Exists(path));
                }
                Err(error) => return Err(failed(error.error)),
            }
            // The name has to be on disk too. Some file systems cannot be asked for that.
            let _ = File::open(folder_of(&path)).and_then(|folder| folder.sync_all());
        }
        Ok(bytes)
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file().write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

/// The names of a file that is being written.
#[derive(Debug)]
pub struct Own([Option<PathBuf>; 2]);

impl Own {
    /// Whether a path leads to this file, or to the one that it is written to meanwhile.
    pub fn has(&self, path: &Path) -> bool {
        let mut own = self.0.iter().flatten();
        own.clone().any(|own| own.file_name() == path.file_name())
            && path.canonicalize().is_ok_and(|path| own.any(|own| *own == path))
    }
}

/// A size as people say it.
pub fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// The folder of a file; the current one for a name alone.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path without links: what a link leads to is written, not the link.
fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = folder_of(path).canonicalize().ok();
        let name = folder.zip(path.file_name()).map(|(folder, name)| folder.join(name));
        name.unwrap_or_else(|| path.to_owned())
    })
}
