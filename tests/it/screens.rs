//! What the screen looks like: pictures of every layout, looked at before they were kept.
//!
//! Each is a file in `snapshots`. `INSTA_UPDATE=always cargo test --test it screens` takes them
//! anew; look at the difference before keeping it.

use zhaidu::{
    app::msg::{Msg, Trouble},
    lang::Lang::{self, En, Zh},
};

use crate::harness::{Program, Source, demo};

/// Compares a picture with the one that was kept.
fn assert_looks(name: &str, picture: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, picture);
    });
}

/// The text of the screen, and below it the styles.
fn with_styles(program: &Program) -> String {
    format!("{}{}\n{}", program.text(), "=".repeat(20), program.styles())
}

/// Pictures of the demo: name, language, size, keys typed first.
pub(crate) const DEMO: [(&str, Lang, (u16, u16), &str); 50] = [
    ("wide_160x45", Zh, (160, 45), ""),
    ("wide_160x45_reader", Zh, (160, 45), "j Enter C-d"),
    ("wide_120x30", Zh, (120, 30), ""),
    ("wide_120x30_en", En, (120, 30), "A-3"),
    ("wide_list_hidden", Zh, (120, 30), "x"),
    ("normal_80x24_list", Zh, (80, 24), ""),
    ("normal_80x24_list_en", En, (80, 24), ""),
    ("normal_80x24_reader", Zh, (80, 24), "Enter"),
    ("normal_80x24_reader_end", Zh, (80, 24), "Enter G"),
    ("normal_keywords_hidden", Zh, (80, 24), "A-4 x"),
    ("normal_list_zoomed", Zh, (100, 24), "z"),
    ("normal_reader_zoomed", Zh, (100, 24), "A-2 z"),
    ("narrow_60x20_list", Zh, (60, 20), "A-1"),
    ("narrow_60x20_reader", Zh, (60, 20), "A-2"),
    ("narrow_60x20_sentences", Zh, (60, 20), "A-3"),
    ("narrow_60x20_keywords", Zh, (60, 20), "A-4"),
    ("narrow_60x20_keywords_en", En, (60, 20), "A-4"),
    ("small_40x10_list", Zh, (40, 10), ""),
    ("small_40x10_reader", En, (40, 10), "A-2"),
    ("tiny_19x4", Zh, (19, 4), ""),
    ("tiny_1x1", En, (1, 1), ""),
    ("help_80x24", Zh, (80, 24), "?"),
    ("help_100x45_en", En, (100, 45), "A-2 ?"),
    ("ten_key_sentences", Zh, (120, 40), "A-3 + + + + +"),
    ("beginning_of_a_sequence", Zh, (80, 24), "g"),
    ("grouped_by_date", Zh, (80, 24), ", g d"),
    ("sorted_by_date", Zh, (80, 24), ", d , d"),
    ("sorted_by_length_en", En, (120, 30), ", c , c"),
    ("skim_80x24", Zh, (80, 24), "Space j"),
    ("skim_160x45_en", En, (160, 45), "Space Space"),
    ("skim_narrow_40x12", Zh, (40, 12), "Space"),
    ("level_20_percent", Zh, (80, 24), "A-2 - - -"),
    ("why_80x24_en", En, (80, 24), "w"),
    ("unbound_key", En, (80, 24), "Q"),
    ("what_can_follow_80x24_en", En, (80, 24), "5 ,"),
    ("what_can_follow_40x10", Zh, (40, 10), ","),
    ("what_can_follow_60x20", En, (60, 20), ","),
    ("number_80x24", Zh, (80, 24), "1 2"),
    ("filters_80x24", Zh, (80, 24), "F 的 Enter f 的 Enter A-4 Enter"),
    ("filters_60x20_en", En, (60, 20), "F 的 Enter f 的 Enter A-4 Enter"),
    ("filters_160x45", Zh, (160, 45), "F 的 Enter f 的 Enter A-4 Enter"),
    ("query_misread_80x24", Zh, (80, 24), "F 的 ("),
    ("timeline_80x24", Zh, (80, 24), "i j"),
    ("timeline_160x45_en", En, (160, 45), "A-4 i"),
    ("words_80x24", Zh, (80, 24), "A-3 *"),
    ("palette_80x24", Zh, (80, 24), ":"),
    ("palette_80x24_en", En, (80, 24), ": p a g e Down"),
    ("palette_40x10", Zh, (40, 10), ": m o v e Down Down Down Down Down"),
    ("help_found_80x24", Zh, (80, 24), "? / 跳 转"),
    ("help_found_40x10_en", En, (40, 10), "? / s o r t"),
];

#[test]
fn the_demo_looks_right() {
    for (name, lang, size, keys) in DEMO {
        let mut program = Program::demo(lang, size);
        program.press(keys);
        assert_looks(name, &program.text());
    }
}

#[test]
fn styles_tell_focus_selection_key_sentences_and_keywords_apart() {
    for (name, keys) in [
        ("styles_list", ""),
        ("styles_key_sentence", "A-3 j Enter"),
        ("styles_keyword_lit", "A-4"),
        ("styles_keyword_pinned", "A-4 j l"),
    ] {
        let mut program = Program::demo(Zh, (120, 30));
        program.press(keys);
        assert_looks(name, &with_styles(&program));
    }
}

#[test]
fn the_archive_fills_before_the_eyes() {
    for (lang, suffix) in [(Zh, "zh"), (En, "en")] {
        let mut program = Program::started(demo().to_vec(), lang, (80, 24));
        assert_looks(&format!("loading_nothing_found_{suffix}"), &program.text());
        program.find();
        program.read_one(0);
        assert_looks(&format!("loading_one_read_{suffix}"), &program.text());
        program.press_without_work("A-2");
        assert_looks(&format!("loading_text_{suffix}"), &program.text());
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let mut sources = demo().to_vec();
    sources.insert(0, Source::failed("锁住的.txt", "没有读取权限"));
    sources.insert(2, Source::failed("broken.txt.gz", "压缩文件已损坏"));
    for (name, size, keys) in [
        ("failed_80x24", (80, 24), ""),
        ("failed_wide", (120, 30), ""),
        ("failed_reader", (80, 24), "Enter"),
        ("problems_80x24", (80, 24), "!"),
    ] {
        let mut program = Program::ready(sources.clone(), Zh, size);
        program.send(Msg::Trouble(Trouble::general("keymap.toml:3:7: 没有这个命令".into())));
        program.press(keys);
        assert_looks(name, &with_styles(&program));
    }
    let mut program = Program::demo(En, (80, 24));
    program.press("!");
    assert_looks("problems_none_en", &program.text());
}

#[test]
fn an_archive_without_articles_says_so() {
    for (lang, suffix) in [(Zh, "zh"), (En, "en")] {
        for (size, width) in [((80, 24), "80"), ((40, 10), "40")] {
            let mut program = Program::ready(Vec::new(), lang, size);
            assert_looks(&format!("no_articles_{suffix}_{width}"), &program.text());
            program.press("Enter");
            assert_looks(&format!("no_articles_reader_{suffix}_{width}"), &program.text());
        }
    }
}

#[test]
fn hostile_text_is_made_harmless() {
    let text = "一个\u{1b}[31m红色\u{202e}标题\n\n正文里有\u{200b}隐藏的字符\u{7}和制表\t符，还有\u{301}\
                组合\u{301}\u{301}\u{301}附加符。零宽\u{200d}连接👨\u{200d}👩也在。\n";
    let sources = vec![Source::of_texts("a\u{1b}]0;x\u{7}.txt", &[text])];
    let mut program = Program::ready(sources, Zh, (80, 24));
    program.press("Enter z");
    assert_looks("hostile", &program.text());
}

#[test]
fn destroyed_places_are_counted_for_the_article_that_is_open() {
    let damaged =
        "新桥\n\n澄江的新桥\u{FFFD}修好了。桥上的灯亮着，\u{FFFD}\u{FFFD}两岸的人又能来往。\n";
    let sound = "旧桥\n\n澄江的旧桥还在。桥上的灯灭了，两岸的人仍在走。\n";
    for (lang, told) in [(Zh, "疑似损坏 2 处"), (En, "2 damaged places")] {
        let sources = [damaged, sound].map(|text| Source::of_texts("a.txt", &[text]));
        let mut program = Program::ready(sources.to_vec(), lang, (100, 24));
        assert!(program.text().contains(told), "{}", program.text());
        program.press("A-1 j");
        assert!(!program.text().contains(told), "{}", program.text());
    }
}

/// Pictures of searches in the demo: name, language, size, keys typed first.
pub(crate) const SEARCHES: [(&str, Lang, (u16, u16), &str); 13] = [
    ("search_explained_80x24", Zh, (80, 24), "/"),
    ("search_explained_160x45_en", En, (160, 45), "/"),
    ("search_80x24", Zh, (80, 24), "/ 书 Enter j"),
    ("search_80x24_en", En, (80, 24), "/ s h u i Enter"),
    ("search_80x24_hit", Zh, (80, 24), "/ 书 Enter j Enter n"),
    ("search_160x45", Zh, (160, 45), "/ 江 Space OR Space 桥 Enter j"),
    ("search_160x45_en", En, (160, 45), "/ 江 Enter j n n"),
    ("search_120x30_typed", Zh, (120, 30), "/ 桥 Space -("),
    ("search_60x20", Zh, (60, 20), "/ 江 Enter"),
    ("search_60x20_en", En, (60, 20), "/ 江 Space ("),
    ("search_40x10", Zh, (40, 10), "/ 江 Enter j"),
    ("search_nothing_80x24", Zh, (80, 24), "/ 航天飞机 Enter"),
    ("search_1x1", Zh, (1, 1), "/ 江 Enter j Enter n"),
];

/// Presses keys; a word of several characters that is no key is typed.
pub(crate) fn search(program: &mut Program, keys: &str) {
    for word in keys.split(' ') {
        let typed = word.chars().count() > 1 && !["Enter", "Space"].contains(&word);
        let keys: Vec<String> = word.chars().map(String::from).collect();
        program.press(if typed { keys.join(" ") } else { word.to_owned() }.as_str());
    }
}

#[test]
fn results_of_a_search_look_right() {
    for (name, lang, size, keys) in SEARCHES {
        let mut program = Program::demo(lang, size);
        search(&mut program, keys);
        assert_looks(name, &with_styles(&program));
    }
}

#[test]
fn hostile_results_are_made_harmless() {
    let text = "灯\u{1b}[31m塔\u{202e}下\n\n海上的\u{200b}灯\u{1b}]0;x\u{7}塔\t亮，灯\u{301}\u{301}塔也亮。\n";
    let sources = vec![Source::of_texts("a\u{1b}]0;x\u{7}.txt", &[text])];
    let mut program = Program::ready(sources, Zh, (80, 24));
    program.press("/ 灯 Enter");
    assert_looks("search_hostile", &with_styles(&program));
}

/// A page with a beginning beyond doubt, a likely one, a refused one, and a paragraph that a column
/// break had cut.
fn page() -> String {
    const LONG: &str =
        "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。";
    const CUT: &str = "渡口的老船工把缆绳收好。江面上的雾还没有散，城里来的学生都到巷口的茶\n\
                       馆里等着，听他讲去年冬天怎样把旧管子挖出来，又把新管子接上去。";
    let long = LONG.repeat(9);
    let lines = [
        "柳塘晚报　2024年5月6日　星期一　第02版",
        "",
        "石板路上",
        "□林小满",
        &long,
        CUT,
        &long,
        "",
        "茶馆开门",
        "何一舟",
        LONG,
        LONG,
        "",
        "桥头的灯",
        "□陆一鸣",
        &long,
        &long,
    ];
    lines.join("\n")
}

#[test]
fn the_page_shows_where_its_articles_begin_and_why() {
    for (name, lang, size, keys) in [
        ("page_80x24", Zh, (80, 24), "p"),
        ("page_80x24_en", En, (80, 24), "p j j j"),
        ("page_80x24_join", Zh, (80, 24), "p j j j j j j j j j j j j j j"),
        ("page_80x24_likely", Zh, (80, 24), "p }"),
        ("page_80x24_strict", En, (80, 24), "p } } t"),
        ("page_80x24_own", Zh, (80, 24), "p } c m j"),
        ("page_160x45", Zh, (160, 45), "p }"),
        ("page_160x45_en", En, (160, 45), "p } } G"),
        ("page_60x20", Zh, (60, 20), "p }"),
        ("page_40x10_en", En, (40, 10), "p }"),
        ("page_article_join", Zh, (80, 24), "A-2 z C-d"),
        ("page_likely_list", Zh, (80, 24), ""),
    ] {
        let sources = vec![Source::of_page("一版.txt", &page())];
        let mut program = Program::ready(sources, lang, size).with_disk();
        program.press(keys);
        assert_looks(name, &with_styles(&program));
    }
}
