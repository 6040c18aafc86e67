//! Whatever is typed, a query is read or refused with a place; printed, it means the same; it finds what
//! someone finds who looks for one word after the other; and what it finds lies between characters and is
//! promised to an index.

use zhaidu::query::{
    Expr, Fact, Field, MatchOptions, Matcher, Pattern, Place, Query, Subject, Term,
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
    let subject = Subject {
        path: title,
        title: Fact::Known(title),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&text),
        ..Subject::default()
    };
    let matcher = Matcher::new(&query, MatchOptions { pinyin });
    let found = matcher.matches(&subject);
    let simple = Simple { subject: &subject, pinyin, title: Searchable::of(title), text: &text };
    assert_eq!(found.is_some(), simple.holds(&query.expr), "one word after the other");
    let Some(found) = found else { return };
    for hit in &found.hits {
        let printed = if hit.place == Place::Text { source } else { title };
        let shown = printed.get(hit.range.start..hit.range.end);
        assert!(shown.is_some_and(|shown| !shown.is_empty()), "{hit:?}");
    }
    let all = [text.text(), Searchable::of(title).text()].join("\n");
    assert!(
        matcher.required().holds(&mut |part| all.contains(part)),
        "an index would leave it out"
    );
}

/// Who looks for one word after the other.
struct Simple<'a> {
    subject: &'a Subject<'a>,
    pinyin: bool,
    title: Searchable,
    text: &'a Searchable,
}

impl Simple<'_> {
    fn holds(&self, expr: &Expr) -> bool {
        match expr {
            Expr::All(parts) => parts.iter().all(|part| self.holds(part)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Expr::Not(part) => !self.holds(part),
            Expr::Term(term) => self.finds(term),
        }
    }

    fn finds(&self, term: &Term) -> bool {
        if let Pattern::Literal(literal) = &term.pattern
            && (literal.quoted || !self.pinyin)
        {
            let in_title = self.title.text().contains(&literal.folded);
            match term.field {
                Field::Any => return in_title || self.text.text().contains(&literal.folded),
                Field::Title => return in_title,
                _ => {}
            }
        }
        let alone = Query { expr: Expr::Term(term.clone()) };
        let options = MatchOptions { pinyin: self.pinyin };
        Matcher::new(&alone, options).matches(self.subject).is_some()
    }
}
