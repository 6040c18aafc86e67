//! What is started in a pseudo-terminal, and around it.

use std::{
    ffi::{OsStr, OsString},
    fs,
    sync::Arc,
    time::Duration,
};

use tempfile::TempDir;

use super::{answers::Answers, session::DEADLINE};

/// What to start, and around it.
pub(crate) struct Launch {
    pub(super) command: Vec<OsString>,
    pub(super) size: (u16, u16),
    pub(super) env: Vec<(OsString, Option<OsString>)>,
    pub(super) answers: Answers,
    pub(super) home: Arc<TempDir>,
    pub(super) patience: Duration,
    pub(super) is_stuck: bool,
}

impl Launch {
    /// The program with arguments.
    pub(crate) fn zhaidu<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Self {
        let program = OsString::from(env!("CARGO_BIN_EXE_zhaidu"));
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
        Self::command([program].into_iter().chain(args))
    }

    /// A script for `sh`; the program is `"$ZHAIDU"`.
    pub(crate) fn script(script: &str) -> Self {
        Self::command(["sh", "-c", script].map(OsString::from))
    }

    /// Any command. The environment is clean: a Chinese locale, a usual terminal, an empty home.
    pub(crate) fn command(command: impl IntoIterator<Item = OsString>) -> Self {
        let home = TempDir::new().expect("a folder for the test");
        Self::at_home(command, Arc::new(home))
    }

    /// Any command, in a home that others have lived in.
    pub(crate) fn at_home(command: impl IntoIterator<Item = OsString>, home: Arc<TempDir>) -> Self {
        let command = command.into_iter().collect();
        let (config, data) = (home.path().join("config"), home.path().join("data"));
        let cache = home.path().join("cache");
        let (size, answers, env) = ((80, 24), Answers::Narrow, Vec::new());
        Self { command, size, env, answers, home, patience: DEADLINE, is_stuck: false }
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TERM", "xterm-256color")
            .env("LANG", "zh_CN.UTF-8")
            .env("ZHAIDU", env!("CARGO_BIN_EXE_zhaidu"))
            .env("XDG_CONFIG_HOME", config)
            .env("XDG_DATA_HOME", data)
            .env("XDG_CACHE_HOME", cache)
    }

    /// Columns and rows of the terminal; 80 and 24 otherwise.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.into(), Some(value.as_ref().to_owned())));
        self
    }

    /// Leaves a variable out of the environment.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.env.push((name.into(), None));
        self
    }

    /// What the terminal answers to questions; as a narrow one does otherwise.
    pub(crate) fn answers(mut self, answers: Answers) -> Self {
        self.answers = answers;
        self
    }

    /// Starts on a terminal that takes nothing, until it is given another pace.
    pub(crate) fn stuck(mut self) -> Self {
        self.is_stuck = true;
        self
    }

    /// How long anything may take before it is given up.
    pub(crate) fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Writes the person's keymap.
    pub(crate) fn keymap(self, toml: &[u8]) -> Self {
        self.config("keymap.toml", toml)
    }

    /// Writes a file into the person's folder for configuration.
    pub(crate) fn config(self, name: &str, bytes: &[u8]) -> Self {
        let folder = self.home.path().join("config/zhaidu");
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&folder)).expect("the folder for configuration");
        fs::write(file, bytes).expect("the file");
        self
    }
}
