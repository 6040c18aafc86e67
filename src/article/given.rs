//! A text that is one article, of which another source says title and authors: a record of a
//! database, a line of a JSON Lines file.
//!
//! Nothing has to be guessed about its beginning. Its title is the one that is given, and a text
//! without one has no title: a first line that would be taken for a headline on a page is running
//! text here, for it is all that tells what the text is about.

use std::sync::Arc;

use super::chars::is_blank;
use super::decide::segments;
use super::forms;
use super::heads::plain;
use super::hidden;
use super::lines::Lines;
use super::repeats;
use super::roles::{Class, classify, stands_over_text};
use super::split::{Sorted, owners};
use super::why::Word;
use super::{Page, Role, SplitMode};

/// Why a line is title or byline.
const GIVEN: Word = Word::new("另行给出", "given beside the text");
/// Lines of the text among which the title may stand once more.
const NEAR: usize = 3;

/// What is known of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given<'a> {
    /// Its title; line breaks count as spaces.
    pub title: Option<&'a str>,
    /// Who wrote it, as printed. Set under the title; without one it is not set at all.
    pub byline: Option<&'a str>,
}

/// The page of one article: a line for the title, one for the byline, then `text` as it is, so
/// that the text begins at byte `page.text.len() - text.len()` of the page. It has no article only
/// when all of it is blank.
///
/// ```
/// use zhaidu::article::{Given, Role, split_given};
///
/// let given = Given { title: Some("石板路上"), byline: None };
/// let page = split_given(given, "雨停了");
/// assert_eq!(page.articles[0].title(), Some("石板路上"));
/// let page = split_given(Given::default(), "雨停了");
/// assert_eq!(page.articles[0].parts[0].role, Role::Paragraph);
/// ```
pub fn split_given(given: Given<'_>, text: &str) -> Page {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = given.title.map(one_line).filter(|title| !title.chars().all(is_blank));
    let byline = given.byline.map(one_line).filter(|byline| !byline.chars().all(is_blank));
    let byline = byline.filter(|_| title.is_some());
    let head =
        Head { title: title.as_deref(), lines: [&title, &byline].into_iter().flatten().count() };
    let lines = [title.as_deref(), byline.as_deref(), Some(text)];
    let whole: Arc<str> = lines.into_iter().flatten().collect::<Vec<_>>().join("\n").into();
    let mut page = head.page(whole);
    for line in page.lines.iter_mut().take(head.lines) {
        (line.why, line.confidence) = (GIVEN, 1.0);
    }
    page
}

/// What stands over the text.
struct Head<'a> {
    title: Option<&'a str>,
    /// Lines of the page before the text.
    lines: usize,
}

impl Head<'_> {
    fn page(&self, whole: Arc<str>) -> Page {
        let lines = Lines::scan(&whole);
        let mut classes = classify(&lines);
        // What is given cannot be blank, so it is the first of the filled lines.
        for (class, given) in
            classes.iter_mut().zip([Class::Display, Class::Byline]).take(self.lines)
        {
            *class = given;
        }
        repeats::mark(&lines, &mut classes);
        let (segments, _) = segments(&lines, &classes, SplitMode::Off);
        let roles = self.roles(&lines, &mut classes);
        let owners = owners(&lines, &classes, &segments);
        let pairs = hidden::borders(&lines, &classes, &segments);
        let considered = Vec::new();
        let sorted = Sorted { lines, classes, segments, considered, pairs, roles, owners };
        let (lines, articles, candidates) = sorted.articles();
        Page { text: whole, lines, articles, candidates }
    }

    /// The role of every filled line. A text in which nothing would be running text is all of it.
    fn roles(&self, lines: &Lines<'_>, classes: &mut [Class]) -> Vec<Role> {
        let mut roles: Vec<Role> =
            (0..classes.len()).map(|at| self.role(lines, classes, at)).collect();
        let told = |role: &Role| matches!(role, Role::Paragraph | Role::Caption);
        if !roles.iter().any(told) {
            classes.iter_mut().skip(self.lines).for_each(|class| *class = Class::Body);
            roles.iter_mut().skip(self.lines).for_each(|role| *role = Role::Paragraph);
        }
        roles
    }

    fn role(&self, lines: &Lines<'_>, classes: &[Class], at: usize) -> Role {
        let Some(inner) = at.checked_sub(self.lines) else {
            return if at == 0 { Role::Title } else { Role::Byline };
        };
        let text = lines.str(at);
        if inner < NEAR && self.title.is_some_and(|title| letters(title).eq(letters(text))) {
            return Role::Heading;
        }
        match plain(classes[at]) {
            Role::Heading if inner == 0 && self.title.is_some() && forms::is_dashed(text) => {
                Role::Subtitle
            }
            // The headline of a text without a title: nothing else tells what it is about.
            Role::Heading if inner == 0 && self.title.is_none() => Role::Paragraph,
            Role::Heading if !stands_over_text(lines, at) => Role::Paragraph,
            role => role,
        }
    }
}

/// What two ways of printing one title have in common.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str =
        "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。";

    #[track_caller]
    fn check(title: Option<&str>, text: &str, want: &[Role]) {
        let page = split_given(Given { title, byline: None }, text);
        let roles: Vec<Role> = page.lines.iter().map(|line| line.role).collect();
        assert_eq!(roles, want, "{text}");
        assert_eq!(page.articles.len(), 1, "{text}");
    }

    #[test]
    fn a_text_without_a_title_has_none() {
        use Role::{Heading, Paragraph};
        check(None, "雨停了", &[Paragraph]);
        check(None, "雨停了。", &[Paragraph]);
        check(None, "雨停了\n我们出门", &[Paragraph, Paragraph]);
        check(None, &format!("{LONG}\n雨停了"), &[Paragraph, Paragraph]);
        check(None, &format!("石板路上\n{LONG}"), &[Paragraph, Paragraph]);
        let headed = format!("{LONG}\n石板路上\n{LONG}");
        check(None, &headed, &[Paragraph, Heading, Paragraph]);
        check(None, "# 雨停了", &[Paragraph]);
    }

    #[test]
    fn a_title_that_is_given_is_the_title() {
        use Role::{Heading, Paragraph, Subtitle, Title};
        check(Some("雨停了，路面泛着光。"), LONG, &[Title, Paragraph]);
        check(Some("雨停了"), "石板路上\n桥头的灯", &[Title, Paragraph, Paragraph]);
        check(Some("雨停了"), &format!("桥头的灯\n{LONG}"), &[Title, Heading, Paragraph]);
        check(Some("雨停了"), &format!("——桥头的灯\n{LONG}"), &[Title, Subtitle, Paragraph]);
        check(Some("\u{3000}\n"), "雨停了", &[Paragraph]);
    }

    #[test]
    fn a_title_that_the_text_repeats_is_no_sentence_of_it() {
        use Role::{Heading, Paragraph, Title};
        check(Some("雨停了！"), "【雨停了】\n我们出门", &[Title, Heading, Paragraph]);
        check(Some("雨停了"), "雨停了", &[Title, Paragraph]);
    }

    #[test]
    fn a_text_of_furniture_alone_is_text() {
        check(None, "责任编辑：王明", &[Role::Paragraph]);
        check(None, "本报记者 王明", &[Role::Paragraph]);
    }

    #[test]
    fn a_blank_text_has_no_article() {
        let page = split_given(Given { title: None, byline: Some("王明") }, " \n");
        assert!(page.articles.is_empty());
        assert_eq!(&*page.text, " \n");
    }
}
