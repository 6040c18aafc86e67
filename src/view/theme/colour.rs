//! Colours as they are written, and the nearest of those that a terminal has.

use ratatui::style::Color;

/// The colours with names: the sixteen of the terminal in the order of their numbers, and that which
/// it has by itself.
pub(super) const NAMES: [(&str, Color); 17] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
    ("default", Color::Reset),
];

/// Levels of the cube of colours 16 to 231 (xterm, 256colres.pl).
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
/// Where the cube begins, and where the greys behind it do.
const CUBE: u8 = 16;
const GREYS: u8 = 232;

/// The colour that is written so: a name, a number up to 255, or `#rrggbb`.
pub(super) fn parse(text: &str) -> Option<Color> {
    if let Some((_, colour)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(*colour);
    }
    if let Some(digits) = text.strip_prefix('#') {
        let is_sound = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return is_sound.then(|| u32::from_str_radix(digits, 16).ok().map(Color::from_u32))?;
    }
    // A sign is no digit.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok().map(numbered))?
}

/// The colour with a number; the first sixteen are those with names.
pub(super) fn numbered(number: u8) -> Color {
    let named = NAMES.get(usize::from(number)).filter(|_| number < CUBE);
    named.map_or(Color::Indexed(number), |(_, colour)| *colour)
}

/// How a colour is written.
pub(super) fn name(colour: Color) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(number) => number.to_string(),
        named => {
            let name = NAMES.iter().find(|(_, colour)| *colour == named);
            name.map_or("default", |(name, _)| name).to_owned()
        }
    }
}

/// Red, green and blue of a colour that is the same on every terminal; `None` for those that a person
/// or a terminal chose.
pub fn rgb(colour: Color) -> Option<[u8; 3]> {
    match colour {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(number) if number >= GREYS => Some([8 + 10 * (number - GREYS); 3]),
        Color::Indexed(number) if number >= CUBE => {
            let place = number - CUBE;
            let level = |digit: u8| LEVELS.get(usize::from(digit % 6)).copied().unwrap_or_default();
            Some([level(place / 36), level(place / 6), level(place)])
        }
        _ => None,
    }
}

/// The nearest of the colours from 16 to 255, by the distance of red, green and blue. The first
/// sixteen are not among them: nobody knows what they look like.
pub(super) fn nearest_of_256(colour: Color) -> Color {
    let Color::Rgb(r, g, b) = colour else { return colour };
    let distance = |number: u8| {
        let there = rgb(Color::Indexed(number)).unwrap_or_default();
        let squares =
            there.into_iter().zip([r, g, b]).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2));
        squares.sum::<u32>()
    };
    Color::Indexed((CUBE..=u8::MAX).min_by_key(|number| distance(*number)).unwrap_or(CUBE))
}

/// Whether every terminal with colours has it.
pub(super) fn is_named(colour: Color) -> bool {
    !matches!(colour, Color::Rgb(..) | Color::Indexed(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_written_back() {
        for (text, colour) in [
            ("green", Some(Color::Green)),
            ("bright-white", Some(Color::White)),
            ("default", Some(Color::Reset)),
            ("#1a2B3c", Some(Color::Rgb(0x1a, 0x2b, 0x3c))),
            ("245", Some(Color::Indexed(245))),
            ("2", Some(Color::Green)),
            ("256", None),
            ("-1", None),
            ("#fff", None),
            ("#12345g", None),
            ("#1234567", None),
            ("Green", None),
            ("", None),
        ] {
            assert_eq!(parse(text), colour, "{text}");
            let back = colour.map(name);
            assert!(back.is_none_or(|name| parse(&name) == colour), "{text}");
        }
    }

    #[test]
    fn the_nearest_colour_is_the_colour_itself_where_it_is_there() {
        for (colour, nearest) in [
            ([0, 0, 0], 16),
            ([95, 135, 175], 67),
            ([255, 255, 255], 231),
            ([0x80, 0x80, 0x80], 244),
            ([0x2b, 0x2d, 0x30], 236),
        ] {
            let [r, g, b] = colour;
            assert_eq!(nearest_of_256(Color::Rgb(r, g, b)), Color::Indexed(nearest), "{colour:?}");
        }
        for number in CUBE..=u8::MAX {
            let [r, g, b] = rgb(Color::Indexed(number)).unwrap();
            let same = rgb(nearest_of_256(Color::Rgb(r, g, b)));
            assert_eq!(same, Some([r, g, b]));
        }
    }
}
