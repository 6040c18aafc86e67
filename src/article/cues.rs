//! Words that give a line away: page headers, credits, sources, datelines.
//!
//! Every function looks at a bounded number of characters, so that a line of any length costs
//! the same.

mod furniture;
mod news;

pub(super) use self::furniture::{
    is_column_name, is_date, is_furniture, is_imprint, is_page_number,
};
pub(super) use self::news::{has_dateline, has_lede, senders};
use super::chars::{closes, is_bullet, is_han, is_name, is_numeral, may_be_name, opens};

/// The first `count` characters of `text`.
pub(super) fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// The last `count` characters of `text`.
pub(super) fn tail(text: &str, count: usize) -> &str {
    let at = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    text.get(at..).unwrap_or(text)
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn starts_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

fn ends_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// The text inside when `text` is in brackets as a whole.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '（', '【', '[', '〔'])?;
    let inner = inner.strip_suffix([')', '）', '】', ']', '〕'])?;
    (!inner.contains(['(', '（', '【', '[', '〔'])).then_some(inner.trim())
}

/// `text` without the marks before it.
pub(super) fn without_bullet(text: &str) -> &str {
    text.trim_start_matches(is_bullet).trim_start()
}

/// Whose picture it is, as a line of its own.
pub(super) fn is_credit(text: &str) -> bool {
    const WHOLE: [&str; 8] = [
        "新华社发",
        "新華社發",
        "资料片",
        "资料图片",
        "資料圖片",
        "资料图",
        "人民视觉",
        "视觉中国",
    ];
    const ENDS: [&str; 7] = ["摄", "攝", "供图", "供圖", "绘", "制图", "製圖"];
    const STARTS: [&str; 6] = ["图片来源", "圖片來源", "制图", "製圖", "摄影", "图/"];
    let text = bracketed(text).unwrap_or_else(|| without_bullet(text)).trim();
    let labelled = starts_any(text, &STARTS)
        && text.chars().any(|c| c == '：' || c == ':' || c == '/' || c.is_whitespace());
    let named = ends_any(text, &ENDS)
        && (has_any(
            text,
            &["记者", "記者", "通讯员", "通訊員", "新华社", "新華社", "本报", "本報"],
        ) || text.split_whitespace().next().is_some_and(is_name));
    WHOLE.contains(&text) || labelled || named
}

/// The text of a picture that says so.
pub(super) fn is_caption(text: &str) -> bool {
    let start = head(text, 4);
    let told = starts_any(start, &["图为", "圖為", "▲", "△", "上图", "下图", "左图", "右图"])
        && !starts_any(start, &["上图书", "下图书"]);
    let tail = tail(text, 24);
    told || ends_any(text, &["(资料片)", "（资料片）", "(资料图片)", "（资料图片）"])
        || (ends_any(tail, &["摄", "攝", "摄）", "摄)", "攝）"])
            && has_any(tail, &["记者", "記者", "通讯员", "通訊員", "新华社", "新華社"]))
}

/// A paragraph by the editors that says so: `编者按：…`, `核心提示 …`.
pub(super) fn is_editors_note(text: &str) -> bool {
    const LABELS: [&str; 18] = [
        "编者按",
        "編者按",
        "编者的话",
        "編者的話",
        "核心提示",
        "内容提要",
        "內容提要",
        "内容提示",
        "提要",
        "导读",
        "導讀",
        "核心阅读",
        "阅读提示",
        "内容摘要",
        "摘要",
        "开栏的话",
        "编前语",
        "编后",
    ];
    let text = without_bullet(text.trim_start_matches(opens));
    let rest = LABELS.iter().find_map(|label| text.strip_prefix(label));
    rest.is_some_and(|rest| {
        let told = rest.trim_start_matches(closes);
        (told.len() < rest.len() || told.starts_with(['：', ':', ' ', '\u{3000}', '—', '■', '▲']))
            && told.chars().nth(12).is_some()
    })
}

/// Whether the text says which picture it belongs to.
pub(super) fn names_picture(text: &str) -> bool {
    has_any(tail(text, 120), &["图为", "圖為"]) || has_any(head(text, 40), &["图为", "圖為"])
}

/// Where the author works, as a line of its own.
pub(super) fn is_affiliation(text: &str) -> bool {
    const STARTS: [&str; 10] = [
        "作者单位",
        "作者單位",
        "作者系",
        "作者係",
        "作者为",
        "作者為",
        "作者是",
        "执笔",
        "執筆",
        "单位：",
    ];
    starts_any(bracketed(text).unwrap_or(text), &STARTS)
}

/// Words for an office, after which a name may stand.
pub(super) const OFFICES: [&str; 22] = [
    "主任",
    "主席",
    "书记",
    "書記",
    "局长",
    "处长",
    "院长",
    "教授",
    "研究员",
    "董事长",
    "总经理",
    "校长",
    "馆长",
    "部长",
    "科长",
    "县长",
    "市长",
    "厅长",
    "會長",
    "会长",
    "秘书长",
    "館長",
];

/// The author of a line such as `（某县图书馆馆长 王明）`: office and name in brackets.
pub(super) fn author_with_office(text: &str) -> Option<&str> {
    let inner = bracketed(text).filter(|inner| inner.chars().count() <= 48)?;
    let ends = OFFICES.iter().filter_map(|office| inner.rfind(office).map(|at| at + office.len()));
    let name = inner.get(ends.max()?..)?.trim();
    is_name(name).then_some(name)
}

/// A short name alone in brackets, as it stands under a text: `（王明）`, `（毛毛）`.
pub(super) fn is_signature(text: &str) -> bool {
    text.starts_with(['(', '（'])
        && bracketed(text).is_some_and(|inner| {
            let letters = |c: &char| !c.is_whitespace();
            (2..=4).contains(&inner.chars().filter(letters).count())
                && inner.chars().filter(letters).all(is_han)
                && !inner.starts_with(is_numeral)
                && !NO_NAMES.contains(&inner)
        })
}

/// The name under a letter with where the writer lives or what he is: `河东街道 王明`.
pub(super) fn signed(text: &str) -> Option<&str> {
    const PLACES: [&str; 24] = [
        "居民", "街道", "教师", "教師", "读者", "讀者", "职工", "学生", "村民", "工人", "干部",
        "社区", "小区", "公司", "大学", "中学", "小学", "县", "市", "镇", "乡", "村", "厂", "局",
    ];
    let (place, name) = text.split_once(char::is_whitespace)?;
    let name = name.trim_start();
    let known = (2..=14).contains(&place.chars().count()) && ends_any(place, &PLACES);
    (known && name.chars().count() <= 4 && is_name(name)).then_some(name)
}

/// What else stands alone in brackets: the end, a sequel, a reaction.
const NO_NAMES: [&str; 14] = [
    "全文完",
    "未完",
    "待续",
    "完结",
    "掌声",
    "热烈鼓掌",
    "鼓掌",
    "笑声",
    "大笑",
    "抽奖",
    "图文",
    "资料",
    "摘编",
    "续完",
];

/// A workplace or office alone in brackets: `（某大学经济学院教授）`.
pub(super) fn is_office(text: &str) -> bool {
    const PLACES: [&str; 9] =
        ["大学", "大學", "学院", "研究院", "研究所", "科学院", "党校", "委员会", "有限公司"];
    bracketed(text).is_some_and(|inner| {
        let length = inner.chars().count();
        (5..=40).contains(&length)
            && !inner.contains(['。', '，', '；'])
            && (ends_any(inner, &OFFICES) || ends_any(inner, &PLACES))
    })
}

/// The agency or paper the article was taken from, as a line of its own.
pub(super) fn is_source(text: &str) -> bool {
    const LABELS: [&str; 8] =
        ["来源：", "来源:", "來源：", "來源:", "文章来源", "原载", "摘自", "转自"];
    const PAPERS: [&str; 8] = ["报", "報", "时报", "周刊", "社", "网", "網", "刊"];
    let inner = bracketed(text);
    let body = inner.unwrap_or_else(|| without_bullet(text));
    let agency = starts_any(body, &["据", "據", "新华社", "新華社", "本报", "本報", "中新"])
        && ends_any(body, &["电", "電", "讯", "訊", "报道", "報道"]);
    let paper = |word: &str| (3..=10).contains(&word.chars().count()) && ends_any(word, &PAPERS);
    let printed = || {
        let mut words = body.split_whitespace();
        words.next().is_some_and(paper) && words.all(may_be_name)
    };
    starts_any(body, &LABELS) || (inner.is_some() && (agency || printed()))
}

/// The author in brackets at the very end of a paragraph: `……。（王明）`.
pub(super) fn closing_author(text: &str) -> Option<&str> {
    let inner = tail(text, 16).strip_suffix([')', '）'])?;
    let at = inner.rfind(['(', '（'])?;
    let name = inner.get(at..)?.trim_start_matches(['(', '（']).trim();
    let bare = ["本报记者", "记者", "記者", "通讯员", "作者", "文/", "文／"]
        .iter()
        .find_map(|label| name.strip_prefix(label))
        .map_or(name, |rest| rest.trim_start_matches(['：', ':']).trim());
    is_name(bare).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::super::checks::check;
    use super::*;

    #[test]
    fn page_furniture() {
        check(
            "page number",
            is_page_number,
            &["第3版", "第 12 版：要闻", "A01版：头版", "2021年3月5日 星期五 第04版"],
            &["第一次出版", "新版", "他翻到了第三页后面的故事", "初版"],
        );
        check(
            "date",
            is_date,
            &["2021年3月5日 星期五", "2021-03-05"],
            &["2021年", "三月的风", "2021年3月5日 星期五 晴"],
        );
        check("imprint", is_imprint, &["责任编辑：王明", "□责编 李芳"], &["编辑部的故事"]);
        check(
            "credit",
            is_credit,
            &["新华社发", "□本报记者 王明 摄", "（资料片）", "王明 摄", "图片来源：某网"],
            &["他在摄影棚里拍摄", "新华社发表文章", "记者 王明 文/图", "电影正在拍摄"],
        );
    }

    #[test]
    fn origins() {
        check(
            "dateline",
            has_dateline,
            &[
                "本报讯（记者 王明）昨天",
                "本报北京2月1日讯 记者",
                "新华社海边市5月6日电（记者李芳）",
                "【本报讯】昨天",
                "据远山日报 记者了解到",
                "本報訊 昨日",
            ],
            &["据了解，", "据报道 昨天", "本报记者走进工厂，看见电机", "他说", "新华社发"],
        );
        check(
            "source",
            is_source,
            &["（新华社北京2月1日电）", "来源：远山日报"],
            &["来源不明的钱"],
        );
        check(
            "affiliation",
            is_affiliation,
            &["（作者单位：某大学）", "(作者系工程师)"],
            &["作者"],
        );
        check("lede", has_lede, &["近日，", "2月1日上午", "记者日前"], &["一月的风", "今年以来"]);
        assert_eq!(author_with_office("（远山县图书馆馆长王明）"), Some("王明"));
        assert_eq!(author_with_office("（远山县图书馆馆长）"), None);
        assert_eq!(closing_author("都很高兴。 （记者 王明）"), Some("王明"));
        assert_eq!(closing_author("都很高兴（笑）"), None);
    }
}
