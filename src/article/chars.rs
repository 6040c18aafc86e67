//! What single characters tell about a line.

/// Whether `c` is a Chinese character.
#[inline]
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// How many Chinese characters `bytes`, whole characters of UTF-8, begin with: of U+4000 to U+9FFF,
/// which nearly every Chinese text is made of. Each has three bytes, told by the first alone, so
/// that a text can be counted without decoding it.
#[inline]
pub(super) fn leading_han(bytes: &[u8]) -> usize {
    let mut count = 0;
    while matches!(bytes.get(3 * count), Some(0xE4..=0xE9)) {
        count += 1;
    }
    count
}

/// Whether a byte of `text` passes. All of them are asked, many at once, which takes less time than
/// to stop at the first one.
#[inline]
pub(super) fn has_byte(text: &str, passes: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(0, |any, byte| any | u8::from(passes(byte))) > 0
}

/// The first blank character of `text`: its first byte and one past its last one.
#[inline]
pub(super) fn find_blank(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let passed = 3 * leading_han(rest.as_bytes());
        let c = rest.get(passed..)?.chars().next()?;
        at += passed + c.len_utf8();
        if is_blank(c) {
            return Some((at - c.len_utf8(), at));
        }
    }
}

/// Whether `c` is nothing to read: white space of any width, or a byte order mark.
#[inline]
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// How many characters of `text` are blank. Told by the bytes, many at once, as it is asked of every text.
pub(super) fn count_blanks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let rest = |from: usize| bytes.get(from..).unwrap_or_default();
    // No more than a byte can count, which keeps the sums narrow.
    let parts = bytes.chunks(255).zip(rest(1).chunks(255)).zip(rest(2).chunks(255));
    let wide: usize = parts.map(|((a, b), c)| usize::from(count_wide_blanks(a, b, c))).sum();
    // The last two bytes begin no three.
    let last = usize::from(bytes.ends_with(&[0xC2, 0x85]) || bytes.ends_with(&[0xC2, 0xA0]));
    let is_blank = |byte: &&u8| matches!(byte, b'\t'..=b'\r' | b' ');
    bytes.iter().filter(is_blank).count() + wide + last
}

/// How many blank characters of several bytes begin at `a`, with `b` and `c` next to it. Without a branch, so
/// that it is compiled to instructions for many bytes.
#[expect(clippy::needless_bitwise_bool, reason = "a branch would be taken for each byte")]
fn count_wide_blanks(a: &[u8], b: &[u8], c: &[u8]) -> u8 {
    let threes = a.iter().zip(b).zip(c);
    let is_wide = threes.map(|((&a, &b), &c)| {
        let spaces = (b == 0x80) & ((c <= 0x8A) | (c == 0xA8) | (c == 0xA9) | (c == 0xAF));
        u8::from(
            ((a == 0xE2) & (spaces | ((b == 0x81) & (c == 0x9F))))
                | ((a == 0xE3) & (b == 0x80) & (c == 0x80))
                | ((a == 0xEF) & (b == 0xBB) & (c == 0xBF))
                | ((a == 0xE1) & (b == 0x9A) & (c == 0x80))
                | ((a == 0xC2) & ((b == 0x85) | (b == 0xA0))),
        )
    });
    is_wide.fold(0, u8::wrapping_add)
}

/// Whether a sentence ends at `c` wherever it stands in the line.
#[inline]
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// Whether a line that ends in `c` needs no next line. A dash and a colon announce something,
/// but the line is complete.
#[inline]
pub(super) fn closes_line(c: char) -> bool {
    ends_sentence(c) || matches!(c, '…' | '；' | ';' | '：' | ':' | '.' | '—' | '．')
}

/// Whether `c` only separates parts of a sentence.
#[inline]
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, '，' | ',' | '、')
}

/// Whether `c` opens a quotation or a bracket. The straight `"` has no side and does not count.
#[inline]
pub(super) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '（' | '(' | '《' | '〈' | '【' | '〔' | '[')
}

/// Whether `c` closes a quotation or a bracket.
#[inline]
pub(super) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '〉' | '】' | '〕' | ']')
}

/// Whether `c` is set before a line as a mark: before a byline, a quotation, an item.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '□' | '■'
            | '◆'
            | '◇'
            | '●'
            | '○'
            | '◎'
            | '★'
            | '☆'
            | '▲'
            | '△'
            | '▼'
            | '▶'
            | '►'
            | '※'
            | '•'
    )
}

/// Whether a line cannot begin with `c`: it ties to the character before it.
pub(super) fn is_bound(c: char) -> bool {
    closes(c)
        || is_comma(c)
        || matches!(c, '的' | '了' | '着' | '们' | '們' | '等' | '。' | '；' | '：' | '！' | '？')
}

/// Whether a headline cannot end in `c`: the character wants something after it.
pub(super) fn is_function(c: char) -> bool {
    "的和与與及在对對把被将將从從向以并並或而之于於由让讓使是因且但".contains(c)
}

/// Whether `c` is a circled or bracketed number, as it counts the parts of a series.
pub(super) fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249B}' | '\u{3220}'..='\u{3229}')
}

/// Whether `c` is a numeral as it is used to count sections.
pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９') || "〇零一二三四五六七八九十百千两兩".contains(c)
}

/// Whether `c` is a lower-case letter of pinyin with its tone.
pub(super) fn is_toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ".contains(c)
}

/// Characters that open a name. One-character surnames in order of frequency, in both scripts.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧\
蕭肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方\
石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺\
賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢\
焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲\
成游阳陽裴席卫衛查屈鲍鮑覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解柴华華车車冉房边邊辜吉\
饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮嵺苟褚廉简簡娄婁盖蓋符奚木穆党黨燕郎邸冀谈談姬屠\
连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍巩鞏稽井练練仲乐樂虞卞封竺冼官衣\
楚佟栗匡宗应應台巫鞠僧桑荆荊谌諶银銀扬揚沙伏岑习習胥蔺藺云雲";

/// Surnames of two characters.
const DOUBLE_SURNAMES: [&str; 10] =
    ["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "皇甫", "司徒"];

/// Whether `word` has the form of a Chinese personal name: a known surname and one or two
/// characters, or a foreign name with a middle dot.
pub(crate) fn is_name(word: &str) -> bool {
    let length = word.chars().take(5).count();
    let double = || DOUBLE_SURNAMES.iter().any(|surname| word.starts_with(surname));
    let single = || word.chars().next().is_some_and(|c| SURNAMES.contains(c));
    let han = (2..=4).contains(&length) && word.chars().all(is_han);
    (han && ((length < 4 && single()) || (length > 2 && double()))) || is_foreign_name(word)
}

/// Whether `word` may be a name where a name is expected: two to four Chinese characters.
pub(super) fn may_be_name(word: &str) -> bool {
    is_foreign_name(word)
        || ((2..=4).contains(&word.chars().take(5).count()) && word.chars().all(is_han))
}

fn is_foreign_name(word: &str) -> bool {
    let dot = |c: char| c == '·' || c == '•' || c == '．';
    if word.len() > 60 || !word.contains(dot) {
        return false;
    }
    let letters = word.chars().filter(|&c| !dot(c)).count();
    (3..=14).contains(&letters)
        && word.chars().all(|c| is_han(c) || dot(c))
        && !word.starts_with(dot)
        && !word.ends_with(dot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_told_by_their_first_byte() {
        for (text, count) in [
            ("", 0),
            ("\u{4000}雨停了\u{9FFF}", 5),
            ("雨停了。雨", 3),
            ("\u{3FFF}雨", 0),
            ("雨\u{A000}", 1),
        ] {
            assert_eq!(leading_han(text.as_bytes()), count, "{text}");
        }
        assert!(('\u{4000}'..='\u{9FFF}').all(is_han));
    }

    #[test]
    fn blanks_are_found_as_by_decoding() {
        for text in ["", "雨停了", "雨停了 ", "\u{3000}雨", "a，雨\u{FEFF}停\n了", "雨，\u{2029}"]
        {
            let found = text.char_indices().find(|&(_, c)| is_blank(c));
            let want = found.map(|(at, c)| (at, at + c.len_utf8()));
            assert_eq!(find_blank(text), want, "{text}");
        }
    }

    #[test]
    fn every_blank_is_counted_and_nothing_else() {
        for c in '\0'..=char::MAX {
            let blanks = usize::from(is_blank(c));
            assert_eq!(count_blanks(c.encode_utf8(&mut [0; 4])), blanks, "{c:?}");
            assert_eq!(count_blanks(&format!("雨{c}停")), blanks, "{c:?}");
        }
        assert_eq!(count_blanks("\u{3000}　雨 停\r\n了\u{a0}"), 6);
    }

    #[test]
    fn names() {
        for yes in ["王明", "陈晓婉", "欧阳小山", "司马光", "约翰·史密斯", "張麗"]
        {
            assert!(is_name(yes), "{yes}");
        }
        for no in ["王", "的确", "张家口市", "经济", "abc", "", "·王明", "张 明"] {
            assert!(!is_name(no), "{no}");
        }
        assert!(may_be_name("濮存昕"));
        assert!(!may_be_name("经济技术开发区"));
    }
}
