//! Words and numbers as people write them, and what a field takes, in words.

use crate::model::{FieldDef, FieldType};
use crate::text::digits::to_arabic;

/// A number written with either digit set and thousands separators.
pub fn number(text: &str) -> Option<f64> {
    let plain = to_arabic(text.trim()).replace(',', "");
    let plain = plain.trim();
    let body = plain.strip_prefix(['-', '+']).unwrap_or(plain);
    if body.is_empty() || !body.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    plain.parse().ok().filter(|n: &f64| n.is_finite() && n.abs() < 1e15)
}

/// A yes or no in either language.
pub fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "ใช่" | "มี" => Some(true),
        "false" | "no" | "ไม่ใช่" | "ไม่" | "ไม่มี" => Some(false),
        _ => None,
    }
}

/// What a field takes, in words.
pub fn expected(field: &FieldDef) -> (String, String) {
    let (th, en) = match field.ty {
        FieldType::Text => ("ข้อความ", "text"),
        FieldType::Markdown => ("ข้อความ Markdown", "Markdown text"),
        FieldType::Integer => ("จำนวนเต็ม", "a whole number"),
        FieldType::Decimal => ("ตัวเลข", "a number"),
        FieldType::Money => ("จำนวนเงินบาท", "an amount in baht"),
        FieldType::Percent => ("ร้อยละ", "a percentage"),
        FieldType::Bool => ("true หรือ false", "true or false"),
        FieldType::Year => ("ปี", "a year"),
        FieldType::AcademicYear => ("ปีการศึกษา", "an academic year"),
        FieldType::FiscalYear => ("ปีงบประมาณ", "a fiscal year"),
        FieldType::Date => ("วันที่", "a date"),
        FieldType::Period => ("ช่วงวันที่ { from, to }", "a period { from, to }"),
        FieldType::Url => ("ที่อยู่เว็บ", "a web address"),
        FieldType::Term => ("รหัสคำในคลังคำ", "a term id"),
        FieldType::Ref => ("รหัสของหน้า", "an entry id"),
        FieldType::Image => ("รูป { src, alt }", "an image { src, alt }"),
        FieldType::File => ("ไฟล์ { src, label }", "a file { src, label }"),
        FieldType::Table => ("ตาราง (แถวละหนึ่งกลุ่ม)", "a table (one group per row)"),
    };
    if field.many && field.ty != FieldType::Table {
        (format!("รายการของ{th}"), format!("a list, each {en}"))
    } else {
        (th.to_string(), en.to_string())
    }
}
