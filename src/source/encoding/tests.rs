use std::fs;
use std::path::Path;

use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;

use super::*;
use crate::source::demo::PAGES;

const TRADITIONAL: &str = "
山城的早市天還沒有亮就開張了。賣豆漿的老闆娘說，這個月的客人比去年多了三成，因為附近新開了一條公車路線，住在山上的
老人家也能自己下來買菜。市政府的統計顯示，自從這條路線通車以後，沿線五個市場的營業額都有成長，其中以靠近轉運站的
兩個最為明顯。

記者在現場看到，許多攤位已經換上新的招牌，上面除了菜價，還寫著產地和採收的日期。負責這項計畫的年輕人原本在外地的
電腦公司上班，三年前回到家鄉，發現長輩種的菜賣不出去，城裡的人卻買不到新鮮的東西。「問題不在菜，而是在中間那一段
路。」他說，於是他和幾位同學寫了一個簡單的程式，讓農民每天傍晚把隔天要採的數量輸入手機，市場便能知道該準備多少。

這個做法並不是一開始就順利。頭兩個月，有人忘記輸入，有人輸入的數字和實際差了好幾倍。後來村裡請來國小的學生當小老師，
一個孩子教一位爺爺奶奶，情況才慢慢好轉。學校的老師說，孩子們從這件事情學到的，比課本上的還要多：怎樣把話說清楚，怎樣
等待別人，怎樣對自己的數字負責。

不過也有人提出不同的看法。研究地方經濟的教授認為，如果只是把買賣搬到手機上，大的公司很快就會學走；真正難以取代的，
是市場裡人與人之間的信任。他建議把每個攤位的故事整理出來，讓第一次來的客人也能知道，這把青菜是誰種的，那塊豆腐是怎麼
做的。市場管理委員會表示，今年秋天將舉辦第一屆早市節，邀請附近十二個村莊的農民一起參加，並且開放廚房，讓大家現場品嘗。
";

const JAPANESE: &str = "山のふもとの小さな町で、毎週土曜日に朝市が開かれている。野菜や魚だけでなく、\
手作りのパンやお茶も並び、遠くから来る人も多い。店の人たちは、話をすることがいちばんの楽しみだと言う。";

const KOREAN: &str = "산 아래의 작은 마을에서는 매주 토요일 아침에 시장이 열린다. 채소와 생선뿐만 아니라 \
손으로 만든 빵과 차도 있어서 먼 곳에서 오는 사람도 많다. 가게 사람들은 이야기를 하는 것이 가장 즐겁다고 말한다.";

/// The encodings that texts are written in, as bytes.
#[derive(Clone, Copy, Debug)]
enum Form {
    Utf8,
    Utf16Le,
    Utf16Be,
    Legacy(&'static Encoding),
}

impl Form {
    fn write(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Legacy(encoding) => {
                let (bytes, _, unmappable) = encoding.encode(text);
                assert!(!unmappable, "{} cannot hold {text}", encoding.name());
                bytes.into_owned()
            }
        }
    }
}

const GB: Form = Form::Legacy(GB18030);
const BIG: Form = Form::Legacy(BIG5);

fn simplified() -> String {
    PAGES.iter().map(|page| page.text).collect()
}

/// Pieces of `length` characters from all over a text, which is repeated when it is too short.
fn pieces(text: &str, length: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let step = (length / 3).max(7);
    let starts = (0..chars.len()).step_by(step).take(400);
    starts.map(|start| chars.iter().cycle().skip(start).take(length).collect()).collect()
}

/// How many of a thousand pieces come out as they went in.
fn accuracy(text: &str, form: Form, length: usize) -> usize {
    let pieces = pieces(text, length);
    let right = pieces.iter().filter(|piece| decode(&form.write(piece), None).text == **piece);
    right.count() * 1000 / pieces.len()
}

#[test]
fn texts_of_any_length_come_out_right() {
    const LENGTHS: [usize; 6] = [8, 16, 32, 64, 512, 4096];
    let simplified = simplified();
    let korean_and_japanese = 40;
    // Form, text, least accuracy in thousandths by length.
    let table: [(Form, &str, [usize; 6]); 9] = [
        (Form::Utf8, &simplified, [1000; 6]),
        (Form::Utf8, TRADITIONAL, [1000; 6]),
        (GB, &simplified, [995, 1000, 1000, 1000, 1000, 1000]),
        (GB, TRADITIONAL, [990, 1000, 1000, 1000, 1000, 1000]),
        (BIG, TRADITIONAL, [990, 1000, 1000, 1000, 1000, 1000]),
        (Form::Utf16Le, &simplified, [990, 1000, 1000, 1000, 1000, 1000]),
        (Form::Utf16Be, &simplified, [990, 1000, 1000, 1000, 1000, 1000]),
        (Form::Utf16Le, TRADITIONAL, [990, 1000, 1000, 1000, 1000, 1000]),
        (Form::Utf16Be, TRADITIONAL, [990, 1000, 1000, 1000, 1000, 1000]),
    ];
    let mut misses = Vec::new();
    for (form, text, least) in table {
        for (length, least) in LENGTHS.into_iter().zip(least) {
            let found = accuracy(text, form, length);
            if found < least {
                misses.push(format!("{form:?} {length}: {found} < {least}"));
            }
        }
    }
    for (encoding, text) in [(SHIFT_JIS, JAPANESE), (EUC_JP, JAPANESE), (EUC_KR, KOREAN)] {
        let found = accuracy(text, Form::Legacy(encoding), korean_and_japanese);
        if found < 950 {
            misses.push(format!("{}: {found}", encoding.name()));
        }
    }
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn names_and_headlines_come_out_right() {
    let cases = [
        (GB, "联通"),
        (GB, "澄江治水三年记"),
        (GB, "沈亦舟 杜小满"),
        (GB, "第03版"),
        (GB, "12, 13, 14 ... 鲎 15"),
        (BIG, "山城的早市"),
        (BIG, "程式與電腦"),
        (Form::Utf16Le, "中文"),
        (Form::Utf16Be, "第 3 版\n"),
        (Form::Utf16Be, "plain words only"),
        (Form::Utf8, "中"),
        (Form::Utf8, ""),
    ];
    for (form, text) in cases {
        assert_eq!(decode(&form.write(text), None).text, text, "{form:?}");
    }
}

#[test]
fn a_byte_order_mark_decides() {
    let text = "澄江日报 2023";
    for (mark, form, name) in [
        (&b"\xEF\xBB\xBF"[..], Form::Utf8, "UTF-8"),
        (b"\xFF\xFE", Form::Utf16Le, "UTF-16LE"),
        (b"\xFE\xFF", Form::Utf16Be, "UTF-16BE"),
    ] {
        let bytes = [mark, &form.write(text)].concat();
        for charset in [None, Some(Charset::Utf16), Some(Charset::Fixed(GB18030))] {
            let decoded = decode(&bytes, charset);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, name));
            assert!(decoded.bom && decoded.confidence == Confidence::Certain);
        }
        assert!(!is_binary(&bytes, None));
    }
}

#[test]
fn malformed_bytes_are_replaced_and_counted() {
    let utf8 = "河水清了，鱼也回来了。".repeat(5);
    let mut bytes = utf8.clone().into_bytes();
    bytes.splice(30..30, [0xFF, 0xC0]);
    let decoded = decode(&bytes, None);
    assert_eq!((decoded.encoding, decoded.malformed), ("UTF-8", 2));
    assert_eq!(decoded.text.replace('\u{FFFD}', ""), utf8);

    let sound = "a sound \u{FFFD} of a text";
    assert_eq!(decode(sound.as_bytes(), None).malformed, 0);

    let (gb, _, _) = GB18030.encode(&utf8);
    let mut bytes = gb.into_owned();
    bytes.splice(20..20, [0xFF]);
    let decoded = decode(&bytes, None);
    assert_eq!((decoded.encoding, decoded.malformed), ("gb18030", 1));
    assert_eq!(decoded.text.replacen('\u{FFFD}', "", 1), utf8);
}

#[test]
fn texts_that_are_cut_off_lose_only_the_cut_character() {
    for (form, text) in [
        (Form::Utf8, simplified()),
        (GB, simplified()),
        (BIG, TRADITIONAL.to_owned()),
        (Form::Utf16Le, simplified()),
        (Form::Utf16Be, simplified()),
    ] {
        let bytes = form.write(&text);
        for end in (23..900).step_by(2) {
            let decoded = decode(&bytes[..end], None);
            let whole = decoded.text.trim_end_matches('\u{FFFD}');
            assert!(text.starts_with(whole), "{form:?} {end}: {whole}");
            assert!(decoded.malformed <= 1, "{form:?} {end}");
        }
    }
}

#[test]
fn a_user_may_force_an_encoding() {
    let cases = [
        ("gbk", &b"\xB3\xCE\xBD\xAD"[..], "澄江", "gb18030"),
        ("GB2312", b"\xB3\xCE\xBD\xAD", "澄江", "gb18030"),
        ("cp936", b"\xB3\xCE\xBD\xAD", "澄江", "gb18030"),
        ("big5", b"\xB5\x7B\xA6\xA1", "程式", "Big5"),
        ("utf-16", b"\x2D\x4E\x87\x65", "中文", "UTF-16LE"),
        ("utf-16", b"\x4E\x2D\x65\x87", "中文", "UTF-16BE"),
        ("utf-16be", b"\x4E\x2D\x65\x87", "中文", "UTF-16BE"),
        (" UTF8 ", "中文".as_bytes(), "中文", "UTF-8"),
        ("latin1", b"caf\xE9", "café", "windows-1252"),
    ];
    for (name, bytes, text, encoding) in cases {
        let charset = parse_encoding(name).unwrap();
        let decoded = decode(bytes, Some(charset));
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding), "{name}");
        assert_eq!(decoded.confidence, Confidence::Certain);
    }
}

#[test]
fn unknown_encodings_are_refused_with_a_suggestion() {
    let cases = [
        ("utf-9", Some("utf-8")),
        ("gb18300", Some("gb18030")),
        ("big-5", Some("big5")),
        ("shift-js", Some("shift_jis")),
        ("klingon", None),
        ("x", None),
        ("", None),
        ("iso-2022-kr", None),
    ];
    for (name, suggestion) in cases {
        let expected = ProblemKind::UnknownEncoding { name: name.to_owned(), suggestion };
        assert_eq!(parse_encoding(name), Err(expected), "{name}");
    }
    for name in NAMES {
        assert!(parse_encoding(name).is_ok(), "{name}");
    }
}

#[test]
fn binary_data_is_told_from_text() {
    let control_heavy: Vec<u8> = (0..200).map(|i| if i % 10 == 0 { 2 } else { b'a' }).collect();
    let cases: [(&[u8], bool); 10] = [
        (b"", false),
        (b"text\r\n\t\x0C\x1B[1mtext\x08t", false),
        (b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3E\0", true),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", true),
        (b"some text\0", true),
        (b"\xFF\xFE\0\0\x2D\x4E\0\0", true),
        (b"\xFF\xFEa\0b\0", false),
        (b"a\0b\0c\0\n\0", false),
        (b"one \x01 is no proof", false),
        (&control_heavy, true),
    ];
    for (bytes, expected) in cases {
        assert_eq!(is_binary(bytes, None), expected, "{bytes:?}");
    }
    assert!(!is_binary(b"\0\x01\0\x02\0\x03", Some(Charset::Utf16)));
    for page in &PAGES {
        for form in [Form::Utf8, Form::Utf16Le, Form::Utf16Be, GB] {
            assert!(!is_binary(&form.write(page.text), None), "{form:?}");
        }
    }
}

#[test]
fn western_texts_are_left_to_the_general_detector() {
    let text = "Le café était fermé, la forêt brûlait déjà près du château. ".repeat(3);
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let decoded = decode(&bytes, None);
    assert_eq!((decoded.text, decoded.confidence), (text, Confidence::Guess));
}

#[test]
fn seeds_come_back_from_every_encoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: no folder {}", folder.display());
        return;
    };
    for file in files {
        let path = file.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let mut forms = vec![Form::Utf8, Form::Utf16Le, Form::Utf16Be, GB];
        if !BIG5.encode(&text).2 {
            forms.push(BIG);
        }
        for form in forms {
            let bytes = form.write(&text);
            assert_eq!(decode(&bytes, None).text, text, "{form:?} {}", path.display());
            let odd = &bytes[..(bytes.len() / 2) | 1];
            let decoded = decode(odd, None);
            let whole = decoded.text.trim_end_matches('\u{FFFD}');
            assert!(text.starts_with(whole), "{form:?} {}", path.display());
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let decoded = decode(&bytes, None);
        let replaced = decoded.text.matches('\u{FFFD}').count();
        prop_assert!(decoded.malformed <= replaced);
        prop_assert_eq!(decoded, decode(&bytes, None));
        let _ = is_binary(&bytes, None);
    }

    #[test]
    fn what_was_written_in_a_named_encoding_comes_back(text in "\\PC{0,200}") {
        prop_assume!(!text.starts_with('\u{FEFF}'));
        for (form, charset) in [
            (Form::Utf8, Charset::Fixed(UTF_8)),
            (GB, Charset::Fixed(GB18030)),
            (Form::Utf16Le, Charset::Fixed(UTF_16LE)),
            (Form::Utf16Be, Charset::Fixed(UTF_16BE)),
        ] {
            // The few characters that GB18030 shares between two codes do not come back.
            if matches!(form, Form::Legacy(encoding) if encoding.encode(&text).2) {
                continue;
            }
            let decoded = decode(&form.write(&text), Some(charset));
            prop_assert_eq!(&decoded.text, &text, "{:?}", form);
            prop_assert_eq!(decoded.malformed, 0);
        }
    }

    #[test]
    fn texts_among_markup_come_out_right(
        pieces in prop::collection::vec(("[ -~\n]{0,40}", 0usize..8000, 1usize..30), 12..60),
    ) {
        let chars: Vec<char> = simplified().chars().collect();
        let mut text = String::new();
        for (markup, start, length) in pieces {
            text.push_str(&markup);
            text.extend(chars.iter().skip(start).take(length));
        }
        let decoded = decode(&GB.write(&text), None);
        prop_assert_eq!((decoded.text, decoded.encoding), (text, "gb18030"));
    }

    #[test]
    fn utf8_is_never_taken_for_anything_else(text in "[^\\x00]{0,300}") {
        prop_assume!(!text.starts_with('\u{FEFF}'));
        let decoded = decode(text.as_bytes(), None);
        prop_assert_eq!((decoded.text, decoded.encoding), (text, "UTF-8"));
    }
}
