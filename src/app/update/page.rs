//! The page in the place of the text: getting there and back, and deciding about it.

use super::span;
use crate::{
    app::{
        action::{Decide, Motion, Pane, Step},
        layout::SizeClass,
        model::Model,
        msg::{Effect, Renewed},
        page::Sheet,
    },
    article::{Decision, Override, Role, SplitMode, Verdict},
    lang::Lang,
    listing::ArticleKey,
    text::display::{DisplayLine, display},
};

impl Model {
    /// Shows the page of the selected article at the place of its text, or the article again.
    pub(super) fn toggle_page(&mut self) {
        if self.page.is_on {
            return self.leave_page();
        }
        if self.list.selected.is_none() {
            return;
        }
        self.focus_on(Pane::Reader);
        self.page.is_on = true;
        self.meet_reader();
    }

    /// Goes from the page to the article under the cursor, at the same place.
    pub(super) fn leave_page(&mut self) {
        self.page.is_on = false;
        let place = self.page.cursor().zip(self.page.offset()).zip(self.page.sheet());
        let Some((((line, on_border), offset), sheet)) = place else { return };
        let starts = on_border && sheet.borders.starts.contains_key(&line);
        let Some((article, at)) = sheet.page.article_at(offset) else { return };
        let first = sheet.borders.starts.contains_key(&line);
        let (key, at) = (sheet.key(article), if starts || first { 0 } else { at });
        self.open_at(key, at);
    }

    /// Whether the page stays when the focus goes to a pane.
    pub(super) fn page_goes_with(&self, pane: Pane) -> bool {
        match pane {
            Pane::Reader => true,
            Pane::List => {
                self.size_class() == SizeClass::Wide && !self.choice().is_hidden(Pane::List)
            }
            Pane::Sentences | Pane::Keywords => false,
        }
    }

    /// Moves the cursor of the page; the list goes with it.
    pub(super) fn move_on_page(&mut self, motion: Motion, times: usize) {
        self.page.moved(span(motion, self.page.page(), times));
        self.follow_page();
    }

    /// Selects the article in which the cursor of the page is.
    pub(super) fn follow_page(&mut self) {
        let key = self.page.article().zip(self.page.sheet());
        if let Some(key) = key.map(|(article, sheet)| sheet.key(article)) {
            self.select(key);
            self.page.followed = Some(key);
        }
    }

    /// Lays the page out, with the cursor on the article that is selected; asks for it if it is
    /// not there.
    pub(in crate::app) fn settle_page(
        &mut self,
        (columns, rows): (usize, usize),
    ) -> Option<Effect> {
        let key = self.list.selected.filter(|_| self.page.is_on)?;
        self.archive.row(key)?;
        if !self.page.sheet().is_some_and(|sheet| sheet.holds(key)) {
            self.page.forget_unless_asked(key);
            let is_new = self.page.asked != Some(key) && self.failure().is_none();
            self.page.asked = Some(key);
            return is_new.then_some(Effect::Page(key));
        }
        if self.page.followed != Some(key) {
            self.page.followed = Some(key);
            let article = self.page.sheet().map(|sheet| key.article - sheet.first);
            self.page.go_to_article(article.unwrap_or(0) as usize);
        }
        self.page.settle(columns, rows, self.widths, self.lang);
        None
    }

    pub(super) fn take_page(&mut self, key: ArticleKey, sheet: Result<Box<Sheet>, DisplayLine>) {
        match sheet {
            // On its way since before invisible characters were to be treated otherwise.
            Ok(sheet) if sheet.invisible != self.invisible => {}
            Ok(sheet) if self.page.asked == Some(key) => {
                self.page.open(*sheet);
                self.meet_reader();
            }
            Ok(_) => {}
            Err(why) => self.notice = Some(why),
        }
    }

    /// Puts the cursor of the page on the text that the reader shows.
    fn meet_reader(&mut self) {
        let Some(key) = self.list.selected else { return };
        let Some(sheet) = self.page.sheet().filter(|sheet| sheet.holds(key)) else { return };
        let (first, anchor) = (sheet.first, self.reader.anchor());
        let article = self.reader.article().filter(|_| self.reader.key() == Some(key));
        let offset = article.filter(|_| anchor > 0);
        let offset = offset.and_then(|article| article.source_offset(anchor));
        match offset {
            Some(offset) => self.page.go_to(offset),
            None => self.page.go_to_article((key.article - first) as usize),
        }
        self.page.followed = Some(key);
    }

    fn open_at(&mut self, key: ArticleKey, anchor: usize) {
        if self.reader.key() == Some(key) {
            self.reader.go_to(anchor);
        } else {
            self.anchors.insert(key, anchor);
        }
        self.select(key);
    }

    /// Splits the page in the way that comes after the present one.
    pub(super) fn split_otherwise(&mut self) -> Vec<Effect> {
        let Some(key) = self.list.selected else { return Vec::new() };
        let Some(sheet) = self.page.sheet().filter(|sheet| sheet.holds(key)) else {
            // How it was split is not known yet; the page says, and the next key goes on from there.
            if !self.page.is_on {
                self.toggle_page();
            }
            return Vec::new();
        };
        let mode = match sheet.mode {
            SplitMode::Auto => SplitMode::Strict,
            SplitMode::Strict => SplitMode::Off,
            SplitMode::Off => SplitMode::Auto,
        };
        self.keep(Decision::Mode(mode))
    }

    pub(super) fn decide(&mut self, decide: Decide) -> Vec<Effect> {
        let decision = match decide {
            Decide::Begin => self.begin_here(),
            Decide::Join(step) => self.join(step),
            Decide::Dismiss => self.dismiss(),
            Decide::Undo if self.page.sheet().is_none_or(|sheet| sheet.decided == 0) => {
                Err(self.lang.of("这一版没有可以撤销的决定", "nothing was decided about this page"))
            }
            Decide::Undo => Ok(Decision::Undo),
        };
        match decision {
            Ok(decision) => self.keep(decision),
            Err(why) => {
                self.notice = Some(why.into());
                Vec::new()
            }
        }
    }

    fn begin_here(&self) -> Result<Decision, &'static str> {
        let nothing = self.lang.of("这里没有可以开头的文字", "there is no text here to begin with");
        let (sheet, (at, _)) = self.page.sheet().zip(self.page.cursor()).ok_or(nothing)?;
        // On an empty line, the text below it is meant.
        let filled = sheet.page.lines.iter().enumerate().skip(at);
        let mut filled = filled.filter(|(_, line)| line.role != Role::Blank);
        let (line, _) = filled.next().ok_or(nothing)?;
        let starts = sheet.page.candidates.iter().any(|c| c.accepted && c.line == line);
        let top = sheet.page.lines.iter().take(line).all(|line| line.role == Role::Blank);
        if starts || top {
            return Err(self.lang.of("这里已经是一篇的开头", "an article begins here already"));
        }
        Ok(Decision::Line(Override { line, verdict: Verdict::Begins }))
    }

    fn join(&self, step: Step) -> Result<Decision, &'static str> {
        let none = match step {
            Step::Next => self.lang.of("下面没有文章", "there is no article below"),
            Step::Previous => self.lang.of("上面没有文章", "there is no article above"),
        };
        let (sheet, article) = self.page.sheet().zip(self.page.article()).ok_or_else(|| {
            self.lang.of("这一行不属于哪篇文章", "this line belongs to no article")
        })?;
        let below = if step == Step::Next { article + 1 } else { article };
        let line = sheet.page.start_of(below).ok_or(none)?;
        Ok(Decision::Line(Override { line, verdict: Verdict::GoesOn }))
    }

    fn dismiss(&self) -> Result<Decision, &'static str> {
        let (sheet, article) = self.page.sheet().zip(self.page.article()).ok_or_else(|| {
            self.lang.of("这一行不属于哪篇文章", "this line belongs to no article")
        })?;
        if sheet.page.articles.len() == 1 {
            return Err(self.lang.of("本版只有这一篇", "it is the only article of the page"));
        }
        let first = || sheet.page.lines.iter().position(|line| line.role != Role::Blank);
        let line = sheet.page.start_of(article).or_else(first).unwrap_or(0);
        Ok(Decision::Line(Override { line, verdict: Verdict::NoArticle }))
    }

    fn keep(&mut self, decision: Decision) -> Vec<Effect> {
        let Some(sheet) = self.page.sheet() else { return Vec::new() };
        if sheet.is_fixed {
            let fixed = self.lang.of("一条记录就是一篇文章", "a record is one article by itself");
            self.notice = Some(fixed.into());
            return Vec::new();
        }
        let effect = Effect::Decide { source: sheet.source, page: sheet.id, decision };
        self.notice = Some(self.lang.of("正在保存 ..", "saving ..").into());
        vec![effect]
    }

    /// Takes in a source that was split again: the same text stays at the top.
    pub(super) fn decided(&mut self, source: u32, renewed: Result<Box<Renewed>, DisplayLine>) {
        let renewed = match renewed {
            Ok(renewed) => renewed,
            Err(why) => {
                let lost = self.lang.of("没有保存", "not saved");
                self.notice = Some(display!("{lost}: {why}"));
                return;
            }
        };
        let here = self
            .place_on_page()
            .filter(|_| self.list.selected.is_some_and(|key| key.source == source));
        let Renewed { state, sheet } = *renewed;
        let followed = self.list.selected.filter(|key| key.source != source);
        // The page keeps its place by itself, when it is the same one that is opened again.
        let page = std::mem::take(&mut self.page);
        self.forget(&[source]);
        self.page = page;
        self.archive.learnt(vec![(source, state)]);
        let Some(sheet) = sheet.filter(|sheet| sheet.invisible == self.invisible) else {
            self.page.forget();
            let gone =
                self.lang.of("已保存；这一版已有变化", "saved; the page has changed meanwhile");
            self.notice = Some(gone.into());
            return;
        };
        self.notice = Some(saved(&sheet, self.lang));
        if followed.is_some() {
            if self.page.sheet().is_some_and(|open| open.source == source) {
                self.page.forget();
            }
            return;
        }
        let (article, anchor) =
            here.and_then(|offset| sheet.page.article_at(offset)).unwrap_or((0, 0));
        let key = sheet.key(article);
        // All other articles are opened at their beginnings: these are not the same any more.
        self.anchors.retain(|other, _| other.source != source);
        self.anchors.insert(key, anchor);
        self.list.selected = Some(key);
        self.page.open(sheet);
        self.page.followed = Some(key);
    }

    /// The byte of the page's text that the person looks at.
    fn place_on_page(&self) -> Option<usize> {
        if self.page.is_on {
            return self.page.offset();
        }
        self.reader.article()?.source_offset(self.reader.anchor())
    }
}

/// What is said of a page whose decision is on disk: into how many articles it falls now, and why.
fn saved(sheet: &Sheet, lang: Lang) -> DisplayLine {
    let (count, mode) = (sheet.page.articles.len(), sheet.mode_name(lang));
    let mut starts = sheet.page.candidates.iter().filter(|candidate| candidate.accepted);
    let why = match sheet.mode {
        SplitMode::Auto if starts.any(|start| start.evidence.is_sure()) => {
            lang.of("有一处确凿，可能之处也算", "one beginning is beyond doubt")
        }
        SplitMode::Auto => lang.of("没有确凿的开头", "no beginning is beyond doubt"),
        SplitMode::Strict => lang.of("只算确凿之处", "only what is beyond doubt"),
        SplitMode::Off => lang.of("只算你定的开头", "only beginnings of your own"),
    };
    match lang {
        Lang::Zh => display!("已保存：{count} 篇。分篇 {mode}：{why}"),
        Lang::En => {
            let plural = if count == 1 { "" } else { "s" };
            display!("saved: {count} article{plural}. Split {mode}: {why}")
        }
    }
}
