//! A theme file read: ours, which have no mistakes, and a person's own.
//!
//! `inherit` says which theme it begins from; `[palette]` gives names to colours; `[styles]` says how a
//! role looks, by a colour or by `{ fg, bg, bold, dim, italic, underline, reverse }`. What is said of a
//! role counts instead of what the theme below says of it, and a colour of its palette that is named
//! again is another one in its styles, too. A mistake costs its own line only.

mod ours;

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    ATTRIBUTES, BuiltIn, Theme, colour,
    error::{Expected, Thing},
    error::{ThemeError, ThemeErrorKind as Kind},
    written,
};
use crate::app::keymap::nearest;

/// The most mistakes that are told of one file.
const MOST: usize = 20;
/// The parts of a file.
const PARTS: [&str; 3] = ["inherit", "palette", "styles"];

/// What came of a theme file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// The theme. Where the file says nothing, or something wrong, it is the one that it begins from.
    pub theme: Theme,
    /// The theme that it begins from.
    pub base: BuiltIn,
    /// All that is wrong with the file, in its order.
    pub errors: Vec<ThemeError>,
}

/// Reads a person's theme. `file` is its name for the messages.
///
/// ```
/// use zhaidu::view::theme::read;
///
/// let found = read("mine.toml", "[styles]\nkey = \"bleu\"\n");
/// assert_eq!(
///     found.errors[0].to_string(),
///     "mine.toml:2:7: unknown colour \"bleu\", did you mean \"blue\"?",
/// );
/// ```
pub fn read(file: &str, text: &str) -> ThemeFile {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut own = Sheet::of(text);
    let base = own.inherit.unwrap_or(BuiltIn::Sixteen);
    let below = Sheet::of(base.text());
    let mut palette = below.palette.clone();
    palette.append(&mut own.palette);
    let mut theme = Theme::default();
    // What is wrong below cannot be: a test holds that.
    below.put_on(&mut theme, &palette);
    own.errors.extend(own.put_on(&mut theme, &palette));
    ThemeFile { theme: theme.on_its_text(), base, errors: located(file, text, own.errors) }
}

/// The theme of one of our files.
pub(super) fn built_in(theme: BuiltIn) -> Theme {
    let sheet = Sheet::of_ours(theme.text());
    let mut theme = Theme::default();
    sheet.put_on(&mut theme, &sheet.palette);
    theme.on_its_text()
}

/// A colour as it stands in a style.
#[derive(Clone, Debug)]
enum Ink {
    /// A number.
    Known(Color),
    /// Of the palette, else as colours are written everywhere.
    Written(String),
}

/// A colour and the byte where it stands.
type Placed = (usize, Ink);

/// What a file says of a role.
#[derive(Clone, Debug, Default)]
struct Sketch {
    fg: Option<Placed>,
    bg: Option<Placed>,
    on: Modifier,
    off: Modifier,
    /// A colour of it is no colour.
    is_broken: bool,
}

/// What a file says, taken apart.
#[derive(Debug, Default)]
struct Sheet {
    inherit: Option<BuiltIn>,
    palette: BTreeMap<String, Color>,
    styles: Vec<(&'static str, Sketch)>,
    /// Byte and kind of each mistake.
    errors: Vec<(usize, Kind)>,
}

/// Where a line stands that is read by itself.
#[derive(Clone, Copy, Debug)]
enum Section {
    Top,
    Palette,
    Styles,
    Role(&'static str),
    Unknown,
}

impl Sheet {
    fn of(text: &str) -> Self {
        let mut sheet = Self::default();
        let (table, mistakes) = DeTable::parse_recoverable(text);
        if mistakes.is_empty() {
            sheet.file(0, &table.into_inner());
            return sheet;
        }
        let (mut at, mut section) = (0, Section::Top);
        for line in text.split_inclusive('\n') {
            sheet.line(at, line, &mut section);
            at += line.len();
        }
        if !sheet.errors.iter().any(|(_, kind)| matches!(kind, Kind::Syntax(_))) {
            // Each line by itself is fine, as when a name is there twice.
            sheet.errors.extend(mistakes.iter().map(|mistake| syntax(0, mistake, text)));
        }
        sheet
    }

    /// Puts what it says over a theme. What is wrong with it: byte and kind.
    fn put_on(&self, theme: &mut Theme, palette: &BTreeMap<String, Color>) -> Vec<(usize, Kind)> {
        let mut errors = Vec::new();
        for (role, sketch) in &self.styles {
            let mut is_whole = !sketch.is_broken;
            let [fg, bg] = [&sketch.fg, &sketch.bg].map(|placed| match placed.as_ref()? {
                (_, Ink::Known(colour)) => Some(*colour),
                (at, Ink::Written(name)) => {
                    let known = palette.get(name).copied().or_else(|| colour::parse(name));
                    if known.is_none() {
                        is_whole = false;
                        errors.push((*at, unknown_colour(name, palette)));
                    }
                    known
                }
            });
            // With one colour of two it could be a text that nobody can read.
            if let Some(style) = theme.style_mut(role).filter(|_| is_whole) {
                let plain = Style { fg, bg, ..Style::new() };
                *style = plain.add_modifier(sketch.on).remove_modifier(sketch.off);
            }
        }
        errors
    }

    fn file(&mut self, base: usize, table: &DeTable<'_>) {
        for (name, value) in table {
            let (at, value_at) = (base + name.span().start, base + value.span().start);
            match (&**name.get_ref(), value.get_ref()) {
                ("inherit", value) => self.inherit(value_at, value),
                ("palette", DeValue::Table(palette)) => self.palette(base, palette),
                ("styles", DeValue::Table(styles)) => self.styles(base, styles),
                ("palette" | "styles", other) => self.wrong(value_at, Expected::Table, other),
                (other, _) => self.unknown(at, Thing::Part, other, PARTS.into_iter()),
            }
        }
    }

    fn inherit(&mut self, at: usize, value: &DeValue<'_>) {
        let DeValue::String(name) = value else { return self.wrong(at, Expected::Theme, value) };
        self.inherit = BuiltIn::named(name);
        if self.inherit.is_none() {
            self.unknown(at, Thing::Theme, name, BuiltIn::ALL.into_iter().map(BuiltIn::name));
        }
    }

    fn palette(&mut self, base: usize, table: &DeTable<'_>) {
        for (name, value) in table {
            let Some((at, ink)) = self.colour(base, value) else { continue };
            let known = match &ink {
                Ink::Known(colour) => Ok(*colour),
                Ink::Written(other) => colour::parse(other).ok_or(other),
            };
            match known {
                Ok(colour) => {
                    self.palette.insert(name.get_ref().clone().into_owned(), colour);
                }
                Err(other) => self.errors.push((at, unknown_colour(other, &BTreeMap::new()))),
            }
        }
    }

    fn styles(&mut self, base: usize, table: &DeTable<'_>) {
        for (name, value) in table {
            let Some(role) = role(name.get_ref()) else {
                let roles: Vec<String> = Theme::ROLES.iter().copied().map(written).collect();
                let roles = roles.iter().map(String::as_str);
                let suggestion = near(name.get_ref(), roles);
                let name_text = name.get_ref().clone().into_owned();
                let kind = Kind::Unknown { thing: Thing::Role, name: name_text, suggestion };
                self.errors.push((base + name.span().start, kind));
                continue;
            };
            match value.get_ref() {
                DeValue::Table(parts) => self.parts(base, role, parts),
                DeValue::String(_) | DeValue::Integer(_) => {
                    let fg = self.colour(base, value);
                    self.styles
                        .extend(fg.map(|fg| (role, Sketch { fg: Some(fg), ..Sketch::default() })));
                }
                other => self.wrong(base + value.span().start, Expected::Style, other),
            }
        }
    }

    /// The parts of a style. What is wrong among them leaves the rest.
    fn parts(&mut self, base: usize, role: &'static str, table: &DeTable<'_>) {
        let mut sketch = match self.styles.pop_if(|(last, _)| *last == role) {
            Some((_, begun)) => begun,
            None => Sketch::default(),
        };
        for (name, value) in table {
            let attribute = ATTRIBUTES.iter().find(|(attribute, _)| attribute == name.get_ref());
            match (&**name.get_ref(), attribute, value.get_ref()) {
                (side @ ("fg" | "bg"), ..) => {
                    let colour = self.colour(base, value);
                    sketch.is_broken |= colour.is_none();
                    *(if side == "fg" { &mut sketch.fg } else { &mut sketch.bg }) = colour;
                }
                (_, Some((_, modifier)), DeValue::Boolean(true)) => sketch.on |= *modifier,
                (_, Some((_, modifier)), DeValue::Boolean(false)) => sketch.off |= *modifier,
                (_, Some(_), other) => {
                    self.wrong(base + value.span().start, Expected::Switch, other);
                }
                (other, None, _) => {
                    let names = ["fg", "bg"].into_iter().chain(ATTRIBUTES.map(|(name, _)| name));
                    self.unknown(base + name.span().start, Thing::Attribute, other, names);
                }
            }
        }
        self.styles.push((role, sketch));
    }

    fn colour(&mut self, base: usize, value: &Spanned<DeValue<'_>>) -> Option<Placed> {
        let at = base + value.span().start;
        match value.get_ref() {
            DeValue::String(text) => Some((at, Ink::Written(text.clone().into_owned()))),
            DeValue::Integer(number) => {
                if let Ok(number) = u8::from_str_radix(number.as_str(), number.radix()) {
                    return Some((at, Ink::Known(colour::numbered(number))));
                }
                self.errors.push((at, unknown_colour(number.as_str(), &BTreeMap::new())));
                None
            }
            other => {
                self.wrong(at, Expected::Colour, other);
                None
            }
        }
    }

    /// A line of a file with mistakes.
    fn line(&mut self, base: usize, line: &str, section: &mut Section) {
        if line.trim_start().starts_with('[') {
            *section = self.header(base, line);
            return;
        }
        let (table, mistakes) = DeTable::parse_recoverable(line);
        let place = |mistake: &toml::de::Error| mistake.span().map_or(0, |span| span.start);
        if let Some(mistake) = mistakes.iter().min_by_key(|mistake| place(mistake)) {
            self.errors.push(syntax(base, mistake, line));
            return;
        }
        let table = table.into_inner();
        match *section {
            Section::Top => self.file(base, &table),
            Section::Palette => self.palette(base, &table),
            Section::Styles => self.styles(base, &table),
            Section::Role(role) => self.parts(base, role, &table),
            Section::Unknown => {}
        }
    }

    /// The section that a header begins.
    fn header(&mut self, base: usize, line: &str) -> Section {
        let inside = line.trim_start().trim_start_matches('[');
        let name = inside.split([']', '#', '\n']).next().unwrap_or_default().trim();
        let (table, mistakes) = DeTable::parse_recoverable(line);
        match mistakes.first() {
            Some(mistake) => self.errors.push(syntax(base, mistake, line)),
            // It says no more than that there is a table, or which one there is not.
            None => self.file(base, &table.into_inner()),
        }
        match name.split_once('.') {
            None if name == "palette" => Section::Palette,
            None if name == "styles" => Section::Styles,
            Some(("styles", name)) => role(name).map_or(Section::Unknown, Section::Role),
            _ => Section::Unknown,
        }
    }

    fn wrong(&mut self, at: usize, expected: Expected, found: &DeValue<'_>) {
        self.errors.push((at, Kind::WrongType(expected, found.type_str())));
    }

    fn unknown(
        &mut self,
        at: usize,
        thing: Thing,
        name: &str,
        known: impl Iterator<Item = &'static str>,
    ) {
        let suggestion = near(name, known);
        self.errors.push((at, Kind::Unknown { thing, name: name.to_owned(), suggestion }));
    }
}

/// The role with this name, its words joined in either way.
fn role(name: &str) -> Option<&'static str> {
    Theme::ROLES.iter().copied().find(|role| *role == name || written(role) == name)
}

fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(str::to_owned)
}

fn unknown_colour(name: &str, palette: &BTreeMap<String, Color>) -> Kind {
    let known = palette.keys().map(String::as_str).chain(colour::NAMES.map(|(name, _)| name));
    let suggestion = near(name, known);
    Kind::Unknown { thing: Thing::Colour, name: name.to_owned(), suggestion }
}

/// What the parser says of a text, or of the line that begins at a byte.
fn syntax(base: usize, mistake: &toml::de::Error, text: &str) -> (usize, Kind) {
    let at = mistake.span().map_or(0, |span| span.start).min(text.trim_end().len());
    (base + at, Kind::Syntax(mistake.message().to_owned()))
}

/// The mistakes with their lines and columns, in the order of the file.
fn located(file: &str, text: &str, mut errors: Vec<(usize, Kind)>) -> Vec<ThemeError> {
    errors.sort_by_key(|(at, _)| *at);
    let located = errors.into_iter().map(|(at, kind)| {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        ThemeError { file: file.to_owned(), line, column, kind }
    });
    // A file of nothing but mistakes says no more than its first ones.
    located.take(MOST).collect()
}
