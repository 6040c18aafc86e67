//! Who exports, in the place of the thread that does: names and numbers are kept, no files.

use std::collections::BTreeMap;

use zhaidu::{
    app::{
        export::{ExportNews, ExportOrder},
        msg::Msg,
    },
    text::display::DisplayLine,
};

/// Exports that were asked for, and those that are done.
#[derive(Default)]
pub(crate) struct Exporter {
    order: Option<ExportOrder>,
    is_stopped: bool,
    /// What lies in each file.
    pub(crate) files: BTreeMap<String, ExportOrder>,
}

impl Exporter {
    pub(crate) fn take(&mut self, order: ExportOrder) {
        self.order = Some(order);
        self.is_stopped = false;
    }

    pub(crate) fn stop(&mut self) {
        self.is_stopped = true;
    }

    pub(crate) fn work(&mut self) -> Option<Msg> {
        let order = self.order.take()?;
        Some(Msg::Export(if self.is_stopped {
            ExportNews::Stopped
        } else if order.name.starts_with("nowhere/") {
            ExportNews::Refused("there is no such folder".into())
        } else if self.files.contains_key(&order.name) && !order.replaces {
            ExportNews::Exists
        } else {
            let told = format!("exported {} {}", order.articles.len(), order.name);
            self.files.insert(order.name.clone(), order);
            ExportNews::Done(DisplayLine::new(&told))
        }))
    }
}
