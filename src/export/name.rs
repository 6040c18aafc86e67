//! Names for files.

/// Characters of a name at most: with three bytes each it stays well below the 255 bytes that file
/// systems allow.
const LONGEST: usize = 60;

/// A file name made from a title or another text of any origin, without an ending: what no file system
/// minds and no shell trips over. `fallback` if nothing is left.
///
/// ```
/// use zhaidu::export::file_name;
///
/// assert_eq!(file_name("../桥头 / 灯？", "export"), "桥头-灯");
/// assert_eq!(file_name("../..", "export"), "export");
/// ```
pub fn file_name(title: &str, fallback: &str) -> String {
    let kept: String = title
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '_' | '《' | '》' | '·' | '—') {
                c
            } else {
                ' '
            }
        })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name: String = words.join("-").chars().take(LONGEST).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { fallback.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless() {
        for (title, name) in [
            ("石板路上", "石板路上"),
            ("", "export"),
            ("-rf *", "rf"),
            (".hidden\u{1b}[31m", "hidden-31m"),
            ("a/b\\c:d|e<f>g\"h", "a-b-c-d-e-f-g-h"),
            ("$(reboot) `x` ; &", "reboot-x"),
            ("“十三五”：开局\n副题", "十三五-开局-副题"),
            ("\u{202e}txt.exe", "txt-exe"),
        ] {
            assert_eq!(file_name(title, "export"), name, "{title:?}");
        }
        assert_eq!(file_name(&"雨".repeat(500), "export").chars().count(), LONGEST);
    }
}
