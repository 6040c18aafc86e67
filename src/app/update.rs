//! The one function that changes the state of the interface.

mod bulk;
mod completing;
mod copying;
mod counting;
mod due;
mod export;
mod filter;
mod find;
mod level;
mod marks;
mod mouse;
mod overlays;
mod page;
mod palette;
mod panes;
mod pivot;
mod search;
mod session;
mod skim;
mod sources;
mod steps;
mod theme;
mod typing;
mod why;

pub use self::marks::hashed;
use super::{
    action::{Action, Focus, MarkDo, Motion, Pane, Step},
    keywords::Light,
    model::Model,
    msg::{Effect, Msg},
    search::SearchNews,
    sentences::Stepped,
    viewport::Span,
};
use crate::text::display::display;

/// Takes in what happened and says what must be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Key(_) | Msg::Typed(_) | Msg::Paste(_) | Msg::Mouse(_)) {
        model.flash = None;
    }
    let mut effects = match msg {
        Msg::Key(chord) => model.unless_moved(|model| model.key(chord)),
        Msg::Typed(c) => model.unless_moved(|model| model.typed(c)),
        Msg::Mouse(event) => model.unless_moved(|model| model.mouse(event)),
        Msg::Idle => model.idle(),
        Msg::Decided(source, renewed) => {
            model.decided(source, renewed);
            model.filters.renew();
            Vec::new()
        }
        Msg::Sifted(number, news) => {
            model.take_sifted(number, news);
            model.take_preview()
        }
        Msg::Changed(sources) => {
            model.changed(&sources);
            model.search.hear_of_changed();
            vec![Effect::Forget]
        }
        Msg::Search(generation, SearchNews::Keys(found)) => model.take_found(generation, found),
        other => {
            model.learn(other);
            Vec::new()
        }
    };
    // What the person looks at comes last, so that it replaces what was asked for ahead.
    effects.extend(model.settle());
    if model.can_run_due() {
        effects.extend(model.run_due());
        effects.extend(model.settle());
    }
    effects
}

impl Model {
    fn learn(&mut self, msg: Msg) {
        match msg {
            Msg::Resize(size) => self.size = size,
            Msg::Widths(widths) => self.widths = widths,
            Msg::Found(names) => {
                let first = self.archive.found_count();
                self.archive.found(&names);
                self.seek_from(first);
                self.search.archive_grew();
                self.search.hear_of_new();
            }
            Msg::Listed(part) => {
                let first = self.archive.found_count().saturating_sub(1);
                self.archive.append(*part);
                self.seek_from(first);
                self.search.archive_grew();
            }
            Msg::Arranged(generation, arranged) => self.arranged(generation, Some(arranged)),
            Msg::NotArranged(generation) => self.arranged(generation, None),
            Msg::Counted(number, months) => self.take_months(number, &months),
            Msg::Words(text, words) => self.take_words(&text, words),
            Msg::Learnt(news) => {
                self.reloaded(&news);
                let sources: Vec<u32> = news.iter().map(|(source, _)| *source).collect();
                self.archive.learnt(news);
                self.seek_among(sources);
            }
            Msg::Trouble(trouble) => {
                // Those of sources may be many; they are told anew when all are read.
                let is_of_all = trouble.source.is_none();
                self.archive.problems.push(trouble);
                if is_of_all {
                    self.renew_problems();
                }
            }
            Msg::Complete { skipped } => {
                self.archive.skipped = skipped;
                self.archive.complete = true;
                self.renew_problems();
                self.filters.renew();
                self.search_the_rest();
            }
            Msg::Updated { added, changed, vanished } => {
                self.filters.renew();
                let what = self.lang.of("文件有变", "files have changed");
                self.notice = Some(display!("{what}: +{added} ~{changed} -{vanished}"));
            }
            Msg::Indexing(progress) => {
                self.archive.indexing = progress;
                if progress.is_none() {
                    self.filters.renew();
                }
            }
            Msg::Emptied => self.find_anew(),
            Msg::Text(key, reading) => self.take_reading(key, reading),
            Msg::Analysis(key, analysis) => self.take_analysis(key, analysis),
            Msg::Paste(text) => self.pasted(&text),
            Msg::Support(key, at, support) => self.take_support(key, at, support),
            Msg::Hits(order, hits) => self.take_hits(&order, hits),
            Msg::Page(key, sheet) => self.take_page(key, sheet),
            Msg::Marks(news) => self.take_marks(news),
            Msg::Noted(subject, text) => self.take_note(&subject, &text),
            Msg::FlashOver => self.flash = None,
            Msg::Said(what) => self.notice = Some(what),
            Msg::Export(news) => self.take_export(news),
            Msg::Places(kept) => self.take_places(kept),
            Msg::Search(generation, news) => self.take_search(generation, news),
            Msg::Key(_)
            | Msg::Typed(_)
            | Msg::Mouse(_)
            | Msg::Idle
            | Msg::Sifted(..)
            | Msg::Decided(..)
            | Msg::Changed(_) => {}
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Move(motion) => self.moved(motion, 1),
            Action::Open if !self.overlays.is_empty() => self.pick(),
            Action::Open => self.open(),
            Action::Back if self.overlays.is_empty() && self.export.running.is_some() => {
                return self.stop_export();
            }
            Action::Back => self.back(),
            Action::Focus(Focus::Step(step)) => self.focus_next(step),
            Action::Focus(Focus::Pane(pane)) => self.focus_on(pane),
            Action::Article(step) => self.step_article(step, 1),
            Action::PageArticle(step) => self.page_article(step),
            Action::Sentence(step) => self.step_sentence(step),
            Action::Occurrence(step) => self.step_occurrence(step),
            Action::History(travel) => self.travel(travel),
            Action::Sentences(amount) => self.recount(amount),
            Action::Level(amount) => self.change_level(amount),
            Action::Unfold => self.unfold(),
            Action::Skim => self.toggle_skim(),
            Action::Why => return self.explain(),
            Action::Sort(by) => self.sort(by),
            Action::SortReverse => self.turn_order(),
            Action::Group(by) => self.group(by),
            Action::Find => self.open_find(),
            Action::Filter => self.open_filter(),
            Action::FilterQuery => self.open_query_filter(),
            Action::Pivot => return self.pivot(),
            Action::Timeline => return self.timeline(),
            Action::Related => self.related(),
            Action::Zoom => self.zoom(),
            Action::Pane(change) => self.change_pane(change),
            Action::Mouse => self.toggle_mouse(),
            Action::Help => self.help(),
            Action::HelpStep(step) => return self.help_step(step),
            Action::Problems => self.problems(),
            Action::Hidden => return self.toggle_invisible(),
            Action::Search(search) => self.search(search),
            Action::Page => self.toggle_page(),
            Action::Split => return self.split_otherwise(),
            Action::Decide(decide) => return self.decide(decide),
            Action::Mark(MarkDo::EditNote) => return self.edit_note(),
            Action::Mark(what) => self.mark(what),
            Action::Copy(what) => return self.copy(what),
            Action::PlainText => return self.plain_text(),
            Action::Pipe => self.open_pipe(),
            Action::Editor => return self.open_in_editor(),
            Action::Export(what) => self.export(what),
            Action::Theme(change) => self.change_theme(change),
            Action::Command => self.open_prompt(),
            Action::Edit(edit) => return self.edit(edit),
            Action::Reload => return self.reload(),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Quit => return self.quit(),
        }
        Vec::new()
    }

    /// Rows of the content of a pane.
    fn room(&self, pane: Pane) -> usize {
        self.screen().content(pane).map_or(1, |content| usize::from(content.height).max(1))
    }

    /// Moves so many times in what has the keys.
    fn moved(&mut self, motion: Motion, times: usize) {
        if self.move_in_overlay(motion, times) {
            return;
        }
        let page = self.room(self.focus).cast_signed();
        match self.focus {
            Pane::List if self.search.is_on => self.move_in_results(motion, times),
            Pane::List if self.skim.is_on => self.move_in_skim(motion, times),
            Pane::List => self.list.moved(span(motion, page, times), &self.archive),
            Pane::Reader if self.page.is_on => self.move_on_page(motion, times),
            Pane::Reader => {
                self.reader.scroll(span(motion, self.reader.page(), times));
                self.sentences.follow(self.reader.anchor());
            }
            Pane::Sentences => self.sentences.moved(span(motion, (page / 3).max(1), times)),
            Pane::Keywords => self.keywords.moved(span(motion, page, times)),
        }
    }

    fn open(&mut self) {
        match self.focus {
            Pane::List if self.search.is_on => {
                self.open_result();
                self.mark_opened();
            }
            Pane::List if self.skim.is_on => {
                self.open_skimmed();
                self.mark_opened();
            }
            Pane::List => {
                self.focus_on(Pane::Reader);
                self.mark_opened();
            }
            Pane::Reader if self.page.is_on => self.leave_page(),
            Pane::Reader => {}
            Pane::Sentences => {
                if let Some(range) = self.sentences.current().map(|sentence| sentence.range) {
                    self.jump(range);
                    self.sentences.stepped = Stepped::There;
                }
            }
            Pane::Keywords => {
                self.keywords.light = Light::Pinned;
                self.step_occurrence(Step::Next);
            }
        }
    }

    fn back(&mut self) {
        if let Some(overlay) = self.overlays.pop() {
            return self.leave_overlay(overlay.kind);
        }
        if self.choice().zoomed.is_some() && !self.page.is_on {
            self.choice_mut().zoomed = None;
            return;
        }
        match self.focus {
            Pane::Reader if self.page.is_on => self.leave_page(),
            Pane::Reader if self.find.is_on() => self.leave_find(),
            Pane::Reader if self.keywords.light == Light::Pinned => {
                self.keywords.light = Light::WithFocus;
            }
            Pane::Reader if self.skim.is_left => self.toggle_skim(),
            Pane::Reader => self.focus_on(Pane::List),
            Pane::Sentences | Pane::Keywords => {
                self.keywords.light = Light::WithFocus;
                self.focus_on(self.upper);
            }
            Pane::List if self.search.is_on => self.leave_results(),
            Pane::List if self.skim.is_on => self.skim.is_on = false,
            Pane::List if !self.filters.is_empty() => self.pop_filter(),
            Pane::List => {
                let hint = self.lang.of("q 退出", "q quits");
                self.notice = Some(hint.into());
            }
        }
    }
}

fn by(step: Step) -> isize {
    match step {
        Step::Next => 1,
        Step::Previous => -1,
    }
}

/// How far a motion goes, made so many times, when a page has `page` items.
fn span(motion: Motion, page: isize, times: usize) -> Span {
    let items = match motion {
        Motion::Up => -1,
        Motion::Down => 1,
        Motion::HalfUp => -(page / 2).max(1),
        Motion::HalfDown => (page / 2).max(1),
        Motion::PageUp => -page,
        Motion::PageDown => page,
        Motion::First => return Span::First,
        Motion::Last => return Span::Last,
    };
    Span::Items(items.saturating_mul(times.cast_signed()))
}
