//! Limits on what is opened: size on disk, expanded size, compression ratio, rows and columns.
//!
//! Workbooks are zip archives; a small one can expand without bound, and the sizes it declares can lie. So every
//! part is expanded once and counted before a parser sees it.

use super::refused;
use crate::diagnostics::Diagnostic;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};

/// Limits of an import.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file.
    pub file: u64,
    /// Bytes of all parts of an archive after expansion.
    pub expanded: u64,
    /// Expanded bytes per compressed byte of one part (judged above one megabyte).
    pub ratio: u64,
    /// Parts of an archive.
    pub parts: usize,
    /// Rows of a sheet.
    pub rows: usize,
    /// Columns of a sheet.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { file: 50 << 20, expanded: 400 << 20, ratio: 250, parts: 5_000, rows: 50_000, columns: 500 }
    }
}

const SMALL: u64 = 1 << 20;

/// Expands every part of an archive and counts; tells what goes beyond the limits.
pub fn archive(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        refused(
            file,
            format!("เปิดไฟล์ไม่ได้ ไฟล์อาจเสียหรือไม่ครบ ({error})"),
            format!("cannot open the file; it may be damaged or incomplete ({error})"),
        )
    })?;
    if archive.len() > limits.parts {
        return Err(refused(
            file,
            format!("ไฟล์มีส่วนย่อย {} ส่วน เกินขีดจำกัด {}", archive.len(), limits.parts),
            format!("the file has {} parts, the limit is {}", archive.len(), limits.parts),
        ));
    }
    let mut total = 0u64;
    let mut buffer = vec![0u8; 64 << 10];
    for i in 0..archive.len() {
        let damaged = |error: &dyn std::fmt::Display| {
            refused(
                file,
                format!("ไฟล์เสียหายหรือตั้งรหัสผ่านไว้ ({error})"),
                format!("the file is damaged or protected by a password ({error})"),
            )
        };
        let mut part = archive.by_index(i).map_err(|e| damaged(&e))?;
        let packed = part.compressed_size().max(1);
        let mut size = 0u64;
        loop {
            let read = part.read(&mut buffer).map_err(|e| damaged(&e))? as u64;
            if read == 0 {
                break;
            }
            size += read;
            total += read;
            if total > limits.expanded {
                let most = limits.expanded >> 20;
                return Err(refused(
                    file,
                    format!("เมื่อขยายแล้วไฟล์ใหญ่เกิน {most} MB จึงไม่เปิด"),
                    format!("the file expands to more than {most} MB and was not opened"),
                ));
            }
            if size > SMALL && size / packed > limits.ratio {
                let most = limits.ratio;
                return Err(refused(
                    file,
                    format!("ส่วนหนึ่งของไฟล์ขยายเกิน {most} เท่า ซึ่งไม่ใช่เอกสารตามปกติ จึงไม่เปิด"),
                    format!(
                        "a part of the file expands more than {most} times, which no ordinary document does; it was not opened"
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// Counts the cells that an OpenDocument sheet stands for: one short element may repeat a row or cell many times.
pub fn open_document(file: &str, content: &str, limits: &Limits) -> Result<(), Diagnostic> {
    let bad = |th: String, en: String| refused(file, th, en);
    let mut reader = Reader::from_str(content);
    let (mut rows, mut cells) = (0u64, 0u64);
    let (mut repeat, mut column, mut filled, mut pending) = (1u64, 0u64, 0u64, 0u64);
    loop {
        let event = reader
            .read_event()
            .map_err(|error| bad(format!("อ่านแผ่นงานไม่ได้ ({error})"), format!("cannot read the sheet ({error})")))?;
        let attribute = |e: &quick_xml::events::BytesStart<'_>, name: &str| -> u64 {
            e.attributes()
                .flatten()
                .find(|a| a.key == quick_xml::name::QName(name))
                .and_then(|a| a.value.parse().ok())
                .unwrap_or(1)
        };
        match event {
            Event::Start(e) if e.name() == quick_xml::name::QName("table:table") => rows = 0,
            Event::Start(e) if e.name() == quick_xml::name::QName("table:table-row") => {
                repeat = attribute(&e, "table:number-rows-repeated");
                (column, filled) = (0, 0);
            }
            Event::Start(e) | Event::Empty(e) if e.name() == quick_xml::name::QName("table:table-cell") => {
                column += attribute(&e, "table:number-columns-repeated");
                let value = e.attributes().flatten().any(|a| {
                    a.key == quick_xml::name::QName("office:value-type")
                        || a.key == quick_xml::name::QName("table:formula")
                });
                if value {
                    filled = column;
                }
            }
            Event::End(e) if e.name() == quick_xml::name::QName("table:table-row") => {
                if filled == 0 {
                    pending = pending.saturating_add(repeat);
                    continue;
                }
                rows = rows.saturating_add(pending).saturating_add(repeat);
                pending = 0;
                cells = cells.saturating_add(repeat.saturating_mul(filled));
                if filled > limits.columns as u64 || rows > limits.rows as u64 + 1000 {
                    return Err(too_large(file, limits));
                }
                if cells > (limits.rows * 100) as u64 {
                    return Err(too_large(file, limits));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The finding about too many rows or columns.
pub fn too_large(file: &str, limits: &Limits) -> Diagnostic {
    refused(
        file,
        format!("ตารางใหญ่เกินขีดจำกัด {} แถว {} คอลัมน์", limits.rows, limits.columns),
        format!("the table is larger than the limit of {} rows and {} columns", limits.rows, limits.columns),
    )
    .hint("แบ่งไฟล์แล้วนำเข้าทีละส่วน", "split the file and import the parts")
}
