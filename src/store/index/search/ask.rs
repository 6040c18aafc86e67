//! Asking texts whether they match, on several processors.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::{BREATH, gather::Match, threads};
use crate::{
    query::{
        self, Count, Fact, Found, Matcher, Subject,
        printed::{Answer, Printed},
    },
    store::index::{
        body::{Body, searched_of},
        code::Code,
        reader::Index,
        schema::IndexError,
        shelf::SHELVED,
    },
    text::searchable::Searchable,
};

/// How often a text has each term of the query, by number.
pub(super) type Times = Vec<(usize, f32)>;

/// Texts for which other threads are worth the while.
const WORTH: usize = 256;
/// Texts in a row that one thread is asked for. Which one does not depend on the query, so that it
/// has kept those that were asked for before.
const ROW: i64 = 256;

/// What came of asking some texts; `None` when it was cancelled.
type Asked = Result<Option<Vec<Match>>, IndexError>;

/// Those of the texts that match.
pub(super) fn ask_all(
    index: &mut Index,
    matcher: &Matcher,
    texts: Vec<Match>,
    cancelled: &AtomicBool,
) -> Asked {
    let threads = threads::count();
    if texts.len() < WORTH || threads == 1 {
        let room = if threads == 1 { SHELVED } else { 0 };
        return ask_some(index, matcher, texts, room, cancelled);
    }
    let room = SHELVED / threads;
    let mut helpers = index.take_helpers(threads - 1)?;
    let mut parts: Vec<Vec<Match>> = Vec::new();
    parts.resize_with(helpers.len() + 1, Vec::new);
    let count = parts.len();
    for text in texts {
        let thread = usize::try_from(text.text / ROW).unwrap_or(0) % count;
        if let Some(part) = parts.get_mut(thread) {
            part.push(text);
        }
    }
    let own = parts.pop().unwrap_or_default();
    let answers = thread::scope(|scope| {
        let asked: Vec<_> = helpers
            .iter_mut()
            .zip(parts)
            .map(|(helper, part)| {
                scope.spawn(move || ask_some(helper, matcher, part, room, cancelled))
            })
            .collect();
        let own = ask_some(index, matcher, own, room, cancelled);
        let others =
            asked.into_iter().map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
        others.chain([own]).collect::<Vec<Asked>>()
    });
    index.give_back(helpers);
    let mut matches = Vec::new();
    for answer in answers {
        let Some(some) = answer? else { return Ok(None) };
        matches.extend(some);
    }
    Ok(Some(matches))
}

/// Those of some texts that match, asked on this thread, which may keep so many bytes of them.
fn ask_some(
    index: &mut Index,
    matcher: &Matcher,
    texts: Vec<Match>,
    room: usize,
    cancelled: &AtomicBool,
) -> Asked {
    let printed = matcher.printed();
    let code = index.unpacker.dictionary().clone();
    let coded = printed.as_ref().zip(code.code());
    let coded = coded.map(|(printed, code)| printed.formed(|folded| code.forms_of(folded)));
    let mut matches = Vec::new();
    let mut texts = texts.into_iter();
    loop {
        if cancelled.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let some: Vec<Match> = texts.by_ref().take(BREATH).collect();
        if some.is_empty() {
            return Ok(Some(matches));
        }
        let mut answers = vec![Answer::Unknown; some.len()];
        if let Some(coded) = &coded {
            let numbers: Vec<i64> = some.iter().map(|it| it.text).collect();
            index.each_coded(&numbers, room, &mut |at, text| {
                if let (Some(answer), Some(found)) = (answers.get_mut(at), some.get(at)) {
                    *answer = answer_of(coded, found, text);
                }
            })?;
        }
        for (found, answer) in some.into_iter().zip(answers) {
            let times = match answer {
                Answer::No => continue,
                Answer::Yes(counts) => Some(times_of(counts)),
                Answer::Unknown => ask(index, matcher, printed.as_ref(), &found)?,
            };
            matches.extend(times.map(|times| Match { times, ..found }));
        }
    }
}

/// What a coded text tells.
fn answer_of(coded: &Printed, found: &Match, text: &[u8]) -> Answer {
    match coded.ask(text, |term| found.may_have(term)) {
        // Other forms of what is looked for may have no code.
        Answer::No if Code::has_escapes(text) => Answer::Unknown,
        answer => answer,
    }
}

fn times_of(counts: Vec<(usize, usize)>) -> Times {
    counts.into_iter().map(|(term, count)| (term, count as f32)).collect()
}

/// How often a text has what is looked for; `None` if it does not match.
fn ask(
    index: &mut Index,
    matcher: &Matcher,
    printed: Option<&Printed>,
    found: &Match,
) -> Result<Option<Times>, IndexError> {
    let Some(bytes) = index.bytes(found.text)? else { return Ok(None) };
    let searched = searched_of(&bytes).ok_or(IndexError::Damaged)?;
    let answer = printed.map(|printed| printed.ask(searched, |term| found.may_have(term)));
    if let Some(Answer::Yes(counts)) = answer {
        return Ok(Some(times_of(counts)));
    }
    let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
    let searchable = Searchable::of(body.searched);
    let subject = Subject {
        title: Fact::Known(""),
        byline: Fact::Known(""),
        date: Fact::Known(None),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&searchable),
        ..Subject::default()
    };
    Ok(matcher.matches(&subject).map(|found| times_in(&found)))
}

/// How often what was matched has each term.
pub(super) fn times_in(found: &Found) -> Times {
    let of_text = |count: &&Count| matches!(count.field, query::Field::Any | query::Field::Title);
    let mut times = Times::new();
    for count in found.counts.iter().filter(of_text) {
        match times.iter_mut().find(|(term, _)| *term == count.term) {
            Some((_, most)) => *most = most.max(count.count as f32),
            None => times.push((count.term, count.count as f32)),
        }
    }
    times
}
