//! Changing the theme.

use super::Model;
use crate::{
    app::{action::ThemeChange, theme::ThemeName},
    text::display::display,
};

impl Model {
    /// Wants another theme, and says which.
    pub(super) fn change_theme(&mut self, change: ThemeChange) {
        let lang = self.lang;
        match change {
            ThemeChange::Next => self.theme.step(),
            ThemeChange::To(ThemeName::Own) if self.theme.own.is_none() => {
                let none = lang.of(
                    "没有自定的主题：启动时用 --theme 文件",
                    "no theme of your own: start with --theme FILE",
                );
                self.notice = Some(none.into());
                return;
            }
            ThemeChange::To(name) => self.theme.name = name,
        }
        let theme = lang.of("主题", "theme");
        self.notice = Some(display!("{theme}: {}", self.theme.told(lang)));
    }
}
