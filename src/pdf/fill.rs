//! What a template reads as `/data.json`: the page context made printable, and what the typesetter adds to it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::job::{Job, Problem};
use super::lines::split_long;
use super::pictures::{add_codes, clear_pictures, each_picture};
use super::typesetter::Typesetter;
use super::{glyphs, prepare, qr};
use crate::text::locale;

/// The page context, cleaned, with the job under `press`.
pub(super) fn data(typesetter: &Typesetter, job: &Job, problems: &mut Vec<Problem>) -> Value {
    let source = with_pictures(typesetter, job, problems);
    let clean = |text: &str, missing: &mut glyphs::Missing| glyphs::printable(text, &|c| typesetter.covers(c), missing);
    let mark = |text: &str| typesetter.marked(&split_long(text));
    let units = typesetter.names(&job.template, "units");
    let (mut data, missing) = prepare::data(&source, &prepare::Cleaner { clean: &clean, mark: &mark, units });
    if !missing.all.is_empty() {
        let named = |of: &BTreeSet<char>| {
            of.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect::<Vec<_>>().join(", ")
        };
        let told = |text: &dyn Fn(String, String) -> String, and: &str| {
            let each = missing.all.iter().map(|(place, of)| text(named(of), glyphs::substitute(*place)));
            each.collect::<Vec<_>>().join(and)
        };
        let th = told(&|list, sign| format!("{list} จึงพิมพ์เป็น {sign} แทน"), " และ ");
        let en = told(&|list, sign| format!("{list}; printed as {sign}"), ", nor ");
        problems.push(Problem::warning(
            "handout-glyph",
            &job.source,
            format!("แบบอักษรไม่มีอักขระ {th}"),
            format!("no font holds {en}"),
        ));
    }
    let title = clean(&job.title, &mut glyphs::Missing::default());
    let foreign = holds_complex(&data) || title.chars().any(complex);
    if let Value::Object(map) = &mut data {
        map.insert(
            "press".into(),
            json!({
                "title": title,
                "lang": job.lang.split('-').next().unwrap_or(&job.lang),
                "dir": if locale::is_rtl(&job.lang) { "rtl" } else { "ltr" },
                "foreign": foreign,
                "date": { "year": job.date.year, "month": job.date.month, "day": job.date.day },
                "id": job.id,
                "paper": job.paper.page().name(),
                "address": job.address,
                "settled": false,
                "short": qr::short(&job.address),
            }),
        );
    }
    add_codes(&mut data);
    data
}

/// Whether a character belongs to a script whose marks the font's own tables must place.
fn complex(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{e80}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether a text of the data has such a character.
fn holds_complex(data: &Value) -> bool {
    match data {
        Value::String(text) => !text.is_ascii() && text.chars().any(complex),
        Value::Array(list) => list.iter().any(holds_complex),
        Value::Object(map) => map.values().any(holds_complex),
        _ => false,
    }
}

/// The data of a job without unusable pictures (their description is printed instead), which it tells.
fn with_pictures<'a>(typesetter: &Typesetter, job: &'a Job, problems: &mut Vec<Problem>) -> Cow<'a, Value> {
    let mut bad = BTreeSet::new();
    each_picture(&job.data, &mut |src| {
        if typesetter.picture(src).is_none() {
            bad.insert(src.to_owned());
        }
    });
    for src in &bad {
        problems.push(Problem::warning(
            "handout-image",
            &job.source,
            format!("{src} ไม่มีไฟล์นี้ อ่านไม่ได้เป็นรูปภาพ PNG, JPEG, GIF, WebP หรือ SVG มีจุดเกิน 50 ล้าน หรือเป็น SVG ที่ใช้ filter หรือมีส่วนที่อ้างกันไปมาจนวาดไม่จบ จึงพิมพ์คำบรรยายแทน"),
            format!(
                "{src} is missing, cannot be read as a PNG, JPEG, GIF, WebP or SVG picture, has more than 50 million points, or is an SVG with filters or with parts that name each other without end; its description is printed instead"
            ),
        ));
    }
    if bad.is_empty() {
        return Cow::Borrowed(&job.data);
    }
    let mut data = job.data.clone();
    clear_pictures(&mut data, &bad);
    Cow::Owned(data)
}
