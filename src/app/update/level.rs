//! How much of an article is shown.

use super::Model;
use crate::{app::action::Amount, lang::Lang, text::display::display};

impl Model {
    /// Shows more or less of each article.
    pub(super) fn change_level(&mut self, amount: Amount) {
        let level = self.reader.level;
        let next = if amount == Amount::More { level.more() } else { level.less() };
        if let Some(next) = next {
            self.reader.set_level(next);
        }
        let percent = self.reader.level.percent();
        self.notice = Some(match self.lang {
            _ if percent == 100 => self.lang.of("全文", "all of the text").into(),
            Lang::Zh => display!("正文的 {percent}%"),
            Lang::En => display!("{percent}% of the text"),
        });
    }

    /// Opens the first fold on the screen, or the next one below.
    pub(super) fn unfold(&mut self) {
        if !self.reader.unfold() {
            let none = self.lang.of("从这里往下没有折叠", "no fold from here on");
            self.notice = Some(none.into());
        }
    }
}
