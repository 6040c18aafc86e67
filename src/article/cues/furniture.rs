//! What belongs to a page and to none of its articles: headers, imprints, columns, links.

use super::{starts_any, without_bullet};
use crate::article::chars::{is_numeral, opens};

/// A header or footer that names a page of the paper: `第3版`, `A01版：要闻`.
pub(in crate::article) fn is_page_number(text: &str) -> bool {
    if !text.contains('版') {
        return false;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).take(48).collect();
    let Some((before, after)) = compact.split_once('版') else { return false };
    if after.chars().nth(8).is_some() {
        return false;
    }
    let numeral = |c: char| is_numeral(c);
    let letters = |c: char| c.is_ascii_uppercase();
    let number = before.rsplit('第').next().unwrap_or(before);
    let counted = before.contains('第') && !number.is_empty() && number.chars().all(numeral);
    let sheet = before.trim_end_matches(numeral);
    let sheeted = sheet.len() < before.len()
        && sheet.chars().next_back().is_some_and(letters)
        && sheet.chars().count() <= 12;
    counted || sheeted
}

/// A line that is nothing but a date, with the day of the week at most.
pub(in crate::article) fn is_date(text: &str) -> bool {
    let clock = |c: char| c.is_ascii_digit() || c == ':' || c == '：';
    let timed = text.rsplit_once(' ').filter(|(_, time)| {
        time.contains([':', '：']) && time.chars().all(clock) && time.chars().nth(8).is_none()
    });
    let text = timed.map_or(text, |(date, _)| date);
    let (rest, day) = text.split_once("星期").unwrap_or((text, ""));
    if day.chars().nth(1).is_some() {
        return false;
    }
    let rest = rest.trim();
    let known = |c: char| is_numeral(c) || "年月日-/. ".contains(c);
    let dated = rest.contains('年') && rest.contains('月') && rest.ends_with('日');
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    rest.chars().all(known) && (dated || (digits == 8 && rest.contains(['-', '/', '.'])))
}

/// Who made the page and how to reach them.
pub(in crate::article) fn is_imprint(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "责任编辑",
        "責任編輯",
        "责编",
        "責編",
        "本版编辑",
        "本版責編",
        "本版责编",
        "版式设计",
        "版面设计",
        "美编",
        "本版校对",
        "值班主任",
        "新闻热线",
        "投稿邮箱",
    ];
    starts_any(without_bullet(text.trim_start_matches(opens)), &WORDS)
}

/// What a web page sets around an article: the way to it, dates of posting, links, notices.
pub(in crate::article) fn is_furniture(text: &str) -> bool {
    const STARTS: [&str; 22] = [
        "首页 >",
        "首页>",
        "首页 »",
        "当前位置",
        "您的位置",
        "您现在的位置",
        "分享到",
        "分享：",
        "上一篇",
        "下一篇",
        "相关阅读",
        "推荐阅读",
        "版权所有",
        "版权声明",
        "打印本页",
        "关闭窗口",
        "我要评论",
        "【打印",
        "字号：",
        "字体：",
        "浏览次数",
        "阅读次数",
    ];
    let posted = ["发表于", "发布于", "发布时间", "发表时间", "更新时间"].iter().find_map(|word| {
        text.strip_prefix(word).map(|rest| rest.trim_start_matches(['：', ':', ' ']))
    });
    starts_any(text, &STARTS)
        || posted.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The name of a standing column that holds short items or letters.
pub(in crate::article) fn is_column_name(text: &str) -> bool {
    const NAMES: [&str; 20] = [
        "简讯",
        "簡訊",
        "短讯",
        "短訊",
        "简明新闻",
        "要闻简报",
        "国内简讯",
        "国际简讯",
        "一句话新闻",
        "图片新闻",
        "圖片新聞",
        "读者来信",
        "讀者來信",
        "来信选登",
        "群众来信",
        "文摘",
        "本报讯集锦",
        "新闻集锦",
        "信息窗",
        "短波",
    ];
    NAMES.contains(&text)
}
