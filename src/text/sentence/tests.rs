use super::*;
use proptest::prelude::*;

/// What the rows of a table are cut at: it stands in none of the texts.
const CUT: &str = "|";

/// Checks texts in which every end of a sentence but the last is marked with [`CUT`].
#[track_caller]
fn check(rows: &[&str]) {
    let mut wrong = Vec::new();
    for row in rows {
        let text = row.replace(CUT, "");
        let found = cut(&text).join(CUT);
        let expected: Vec<&str> =
            row.split(CUT).map(|text| text.trim_matches(pieces::is_blank)).collect();
        if found != expected.join(CUT) {
            wrong.push(found);
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn cut(text: &str) -> Vec<&str> {
    sentences(text).into_iter().map(|range| range.of(text)).collect()
}

#[test]
fn stops_end_a_sentence() {
    check(&[
        "下雨了。|他没带伞！|怎么办？",
        "什么？！|真的。",
        "太好了！！！|我们赢了。",
        "他走了｡|没有回头｡",
        "真的吗?|不知道!|算了。",
        "没有句号的一段",
        "增长3.5%。|下降2.1%。",
        "天黑了。　|灯亮了。",
        "　　风很大。| 船没有开。  ",
        "\u{200B}河水退了。\u{FEFF}|渡口又开了。\u{200B}",
        "山路很\n长，走了一天\n才到。|大家都\n累了。",
        "一共\n三十人。\n|第二天又来了十人。",
    ]);
}

#[test]
fn an_ellipsis_ends_a_sentence_or_not() {
    check(&[
        "他想……|算了。",
        "他想...|算了。",
        "雨一直下…|谁也不说话。",
        "等了又等。。。|没有人来。",
        "山、水……，都好。",
        "苹果、梨……等水果都降价了。",
        "我……我不知道。",
        "这……这怎么可能？|他愣住了。",
        "从小学……到大学，他都在这座城里。",
        "……后来呢？|后来他走了。",
        "目录......3",
        "工期缩短……|得益于新设备，成本也低了。",
        "真奇怪……！|谁来过？",
    ]);
}

#[test]
fn quotations_stay_whole() {
    check(&[
        "“走吧。天黑了。”他说。|两人走了。",
        "她问：“几点？”|没有人回答。",
        "他说：“要修桥。”并且指出“这不是小事”。|没有人反对。",
        "她问：“几点？天黑了吗？”|没有人回答。",
        "“来了！”|“谁来了？”|“还能有谁。”",
        "“你看见了吗？”老周问。|“看见了。”她答。",
        "“走。”他站起来，拍了拍土，说。|天还没亮。",
        "“走。”|他顿了顿，又说：“快走。”",
        "“河要涨了，”船工说，“今晚就走。”|没有人反对。",
        "「你來了？」她問。|「來了。」|門關上了。",
        "『今天休息。』牌子上這樣寫。|我們回去了。",
        "老師說：「他喊『快跑！』，誰也沒有動。」|全班都笑了。",
        "他说：“她喊‘救命！’，没人听见。”|大家沉默了。",
        "墙上写着“小心！”三个字。|他没有看见。",
        "一声“开船！”让码头热闹起来。|人都到了。",
        "“为什么？”是他的口头禅。",
        "“谁来养老？”的问题摆在面前。|答案不难。",
        "他把这叫作“慢”。|别人叫它“懒”。",
        "“好！”，台下有人喊。|他鞠了一躬。",
        "“他走了。 ”她说。|我点点头。",
        "“学而不倦。”——墙上的字。|墨已经淡了。",
        "\"来吧。坐下。\"他说。|我坐下了。",
        "他喊\"停\"，车没有停。|后来停了。",
        "她说：\"不去。\"|他说：\"那我去。\"",
        "她说：“不去。不想去。\"|他一个人走了。",
        "It's late. |Don't wait. |He said 'go. Now.' and left.",
        "村里叫‘老井’的地方有两处。|都干了。",
        "据县里报道，“桥修好了。”|车可以过了。",
        "“知道。”|他不知道。",
    ]);
}

#[test]
fn damaged_quotations_swallow_nothing() {
    check(&[
        "他说：“走吧。|天黑了。|路还长。",
        "“走吧。|天黑了。|她说：“好。”|两人走了。",
        "走吧。”|天黑了。|路还长。",
        "（见下文。|下文没有。|谁也不知道。",
        "《山居的第一章。|第二章。",
        "他说：”走吧。天黑了。”|两人走了。",
        "他叫它\"慢。|别人叫它懒。|都不错。",
        "““““走。|来。",
    ]);
    let long = "河边的路修了三年才修好。".repeat(12);
    assert_eq!(cut(&format!("他说：“{long}”")).len(), 12);
}

#[test]
fn brackets_and_titles_stay_whole() {
    check(&[
        "他走了（那年他六岁！）就没回来。|母亲等着。",
        "（注：数字来自年鉴。四舍五入。）|下同。",
        "价格不含税（见附表。）|税率另定。",
        "《怎么办？》是一部小说。|他读过两遍。",
        "他读了《怎么办？》。|没有读完。",
        "会上放了《再见！》《你好！》两首歌。|大家都唱了。",
        "桥通车了。（本报记者 林一山）",
        "我从没想过。（笑）|后来就做了。",
        "桥通车了。|（二）路也通车了。",
        "大坝合龙。[3]|水位上升。",
        "合同（以下简称“合同”）有效。|双方签字。",
        "（完）",
        "【快讯】大桥通车。|市民上桥。",
        "甲方（即卖方）；乙方（即买方）。|合同两份。",
    ]);
}

#[test]
fn markers_of_lists_stay_with_their_items() {
    check(&[
        "1.总则。|2.分则。|3.附则。",
        "1. 总则适用于本市。|2. 分则另定。",
        "1、原告住在城东。|2、被告住在城西。",
        "判决如下：1.合同有效；2.被告付款；3.驳回其他请求。",
        "主要工作：1.修路2.架桥3.通水。",
        "（一）修路。|（二）架桥。",
        "一。修路的事。|二。架桥的事。",
        "①　修路。|②　架桥。",
        "第一，修路。|第二，架桥。",
        "一是修路；二是架桥；三是通水。|都要在年内做完。",
        "选项：A.修路B.架桥C.通水。",
        "第三条.合同的订立。|第四条另定。",
    ]);
}

#[test]
fn semicolons_cut_long_sentences_only() {
    let item = "被告应当在判决生效之日起十日内向原告支付拖欠的货款以及逾期付款的利息";
    let long = format!("判决如下：一、{item}；二、{item}；三、驳回其他请求；四、{item}。");
    let pieces = cut(&long);
    assert_eq!(pieces.len(), 3, "{pieces:?}");
    assert!(pieces.iter().all(|piece| piece.chars().count() >= 25), "{pieces:?}");
    let inside = format!("协议（一、{item}；二、{item}；三、{item}）有效；双方各执一份。");
    assert_eq!(cut(&inside).len(), 1);
    check(&["春种；夏耘；秋收；冬藏。|一年过去了。"]);
}

#[test]
fn latin_full_stops() {
    check(&[
        "It works. |Really well.",
        "He moved to the U.S. in 1998. |Nobody knew.",
        "Dr. Lin met J. K. Stone at No. 5. |They talked.",
        "See Fig. 3 and Ref. 12, e.g. the left one. |It is red.",
        "А. С. Пушкин и Н. В. Гоголь. |Поэты.",
        "Acme Inc. and Bolt Ltd. merged. |Prices rose.",
        "Lin et al. 提出了新方法。|结果很好。",
        "版本2.10.3已发布。|请更新。",
        "会议10:30开始。|地点不变。",
        "网址是 www.example.org。|欢迎来访。",
        "请写信到 info@example.org.cn，或打电话。|谢谢。",
        "见https://example.org/a.php?id=3&b=4!x的说明。|很短。",
        "用3．5米的木板。|两块就够。",
        "增长２．７％，达到１１８．９万元。|比例为１∶２．７５。",
        "１．总则。|２．分则。",
        "圆周率是3.14. |大家都知道。",
        "What now? |Nobody said a word.",
        "Is that so? he asked. |It was.",
        "他用Yahoo邮箱。|我也是。",
        "例子.com是一个域名。|还有例子.cn。",
        "She said no. |Then she left.",
        "\"Stop. Now.\" |He stopped.",
        "长3.5米. |宽2米.",
    ]);
}

#[test]
fn full_stops_in_abstracts() {
    check(&[
        "采用差分方法建立了模型.|仿真表明,该模型有效.",
        "目的 观察疗效.|方法 将60例患者分为两组.|结果 差异明显(P＜0.05).|结论 值得推广.",
        "误差小于5%.|该方法可行.",
        "温度升到80℃.|反应加快.",
        "提出了平方和(SOS)方法.|结果较好.",
        "样本共120例.|对照组60例.",
        "本文使用MATLAB.|结果一致.",
        "差异有统计学意义(P<0.01).|结论可靠.",
        "补充了维生素C.|效果明显.",
        "分析了形变.|3种材料的结果不同.",
        "约翰.哈里森的钟很准。|他做了四十年。",
        "均为0.85.|两组无差异.",
        "主跨长312 m.|但塔墩较矮.",
        "比例约为1/150000。|date日两人到场。",
        "建立了模型.|MATLAB仿真说明其有效.",
        "测定pH、Eh等指标.|结果见表1.",
    ]);
}

#[test]
fn speech_in_transcripts() {
    check(&[
        "记者：桥什么时候通车？|王明：明年春天。|记者：谢谢。",
        "问：合同在哪里？|答：丢了。",
        "主持人：好，我们开始。|第一个问题：为什么修桥？",
        "对，就是这样 。|然后我们往下讲。",
    ]);
}

#[test]
fn text_of_several_kinds() {
    check(&[
        "市长表示，“明年要修三座桥，还要修十里路。”|代表们鼓掌。",
        "会议指出，要抓好三件事：一是防汛；二是春耕；三是就业。|各县要落实。",
        "原告李某称：2015年3月1日，双方签了合同。|被告没有到庭。",
        "依照合同法第八条、第六十条之规定，判决如下：驳回请求。|案件受理费由原告负担。",
        "臺北下雨了。|「帶傘了嗎？」母親問。|他搖搖頭……|雨更大了。",
        "他爱说“差不多”。|什么是差不多？|就是差一点。",
        "门开了，——没有人。|风进来了。",
        "“你……你来做什么？”|她退了一步。",
    ]);
}

#[test]
fn text_without_stops_is_cut_all_the_same() {
    let text = "一二三四五，".repeat(1_000);
    assert!(cut(&text).iter().all(|sentence| sentence.chars().count() <= 800));
}

/// Nothing is timed here: a look ahead or back without a bound would take minutes on a megabyte of
/// these, which nobody overlooks.
#[test]
fn rows_of_marks_are_cut_at_once() {
    for unit in [
        "“",
        "”",
        "\"",
        "......",
        "“。",
        "。 ",
        "（a……的",
        "1。“",
        "A. ",
        "！”他",
        "；",
        "'",
        "……（笑）",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        assert!(!sentences(&text).is_empty(), "{unit}");
    }
}

proptest! {
    #[test]
    fn only_white_space_lies_between(
        text in "[一-十。！？…“”‘’\"'（）《》「」；： a-cA-C0-9.,，\u{3000}\u{200B}\n]{0,60}",
    ) {
        let mut at = 0;
        let mut whole = String::new();
        for range in sentences(&text) {
            prop_assert!(text[at..range.start].trim_matches(pieces::is_blank).is_empty());
            prop_assert!(!range.is_empty());
            whole.push_str(range.of(&text));
            at = range.end;
        }
        prop_assert!(text[at..].trim_matches(pieces::is_blank).is_empty());
        let bare = |text: &str| text.replace(pieces::is_blank, "");
        prop_assert_eq!(bare(&whole), bare(&text));
    }

    #[test]
    fn every_sentence_has_content(text in "[一二a1。！？…“”\"（）《》；，. ]{0,60}") {
        let contents = |text: &str| text.contains(char::is_alphanumeric);
        let found = sentences(&text);
        prop_assert!(found.len() < 2 || found.iter().all(|range| contents(range.of(&text))));
    }

    #[test]
    fn any_text_is_cut_at_boundaries(text in any::<String>()) {
        prop_assert!(sentences(&text).iter().all(|range| text.get(range.start..range.end).is_some()));
    }
}
