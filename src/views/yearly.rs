//! Whether the entries of a kind can be counted by year.

use super::problem::Problem;
use crate::model::{FieldDef, FieldType, KindDef, Label, Visibility};

/// Refuses a year of what tells none in public: every year would be said to have nothing.
pub(super) fn told(kind: &KindDef) -> Result<(), Problem> {
    let tells =
        |field: &&FieldDef| field.ty.year_kind().is_some() || matches!(field.ty, FieldType::Date | FieldType::Period);
    let telling = || kind.fields.iter().filter(tells);
    let (th, en) = match telling().next() {
        _ if telling().any(|field| field.visibility == Visibility::Public) => return Ok(()),
        Some(field) => (
            format!("ช่อง “{}” ที่บอกปีของชนิด “{}” เป็นข้อมูลภายใน ตัวเลขสาธารณะนับรายปีไม่ได้", field.id, kind.id),
            format!(
                "field `{}`, which tells the year of kind `{}`, is internal: no public figure counts by it",
                field.id, kind.id
            ),
        ),
        None => (
            format!("ชนิด “{}” ไม่มีช่องปี วันที่ หรือช่วงวันที่ จึงนับรายปีไม่ได้", kind.id),
            format!("kind `{}` has no field with a year, a day or a period: it cannot be counted by year", kind.id),
        ),
    };
    let hint = Label::new(
        "ลบปีออกจากตัวเลขนี้ หรือให้ชนิดนี้มีช่องปีหรือวันที่ที่เผยแพร่",
        "take the year out of the figure, or give the kind a public field with a year or a day",
    );
    Err(Problem::new(th, en).hint(Some(hint)))
}
