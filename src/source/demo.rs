//! The archive that is part of the program: four pages of a paper that never was.
//!
//! They show to someone who has no archive at hand what the program does, and have in them what
//! makes real pages hard: bylines marked □, a paragraph cut by a pull quote, a caption with its
//! credit, a headline printed after its text.

/// A page of the built-in archive.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct DemoPage {
    /// The name that its file would have.
    pub name: &'static str,
    /// The text of the page.
    pub text: &'static str,
}

/// The pages, by date.
pub static PAGES: [DemoPage; 4] = [
    DemoPage {
        name: "2023-05-12-第03版.txt", text: include_str!("demo/2023-05-12-第03版.txt")
    },
    DemoPage {
        name: "2023-09-06-第02版.txt", text: include_str!("demo/2023-09-06-第02版.txt")
    },
    DemoPage {
        name: "2024-03-21-第05版.txt", text: include_str!("demo/2024-03-21-第05版.txt")
    },
    DemoPage {
        name: "2024-11-15-第04版.txt", text: include_str!("demo/2024-11-15-第04版.txt")
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_typeset_like_pages() {
        for page in &PAGES {
            let text = page.text;
            assert!(text.ends_with('\n') && !text.contains('\r'), "{}", page.name);
            assert!(text.chars().filter(|c| *c == '□').count() >= 2, "{}: bylines", page.name);
            for line in text.lines() {
                assert_eq!(line, line.trim_end(), "{}: space at the end of {line}", page.name);
                let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
                let halves = line.char_indices().find(|(at, c)| {
                    matches!(c, ',' | ';' | ':' | '?' | '!' | '(' | ')' | '"')
                        && line[..*at].chars().next_back().is_some_and(han)
                });
                assert_eq!(halves, None, "{}: half-width stop in {line}", page.name);
            }
        }
    }

    #[test]
    fn pages_come_by_date_and_are_long_enough_to_skim() {
        assert!(PAGES.is_sorted_by_key(|page| page.name));
        let count: usize = PAGES.iter().map(|page| page.text.chars().count()).sum();
        assert!(count > 7_000, "{count}");
        assert!(PAGES.iter().all(|page| page.text.chars().count() > 1_500));
    }
}
