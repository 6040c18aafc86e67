use proptest::prelude::*;

use super::*;

/// `text` with a range of it shown.
fn shown(text: &str, range: TextRange) -> String {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    format!("{before}【{}】{behind}", range.of(text))
}

#[test]
fn queries_have_a_canonical_form() {
    for (typed, canonical) in [
        ("", ""),
        (" \u{3000}\n", ""),
        ("京津", "京津"),
        ("  京津　冀\t協同 ", "京津 冀 協同"),
        ("a b OR c d", "a (b OR c) d"),
        ("a OR b OR c", "a OR b OR c"),
        ("(a b) OR c", "(a b) OR c"),
        ("(a OR b) OR (c)", "a OR b OR c"),
        ("((a b)) (c (d e))", "a b c d e"),
        ("a or b", "a or b"),
        ("a ＯＲ b", "a OR b"),
        ("ORB OR \\OR", "ORB OR \\OR"),
        ("\"OR\" x\"y\"z", "\"OR\" x \"y\" z"),
        ("-a --b -(a OR b) -title:c", "-a --b -(a OR b) -title:c"),
        ("a-b G-20", "a-b G-20"),
        ("－房价 —— （京津 OR “雄安 新区”）", "-房价 —— (京津 OR \"雄安 新区\")"),
        ("Title：京津 ＫＷ：協同", "title:京津 kw:協同"),
        (
            "title:\"京津冀 协同\" by:王 path:/a/b/ tag:精读 note:引",
            "title:\"京津冀 协同\" by:王 path:/a/b/ tag:精读 note:引",
        ),
        ("ChatGPT：新时代 习近平：讲话 12:30 a\\:b", "\\ChatGPT：新时代 习近平：讲话 12:30 \\a:b"),
        ("title:a:b title:-a", "title:a:b title:-a"),
        ("\\-5 \\(a\\) \\\\ \\\"a \"a\\\"b\"", "\\-5 \\(a\\) \\\\ \\\"a \"a\\\"b\""),
        ("date:2014 date:2014-5-2 date:2014/05", "date:2014 date:2014-05-02 date:2014-05"),
        (
            "date:2022..2023 date:2022-03..2023 date:..2014 date:2014..",
            "date:2022..2023 date:2022-03..2023 date:..2014 date:2014..",
        ),
        (
            "date：２０１４年５月２日 date:2014。。2015 date:2014…… date:\"2014-01 .. 2015\"",
            "date:2014-05-02 date:2014..2015 date:2014.. date:2014-01..2015",
        ),
        ("date:2014..2014", "date:2014"),
        (
            "is:unread IS:Starred is:read is:noted is:tagged",
            "is:unread is:starred is:read is:noted is:tagged",
        ),
        ("/第.{1,3}届/ title:/a b\\/c\\\\/", "/第.{1,3}届/ title:/a b\\/c\\\\/"),
        ("(/a/)\\/x", "/a/ \\/x"),
    ] {
        let query = Query::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error:?}"));
        assert_eq!(query.to_string(), canonical, "{typed}");
        assert_eq!(Query::parse(canonical).as_ref(), Ok(&query), "{typed}");
    }
}

#[test]
fn what_is_wrong_is_underlined() {
    let deep = "(".repeat(MAX_DEPTH + 1) + "a";
    let deep_shown = "(".repeat(MAX_DEPTH) + "【(】a";
    for (place, message) in [
        ("京津 【“】冀", "the quotation mark is not closed"),
        ("a 【(】b", "the bracket is not closed"),
        ("a【）】 b", "no ( belongs to this"),
        ("a 【( )】 b", "nothing stands between the brackets"),
        ("a 【-】 b", "- has nothing to exclude"),
        ("(a 【－】)", "- has nothing to exclude"),
        ("a 【OR】", "OR needs something on both sides"),
        ("【OR】 a", "OR needs something on both sides"),
        ("a OR 【OR】 b", "OR needs something on both sides"),
        ("(a 【OR】) b", "OR needs something on both sides"),
        ("a 【\"\"】", "nothing to look for"),
        ("title:【\"　\"】", "nothing to look for"),
        ("a【\\】", "nothing stands behind the backslash"),
        ("【titel】:a", "no field titel, did you mean title:?"),
        ("【ａuthor】：王", "no field author, did you mean by:?"),
        ("a 【http】://b", "no field http; there are title, kw, by"),
        ("【titel】：a", "no field titel, did you mean title:?"),
        ("【aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa】:b", "no field aaaaaaaaaaaaaaaa…; there are"),
        ("a 【title:】", "title: has no value"),
        ("a 【date:】 2014", "date: has no value; write it right behind, as in date:2014-05"),
        ("【title:】(a b)", "title: takes no group; write (title:a OR title:b)"),
        ("date:【/2014/】", "date: takes no regular expression"),
        ("a 【/】b", "the regular expression is not closed"),
        ("a 【//】", "the regular expression is empty"),
        ("/a/【b】 c", "a space belongs behind a regular expression"),
        ("/a【(】b/", "regular expression: a bracket is not closed"),
        ("/a\\/【[】b/", "regular expression: a bracket is not closed"),
        ("/a【)】/", "regular expression: this ) closes nothing"),
        ("/【*】/", "regular expression: there is nothing to repeat"),
        ("/开【{3,1}】/", "regular expression: no valid count"),
        ("/[【b-a】]/", "regular expression: the range is upside down"),
        ("/【\\y】/", "regular expression: no such escape"),
        ("/【\\p{Hann}】/", "regular expression: no such class"),
        ("/(?x【z】)a/", "regular expression: no such flag"),
        ("/a【(?=】b)/", "regular expression: there is no look-around"),
        ("【/(\\w{500}){500}/】", "regular expression: it is too large"),
        ("date:【2014-13】", "this is no date"),
        ("date:【20145】", "this is no date"),
        ("date:【..】", "this is no date"),
        ("date:【2015..2014】", "this ends before it begins"),
        ("is:【unred】", "no state unred, did you mean is:unread?"),
        ("is:【好】", "no state 好; there are unread, read"),
        (deep_shown.as_str(), "more than 32 groups"),
    ] {
        let typed: String = place.chars().filter(|c| !"【】".contains(*c)).collect();
        let error = Query::parse(&typed).expect_err(&typed);
        assert_eq!(shown(&typed, error.range), place, "{error:?}");
        assert!(error.to_string().starts_with(message), "{typed}: {error}");
        let zh = error.message(Lang::Zh);
        assert!(zh.chars().any(|c| c > '\u{3000}') && zh != error.to_string(), "{zh}");
    }
    assert!(Query::parse(&deep).is_err());
    let long = "a ".repeat(MAX_CHARS / 2);
    assert!(Query::parse(&long).is_ok());
    let error = Query::parse(&(long.clone() + "bc")).expect_err("too long");
    assert_eq!(
        (error.problem, error.range),
        (error::Problem::TooLong, TextRange::new(long.len(), long.len() + 2))
    );
    let many = "/a/ ".repeat(MAX_REGEXES + 1);
    assert_eq!(
        Query::parse(&many).map_err(|error| error.problem),
        Err(error::Problem::TooManyRegexes)
    );
}

#[test]
fn terms_know_where_they_stand() {
    fn terms<'a>(expr: &'a Expr, found: &mut Vec<&'a Term>) {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| terms(part, found)),
            Expr::Not(inner) => terms(inner, found),
            Expr::Term(term) => found.push(term),
        }
    }
    let typed = "京津 -(title：“a b” OR /x y/)　is:read";
    let query = Query::parse(typed).expect(typed);
    let mut found = Vec::new();
    terms(&query.expr, &mut found);
    let places: Vec<&str> = found.iter().map(|term| term.range.of(typed)).collect();
    assert_eq!(places, ["京津", "title：“a b”", "/x y/", "is:read"]);
}

#[test]
fn the_grammar_is_told_as_it_is() {
    let source = include_str!("../query.rs").lines().filter(|line| line.starts_with("/// | `"));
    let rows: Vec<String> = source.map(|row| row.replace('`', "")).collect();
    assert_eq!(rows.len(), GRAMMAR.len());
    for rule in GRAMMAR {
        let query = Query::parse(rule.example).unwrap_or_else(|error| panic!("{rule:?}: {error}"));
        assert!(!query.is_empty());
        let cells = [rule.example, rule.meaning(Lang::En), rule.meaning(Lang::Zh)];
        let row = format!("/// | {} |", cells.join(" | "));
        assert!(rows.contains(&row), "{row}");
        assert_ne!(rule.meaning(Lang::Zh), rule.meaning(Lang::En));
    }
    for field in Field::NAMED {
        let named = format!("{}:", field.name());
        let told =
            |rule: &Rule| rule.example.contains(&named) || rule.meaning(Lang::Zh).contains(&named);
        assert!(GRAMMAR.iter().any(told), "{named}");
    }
    for flag in Flag::ALL {
        assert!(GRAMMAR.iter().any(|rule| rule.meaning(Lang::Zh).contains(flag.name())
            || rule.example.ends_with(flag.name())));
    }
}

fn literal() -> impl Strategy<Value = Pattern> {
    let text = "[a-cORor京開。 　\t\"“”()（）:：\\-－/／\\\\.Ａ-Ｃ]{1,6}|title:a|OR|\\PC{1,4}";
    let text = proptest::string::string_regex(text).expect("a pattern");
    (text, any::<bool>()).prop_filter_map("blank", |(typed, quoted)| {
        let folded = crate::text::searchable::phrase(&typed);
        (!folded.is_empty()).then_some(Pattern::Literal(Literal { typed, folded, quoted }))
    })
}

fn regex() -> impl Strategy<Value = Pattern> {
    let text = "([a-c京/／ .]|\\\\[.\\\\d]|\\[a/b\\]|\\(a\\|b\\)){1,5}";
    let text = proptest::string::string_regex(text).expect("a pattern");
    text.prop_filter_map("no regular expression", |text| Regex::new(&text).ok().map(Pattern::Regex))
}

fn term() -> impl Strategy<Value = Expr> {
    let text_fields =
        [Field::Any, Field::Title, Field::Keyword, Field::Byline, Field::Tag, Field::Note];
    let of_text = (proptest::sample::select(text_fields.to_vec()), prop_oneof![literal(), regex()]);
    let of_path = (Just(Field::Path), literal());
    let date = (1990..2010u32, proptest::option::of(1..=12u32)).prop_map(|(year, month)| {
        month.map_or_else(
            || crate::article::facts::IssueDate::year(year),
            |month| crate::article::facts::IssueDate::month(year, month),
        )
    });
    let later = proptest::option::of(2010..2020u32)
        .prop_map(|year| year.and_then(crate::article::facts::IssueDate::year));
    let span = (date, later).prop_map(|(from, to)| Pattern::Date(DateRange { from, to }));
    let flag = proptest::sample::select(&Flag::ALL[..]).prop_map(Pattern::Is);
    let term = prop_oneof![
        4 => of_text,
        1 => of_path,
        1 => (Just(Field::Date), span),
        1 => (Just(Field::Is), flag),
    ];
    term.prop_map(|(field, pattern)| {
        Expr::Term(Term { field, pattern, range: TextRange::default() })
    })
}

fn joined(parts: Vec<Expr>, all: bool) -> Expr {
    let flat = parts.into_iter().flat_map(|part| match part {
        Expr::All(inner) if all => inner,
        Expr::Any(inner) if !all => inner,
        part => vec![part],
    });
    let parts = flat.collect();
    if all { Expr::All(parts) } else { Expr::Any(parts) }
}

fn expr() -> impl Strategy<Value = Expr> {
    term().prop_recursive(4, 16, 4, |inner| {
        let parts = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            (parts, any::<bool>()).prop_map(|(parts, all)| joined(parts, all)),
            inner.prop_map(|inner| Expr::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_parses_back(expr in expr()) {
        let query = Query { expr };
        prop_assert_eq!(Query::parse(&query.to_string()), Ok(query));
    }

    #[test]
    fn no_input_is_too_odd(text in "([a京 　\"“”()（）:：\\-－/\\\\.*\\[{1]|OR|title:|date:|is:|20){0,30}|\\PC{0,40}") {
        match Query::parse(&text) {
            Ok(query) => {
                let printed = query.to_string();
                let again = Query::parse(&printed);
                prop_assert_eq!(again.as_ref(), Ok(&query), "{}", printed);
                prop_assert_eq!(again.map(|query| query.to_string()), Ok(printed));
            }
            Err(error) => {
                let place = text.get(error.range.start..error.range.end);
                prop_assert!(place.is_some_and(|place| !place.is_empty()), "{:?}", error);
                prop_assert!(!error.message(Lang::Zh).is_empty());
            }
        }
    }
}
