//! Documentation of kinds, fields and vocabularies in Thai and English, made from the schema.

use super::draft::example;
use super::json_schema;
use crate::model::{FieldDef, FieldType, KindDef, Label, Lang, Schema, Visibility};

/// Words of the list by which a folder of such pages is known again.
pub(crate) const MARK: &str = "`sala schema --docs";

/// Pages: file name and text. The first is the list.
pub fn pages(schema: &Schema) -> Vec<(String, String)> {
    let mut list = String::from(
        "# ชนิดของหน้า · Kinds of pages\n\nสร้างจาก `content/_schema` ด้วย `sala schema --docs docs/kinds` ไม่ต้องแก้ด้วยมือ \
         · Generated from `content/_schema` by `sala schema --docs docs/kinds`; do not edit.\n\n\
         | ชนิด · Kind | โฟลเดอร์ · Folder | คำอธิบาย · Description |\n| --- | --- | --- |\n",
    );
    let mut pages = Vec::new();
    for (_, kind, _) in json_schema::kinds(schema) {
        list.push_str(&format!(
            "| [{}]({}.md) · {} | `content/{}/` | {} |\n",
            cell(&kind.label.th),
            kind.id,
            cell(kind.label.get(Lang::EN)),
            kind.folder,
            cell(&both(&kind.description))
        ));
        pages.push((format!("{}.md", kind.id), page(schema, kind)));
    }
    list.push_str("\nคลังคำทั้งหมด · All vocabularies: [vocabularies.md](vocabularies.md)\n");
    pages.insert(0, ("README.md".into(), list));
    pages.push(("vocabularies.md".into(), vocabularies(schema)));
    pages
}

/// All pages in one text, for a single file.
pub fn single(schema: &Schema) -> String {
    let texts: Vec<String> = pages(schema).into_iter().map(|(_, text)| text).collect();
    texts.join("\n")
}

fn both(label: &Label) -> String {
    match (label.th.is_empty(), label.en.is_empty()) {
        (false, false) => format!("{} · {}", label.th, label.en),
        _ => label.get(Lang::TH).to_string(),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn page(schema: &Schema, kind: &KindDef) -> String {
    let mut out = format!("# {} · `{}`\n\n{}\n\n", both(&kind.label), kind.id, both(&kind.description));
    out.push_str(&format!("- ไฟล์ · Files: `content/{0}/<id>.md` → `{0}/<id>.html`\n", kind.folder));
    if kind.visibility == Visibility::Internal {
        out.push_str("- ภายในเป็นค่าเริ่มต้น ไม่เผยแพร่ · Internal by default, not published\n");
    }
    out.push_str(&format!("- เริ่มหน้าใหม่ · New page: `sala new {}`\n\n", kind.id));
    if !kind.sections.is_empty() {
        out.push_str("## หัวข้อในเนื้อหา · Sections\n\n| หัวข้อ · Heading | id | จำเป็น · Required | คำแนะนำ · Help |\n| --- | --- | --- | --- |\n");
        for section in &kind.sections {
            out.push_str(&format!(
                "| {} | `{}` | {} | {}{} |\n",
                cell(&both(&section.label)),
                section.id,
                tick(section.required),
                cell(&both(&section.help)),
                internal(section.visibility)
            ));
        }
        out.push('\n');
    }
    if !kind.fields.is_empty() {
        out.push_str("## ช่องข้อมูล · Fields\n\n");
        out.push_str(HEAD);
        for field in &kind.fields {
            out.push_str(&row(schema, field));
        }
        out.push('\n');
    }
    for field in kind.fields.iter().filter(|f| f.ty == FieldType::Table) {
        out.push_str(&format!("### `{}` — {}\n\n{HEAD}", field.id, both(&field.label)));
        for column in &field.columns {
            out.push_str(&row(schema, column));
        }
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

const HEAD: &str = "| ช่อง · Field | ชื่อ · Name | ชนิดค่า · Type | จำเป็น · Required | คำแนะนำ · Help | ตัวอย่าง · Example |\n| --- | --- | --- | --- | --- | --- |\n";

fn tick(yes: bool) -> &'static str {
    if yes { "✓" } else { "" }
}

fn internal(visibility: Visibility) -> &'static str {
    if visibility == Visibility::Internal { " (ภายใน · internal)" } else { "" }
}

fn row(schema: &Schema, field: &FieldDef) -> String {
    let mut notes: Vec<String> = Vec::new();
    if !field.help.is_empty() {
        notes.push(both(&field.help));
    }
    if !field.unit.is_empty() {
        notes.push(format!("หน่วย · unit: {}", both(&field.unit)));
    }
    let limit = |name: &str, value: Option<String>| value.map(|v| format!("{name} {v}"));
    notes.extend(limit("≥", field.min.map(|n| n.to_string())));
    notes.extend(limit("≤", field.max.map(|n| n.to_string())));
    notes.extend(limit("อักขระ · characters ≥", field.min_length.map(|n| n.to_string())));
    notes.extend(limit("อักขระ · characters ≤", field.max_length.map(|n| n.to_string())));
    notes.extend(limit("รายการ · items ≥", field.min_items.map(|n| n.to_string())));
    notes.extend(limit("รายการ · items ≤", field.max_items.map(|n| n.to_string())));
    notes.extend(limit("รูปแบบ · pattern", field.pattern.as_ref().map(|p| format!("`{}`", &**p))));
    notes.extend(limit("มาจาก · from", field.via.as_ref().map(|v| format!("`{v}`"))));
    let mut ty = format!("`{}`", field.ty.name());
    if let Some(vocabulary) = &field.vocabulary {
        ty.push_str(&format!(" [{vocabulary}](vocabularies.md#{vocabulary})"));
    }
    if !field.kinds.is_empty() {
        ty.push_str(&format!(" → {}", field.kinds.join(", ")));
    }
    if field.many {
        ty.push_str(" …");
    }
    let sample = if field.ty == FieldType::Table {
        format!("[[{}]]", field.id)
    } else {
        format!("{} = {}", field.id, example(field, schema))
    };
    format!(
        "| `{}` | {} | {ty} | {} | {}{} | `{}` |\n",
        field.id,
        cell(&both(&field.label)),
        tick(field.required),
        cell(&notes.join(" · ")),
        internal(field.visibility),
        cell(&sample)
    )
}

fn vocabularies(schema: &Schema) -> String {
    let mut out = String::from("# คลังคำ · Vocabularies\n");
    for vocabulary in schema.vocabularies.values() {
        out.push_str(&format!("\n<a id=\"{0}\"></a>\n\n## {1} · `{0}`\n\n", vocabulary.id, both(&vocabulary.label)));
        if !vocabulary.source.is_empty() {
            out.push_str(&format!("{}\n\n", vocabulary.source));
        }
        out.push_str("| id | คำ · Term | คำอธิบาย · Description | คำอื่น · Synonyms |\n| --- | --- | --- | --- |\n");
        for term in &vocabulary.terms {
            let state = match &term.replaced_by {
                Some(next) => format!(" (→ `{next}`)"),
                None if term.retired => " (เลิกใช้ · retired)".to_string(),
                None => String::new(),
            };
            out.push_str(&format!(
                "| `{}`{state} | {} | {} | {} |\n",
                term.id,
                cell(&both(&term.label)),
                cell(&both(&term.description)),
                cell(&term.synonyms.join(", "))
            ));
        }
    }
    out
}
