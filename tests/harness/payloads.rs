//! What texts have been given to attack terminals, by family.

use std::collections::BTreeSet;

/// All payloads, each once.
pub(crate) fn payloads() -> Vec<String> {
    let mut all = BTreeSet::new();
    all.extend(control_sequences());
    all.extend(strings());
    all.extend(escapes());
    all.extend(single_characters());
    all.extend(broken_off());
    all.extend(mixed().map(ToOwned::to_owned));
    all.into_iter().collect()
}

/// Moving, erasing, scrolling, modes, attributes, questions, window operations (ECMA-48 and
/// xterm's control sequences), each with its 7-bit and its 8-bit introducer.
fn control_sequences() -> Vec<String> {
    let bodies = [
        "A",
        "99B",
        "7C",
        "D",
        "E",
        "F",
        "1G",
        "H",
        "9;9H",
        "9;9f",
        "J",
        "2J",
        "3J",
        "K",
        "1K",
        "2K",
        "9L",
        "9M",
        "9P",
        "9S",
        "9T",
        "9X",
        "9@",
        "9b",
        "Z",
        "3g",
        "r",
        "5;9r",
        "s",
        "u",
        "4h",
        "20h",
        "?1h",
        "?3h",
        "?5h",
        "?6h",
        "?7l",
        "?25h",
        "?47h",
        "?1000h",
        "?1003h",
        "?1006h",
        "?1049h",
        "?1049l",
        "?2004h",
        "?2026h",
        "m",
        "31m",
        "7m",
        "8m",
        "38;2;1;2;3m",
        "4:3m",
        "58:5:1m",
        "c",
        ">c",
        "=c",
        "5n",
        "6n",
        "?6n",
        "x",
        "0q",
        ">q",
        "!p",
        "?2026$p",
        "21t",
        "14t",
        "8;9;9t",
        "22;0t",
        ">4;2m",
        ">1u",
        "=5;1u",
        "?u",
        "1;1;9;9$z",
        "1;1;9;9;1;1;9;9$v",
        "61\"p",
        "1 q",
        "1\"q",
        "9;9;9'z",
    ];
    bodies.iter().flat_map(|body| [format!("\u{1b}[{body}"), format!("\u{9b}{body}")]).collect()
}

/// Titles, colours, clipboard, links, notifications, images, requests for settings: strings of the
/// kinds OSC, DCS, APC, PM and SOS, with every way to end them.
fn strings() -> Vec<String> {
    let bodies = [
        ("\u{1b}]", "\u{9d}", "0;PWNED"),
        ("\u{1b}]", "\u{9d}", "2;PWNED"),
        ("\u{1b}]", "\u{9d}", "4;1;rgb:0/0/0"),
        ("\u{1b}]", "\u{9d}", "7;file:///PWNED"),
        ("\u{1b}]", "\u{9d}", "8;;http://pwned.invalid"),
        ("\u{1b}]", "\u{9d}", "9;PWNED"),
        ("\u{1b}]", "\u{9d}", "10;?"),
        ("\u{1b}]", "\u{9d}", "11;?"),
        ("\u{1b}]", "\u{9d}", "50;PWNED"),
        ("\u{1b}]", "\u{9d}", "52;c;UFdORUQ="),
        ("\u{1b}]", "\u{9d}", "52;c;?"),
        ("\u{1b}]", "\u{9d}", "66;w=2;PWNED"),
        ("\u{1b}]", "\u{9d}", "104"),
        ("\u{1b}]", "\u{9d}", "133;A"),
        ("\u{1b}]", "\u{9d}", "777;notify;PWNED;PWNED"),
        ("\u{1b}]", "\u{9d}", "1337;File=inline=1:UFdORUQ="),
        ("\u{1b}]", "\u{9d}", "lPWNED"),
        ("\u{1b}P", "\u{90}", "$q\"p"),
        ("\u{1b}P", "\u{90}", "+q544e"),
        ("\u{1b}P", "\u{90}", "q#0;2;0;0;0~"),
        ("\u{1b}P", "\u{90}", "tmux;\u{1b}\u{1b}]0;PWNED\u{7}"),
        ("\u{1b}P", "\u{90}", "0;1|17/17"),
        ("\u{1b}_", "\u{9f}", "Gi=1;PWNED"),
        ("\u{1b}^", "\u{9e}", "PWNED"),
        ("\u{1b}X", "\u{98}", "PWNED"),
        ("\u{1b}k", "\u{1b}k", "PWNED"),
    ];
    let ends = ["\u{7}", "\u{1b}\\", "\u{9c}"];
    let each = |(seven, eight, body): &(&str, &str, &str)| {
        let ended = ends.map(|end| format!("{seven}{body}{end}"));
        ended.into_iter().chain([format!("{eight}{body}\u{9c}")]).collect::<Vec<_>>()
    };
    bodies.iter().flat_map(each).collect()
}

/// Resets, character sets, cursor keeping, keypads.
fn escapes() -> Vec<String> {
    let bodies = [
        "c", "7", "8", "D", "E", "H", "M", "N", "O", "V", "W", "Z", "=", ">", "n", "o", "~", "|",
        "}", "(0", "(B", ")0", "*A", "+A", "-A", "%@", "%G", "#3", "#8", " F", " G", "l", "m",
    ];
    bodies.map(|body| format!("\u{1b}{body}")).into()
}

/// Controls alone, and what is not seen but changes what is.
fn single_characters() -> Vec<String> {
    let controls = ('\u{1}'..='\u{1f}').chain(['\u{7f}']).filter(|c| *c != '\n');
    let eight_bit = '\u{80}'..='\u{9f}';
    let marks = [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{180e}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{2028}',
        '\u{2029}',
        '\u{202a}',
        '\u{202b}',
        '\u{202c}',
        '\u{202d}',
        '\u{202e}',
        '\u{2060}',
        '\u{2063}',
        '\u{2066}',
        '\u{2067}',
        '\u{2068}',
        '\u{2069}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff9}',
        '\u{fffb}',
        '\u{fffe}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e007f}',
        '\u{e0100}',
        '\u{f0000}',
        '\u{10ffff}',
        '\u{e000}',
        '\u{fdd0}',
        '\u{1d173}',
    ];
    controls.chain(eight_bit).chain(marks).map(String::from).collect()
}

/// Sequences that are not ended, so that what follows becomes a part of them.
fn broken_off() -> Vec<String> {
    let bodies = [
        "\u{1b}",
        "\u{1b}[",
        "\u{1b}[1;",
        "\u{1b}]0;",
        "\u{1b}P",
        "\u{1b}_",
        "\u{9b}",
        "\u{9d}0;",
        "\u{90}",
    ];
    bodies.map(ToOwned::to_owned).into()
}

fn mixed() -> impl Iterator<Item = &'static str> {
    [
        "\r\u{1b}[A\u{1b}[2K",
        "\u{8}\u{8}\u{8}PWNED",
        "\u{e}PWNED\u{f}",
        "\u{202e}\u{2066}DENWP\u{2069}\u{202c}",
        "\u{1b}\u{200b}]0;PWNED\u{7}",
        "\u{1b}\u{1b}[31m",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "👍\u{1f3fd}",
        "1\u{fe0f}\u{20e3}",
        "ｶﾞﾊﾟ",
        "\u{1100}\u{1161}\u{11a8}\u{11a8}",
    ]
    .into_iter()
}

#[test]
fn there_are_enough_of_them() {
    assert!(payloads().len() >= 300, "{}", payloads().len());
}
