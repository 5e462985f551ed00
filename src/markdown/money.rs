//! Amounts of money between dollar signs, which the parser takes for a formula: `$100/kg at first, 90$/kg now`.

use std::sync::LazyLock;

use pulldown_cmark::Event;
use regex::Regex;

use super::prepared::{Edit, MARK, Spanned};
use crate::text::pattern::constant;

/// A word within a sentence: another follows it, or a number.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"[\p{L}\p{M}]{2,}";
    constant(&format!(
        r"{word}.*?[^\p{{L}}\p{{M}}]{word}|[^\p{{L}}\p{{M}}\p{{N}}]{word}[^\p{{L}}\p{{M}}]+\p{{N}}|\p{{Thai}}{{2,}}\p{{N}}"
    ))
});

/// Dollar signs that are no marks of a formula, behind a backslash.
pub(super) fn edits(text: &str, events: &[Spanned<'_>]) -> Vec<Edit> {
    let formulas = events.iter().filter_map(|(event, range)| match event {
        Event::InlineMath(tex) => Some((tex, range)),
        _ => None,
    });
    let money = formulas.filter(|(tex, range)| {
        let outside = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
        is_money(&tex.replace(MARK, ""), outside)
    });
    let signs = money.flat_map(|(_, range)| [range.start, range.end - 1]);
    signs.map(|at| (at..at, "\\".into())).collect()
}

/// Whether both signs are those of amounts. A figure behind the second one says so alone (`$5 or US$10`), as in Pandoc. Else one
/// of them stands at an amount or its unit (`$100`, `90$`, `US$`, `$/kg`), and what is between them is no formula: the words
/// of a sentence, or an amount and its unit alone.
fn is_money(tex: &str, (before, after): (Option<char>, Option<char>)) -> bool {
    let figure = |c: Option<char>| c.is_some_and(char::is_numeric);
    if figure(after) {
        return true;
    }
    if tex.contains(['\\', '^', '_', '{', '}', '=', '+', '<', '>', '|', '×', '÷']) || tex.contains(" * ") {
        return false;
    }
    let unit = tex.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let ends = figure(tex.chars().next_back());
    if unit || figure(before) && ends {
        return true;
    }
    let stands = figure(tex.chars().next()) || before.is_some_and(|c| c.is_ascii_alphanumeric());
    // The second sign is that of an amount before it or behind it, or of a currency.
    let closes = ends || after == Some('/') || tex.ends_with(|c: char| c.is_ascii_uppercase());
    stands && closes && WORDS.is_match(tex)
}

#[cfg(test)]
mod tests {
    use super::super::render;
    use super::super::types::{Options, PlainLinks};

    #[test]
    fn amounts_are_text_and_formulas_are_formulas() {
        let html = |text: &str| render(text, &Options::plain(), &PlainLinks).into_html();
        for text in [
            "It was $100/kg last year, and 90$/kg this year.",
            "$100/kg to 90$/kg, then 80$",
            "from 90$/kg to 80$/kg, 70$/kg and 60$/kg",
            "ราคา $100 ต่อกก. ลดเหลือ 90$ ต่อกก.",
            "ราคา $100ต่อกก.เหลือ90$ต่อกก.",
            "$5 or US$ and a half",
            "$5 or US$10",
            "US$/kg and US$/L",
            "($/kg)($/L)",
            "90$-100$, 1,000$–2,000$",
            "a ticket of $12 (for two) or 10$.",
        ] {
            assert_eq!(html(text).replace("&gt;", ">"), format!("<p>{text}</p>\n"));
        }
        assert_eq!(html("$100 **now**, 90$ then"), "<p>$100 <strong>now</strong>, 90$ then</p>\n");
        for (text, count) in [
            ("$x$, $2x+1$, $100\\,\\text{m}$ and $n$th", 4),
            ("the $k$-means, $O(n \\log n)$, 3$\\times$ as many, 10$^\\circ$C", 4),
            ("ค่า$x$คือ$2$และ$3.5$บาท", 3),
            ("$100$, $100 m$, $100 kg$, $5/6$, $5-6$, $(1, 2)$", 6),
            ("$\\text{price} = 100 \\text{ baht}$, $2 \\text{ apples and } 3 \\text{ pears}$", 2),
            ("$2 × กว้าง + 2 × ยาว$ และ $ปริมาตร = กว้าง \\times ยาว$", 2),
            ("It costs $100/kg or 90$/kg: $x$ and $y$ of them", 2),
            ("a$x$b, US$10 and $y$", 2),
            ("$3 cos 2x$, $5 km per hour$, $1 cm : 5 km$ และ $3 ชั่วโมง 20 นาที$", 4),
        ] {
            let shown = html(text);
            assert_eq!(shown.matches("<math>").count(), count, "{text}: {shown}");
        }
    }
}
