//! A control sequence of a terminal, and the numbers in it.

/// A control sequence `CSI parameters intermediates final` (ECMA-48, 5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Control {
    /// Parameters and intermediates as they were sent; always ASCII.
    body: Vec<u8>,
    /// The final byte.
    pub(in crate::tui) end: u8,
}

impl Control {
    /// A sequence that has come whole.
    pub(super) fn new(body: Vec<u8>, end: u8) -> Self {
        Self { body, end }
    }

    /// The numbers, if there is nothing else: no private mark, no intermediate. One left out is 0,
    /// one too large the largest.
    pub(in crate::tui) fn numbers(&self) -> Option<Vec<u16>> {
        numbers(&self.body)
    }

    /// The same behind this mark, such as `?`.
    pub(in crate::tui) fn private_numbers(&self, mark: u8) -> Option<Vec<u16>> {
        numbers(self.body.strip_prefix(&[mark])?)
    }

    /// The numbers of a report of the mouse in the form of SGR (mode 1006): the button, the column, the
    /// row. A report is written by a machine, so one that leaves a number out is none.
    pub(in crate::tui) fn mouse_numbers(&self) -> Option<[u16; 3]> {
        let body = self.body.strip_prefix(b"<")?;
        let are_whole = body.split(|byte| *byte == b';').all(|digits| !digits.is_empty());
        numbers(body).filter(|_| are_whole)?.try_into().ok()
    }

    /// The number of a function key of the Linux console, `CSI [ A` to `CSI [ E`.
    pub(in crate::tui) fn console(&self) -> Option<u8> {
        (self.body == b"[" && (b'A'..=b'E').contains(&self.end)).then(|| self.end - b'A' + 1)
    }

    /// The numbers between `?` and `$`, as in the report of a mode.
    pub(in crate::tui) fn mode_numbers(&self) -> Option<Vec<u16>> {
        numbers(self.body.strip_prefix(b"?")?.strip_suffix(b"$")?)
    }
}

fn numbers(body: &[u8]) -> Option<Vec<u16>> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u16, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| u16::from(digit - b'0'))?;
            Some(number.saturating_mul(10).saturating_add(digit))
        })
    };
    body.split(|byte| *byte == b';').map(number).collect()
}
