//! What is set where: a file over the defaults, the environment over the file, options over all.

use std::ffi::{OsStr, OsString};

use super::{
    Settings,
    mistake::{Place, SettingsError, SettingsErrorKind},
    read,
    table::{SETTINGS, Setting},
    value::{Base, Written},
};

/// The most mistakes that are told of one file: one of nothing but mistakes says no more than its first.
pub const MOST: usize = 20;

/// Settings as they are put over one another.
#[derive(Debug, Default)]
pub struct Layers {
    /// What is in force.
    pub settings: Settings,
    /// What is wrong; it does not count.
    pub mistakes: Vec<SettingsError>,
    /// What was set, the last one last.
    given: Vec<Given>,
}

/// A setting and where it was set.
#[derive(Clone, Debug)]
struct Given {
    name: &'static str,
    text: String,
    place: Place,
}

impl Layers {
    /// Puts the text of a file over what is in force.
    pub fn file(&mut self, name: &str, text: &str, base: &Base) {
        let place = |at: usize| {
            let before = text.get(..at).unwrap_or(text);
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = before.matches('\n').count() + 1;
            let column = before.get(start..).unwrap_or_default().chars().count() + 1;
            Place::File { name: name.to_owned(), line, column }
        };
        let mut no_values = Vec::new();
        let mut mistakes = read::settings(text, &mut |at, setting, value| {
            let place = place(at);
            if let Some(mistake) = self.set(setting, Written::Toml(value), base, place) {
                no_values.push((at, mistake));
            }
        });
        mistakes.append(&mut no_values);
        mistakes.sort_by_key(|(at, _)| *at);
        let told = mistakes.into_iter().take(MOST);
        self.mistakes.extend(told.map(|(at, kind)| SettingsError { place: place(at), kind }));
    }

    /// Puts the environment over what is in force. An empty variable is none, as with those of the locale.
    pub fn environment(&mut self, read: impl Fn(&str) -> Option<OsString>, base: &Base) {
        for setting in SETTINGS {
            let variable = setting.variable();
            if let Some(value) = read(&variable).filter(|value| !value.is_empty()) {
                self.word(setting, &value, base, &Place::Variable(variable));
            }
        }
    }

    /// Puts an option `NAME=VALUE` over what is in force.
    pub fn option(&mut self, option: &str, base: &Base) {
        let place = Place::Option;
        let Some((name, value)) = option.split_once('=') else {
            let kind = SettingsErrorKind::NoEquals(option.to_owned());
            return self.mistakes.push(SettingsError { place, kind });
        };
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
            self.word(setting, OsStr::new(value), base, &place);
        } else {
            let kind = read::unknown(name.to_owned());
            self.mistakes.push(SettingsError { place, kind });
        }
    }

    fn word(&mut self, setting: &'static Setting, word: &OsStr, base: &Base, place: &Place) {
        if let Some(kind) = self.set(setting, Written::Word(word), base, place.clone()) {
            self.mistakes.push(SettingsError { place: place.clone(), kind });
        }
    }

    /// Sets what is written, or says what is wrong with it.
    fn set(
        &mut self,
        setting: &'static Setting,
        written: Written,
        base: &Base,
        place: Place,
    ) -> Option<SettingsErrorKind> {
        match setting.kind.set(&mut self.settings, written, base) {
            Ok(text) => {
                self.given.push(Given { name: setting.name, text, place });
                None
            }
            Err(why) => Some(SettingsErrorKind::NoValue(setting, why)),
        }
    }

    /// Where the setting of this name was set; `None` when it was not.
    pub fn place_of(&self, name: &str) -> Option<&Place> {
        self.given.iter().rev().find(|given| given.name == name).map(|given| &given.place)
    }

    /// A setting as it would be written in a file, and where it was set; `None` for its default.
    pub fn in_force(&self, setting: &Setting) -> (&str, Option<&Place>) {
        let given = self.given.iter().rev().find(|given| given.name == setting.name);
        given.map_or((setting.default, None), |given| (given.text.as_str(), Some(&given.place)))
    }
}
