//! How a sentence goes on behind a quotation, a bracket or an ellipsis.

use super::marks::{is_han, is_pause, is_stop};

/// Within so many characters behind a quotation its speaker is named.
const ATTRIBUTION: usize = 30;
/// Verbs by which an attribution is known.
const SAID: [&str; 46] = [
    "说",
    "道",
    "问",
    "答",
    "喊",
    "叫",
    "嚷",
    "吼",
    "骂",
    "叹",
    "念",
    "想",
    "写",
    "讲",
    "称",
    "笑",
    "表示",
    "指出",
    "认为",
    "介绍",
    "强调",
    "告诉记者",
    "告诉我",
    "坦言",
    "感叹",
    "回忆",
    "解释",
    "评价",
    "补充",
    "回答",
    "提醒",
    "呼吁",
    "透露",
    "建议",
    "承认",
    "反问",
    "追问",
    "嘀咕",
    "嘟囔",
    "說",
    "問",
    "寫",
    "嘆",
    "強調",
    "認為",
    "解釋",
];
/// Words that end like one of [`SAID`] and are none.
const NOT_SAID: [&str; 22] = [
    "知道",
    "街道",
    "味道",
    "渠道",
    "通道",
    "隧道",
    "轨道",
    "管道",
    "大道",
    "频道",
    "人行道",
    "小说",
    "学说",
    "传说",
    "据说",
    "学问",
    "访问",
    "疑问",
    "顾问",
    "慰问",
    "理想",
    "思想",
];
/// What goes on with the sentence that a quotation or a name stands in.
const GOES_ON: &str = "的地得等之与和或及是成了并";
/// What an ellipsis in the middle of a sentence goes on with.
const AFTER_ELLIPSIS: &str = "的等之";
/// Words that want an object: an ellipsis behind them stands for it.
const WANTS_OBJECT: &str = "从在把被将向由为与和及或到";
/// Remarks on how something was said.
const REMARKS: [&str; 8] = ["笑", "掌声", "鼓掌", "大笑", "众笑", "笑声", "热烈掌声", "全场大笑"];

/// Whether `behind`, what follows a closed quotation, names its speaker and nothing more: no
/// colon, for that leads on to the next quotation.
pub(super) fn is_attribution(behind: &str) -> bool {
    let mut clause = 0;
    for (at, c) in behind.char_indices().take(ATTRIBUTION) {
        let opens = matches!(c, '“' | '「' | '『' | '"' | '‘');
        if !(opens || is_pause(c) || is_stop(c)) {
            continue;
        }
        let words = behind.get(clause..at).unwrap_or_default();
        let colon = matches!(c, '：' | ':');
        if !opens && !colon && said(words) {
            return true;
        }
        if opens || colon || is_stop(c) {
            return false;
        }
        clause = at + c.len_utf8();
    }
    false
}

fn said(words: &str) -> bool {
    SAID.iter().any(|verb| words.ends_with(verb))
        && !NOT_SAID.iter().any(|word| words.ends_with(word))
}

/// Whether `behind` goes on with the sentence in which a quotation or a bracket was closed.
pub(super) fn goes_on(behind: &str) -> bool {
    behind.starts_with(|c| GOES_ON.contains(c) || c == '—')
}

/// Whether the text in a square bracket is the number of a note.
pub(super) fn is_reference(inside: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '，');
    (1..=7).contains(&inside.len()) && inside.chars().all(digits)
}

/// The longest marker of a list, with its brackets and blanks, in bytes.
const MARKER: usize = 24;

/// Whether an ellipsis between `before` and `behind` stands inside its sentence: words are left
/// out, or the speaker stutters.
pub(super) fn is_inner_ellipsis(before: &str, behind: &str) -> bool {
    let last = before.chars().next_back().filter(|c| is_han(*c));
    let next = behind.chars().next().filter(|c| is_han(*c));
    let frames = next == Some('到') && before.contains(['从', '從']);
    let stutters = last.is_some() && last == next;
    let wants = last.is_some_and(|c| WANTS_OBJECT.contains(c));
    frames
        || stutters
        || next.is_some() && wants
        || next.is_some_and(|c| AFTER_ELLIPSIS.contains(c))
}

/// Whether the text in a bracket is a remark on what stands before it.
pub(super) fn is_remark(inside: &str) -> bool {
    REMARKS.contains(&inside)
}

/// Whether `text` is no more than the marker of a list, as （一）, 1. or 第二、.
pub(super) fn is_marker(text: &str) -> bool {
    if text.len() > MARKER {
        return false;
    }
    let mut letters = 0;
    for c in text.chars() {
        letters += usize::from(c.is_alphanumeric());
        if letters > 5 || c.is_alphanumeric() && !is_numeral(c) {
            return false;
        }
    }
    true
}

fn is_numeral(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十百第条條章节節款项項".contains(c)
}
