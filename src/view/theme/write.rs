//! A theme written as a file.

use std::fmt;

use ratatui::style::Style;

use super::{ATTRIBUTES, Theme, colour, written};

/// All of its styles, as they would be in a file that inherits nothing.
impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = Self::ROLES.iter().map(|role| role.len()).max().unwrap_or(0);
        writeln!(f, "[styles]")?;
        for (role, style) in self.styles() {
            writeln!(f, "{:widest$} = {}", written(role), value(style))?;
        }
        Ok(())
    }
}

/// A style as it stands in a file.
fn value(style: Style) -> String {
    let colours = [("fg", style.fg), ("bg", style.bg)];
    let colours = colours.into_iter().filter_map(|(side, colour)| {
        colour.map(|colour| format!("{side} = \"{}\"", colour::name(colour)))
    });
    let attributes = ATTRIBUTES.into_iter().filter_map(|(name, modifier)| {
        let (on, off) = (style.add_modifier, style.sub_modifier);
        let switch = if on.contains(modifier) { Some(true) } else { None };
        let switch = switch.or_else(|| off.contains(modifier).then_some(false));
        switch.map(|switch| format!("{name} = {switch}"))
    });
    let parts: Vec<String> = colours.chain(attributes).collect();
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}
