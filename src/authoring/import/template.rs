//! The blank workbook of a kind: headings, a help row, drop-down lists of vocabularies, a page of instructions.

use super::map::ImportMap;
use super::sheet::{GUIDE_SHEET, WORDS_SHEET};
use crate::authoring::draft::example;
use crate::authoring::target::{RESERVED, Target, label, parse, written};
use crate::model::{FieldDef, FieldType, KindDef, Label, Schema};
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, XlsxError};

/// Rows of a table field that the blank offers.
const TABLE_ROWS: usize = 3;
/// Data rows with drop-down lists.
const LIST_ROWS: u32 = 2000;

/// Writes the workbook of a kind: the columns of the map's `template`, else all fields.
pub fn workbook(schema: &Schema, kind: &KindDef, map: Option<&ImportMap>) -> Result<Vec<u8>, XlsxError> {
    let targets = targets(kind, map);
    let mut book = Workbook::new();
    // A fixed day: the same schema gives the same bytes.
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x1F4E5F))
        .set_font_color(Color::White)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin);
    let must = head.clone().set_background_color(Color::RGB(0x8A3B12));
    let help = Format::new()
        .set_italic()
        .set_font_color(Color::RGB(0x555555))
        .set_background_color(Color::RGB(0xF3F3EE))
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name("ข้อมูล")?;
    let mut lists: Vec<String> = Vec::new();
    let names: Vec<String> =
        targets.iter().map(|t| heading(map, kind, t).unwrap_or_else(|| label(kind, t).th)).collect();
    for (c, target) in targets.iter().enumerate() {
        let c = c as u16;
        let (field, required) = field_of(kind, target);
        let name = label(kind, target);
        // Of several fields with one label each heading says which.
        let mut heading = names[usize::from(c)].clone();
        if names.iter().filter(|n| **n == heading).count() > 1 {
            heading = format!("{heading} ({})", written(kind, target));
        }
        let star = if required { " *" } else { "" };
        sheet.write_with_format(0, c, format!("{heading}{star}"), if required { &must } else { &head })?;
        sheet.write_with_format(1, c, describe(schema, &field, target), &help)?;
        sheet.insert_note(
            0,
            c,
            &Note::new(format!("{}\n{}", written(kind, target), name.en)).add_author_prefix(false),
        )?;
        sheet.set_column_width(c, if matches!(field.ty, FieldType::Text | FieldType::Markdown) { 32 } else { 18 })?;
        sheet.set_column_format(c, &text)?;
        if let Some(vocabulary) = field.vocabulary.as_deref().filter(|_| field.ty == FieldType::Term) {
            let place = lists.iter().position(|v| v == vocabulary).unwrap_or_else(|| {
                lists.push(vocabulary.to_string());
                lists.len() - 1
            });
            let count = schema.vocabularies.get(vocabulary).map_or(0, |v| v.offered().count());
            if count > 0 {
                let column = rust_xlsxwriter::utility::column_number_to_name(place as u16);
                let formula = format!("='{WORDS_SHEET}'!${column}$2:${column}${}", count + 1);
                let rule = DataValidation::new()
                    .allow_list_formula(Formula::new(formula))
                    .set_error_style(if field.many || field.open {
                        rust_xlsxwriter::DataValidationErrorStyle::Information
                    } else {
                        rust_xlsxwriter::DataValidationErrorStyle::Stop
                    })
                    .set_error_message(
                        "เลือกจากรายการ ถ้าหลายค่าให้คั่นด้วย ; แล้วกดตกลง / choose from the list; separate several by ;",
                    )?;
                sheet.add_data_validation(2, c, LIST_ROWS, c, &rule)?;
            }
        }
    }
    sheet.set_row_height(1, 60)?;
    sheet.set_freeze_panes(2, 1)?;
    let terms = book.add_worksheet();
    terms.set_name(WORDS_SHEET)?;
    for (c, id) in lists.iter().enumerate() {
        let Some(vocabulary) = schema.vocabularies.get(id) else {
            continue;
        };
        terms.write_with_format(0, c as u16, &vocabulary.label.th, &head)?;
        terms.set_column_width(c as u16, 28)?;
        for (r, term) in vocabulary.offered().enumerate() {
            terms.write(r as u32 + 1, c as u16, &term.label.th)?;
        }
    }
    let guide = book.add_worksheet();
    guide.set_name(GUIDE_SHEET)?;
    guide.set_column_width(0, 100)?;
    for (r, line) in instructions(kind).iter().enumerate() {
        guide.write_with_format(r as u32, 0, line, &Format::new().set_text_wrap())?;
    }
    book.save_to_buffer()
}

fn instructions(kind: &KindDef) -> Vec<String> {
    vec![
        format!("แบบกรอก {} / form for {}", kind.label.th, kind.label.get(crate::model::Lang::EN)),
        "หนึ่งแถวคือหนึ่งหน้า เริ่มกรอกแถวที่ 3 แถวที่ 2 เป็นคำอธิบาย ไม่ต้องลบ / one row is one page; fill from row 3, row 2 is help"
            .into(),
        "หัวสีน้ำตาลที่มี * ต้องกรอก / brown headings with * are required".into(),
        "หลายค่าในช่องเดียวคั่นด้วย ; หรือขึ้นบรรทัดใหม่ (Alt+Enter) / several values in a cell: separate by ; or a line break"
            .into(),
        "วันที่: 15 ส.ค. 2566 หรือ 15/8/2566 หรือ 2566-08-15 · ปี: 2566 / dates and years in either era".into(),
        "หน้าอื่น: ใส่รหัสหรือชื่อเต็ม / other pages: id or full name".into(),
        "ไม่ใส่ชื่อบุคคล เบอร์โทร หรือเลขประจำตัว / no names of persons, telephone or identity numbers".into(),
        format!("นำเข้า / import: sala import FILE.xlsx --kind {} --dry-run", kind.id),
    ]
}

fn targets(kind: &KindDef, map: Option<&ImportMap>) -> Vec<Target> {
    if let Some(map) = map.filter(|m| !m.template.is_empty()) {
        return map.template.iter().filter_map(|t| parse(kind, t)).collect();
    }
    if let Some(map) = map.filter(|m| !m.columns.is_empty()) {
        return of_form(kind, map);
    }
    let mut out = vec![Target::Id];
    out.extend((0..3).map(Target::Reserved));
    for (f, field) in kind.fields.iter().enumerate().filter(|(_, f)| f.via.is_none()) {
        match field.ty {
            FieldType::Table => {
                let rows = TABLE_ROWS.max(field.min_items.unwrap_or(1)).min(field.max_items.unwrap_or(TABLE_ROWS));
                out.extend((0..rows).flat_map(|r| (0..field.columns.len()).map(move |c| Target::Cell(f, r, c))));
            }
            FieldType::Period => out.extend(["from", "to"].map(|p| Target::Part(f, p))),
            FieldType::Image | FieldType::File => {}
            _ => out.push(Target::Field(f)),
        }
    }
    out.extend((0..kind.sections.len()).map(Target::Section));
    out
}

/// The columns of a form: what its questions are about, and what a page needs besides them.
fn of_form(kind: &KindDef, map: &ImportMap) -> Vec<Target> {
    let mut out: Vec<Target> = Vec::new();
    // A question may go to several places; another wording of it goes to the same first one.
    for target in map.columns.values().filter_map(|places| places.iter().next()).filter_map(|t| parse(kind, t)) {
        if !out.contains(&target) {
            out.push(target);
        }
    }
    let covered = |id: &str| {
        let within = |t: &str| t == id || t.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
        map.set.keys().any(|t| within(t)) || map.columns.values().flat_map(|places| places.iter()).any(within)
    };
    let mut rest: Vec<Target> = Vec::new();
    if !covered("title") {
        rest.push(Target::Reserved(0));
    }
    for (f, field) in kind.fields.iter().enumerate() {
        let plain = !matches!(field.ty, FieldType::Table | FieldType::Period);
        if field.required && plain && field.via.is_none() && field.default.is_none() && !covered(&field.id) {
            rest.push(Target::Field(f));
        }
    }
    rest.append(&mut out);
    rest
}

/// The heading that the map gives to a target.
fn heading(map: Option<&ImportMap>, kind: &KindDef, target: &Target) -> Option<String> {
    let wanted = written(kind, target);
    map?.columns.iter().find(|(_, places)| places.iter().any(|t| t == wanted)).map(|(h, _)| h.clone())
}

/// The field behind a target and whether a row needs it.
fn field_of(kind: &KindDef, target: &Target) -> (FieldDef, bool) {
    match target {
        Target::Id => (
            FieldDef {
                help: Label::new("a–z 0–9 และ - เว้นว่างได้", ""), ..FieldDef::default()
            },
            false,
        ),
        Target::Reserved(i) => (RESERVED[*i].field(), *i == 0),
        Target::Field(f) => (kind.fields[*f].clone(), kind.fields[*f].required),
        Target::Part(f, part) => {
            let ty = if kind.fields[*f].ty == FieldType::Period { FieldType::Date } else { FieldType::Text };
            (FieldDef { ty, ..FieldDef::default() }, kind.fields[*f].required && *part == "from")
        }
        Target::Cell(f, row, c) => {
            let (field, column) = (&kind.fields[*f], &kind.fields[*f].columns[*c]);
            (column.clone(), field.required && column.required && *row == 0)
        }
        Target::Section(s) => {
            (FieldDef { ty: FieldType::Markdown, help: kind.sections[*s].help.clone(), ..FieldDef::default() }, false)
        }
    }
}

/// The help that is under the heading of a target.
pub fn help(schema: &Schema, kind: &KindDef, target: &Target) -> String {
    describe(schema, &field_of(kind, target).0, target)
}

fn describe(schema: &Schema, field: &FieldDef, target: &Target) -> String {
    let mut parts = Vec::new();
    if !field.help.th.is_empty() {
        parts.push(field.help.th.clone());
    }
    if field.many {
        parts.push("หลายค่าคั่นด้วย ;".into());
    }
    let shown = match field.ty {
        FieldType::Term => "เลือกจากรายการ".to_string(),
        FieldType::Ref => "รหัสหรือชื่อเต็ม".to_string(),
        FieldType::Text | FieldType::Markdown => String::new(),
        FieldType::Date => "เช่น 15 ส.ค. 2566".to_string(),
        _ => format!("เช่น {}", example(&FieldDef { many: false, ..field.clone() }, schema)),
    };
    if !shown.is_empty() {
        parts.push(shown);
    }
    if parts.is_empty() && *target == Target::Reserved(2) {
        parts.push("ไม่เกิน 200 อักขระ".into());
    }
    parts.join(" · ")
}
