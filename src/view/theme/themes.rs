//! Which theme is worn.

use super::{BuiltIn, Theme};
use crate::{
    app::theme::ThemeName,
    config::{Background, ColourDepth},
};

/// What can be worn on this terminal, and what is.
#[derive(Clone, Debug)]
pub struct Themes {
    depth: ColourDepth,
    background: Option<Background>,
    own: Option<Theme>,
    /// The one that is worn, and of what it came.
    worn: Option<(ThemeName, Option<Background>, Theme)>,
}

impl Themes {
    /// The themes for a terminal with so many colours, on this background if that is known, and the
    /// person's own one.
    pub fn new(depth: ColourDepth, background: Option<Background>, own: Option<Theme>) -> Self {
        Self { depth, background, own, worn: None }
    }

    /// Whether the background of the terminal makes a difference: with sixteen colours or fewer those of
    /// the terminal suit it best.
    pub fn depend_on_background(&self) -> bool {
        self.depth >= ColourDepth::Indexed
    }

    /// The background is this.
    pub fn learn(&mut self, background: Background) {
        self.background = Some(background);
    }

    /// Puts on the theme of this name.
    pub fn wear(&mut self, name: ThemeName) -> Theme {
        match self.worn {
            Some((worn, background, theme)) if (worn, background) == (name, self.background) => {
                theme
            }
            _ => {
                let theme = self.made(name).reduced(self.depth);
                self.worn = Some((name, self.background, theme));
                theme
            }
        }
    }

    fn made(&self, name: ThemeName) -> Theme {
        let built_in = match name {
            ThemeName::Auto => match self.background {
                Some(background) if self.depend_on_background() => match background {
                    Background::Dark => BuiltIn::Dark,
                    Background::Light => BuiltIn::Light,
                },
                _ => BuiltIn::Sixteen,
            },
            ThemeName::Dark => BuiltIn::Dark,
            ThemeName::Light => BuiltIn::Light,
            ThemeName::Sixteen => BuiltIn::Sixteen,
            ThemeName::Mono => BuiltIn::Mono,
            ThemeName::Own => return self.own.unwrap_or_else(|| self.made(ThemeName::Auto)),
        };
        built_in.theme()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_decides_only_where_it_is_asked_to() {
        use ThemeName::{Auto, Dark, Light, Mono, Own};
        let (dark, light) = (Some(Background::Dark), Some(Background::Light));
        let own = Theme { title: BuiltIn::Mono.theme().heading, ..BuiltIn::Sixteen.theme() };
        for (depth, background, name, worn) in [
            (ColourDepth::Direct, None, Auto, BuiltIn::Sixteen.theme()),
            (ColourDepth::Direct, dark, Auto, BuiltIn::Dark.theme()),
            (ColourDepth::Direct, light, Auto, BuiltIn::Light.theme()),
            (ColourDepth::Direct, dark, Light, BuiltIn::Light.theme()),
            (ColourDepth::Direct, light, Own, own),
            (ColourDepth::Direct, light, Mono, BuiltIn::Mono.theme()),
            (ColourDepth::Sixteen, dark, Auto, BuiltIn::Sixteen.theme()),
            (ColourDepth::Sixteen, dark, Dark, BuiltIn::Sixteen.theme()),
            (ColourDepth::Sixteen, dark, Own, own),
            (ColourDepth::None, dark, Own, BuiltIn::Mono.theme()),
            (ColourDepth::None, light, Dark, BuiltIn::Mono.theme()),
        ] {
            let mut themes = Themes::new(depth, background, Some(own));
            assert_eq!(themes.wear(name), worn, "{depth:?} {background:?} {name:?}");
        }
    }

    #[test]
    fn what_is_learnt_of_the_background_is_put_on() {
        let mut themes = Themes::new(ColourDepth::Direct, None, None);
        assert_eq!(themes.wear(ThemeName::Auto), BuiltIn::Sixteen.theme());
        themes.learn(Background::Light);
        assert_eq!(themes.wear(ThemeName::Auto), BuiltIn::Light.theme());
        assert_eq!(themes.wear(ThemeName::Dark), BuiltIn::Dark.theme());
        assert_eq!(themes.wear(ThemeName::Own), BuiltIn::Light.theme());
    }
}
