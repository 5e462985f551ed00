//! What is told of text that its author wrote to be read and that is nowhere.

use crate::markdown::{Finding, FindingKind};
use crate::model::Label;

/// The message and the hint of a finding about such a text; none of other findings.
pub(super) fn told(finding: &Finding) -> Option<(Label, Label)> {
    let what = &finding.what;
    Some(match finding.kind {
        FindingKind::CellBeyond => (
            Label::new(
                "ช่องนี้อยู่เกินหัวตาราง จึงไม่ปรากฏบนหน้า",
                "this cell is beyond the head of the table, so it is not on the page",
            ),
            Label::new(
                "เพิ่มคอลัมน์ที่หัวตารางและบรรทัดใต้หัว ถ้า | เป็นส่วนหนึ่งของข้อความ เขียน \\|",
                "add a column to the head and to the line below it; a bar that is text is written as \\|",
            ),
        ),
        FindingKind::UnusedDefinition => (
            Label::new(
                format!("Markdown อ่าน “[{what}]: …” เป็นที่อยู่ของลิงก์ซึ่งไม่มีใครใช้ บรรทัดนี้จึงไม่ปรากฏบนหน้า"),
                format!(
                    "to Markdown `[{what}]: …` is the address of a link that nothing uses, so the line is not on the page"
                ),
            ),
            Label::new(
                format!("ถ้าเป็นข้อความ เขียน **{what}:** … ถ้าเป็นความเห็น เขียน <!-- … -->"),
                format!("write a text as **{what}:** …, and a comment as <!-- … -->"),
            ),
        ),
        FindingKind::UncitedNote => (
            Label::new(
                "ไม่มีข้อความใดที่ปรากฏอ้างถึงเชิงอรรถนี้เป็นครั้งแรก จึงไม่อยู่บนหน้า",
                "no visible text cites this footnote, or an earlier one has its label, so it is not on the page",
            ),
            Label::new(
                format!("เขียน [^{what}] ในข้อความที่อ้างถึง ใช้ชื่ออื่นเมื่อชื่อซ้ำ หรือลบเชิงอรรถ"),
                format!("write [^{what}] where a text cites it, take another label where two have one, or delete it"),
            ),
        ),
        _ => return None,
    })
}
