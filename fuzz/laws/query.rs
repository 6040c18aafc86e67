//! Whatever is typed, a query is read or refused with a place; printed, it means the same; it finds what
//! someone finds who looks for one word after the other; what it finds lies between characters and is
//! promised to an index; and what it says of an article of which little is known still holds when all is.

use zhaidu::article::{Marks, facts::IssueDate};
use zhaidu::query::{
    Expr, Fact, Field, MatchOptions, Matcher, Pattern, Place, Query, Subject, Term, Verdict,
};
use zhaidu::text::searchable::Searchable;

use super::input::Input;

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let pinyin = input.odd();
    let (typed, title, source) = (&*input.text(), &*input.text(), &*input.text());
    let query = match Query::parse(typed) {
        Ok(query) => query,
        Err(error) => {
            let place = typed.get(error.range.start..error.range.end);
            assert!(place.is_some_and(|place| !place.is_empty()), "{error:?}");
            return;
        }
    };
    let printed = Query::parse(&query.to_string());
    assert_eq!(printed.as_ref(), Ok(&query), "as it is printed");
    let text = Searchable::of(source);
    let marks = marks(&mut input);
    let subject = Subject {
        path: title,
        title: Fact::Known(title),
        byline: Fact::Known(title),
        date: Fact::Known(date(&mut input)),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&text),
        marks: Fact::Known(&marks),
    };
    let matcher = Matcher::new(&query, MatchOptions { pinyin });
    let found = matcher.matches(&subject);
    let simple = Simple { subject: &subject, pinyin, title: Searchable::of(title), text: &text };
    assert_eq!(found.is_some(), simple.holds(&query.expr, true), "one word after the other");
    match matcher.judge(&forget(subject, &mut input)) {
        Verdict::Yes(_) => assert!(found.is_some(), "found too early"),
        Verdict::No => assert!(found.is_none(), "left out too early"),
        Verdict::Pending => {}
    }
    let Some(found) = found else { return };
    for hit in &found.hits {
        let printed = match hit.place {
            Place::Text => Some(source),
            Place::Title | Place::Byline | Place::Path => Some(title),
            Place::Note => Some(marks.note.as_str()),
            Place::Tag(at) => marks.tags.iter().nth(at).map(String::as_str),
            Place::Keyword(_) => None,
        };
        let shown = printed.and_then(|printed| printed.get(hit.range.start..hit.range.end));
        assert!(shown.is_some_and(|shown| !shown.is_empty()), "{hit:?}");
    }
    let all = [text.text(), Searchable::of(title).text()].join("\n");
    assert!(
        matcher.required().holds(&mut |part| all.contains(part)),
        "an index would leave it out"
    );
}

/// What a person may have done with an article.
fn marks(input: &mut Input<'_>) -> Marks {
    let (starred, read) = (input.odd(), input.odd());
    let tags = if input.odd() { vec!["改革".to_owned()] } else { Vec::new() };
    let note = if input.odd() { "再读" } else { "" };
    Marks { starred, read, tags: tags.into_iter().collect(), note: note.to_owned() }
}

/// A date of which the year is known, or more, or nothing.
fn date(input: &mut Input<'_>) -> Option<IssueDate> {
    let [year, month, day] = [10, 13, 32].map(|limit| u32::from(input.byte()) % limit);
    let year = 2010 + year;
    match input.below(4) {
        0 => None,
        1 => IssueDate::year(year),
        2 => IssueDate::month(year, month),
        _ => IssueDate::day(year, month, day),
    }
}

/// The same article, of which some is not known yet.
fn forget<'a>(mut subject: Subject<'a>, input: &mut Input<'_>) -> Subject<'a> {
    let forgotten = input.byte();
    let is_forgotten = |bit: u8| forgotten & (1 << bit) != 0;
    subject.title = if is_forgotten(0) { Fact::Pending } else { subject.title };
    subject.byline = if is_forgotten(1) { Fact::Pending } else { subject.byline };
    subject.date = if is_forgotten(2) { Fact::Pending } else { subject.date };
    subject.keywords = if is_forgotten(3) { Fact::Pending } else { subject.keywords };
    subject.text = if is_forgotten(4) { Fact::Pending } else { subject.text };
    subject.marks = if is_forgotten(5) { Fact::Pending } else { subject.marks };
    subject
}

/// Who looks for one word after the other.
struct Simple<'a> {
    subject: &'a Subject<'a>,
    pinyin: bool,
    title: Searchable,
    text: &'a Searchable,
}

impl Simple<'_> {
    /// `wanted` unless it stands behind a NOT, where words of the article are looked for as they are printed.
    fn holds(&self, expr: &Expr, wanted: bool) -> bool {
        match expr {
            Expr::All(parts) => parts.iter().all(|part| self.holds(part, wanted)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(part, wanted)),
            Expr::Not(part) => !self.holds(part, !wanted),
            Expr::Term(term) => {
                self.finds(term, self.pinyin && (wanted || term.field.is_of_marks()))
            }
        }
    }

    fn finds(&self, term: &Term, pinyin: bool) -> bool {
        if let Pattern::Literal(literal) = &term.pattern
            && (literal.quoted || !pinyin)
        {
            let in_title = self.title.text().contains(&literal.folded);
            match term.field {
                Field::Any => return in_title || self.text.text().contains(&literal.folded),
                Field::Title => return in_title,
                _ => {}
            }
        }
        let alone = Query { expr: Expr::Term(term.clone()) };
        Matcher::new(&alone, MatchOptions { pinyin }).matches(self.subject).is_some()
    }
}
