//! The place and day that open a news item: 新华社北京2月1日电.

use super::{
    super::{
        Article, Role,
        chars::{is_han, opens},
        cues,
    },
    date::{last_day, number},
};

/// Where and when a report was sent, as it is printed. The issue came out later, mostly by a day;
/// that is left to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
    /// The place, if it is told.
    pub place: Option<String>,
    /// Who sent it: an agency, or 本报 for the paper itself.
    pub agency: String,
}

impl Article {
    /// The dateline at the beginning of the text, or in a line of its own.
    pub fn dateline(&self) -> Option<Dateline> {
        let first = self.parts_of(Role::Paragraph).take(1);
        let own = self.parts_of(Role::Source).take(4);
        first.chain(own).find_map(|part| read(part.range.of(&self.text)))
    }
}

/// Reads the dateline that `text` begins with.
fn read(text: &str) -> Option<Dateline> {
    /// Characters of the name of a place, at most.
    const PLACE: usize = 12;
    let start = cues::head(text.trim_start_matches(|c| opens(c) || c.is_whitespace()), 32);
    let start = start.strip_prefix(['据', '據']).unwrap_or(start);
    let agency = cues::senders().find(|agency| start.starts_with(agency))?;
    let rest = start.strip_prefix(agency)?.trim_start();
    let at = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    let at = at.or_else(|| chinese_month(rest))?;
    let (place, day) = rest.split_at(at);
    let place = place.trim();
    let named = place.chars().all(|c| is_han(c) || c == '·') && !place.contains("记者");
    if !named || place.chars().count() > PLACE {
        return None;
    }
    let (month, rest) = number(day, 2)?;
    let (day, rest) = number(rest.strip_prefix('月')?, 2)?;
    let sent = rest.strip_prefix('日')?.trim_start();
    let sent = sent.starts_with(['电', '電', '讯', '訊']) || sent.starts_with("消息");
    let day = u8::try_from(day).ok().filter(|day| *day > 0)?;
    let valid = sent && last_day(month, true).is_some_and(|last| day <= last);
    let place = Some(place.to_owned()).filter(|place| !place.is_empty());
    let month = u8::try_from(month).ok()?;
    valid.then(|| Dateline { month, day, place, agency: agency.to_owned() })
}

/// Where a month in Chinese numerals begins: the run of numerals before the first 月.
fn chinese_month(text: &str) -> Option<usize> {
    let before = text.get(..text.find('月')?)?;
    let word = before.trim_end_matches(|c: char| "一二三四五六七八九十".contains(c));
    (word.len() < before.len()).then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        for (text, found) in [
            ("新华社北京2月1日电（记者王明）昨天", "新华社|北京|2-1"),
            ("本报北京2月1日讯 记者王明报道", "本报|北京|2-1"),
            ("（新华社海边市12月31日电）", "新华社|海边市|12-31"),
            ("据新华社二月十一日电", "新华社||2-11"),
            ("中新社 香港 2月29日电", "中新社|香港|2-29"),
            ("本报２月１日讯", "本报||2-1"),
            ("本报讯（记者 王明）2月1日", "-"),
            ("本报记者2月1日电话采访", "-"),
            ("新华社北京13月1日电", "-"),
            ("新华社北京2月30日电", "-"),
            ("新华社发", "-"),
            ("他2月1日电话里说", "-"),
        ] {
            let text_found = read(text).map_or_else(
                || "-".to_owned(),
                |line| {
                    let place = line.place.unwrap_or_default();
                    format!("{}|{place}|{}-{}", line.agency, line.month, line.day)
                },
            );
            assert_eq!(text_found, found, "{text}");
        }
    }
}
