//! Our own theme files, read line by line: the first frame waits for it, and they have no mistakes.

use super::{ATTRIBUTES, Ink, Sheet, Sketch, colour, role};

impl Sheet {
    /// What one of our files says. Its lines are simple, and a test holds that they say the same here as to
    /// whoever knows all of TOML.
    pub(super) fn of_ours(text: &str) -> Self {
        let mut sheet = Self::default();
        let mut is_palette = false;
        for line in text.lines() {
            if line.starts_with('[') {
                is_palette = line.starts_with("[palette]");
            } else if let Some((name, value)) = entry(line) {
                if is_palette {
                    let colour = string(value).and_then(colour::parse);
                    sheet.palette.extend(colour.map(|colour| (name.to_owned(), colour)));
                } else {
                    sheet.styles.extend(role(name).map(|role| (role, sketch(value))));
                }
            }
        }
        sheet
    }
}

/// The name and the value of a line or a part that says something.
fn entry(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=').filter(|_| !text.starts_with('#'))?;
    Some((name.trim(), value.trim()))
}

/// A string at the beginning of a text.
fn string(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split('"').next()
}

/// What is said of a role: a colour, or parts in braces.
fn sketch(value: &str) -> Sketch {
    let ink = |value| string(value).map(|name| (0, Ink::Written(name.to_owned())));
    let mut sketch = Sketch::default();
    let Some(parts) = value.strip_prefix('{').and_then(|value| value.split('}').next()) else {
        return Sketch { fg: ink(value), ..sketch };
    };
    for (name, value) in parts.split(',').filter_map(entry) {
        let attribute = ATTRIBUTES.iter().find(|(attribute, _)| *attribute == name);
        match (name, value, attribute) {
            ("fg", ..) => sketch.fg = ink(value),
            ("bg", ..) => sketch.bg = ink(value),
            (_, "true", Some((_, modifier))) => sketch.on |= *modifier,
            (_, _, Some((_, modifier))) => sketch.off |= *modifier,
            (.., None) => {}
        }
    }
    sketch
}

#[cfg(test)]
mod tests {
    use crate::view::theme::BuiltIn;

    use super::*;

    #[test]
    fn our_files_say_the_same_to_whoever_knows_all_of_toml() {
        for theme in BuiltIn::ALL {
            let [mut ours, mut all] = [Sheet::of_ours(theme.text()), Sheet::of(theme.text())];
            for sheet in [&mut ours, &mut all] {
                // Where in the file it stands is for messages only.
                let inks = sheet.styles.iter_mut().flat_map(|(_, it)| [&mut it.fg, &mut it.bg]);
                inks.flatten().for_each(|(at, _)| *at = 0);
                sheet.styles.sort_by_key(|(role, _)| *role);
            }
            assert_eq!(format!("{ours:?}"), format!("{all:?}"), "{}", theme.name());
            assert!(!ours.styles.is_empty());
        }
    }
}
