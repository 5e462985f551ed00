//! Rows that must not replace the page they have become before: it is another one's, or it would lose what it needs.

use super::manifest::Record;
use super::plan::{Import, Planned};
use super::report::Refusal;
use crate::model::{FieldType, KindDef, Label, Lang};
use std::collections::BTreeMap;

/// Why the row may not be put into a page that an earlier import made, by the hashes of its values.
pub(super) fn refusal(
    import: Import<'_>,
    planned: &Planned,
    before: &Record,
    values: &BTreeMap<String, String>,
    same_table: bool,
) -> Option<Refusal> {
    let kind = &import.portal.schema.kinds[import.kind];
    let apart = differ(&telling(kind), before, values).contains(&true);
    let texts = differ(&texts(kind), before, values);
    let rewritten = !texts.is_empty() && !texts.contains(&false);
    // Tables of one name lie in the folders of two terms: what is wholly another text of another day is another row.
    let other = if same_table { apart && rewritten } else { apart || rewritten };
    if !planned.sure && other {
        let table = &before.table;
        return Some(Refusal::of_row(
            planned.row,
            Label::new(
                format!("หน้าชื่อเดียวกันมาจากตาราง {table} แต่วันที่ ปี รายการที่อ้างถึง หรือเนื้อความเป็นคนละเรื่อง จึงไม่เขียนทับ"),
                format!(
                    "a page of this title came from the table {table} with another day, year, reference or text, and is kept"
                ),
            ),
            Some(Label::new(
                "ถ้าเป็นคนละเรื่อง ใส่คอลัมน์ id หรือบอก key ในแผนที่คอลัมน์ ถ้าเป็นเรื่องเดียวกัน ใส่รหัสของหน้านั้นในคอลัมน์ id",
                "if they differ, add a column `id` or name `key` in the map; if they are one, write the page's id in a column `id`",
            )),
        ));
    }
    let lost = lost(kind, before, values);
    let list = |lang: Lang| lost.iter().map(|label| format!("“{}”", label.get(lang))).collect::<Vec<_>>().join(", ");
    (!lost.is_empty()).then(|| {
        Refusal::of_row(
            planned.row,
            Label::new(
                format!("แถวไม่มีค่าที่ใช้ได้ของ {} ซึ่งหน้าต้องมี จึงคงหน้าไว้อย่างเดิม", list(Lang::TH)),
                format!(
                    "its page is kept as it was: nothing of the row can be taken for {}, which the page needs",
                    list(Lang::EN)
                ),
            ),
            Some(Label::new("เติมหรือแก้ในตารางแล้วนำเข้าใหม่", "fill it in or mend it in the table, then import again")),
        )
    })
}

/// Keys of the references, days and years of a kind, which tell two rows of one title apart.
fn telling(kind: &KindDef) -> Vec<String> {
    let telling = kind
        .fields
        .iter()
        .filter(|f| matches!(f.ty, FieldType::Ref | FieldType::Date | FieldType::Period) || f.ty.year_kind().is_some());
    telling.map(|f| f.id.clone()).collect()
}

/// Keys of what is written in words.
fn texts(kind: &KindDef) -> Vec<String> {
    let fields =
        kind.fields.iter().filter(|f| matches!(f.ty, FieldType::Text | FieldType::Markdown)).map(|f| f.id.clone());
    fields.chain(kind.sections.iter().map(|s| format!("section:{}", s.id))).collect()
}

/// For each of these keys that the page's row and the new one both have, whether they say other things.
fn differ(keys: &[String], before: &Record, values: &BTreeMap<String, String>) -> Vec<bool> {
    keys.iter().filter_map(|key| Some(before.values.get(key)? != values.get(key)?)).collect()
}

/// What a page of the kind cannot do without, came from the table and is in the row no more.
fn lost<'k>(kind: &'k KindDef, before: &Record, values: &BTreeMap<String, String>) -> Vec<&'k Label> {
    let gone = |key: &str| before.values.contains_key(key) && !values.contains_key(key);
    let fields = kind.fields.iter().filter(|f| f.required && gone(&f.id)).map(|f| &f.label);
    let sections = kind.sections.iter().filter(|s| s.required && gone(&format!("section:{}", s.id))).map(|s| &s.label);
    fields.chain(sections).collect()
}
