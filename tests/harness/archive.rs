//! Archives made for a test.

use std::{
    ffi::OsStr,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// A folder of texts that is gone with the test.
pub(crate) struct Archive(TempDir);

impl Archive {
    /// An empty one, open to all users.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("its rights");
        Self(folder)
    }

    /// One with `count` short articles.
    pub(crate) fn of_articles(count: usize) -> Self {
        let archive = Self::new();
        for number in 0..count {
            archive.add(format!("{number:05}.txt"), article(&format!("第{number}号消息")));
        }
        archive
    }

    /// Adds a file.
    pub(crate) fn add(&self, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name.as_ref());
        fs::write(&path, content).expect("a file can be written");
        path
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A short article with this headline.
pub(crate) fn article(title: &str) -> String {
    format!(
        "{title}\n\n　　渡口的老船工把缆绳收好，江面上的雾还没有散。城里来的学生问他水为什么清了，\
         他说要先看岸上的管子。\n　　去年冬天，居民把旧管子一根一根挖出来，又把新管子接上。\
         江水的颜色一天比一天浅，渡口的人一天比一天多。\n"
    )
}
