//! Words and numbers as people write them, and what a field takes, in words.

use crate::model::{FieldDef, FieldType, Label, Schema};
use crate::text::digits::to_arabic;

/// A number written with either digit set; commas part groups of three digits and nothing else.
pub(crate) fn number(text: &str) -> Option<f64> {
    let plain = to_arabic(text.trim()).replace('\u{2212}', "-");
    let body = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (whole, decimals) = body.split_once('.').map_or((body, None), |(w, d)| (w, Some(d)));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(',');
    let valid = digits(first)
        && (!grouped || (1..=3).contains(&first.len()))
        && groups.all(|g| g.len() == 3 && digits(g))
        && decimals.is_none_or(digits)
        && (!first.is_empty() || decimals.is_some_and(|d| !d.is_empty()));
    if !valid {
        return None;
    }
    plain.replace(',', "").parse().ok().filter(|n: &f64| n.is_finite() && n.abs() < 1e15)
}

/// What to write instead of a number with a decimal comma.
pub(crate) fn number_hint(text: &str) -> Option<Label> {
    let plain = to_arabic(bare(text));
    let point = plain.rsplit_once(',').map(|(whole, part)| format!("{}.{part}", whole.replace(['.', ','], "")))?;
    number(&point)?;
    Some(Label::new(
        format!("ถ้าจุลภาคคือจุดทศนิยม เขียน {point}; ถ้าคั่นหลักพัน ใส่ทุกสามหลัก เช่น 1,234"),
        format!(
            "if the comma is a decimal point write {point}; thousands are parted by groups of three, such as 1,234"
        ),
    ))
}

/// A number without the words of measure that people write at it.
pub(crate) fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = ["ร้อยละ", "฿"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim();
    let text = ["%", "บาท", "คน"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim();
    // `1,200.-` of receipts.
    [".-", ".–", ".—"].iter().find_map(|none| text.strip_suffix(none)).unwrap_or(text)
}

/// A yes or no in either language, or a tick of a form.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "ใช่" | "มี" | "x" | "✓" | "✔" | "√" | "☑" | "☒" | "/" => {
            Some(true)
        }
        "false" | "no" | "n" | "0" | "ไม่ใช่" | "ไม่" | "ไม่มี" | "✗" | "☐" => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether an answer is a cross. In a form that is crossed it says yes.
pub(crate) fn is_cross(text: &str) -> bool {
    matches!(text.trim(), "x" | "X" | "☒")
}

/// Whether an answer shows that a cross in its column may say no: it says yes in another way, or no with another cross.
/// Numbers may be sums.
pub(crate) fn tells_crosses_apart(text: &str) -> bool {
    let says_yes = boolean(text) == Some(true) && !is_cross(text) && number(text).is_none();
    says_yes || text.trim() == "✗"
}

/// What a field takes, in words.
pub(crate) fn expected(field: &FieldDef) -> (String, String) {
    let (th, en) = match field.ty {
        FieldType::Text => ("ข้อความ", "text"),
        FieldType::Markdown => ("ข้อความ Markdown", "Markdown text"),
        FieldType::Integer => ("จำนวนเต็ม", "a whole number"),
        FieldType::Decimal => ("ตัวเลข", "a number"),
        FieldType::Money => ("จำนวนเงินบาท", "an amount in baht"),
        FieldType::Percent => ("ร้อยละ", "a percentage"),
        FieldType::Bool => ("ค่าใช่หรือไม่ใช่ (true, false)", "true or false"),
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

/// An example of what is written, as TOML.
pub(crate) fn example(field: &FieldDef, schema: &Schema) -> String {
    let one = match field.ty {
        FieldType::Text | FieldType::Markdown => "\"…\"".to_string(),
        FieldType::Integer | FieldType::Money | FieldType::Percent | FieldType::Decimal => "0".into(),
        FieldType::Bool => "true".into(),
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => "2566".into(),
        FieldType::Date => "2566-08-15".into(),
        FieldType::Period => "{ from = 2565-10-01, to = 2566-09-30 }".into(),
        FieldType::Url => "\"https://…\"".into(),
        FieldType::Term => {
            let first = schema.vocabulary_of(field).and_then(|v| v.offered().next());
            format!("\"{}\"", first.map_or("…", |t| t.id.as_str()))
        }
        FieldType::Ref => {
            let of = field.kinds.first().map_or("…", String::as_str);
            format!("\"รหัสของหน้า {of}\"")
        }
        FieldType::Image => "{ src = \"ภาพ.jpg\", alt = \"ภาพแสดงอะไร\" }".into(),
        FieldType::File => "{ src = \"เอกสาร.pdf\", label = \"ชื่อที่แสดง\" }".into(),
        FieldType::Table => "[]".into(),
    };
    if field.many { format!("[{one}]") } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_groups_of_three() {
        for (text, value) in [
            ("1,234", 1234.0),
            ("1,234,567.5", 1_234_567.5),
            ("๑,๒๓๔.๕", 1234.5),
            ("-5", -5.0),
            (".5", 0.5),
            ("12.50", 12.5),
            ("\u{2212}5", -5.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in [
            "12,5",
            "1,25",
            "1,2345",
            "1.234,50",
            "๑๒,๕",
            "12,34,567",
            "1,,234",
            ",123",
            "1.5.2",
            "(5)",
            "1e3",
            "",
            ".",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        assert!(number_hint("12,5").unwrap().th.contains("12.5"));
        assert!(number_hint("1.234,50").unwrap().en.contains("1234.50"));
        assert_eq!(number_hint("สิบ"), None);
        assert_eq!((bare("ร้อยละ 12"), bare("1,200 บาท"), bare("12 %")), ("12", "1,200", "12"));
        assert_eq!((bare("50,000.-"), bare("฿50,000.- บาท")), ("50,000", "50,000"));
    }
}
