//! The themes that are built in, by name.

use super::{Theme, read::built_in};

/// A built-in theme. A person's own begins from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// The sixteen colours of the terminal, which suit its background.
    Sixteen,
    /// Attributes only, for terminals without colour and for those who want none.
    Mono,
}

impl BuiltIn {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Sixteen, Self::Mono];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Sixteen => "sixteen",
            Self::Mono => "mono",
        }
    }

    /// The theme with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// Its file.
    pub fn text(self) -> &'static str {
        match self {
            Self::Dark => include_str!("dark.toml"),
            Self::Light => include_str!("light.toml"),
            Self::Sixteen => include_str!("sixteen.toml"),
            Self::Mono => include_str!("mono.toml"),
        }
    }

    /// Its styles.
    pub fn theme(self) -> Theme {
        built_in(self)
    }
}
