//! From the text of a query to its meaning.
//!
//! ```text
//! all  = any*                       words side by side: all of them
//! any  = not ("OR" not)*            OR binds tighter, as in the large search engines: it joins
//! not  = "-" not | "(" all ")" | term        ways to say one thing
//! term = [field ":"] (word | "phrase" | /regex/)
//! ```

use crate::text::{range::TextRange, searchable};

use super::{
    Expr, Field, Flag, Literal, MAX_CHARS, MAX_DEPTH, MAX_REGEXES, Pattern, Query, QueryError,
    Term,
    date::{self, DateRange},
    error::Problem,
    lex::{FieldName, Scanner},
    regex::Regex,
};

/// What other programs call our fields.
const OTHER_NAMES: [(&str, Field); 14] = [
    ("intitle", Field::Title),
    ("subject", Field::Title),
    ("headline", Field::Title),
    ("keyword", Field::Keyword),
    ("keywords", Field::Keyword),
    ("author", Field::Byline),
    ("from", Field::Byline),
    ("file", Field::Path),
    ("folder", Field::Path),
    ("label", Field::Tag),
    ("comment", Field::Note),
    ("year", Field::Date),
    ("before", Field::Date),
    ("after", Field::Date),
];

/// Reads a whole query.
pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    if let Some((end, _)) = text.char_indices().nth(MAX_CHARS) {
        return Err(Problem::TooLong.at(TextRange::new(end, text.len())));
    }
    let mut parser = Parser { scanner: Scanner::new(text), depth: 0, regexes: 0 };
    let expr = parser.all()?;
    if parser.scanner.peek().is_some() {
        return Err(Problem::UnopenedGroup.at(parser.next_char()));
    }
    Ok(Query { expr })
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    depth: usize,
    regexes: usize,
}

impl Parser<'_> {
    /// Takes the next character and gives its place.
    fn next_char(&mut self) -> TextRange {
        let start = self.scanner.at();
        self.scanner.next();
        self.scanner.range(start)
    }

    fn all(&mut self) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.scanner.skip_spaces();
            if matches!(self.scanner.peek(), None | Some(')')) {
                break;
            }
            match self.any()? {
                Expr::All(inner) => parts.extend(inner),
                part => parts.push(part),
            }
        }
        Ok(single(parts).unwrap_or_else(Expr::All))
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        loop {
            match self.not()? {
                Expr::Any(inner) => parts.extend(inner),
                part => parts.push(part),
            }
            self.scanner.skip_spaces();
            if !self.scanner.is_or() {
                break;
            }
            let start = self.scanner.at();
            self.scanner.skip(2);
            let or = self.scanner.range(start);
            self.scanner.skip_spaces();
            if matches!(self.scanner.peek(), None | Some(')')) {
                return Err(Problem::LoneOr.at(or));
            }
        }
        Ok(single(parts).unwrap_or_else(Expr::Any))
    }

    fn not(&mut self) -> Result<Expr, QueryError> {
        match self.scanner.peek() {
            Some('-') => {
                let minus = self.next_char();
                if matches!(self.scanner.peek(), None | Some(' ' | ')')) {
                    return Err(Problem::LoneMinus.at(minus));
                }
                Ok(Expr::Not(Box::new(self.deeper(minus, Self::not)?)))
            }
            Some('(') => {
                let open = self.next_char();
                let group = self.deeper(open, Self::all)?;
                if self.scanner.peek() != Some(')') {
                    return Err(Problem::UnclosedGroup.at(open));
                }
                self.next_char();
                if group == Expr::All(Vec::new()) {
                    return Err(Problem::EmptyGroup.at(self.scanner.range(open.start)));
                }
                Ok(group)
            }
            _ if self.scanner.is_or() => Err(Problem::LoneOr.at(self.scanner.rest_of_word())),
            _ => self.term().map(Expr::Term),
        }
    }

    /// Reads something inside something else.
    fn deeper(
        &mut self,
        sign: TextRange,
        read: fn(&mut Self) -> Result<Expr, QueryError>,
    ) -> Result<Expr, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(Problem::TooDeep.at(sign));
        }
        self.depth += 1;
        let inner = read(self);
        self.depth -= 1;
        inner
    }

    fn term(&mut self) -> Result<Term, QueryError> {
        let start = self.scanner.at();
        let field = self.field()?;
        let pattern = self.value(field, start)?;
        Ok(Term { field, pattern, range: self.scanner.range(start) })
    }

    fn field(&mut self) -> Result<Field, QueryError> {
        let Some(FieldName { name, colon }) = self.scanner.field_name() else {
            return Ok(Field::Any);
        };
        let known = Field::NAMED.into_iter().find(|field| field.name() == name);
        let suggestion = known.or_else(|| nearest_field(&name));
        if suggestion.is_none() && colon != ':' {
            // Prose has such colons: a title that was pasted, ChatGPT：新时代.
            return Ok(Field::Any);
        }
        let start = self.scanner.at();
        self.scanner.skip(name.len());
        let place = self.scanner.range(start);
        self.scanner.skip(1);
        known.ok_or_else(|| Problem::UnknownField { name, suggestion }.at(place))
    }

    fn value(&mut self, field: Field, start: usize) -> Result<Pattern, QueryError> {
        let from = self.scanner.at();
        match self.scanner.peek() {
            None | Some(' ' | ')') => Err(Problem::NoValue(field).at(self.scanner.range(start))),
            Some('(') => Err(Problem::GroupValue(field).at(self.scanner.range(start))),
            // A path has slashes of its own.
            Some('/') if field != Field::Path => self.regex(field),
            Some('"') => {
                let phrase = self.scanner.phrase()?;
                self.meaning(field, phrase, from, true)
            }
            Some(_) => {
                let word = self.scanner.word()?;
                self.meaning(field, word, from, false)
            }
        }
    }

    fn regex(&mut self, field: Field) -> Result<Pattern, QueryError> {
        let start = self.scanner.at();
        let slashed = self.scanner.slashed()?;
        let range = self.scanner.range(start);
        if matches!(field, Field::Date | Field::Is) {
            return Err(Problem::NoRegex(field).at(range));
        }
        if slashed.pattern.is_empty() {
            return Err(Problem::EmptyRegex.at(range));
        }
        if self.regexes == MAX_REGEXES {
            return Err(Problem::TooManyRegexes.at(range));
        }
        self.regexes += 1;
        let regex = Regex::new(&slashed.pattern).map_err(|(problem, place)| {
            let place = place.map_or(range, |place| slashed.place(place.start, place.end));
            Problem::Regex(problem).at(place)
        })?;
        Ok(Pattern::Regex(regex))
    }

    /// What a word or a phrase means in a field.
    fn meaning(
        &self,
        field: Field,
        typed: String,
        from: usize,
        quoted: bool,
    ) -> Result<Pattern, QueryError> {
        let range = self.scanner.range(from);
        let folded = searchable::phrase(&typed);
        if folded.is_empty() {
            return Err(Problem::Blank.at(range));
        }
        match field {
            Field::Date => {
                let span = DateRange::parse(&folded).map_err(|wrong| match wrong {
                    date::Wrong::NoDate => Problem::NoDate.at(range),
                    date::Wrong::Order => Problem::DateOrder.at(range),
                })?;
                Ok(Pattern::Date(span))
            }
            Field::Is => {
                let flag = Flag::ALL.into_iter().find(|flag| flag.name() == folded);
                flag.map(Pattern::Is).ok_or_else(|| {
                    let names = Flag::ALL.map(|flag| (flag.name(), flag));
                    let suggestion = nearest(&folded, names);
                    Problem::UnknownFlag { name: typed, suggestion }.at(range)
                })
            }
            _ => Ok(Pattern::Literal(Literal { typed, folded, quoted })),
        }
    }
}

/// The only part, or all of them.
fn single(mut parts: Vec<Expr>) -> Result<Expr, Vec<Expr>> {
    if parts.len() != 1 {
        return Err(parts);
    }
    parts.pop().ok_or(parts)
}

fn nearest_field(name: &str) -> Option<Field> {
    let ours = Field::NAMED.map(|field| (field.name(), field));
    nearest(name, ours.into_iter().chain(OTHER_NAMES))
}

/// What is called by the name that is most like `name`, if one is like it.
fn nearest<T>(name: &str, known: impl IntoIterator<Item = (&'static str, T)>) -> Option<T> {
    /// Names that long are no slips of the finger.
    const LONGEST: usize = 16;
    let letters = name.chars().count();
    if letters > LONGEST {
        return None;
    }
    let distances = known.into_iter().map(|(other, meant)| {
        (strsim::damerau_levenshtein(name, other), other.len().max(letters), meant)
    });
    let near = distances.filter(|(distance, length, _)| distance * 3 <= *length);
    near.min_by_key(|(distance, ..)| *distance).map(|(.., meant)| meant)
}
