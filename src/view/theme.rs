//! How things look: a style for each role that something on the screen can have.
//!
//! A theme is a file in TOML, ours beside this module ([`BuiltIn`]) as much as a person's own ([`read()`]).
//! [`Themes`] says which one is worn: what is wanted, what the terminal has of colours, and what it
//! says of its background decide that. No state is told by colour alone: where one role takes the
//! place of another, both differ by an attribute, or the pane puts a mark beside it.

mod built_in;
mod colour;
mod error;
mod read;
mod reduce;
mod themes;
mod write;

use ratatui::style::{Modifier, Style};

pub use built_in::BuiltIn;
pub use colour::rgb;
pub use error::{ThemeError, ThemeErrorKind};
pub use read::{ThemeFile, read};
pub use themes::Themes;

/// Defines [`Theme`] and the list of its roles, which are one thing.
macro_rules! roles {
    ($($(#[doc = $meaning:literal])+ $role:ident,)+) => {
        /// The styles of everything on the screen.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Theme {
            $($(#[doc = $meaning])+ pub $role: Style,)+
        }

        impl Theme {
            /// The names of the roles, in the order of the screen.
            pub const ROLES: &'static [&'static str] = &[$(stringify!($role)),+];

            /// The roles with their styles.
            pub fn styles(&self) -> impl Iterator<Item = (&'static str, Style)> + use<> {
                [$((stringify!($role), self.$role)),+].into_iter()
            }

            /// The style of the role with this name.
            fn style_mut(&mut self, role: &str) -> Option<&mut Style> {
                match role {
                    $(stringify!($role) => Some(&mut self.$role),)+
                    _ => None,
                }
            }
        }
    };
}

roles! {
    /// Heading row of a pane.
    heading,
    /// Heading row of the pane that has the focus.
    heading_focused,
    /// Plain text. What it has of colours the others have, too, unless they have their own.
    text,
    /// Titles and section headings.
    title,
    /// What stands back: bylines, captions, counts.
    dim,
    /// A key sentence in the text.
    key,
    /// The selected key sentence in the text.
    key_selected,
    /// Ranks of key sentences.
    rank,
    /// A place of the selected keyword in the text.
    hit,
    /// The place of the keyword that was gone to last.
    hit_here,
    /// A hit of the search.
    found,
    /// The hit that was gone to last.
    found_here,
    /// The rows where a jump has landed, for a moment. Lies over what they have.
    flash,
    /// The selected row of the pane that has the focus.
    selected,
    /// The selected row of another pane.
    selected_unfocused,
    /// The bar of a keyword.
    bar,
    /// Something that went wrong.
    trouble,
}

/// The attributes that a style can have, by the names that they have in a file.
pub const ATTRIBUTES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// The name of a role as it stands in a file, where words are joined by hyphens.
pub fn written(role: &str) -> String {
    role.replace('_', "-")
}

#[cfg(test)]
mod tests;
