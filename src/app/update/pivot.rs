//! Turning from a word to the articles that have it, and to when they were printed.

use crate::{
    app::{
        action::Pane,
        choices::Choices,
        filters::{Filter, FilterBy},
        layout,
        model::Model,
        msg::Effect,
        overlay::{Line, Overlay, OverlayKind},
        timeline::{self, Pick, Timeline},
    },
    listing::Months,
    query::{Field, Query},
    text::display::DisplayLine,
};

impl Model {
    /// Lists the articles that have the keyword that is selected or lit, or lets a word be chosen.
    pub(super) fn pivot(&mut self) -> Vec<Effect> {
        if let Some(keyword) = self.lit_keyword() {
            self.filter_by([Filter::new(FilterBy::Keyword(keyword))]);
            return Vec::new();
        }
        let Some(sentence) = self.sentence_here() else {
            self.notice = Some(self.lang.of("这里没有词", "there are no words here").into());
            return Vec::new();
        };
        let waiting = vec![Line::Text(self.lang.of("正在分词 ..", "Cutting words ..").into())];
        self.choose(OverlayKind::Words, waiting, Vec::new());
        self.cut = Some(sentence.clone());
        vec![Effect::Words(sentence)]
    }

    /// The keyword that is selected in its pane, or lit in the text.
    fn lit_keyword(&self) -> Option<String> {
        let is_lit = match self.focus {
            Pane::Keywords => true,
            Pane::Reader => self.is_lit(),
            Pane::List | Pane::Sentences => false,
        };
        let keyword = self.keywords.current().filter(|_| is_lit)?;
        Some(keyword.text.as_str().to_owned())
    }

    /// The text in which a word is looked for: the selected title or key sentence, or the sentence at the
    /// top of the reader.
    fn sentence_here(&self) -> Option<String> {
        if self.focus == Pane::List {
            return Some(self.archive.row(self.list.selected?)?.title.as_str().to_owned());
        }
        let text = &self.reader.article()?.text;
        let range = match self.focus {
            Pane::Reader => {
                let sentences = &self.analysis()?.sentences;
                let anchor = self.reader.anchor();
                let at = sentences.partition_point(|sentence| sentence.range.end <= anchor);
                sentences.get(at).or_else(|| sentences.last())?.range
            }
            _ => self.sentences.current()?.range,
        };
        Some(range.of(text).to_owned())
    }

    /// Takes in the words of a text.
    pub(super) fn take_words(&mut self, text: &str, words: Vec<String>) {
        let is_awaited = self.cut.as_deref() == Some(text);
        let is_open = self.overlays.last().is_some_and(|it| it.kind == OverlayKind::Words);
        if !is_awaited || !is_open {
            return;
        }
        self.cut = None;
        self.overlays.pop();
        if words.is_empty() {
            self.notice = Some(self.lang.of("这里没有词", "there are no words here").into());
            return;
        }
        let lines = words.iter().map(|word| Line::Text(DisplayLine::new(word))).collect();
        let picks = words.into_iter().map(|word| Some(Pick::Word(word))).collect();
        self.choose(OverlayKind::Words, lines, picks);
    }

    /// Shows how many articles there are of each month: of those with the selected keyword, or of all in
    /// the list.
    pub(super) fn timeline(&mut self) -> Vec<Effect> {
        let keyword = self.lit_keyword().map(|word| Filter::new(FilterBy::Keyword(word)));
        // What the list is filtered by already needs no second set.
        let is_in_force = |it: &Filter| self.filters.all().iter().any(|known| known.by == it.by);
        let filter = keyword.filter(|it| !is_in_force(it));
        // One whose set is on its way does not hold yet.
        let last = self.filters.all().iter().rfind(|filter| filter.condition().is_some());
        let label = match (&filter, last) {
            (Some(filter), _) | (None, Some(filter)) => filter.label(),
            (None, None) => DisplayLine::default(),
        };
        let waiting = vec![Line::Text(self.lang.of("正在统计 ..", "Counting ..").into())];
        self.choose(OverlayKind::Timeline, waiting, Vec::new());
        let is_whole = filter.is_none();
        self.timeline = Some(Timeline { label, filter: filter.clone(), number: 0 });
        self.filters.preview(filter);
        if is_whole { self.count_months() } else { Vec::new() }
    }

    /// Has the articles of the timeline counted.
    fn count_months(&mut self) -> Vec<Effect> {
        let Some(timeline) = &mut self.timeline else { return Vec::new() };
        let among = timeline.filter.as_ref().and_then(Filter::keys).cloned();
        let counting = self.archive.counting(among);
        timeline.number = counting.number;
        vec![Effect::Count(Box::new(counting))]
    }

    /// The set that the timeline waits for is there.
    pub(super) fn take_preview(&mut self) -> Vec<Effect> {
        let found = self.filters.previewed().filter(|filter| !filter.is_awaited()).cloned();
        let Some(found) = found.filter(|filter| filter.keys().is_some()) else { return Vec::new() };
        let Some(timeline) = &mut self.timeline else { return Vec::new() };
        timeline.label = found.label();
        timeline.filter = Some(found);
        self.count_months()
    }

    /// Takes in how many articles there are of each month.
    pub(super) fn take_months(&mut self, number: u64, months: &Months) {
        let is_awaited = self.timeline.as_ref().is_some_and(|it| it.number == number);
        let is_open = self.overlays.last().is_some_and(|it| it.kind == OverlayKind::Timeline);
        if is_awaited && is_open {
            self.overlays.pop();
            let (lines, picks) = timeline::lines(months, self.lang);
            self.choose(OverlayKind::Timeline, lines, picks);
        }
    }

    fn choose(&mut self, kind: OverlayKind, lines: Vec<Line>, picks: Vec<Option<Pick>>) {
        self.overlays.retain(|overlay| overlay.kind != kind);
        self.picks = Choices::new(picks);
        self.overlays.push(Overlay { kind, lines, top: 0 });
    }

    /// Goes on with what is selected in the overlay on top.
    pub(super) fn pick(&mut self) {
        if !self.overlays.last().is_some_and(|overlay| overlay.kind.is_chosen_from()) {
            return;
        }
        let Some(pick) = self.picks.current().cloned() else { return };
        self.overlays.pop();
        match pick {
            Pick::Word(word) => {
                let query = Query::of_word(Field::Any, &word).to_string();
                self.filter_by([Filter::new(FilterBy::Query(query))]);
            }
            Pick::Month(month) => {
                let keyword = self.timeline.take().and_then(|timeline| timeline.filter);
                self.filters.preview(None);
                let month = Filter::new(FilterBy::Month(month));
                self.filter_by(keyword.into_iter().chain([month]));
            }
        }
    }

    /// An overlay was closed: what it waited for is not wanted any more.
    pub(super) fn leave_overlay(&mut self, kind: OverlayKind) {
        match kind {
            OverlayKind::Timeline => {
                self.timeline = None;
                self.filters.preview(None);
            }
            OverlayKind::Words => self.cut = None,
            OverlayKind::Help | OverlayKind::Problems | OverlayKind::Why | OverlayKind::Note => {}
        }
    }

    /// Keeps the selected line of the overlay on top in sight.
    pub(in crate::app) fn choice_in_sight(&mut self) {
        let room = layout::overlay_room(self.size);
        if let Some(overlay) = self.overlays.last_mut().filter(|it| it.kind.is_chosen_from()) {
            overlay.top = self.picks.top(overlay.top, room);
        }
    }
}
