//! Whether the background of the terminal is dark or light.

use std::env;

/// The background of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// White can be read on it better than black.
    Dark,
    /// Black can be read on it better than white.
    Light,
}

impl Background {
    /// What a background with these shares of red, green and blue, from 0 to 1, is.
    ///
    /// The contrast of two colours is (L1 + 0.05) / (L2 + 0.05) by their relative luminance (WCAG 2.1,
    /// "contrast ratio"). That with black, of 0, and that with white, of 1, are equal at
    /// √(1.05 · 0.05) − 0.05.
    pub fn of(colour: [f64; 3]) -> Self {
        let middle = (1.05_f64 * 0.05).sqrt() - 0.05;
        if luminance(colour) > middle { Self::Light } else { Self::Dark }
    }

    /// What the variable `COLORFGBG` says, which rxvt and Konsole set: numbers of colours, that of the
    /// background last. Vim takes it as dark from 0 to 6 and at 8.
    pub(super) fn of_environment() -> Option<Self> {
        Self::of_colorfgbg(env::var("COLORFGBG").ok()?.as_str())
    }

    fn of_colorfgbg(value: &str) -> Option<Self> {
        match value.rsplit(';').next()?.parse::<u8>().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }
}

/// The relative luminance of a colour in sRGB (WCAG 2.1, "relative luminance"), from 0 to 1.
pub fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |share: f64| {
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let weights = [0.2126, 0.7152, 0.0722];
    colour.into_iter().map(linear).zip(weights).map(|(share, weight)| share * weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backgrounds_that_people_have_are_told_apart() {
        for (hex, expected) in [
            (0x00_0000, Background::Dark),
            (0x28_2c34, Background::Dark),
            (0x00_2b36, Background::Dark),
            (0x30_0a24, Background::Dark),
            (0x00_00ff, Background::Dark),
            (0x76_7676, Background::Light),
            (0x74_7474, Background::Dark),
            (0xfd_f6e3, Background::Light),
            (0xff_ffdd, Background::Light),
            (0xff_ffff, Background::Light),
        ] {
            let [_, r, g, b] = u32::to_be_bytes(hex);
            let shares = [r, g, b].map(|part| f64::from(part) / 255.0);
            assert_eq!(Background::of(shares), expected, "{hex:06x}");
        }
    }

    #[test]
    fn the_variable_of_rxvt_is_understood_or_left() {
        for (value, expected) in [
            ("15;0", Some(Background::Dark)),
            ("0;15", Some(Background::Light)),
            ("0;default;7", Some(Background::Light)),
            ("7;8", Some(Background::Dark)),
            ("15;default", None),
            ("0;16", None),
            ("", None),
            (";", None),
        ] {
            assert_eq!(Background::of_colorfgbg(value), expected, "{value}");
        }
    }
}
