//! A theme on a terminal with fewer colours than it has.

use ratatui::style::Style;

use super::{BuiltIn, Theme, colour};
use crate::config::ColourDepth;

impl Theme {
    /// The theme with the colours that are there.
    ///
    /// Of 256 colours the nearest is taken. Of sixteen none is near enough to be read for sure, so a
    /// style with other colours gives way to that of the same role in [`BuiltIn::Sixteen`]. Without
    /// colours it is [`BuiltIn::Mono`], whatever was asked for.
    pub fn reduced(self, depth: ColourDepth) -> Self {
        match depth {
            ColourDepth::Direct => self,
            ColourDepth::Indexed => self.map(|_, style| Style {
                fg: style.fg.map(colour::nearest_of_256),
                bg: style.bg.map(colour::nearest_of_256),
                ..style
            }),
            ColourDepth::Sixteen if self.styles().all(|(_, style)| is_named(style)) => self,
            ColourDepth::Sixteen => {
                let mut sixteen = BuiltIn::Sixteen.theme();
                self.map(|role, style| {
                    let other = sixteen.style_mut(role).copied().unwrap_or_default();
                    if is_named(style) { style } else { other }
                })
            }
            ColourDepth::None => BuiltIn::Mono.theme(),
        }
    }

    fn map(mut self, mut change: impl FnMut(&str, Style) -> Style) -> Self {
        for role in Self::ROLES {
            if let Some(style) = self.style_mut(role) {
                *style = change(role, *style);
            }
        }
        self
    }

    /// The theme with the colours of plain text in every style that has none of its own.
    pub(super) fn on_its_text(self) -> Self {
        let (fg, bg) = (self.text.fg, self.text.bg);
        if fg.or(bg).is_none() {
            return self;
        }
        self.map(|_, style| Style { fg: style.fg.or(fg), bg: style.bg.or(bg), ..style })
    }
}

/// Whether every terminal with colours has those of a style.
fn is_named(style: Style) -> bool {
    [style.fg, style.bg].into_iter().flatten().all(colour::is_named)
}
