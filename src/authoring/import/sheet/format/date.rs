//! Days and times laid out by a format code.

use super::Shown;
use super::code::{Section, Token};
use crate::text::digits::to_thai;
use crate::text::era::{BE_OFFSET, Date, MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT};

impl Section {
    /// A day, a time of day, or the time that has passed.
    pub(super) fn date(&self, value: f64, from_1904: bool) -> Option<Shown> {
        let seconds = (value * 86_400.0).round();
        let (day, second) = (seconds.div_euclid(86_400.0), seconds.rem_euclid(86_400.0) as i64);
        if self.tokens.iter().any(|t| matches!(t, Token::Elapsed(..))) {
            return Some(Shown::Text(self.clock(None, second, seconds.abs() as i64, value < 0.0)));
        }
        // Days count from 30 December 1899; before March 1900 Excel is a day ahead (it knows a 29 February 1900).
        let base = if from_1904 { -24_107 } else { -25_569 };
        let early = i64::from(!from_1904 && (1.0..60.0).contains(&day));
        let date = (day >= 0.0).then(|| Date::from_days(day as i64 + base + early)).flatten()?;
        let has_day = self.tokens.iter().any(|t| matches!(t, Token::Date('y' | 'd' | 'b' | 'e', _)))
            || (self.tokens.iter().any(|t| matches!(t, Token::Date('m', 3..))));
        let text = self.clock(Some(date), second, 0, false);
        let text = if self.thai_digits { to_thai(&text).into_owned() } else { text };
        Some(if has_day { Shown::Date(date, text) } else { Shown::Text(text) })
    }

    fn clock(&self, date: Option<Date>, second: i64, elapsed: i64, negative: bool) -> String {
        let half = self.tokens.contains(&Token::HalfDay);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let mut out = String::from(if negative { "-" } else { "" });
        for (i, token) in self.tokens.iter().enumerate() {
            let minutes = || {
                let near = |t: &&Token| matches!(t, Token::Date(..) | Token::Elapsed(..));
                let before = self.tokens[..i].iter().rev().find(near);
                let after = self.tokens[i + 1..].iter().find(near);
                matches!(before, Some(Token::Date('h', _) | Token::Elapsed('h', _)))
                    || matches!(after, Some(Token::Date('s', _) | Token::Elapsed('s', _)))
            };
            let two = |n: i64, length: usize| if length > 1 { format!("{n:02}") } else { n.to_string() };
            match token {
                Token::Elapsed(letter, n) => {
                    let passed = elapsed
                        / if *letter == 'h' {
                            3600
                        } else if *letter == 'm' {
                            60
                        } else {
                            1
                        };
                    out.push_str(&format!("{passed:0n$}"));
                }
                Token::Date('h', n) if half => out.push_str(&two((hour + 11) % 12 + 1, *n)),
                Token::Date('h', n) => out.push_str(&two(hour, *n)),
                Token::Date('s', n) => out.push_str(&two(second % 60, *n)),
                Token::Date('m', n) if *n < 3 && minutes() => out.push_str(&two(minute, *n)),
                Token::HalfDay => out.push_str(if hour < 12 { "AM" } else { "PM" }),
                Token::Date(letter, n) => out.push_str(&date.map_or_else(String::new, |d| self.day(d, *letter, *n))),
                Token::Literal(text) => out.push_str(text),
                Token::Slash => out.push('/'),
                Token::Comma => out.push(','),
                Token::Point => out.push('.'),
                Token::Digit(_) => out.push('0'),
                _ => {}
            }
        }
        out.trim().to_string()
    }

    fn day(&self, date: Date, letter: char, n: usize) -> String {
        let month = usize::from(date.month).clamp(1, 12) - 1;
        let year = if self.buddhist || letter == 'b' { date.year + BE_OFFSET } else { date.year };
        match (letter, n) {
            ('y' | 'b', 1..=2) => format!("{:02}", year.rem_euclid(100)),
            ('y' | 'b' | 'e', _) => year.to_string(),
            ('m', 1) => date.month.to_string(),
            ('m', 2) => format!("{:02}", date.month),
            ('m', 3) if self.thai => MONTHS_TH_SHORT[month].to_string(),
            ('m', 3) => MONTHS_EN[month][..3].to_string(),
            ('m', 5..) => (if self.thai { MONTHS_TH[month] } else { MONTHS_EN[month] }).chars().take(1).collect(),
            ('m', _) if self.thai => MONTHS_TH[month].to_string(),
            ('m', _) => MONTHS_EN[month].to_string(),
            ('d', 1) => date.day.to_string(),
            ('d', 2) => format!("{:02}", date.day),
            ('d', n) => weekday(date, self.thai, n == 3),
            _ => String::new(),
        }
    }
}

fn weekday(date: Date, thai: bool, short: bool) -> String {
    let place = (date.days() + 3).rem_euclid(7) as usize;
    let (th, en) = [
        (("จันทร์", "จ."), "Monday"),
        (("อังคาร", "อ."), "Tuesday"),
        (("พุธ", "พ."), "Wednesday"),
        (("พฤหัสบดี", "พฤ."), "Thursday"),
        (("ศุกร์", "ศ."), "Friday"),
        (("เสาร์", "ส."), "Saturday"),
        (("อาทิตย์", "อา."), "Sunday"),
    ][place];
    match (thai, short) {
        (true, true) => th.1.into(),
        (true, false) => th.0.into(),
        (false, true) => en[..3].into(),
        (false, false) => en.into(),
    }
}
