//! Texts of the exported files in few bytes: the letters of one window, as Thai ones, are written as one byte each
//! instead of the three of UTF-8. `docs/ranking.md` ("Files") is the description for both sides.

/// First characters of windows to choose from: scripts whose letters need two or three bytes.
const WINDOWS: [u32; 14] =
    [0x391, 0x410, 0x531, 0x5d0, 0x621, 0x901, 0x985, 0xb85, 0xe01, 0xe81, 0x1000, 0x10d0, 0x1780, 0x3041];
/// Characters in a window: as many as [`sign`] has signs.
const SIZE: u32 = 90;
/// Enters and leaves the window; doubled it stands for itself.
const SWITCH: char = '`';
/// Fewest letters in a window that pays, of a hundred beyond ASCII.
const PAYS: u64 = 30;

/// The sign of a place in the window: printable ASCII but for the space, `"`, `<`, `\` and the switch.
fn sign(place: u32) -> char {
    let mut sign = place + 0x21;
    for passed in ['"', '<', '\\', SWITCH] {
        sign += u32::from(sign >= passed as u32);
    }
    char::from_u32(sign).unwrap_or(' ')
}

/// Letters of texts by window.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    windows: [u64; WINDOWS.len()],
    beyond: u64,
}

impl Letters {
    /// Of a text.
    pub(super) fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        // Windows do not overlap, and a letter is mostly in the one of the letter before.
        let mut last = 0;
        let within = |c: u32, window: usize| c.wrapping_sub(WINDOWS[window]) < SIZE;
        for c in text.chars().map(u32::from).filter(|&c| c > 0x7f) {
            letters.beyond += 1;
            if !within(c, last) {
                let Some(other) = (0..WINDOWS.len()).find(|&window| within(c, window)) else { continue };
                last = other;
            }
            letters.windows[last] += 1;
        }
        letters
    }

    /// Of two texts.
    #[must_use]
    pub(super) fn and(mut self, other: Letters) -> Letters {
        for (count, more) in self.windows.iter_mut().zip(other.windows) {
            *count += more;
        }
        self.beyond += other.beyond;
        self
    }

    /// First character of the window with the most letters; 0 where none pays.
    pub(super) fn window(&self) -> u32 {
        let best = self.windows.iter().zip(WINDOWS).max_by_key(|&(count, start)| (*count, u32::MAX - start));
        best.filter(|&(&count, _)| count > 0 && count * 100 >= self.beyond * PAYS).map_or(0, |(_, start)| start)
    }
}

/// A text as it is exported; it begins in the window.
pub fn pack(text: &str, window: u32) -> String {
    if window == 0 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() / 2);
    let mut within = true;
    for c in text.chars() {
        let code = u32::from(c);
        if c == SWITCH {
            out.extend([SWITCH, SWITCH]);
        } else if code >= window && code < window + SIZE {
            if !within {
                out.push(SWITCH);
                within = true;
            }
            out.push(sign(code - window));
        } else {
            // What needs no switch: blanks, controls, and characters of other scripts.
            if within && (0x21..0x7f).contains(&code) {
                out.push(SWITCH);
                within = false;
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the script reads it.
    fn unpacked(packed: &str, window: u32) -> String {
        let places: Vec<char> = (0..SIZE).map(sign).collect();
        let mut within = true;
        let mut out = String::new();
        let mut chars = packed.chars().peekable();
        while let Some(c) = chars.next() {
            match places.iter().position(|&sign| sign == c) {
                _ if c == SWITCH && chars.peek() == Some(&SWITCH) => {
                    chars.next();
                    out.push(SWITCH);
                }
                _ if c == SWITCH => within = !within,
                Some(place) if within => out.extend(char::from_u32(window + place as u32)),
                _ => out.push(c),
            }
        }
        out
    }

    #[test]
    fn packs_and_unpacks() {
        assert_eq!((sign(0), sign(SIZE - 1)), ('!', '~'));
        for text in ["", "โรงเรียน", "ครู 12 คน (PLC)", "`a` ก`ข```", "ก“ข”日本😀", "a\nข\u{7}\u{7f}", "\"<\\"]
        {
            let packed = pack(text, 0xe01);
            assert_eq!(unpacked(&packed, 0xe01), text, "{packed}");
        }
        assert_eq!(pack("โรงเรียน", 0xe01).len(), 8);
        assert_eq!(pack("abc", 0), "abc");
    }

    #[test]
    fn the_window_is_that_of_most_letters() {
        assert_eq!(Letters::of("ครู and teachers").window(), 0xe01);
        assert_eq!(Letters::of("teachers").window(), 0);
        assert_eq!(Letters::of("日本語文章漢字多数の本").window(), 0);
        assert_eq!(Letters::of("ລາວ").and(Letters::of("ภาษา")).window(), 0xe01);
    }
}
