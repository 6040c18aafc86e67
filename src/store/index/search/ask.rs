//! Asking texts whether they match, on several processors.

use std::{
    num::NonZero,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::{BREATH, gather::Match};
use crate::{
    query::{self, Count, Fact, Found, Kind, Matcher, Subject},
    store::index::{
        body::{Body, searched_of},
        reader::Index,
        schema::IndexError,
    },
    text::searchable::Searchable,
};

/// How often a text has each term of the query, by number.
pub(super) type Times = Vec<(usize, f32)>;

/// Texts for which another thread is worth the while.
const WORTH: usize = 128;
/// Threads at most: each has a connection of its own.
const THREADS: usize = 8;

/// What came of asking some texts; `None` when it was cancelled.
type Answer = Result<Option<Vec<Match>>, IndexError>;

/// Those of the texts that match.
pub(super) fn ask_all(
    index: &mut Index,
    matcher: &Matcher,
    texts: Vec<Match>,
    cancelled: &AtomicBool,
) -> Answer {
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS);
    let threads = processors.min(texts.len() / WORTH).max(1);
    let mut helpers = index.take_helpers(threads - 1)?;
    let part = texts.len().div_ceil(helpers.len() + 1).max(1);
    let mut parts: Vec<Vec<Match>> = Vec::new();
    let mut texts = texts.into_iter();
    loop {
        let next: Vec<Match> = texts.by_ref().take(part).collect();
        if next.is_empty() {
            break;
        }
        parts.push(next);
    }
    let own = parts.pop().unwrap_or_default();
    let answers = thread::scope(|scope| {
        let asked: Vec<_> = helpers
            .iter_mut()
            .zip(parts)
            .map(|(helper, part)| scope.spawn(move || ask_some(helper, matcher, part, cancelled)))
            .collect();
        let own = ask_some(index, matcher, own, cancelled);
        let others = asked.into_iter().map(|it| it.join().unwrap_or(Err(IndexError::Damaged)));
        others.chain([own]).collect::<Vec<Answer>>()
    });
    index.give_back(helpers);
    let mut matches = Vec::new();
    for answer in answers {
        let Some(some) = answer? else { return Ok(None) };
        matches.extend(some);
    }
    Ok(Some(matches))
}

fn ask_some(
    index: &mut Index,
    matcher: &Matcher,
    texts: Vec<Match>,
    cancelled: &AtomicBool,
) -> Answer {
    let mut matches = Vec::new();
    for (at, found) in texts.into_iter().enumerate() {
        if at.is_multiple_of(BREATH) && cancelled.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let times = ask(index, matcher, found.text)?;
        matches.extend(times.map(|times| Match { times, ..found }));
    }
    Ok(Some(matches))
}

/// How often a text has what is looked for; `None` if it does not match.
fn ask(index: &mut Index, matcher: &Matcher, text: i64) -> Result<Option<Times>, IndexError> {
    let Some(bytes) = index.bytes(text)? else { return Ok(None) };
    let printed = searched_of(&bytes).ok_or(IndexError::Damaged)?;
    if let Some(counts) = matcher.counts_as_printed(printed) {
        return Ok(Some(counts.into_iter().map(|(term, count)| (term, count as f32)).collect()));
    }
    let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
    let searchable = Searchable::of(body.searched);
    let subject = Subject {
        title: Fact::Known(""),
        byline: Fact::Known(""),
        date: Fact::Known(None),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&searchable),
        marks: Fact::Known(query::Marks::default()),
        ..Subject::default()
    };
    Ok(matcher.matches(&subject).map(|found| times_in(&found)))
}

/// How often what was matched has each term.
pub(super) fn times_in(found: &Found) -> Times {
    let of_text = |count: &&Count| {
        matches!(count.field, query::Field::Any | query::Field::Title) && count.kind != Kind::Pinyin
    };
    let mut times = Times::new();
    for count in found.counts.iter().filter(of_text) {
        match times.iter_mut().find(|(term, _)| *term == count.term) {
            Some((_, most)) => *most = most.max(count.count as f32),
            None => times.push((count.term, count.count as f32)),
        }
    }
    times
}
