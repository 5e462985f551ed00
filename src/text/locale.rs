//! How a language writes: direction, numbers, lists, plural forms and dates. A language is given by its BCP 47 tag.
//!
//! Direction, numbers and plural forms are the CLDR data of ICU4X. `icu_datetime` would give dates too, but switches on a feature of a crate
//! below Typst; the long dates of the languages in [`DATES`] are copied from CLDR 48, others are written `2023-08-15`.
//! English without a region is the world's English: day before month.

use super::era::{BE_OFFSET, Date, MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT, Quarter, Year, YearKind};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::LocaleDirectionality;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What is looked up once per language and thread.
struct Writing {
    numbers: Option<DecimalFormatter>,
    plurals: Option<PluralRules>,
}

fn of(tag: &str) -> Locale {
    tag.parse().unwrap_or(locale!("und"))
}

fn writing(tag: &str) -> Rc<Writing> {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Rc<Writing>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(found) = known.get(tag) {
            return Rc::clone(found);
        }
        let locale = of(tag);
        let made = Rc::new(Writing {
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
            plurals: PluralRules::try_new_cardinal((&locale).into()).ok(),
        });
        known.insert(tag.to_owned(), Rc::clone(&made));
        made
    })
}

/// Whether a language is written from right to left.
pub(crate) fn is_rtl(tag: &str) -> bool {
    LocaleDirectionality::new_extended().is_right_to_left(&of(tag).id)
}

/// A plain decimal number (`-1234.50`) as the language writes it, without zeros at its end; other texts as they are.
pub(crate) fn number(tag: &str, text: &str) -> String {
    let plain = text.strip_prefix('-').unwrap_or(text).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let (Some(numbers), true, Ok(mut value)) = (&writing(tag).numbers, plain, Decimal::try_from_str(text)) else {
        return text.to_owned();
    };
    value.trim_end();
    numbers.format(&value).to_string()
}

/// Values side by side, parted by the comma of the language's script.
pub(crate) fn list(tag: &str, items: &[String]) -> String {
    let of = |languages: &[&str]| languages.iter().any(|language| is(tag, language));
    let comma = match () {
        () if of(&["ja", "zh"]) => "、",
        () if of(&["ar", "fa", "ur", "ps", "ckb"]) => "، ",
        () => ", ",
    };
    items.join(comma)
}

/// The calendar that dates and years are shown in. Both have the same months and days; their years differ by 543.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// Years of the Buddhist era.
    Buddhist,
    /// Years of the Christian era.
    Gregorian,
}

/// Tag, pattern and months: `{d}` day, `{m}` month by name, `{n}` by number, `{y}` year.
#[rustfmt::skip]
const DATES: &[(&str, &str, &str)] = &[
    ("ar", "{d} {m} {y}", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    ("de", "{d}. {m} {y}", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    ("en-US", "{m} {d}, {y}", ""),
    ("es", "{d} de {m} de {y}", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    ("fr", "{d} {m} {y}", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ("he", "{d} ב{m} {y}", "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"),
    ("hi", "{d} {m} {y}", "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"),
    ("id", "{d} {m} {y}", "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
    ("it", "{d} {m} {y}", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    ("ja", "{y}年{n}月{d}日", ""),
    ("km", "{d} {m} {y}", "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"),
    ("ko", "{y}년 {n}월 {d}일", ""),
    ("lo", "{d} {m} {y}", "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ"),
    ("ms", "{d} {m} {y}", "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember"),
    ("nl", "{d} {m} {y}", "januari februari maart april mei juni juli augustus september oktober november december"),
    ("pt", "{d} de {m} de {y}", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    ("ru", "{d} {m} {y} г.", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    ("vi", "{d} tháng {n}, {y}", ""),
    ("zh", "{y}年{n}月{d}日", ""),
];

fn is(tag: &str, language: &str) -> bool {
    tag.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// A year number with its era, where that is not the one which readers of the language expect.
pub(crate) fn era_year(tag: &str, calendar: Calendar, ce: i32) -> String {
    match calendar {
        Calendar::Buddhist if is(tag, "th") => ce.saturating_add(BE_OFFSET).to_string(),
        Calendar::Buddhist => format!("{} BE", ce.saturating_add(BE_OFFSET)),
        Calendar::Gregorian if is(tag, "th") => format!("ค.ศ. {ce}"),
        Calendar::Gregorian => ce.to_string(),
    }
}

/// A date in words: `15 สิงหาคม 2566`, `15 August 2023`.
pub(crate) fn date(tag: &str, calendar: Calendar, date: &Date) -> String {
    let year = era_year(tag, calendar, date.year);
    let month = usize::from(date.month).saturating_sub(1).min(11);
    let found = DATES.iter().find(|(known, ..)| is(tag, known));
    let (pattern, name) = match found {
        Some((_, pattern, months)) => (*pattern, months.split(' ').nth(month).filter(|m| !m.is_empty())),
        None if is(tag, "th") => ("{d} {m} {y}", Some(MONTHS_TH[month])),
        None if is(tag, "en") => ("{d} {m} {y}", Some(MONTHS_EN[month])),
        None => return date.iso(),
    };
    let day = date.day.to_string();
    let number = date.month.to_string();
    let parts = [("{d}", day.as_str()), ("{m}", name.unwrap_or(MONTHS_EN[month])), ("{n}", &number), ("{y}", &year)];
    parts.into_iter().fold(pattern.to_owned(), |text, (mark, part)| text.replace(mark, part))
}

/// As [`date`], in Thai with the month in short: `15 ส.ค. 2566`.
pub(crate) fn short_date(tag: &str, calendar: Calendar, day: &Date) -> String {
    if !is(tag, "th") {
        return date(tag, calendar, day);
    }
    let month = MONTHS_TH_SHORT[usize::from(day.month).saturating_sub(1).min(11)];
    format!("{} {month} {}", day.day, era_year(tag, calendar, day.year))
}

/// A quarter of a fiscal year: `ไตรมาส 1 ปีงบประมาณ 2564`, `Q1 of fiscal year 2021`.
pub(crate) fn quarter(tag: &str, calendar: Calendar, quarter: Quarter) -> String {
    let year = year(tag, calendar, &Year::fiscal(quarter.fiscal_be));
    let number = quarter.number;
    if is(tag, "th") { format!("ไตรมาส {number} {year}") } else { format!("Q{number} of {year}") }
}

/// A year with the word for its kind: `ปีการศึกษา 2564`, `academic year 2021`.
pub(crate) fn year(tag: &str, calendar: Calendar, year: &Year) -> String {
    let number = era_year(tag, calendar, year.ce());
    let thai = is(tag, "th");
    match year.kind {
        YearKind::Calendar if thai && calendar == Calendar::Buddhist => format!("พ.ศ. {number}"),
        YearKind::Calendar => number,
        YearKind::Fiscal if thai => format!("ปีงบประมาณ {number}"),
        YearKind::Fiscal => format!("fiscal year {number}"),
        YearKind::Academic if thai => format!("ปีการศึกษา {number}"),
        YearKind::Academic => format!("academic year {number}"),
    }
}

/// Several years of one kind: `ปีงบประมาณ 2564–2566` where they follow each other, else each number after one word.
pub(crate) fn years(tag: &str, calendar: Calendar, years: &[Year]) -> String {
    let mut sorted = years.to_vec();
    sorted.sort();
    sorted.dedup();
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return String::new() };
    let of_one_kind = first.kind == last.kind;
    if sorted.len() < 2 || !of_one_kind {
        return list(tag, &years.iter().map(|y| year(tag, calendar, y)).collect::<Vec<_>>());
    }
    let number = |y: &Year| era_year(tag, calendar, y.ce()).to_string();
    let follow = sorted.windows(2).all(|pair| pair[1].be == pair[0].be + 1);
    let numbers = if follow {
        format!("{}–{}", number(first), number(last))
    } else {
        list(tag, &sorted.iter().map(number).collect::<Vec<_>>())
    };
    let (one, own) = (year(tag, calendar, first), number(first));
    match (first.kind, is(tag, "th")) {
        (YearKind::Calendar, _) | (_, true) => one.replacen(&own, &numbers, 1),
        (YearKind::Fiscal, _) => format!("fiscal years {numbers}"),
        (YearKind::Academic, _) => format!("academic years {numbers}"),
    }
}

/// The plural form of a count: `zero`, `one`, `two`, `few`, `many` or `other`.
pub(crate) fn plural(tag: &str, count: usize) -> &'static str {
    match writing(tag).plurals.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(count)) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_each_language_writes_them() {
        for (tag, shown) in [("th", "1,234,567.5"), ("en", "1,234,567.5"), ("de", "1.234.567,5"), ("hi", "12,34,567.5")]
        {
            assert_eq!(number(tag, "1234567.50"), shown, "{tag}");
        }
        assert_eq!(number("th", "-1000"), "-1,000");
        assert_eq!(number("th", "ก"), "ก");
        assert_eq!(number("th", "1e9"), "1e9");
    }

    #[test]
    fn dates_as_each_language_writes_them() {
        let day = Date::new(2023, 8, 5).unwrap();
        let (buddhist, gregorian) = (Calendar::Buddhist, Calendar::Gregorian);
        for (tag, calendar, shown) in [
            ("th", buddhist, "5 สิงหาคม 2566"),
            ("th", gregorian, "5 สิงหาคม ค.ศ. 2023"),
            ("en", gregorian, "5 August 2023"),
            ("en", buddhist, "5 August 2566 BE"),
            ("en-US", gregorian, "August 5, 2023"),
            ("ja", gregorian, "2023年8月5日"),
            ("lo", gregorian, "5 ສິງຫາ 2023"),
            ("pt-BR", gregorian, "5 de agosto de 2023"),
            ("sw", gregorian, "2023-08-05"),
        ] {
            assert_eq!(date(tag, calendar, &day), shown, "{tag}");
        }
        assert!(DATES.iter().all(|(.., months)| months.is_empty() || months.split(' ').count() == 12));
        assert_eq!(year("th", buddhist, &Year::new(2564, YearKind::Academic)), "ปีการศึกษา 2564");
        assert_eq!(year("lo", gregorian, &Year::fiscal(2564)), "fiscal year 2021");
    }

    #[test]
    fn years_that_follow_each_other_are_a_range() {
        let fiscal = |of: &[i32]| of.iter().map(|be| Year::fiscal(*be)).collect::<Vec<_>>();
        let th = |of: &[i32]| years("th", Calendar::Buddhist, &fiscal(of));
        assert_eq!(th(&[2564, 2566, 2565]), "ปีงบประมาณ 2564–2566");
        assert_eq!(th(&[2564, 2566]), "ปีงบประมาณ 2564, 2566");
        assert_eq!(th(&[2564]), "ปีงบประมาณ 2564");
        assert_eq!(years("en", Calendar::Gregorian, &fiscal(&[2564, 2565])), "fiscal years 2021–2022");
        let calendar = [2564, 2565].map(|be| Year::new(be, YearKind::Calendar));
        assert_eq!(years("th", Calendar::Buddhist, &calendar), "พ.ศ. 2564–2565");
        assert_eq!(years("en", Calendar::Gregorian, &calendar), "2021–2022");
    }

    #[test]
    fn plurals_and_direction() {
        let forms = |tag: &str| [0, 1, 2, 3, 11].map(|n| plural(tag, n));
        assert_eq!(forms("en"), ["other", "one", "other", "other", "other"]);
        assert_eq!(forms("ar"), ["zero", "one", "two", "few", "many"]);
        assert_eq!(forms("th"), ["other"; 5]);
        assert!(is_rtl("ar") && is_rtl("he") && is_rtl("ur") && is_rtl("az-Arab"));
        assert!(!is_rtl("th") && !is_rtl("ja") && !is_rtl("lo"));
    }

    #[test]
    fn lists_are_parted_by_language() {
        let items = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(list("en", &items), "a, b, c");
        assert_eq!(list("th", &items), "a, b, c");
        assert_eq!(list("ja", &items[..2]), "a、b");
    }
}
