//! The canonical form of a query: read again it means the same, printed again it is the same.

use std::fmt::{self, Formatter, Write};

use super::{
    Expr, Field, Literal, Pattern, Term,
    lex::{ends_word, field_name, sign},
};

/// Prints a condition that stands alone.
pub(super) fn query(f: &mut Formatter<'_>, expr: &Expr) -> fmt::Result {
    match expr {
        Expr::All(parts) => joined(f, parts, " "),
        Expr::Any(parts) => joined(f, parts, " OR "),
        Expr::Not(_) | Expr::Term(_) => part(f, expr),
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Expr], between: &str) -> fmt::Result {
    for (n, inner) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        part(f, inner)?;
    }
    Ok(())
}

/// Prints a condition among others.
fn part(f: &mut Formatter<'_>, expr: &Expr) -> fmt::Result {
    match expr {
        Expr::All(_) | Expr::Any(_) => {
            f.write_char('(')?;
            query(f, expr)?;
            f.write_char(')')
        }
        Expr::Not(inner) => {
            f.write_char('-')?;
            part(f, inner)
        }
        Expr::Term(inner) => term(f, inner),
    }
}

fn term(f: &mut Formatter<'_>, term: &Term) -> fmt::Result {
    if term.field != Field::Any {
        write!(f, "{}:", term.field.name())?;
    }
    match &term.pattern {
        Pattern::Literal(literal) if literal.quoted => quoted(f, &literal.typed),
        Pattern::Literal(literal) => word(f, term.field, literal),
        Pattern::Regex(regex) => slashed(f, regex.pattern()),
        Pattern::Date(span) => write!(f, "{span}"),
        Pattern::Is(flag) => f.write_str(flag.name()),
    }
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if c == '\\' || sign(c) == '"' {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// A word, with a backslash before what would be read as a sign.
fn word(f: &mut Formatter<'_>, field: Field, literal: &Literal) -> fmt::Result {
    let text = &literal.typed;
    let plain = field == Field::Any;
    // Escaping the first character is enough to make OR a word and a field text.
    let begins = text.chars().next().is_some_and(|c| match sign(c) {
        '-' => plain,
        '/' => field != Field::Path,
        _ => {
            plain
                && (matches!(text.as_str(), "OR" | "ＯＲ" | "OＲ" | "ＯR")
                    || field_name(text.chars()).is_some())
        }
    });
    for (n, c) in text.chars().enumerate() {
        if c == '\\' || ends_word(sign(c)) || (n == 0 && begins) {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    Ok(())
}

/// A regular expression between slashes; its own slashes are not escaped as it is kept.
fn slashed(f: &mut Formatter<'_>, pattern: &str) -> fmt::Result {
    f.write_char('/')?;
    let mut escaped = false;
    for c in pattern.chars() {
        if sign(c) == '/' && !escaped {
            f.write_char('\\')?;
        }
        escaped = c == '\\' && !escaped;
        f.write_char(c)?;
    }
    f.write_char('/')
}
