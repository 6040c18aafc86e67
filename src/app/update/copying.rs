//! Taking texts along: copying, piping, opening in an editor.

use super::Model;
use crate::{
    app::{
        action::{CopyWhat, Edit, Pane},
        copying::{Subject, View},
        filters::Filter,
        level::Level,
        msg::{Effect, Spot, SpotAt},
        prompt::{Prompt, PromptKind},
        sentences::Stepped,
    },
    listing::ArticleKey,
    text::{display::display, range::TextRange},
};

/// Shell commands that are kept to be brought back.
const KEPT: usize = 100;

impl Model {
    /// Copies something of the selected article.
    pub(super) fn copy(&mut self, what: CopyWhat) -> Vec<Effect> {
        if what == CopyWhat::CommandLine {
            return self.view_at_hand().map(Effect::CopyCommand).into_iter().collect();
        }
        let Some(key) = self.readable() else { return Vec::new() };
        let sentence = self.sentence_at_hand(key);
        let place = self.place_at_hand(key, sentence);
        let count = if self.skim.is_on { self.skim.count } else { self.sentences.count };
        let subject = self.subject(key, &place);
        if let Some(text) = subject.and_then(|subject| subject.text(what, sentence, count)) {
            return vec![Effect::Copy(what, text)];
        }
        let none = self.lang.of("还没有可以复制的", "nothing to copy yet");
        self.notice = Some(display!("{none}: {}", what.name(self.lang)));
        Vec::new()
    }

    /// Shows the text of the selected article without anything around it.
    pub(super) fn plain_text(&mut self) -> Vec<Effect> {
        let key = self.readable();
        let reading = key.and_then(|key| self.reading_of(key));
        reading.map(|reading| Effect::PlainText(reading.text.clone())).into_iter().collect()
    }

    /// Opens the source of the selected article in an editor, at the line that is looked at.
    pub(super) fn open_in_editor(&mut self) -> Vec<Effect> {
        let Some(key) = self.list.selected else { return Vec::new() };
        let line = self.page.cursor().filter(|_| self.is_on_page());
        let at = match line {
            Some((line, _)) => SpotAt::Line(line + 1),
            None => SpotAt::Offset(self.sentence_at_hand(key).map_or(0, |range| range.start)),
        };
        vec![Effect::Editor(Spot { key, at })]
    }

    /// Asks for a shell command that is to get the selected article.
    pub(super) fn open_pipe(&mut self) {
        if self.readable().is_some() {
            self.prompt = Some(Prompt::new(PromptKind::Pipe, ""));
            let told = self.lang.of("全文交给这个命令的标准输入", "the command gets the article");
            self.notice = Some(told.into());
        }
    }

    /// Changes the line for a shell command, or ends it.
    pub(super) fn edit_pipe(&mut self, edit: Edit) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        match edit {
            Edit::Accept => {
                let command = prompt.text().trim().to_owned();
                self.prompt = None;
                self.notice = None;
                return self.pipe(command);
            }
            Edit::Cancel => self.prompt = None,
            Edit::Erase if prompt.text().is_empty() => self.prompt = None,
            _ => drop(prompt.edit(edit, &self.piped)),
        }
        Vec::new()
    }

    fn pipe(&mut self, command: String) -> Vec<Effect> {
        let Some(key) = self.readable().filter(|_| !command.is_empty()) else { return Vec::new() };
        let subject = self.subject(key, "");
        let text = subject.and_then(|subject| subject.text(CopyWhat::Article, None, 0));
        self.piped.retain(|older| *older != command);
        self.piped.push(command.clone());
        let surplus = self.piped.len().saturating_sub(KEPT);
        self.piped.drain(..surplus);
        // A text ends its last line, as programs expect.
        let text = text.map_or_else(String::new, |text| text + "\n");
        vec![Effect::Pipe { command, text }]
    }

    fn is_on_page(&self) -> bool {
        self.page.is_on && self.focus == Pane::Reader
    }

    /// The selected article, if its text is at hand; else it is said why not.
    fn readable(&mut self) -> Option<ArticleKey> {
        let key = self.list.selected;
        let found = key.filter(|key| self.reading_of(*key).is_some());
        if found.is_none() {
            let why = key.and_then(|key| self.failure_of(key)).cloned();
            let waiting = self.lang.of("正文还没有读到", "the text is not there yet");
            self.notice = Some(why.unwrap_or_else(|| waiting.into()));
        }
        found
    }

    fn subject<'a>(&'a self, key: ArticleKey, place: &'a str) -> Option<Subject<'a>> {
        let article = &*self.reading_of(key)?.article;
        let row = self.archive.row(key).unwrap_or_default();
        Some(Subject { article, analysis: self.analysis_of(key), row, place })
    }

    /// The sentence that is meant: in the text the key sentence that was stepped to, if it is in
    /// sight, else the first sentence that begins on the screen; elsewhere the selected key sentence,
    /// or the best one where none are listed.
    fn sentence_at_hand(&self, key: ArticleKey) -> Option<TextRange> {
        let subject = self.subject(key, "")?;
        let is_open = self.reader.key() == Some(key);
        let selected = self.sentences.current().map(|it| it.range).filter(|_| is_open);
        if is_open && self.focus == Pane::Reader {
            let stepped = selected.filter(|range| {
                self.sentences.stepped == Stepped::There && self.reader.is_visible(*range)
            });
            let anchor = self.reader.anchor();
            return stepped
                .or_else(|| subject.first_sentence(|range| self.reader.is_visible(range)))
                .or_else(|| subject.first_sentence(|range| range.end > anchor));
        }
        let best = || {
            let analysis = subject.analysis?;
            analysis.sentences.get(*analysis.order.first()?).map(|sentence| sentence.range)
        };
        let selected = selected.filter(|_| !self.skim.is_on);
        selected.or_else(best).or_else(|| subject.first_sentence(|_| true))
    }

    /// Source and line of the sentence, of the line under the cursor of a page, or of the article.
    fn place_at_hand(&self, key: ArticleKey, sentence: Option<TextRange>) -> String {
        let on_page = self.page.cursor().filter(|_| self.is_on_page());
        let reading = self.reading_of(key);
        let in_text = || reading?.lines.at(sentence?.start);
        let line = on_page.map(|(line, _)| line + 1).or_else(in_text);
        let line = line.or_else(|| Some(self.archive.row(key)?.line));
        let name = self.archive.place(key).unwrap_or_default();
        format!("{}{name}:{}", self.root, line.unwrap_or(1))
    }

    /// What is looked at, as a command line can print it.
    fn view_at_hand(&self) -> Option<View> {
        if self.focus == Pane::List && !self.skim.is_on {
            if let Some((key, _)) = self.search.near {
                return Some(View::Near(key));
            }
            if self.search.is_on {
                let (query, is_literal) = (self.search.query.clone(), self.search.is_literal);
                return Some(View::Found { query, is_literal, order: self.search.order });
            }
            let filters = self.filters.all().iter().map(Filter::query).collect();
            let (order, is_literal) = (self.archive.order(), self.search.is_literal);
            return Some(View::List { order, filters, is_literal });
        }
        let key = self.list.selected?;
        Some(match self.focus {
            Pane::Sentences => View::Summary(key, self.sentences.count),
            Pane::Keywords => View::Keywords(key),
            Pane::List => View::Summary(key, self.skim.count),
            Pane::Reader if self.page.is_on => View::Page(key),
            Pane::Reader if self.reader.level != Level::ALL => {
                View::Level(key, self.reader.level.percent())
            }
            Pane::Reader => View::Text(key),
        })
    }
}
