//! Who keeps marks, in the place of the thread that does.

use std::{collections::VecDeque, path::PathBuf};

use zhaidu::{
    app::{
        marks::{MarkNews, MarkOrder},
        msg::Msg,
    },
    lang::Lang,
    store::marks::{journal::Journal, line::Op},
    text::display::DisplayLine,
};

/// Marks on their way to the disk.
#[derive(Default)]
pub(crate) struct Marker {
    journal: Option<Journal>,
    batches: VecDeque<Vec<MarkOrder>>,
    waiting: Vec<Op>,
}

impl Marker {
    /// One that writes into a folder; without one, everything is kept nowhere.
    pub(crate) fn on(folder: PathBuf) -> Self {
        Self { journal: Some(Journal::new(Some(folder))), ..Self::default() }
    }

    pub(crate) fn take(&mut self, batch: Vec<MarkOrder>) {
        self.batches.push_back(batch);
    }

    /// Writes what was asked for first, if anything was.
    pub(crate) fn work(&mut self, lang: Lang) -> Option<Msg> {
        let batch = self.batches.pop_front()?;
        let count = batch.len();
        let Some(journal) = &mut self.journal else {
            return Some(Msg::Marks(MarkNews::Kept(count)));
        };
        for MarkOrder { article, mark, seen } in batch {
            self.waiting.push(journal.mark(article, mark, &seen));
        }
        Some(Msg::Marks(match journal.append(&self.waiting) {
            Ok(()) => {
                let count = self.waiting.len();
                self.waiting.clear();
                MarkNews::Kept(count)
            }
            Err(why) => MarkNews::Failed(self.waiting.len(), DisplayLine::new(&why.message(lang))),
        }))
    }
}
