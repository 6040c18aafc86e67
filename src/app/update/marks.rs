//! Marking articles: star, read, tags, note, and taking that back.

use std::ops::Range;

use super::Model;
use crate::{
    app::{
        action::{Edit, MarkDo},
        filters::Filter,
        marks::{MarkNews, MarkSubject, Memory},
        msg::Effect,
        prompt::{Prompt, PromptKind},
    },
    article::{ArticleId, Mark, MarkedArticle, Marks, join_notes},
    listing::ArticleKey,
    text::display::{DisplayLine, display},
};

impl Model {
    /// The id of the selected article, if its source or its text is read.
    pub fn selected_id(&self) -> Option<ArticleId> {
        self.known(self.list.selected?).map(|(id, _)| id)
    }

    /// The id and the title of an article. Its text may be there before the list has read its source.
    fn known(&self, key: ArticleKey) -> Option<(ArticleId, DisplayLine)> {
        let of_text = || {
            let article = &self.reading_of(key)?.article;
            Some((article.id, DisplayLine::new(&article.headline())))
        };
        let row = self.archive.row(key);
        row.map(|row| (row.id, DisplayLine::new(row.title.as_str()))).or_else(of_text)
    }

    /// What is kept about the selected article.
    pub fn selected_marks(&self) -> Option<&Marks> {
        self.marks.of(self.selected_id()?)
    }

    /// Does something about the marks of the selected article.
    pub(super) fn mark(&mut self, what: MarkDo) {
        match what {
            MarkDo::Undo => {
                let undone = self.marks.undo(self.lang);
                let (said, none) = ("已撤销", "没有可以撤销的标记");
                return self.say_changed(undone, (said, "undone"), (none, "no mark to take back"));
            }
            MarkDo::Redo => {
                let redone = self.marks.redo(self.lang);
                let (said, none) = ("已重做", "没有可以重做的标记");
                return self.say_changed(redone, (said, "redone"), (none, "no mark to make again"));
            }
            MarkDo::AllRead => return self.mark_all_read(),
            MarkDo::Star
            | MarkDo::Read
            | MarkDo::Tags
            | MarkDo::Note
            | MarkDo::EditNote
            | MarkDo::ShowNote => {}
        }
        let Some(article) = self.article_to_mark() else { return };
        let marks = self.marks.of(article.id).cloned().unwrap_or_default();
        let subject = |article, note: &str| Some(MarkSubject { article, note: note.to_owned() });
        match what {
            MarkDo::Star => {
                let said =
                    if marks.starred { ("去掉星标", "star off") } else { ("星标", "star") };
                self.set(&article, [Mark::Star(!marks.starred)], said);
            }
            MarkDo::Read => {
                let said = if marks.read { ("未读", "unread") } else { ("已读", "read") };
                self.set(&article, [Mark::Read(!marks.read)], said);
            }
            MarkDo::Tags => {
                let tags = hashed(&marks);
                let how = self.lang.of("空格分开，-标签 去掉", "spaces between; -tag takes it off");
                self.notice = Some(display!("{how}  {tags}"));
                self.prompt = Some(Prompt::new(PromptKind::Tags, ""));
                self.marks.subject = subject(article, &marks.note);
            }
            MarkDo::Note => {
                let Some(prompt) = Prompt::of_note(&marks.note) else {
                    let long =
                        self.lang.of("备注太长，一行里放不下", "the note is too long for a line");
                    self.notice = Some(long.into());
                    return;
                };
                self.prompt = Some(prompt);
                self.marks.subject = subject(article, &marks.note);
            }
            MarkDo::ShowNote => self.show_note(&marks.note),
            MarkDo::AllRead | MarkDo::EditNote | MarkDo::Undo | MarkDo::Redo => {}
        }
    }

    /// Has the note about the selected article written in an editor.
    pub(super) fn edit_note(&mut self) -> Vec<Effect> {
        let Some(article) = self.article_to_mark() else { return Vec::new() };
        let note = self.marks.of(article.id).map(|marks| marks.note.clone()).unwrap_or_default();
        vec![Effect::EditNote(MarkSubject { article, note })]
    }

    /// Takes in what was written for a note in an editor.
    pub(super) fn take_note(&mut self, subject: &MarkSubject, text: &str) {
        let (note, is_whole) = Prompt::as_note(text);
        self.marks.begin_group();
        self.note(subject, note);
        if !is_whole && let Some(saving) = self.marks.saving.take() {
            let cut = self.lang.of("太长，只留了前面", "too long, only its beginning is kept");
            self.say_saving(&display!("{cut}  {saving}"));
        }
    }

    /// The selected article, or a word about that none is.
    fn article_to_mark(&mut self) -> Option<MarkedArticle> {
        let article = self.selected_article();
        if article.is_none() {
            self.notice = Some(self.lang.of("没有选中文章", "no article is selected").into());
        }
        article
    }

    /// The selected article was opened to be read.
    pub(super) fn mark_opened(&mut self) {
        if let Some(article) = self.selected_article() {
            self.marks.set(&article, Mark::Read(true), Memory::Passing);
        }
    }

    /// Stars, or marks as read, so many articles of the list from the selected one on; or takes that
    /// from all of them, if the selected one has it. It is taken back in one step.
    pub(super) fn mark_many(&mut self, what: MarkDo, count: usize) {
        let first = self.list.position(&self.archive).filter(|_| !self.search.is_on);
        let Some(first) = first.filter(|_| count > 1) else { return self.mark(what) };
        let rows = self.archive.rows().iter().skip(first).take(count);
        let articles: Vec<MarkedArticle> =
            rows.filter_map(|key| self.marked_article(*key)).collect();
        let marks = self.selected_marks().cloned().unwrap_or_default();
        let (mark, (zh, en)) = match what {
            MarkDo::Star if marks.starred => (Mark::Star(false), ("去掉星标", "star off")),
            MarkDo::Star => (Mark::Star(true), ("星标", "star")),
            _ if marks.read => (Mark::Read(false), ("未读", "unread")),
            _ => (Mark::Read(true), ("已读", "read")),
        };
        let set = |article| self.marks.set(article, mark.clone(), Memory::Remembered);
        let changed = articles.iter().map(set).filter(|changed| *changed).count();
        let what = self.lang.of(zh, en);
        self.say_saving(&display!("{what} ×{changed}"));
    }

    /// The articles of these rows of the list have passed by.
    pub(super) fn mark_passed(&mut self, rows: Range<usize>) {
        // The rows are still those of the list before a filter that is on its way.
        if self.filters.all().iter().any(Filter::is_awaited) {
            return;
        }
        let keys = self.archive.rows().iter().skip(rows.start).take(rows.len());
        let articles: Vec<MarkedArticle> =
            keys.filter_map(|key| self.marked_article(*key)).collect();
        for article in &articles {
            self.marks.set(article, Mark::Read(true), Memory::Passing);
        }
    }

    fn selected_article(&self) -> Option<MarkedArticle> {
        self.marked_article(self.list.selected?)
    }

    pub(super) fn marked_article(&self, key: ArticleKey) -> Option<MarkedArticle> {
        let ((id, title), place) = (self.known(key)?, self.archive.place(key)?);
        let (path, title) = (place.as_str().to_owned(), title.as_str().to_owned());
        Some(MarkedArticle { id, path, title })
    }

    fn set(
        &mut self,
        article: &MarkedArticle,
        marks: impl IntoIterator<Item = Mark>,
        (zh, en): (&str, &str),
    ) {
        let mut changed = false;
        for mark in marks {
            changed |= self.marks.set(article, mark, Memory::Remembered);
        }
        if changed {
            let what = DisplayLine::new(self.lang.of(zh, en));
            self.say_saving(&display!("{what}  {}", DisplayLine::new(&article.title)));
        }
    }

    fn say_changed(
        &mut self,
        what: Option<DisplayLine>,
        said: (&'static str, &'static str),
        none: (&'static str, &'static str),
    ) {
        match what {
            Some(what) => self.say_saving(&display!("{}: {what}", self.lang.of(said.0, said.1))),
            None => self.notice = Some(self.lang.of(none.0, none.1).into()),
        }
    }

    /// Says what was marked, and that it is not on the disk yet. Whether it is must be seen, however long
    /// the title is.
    pub(super) fn say_saving(&mut self, what: &DisplayLine) {
        let saving = self.lang.of("正在保存", "saving");
        // A space at the left edge and two at the right one, as the last row has them.
        let around = self.widths.cells(saving) + "  .. ".len() + 3;
        let room = usize::from(self.size.width).saturating_sub(around);
        let what = what.shown().fit(room, self.widths);
        self.notice = Some(display!("{what}  .. {saving}"));
        self.marks.saving = Some(what);
    }

    /// Something came of the marks on the disk.
    pub(super) fn take_marks(&mut self, news: MarkNews) {
        match news {
            MarkNews::Loaded(marks) => {
                let is_first = !self.marks.is_loaded;
                self.marks.load(marks);
                if is_first {
                    self.order_by_loaded_marks();
                }
                if is_first && self.search.asks_marks() {
                    self.search.ask_on();
                }
            }
            MarkNews::Kept(count) => {
                self.marks.kept(count);
                let was_failing = std::mem::take(&mut self.marks.unsaved) > 0;
                self.marks.is_warned = false;
                let Some(what) = self.marks.saving.take() else { return };
                let saving = self.lang.of("正在保存", "saving");
                let is_shown = self.notice == Some(display!("{what}  .. {saving}"));
                if is_shown || was_failing {
                    let saved = self.lang.of("已保存", "saved");
                    self.notice = Some(display!("{what}  {saved}"));
                }
            }
            MarkNews::Failed(count, why) => {
                self.marks.unsaved = count;
                let said = if self.marks.is_warned {
                    self.lang.of("标记未保存，再按一次退出", "marks not saved, once more quits")
                } else {
                    self.lang.of("标记未保存，会再试", "marks not saved, trying again later")
                };
                self.notice = Some(display!("{said}: {why}"));
            }
        }
    }

    /// Leaves; who would lose marks is told first, and they are tried once more.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.export.running.is_some() && !std::mem::replace(&mut self.export.is_warned, true) {
            let again = self.lang.of(
                "还在导出；再按一次停止并退出",
                "still exporting; once more stops that and quits",
            );
            self.notice = Some(again.into());
            return Vec::new();
        }
        if self.marks.unsaved == 0 || std::mem::replace(&mut self.marks.is_warned, true) {
            return vec![Effect::Quit];
        }
        let again = self.lang.of(
            "标记未保存，正在再试；再按一次退出",
            "marks not saved, trying again; once more quits",
        );
        self.notice = Some(again.into());
        vec![Effect::Mark(Vec::new())]
    }

    /// Changes the line with tags or the note, or ends it.
    pub(super) fn edit_marks(&mut self, edit: Edit) {
        let Some(prompt) = &mut self.prompt else { return };
        match edit {
            Edit::Accept => self.accept_marks(),
            Edit::Cancel => self.prompt = None,
            Edit::Erase if prompt.text().is_empty() => self.prompt = None,
            Edit::Complete if prompt.kind() == PromptKind::Tags => self.complete_tag(),
            _ => drop(prompt.edit(edit, &[])),
        }
    }

    fn accept_marks(&mut self) {
        let (Some(prompt), Some(subject)) = (self.prompt.take(), self.marks.subject.take()) else {
            return;
        };
        self.notice = None;
        let text = prompt.text().trim();
        if prompt.kind() == PromptKind::Tags {
            let marks: Vec<Mark> = text.split_whitespace().filter_map(tag).collect();
            return self.set(&subject.article, marks, ("标签", "tags"));
        }
        self.note(&subject, prompt.note());
    }

    /// Gives an article a note, unless it has that one. If another program wrote one while this was typed,
    /// it has both.
    fn note(&mut self, subject: &MarkSubject, typed: String) {
        let MarkSubject { article, note: seen } = subject;
        let known = self.marks.of(article.id).map_or("", |known| known.note.as_str());
        let is_other = known != seen && !known.is_empty();
        let note = if is_other { join_notes([known, &typed]) } else { typed };
        if known == note {
            return;
        }
        let said = match () {
            () if note.is_empty() => ("去掉备注", "note off"),
            () if is_other => {
                ("备注，和别处同时写的放在一起", "note, beside one written elsewhere")
            }
            () => ("备注", "note"),
        };
        self.set(article, [Mark::Note(note)], said);
    }
}

/// The mark that a word stands for.
fn tag(word: &str) -> Option<Mark> {
    let (name, on) = word.strip_prefix('-').map_or((word, true), |name| (name, false));
    let name = name.trim_start_matches('#');
    (!name.is_empty()).then(|| Mark::Tag(name.to_owned(), on))
}

/// The tags as they are shown.
pub fn hashed(marks: &Marks) -> DisplayLine {
    let tags: Vec<String> = marks.tags.iter().map(|tag| format!("#{tag}")).collect();
    DisplayLine::new(&tags.join(" "))
}
