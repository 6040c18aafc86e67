//! Titles and what stands around them, once it is known where articles begin.

use std::collections::HashSet;

use super::Role;
use super::chars::is_han;
use super::cues;
use super::decide::Segment;
use super::evidence::{Affinity, REACH};
use super::forms;
use super::lines::Lines;
use super::roles::Class;

/// Share of a headline's pairs of characters that its text must hold when the headline is printed
/// after it.
const FITS: f32 = 0.5;

/// The role of every filled line.
pub(super) fn roles(lines: &Lines<'_>, classes: &[Class], segments: &[Segment]) -> Vec<Role> {
    let mut roles: Vec<Role> = classes.iter().map(|&class| plain(class)).collect();
    let series = series(lines, classes);
    for segment in segments {
        let head = Head { lines, classes, series: &series };
        head.top(segment, &mut roles);
        head.bottom(segment, &mut roles);
    }
    roles
}

/// The role of a line that is not part of a headline.
pub(super) fn plain(class: Class) -> Role {
    match class {
        Class::Body | Class::Bare => Role::Paragraph,
        Class::Display | Class::Numbered => Role::Heading,
        Class::Byline => Role::Byline,
        Class::Affiliation => Role::Affiliation,
        Class::Source => Role::Source,
        Class::Credit => Role::Credit,
        Class::Caption => Role::Caption,
        Class::PageHead | Class::Imprint => Role::PageHeader,
        Class::Column => Role::Column,
        Class::Furniture => Role::Other,
        Class::PullQuote => Role::PullQuote,
        Class::Abstract => Role::Abstract,
    }
}

/// What the subtitles after a dash say, number aside. A line that says the same without a dash is
/// a subtitle of the same series.
fn series(lines: &Lines<'_>, classes: &[Class]) -> HashSet<String> {
    let dashed =
        |&at: &usize| classes.get(at) == Some(&Class::Display) && forms::is_dashed(lines.str(at));
    (0..classes.len()).filter(dashed).map(|at| key(lines.str(at))).collect()
}

fn key(text: &str) -> String {
    text.chars().filter(|&c| is_han(c)).collect()
}

/// First and one past the last line of what stands below the last text of a segment.
fn foot(classes: &[Class], segment: &Segment) -> std::ops::Range<usize> {
    let own = classes.get(segment.start..segment.end).unwrap_or_default();
    let text = own.iter().rposition(|&class| class == Class::Body);
    text.map_or(segment.end, |text| segment.start + text + 1)..segment.end
}

/// The headlines at the foot of a segment and whether its text is closed above them, by its
/// author for one.
pub(super) fn left_over(classes: &[Class], segment: &Segment) -> (Vec<usize>, bool) {
    let foot = foot(classes, segment);
    let headlines: Vec<usize> = foot.clone().filter(|&at| classes[at].is_display()).collect();
    let first = headlines.first().copied().unwrap_or(foot.start);
    let closed = (foot.start..first)
        .any(|at| matches!(classes[at], Class::Byline | Class::Affiliation | Class::Source));
    (headlines, closed)
}

struct Head<'a, 't> {
    lines: &'a Lines<'t>,
    classes: &'a [Class],
    series: &'a HashSet<String>,
}

impl Head<'_, '_> {
    /// Names the lines over the text.
    fn top(&self, segment: &Segment, roles: &mut [Role]) {
        let own = self.classes.get(segment.start..segment.end).unwrap_or_default();
        let length = own.iter().take_while(|&&class| class != Class::Body).count();
        let end = segment.start + length;
        let find = |class: Class| (segment.start..end).find(|&at| self.classes[at] == class);
        let byline = find(Class::Byline).unwrap_or(end);
        let summary = find(Class::Abstract).unwrap_or(end);
        let display = |at: &usize| self.classes[*at] == Class::Display;
        let over = |stop: usize| (segment.start..stop).filter(display).collect::<Vec<usize>>();
        let mut headlines = over(byline.min(summary));
        if headlines.is_empty() && segment.start == 0 {
            headlines = over(summary);
        }
        if let Some(&last) = headlines.last() {
            self.name(&headlines, end, roles);
            for at in (last + 1..end).filter(|&at| self.is_subtitle(at)) {
                roles[at] = Role::Subtitle;
            }
        } else if length > 0 && self.lines.str(segment.start).starts_with("# ") {
            roles[segment.start] = Role::Title;
        }
    }

    /// Names the lines under the text: a headline that was printed late, or just text.
    fn bottom(&self, segment: &Segment, roles: &mut [Role]) {
        let (left, closed) = left_over(self.classes, segment);
        let Some(&first) = left.first() else { return };
        let own = segment.start..segment.end;
        if own.clone().take_while(|&at| at < first).all(|at| self.classes[at] != Class::Body) {
            return;
        }
        let titled = own.clone().any(|at| roles.get(at) == Some(&Role::Title));
        // One line of a headline in two lines may be an image that the text does not repeat.
        let fits = || {
            let share = |at: usize| {
                Affinity::of(self.lines.str(at)).share(self.lines, (own.start..first).rev(), REACH)
            };
            left.iter().any(|&at| share(at) >= FITS)
        };
        if !titled && left.len() <= 3 && (closed || fits()) {
            self.name(&left, segment.end, roles);
        } else {
            for &at in &left {
                roles[at] = Role::Paragraph;
            }
        }
    }

    /// Kicker, title and subtitle among `headlines`; `text` is the line of text below them.
    fn name(&self, headlines: &[usize], text: usize, roles: &mut [Role]) {
        let count = headlines.len();
        let subtitle = headlines.iter().skip(1).position(|&at| self.is_subtitle(at));
        let tagged = headlines.iter().position(|&at| forms::has_column_tag(self.lines.str(at)));
        let title = match (subtitle, tagged, count) {
            (Some(before), _, _) => before,
            (None, Some(tagged), _) => tagged,
            (None, None, 0 | 1) => 0,
            (None, None, 2) if self.leads_down(headlines) => 0,
            (None, None, 2 | 3) => 1,
            (None, None, _) => count - 2,
        };
        let whole = count == 2 && subtitle.is_none() && self.is_quoted(headlines, text);
        for (place, &at) in headlines.iter().enumerate() {
            roles[at] = match place.cmp(&title) {
                _ if whole => Role::Title,
                std::cmp::Ordering::Less => Role::Kicker,
                std::cmp::Ordering::Equal => Role::Title,
                std::cmp::Ordering::Greater => Role::Subtitle,
            };
        }
    }

    /// Whether a headline of two lines is title and subtitle by the room around it: on a page without
    /// room between paragraphs an empty line above stands for a kicker that is not there, one below
    /// for a subtitle.
    fn leads_down(&self, headlines: &[usize]) -> bool {
        let gap = |at: usize| self.lines.filled.get(at).map_or(0, |line| line.gap);
        let (Some(&first), Some(&last)) = (headlines.first(), headlines.last()) else {
            return false;
        };
        self.lines.base_gap == 0 && gap(first) > 0 && gap(last) == 0 && gap(last + 1) == 0
    }

    /// Whether the text quotes all `headlines` as one: then they are one title in two lines.
    fn is_quoted(&self, headlines: &[usize], text: usize) -> bool {
        let joined: String = headlines.iter().map(|&at| key(self.lines.str(at))).collect();
        key(cues::head(self.lines.str(text), 400)).contains(&joined)
    }

    fn is_subtitle(&self, at: usize) -> bool {
        let text = self.lines.str(at);
        self.classes[at] == Class::Display
            && (forms::is_dashed(text)
                || (!self.series.is_empty() && self.series.contains(&key(text))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};

    #[test]
    fn empty_lines_stand_for_kicker_and_subtitle_that_are_missing() {
        let text = "　　雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌。\n".repeat(3);
        for (head, roles) in [
            ("\n石板路上\n雨后的第一天\n", [Role::Title, Role::Subtitle]),
            ("雨后的第一天\n石板路上\n\n", [Role::Kicker, Role::Title]),
        ] {
            let page = split(format!("{head}{text}").into(), SplitMode::Auto);
            let found: Vec<Role> =
                page.lines.iter().map(|line| line.role).filter(|&r| r != Role::Blank).collect();
            assert_eq!(found[..2], roles, "{head}");
        }
    }
}
