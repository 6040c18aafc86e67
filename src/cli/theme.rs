//! Which theme the interface begins with: what an option says, else what `NO_COLOR` says, else what suits
//! the terminal.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    app::{
        chord::nearest,
        theme::{ThemeName, ThemeWish},
    },
    config::{self, LoadedSettings},
    lang::Lang,
    library::displayed,
    text::display::{DisplayLine, display},
    view::theme::{BuiltIn, ThemeFile, Themes, read},
};

/// What a file of a theme is called behind its name.
const ENDING: &str = "toml";

/// The theme that is wanted, and those that can be had instead.
pub(super) struct Chosen {
    pub(super) themes: Themes,
    pub(super) wish: ThemeWish,
    /// What is wrong with it.
    pub(super) problems: Vec<DisplayLine>,
}

/// The theme to begin with.
///
/// no-color.org has options of a person override `NO_COLOR`. `--theme` is such an option: it speaks of
/// this very run. A theme in the settings only says which colours, where there are some.
pub(super) fn choose(option: Option<&OsStr>, loaded: &LoadedSettings, lang: Lang) -> Chosen {
    let (depth, background) = (config::colours_there(), config::background());
    let chosen = |name, own: Option<(DisplayLine, ThemeFile)>, problems| {
        let (own, theme) = own.map(|(own, file)| (own, file.theme)).unzip();
        let wish = ThemeWish { name, own };
        Chosen { themes: Themes::new(depth, background, theme), wish, problems }
    };
    let unasked = if config::wants_no_colour() { ThemeName::Mono } else { ThemeName::Auto };
    let set = loaded.layers.settings.theme.as_ref().filter(|_| !config::wants_no_colour());
    let set = set.map(|theme| theme.as_os_str());
    let Some(wanted) = option.or(set).filter(|option| *option != ThemeName::Auto.name()) else {
        return chosen(unasked, None, Vec::new());
    };
    if let Some(name) = named(wanted) {
        return chosen(name, None, Vec::new());
    }
    // A name in the settings was taken for a file beside them.
    let wanted = if option.is_none() { name_of(wanted).unwrap_or(wanted) } else { wanted };
    match load(wanted) {
        Ok(file) => {
            let problems =
                file.errors.iter().map(|error| DisplayLine::new(&error.message(lang))).collect();
            chosen(ThemeName::Own, Some((displayed(wanted), file)), problems)
        }
        Err(error) => {
            let told = error.told(lang);
            let place = loaded.layers.place_of("theme").filter(|_| option.is_none());
            let told = place.map_or(told.clone(), |place| display!("{place}: {told}"));
            chosen(unasked, None, vec![told])
        }
    }
}

/// The name that a path in the settings was written as: that of a file which is not there, in the folder that
/// relative paths are relative to.
fn name_of(path: &OsStr) -> Option<&OsStr> {
    let path = Path::new(path);
    let beside = [config::settings_file(), env::current_dir().ok().map(|it| it.join("."))];
    let is_beside = beside.iter().flatten().any(|file| file.parent() == path.parent());
    path.file_name().filter(|_| is_beside && path.extension().is_none() && !path.exists())
}

/// The theme that is built in, or worked out, with this name.
fn named(name: &OsStr) -> Option<ThemeName> {
    let there = ThemeName::ALL.into_iter().filter(|name| *name != ThemeName::Own);
    there.into_iter().find(|theme| theme.name() == name)
}

/// Why there is no theme.
pub(super) enum NoTheme {
    /// Nothing has this name.
    Unknown(OsString),
    /// The file cannot be read.
    Unreadable(PathBuf, io::Error),
}

impl NoTheme {
    pub(super) fn told(&self, lang: Lang) -> DisplayLine {
        match self {
            Self::Unknown(name) => {
                let names = own().into_iter().map(|(name, _)| name);
                let all: Vec<String> = ThemeName::ALL
                    .into_iter()
                    .filter(|name| *name != ThemeName::Own)
                    .map(|name| name.name().into())
                    .chain(names.map(|name| displayed(&name).to_string()))
                    .collect();
                let name = displayed(name);
                let meant = nearest(name.as_str(), all.iter().map(String::as_str));
                let (meant, all) = (meant.map(DisplayLine::new), all.join(", "));
                match (meant, lang) {
                    (Some(meant), Lang::Zh) => {
                        display!("没有叫 \"{name}\" 的主题，是不是 \"{meant}\"？")
                    }
                    (Some(meant), Lang::En) => {
                        display!("unknown theme \"{name}\", did you mean \"{meant}\"?")
                    }
                    (None, Lang::Zh) => {
                        display!("没有叫 \"{name}\" 的主题；有 {all}，或写文件的路径")
                    }
                    (None, Lang::En) => {
                        display!("unknown theme \"{name}\"; there are {all}, or a file")
                    }
                }
            }
            Self::Unreadable(path, error) => display!("{}: {error}", path.to_string_lossy()),
        }
    }
}

/// Loads a person's own theme: one in the folder for themes by its name, else a file. A file of such a
/// name is reached as `./mine`.
pub(super) fn load(name: &OsStr) -> Result<ThemeFile, NoTheme> {
    let path = Path::new(name);
    let is_name = path.components().count() == 1 && path.file_name() == Some(name);
    let own = config::themes_folder().filter(|_| is_name).map(|folder| {
        let mut file = folder.join(path).into_os_string();
        file.push(".");
        file.push(ENDING);
        PathBuf::from(file)
    });
    let file = own.filter(|file| file.exists()).unwrap_or_else(|| path.to_owned());
    match load_file(&file) {
        Err(NoTheme::Unreadable(_, error))
            if is_name && error.kind() == io::ErrorKind::NotFound =>
        {
            Err(NoTheme::Unknown(name.to_owned()))
        }
        found => found,
    }
}

/// Loads a theme file.
pub(super) fn load_file(path: &Path) -> Result<ThemeFile, NoTheme> {
    match fs::read(path) {
        Ok(bytes) => Ok(read(&path.to_string_lossy(), &String::from_utf8_lossy(&bytes))),
        Err(error) => Err(NoTheme::Unreadable(path.to_owned(), error)),
    }
}

/// The person's own themes that can be asked for by name, with their files. One with the name of a built-in
/// theme is reached as a file only.
pub(super) fn own() -> Vec<(OsString, PathBuf)> {
    files().into_iter().filter(|(name, _)| named(name).is_none()).collect()
}

/// All theme files in the folder for them, by name.
pub(super) fn files() -> Vec<(OsString, PathBuf)> {
    let entries = config::themes_folder().and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    let themes = paths.filter(|path| path.extension().is_some_and(|ending| ending == ENDING));
    let mut themes: Vec<_> =
        themes.filter_map(|path| Some((path.file_stem()?.to_owned(), path))).collect();
    themes.sort();
    themes
}

/// The built-in theme with this name.
pub(super) fn built_in(name: &OsStr) -> Option<BuiltIn> {
    BuiltIn::named(name.to_str()?)
}
