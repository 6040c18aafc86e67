//! What the environment says: language, colours, the kind of terminal, the keymap file.

use std::{
    env, fs,
    io::{self, IsTerminal},
    path::PathBuf,
};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::{
    app::keymap::{Keymap, KeymapError},
    lang::Lang,
};

/// Folder of this program in the folders for configuration, data and caches.
const FOLDER: &str = "zhaidu";

/// The language that the locale asks for.
pub fn lang() -> Lang {
    let read = |name| env::var(name).ok();
    let (all, messages, lang) = (read("LC_ALL"), read("LC_MESSAGES"), read("LANG"));
    Lang::from_locale(all.as_deref(), messages.as_deref(), lang.as_deref())
}

/// Whether colours are wanted: not when `NO_COLOR` is set and not empty (no-color.org), nor
/// when the kind of terminal is unknown.
pub fn wants_colour() -> bool {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && env::var_os("TERM").is_some_and(|term| !term.is_empty())
}

/// Why the interface cannot run here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoScreen {
    /// Output goes to a file or another program.
    NoTerminal,
    /// `TERM=dumb`: it cannot move the cursor.
    Dumb,
    /// There is no keyboard: neither standard input nor the controlling terminal can be read.
    NoKeyboard,
}

/// Whether the interface can run here.
///
/// # Errors
///
/// Why it cannot.
pub fn screen() -> Result<(), NoScreen> {
    if !io::stdout().is_terminal() {
        return Err(NoScreen::NoTerminal);
    }
    if env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(NoScreen::Dumb);
    }
    if !io::stdin().is_terminal() && fs::File::open("/dev/tty").is_err() {
        return Err(NoScreen::NoKeyboard);
    }
    Ok(())
}

/// Where the person's keymap is looked for: `zhaidu/keymap.toml` in the folder for configuration
/// (`$XDG_CONFIG_HOME` or `~/.config`). `None` without a home folder.
pub fn keymap_file() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.config_dir().join(FOLDER).join("keymap.toml"))
}

/// A keymap and what was wrong with it.
#[derive(Debug, Default)]
pub struct LoadedKeymap {
    /// The default keys with the person's own over them.
    pub keymap: Keymap,
    /// Mistakes in the file, all at once; the good lines count.
    pub mistakes: Vec<KeymapError>,
    /// The file could not be read; why.
    pub unreadable: Option<(PathBuf, io::Error)>,
}

/// Loads the keymap from `file`, or from its usual place where it may be missing.
pub fn load_keymap(file: Option<PathBuf>) -> LoadedKeymap {
    let mut loaded = LoadedKeymap::default();
    let named = file.is_some();
    let Some(path) = file.or_else(keymap_file) else { return loaded };
    match fs::read(&path) {
        Ok(bytes) => {
            let name = path.to_string_lossy();
            loaded.mistakes = loaded.keymap.merge(&name, &String::from_utf8_lossy(&bytes));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !named => {}
        Err(error) => loaded.unreadable = Some((path, error)),
    }
    loaded
}
