//! What must hold for any text at all.

use proptest::prelude::*;
use sala::internals::text::chars::{cells, clusters, is_mark, truncate};
use sala::internals::text::clean::clean;
use sala::internals::text::collate::sort_key;
use sala::internals::text::era::{Date, fiscal_year_of, parse_year, quarter_of};
use sala::internals::text::lint::lint;
use sala::internals::text::repair::file::{Format, protected, repair_file};
use sala::internals::text::repair::{Options, apply, only_certain, repair};
use sala::internals::text::slug::{slug, suggest_id};

/// ํ, which composes with า to ำ.
const NIKHAHIT: char = '\u{e4d}';

/// Thai letters, marks, spaces and the characters of damage, in any order.
fn soup() -> impl Strategy<Value = String> {
    prop_oneof!["[ก-๛ \u{fffd}\u{200b}\n)(a-c]{0,60}", "[กนมรวสาำเแไัิีืุู่้์ ]{0,40}", "\\PC{0,40}", any::<String>(),]
}

/// Sound words with damage put in at random places.
fn damaged() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "พัฒนา",
        "คุณภาพ",
        "การ",
        "ศึกษา",
        "เครือข่าย",
        "ที่",
        "ผู้",
        "บริหาร",
        "สำคัญ",
        "น้ำ",
        "ให้",
        "เป็น",
        " ",
        "\n",
    ]);
    (prop::collection::vec(words, 0..14), prop::collection::vec((any::<prop::sample::Index>(), 0..4u8), 0..8)).prop_map(
        |(words, damage)| {
            let mut letters: Vec<char> = words.concat().chars().collect();
            for (at, kind) in damage {
                if letters.len() < 2 {
                    break;
                }
                let at = at.index(letters.len() - 1);
                match kind {
                    0 => letters.swap(at, at + 1),
                    1 => letters.insert(at, ' '),
                    2 if is_mark(letters[at]) => letters.swap(at, at + 1),
                    _ => letters.insert(at, '\u{fffd}'),
                }
            }
            letters.into_iter().collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repair_is_idempotent(text in prop_oneof![soup(), damaged()]) {
        let edits = only_certain(&repair(&text, Options::default()));
        for pair in edits.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start);
        }
        let once = apply(&text, &edits);
        let again = only_certain(&repair(&once, Options::default()));
        prop_assert_eq!(apply(&once, &again), once, "from {:?}", text);
    }

    #[test]
    fn repair_moves_but_never_invents(text in damaged()) {
        let all = apply(&text, &repair(&text, Options::default()));
        // Letters other than marks, spaces and the replacement character stay.
        let letters = |t: &str| -> String {
            t.chars()
                .filter(|&c| !is_mark(c) && !c.is_whitespace() && c != '\u{fffd}')
                .map(|c| if c == 'ำ' { 'า' } else { c })
                .collect::<String>()
                .replace("เเ", "แ")
        };
        prop_assert_eq!(letters(&all), letters(&text));
    }

    #[test]
    fn files_keep_what_is_protected(text in prop_oneof![soup(), "[`~#\\-+=:\\[\\]()<>a ที่่ี\n]{0,60}"]) {
        for format in [Format::Markdown, Format::Toml, Format::Yaml, Format::Text] {
            let kept = protected(&text, format);
            for edit in repair_file(&text, format, Options::default()) {
                prop_assert!(kept.iter().all(|k| k.end <= edit.range.start || edit.range.end <= k.start));
            }
        }
    }

    #[test]
    fn clean_maps_back(text in soup()) {
        let cleaned = clean(&text);
        prop_assert_eq!(clean(&cleaned.text).text, cleaned.text.clone());
        let kept = |t: &str| t.chars().filter(|&c| is_mark(c) && c != NIKHAHIT).count();
        let (shown, written) = (kept(&cleaned.text), kept(&text));
        prop_assert!(shown >= written, "a mark was lost from {:?}", text);
        let mut last = 0;
        for (at, c) in cleaned.text.char_indices() {
            let back = cleaned.map.to_original(at..at + c.len_utf8());
            prop_assert!(text.get(back.clone()).is_some(), "{:?} of {:?}", back, text);
            prop_assert!(back.start >= last);
            last = back.start;
        }
        prop_assert!(cleaned.map.to_original(0..cleaned.text.len()).end <= text.len());
    }

    #[test]
    fn parts_make_the_whole(text in soup(), max in 0usize..50) {
        prop_assert_eq!(cells(&text).collect::<String>(), text.clone());
        prop_assert_eq!(clusters(&text).collect::<String>(), text.clone());
        let cut = truncate(&text, max);
        prop_assert!(text.starts_with(cut));
        prop_assert!(cells(cut).count() <= max || cut.len() == text.len());
        if cut.len() < text.trim_end().len() && !cut.is_empty() {
            prop_assert!(!text[cut.len()..].starts_with(is_mark));
        }
    }

    #[test]
    fn nothing_panics(text in soup()) {
        for finding in lint(&text) {
            prop_assert!(text.get(finding.range).is_some());
        }
        let slugged = slug(&text);
        prop_assert_eq!(slug(&slugged), slugged);
        prop_assert!(suggest_id(&text).bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        let _ = (sort_key("th", &text), Date::parse(&text), parse_year(&text));
    }

    #[test]
    fn lint_finds_what_repair_is_sure_of_by_shape(text in "[กนมาเ่ิ ]{0,30}") {
        // Sound by lint's pass means no mark stands where none can.
        if lint(&text).is_empty() {
            let mut before = ' ';
            for c in text.chars() {
                prop_assert!(!is_mark(c) || !before.is_whitespace(), "{:?}", text);
                before = c;
            }
        }
    }

    #[test]
    fn dates_round_trip(days in -200_000i64..400_000) {
        let date = Date::from_days(days).expect("in range");
        if (1000..=2200).contains(&date.year) {
            prop_assert_eq!(Date::parse(&date.iso()), Ok(date));
            prop_assert_eq!(Date::parse(&date.english()), Ok(date));
            if date.year_be() >= 2400 {
                prop_assert_eq!(Date::parse(&date.thai()), Ok(date));
                prop_assert_eq!(Date::parse(&date.thai_short()), Ok(date));
            }
        }
        let (first, last) = fiscal_year_of(date).range();
        prop_assert!(first <= date && date <= last);
        let (first, last) = quarter_of(date).range();
        prop_assert!(first <= date && date <= last);
    }
}
