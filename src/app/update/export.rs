//! Exporting: typing a file name, waiting for the file, stopping.

use crate::{
    app::{
        action::{Edit, ExportWhat},
        export::{ExportNews, ExportOrder, Subject, with_next_ending},
        model::Model,
        msg::Effect,
        prompt::{Prompt, PromptKind},
    },
    lang::Lang,
    listing::ArticleKey,
    text::display::{DisplayLine, display},
};

impl Model {
    /// Asks for the file that something is exported to.
    pub(super) fn export(&mut self, what: ExportWhat) {
        if self.export.running.is_some() {
            let busy = "还在导出；Esc 停止";
            self.notice = Some(self.lang.of(busy, "still exporting; Esc stops that").into());
            return;
        }
        match what {
            ExportWhat::Article => {
                let row = self.list.selected.and_then(|key| Some((key, self.archive.row(key)?)));
                let Some((key, row)) = row else {
                    let none = self.lang.of("没有选中文章", "no article is selected");
                    self.notice = Some(none.into());
                    return;
                };
                let title = row.title.as_str().to_owned();
                self.open_export(vec![key], title);
            }
            ExportWhat::List if self.search.is_on => {
                // Only the searcher knows which articles they are.
                self.search.ask_keys();
                let near = self.search.near.as_ref().map(|(_, title)| title.to_string());
                let title = near.unwrap_or_else(|| self.search.query.clone());
                self.ask_export(None, title, self.search.results.articles);
            }
            ExportWhat::List => {
                let filter = self.archive.title_filter().map(|filter| filter.typed().to_owned());
                let title = filter.unwrap_or_else(|| self.name.to_string());
                self.open_export(self.archive.rows().to_vec(), title);
            }
            ExportWhat::Marked => {
                let is_marked = |key: &&ArticleKey| {
                    let row = self.archive.row(**key);
                    row.and_then(|row| self.marks.of(row.id)).is_some_and(|marks| {
                        marks.starred || !marks.tags.is_empty() || !marks.note.is_empty()
                    })
                };
                let marked: Vec<ArticleKey> =
                    self.archive.all().iter().filter(is_marked).copied().collect();
                if marked.is_empty() {
                    let none = self
                        .lang
                        .of("没有加星、标签或备注的文章", "no article has a star, a tag or a note");
                    self.notice = Some(none.into());
                    return;
                }
                self.open_export(marked, self.lang.of("标记", "marked").to_owned());
            }
        }
    }

    /// Takes in which articles the results of a search are, if that is waited for. Nobody who types has
    /// to wait for it.
    pub(super) fn export_found(&mut self, mut found: Vec<ArticleKey>) -> Vec<Effect> {
        found.retain(|key| self.archive.row(*key).is_some());
        let subject = self.export.subject.as_mut();
        let Some(subject) = subject.filter(|subject| subject.articles.is_none()) else {
            return Vec::new();
        };
        subject.articles = Some(found);
        if subject.is_due { self.order_export() } else { Vec::new() }
    }

    fn open_export(&mut self, mut articles: Vec<ArticleKey>, title: String) {
        articles.retain(|key| self.archive.row(*key).is_some());
        let count = articles.len();
        self.ask_export(Some(articles), title, count);
    }

    fn ask_export(&mut self, articles: Option<Vec<ArticleKey>>, title: String, count: usize) {
        if count == 0 {
            let none = self.lang.of("没有可以导出的文章", "there is no article to export");
            self.notice = Some(none.into());
            return;
        }
        self.notice = Some(match self.lang {
            Lang::Zh => display!("{count} 篇，Tab 换格式"),
            Lang::En if count == 1 => display!("1 article; Tab changes the format"),
            Lang::En => display!("{count} articles; Tab changes the format"),
        });
        let name = self.export.proposed(&title);
        self.prompt = Some(Prompt::new(PromptKind::Export, &name));
        self.export.exists = false;
        self.export.subject = Some(Subject { articles, title, is_due: false });
    }

    /// Changes the line with the file name, or ends it.
    pub(super) fn edit_export(&mut self, edit: Edit) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        match edit {
            Edit::Accept => return self.accept_export(),
            Edit::Cancel => self.cancel_export(),
            Edit::Erase if prompt.text().is_empty() => self.cancel_export(),
            Edit::Complete => {
                let name = with_next_ending(prompt.text());
                *prompt = Prompt::new(PromptKind::Export, name.as_str());
            }
            _ => drop(prompt.edit(edit, &[])),
        }
        Vec::new()
    }

    fn cancel_export(&mut self) {
        self.prompt = None;
        self.export.subject = None;
    }

    fn accept_export(&mut self) -> Vec<Effect> {
        let name = self.prompt.as_ref().map_or("", |prompt| prompt.text().trim()).to_owned();
        if name.is_empty() {
            self.notice = Some(self.lang.of("请输入文件名", "type a file name").into());
            return Vec::new();
        }
        self.prompt = None;
        self.notice = None;
        self.export.begin(&name);
        self.order_export()
    }

    /// Orders what was accepted, if it is known which articles that are.
    fn order_export(&mut self) -> Vec<Effect> {
        let Some(subject) = &mut self.export.subject else { return Vec::new() };
        let Some(articles) = subject.articles.clone() else {
            subject.is_due = true;
            return Vec::new();
        };
        subject.is_due = false;
        let title = subject.title.clone();
        self.export.running = Some((0, articles.len()));
        let (name, replaces) = (self.export.typed().to_owned(), self.export.replaces);
        let (sentences, marks) = (self.sentences.count, self.marks.table().clone());
        let order = ExportOrder { articles, name, replaces, title, sentences, marks };
        vec![Effect::Export(Box::new(order))]
    }

    /// Stops the export that is under way.
    pub(super) fn stop_export(&mut self) -> Vec<Effect> {
        self.notice = Some(self.lang.of("正在停止 ..", "stopping ..").into());
        vec![Effect::StopExport]
    }

    /// Takes in what came of an export.
    pub(super) fn take_export(&mut self, news: ExportNews) {
        if let ExportNews::Progress(done) = news {
            if let Some((known, _)) = &mut self.export.running {
                *known = done;
            }
            return;
        }
        self.export.running = None;
        self.export.is_warned = false;
        self.notice = Some(match news {
            ExportNews::Progress(_) => return,
            ExportNews::Done(told) => told,
            ExportNews::Stopped => {
                self.lang.of("已停止，没有写出文件", "stopped; no file was written").into()
            }
            ExportNews::Exists => {
                self.export.exists = true;
                let told = "已有此文件；再按 Enter 覆盖";
                self.retry_export(self.lang.of(told, "is there already; Enter replaces it").into())
            }
            ExportNews::Refused(why) => self.retry_export(why),
        });
    }

    /// Gives the name back to be typed anew, unless something else is typed by now; what to say.
    fn retry_export(&mut self, why: DisplayLine) -> DisplayLine {
        let name = self.export.typed();
        if self.prompt.is_some() || !self.overlays.is_empty() {
            return display!("{name}: {why}");
        }
        self.prompt = Some(Prompt::new(PromptKind::Export, name));
        why
    }
}
