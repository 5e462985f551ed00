//! Limits on what is opened: size on disk, expanded size, compression ratio, rows and columns.
//!
//! Workbooks are zip archives; a small one can expand without bound, and the sizes it declares can lie. So every
//! part is expanded once and counted before a parser sees it.

use super::refused;
use crate::diagnostics::Diagnostic;
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
    /// Bytes that the cells of a sheet take: what a file repeats or refers to is counted as often as it is there.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file: 50 << 20,
            expanded: 400 << 20,
            ratio: 250,
            parts: 5_000,
            rows: 50_000,
            columns: 500,
            cells: 256 << 20,
        }
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
        // Another program may take the other name, and show another text than the one that is imported.
        if names_differ(bytes, part.header_start(), part.name_raw()) {
            return Err(refused(
                file,
                "ส่วนหนึ่งของไฟล์มีสองชื่อ โปรแกรมอื่นจึงอาจแสดงข้อความอื่น ไฟล์นี้เสียหาย จึงไม่เปิด",
                "a part of the file has two names, so another program may show another text; the file is damaged and was not opened",
            )
            .hint("เปิดในโปรแกรมเดิมแล้วบันทึกใหม่", "open it in the program it comes from and save it again"));
        }
        let packed = part.compressed_size().max(1);
        let mut size = 0u64;
        loop {
            let read = part.read(&mut buffer).map_err(|e| damaged(&e))? as u64;
            if read == 0 {
                break;
            }
            if size == 0 && declares(&buffer[..read as usize]) {
                return Err(refused(
                    file,
                    "ไฟล์นิยามคำย่อของตัวเอง (ENTITY) ซึ่งเอกสารตามปกติไม่มี จึงไม่เปิด",
                    "the file declares entities, which no ordinary document does; it was not opened",
                ));
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

/// Whether a part's name before its data, where it is plain, is another one than that by which it is found.
fn names_differ(bytes: &[u8], header: u64, name: &[u8]) -> bool {
    let header = usize::try_from(header).ok().and_then(|at| bytes.get(at..));
    let Some((head, rest)) = header.and_then(|h| h.split_at_checked(30)).filter(|(h, _)| h.starts_with(b"PK\x03\x04"))
    else {
        return false;
    };
    let written = rest.get(..usize::from(u16::from_le_bytes([head[26], head[27]]))).unwrap_or_default();
    written.is_ascii() && written != name
}

/// Whether XML begins with words of its own, which a few of can grow without bound.
fn declares(start: &[u8]) -> bool {
    start.trim_ascii_start().starts_with(b"<") && start.windows(8).any(|w| w == b"<!ENTITY")
}

/// The finding about too many rows or columns.
pub fn too_large(file: &str, limits: &Limits) -> Diagnostic {
    refused(
        file,
        format!("ตารางใหญ่เกินขีดจำกัด {} แถว {} คอลัมน์ {} MB", limits.rows, limits.columns, limits.cells >> 20),
        format!(
            "the table is larger than the limit of {} rows, {} columns and {} MB of cells",
            limits.rows,
            limits.columns,
            limits.cells >> 20
        ),
    )
    .hint("แบ่งไฟล์แล้วนำเข้าทีละส่วน", "split the file and import the parts")
}
