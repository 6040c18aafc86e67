//! Whatever is typed, a query is read or refused with a place; printed, it means the same; and what it
//! finds lies between characters and is promised to an index.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhaidu::{
    query::{Fact, MatchOptions, Matcher, Place, Query, Subject},
    text::searchable::Searchable,
};

fuzz_target!(|input: (bool, &str, &str, &str)| {
    let (pinyin, typed, title, source) = input;
    let query = match Query::parse(typed) {
        Ok(query) => query,
        Err(error) => {
            let place = typed.get(error.range.start..error.range.end);
            assert!(place.is_some_and(|place| !place.is_empty()), "{error:?}");
            return;
        }
    };
    assert_eq!(Query::parse(&query.to_string()).as_ref(), Ok(&query));
    let text = Searchable::of(source);
    let subject = Subject {
        path: title,
        title: Fact::Known(title),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&text),
        ..Subject::default()
    };
    let matcher = Matcher::new(&query, MatchOptions { pinyin });
    let Some(found) = matcher.matches(&subject) else { return };
    for hit in &found.hits {
        let printed = if hit.place == Place::Text { source } else { title };
        let shown = printed.get(hit.range.start..hit.range.end);
        assert!(shown.is_some_and(|shown| !shown.is_empty()), "{hit:?}");
    }
    let all = [text.text(), Searchable::of(title).text()].join("\n");
    assert!(matcher.required().holds(&mut |part| all.contains(part)));
});
