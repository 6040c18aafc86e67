//! What the environment says: language, time, colours, the kind of terminal, the person's files.

mod background;
mod clock;
pub mod file;
pub mod places;
pub mod settings;

use std::{
    env, fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::{
    app::keymap::{Keymap, KeymapError, PlacedKey, Preset},
    lang::Lang,
};
pub use background::{Background, luminance};
pub use clock::time_of_day;
use file::{Asked, Unreadable};
use settings::{Settings, layers::Layers, value::Base};

/// Folder of this program in the folders for configuration, data and caches.
const FOLDER: &str = "zhaidu";

/// The language that the locale asks for.
pub fn lang() -> Lang {
    let read = |name| env::var(name).ok();
    let (all, messages, lang) = (read("LC_ALL"), read("LC_MESSAGES"), read("LANG"));
    Lang::from_locale(all.as_deref(), messages.as_deref(), lang.as_deref())
}

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// None, or the person wants none.
    None,
    /// The sixteen that the person or the terminal chose.
    Sixteen,
    /// 256, most of them fixed.
    Indexed,
    /// Any.
    Direct,
}

/// How many colours are wanted and there.
pub fn colour_depth() -> ColourDepth {
    if wants_no_colour() { ColourDepth::None } else { colours_there() }
}

/// Whether the person wants no colours: `NO_COLOR` is set and not empty (no-color.org).
pub fn wants_no_colour() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// How many colours the terminal has, wanted or not.
pub fn colours_there() -> ColourDepth {
    let read = |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let [colorterm, term] = ["COLORTERM", "TERM"].map(read);
    let is_far = ["SSH_CONNECTION", "SSH_TTY"].into_iter().any(|name| env::var_os(name).is_some());
    depth(colorterm.as_deref(), term.as_deref(), is_far)
}

/// The same from the values of `COLORTERM` and `TERM`. A terminal far away, at the other end of SSH, may
/// not be what `TERM` says: it has the sixteen colours unless it says more itself.
fn depth(colorterm: Option<&str>, term: Option<&str>, is_far: bool) -> ColourDepth {
    let term = term.unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        ColourDepth::None
    } else if matches!(colorterm, Some("truecolor" | "24bit")) || term.contains("-direct") {
        ColourDepth::Direct
    } else if term.contains("256color") && !is_far {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
}

/// What the environment says of the background of the terminal.
pub fn background() -> Option<Background> {
    Background::of_environment()
}

/// Whether the program runs inside tmux.
pub fn in_tmux() -> bool {
    env::var_os("TMUX").is_some_and(|value| !value.is_empty())
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
    usual("keymap.toml")
}

/// Where the person's settings are looked for: the file that `ZHAIDU_CONFIG` names, else `config.toml`
/// beside the keymap.
pub fn settings_file() -> Option<PathBuf> {
    named_settings_file().or_else(|| usual("config.toml"))
}

fn named_settings_file() -> Option<PathBuf> {
    env::var_os("ZHAIDU_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// The folder with the person's own themes: `themes` beside the keymap.
pub fn themes_folder() -> Option<PathBuf> {
    usual("themes")
}

/// Where what the person decided about pages is kept: `zhaidu/overrides.jsonl` in the folder for data
/// (`$XDG_DATA_HOME` or `~/.local/share`). `None` without a home folder.
pub fn overrides_file() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.data_dir().join(FOLDER).join("overrides.jsonl"))
}

/// Where what the person marked is kept: the folder `zhaidu/marks` in the folder for data. `None` without
/// a home folder.
pub fn marks_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.data_dir().join(FOLDER).join("marks"))
}

/// Where it is kept how far articles were read: the folder `zhaidu/places` in the folder for data. `None`
/// without a home folder.
pub fn places_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.data_dir().join(FOLDER).join("places"))
}

/// Where copies are kept of what the person must not lose: the folder `zhaidu/backup` in the folder for data.
/// `None` without a home folder.
pub fn backup_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.data_dir().join(FOLDER).join("backup"))
}

/// Where it is kept how archives were left: the folder `zhaidu/sessions` in the folder for state
/// (`$XDG_STATE_HOME` or `~/.local/state`). `None` without a home folder.
pub fn sessions_folder() -> Option<PathBuf> {
    let base = choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join(FOLDER).join("sessions"))
}

/// Where reports are kept of what the program failed over: the folder `zhaidu/reports` beside the sessions.
/// `None` without a home folder.
pub fn reports_folder() -> Option<PathBuf> {
    sessions_folder().map(|sessions| sessions.with_file_name("reports"))
}

/// Where indexes of archives are kept: `zhaidu/index` in the folder for caches (`$XDG_CACHE_HOME` or
/// `~/.cache`). `None` without a home folder.
pub fn index_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.cache_dir().join(FOLDER).join("index"))
}

/// The folders in which the program keeps what it keeps: those of this name among data, state and caches. None
/// without a home folder, and none in a home that is not there: that is not ours to make.
pub fn own_folders() -> Vec<PathBuf> {
    let Ok(base) = choose_base_strategy() else { return Vec::new() };
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    let mut own: Vec<PathBuf> =
        [base.data_dir(), state, base.cache_dir()].map(|folder| folder.join(FOLDER)).into();
    own.dedup();
    own.retain(|folder| !is_homeless(folder, base.home_dir()));
    own
}

/// Whether a folder is to be in a home that is not there.
fn is_homeless(folder: &Path, home: &Path) -> bool {
    folder.starts_with(home) && !home.is_dir()
}

fn usual(name: &str) -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.config_dir().join(FOLDER).join(name))
}

/// Settings and what was wrong with them.
#[derive(Debug, Default)]
pub struct LoadedSettings {
    /// What is set where, and the mistakes in it; the good lines count.
    pub layers: Layers,
    /// The file, if it could not be read.
    pub unreadable: Option<Unreadable>,
}

impl LoadedSettings {
    /// What is in force.
    pub fn settings(&self) -> &Settings {
        &self.layers.settings
    }

    /// Whether nothing is wrong with them.
    pub fn is_sound(&self) -> bool {
        self.unreadable.is_none() && self.layers.mistakes.is_empty()
    }
}

/// Loads the settings: those of the file, which may be missing if nobody named it, those of the
/// environment, and `options` of the command line, `NAME=VALUE` each.
pub fn load_settings(options: &[String]) -> LoadedSettings {
    let (named, usual) = (named_settings_file(), usual("config.toml"));
    let mut loaded = match (named, usual) {
        (Some(file), _) => load_settings_of(&file),
        (None, Some(file)) => settings_in(&file, Asked::ByPlace),
        (None, None) => LoadedSettings::default(),
    };
    let base = Base { folder: PathBuf::new(), home: home() };
    loaded.layers.environment(|name| env::var_os(name), &base);
    for option in options {
        loaded.layers.option(option, &base);
    }
    loaded
}

/// The settings of a file that was named, alone.
pub fn load_settings_of(file: &Path) -> LoadedSettings {
    settings_in(file, Asked::ByName)
}

fn settings_in(file: &Path, asked: Asked) -> LoadedSettings {
    let mut loaded = LoadedSettings::default();
    match file::read(file, asked) {
        Ok(bytes) => {
            let folder = file.parent().unwrap_or(file).to_owned();
            let base = Base { folder, home: home() };
            loaded.layers.file(&file.to_string_lossy(), &String::from_utf8_lossy(&bytes), &base);
        }
        Err(error) if error.is_missing() && asked == Asked::ByPlace => {}
        Err(error) => loaded.unreadable = Some(error),
    }
    loaded
}

fn home() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.home_dir().to_owned())
}

/// A keymap and what was wrong with it.
#[derive(Debug, Default)]
pub struct LoadedKeymap {
    /// The default keys with the person's own over them.
    pub keymap: Keymap,
    /// The built-in keymap that it begins from.
    pub preset: Preset,
    /// The file that was read, if there was one.
    pub file: Option<PathBuf>,
    /// The keys that this file speaks of.
    pub keys: Vec<PlacedKey>,
    /// Mistakes in the file, all at once; the good lines count.
    pub mistakes: Vec<KeymapError>,
    /// The file, if it could not be read.
    pub unreadable: Option<Unreadable>,
}

/// Loads the keymap from `file`, or from its usual place where it may be missing. The name of a built-in
/// keymap stands for that one; a file of such a name is reached as `./less`.
pub fn load_keymap(file: Option<PathBuf>) -> LoadedKeymap {
    let mut loaded = LoadedKeymap::default();
    let asked = if file.is_some() { Asked::ByName } else { Asked::ByPlace };
    if let Some(preset) = file.as_ref().and_then(|name| Preset::named(name.to_str()?)) {
        return LoadedKeymap { keymap: preset.keymap(), preset, ..loaded };
    }
    let Some(path) = file.or_else(keymap_file) else { return loaded };
    match file::read(&path, asked) {
        Ok(bytes) => {
            let name = path.to_string_lossy();
            let merged = loaded.keymap.merge_placed(&name, &String::from_utf8_lossy(&bytes));
            loaded.mistakes = merged.errors;
            loaded.preset = merged.preset.unwrap_or_default();
            loaded.keys = merged.keys;
            loaded.file = Some(path);
        }
        Err(error) if error.is_missing() && asked == Asked::ByPlace => {}
        Err(error) => loaded.unreadable = Some(error),
    }
    loaded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_home_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let (home, other) = (folder.path().join("home"), folder.path().join("cache/zhaidu"));
        assert!(is_homeless(&home.join(".local/share/zhaidu"), &home));
        assert!(!is_homeless(&other, &home), "what a variable names is made");
        assert!(!is_homeless(&folder.path().join(".cache/zhaidu"), folder.path()));
    }

    #[test]
    fn colours_are_those_that_the_environment_promises() {
        use ColourDepth::{Direct, Indexed, None as No, Sixteen};
        for (colorterm, term, is_far, expected) in [
            (None, None, false, No),
            (Some("truecolor"), Some(""), false, No),
            (Some("truecolor"), Some("dumb"), false, No),
            (None, Some("xterm"), false, Sixteen),
            (None, Some("linux"), false, Sixteen),
            (Some("yes"), Some("screen"), false, Sixteen),
            (None, Some("tmux-256color"), false, Indexed),
            (None, Some("xterm-256color"), true, Sixteen),
            (None, Some("xterm-direct"), true, Direct),
            (Some("24bit"), Some("xterm"), false, Direct),
            (Some("truecolor"), Some("xterm-256color"), true, Direct),
        ] {
            assert_eq!(depth(colorterm, term, is_far), expected, "{colorterm:?} {term:?}");
        }
    }
}
