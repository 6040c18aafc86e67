//! Completing what is typed by what is known: tags, and what a query may ask of marks.

use crate::{
    app::{action::Edit, model::Model},
    query::{Field, Flag},
    text::display::{DisplayLine, display},
};

impl Model {
    /// Completes the last word of the line as the name of a tag.
    pub(super) fn complete_tag(&mut self) {
        let typed = self.last_word().trim_start_matches(['-', '#']).to_owned();
        let tags = self.marks.tags().into_iter().map(str::to_owned).collect();
        self.complete(&typed, tags);
    }

    /// Completes the last word of a query behind `tag:` or `is:`.
    pub(super) fn complete_query(&mut self) {
        let word = self.last_word().trim_start_matches(['-', '－']).to_owned();
        let Some((field, typed)) = word.split_once([':', '：']) else { return };
        let known: Vec<String> = if field == Field::Tag.name() {
            self.marks.tags().into_iter().map(str::to_owned).collect()
        } else if field == Field::Is.name() {
            Flag::ALL.iter().map(|flag| flag.name().to_owned()).collect()
        } else {
            return;
        };
        self.complete(typed, known);
    }

    fn last_word(&self) -> &str {
        let text = self.prompt.as_ref().map_or("", |prompt| prompt.text());
        let starts = |c: char| c.is_whitespace() || matches!(c, '(' | '（');
        text.rsplit(starts).next().unwrap_or_default()
    }

    /// Goes on as far as there is only one way to; else says which ways there are.
    fn complete(&mut self, typed: &str, known: Vec<String>) {
        let fitting: Vec<String> =
            known.into_iter().filter(|known| known.starts_with(typed)).collect();
        let Some(prompt) = &mut self.prompt else { return };
        match fitting.as_slice() {
            [] => {}
            [only] => {
                let rest = display!("{} ", DisplayLine::new(only.get(typed.len()..).unwrap_or("")));
                prompt.edit(Edit::End, &[]);
                prompt.insert(rest.as_str());
            }
            several => self.notice = Some(DisplayLine::new(&several.join("  "))),
        }
    }
}
