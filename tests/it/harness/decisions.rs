//! Who plays the splitter: pages, and what the person decides about them.

use zhaidu::{
    app::{msg::Renewed, page::Sheet},
    article::{Decision, PageId},
    listing::ArticleKey,
    text::display::DisplayLine,
};

use super::Program;

impl Program {
    pub(super) fn decide(
        &mut self,
        number: u32,
        page: PageId,
        decision: Decision,
    ) -> Result<Renewed, DisplayLine> {
        let added = self.overrides.add(page, decision);
        added.map_err(|error| DisplayLine::new(&error.message(self.model.lang)))?;
        let source = self.sources.get_mut(number as usize).expect("a source");
        source.split_again(&self.overrides);
        let state = source.state();
        let sheet = self.sheets(number).into_iter().find(|sheet| sheet.id == page);
        Ok(Renewed { state, sheet })
    }

    /// The pages of a source.
    pub(super) fn sheets(&self, number: u32) -> Vec<Sheet> {
        let mut first = ArticleKey { source: number, article: 0 };
        let Some(source) = self.sources.get(number as usize) else { return Vec::new() };
        let mut sheets = Vec::new();
        for (page, mode, decided) in source.pages(&self.overrides) {
            let mut sheet = Sheet::new(page, first, mode, self.invisible);
            sheet.decided = decided;
            first.article += sheet.page.articles.len() as u32;
            sheets.push(sheet);
        }
        sheets
    }
}
