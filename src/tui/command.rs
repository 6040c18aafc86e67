//! The command line that prints what is looked at.

use std::{ffi::OsString, path::PathBuf};

use crate::{
    app::{copying::View, search::ResultOrder},
    article::order::{Direction, GroupBy, Order, SortBy},
    lang::Lang,
    listing::ArticleKey,
    source::Entry,
};

/// How the archive was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The options that say how it is read, as they are written.
    pub options: Vec<String>,
    /// What was named; nothing for the current folder.
    pub paths: Vec<PathBuf>,
    /// Whether it is the archive that is part of the program.
    pub is_demo: bool,
}

/// The command line that prints a view; `entry` finds the source of an article.
///
/// # Errors
///
/// Why there is none.
pub(super) fn line(
    view: &View,
    opened: &Opened,
    entry: impl Fn(ArticleKey) -> Option<Entry>,
    lang: Lang,
) -> Result<String, &'static str> {
    let gone = lang.of("列表里还没有这一篇", "it is not in the list yet");
    if opened.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(lang.of("标准输入的内容不能再读一次", "what was piped in cannot be read again"));
    }
    // A source without a path is of the built-in archive.
    let path_of = |key: ArticleKey| {
        let entry = entry(key).ok_or(gone)?;
        Ok::<_, &'static str>(entry.file_path().map(|path| path.as_os_str().to_owned()))
    };
    let number = |key: ArticleKey| format!("{}", key.article + 1);
    let all = || opened.paths.iter().map(|path| path.clone().into_os_string());
    let (name, options, positional): (&str, Vec<String>, Vec<Option<OsString>>) = match view {
        View::List { order, filters, is_literal } => {
            let queries: Option<Vec<&str>> = filters.iter().map(Option::as_deref).collect();
            let none = lang.of(
                "按标题筛选 (f) 没有对应的命令；F 按查询筛选，就有",
                "no command filters titles as f does; filter by a query, with F",
            );
            let mut options = filtered(&queries.ok_or(none)?, *is_literal);
            options.extend(ordered(*order));
            ("list", options, all().map(Some).collect())
        }
        View::Found { query, is_literal, order } => {
            let mut options = Vec::new();
            options.extend(is_literal.then(|| "--no-pinyin".to_owned()));
            let sort = match order {
                ResultOrder::Score => None,
                ResultOrder::Newest => Some("date"),
                ResultOrder::Archive => Some("path"),
            };
            options.extend(sort.into_iter().flat_map(|sort| ["--sort".into(), sort.into()]));
            let query = Some(OsString::from(query.trim()));
            ("search", options, [query].into_iter().chain(all().map(Some)).collect())
        }
        View::Near(key) => {
            let options = vec!["--article".to_owned(), number(*key)];
            ("related", options, [path_of(*key)?].into_iter().chain(all().map(Some)).collect())
        }
        View::Text(key) => {
            ("show", vec!["--article".to_owned(), number(*key)], vec![path_of(*key)?])
        }
        View::Level(key, percent) => {
            let ratio = format!("{percent}%");
            let options = ["--article".to_owned(), number(*key), "--ratio".to_owned(), ratio];
            ("summary", options.into(), vec![path_of(*key)?])
        }
        View::Summary(key, count) => {
            let count = count.to_string();
            let options = ["--article".to_owned(), number(*key), "--sentences".to_owned(), count];
            ("summary", options.into(), vec![path_of(*key)?])
        }
        View::Keywords(key) => {
            ("keywords", vec!["--article".to_owned(), number(*key)], vec![path_of(*key)?])
        }
        View::Page(key) => ("pages", Vec::new(), vec![path_of(*key)?]),
    };
    // Other commands cannot open the built-in archive.
    let Some(positional) =
        positional.into_iter().collect::<Option<Vec<OsString>>>().filter(|_| !opened.is_demo)
    else {
        return Ok("zhaidu demo".to_owned());
    };
    let mut words: Vec<String> = vec!["zhaidu".to_owned(), name.to_owned()];
    words.extend(options.iter().chain(&opened.options).map(|word| quoted(word.as_ref())));
    if positional.iter().any(|word| word.as_encoded_bytes().starts_with(b"-")) {
        words.push("--".to_owned());
    }
    words.extend(positional.iter().map(|word| quoted(word)));
    Ok(words.join(" "))
}

/// The options that leave in the list what these queries find.
fn filtered(queries: &[&str], is_literal: bool) -> Vec<String> {
    let mut options = Vec::new();
    for query in queries {
        // A query that leaves something out looks like an option.
        if query.starts_with('-') {
            options.push(format!("--query={query}"));
        } else {
            options.extend(["--query".to_owned(), (*query).to_owned()]);
        }
    }
    options.extend((is_literal && !queries.is_empty()).then(|| "--no-pinyin".to_owned()));
    options
}

/// The options that put the list into an order.
fn ordered(order: Order) -> Vec<String> {
    let sort = match order.by {
        // What the list is filtered by has other commands: no option asks for the best match.
        SortBy::Source | SortBy::Match => None,
        SortBy::Date => Some("date"),
        SortBy::Page => Some("page"),
        SortBy::Title => Some("title"),
        SortBy::Author => Some("author"),
        SortBy::Chars => Some("chars"),
        SortBy::Marks => Some("marks"),
    };
    let group = match order.group {
        GroupBy::None => None,
        GroupBy::Date => Some("date"),
        GroupBy::Paper => Some("paper"),
        GroupBy::Author => Some("author"),
    };
    let mut options: Vec<&str> = Vec::new();
    options.extend(sort.into_iter().flat_map(|sort| ["--sort", sort]));
    options.extend(group.into_iter().flat_map(|group| ["--group", group]));
    let is_reversed = order.direction == Direction::Down && order.by != SortBy::Match;
    options.extend(is_reversed.then_some("--reverse"));
    options.into_iter().map(str::to_owned).collect()
}

/// A word as a shell reads it. Bytes that cannot be seen are written by their numbers, as bash, zsh
/// and ksh read them.
fn quoted(word: &std::ffi::OsStr) -> String {
    use crate::text::sanitize::is_unsafe;
    let plain = word.to_str().filter(|text| !text.chars().any(is_unsafe));
    if let Some(quoted) = plain.and_then(|text| shlex::try_quote(text).ok()) {
        return quoted.into_owned();
    }
    let byte = |byte: &u8| match byte {
        b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
        b' '..=b'~' => char::from(*byte).to_string(),
        byte => format!("\\x{byte:02x}"),
    };
    format!("$'{}'", word.as_encoded_bytes().iter().map(byte).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    use super::*;

    const KEY: ArticleKey = ArticleKey { source: 0, article: 2 };

    fn told(view: &View, opened: &Opened, path: &str) -> String {
        let entry = |_| Some(Entry::file(path));
        line(view, opened, entry, Lang::En).unwrap_or_else(str::to_owned)
    }

    fn opened(paths: &[&str], options: &[&str]) -> Opened {
        let options = options.iter().map(|&option| option.to_owned()).collect();
        Opened { options, paths: paths.iter().map(PathBuf::from).collect(), is_demo: false }
    }

    #[test]
    fn every_view_has_its_command_line() {
        let found = |query: &str, is_literal, order| View::Found {
            query: query.to_owned(),
            is_literal,
            order,
        };
        let by_date = Order { by: SortBy::Date, group: GroupBy::Paper, direction: Direction::Down };
        let archive = opened(&["a b", "c"], &["--hidden"]);
        let list = |filters: &[&str], order, is_literal| View::List {
            order,
            filters: filters.iter().map(|&query| Some(query.to_owned())).collect(),
            is_literal,
        };
        for (view, expected) in [
            (list(&[], Order::default(), true), "zhaidu list --hidden 'a b' c"),
            (
                list(&[], by_date, false),
                "zhaidu list --sort date --group paper --reverse --hidden 'a b' c",
            ),
            (
                list(&["kw:京津冀", "date:2014-02", "a OR b"], Order::default(), false),
                "zhaidu list --query kw:京津冀 --query date:2014-02 --query 'a OR b' --hidden 'a b' c",
            ),
            (
                list(&["-水 \"x\""], by_date, true),
                "zhaidu list '--query=-水 \"x\"' --no-pinyin --sort date --group paper --reverse \
                 --hidden 'a b' c",
            ),
            (
                found("\"水 质\" -it's", false, ResultOrder::Score),
                "zhaidu search --hidden '\"水 质\" -it'\"'\"'s' 'a b' c",
            ),
            (
                found("-水", true, ResultOrder::Newest),
                "zhaidu search --no-pinyin --sort date --hidden -- '-水' 'a b' c",
            ),
            (View::Near(KEY), "zhaidu related --article 3 --hidden 'a b/x.txt' 'a b' c"),
            (View::Text(KEY), "zhaidu show --article 3 --hidden 'a b/x.txt'"),
            (View::Level(KEY, 30), "zhaidu summary --article 3 --ratio '30%' --hidden 'a b/x.txt'"),
            (
                View::Summary(KEY, 5),
                "zhaidu summary --article 3 --sentences 5 --hidden 'a b/x.txt'",
            ),
            (View::Keywords(KEY), "zhaidu keywords --article 3 --hidden 'a b/x.txt'"),
            (View::Page(KEY), "zhaidu pages --hidden 'a b/x.txt'"),
        ] {
            let line = told(&view, &archive, "a b/x.txt");
            // Quotes may be written in several ways: what a shell makes of them counts.
            assert_eq!(shlex::split(&line), shlex::split(expected), "{line}");
        }
    }

    #[test]
    fn a_path_is_a_word_whatever_it_holds() {
        for (path, expected) in [
            ("$(rm -rf ~)/`x`;.txt", "zhaidu show --article 3 '$(rm -rf ~)/`x`;.txt'"),
            ("-x.txt", "zhaidu show --article 3 -- -x.txt"),
            ("a\u{1b}'.txt", "zhaidu show --article 3 $'a\\x1b\\'.txt'"),
        ] {
            assert_eq!(told(&View::Text(KEY), &opened(&[], &[]), path), expected);
        }
        assert_eq!(quoted(OsStr::from_bytes(b"\xb1\xb1.txt")), "$'\\xb1\\xb1.txt'");
    }

    #[test]
    fn what_cannot_be_read_again_has_none() {
        let piped = opened(&["-"], &[]);
        let order = Order::default();
        let list = |filters| View::List { order, filters, is_literal: false };
        assert!(line(&list(Vec::new()), &piped, |_| None, Lang::En).is_err());
        let by_title = told(&list(vec![Some("水".to_owned()), None]), &opened(&["a"], &[]), "x");
        assert_eq!(by_title, "no command filters titles as f does; filter by a query, with F");
        let demo = Opened { is_demo: true, ..Opened::default() };
        assert_eq!(told(&View::Text(KEY), &demo, "x"), "zhaidu demo");
        let gone = line(&View::Text(KEY), &opened(&["a"], &[]), |_| None, Lang::En);
        assert_eq!(gone, Err("it is not in the list yet"));
    }
}
