//! What of a query is about what the person keeps, not about the articles themselves.

use super::{Expr, Field, Query};

impl Field {
    /// Whether it is about what the person keeps about an article.
    pub fn is_of_marks(self) -> bool {
        matches!(self, Self::Tag | Self::Note | Self::Is)
    }
}

impl Query {
    /// Whether it asks what the person keeps about articles.
    pub fn asks_marks(&self) -> bool {
        is_any(&self.expr, &Field::is_of_marks)
    }

    /// The same in two parts, both of which must hold: what is about articles, with marks or without,
    /// and what is about marks only. So an index, which knows nothing of marks, is asked the first and
    /// few articles are asked the second.
    pub fn split_at_marks(&self) -> (Self, Self) {
        let parts = match &self.expr {
            Expr::All(parts) => parts.clone(),
            single => vec![single.clone()],
        };
        let (articles, marks): (Vec<Expr>, Vec<Expr>) =
            parts.into_iter().partition(|part| is_any(part, &|field| !field.is_of_marks()));
        (Self { expr: all(articles) }, Self { expr: all(marks) })
    }
}

fn all(mut parts: Vec<Expr>) -> Expr {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            Expr::All(parts)
        }
    }
}

/// Whether any term is of such a field. As deep as a query may be.
fn is_any(expr: &Expr, fits: &impl Fn(Field) -> bool) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| is_any(part, fits)),
        Expr::Not(inner) => is_any(inner, fits),
        Expr::Term(term) => fits(term.field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_marks_is_told_apart() {
        for (query, articles, marks) in [
            ("", "", ""),
            ("水库", "水库", ""),
            ("is:unread", "", "is:unread"),
            ("水库 is:unread 京津 -tag:水", "水库 京津", "is:unread -tag:水"),
            ("(tag:水 OR -note:读) title:桥", "title:桥", "tag:水 OR -note:读"),
            ("水库 OR is:starred", "水库 OR is:starred", ""),
            ("-(水库 is:starred) is:read", "-(水库 is:starred)", "is:read"),
        ] {
            let query = Query::parse(query).expect("a query");
            let (of_articles, of_marks) = query.split_at_marks();
            assert_eq!((&*of_articles.to_string(), &*of_marks.to_string()), (articles, marks));
            let asks = query.to_string().contains([':']) && query.to_string() != "title:桥";
            assert_eq!(query.asks_marks(), asks, "{query}");
        }
    }
}
