use super::*;
use crate::source::members::tests::{found_in, records_in};
use crate::source::read::ReadOptions;

const TEXT: &str = "雨停了，路面泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。";
const MORE: &str =
    "河水退下去以后，桥头的灯又亮了起来，人们沿着石板路走回各自的家，锁好门窗，听着水声入睡。";

fn page(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")
}

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(records_in("a.html", html.as_bytes()), [expected], "{html}");
}

#[test]
fn the_main_text_is_found_among_the_rest() {
    let nav: String = "<li><a href=/a>频道第一，要闻。</a></li>".repeat(30);
    let body = format!(
        "<div class=nav><ul>{nav}</ul></div><div class=wrap><h1>石板路上</h1>
         <div class=info>2021年03月05日 08:30　来源：远山日报 作者：林小满</div>
         <div id=content><p>　　{TEXT}</p><p>{MORE}<p>{TEXT}<script>var a = '，，，';</script>
         <div class=share>分享到，微信，微博，朋友圈，收藏夹</div></div>
         <div class=comment><p>{MORE}</p><p>{MORE}</p></div></div>
         <footer><p>版权所有，未经许可，不得转载，违者必究，举报电话。</p></footer>"
    );
    let html = page("<title>石板路上_要闻_远山网</title>", &body);
    check(
        &html,
        &format!(
            "1|石板路上|{TEXT}\n{MORE}\n{TEXT}|2021年03月05日 08:30 来源：远山日报 作者：林小满|林小满|远山日报"
        ),
    );
}

#[test]
fn facts_come_from_the_head_or_from_the_lines_above() {
    let text = format!("<p>{TEXT}</p><p>{MORE}</p>");
    let told = format!("{TEXT}\n{MORE}");
    let cases = [
        ("<title>石板路上-远山网</title>", "石板路上|T|||"),
        ("<title>石板路上 | 远山网</title>", "石板路上|T|||"),
        ("<title>A &amp; B</title>", "A & B|T|||"),
        (
            "<meta property=og:title content=石板路上><meta name=author content=林小满>
             <meta name=PubDate content='2021-03-05 08:30'><meta property=og:site_name content=远山网>",
            "石板路上|T|2021-03-05 08:30|林小满|远山网",
        ),
        ("<meta name=pubdate content=yesterday>", "|T|||"),
        ("", "|T|||"),
    ];
    for (head, expected) in cases {
        check(&page(head, &text), &format!("1|{}", expected.replace('T', &told)));
    }
}

#[test]
fn pages_without_a_main_text_are_taken_whole() {
    check("<p>短</p>", "1||短|||");
    check("<div>甲<br>乙<b>丙</b>\n丁</div><pre>戊\n己</pre>", "1||甲\n乙丙丁\n戊\n己|||");
    check("<ruby>漢<rt>hàn</rt></ruby>字&nbsp;&#x4E00; a\n b", "1||漢字 一 a b|||");
    assert_eq!(records_in("a.html", b"<p></p>"), ["! OnlyMarkup"]);
    assert_eq!(records_in("a.html", "没有标记".as_bytes()), ["- 没有标记"]);
    let html = page("", &format!("<p>{TEXT}</p>"));
    assert_eq!(records_in("a.txt", html.as_bytes()), [format!("- {html}")]);
    assert_eq!(records_in("<stdin>", html.as_bytes()), [format!("1||{TEXT}|||")]);
}

#[test]
fn the_page_says_its_encoding() {
    let html =
        |charset: &str| page(&format!("<meta charset={charset}><title>石板路上</title>"), TEXT);
    let cases =
        [("gb2312", encoding_rs::GBK), ("big5", encoding_rs::BIG5), ("\"gbk\"", encoding_rs::GBK)];
    for (name, encoding) in cases {
        let (bytes, _, _) = encoding.encode("雨停了");
        let bytes =
            [html(name).replace("石板路上", "T").replace(TEXT, "").as_bytes(), &bytes].concat();
        assert_eq!(records_in("a.htm", &bytes), ["1|T|雨停了|||"], "{name}");
    }
    // A page that lies about being UTF-8, and one that is UTF-8 against its word.
    let (bytes, _, _) = encoding_rs::GBK.encode(TEXT);
    let bytes = [b"<meta charset=utf-8><p>", &*bytes].concat();
    assert_eq!(records_in("a.htm", &bytes), [format!("1||{TEXT}|||")]);
    assert_eq!(records_in("a.htm", html("gbk").as_bytes()), [format!("1|石板路上|{TEXT}|||")]);
}

#[test]
fn depth_and_size_cost_neither_stack_nor_time() {
    let many = 100_000;
    for (open, close) in [
        ("<div>", ""),
        ("<div>", "</div>"),
        ("<b>", "</i>"),
        ("<p><a href=x>", ""),
        ("<table><tr><td>", ""),
        ("<svg>", ""),
        ("</div>", "<p>"),
    ] {
        let html = open.repeat(many) + TEXT + &close.repeat(many);
        assert_eq!(found_in("a.html", html.as_bytes(), &ReadOptions::default()).len(), 1, "{open}");
    }
    let attributes = (0..many).map(|n| format!(" a{n}=b")).collect::<Vec<_>>().concat();
    check(&format!("<p{attributes}>{TEXT}</p>"), &format!("1||{TEXT}|||"));
    let wide = format!("<p>{TEXT}</p>").repeat(many / 10);
    assert_eq!(records_in("a.html", wide.as_bytes()).len(), 1);
}

proptest::proptest! {
    #[test]
    fn no_page_is_too_strange(html in "(<[/!]?[a-z]{0,3}[ a-z=\"']{0,9}>?|[甲乙 &;#]|<p>|</p>|<a>){0,60}") {
        records_in("a.html", format!("<{html}").as_bytes());
        passage(&html);
    }
}
