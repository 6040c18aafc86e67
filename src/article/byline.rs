//! Who wrote it: lines that hold the names of authors and nothing else.

use super::chars::{is_bullet, is_han, is_name, may_be_name};
use super::cues::{OFFICES, bracketed, without_bullet};

/// What was read from a byline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Byline {
    /// The names, as printed.
    pub(super) authors: Vec<String>,
    /// Whether a mark such as `□` or a word such as `记者` says that these are authors. Bare
    /// names may be something else and need a headline beside them.
    pub(super) told: bool,
}

/// Longest byline, in characters.
const LONGEST: usize = 44;

/// Words for those who write, longest first.
const LABELS: [&str; 30] = [
    "特约评论员",
    "本报编辑部",
    "特约记者",
    "见习记者",
    "实习记者",
    "摄影报道",
    "参与采写",
    "联合采写",
    "通讯员",
    "通訊員",
    "评论员",
    "評論員",
    "实习生",
    "撰稿人",
    "撰稿",
    "撰文",
    "作者",
    "记者",
    "記者",
    "整理",
    "编译",
    "采写",
    "报道",
    "報道",
    "口述",
    "翻译",
    "文/图",
    "文图",
    "文",
    "图",
];

/// The characters that labels begin with: most words hold none of them.
const STARTS: [char; 23] = [
    '特', '本', '见', '实', '摄', '参', '联', '通', '评', '評', '撰', '作', '记', '記', '整', '编',
    '采', '报', '報', '口', '翻', '文', '图',
];

/// Ends of the names of workplaces that are printed before a name.
const PLACES: [&str; 12] = [
    "大学",
    "大學",
    "学院",
    "研究院",
    "研究所",
    "科学院",
    "公司",
    "中心",
    "学校",
    "委",
    "局",
    "会",
];

/// Reads `text` as a byline; `None` when anything in it is neither a name nor a label.
pub(super) fn parse(text: &str) -> Option<Byline> {
    if text.chars().nth(LONGEST).is_some() || text.contains(['。', '，', ',', '；', '？', '！'])
    {
        return None;
    }
    let marked = text.starts_with(is_bullet);
    let boxed = text.starts_with('□');
    let inner = without_bullet(bracketed(text).unwrap_or(text));
    let separates = |c: char| c.is_whitespace() || matches!(c, '、' | '：' | ':' | '｜' | '|');
    let mut reader = Reader { names: Vec::new(), half: None, labelled: false, known: true };
    for token in inner.split(separates).filter(|token| !token.is_empty()) {
        reader.read(token)?;
    }
    if reader.half.is_some() {
        return None;
    }
    let told = reader.labelled || marked;
    let sure = reader.known || reader.labelled || boxed;
    let found = !reader.names.is_empty() && reader.names.len() <= 10;
    (found && sure).then_some(Byline { authors: reader.names, told })
}

/// State while the words of a byline are read one after the other.
struct Reader {
    names: Vec<String>,
    /// The first half of a name of two characters that was set with space between them.
    half: Option<char>,
    labelled: bool,
    /// Whether all names so far begin with a known surname.
    known: bool,
}

impl Reader {
    fn read(&mut self, token: &str) -> Option<()> {
        let mut chars = token.chars();
        if let (Some(single), None) = (chars.next().filter(|&c| is_han(c)), chars.next()) {
            if token == "文" || token == "图" {
                self.labelled = true;
                return Some(());
            }
            match self.half.take() {
                Some(first) => self.add(&format!("{first}{single}")),
                None => self.half = Some(single),
            }
            return Some(());
        }
        if let Some((before, after)) = split_label(token) {
            self.labelled = true;
            return self.labelled(before, after, token);
        }
        if OFFICES.contains(&token) {
            return Some(());
        }
        if is_name(token) || (may_be_name(token) && !is_place(token)) {
            self.add(token);
            return Some(());
        }
        (is_place(token) && token.chars().all(is_han)).then_some(())
    }

    /// Reads what stands before and after a label inside one word.
    fn labelled(&mut self, before: &str, after: &str, token: &str) -> Option<()> {
        if before.chars().nth(12).is_some() || !before.chars().all(|c| is_han(c) || c == '/') {
            return None;
        }
        match after.trim_matches('/') {
            "" if token.ends_with("评论员") || token.ends_with("編輯部") => self.add(token),
            "" if token.ends_with("编辑部") || token.ends_with("評論員") => self.add(token),
            "" => {}
            name if is_name(name) => self.add(name),
            rest => return split_label(rest).map(|_| ()),
        }
        Some(())
    }

    fn add(&mut self, name: &str) {
        self.known &= is_name(name);
        self.names.push(name.to_owned());
    }
}

/// What stands before and after the first label in `token`.
fn split_label(token: &str) -> Option<(&str, &str)> {
    token.char_indices().filter(|&(_, c)| STARTS.contains(&c)).find_map(|(at, _)| {
        let (before, rest) = token.split_at_checked(at)?;
        LABELS.iter().find_map(|label| {
            let after = rest.strip_prefix(label)?;
            // A label of one character is one only when a stroke sets it off: 文/王明.
            let alone = label.chars().nth(1).is_some() || (at == 0 && after.starts_with('/'));
            alone.then_some((before, after))
        })
    })
}

fn is_place(token: &str) -> bool {
    token.chars().nth(3).is_some() && PLACES.iter().any(|place| token.ends_with(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_read() {
        for (text, authors, told) in [
            ("□王明", "王明", true),
            ("□武义青 张云", "武义青 张云", true),
            ("□濮存昕", "濮存昕", true),
            ("贾　想", "贾想", false),
            ("林小满", "林小满", false),
            ("本报记者 王明 通讯员 李芳", "王明 李芳", true),
            ("远山日报记者 陈一帆 刘兵 参与采写 方垒", "陈一帆 刘兵 方垒", true),
            ("记者王明 通讯员李芳", "王明 李芳", true),
            ("（本报记者 王明）", "王明", true),
            ("文/王明", "王明", true),
            ("本报记者 王明 文/图", "王明", true),
            ("校长 王明", "王明", false),
            ("本报评论员", "本报评论员", true),
            ("作者：约翰·史密斯", "约翰·史密斯", true),
            ("□ 某某大学 王明", "王明", true),
        ] {
            let byline = parse(text).unwrap_or_else(|| panic!("{text} is a byline"));
            assert_eq!((byline.authors.join(" ").as_str(), byline.told), (authors, told), "{text}");
        }
    }

    #[test]
    fn other_lines_are_not() {
        for text in [
            "经济发展",
            "●苹果",
            "记者在现场看到",
            "本报讯",
            "高质量发展迈出新步伐",
            "王明说：你好。",
            "新华社记者走进大山深处的村庄",
            "",
            "□",
            "1. 王明",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
