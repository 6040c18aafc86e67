//! A reader of Rust files that knows just enough: comments, literals, words, and the paths that
//! are imported or named.

/// A source file in pieces.
pub(crate) struct Source {
    path: String,
    tokens: Vec<String>,
    comments: String,
}

impl Source {
    /// Takes a file apart; `path` is where it lies from the root of the project.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let (tokens, comments) = tokens(text);
        Self { path: path.to_owned(), tokens: without_tests(&tokens), comments }
    }

    /// Whether it is part of the program and not of its tests or its own crates.
    pub(crate) fn is_of_program(&self) -> bool {
        self.path.starts_with("src/")
    }

    /// Whether it holds tests only.
    pub(crate) fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
    }

    /// The module at the root of the crate that it belongs to.
    pub(crate) fn module(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split(['/', '.']).next().unwrap_or_default()
    }

    /// The modules from the root of the crate down to this one.
    fn modules(&self) -> Vec<&str> {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inside.split('/').filter(|name| !matches!(*name, "lib" | "main")).collect()
    }

    /// The text of all comments.
    pub(crate) fn comments(&self) -> &str {
        &self.comments
    }

    /// Whether a word stands in the code.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.tokens.iter().any(|token| token == word)
    }

    /// Whether a macro of this name is called.
    pub(crate) fn calls_macro(&self, name: &str) -> bool {
        self.tokens.windows(2).any(|pair| pair[0] == name && pair[1] == "!")
    }
}

/// Every path that a file imports or names, from the root: `crate::…` for what is inside,
/// `name::…` for what is outside.
pub(crate) fn paths(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    // The modules around the place, and how many braces were open where each began.
    let mut modules: Vec<(&str, usize)> =
        source.modules().into_iter().map(|name| (name, 0)).collect();
    let tokens = &source.tokens;
    let (mut at, mut depth) = (0, 0);
    while let Some(token) = tokens.get(at) {
        let next = |by: usize| tokens.get(at + by).map_or("", String::as_str);
        match token.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                modules.retain(|(_, began)| *began == 0 || *began <= depth);
            }
            "mod" if next(2) == "{" => {
                modules.push((tokens[at + 1].as_str(), depth + 1));
            }
            // `use<…>` tells what a type captures.
            "use" if next(1) != "<" => {
                let mut tree = Vec::new();
                at = read_tree(tokens, at + 1, "", &mut tree);
                found.extend(tree.iter().map(|path| absolute(path, &modules)));
                continue;
            }
            _ if is_word(token) && next(1) == "::" => {
                let mut path = token.clone();
                while tokens.get(at + 1).is_some_and(|token| token == "::")
                    && tokens.get(at + 2).is_some_and(|token| is_word(token))
                {
                    path = path + "::" + &tokens[at + 2];
                    at += 2;
                }
                found.push(absolute(&path, &modules));
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the tree of a `use` from `at` on, below `before`; gives the place behind it.
fn read_tree(tokens: &[String], mut at: usize, before: &str, found: &mut Vec<String>) -> usize {
    let mut path = before.to_owned();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = read_tree(tokens, at, &path, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            "," | ";" | "}" => break,
            "as" => at += 1,
            "::" | "*" | "self" if !path.is_empty() => {}
            "::" => {}
            name if path.is_empty() => path.push_str(name),
            name => path = path + "::" + name,
        }
        at += 1;
    }
    found.push(path);
    at
}

/// A path from the root: `self` and `super` are replaced by what they mean.
fn absolute(path: &str, modules: &[(&str, usize)]) -> String {
    let names: Vec<&str> = path.split("::").collect();
    let ups = names.iter().take_while(|name| **name == "super").count();
    let start = usize::from(names.first() == Some(&"self")) + ups;
    if start == 0 {
        return path.to_owned();
    }
    let around = modules.iter().take(modules.len().saturating_sub(ups)).map(|(name, _)| *name);
    let inside = names.iter().skip(start).copied();
    ["crate"].into_iter().chain(around).chain(inside).collect::<Vec<_>>().join("::")
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens without modules that are compiled for tests only.
fn without_tests(tokens: &[String]) -> Vec<String> {
    const MARK: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let marked = tokens[at..].iter().zip(MARK).filter(|(token, mark)| token == mark).count();
        if marked == MARK.len() && tokens.get(at + 9).is_some_and(|token| token == "{") {
            at = behind_block(tokens, at + 9);
            continue;
        }
        kept.push(token.clone());
        at += 1;
    }
    kept
}

/// The place behind the block that opens at `at`.
fn behind_block(tokens: &[String], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Words and marks of a text, without literals, and its comments.
fn tokens(text: &str) -> (Vec<String>, String) {
    let (mut tokens, mut comments) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") || rest.starts_with("/*") {
            let length = comment(rest);
            comments.push_str(&rest[..length]);
            comments.push('\n');
            length
        } else if let Some(length) = literal(rest) {
            length
        } else if c.is_alphanumeric() || c == '_' {
            let word = |c: char| !c.is_alphanumeric() && c != '_';
            let length = rest.find(word).unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    (tokens, comments)
}

/// Length of the comment that `text` begins with; block comments nest.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Length of the string, character or lifetime that `text` begins with.
fn literal(text: &str) -> Option<usize> {
    if text.starts_with('"') {
        return Some(quoted(text, '"'));
    }
    let raw = text.trim_start_matches(['b', 'c']).strip_prefix('r');
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let inside = raw[hashes..].strip_prefix('"')?;
        let before = text.len() - inside.len();
        return Some(inside.find(&end).map_or(text.len(), |at| before + at + end.len()));
    }
    if text.starts_with("b\"") || text.starts_with("b'") {
        return Some(1 + quoted(&text[1..], text[1..].chars().next()?));
    }
    let inside = text.strip_prefix('\'')?;
    let mut chars = inside.chars();
    match (chars.next()?, chars.next()) {
        ('\\', _) | (_, Some('\'')) => Some(quoted(text, '\'')),
        // A lifetime: the mark alone is passed over, its name is a word.
        _ => Some(1),
    }
}

/// Length of a literal in quotation marks, with escapes.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}
