//! The archive of the journeys.

use std::fmt::Write as _;

use crate::harness::Source;

/// A text of a title, a byline and paragraphs of two rows at 80 columns, each with its number.
pub(super) fn text(title: &str, paragraphs: usize) -> String {
    const THINGS: [&str; 7] = ["书架", "水渠", "路灯", "戏台", "渡船", "菜摊", "磨坊"];
    const PLACES: [&str; 5] = ["河东", "山后", "城南", "码头", "镇上"];
    const DOINGS: [&str; 3] = ["修了一遍", "添了一批", "换了主人"];
    const WHO: [&str; 4] = ["管事的人说", "街坊们商量", "老人们记得", "工匠们盘算"];
    const WHY: [&str; 11] = [
        "好让过路的人都用得上",
        "免得下雨天没有地方落脚",
        "省下来的钱拿去修那座桥",
        "谁家有空谁就来搭一把手",
        "过年之前总要见一个分晓",
        "孩子们放了学也好有个去处",
        "外乡的客人见了都说稀罕",
        "只是木料还要等上一个月",
        "账目贴在墙上人人看得见",
        "夜里也有人提着灯来看守",
        "头一回动工就碰上了大雪",
    ];
    let mut text = format!("{title}\n\n□本报记者 林知远\n\n");
    text += "第1段先说天气。入秋以来雨水偏少，清晨的雾气要到九点多钟才肯散开，屋檐下面挂满了\
             晒着的玉米和辣椒。\n";
    for n in 2..=paragraphs {
        let (thing, other) = (THINGS[n % 7], THINGS[(n * 3 + 1) % 7]);
        let (place, doing, who, why) = (PLACES[n % 5], DOINGS[n % 3], WHO[n % 4], WHY[n % 11]);
        writeln!(
            text,
            "第{n}段讲{thing}。{place}的{thing}今年{doing}，{who}，往后要同{other}一起办好，{why}。"
        )
        .expect("a string takes everything");
    }
    text
}

/// The archive of the journeys.
pub(super) fn archive() -> Vec<Source> {
    const NUMBERS: [&str; 20] = [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
        "十五", "十六", "十七", "十八", "十九", "二十",
    ];
    let mut texts: Vec<String> = NUMBERS.map(|n| text(&format!("短讯{n}号"), 2)).into();
    // The last one has something that cannot be seen.
    texts[19].push_str("最后一段有零宽\u{200b}空格。\n");
    let short: Vec<&str> = texts.iter().map(String::as_str).collect();
    vec![
        Source::of_texts("一版.txt", &[&text("河边的书店", 40), &text("山里的电站", 12)]),
        Source::of_texts("二版.txt", &[&text("城南的菜场", 20)]),
        Source::of_texts("三版.txt", &[&text("海上的灯塔", 6)]),
        Source::of_texts("四版.txt", &short),
    ]
}
