//! The thread that loads and analyses articles: what the person looks at first.

use std::{
    collections::{HashSet, VecDeque},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use super::{
    Event, fault, program_failed, report,
    scanner::{Entries, rows_of},
    spawn, tell,
};
use crate::{
    app::{
        find::{FindOrder, Hits},
        msg::{Invisible, Msg, Reading, Renewed},
        page::Sheet,
    },
    article::{Article, ArticleId, PageId, SourceLines},
    lang::Lang,
    library::{Document, Library},
    listing::{ArticleKey, SourceState},
    text::display::DisplayLine,
};

mod at_hand;
use at_hand::AtHand;

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Analyst {
    orders: Sender<Order>,
}

/// What is wanted. The newest order replaces the ones before it.
#[derive(Debug)]
enum Order {
    /// Texts and analyses.
    Fetch(Vec<ArticleKey>),
    /// Analyses only.
    Analyze(Vec<ArticleKey>),
    /// The page of an article.
    Page(ArticleKey),
    /// What supports a sentence of an article.
    Why(ArticleKey, usize),
    /// The words of a text.
    Words(String),
    /// What is to be found in the text of an article.
    Find(FindOrder),
    /// A page of a source has to be split again, or why it has not.
    Decided(u32, PageId, Result<(), DisplayLine>),
    /// Nothing, but what is at hand may be outdated.
    Forget,
    /// Nothing, but invisible characters are to be treated so.
    Invisible(Invisible),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Text,
    Analysis,
}

/// What is to be delivered, in this order.
type Queue = VecDeque<(ArticleKey, Want)>;

impl Analyst {
    /// Starts the thread, which analyses nothing before `dictionary` says by its end that it is loaded.
    pub(super) fn start(
        library: Arc<Library>,
        entries: Entries,
        dictionary: Receiver<()>,
        lang: Lang,
        sender: Sender<Event>,
    ) -> Self {
        let (orders, taken) = channel();
        let (at_hand, suspects) = (AtHand::default(), report::suspects());
        let (invisible, dictionary) = (Invisible::default(), Some(dictionary));
        let mut desk =
            Desk { library, entries, dictionary, lang, sender, at_hand, invisible, suspects };
        spawn("analyst", move || desk.work(&taken));
        Self { orders }
    }

    /// Loads and analyses these articles, the first one first.
    pub(super) fn fetch(&self, keys: Vec<ArticleKey>) {
        let _ = self.orders.send(Order::Fetch(keys));
    }

    /// Loads the page of an article.
    pub(super) fn page(&self, key: ArticleKey) {
        let _ = self.orders.send(Order::Page(key));
    }

    /// Works out what supports a sentence of an article.
    pub(super) fn why(&self, key: ArticleKey, sentence: usize) {
        let _ = self.orders.send(Order::Why(key, sentence));
    }

    /// Finds the words of a text.
    pub(super) fn words(&self, text: String) {
        let _ = self.orders.send(Order::Words(text));
    }

    /// Finds something in the text of an article.
    pub(super) fn find(&self, order: FindOrder) {
        let _ = self.orders.send(Order::Find(order));
    }

    /// The way by which the keeper says that something is on disk.
    pub(super) fn relay(&self) -> Relay {
        Relay(self.orders.clone())
    }

    /// Reads sources again when they are asked for.
    pub(super) fn forget(&self) {
        let _ = self.orders.send(Order::Forget);
    }

    /// Loads texts with their invisible characters so.
    pub(super) fn show_invisible(&self, invisible: Invisible) {
        let _ = self.orders.send(Order::Invisible(invisible));
    }

    /// Analyses these articles.
    pub(super) fn analyze(&self, keys: Vec<ArticleKey>) {
        let _ = self.orders.send(Order::Analyze(keys));
    }
}

/// Tells the analyst what was decided. It comes through the same channel as everything that is wanted,
/// so that no text that was split before is delivered after it.
#[derive(Clone, Debug)]
pub(super) struct Relay(Sender<Order>);

impl Relay {
    /// A decision about a page of a source is on disk, or why it is not.
    pub(super) fn decided(&self, source: u32, page: PageId, saved: Result<(), DisplayLine>) {
        let _ = self.0.send(Order::Decided(source, page, saved));
    }
}

struct Desk {
    library: Arc<Library>,
    entries: Entries,
    dictionary: Option<Receiver<()>>,
    lang: Lang,
    sender: Sender<Event>,
    at_hand: AtHand,
    invisible: Invisible,
    /// Articles that the interface has failed over, each time that it showed them.
    suspects: HashSet<ArticleId>,
}

impl Desk {
    fn work(&mut self, orders: &Receiver<Order>) {
        let mut queue = Queue::new();
        loop {
            let waited = if queue.is_empty() {
                let Ok(order) = orders.recv() else { return };
                Some(order)
            } else {
                None
            };
            let orders: Vec<Order> = waited.into_iter().chain(orders.try_iter()).collect();
            // What was typed meanwhile replaces what was to be found.
            let find = orders.iter().rev().find_map(|order| match order {
                Order::Find(find) => Some(find),
                _ => None,
            });
            if find.is_some_and(|find| !self.deliver_hits(find)) {
                return;
            }
            for order in &orders {
                match order {
                    Order::Forget => self.at_hand = AtHand::default(),
                    Order::Invisible(invisible) => self.invisible = *invisible,
                    Order::Page(key) if !self.deliver_page(*key) => return,
                    Order::Why(key, sentence) if !self.deliver_why(*key, *sentence) => return,
                    Order::Words(text) if !self.deliver_words(text) => return,
                    Order::Decided(source, page, saved)
                        if !self.deliver_decided(*source, *page, saved.clone()) =>
                    {
                        return;
                    }
                    _ => {}
                }
            }
            take_up(&mut queue, orders.into_iter());
            let Some((key, want)) = queue.pop_front() else { continue };
            if !self.deliver(key, want) || (queue.is_empty() && !tell(&self.sender, Msg::Idle)) {
                return;
            }
        }
    }

    /// Delivers what is wanted of an article; `false` when nobody listens any more.
    fn deliver(&mut self, key: ArticleKey, want: Want) -> bool {
        if let Some(dictionary) = self.dictionary.take_if(|_| want == Want::Analysis) {
            let _ = dictionary.recv();
        }
        // A panic over one text must not take the thread with it.
        let done = catch_unwind(AssertUnwindSafe(|| match want {
            Want::Text => Msg::Text(key, self.reading(key)),
            Want::Analysis => match self.article(key) {
                Ok((article, _)) => Msg::Analysis(key, Arc::new(self.library.analyze(&article))),
                Err(why) => Msg::Text(key, Err(why)),
            },
        }));
        let failed = |_| Msg::Text(key, Err(program_failed(self.lang).into()));
        tell(&self.sender, done.unwrap_or_else(failed))
    }

    /// Delivers the page of an article; `false` when nobody listens any more.
    fn deliver_page(&mut self, key: ArticleKey) -> bool {
        let done = catch_unwind(AssertUnwindSafe(|| self.sheet(key)));
        let sheet = done.unwrap_or_else(|_| Err(program_failed(self.lang).into()));
        tell(&self.sender, Msg::Page(key, sheet.map(Box::new)))
    }

    /// Delivers what supports a sentence; `false` when nobody listens any more.
    fn deliver_why(&mut self, key: ArticleKey, sentence: usize) -> bool {
        let done = catch_unwind(AssertUnwindSafe(|| {
            let (article, _) = self.article(key).ok()?;
            Some(self.library.supporters(&article, sentence))
        }));
        let support = done.ok().flatten().unwrap_or_default();
        tell(&self.sender, Msg::Support(key, sentence, support))
    }

    /// Delivers the words of a text; `false` when nobody listens any more.
    fn deliver_words(&self, text: &str) -> bool {
        let words = catch_unwind(AssertUnwindSafe(|| self.library.content_words(text)));
        tell(&self.sender, Msg::Words(text.to_owned(), words.unwrap_or_default()))
    }

    /// Delivers what was found in a text; `false` when nobody listens any more.
    fn deliver_hits(&mut self, order: &FindOrder) -> bool {
        let done = catch_unwind(AssertUnwindSafe(|| {
            let (article, _) = self.article(order.key).ok()?;
            Some(Hits::of(&article, order))
        }));
        // A text that is gone or over which the program failed is told of when it is loaded.
        let Some(hits) = done.ok().flatten() else { return true };
        tell(&self.sender, Msg::Hits(order.clone(), hits))
    }

    fn sheet(&self, key: ArticleKey) -> Result<Sheet, DisplayLine> {
        let entry = self.entries.get(key.source).ok_or_else(|| gone(self.lang))?;
        match self.library.page(&entry, key.article as usize) {
            Ok((document, first)) => Ok(sheet_of(document, key.source, first, self.invisible)),
            Err(Some(problem)) => Err(DisplayLine::new(&problem.kind.message(self.lang))),
            Err(None) => Err(gone(self.lang)),
        }
    }

    /// Delivers a source after a decision about one of its pages; `false` when nobody listens.
    fn deliver_decided(
        &mut self,
        source: u32,
        page: PageId,
        saved: Result<(), DisplayLine>,
    ) -> bool {
        self.at_hand = AtHand::default();
        let renewed = saved.and_then(|()| {
            let done = catch_unwind(AssertUnwindSafe(|| self.renewed(source, page)));
            done.unwrap_or_else(|_| Err(program_failed(self.lang).into()))
        });
        tell(&self.sender, Msg::Decided(source, renewed.map(Box::new)))
    }

    fn renewed(&self, source: u32, page: PageId) -> Result<Renewed, DisplayLine> {
        let entry = self.entries.get(source).ok_or_else(|| gone(self.lang))?;
        let (mut rows, mut sheet, mut failed) = (Vec::new(), None, None);
        let _ = self.library.read(&entry, &mut |document| {
            match document {
                Err(problem) => failed = Some(problem),
                Ok(document) => {
                    let first = rows.len();
                    rows.extend(rows_of(&document));
                    if sheet.is_none() && PageId::of(&document.page.text) == page {
                        sheet = Some(sheet_of(document, source, first, self.invisible));
                    }
                }
            }
            ControlFlow::Continue(())
        });
        let state = match failed {
            Some(problem) if rows.is_empty() => {
                SourceState::Failed(DisplayLine::new(&problem.kind.message(self.lang)))
            }
            _ => SourceState::Read(rows),
        };
        Ok(Renewed { state, sheet })
    }

    fn reading(&mut self, key: ArticleKey) -> Result<Reading, DisplayLine> {
        let (article, lines) = self.article(key)?;
        Ok(Reading::new(article, self.invisible).with_lines(lines))
    }

    fn article(&mut self, key: ArticleKey) -> Result<(Arc<Article>, SourceLines), DisplayLine> {
        fault::point("analyst");
        let found = match self.at_hand.get(key) {
            Some(found) => found,
            None => self.read(key)?,
        };
        if self.suspects.contains(&found.0.id) {
            // A third time would leave the person with an archive that cannot be opened.
            return Err(suspect(self.lang).into());
        }
        Ok(found)
    }

    fn read(&mut self, key: ArticleKey) -> Result<(Arc<Article>, SourceLines), DisplayLine> {
        let entry = self.entries.get(key.source).ok_or_else(|| gone(self.lang))?;
        self.at_hand.read(&self.library, &entry, key).map_err(|problem| match problem {
            Some(problem) => DisplayLine::new(&problem.kind.message(self.lang)),
            None => gone(self.lang),
        })
    }
}

fn suspect(lang: Lang) -> &'static str {
    lang.of(
        "界面两次因这一篇出错，不再显示它；o 用编辑器打开",
        "the interface failed over it twice; o opens it in an editor",
    )
}

fn gone(lang: Lang) -> DisplayLine {
    lang.of("这篇文章不在了；:reload 重新载入", "it is gone; :reload reads the page again").into()
}

/// The page of a document whose first article has the number `first` on its source.
fn sheet_of(document: Document, source: u32, first: usize, invisible: Invisible) -> Sheet {
    let first = ArticleKey { source, article: first as u32 };
    let (is_fixed, decided) = (document.record.is_some(), document.decided);
    let mut sheet = Sheet::new(document.page, first, document.mode, invisible);
    (sheet.is_fixed, sheet.decided) = (is_fixed, decided);
    sheet
}

/// Replaces what is queued by what the newest order wants. What is wanted ahead waits until nothing
/// is queued: such an order may have been on its way when the person asked for something else.
fn take_up(queue: &mut Queue, orders: impl Iterator<Item = Order>) {
    for order in orders {
        let is_now = matches!(order, Order::Fetch(_));
        if is_now || (queue.is_empty() && matches!(order, Order::Analyze(_))) {
            *queue = planned(&order);
        }
    }
}

/// The text and the analysis of the first article come before all others; the texts of its
/// neighbours before their analyses.
fn planned(order: &Order) -> Queue {
    let (first, rest, wants) = match order {
        Order::Analyze(keys) => (&[][..], keys.as_slice(), &[Want::Analysis][..]),
        Order::Fetch(keys) => {
            let (first, rest) = keys.split_at(keys.len().min(1));
            (first, rest, &[Want::Text, Want::Analysis][..])
        }
        _ => (&[][..], &[][..], &[][..]),
    };
    let batch = |keys: &[ArticleKey]| -> Vec<(ArticleKey, Want)> {
        wants.iter().flat_map(|want| keys.iter().map(|key| (*key, *want))).collect()
    };
    batch(first).into_iter().chain(batch(rest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(article: u32) -> ArticleKey {
        ArticleKey { source: 0, article }
    }

    #[test]
    fn what_the_person_looks_at_is_never_dropped_for_what_may_come_next() {
        let (here, there, ahead) = (vec![key(1)], vec![key(2)], vec![key(3)]);
        let wants = |key: ArticleKey| vec![(key, Want::Text), (key, Want::Analysis)];
        let check = |orders: Vec<Order>, expected: Vec<(ArticleKey, Want)>| {
            let told = format!("{orders:?}");
            let mut queue = Queue::new();
            take_up(&mut queue, orders.into_iter());
            assert_eq!(Vec::from(queue), expected, "{told}");
        };
        check(vec![Order::Analyze(ahead.clone())], vec![(key(3), Want::Analysis)]);
        check(vec![Order::Fetch(here.clone()), Order::Analyze(ahead.clone())], wants(key(1)));
        check(vec![Order::Analyze(ahead), Order::Fetch(here.clone())], wants(key(1)));
        check(vec![Order::Fetch(here), Order::Fetch(there)], wants(key(2)));
    }
}
