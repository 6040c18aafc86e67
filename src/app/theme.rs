//! Which theme is wanted, by name: what it looks like is known to whoever draws.

use crate::{lang::Lang, text::display::DisplayLine};

/// The name of a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// Whatever suits the terminal.
    #[default]
    Auto,
    /// The one for dark backgrounds.
    Dark,
    /// The one for light backgrounds.
    Light,
    /// The sixteen colours of the terminal.
    Sixteen,
    /// No colours.
    Mono,
    /// The person's own.
    Own,
}

impl ThemeName {
    /// All names, in the order in which they are gone through.
    pub const ALL: [Self; 6] =
        [Self::Auto, Self::Dark, Self::Light, Self::Sixteen, Self::Mono, Self::Own];

    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Sixteen => "sixteen",
            Self::Mono => "mono",
            Self::Own => "own",
        }
    }

    /// What it is, for a person.
    fn told(self, lang: Lang) -> &'static str {
        match self {
            Self::Auto => lang.of("自动，随终端背景", "auto, as the terminal is"),
            Self::Dark => lang.of("深色", "dark"),
            Self::Light => lang.of("浅色", "light"),
            Self::Sixteen => lang.of("终端的十六色", "sixteen, the colours of the terminal"),
            Self::Mono => lang.of("无色", "mono, no colours"),
            Self::Own => lang.of("自定的", "own"),
        }
    }
}

/// The theme that is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeWish {
    /// Which one.
    pub name: ThemeName,
    /// What the person's own one is called, if there is one.
    pub own: Option<DisplayLine>,
}

impl ThemeWish {
    /// Wants the one after this.
    pub(super) fn step(&mut self) {
        let all = ThemeName::ALL.into_iter();
        let there = all.filter(|name| *name != ThemeName::Own || self.own.is_some());
        let next = there.clone().cycle().skip_while(|name| *name != self.name).nth(1);
        self.name = next.unwrap_or_default();
    }

    /// Which one it is, for a person.
    pub(super) fn told(&self, lang: Lang) -> DisplayLine {
        match &self.own {
            Some(own) if self.name == ThemeName::Own => own.clone(),
            _ => self.name.told(lang).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_goes_through_all_that_are_there() {
        for (own, count) in [(None, 5), (Some("mine".into()), 6)] {
            let mut wish = ThemeWish { own, ..ThemeWish::default() };
            let mut seen = Vec::new();
            for _ in 0..count {
                seen.push(wish.name);
                wish.step();
            }
            assert_eq!(seen, ThemeName::ALL[..count]);
            assert_eq!(wish.name, ThemeName::Auto);
        }
    }
}
