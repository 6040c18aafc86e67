//! The characters that every text is full of.
//!
//! A third to two thirds of any Chinese text are a few hundred characters. Bytes read in the wrong
//! encoding give characters from all over the table instead, and that shows after a handful.

/// A set of characters from one block, as a bitmap that is made at compile time.
pub(super) struct CharSet<const WORDS: usize> {
    first: u32,
    bits: [u64; WORDS],
}

impl<const WORDS: usize> CharSet<WORDS> {
    /// The characters of `text` that lie within `WORDS * 64` code points from `first` on and take
    /// three bytes in UTF-8; all others are left out.
    const fn new(first: char, text: &str) -> Self {
        let first = first as u32;
        let mut bits = [0; WORDS];
        let bytes = text.as_bytes();
        let mut at = 0;
        while at + 2 < bytes.len() {
            if bytes[at] & 0xF0 != 0xE0 {
                at += 1;
                continue;
            }
            let code = (bytes[at] as u32 & 0x0F) << 12
                | (bytes[at + 1] as u32 & 0x3F) << 6
                | (bytes[at + 2] as u32 & 0x3F);
            if code >= first && ((code - first) / 64) < WORDS as u32 {
                let place = code - first;
                bits[(place / 64) as usize] |= 1 << (place % 64);
            }
            at += 3;
        }
        Self { first, bits }
    }

    /// Whether the character is in the set.
    pub(super) fn contains(&self, character: char) -> bool {
        let Some(place) = u32::from(character).checked_sub(self.first) else {
            return false;
        };
        self.bits.get((place / 64) as usize).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

/// Frequent Han characters, simplified and traditional. One set serves both: no encoding that
/// holds only one kind can be misread into the other by chance.
pub(super) static HAN: CharSet<328> = CharSet::new('\u{4E00}', HAN_TEXT);

/// Frequent Korean syllables.
pub(super) static HANGUL: CharSet<175> = CharSet::new('\u{AC00}', HANGUL_TEXT);

const HAN_TEXT: &str = "
的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所
然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与
长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己
制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系
气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便
空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望
觉术领共确传师观清今切院让识候带导争运息级组织百千亿元率供需医校群众居县省镇村农企技服城环境健康育投源网络究团
改革项目研推济称介绍附近昨前届首批余名负责每集约周末旁座树茶河湖桥车站线路票馆店楼座楼室间课班老街厂房船岸近
显示查段江米图纸懂休呢吗吧跟朝够差远快慢早晚饭吃喝找拿坐站跑送买卖钱块张双且虽却仍刚才曾经常往往往越既或若何
们來國說時會對這個為於後發過裡裏樣種經學現動還進開從實軍無與長機關點業將兩間問應戰頭體見產當爾氣題變總電數報
結務場計資區隊決馬設則聽卻達強難權類據張規萬覺領確傳師觀讓識導爭運號標準備農縣濟項環億網絡醫興術書東聲話員條
給邊處義認別門風車連親愛兒紅錢滿滿單獨歡讀寫寫買賣聯歷處構質選舉帶紀續維護織級組約紹響順須顯願預領類驗麼麗舊
";

const HANGUL_TEXT: &str = "
이다는의에을를가은로고하지한도서사기자대시정인부일리들수장제해그보전아어나과있것라년원상주성국동신조만공
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_its_characters_and_no_others() {
        for text in [HAN_TEXT, HANGUL_TEXT] {
            for character in text.chars().filter(|c| !c.is_whitespace()) {
                assert!(HAN.contains(character) || HANGUL.contains(character), "{character}");
            }
        }
        for character in ['\0', 'a', '。', '鬱', '澪', '뷁', '\u{FFFD}', '\u{10FFFF}'] {
            assert!(!HAN.contains(character) && !HANGUL.contains(character), "{character}");
        }
    }
}
