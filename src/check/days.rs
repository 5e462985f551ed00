//! Days of publication that lie ahead: Sala publishes at once, so such a page is published too early or mistyped.
//!
//! The only rule that asks the clock. It decides whether a build goes on, never what is in it.

use super::context::Context;
use crate::content::OF_PUBLISHING;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Entry, Visibility};
use crate::text::era::Date;
use std::time::{SystemTime, UNIX_EPOCH};

/// The day of the clock, and one more: it may be tomorrow where the page was written.
pub(super) fn tomorrow() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_days(i64::try_from(seconds / 86_400).ok()? + 1)
}

pub(super) fn check(context: &Context<'_>, entry: &Entry, tomorrow: Option<Date>) -> Vec<Diagnostic> {
    let Some(tomorrow) = tomorrow.filter(|_| !entry.draft && entry.visibility == Visibility::Public) else {
        return Vec::new();
    };
    let ahead = |day: Option<Date>| day.filter(|day| *day > tomorrow);
    let at = |key: &str, th: String, en: String| {
        let (source, span) = context.key(entry, key);
        Diagnostic::at(Code::BadDate, source, span, th, en)
    };
    let has = |name: &str| entry.keys.iter().any(|(key, _)| key == name);
    let planned = entry.typed || has("published") || OF_PUBLISHING.into_iter().any(has);
    let event = ahead(entry.published).filter(|_| !planned && has("date")).map(|day| {
        let (th, en) = (
            format!("date {} ยังมาไม่ถึง แต่หน้านี้เผยแพร่ทันที", day.thai_short()),
            format!("`date`, {}, lies ahead; the page is published at once", day.english()),
        );
        at("date", th, en).severity(Severity::Warning).hint(
            "ถ้ายังไม่เผยแพร่ เขียน draft: true ถ้าเป็นวันของกิจกรรม เขียน published: วันที่เผยแพร่ เพิ่ม",
            "if it is not to be published yet, write draft: true; if it is the day of an event, write published: DAY as well",
        )
    });
    let published = ahead(entry.published).filter(|_| planned).map(|day| {
        let (th, en) = (
            format!("วันเผยแพร่ {} ยังมาไม่ถึง แต่ Sala เผยแพร่ทันทีที่สร้างเว็บ", day.thai_short()),
            format!("the day of publication, {}, lies ahead, but Sala publishes at once", day.english()),
        );
        at("published", th, en)
            .hint("เขียน draft = true จนกว่าจะถึงวันนั้น หรือแก้วันที่", "write draft = true until that day, or correct the date")
    });
    let updated = ahead(entry.updated).map(|day| {
        let (th, en) = (
            format!("วันที่ปรับปรุง {} ยังมาไม่ถึง", day.thai_short()),
            format!("the day of the last change, {}, lies ahead", day.english()),
        );
        at("updated", th, en).severity(Severity::Warning)
    });
    published.into_iter().chain(event).chain(updated).collect()
}
