//! The thread that loads and analyses articles: what the person looks at first.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use super::{Event, scanner::Entries, spawn, tell};
use crate::{
    app::{
        archive::ArticleKey,
        msg::{Msg, Reading},
    },
    article::Article,
    lang::Lang,
    library::Library,
    text::sanitize::display_line,
};

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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Text,
    Analysis,
}

/// What is to be delivered, in this order.
type Queue = VecDeque<(ArticleKey, Want)>;

impl Analyst {
    /// Starts the thread, and another one that loads the dictionary meanwhile.
    pub(super) fn start(
        library: Arc<Library>,
        entries: Entries,
        lang: Lang,
        sender: Sender<Event>,
    ) -> Self {
        let (orders, taken) = channel();
        let desk = Desk { library, entries, lang, sender };
        spawn("dictionary", Library::prepare);
        spawn("analyst", move || desk.work(&taken));
        Self { orders }
    }

    /// Loads and analyses these articles, the first one first.
    pub(super) fn fetch(&self, keys: Vec<ArticleKey>) {
        let _ = self.orders.send(Order::Fetch(keys));
    }

    /// Analyses these articles.
    pub(super) fn analyze(&self, keys: Vec<ArticleKey>) {
        let _ = self.orders.send(Order::Analyze(keys));
    }
}

struct Desk {
    library: Arc<Library>,
    entries: Entries,
    lang: Lang,
    sender: Sender<Event>,
}

impl Desk {
    fn work(&self, orders: &Receiver<Order>) {
        let mut queue = Queue::new();
        loop {
            let waited = if queue.is_empty() {
                let Ok(order) = orders.recv() else { return };
                Some(order)
            } else {
                None
            };
            take_up(&mut queue, waited.into_iter().chain(orders.try_iter()));
            let Some((key, want)) = queue.pop_front() else { continue };
            if !self.deliver(key, want) || (queue.is_empty() && !tell(&self.sender, Msg::Idle)) {
                return;
            }
        }
    }

    /// Delivers what is wanted of an article; `false` when nobody listens any more.
    fn deliver(&self, key: ArticleKey, want: Want) -> bool {
        // A panic over one text must not take the thread with it.
        let done = catch_unwind(AssertUnwindSafe(|| match want {
            Want::Text => Msg::Text(key, self.article(key).map(Reading::new)),
            Want::Analysis => match self.article(key) {
                Ok(article) => Msg::Analysis(key, Arc::new(Library::analyze(&article))),
                Err(why) => Msg::Text(key, Err(why)),
            },
        }));
        let failed = || self.lang.of("处理这篇文章时程序出错", "the program failed over this text");
        tell(&self.sender, done.unwrap_or_else(|_| Msg::Text(key, Err(failed().to_owned()))))
    }

    fn article(&self, key: ArticleKey) -> Result<Arc<Article>, String> {
        let gone =
            || self.lang.of("这篇文章不在了；按 R 重新载入", "it is gone; R loads the page again");
        let entry = self.entries.get(key.source).ok_or_else(|| gone().to_owned())?;
        let (article, problems) = self.library.article(&entry, key.article);
        article.ok_or_else(|| match problems.first() {
            Some(problem) => display_line(&problem.kind.message(self.lang)),
            None => gone().to_owned(),
        })
    }
}

/// Replaces what is queued by what the newest order wants. What is wanted ahead waits until nothing
/// is queued: such an order may have been on its way when the person asked for something else.
fn take_up(queue: &mut Queue, orders: impl Iterator<Item = Order>) {
    for order in orders {
        if queue.is_empty() || matches!(order, Order::Fetch(_)) {
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
