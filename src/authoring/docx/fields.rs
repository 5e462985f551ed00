//! What a report gives besides its text: fields in tables of two columns, and what could not be taken along.

use super::draft::Report;
use super::parts::Parts;
use super::reader::{Block, Omissions};
use super::shape::plain;
use crate::authoring::assemble::assemble;
use crate::authoring::convert::{Cell, Converter, SEPARATORS};
use crate::authoring::import::map::{Finder, ImportMap, is_called_internal};
use crate::authoring::names::NameIndex;
use crate::authoring::target::{Target, is_public, label};
use crate::authoring::value::Out;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{KindId, Lang, Portal};

impl Report {
    /// Fields that tables of two columns, name and value, give; what is no field stays in the text.
    pub(super) fn fields(
        &mut self,
        portal: &Portal,
        kind: KindId,
        file: &str,
        blocks: Vec<Block>,
        map: &ImportMap,
    ) -> (Vec<Block>, Vec<(String, Out)>) {
        let def = &portal.schema.kinds[kind];
        let names = NameIndex::new(portal);
        let converter =
            Converter { names: &names, separators: SEPARATORS.to_vec(), two_digit_years: map.two_digit_years };
        let Ok(finder) = Finder::new(file, map, def) else {
            return (blocks, Vec::new());
        };
        let places = |row: &[String]| match row {
            [name, value] if !value.trim().is_empty() => {
                let found = finder.find(plain(name).trim_end_matches(':').trim())?;
                let fits = |t: &Target| !matches!(t, Target::Id | Target::Section(_));
                Some(found.into_iter().filter(fits).collect::<Vec<_>>()).filter(|t| !t.is_empty())
            }
            _ => None,
        };
        let (mut rest, mut given): (Vec<Block>, Vec<(Target, Cell)>) = (Vec::new(), Vec::new());
        for block in blocks {
            let Block::Table(rows) = &block else {
                rest.push(block);
                continue;
            };
            let known = rows.iter().filter(|row| places(row).is_some()).count();
            if known == 0 || known * 2 < rows.len() {
                rest.push(block);
                continue;
            }
            let mut others = Vec::new();
            for row in rows {
                let places = places(row).unwrap_or_default();
                if places.iter().any(|place| is_public(def, place)) && is_called_internal(&plain(&row[0])) {
                    let name = plain(&row[0]);
                    let th = format!("“{name}” ในตารางบอกว่าเป็นข้อมูลภายใน แต่ช่องที่ตรงกันเผยแพร่ จึงไม่นำเข้า");
                    let en = format!("“{name}” in a table is called internal and its field is public: it is left out");
                    self.diagnostics.push(Diagnostic::new(Code::ImportRow, file, th, en));
                    continue;
                }
                let mut left = true;
                for target in places {
                    let cell = Cell::Text(plain(&row[1].replace("<br>", "\u{2028}")).replace('\u{2028}', "\n"));
                    let one = assemble(&converter, def, &[(target.clone(), &cell)]);
                    let taken = given.iter().any(|(t, _)| *t == target);
                    if one.failures.is_empty() && !taken {
                        given.push((target, cell));
                        left = false;
                        continue;
                    }
                    for (_, reason) in one.failures {
                        let name = label(def, &target);
                        let th = format!("“{}” ในตาราง: {}", name.th, reason.message.th);
                        let en = format!("“{}” in a table: {}", name.get(Lang::EN), reason.message.en);
                        self.diagnostics.push(Diagnostic::new(Code::ImportRow, file, th, en).maybe_hint(reason.hint));
                    }
                }
                if left {
                    others.push(row.clone());
                }
            }
            if !others.is_empty() {
                rest.push(Block::Table(others));
            }
        }
        let cells: Vec<(Target, &Cell)> = given.iter().map(|(t, c)| (t.clone(), c)).collect();
        (rest, assemble(&converter, def, &cells).keys)
    }

    /// Takes out what the loader would refuse, so that the draft opens; it is reported and stays in the draft as a note.
    pub(super) fn check(&mut self, portal: &Portal, file: &str) {
        for finding in self.draft.settle(&portal.schema) {
            let (th, en) = (finding.message.th, finding.message.en);
            self.diagnostics.push(Diagnostic::new(Code::ImportRow, file, th, en).maybe_hint(finding.hint));
        }
    }

    /// What the document holds and the draft does not, word for word.
    pub(super) fn report_omissions(&mut self, file: &str, parts: &Parts, left: &Omissions) {
        let mut note = |th: String, en: String| {
            self.diagnostics.push(Diagnostic::new(Code::ImportRow, file, th, en).severity(Severity::Note));
        };
        let quoted = |texts: &[String]| texts.iter().map(|t| format!("“{}”", t.trim())).collect::<Vec<_>>().join(" ");
        if !left.hidden.is_empty() {
            let list = quoted(&left.hidden);
            note(
                format!("ไม่นำเข้าข้อความที่ซ่อนไว้ ขีดฆ่า หรือมองไม่เห็น (สีเดียวกับพื้น ตัวเล็กมาก): {list}"),
                format!(
                    "text that is hidden, struck out or not seen (in the colour of its ground, tiny) is left out: {list}"
                ),
            );
        }
        if !left.unfilled.is_empty() {
            let list = quoted(&left.unfilled);
            note(
                format!("ช่องกรอกที่ยังไม่ได้กรอก ไม่นำเข้าข้อความนำ: {list}"),
                format!("fields that nobody filled in; their prompts are left out: {list}"),
            );
        }
        if !left.readings.is_empty() {
            let list = quoted(&left.readings);
            note(
                format!("ไม่นำเข้าคำอ่านที่เขียนเล็กเหนือตัวอักษร: {list}"),
                format!("small readings above the text are left out: {list}"),
            );
        }
        if !left.deleted.is_empty() {
            let list = quoted(&left.deleted);
            note(
                format!("ไม่นำเข้าข้อความที่ลบหรือย้ายออกระหว่างติดตามการแก้ไข: {list}"),
                format!("text that was deleted or moved away under tracking is left out: {list}"),
            );
        }
        if !parts.comments.is_empty() {
            let (n, list) = (parts.comments.len(), quoted(&parts.comments));
            note(format!("ไม่นำเข้าความเห็น {n} แห่ง: {list}"), format!("{n} comment(s) are left out: {list}"));
        }
        if !parts.margins.is_empty() {
            let list = quoted(&parts.margins);
            note(format!("ไม่นำเข้าหัวและท้ายกระดาษ: {list}"), format!("headers and footers are left out: {list}"));
        }
        if !left.symbols.is_empty() {
            let list = left.symbols.join(", ");
            note(
                format!("สัญลักษณ์ที่ไม่มีอักษรตรงกัน เขียนเป็น \u{fffd} ในร่าง: {list}"),
                format!("symbols that no letter shows stand as \u{fffd} in the draft: {list}"),
            );
        }
        if left.drawings > 0 {
            let n = left.drawings;
            note(
                format!("แผนผังหรือแผนภูมิ {n} รูป นำเข้าเฉพาะข้อความ บันทึกเป็นรูปแล้วใส่เองถ้าต้องการ"),
                format!(
                    "of {n} diagram(s) or chart(s) only the words were taken; save them as pictures if they are wanted"
                ),
            );
        }
        if left.objects > 0 {
            let n = left.objects;
            note(
                format!("แผนผังหรือวัตถุที่ฝังมาจากโปรแกรมอื่น {n} ชิ้นไม่ได้นำเข้า"),
                format!("{n} diagram(s) or embedded object(s) of other programs are left out"),
            );
        }
    }
}
