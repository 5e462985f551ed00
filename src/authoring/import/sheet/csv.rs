//! Tables of plain text: which characters, which separator, where a quotation is left open.

use super::table::{Sheet, text_cell};
use crate::authoring::import::guard::{Limits, too_large};
use crate::authoring::import::refused;
use crate::diagnostics::{Code, Diagnostic, Severity};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874, WINDOWS_1252};

/// Records that are looked at to find the separator.
const SAMPLE: usize = 60;

/// Reads the table.
///
/// # Errors
/// A quotation that does not end or ends within a cell, and more rows or columns than the limits allow.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> Result<Sheet, Diagnostic> {
    if let Some(line) = damaged(bytes) {
        let mut d = refused(
            file,
            format!("บรรทัด {line}: มีไบต์ที่ไม่ใช่ UTF-8 ในไฟล์ UTF-8 ตัวอักษรตรงนั้นเสียหาย"),
            format!("line {line}: bytes that are no UTF-8 in a file that is; its letters are damaged there"),
        )
        .hint("ส่งออกตารางใหม่เป็น CSV แบบ UTF-8 หรือ .xlsx", "export the table again as CSV in UTF-8, or as .xlsx");
        d.line = line;
        return Err(d);
    }
    let (text, page) = decoded(bytes);
    let mut notes = Vec::new();
    if let Some(page) = page {
        notes.push(
            Diagnostic::new(
                Code::ImportFile,
                file,
                format!("ไฟล์ไม่ใช่ UTF-8 จึงอ่านเป็น {page} ตรวจว่าตัวอักษรถูกต้อง"),
                format!("the file is not UTF-8 and was read as {page}; see that its letters are right"),
            )
            .severity(Severity::Note),
        );
    }
    let (text, named) = separator_line(&text);
    let separator = named.unwrap_or_else(|| separator(text));
    let records = Records::new(text, separator);
    let mut sheet = Sheet { notes, ..Sheet::default() };
    for (number, record) in records.enumerate() {
        let cells = record.map_err(|fault| fault.diagnostic(file))?;
        if cells.len() > limits.columns || sheet.rows.len() > limits.rows {
            return Err(too_large(file, limits));
        }
        let cells: Vec<_> = cells.iter().map(|c| text_cell(c)).collect();
        if cells.iter().any(|c| !c.is_empty()) {
            sheet.rows.push((number + 1, cells));
        }
    }
    Ok(sheet)
}

/// The first line that is no UTF-8, in a text that mostly is.
fn damaged(bytes: &[u8]) -> Option<usize> {
    let error =
        std::str::from_utf8(bytes).err().filter(|_| Encoding::for_bom(bytes).is_none_or(|(e, _)| e == UTF_8))?;
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let sound = text.chars().filter(|c| !c.is_ascii()).count() - broken;
    (sound > broken).then(|| bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1)
}

/// The text, and the name of the code page where it had to be found out.
fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), None);
    }
    // Every second byte of UTF-16 is mostly 0 or the Thai block's 0x0E.
    let high = |start: usize| bytes.iter().skip(start).step_by(2).filter(|b| matches!(**b, 0 | 0x0E)).count() * 10;
    let half = bytes.len() / 2;
    if bytes.contains(&0) && half > 0 {
        for (encoding, start) in [(UTF_16LE, 1), (UTF_16BE, 0)] {
            if high(start) > half * 8 {
                return (encoding.decode_without_bom_handling(bytes).0.into_owned(), Some(encoding.name()));
            }
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_string(), None);
    }
    let page = if is_thai(bytes) { WINDOWS_874 } else { WINDOWS_1252 };
    (page.decode_without_bom_handling(bytes).0.into_owned(), Some(page.name()))
}

/// Whether bytes above 127 are Thai letters: marks are on letters, and words are not mixed with Latin ones.
fn is_thai(bytes: &[u8]) -> bool {
    let letter = |b: u8| matches!(b, 0xA1..=0xDA | 0xDF..=0xFB);
    let mark = |b: u8| matches!(b, 0xD1 | 0xD4..=0xDA | 0xE7..=0xEE);
    let (mut high, mut odd) = (0usize, 0usize);
    for (i, b) in bytes.iter().enumerate().filter(|(_, b)| **b >= 0xA0) {
        let before = i.checked_sub(1).and_then(|j| bytes.get(j)).copied().unwrap_or(b' ');
        let after = bytes.get(i + 1).copied().unwrap_or(b' ');
        high += 1;
        if (!letter(*b) && *b != 0xA0)
            || (mark(*b) && !letter(before))
            || before.is_ascii_alphabetic()
            || after.is_ascii_alphabetic()
        {
            odd += 1;
        }
    }
    odd * 4 < high
}

/// The first line of some spreadsheets names the separator.
fn separator_line(text: &str) -> (&str, Option<char>) {
    let line = text.lines().next().unwrap_or("");
    match line.trim_end().strip_prefix("sep=").or_else(|| line.trim_end().strip_prefix("SEP=")) {
        Some("") if line.starts_with("sep=\t") => (text[line.len()..].trim_start_matches(['\r', '\n']), Some('\t')),
        Some(mark) if mark.chars().count() == 1 => {
            let rest = &text[line.len()..];
            (rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')).unwrap_or(rest), mark.chars().next())
        }
        _ => (text, None),
    }
}

/// The separator that gives most records the same number of cells, more than one.
fn separator(text: &str) -> char {
    let score = |separator: char| {
        let widths: Vec<usize> =
            Records::new(text, separator).take(SAMPLE).filter_map(|r| Some(r.ok()?.len())).filter(|w| *w > 1).collect();
        let same = |w: usize| widths.iter().filter(|other| **other == w).count();
        widths.iter().map(|w| (same(*w), *w)).max().unwrap_or((0, 0))
    };
    [',', ';', '\t', '|'].into_iter().rev().max_by_key(|c| score(*c)).unwrap_or(',')
}

/// A quotation that cannot be read.
struct Fault {
    /// Line of the file where it begins.
    line: usize,
    /// It ends within the cell; else nowhere.
    within: bool,
}

impl Fault {
    fn diagnostic(&self, file: &str) -> Diagnostic {
        let line = self.line;
        let mut d = if self.within {
            refused(
                file,
                format!("บรรทัด {line}: มีข้อความต่อท้ายเครื่องหมายคำพูดปิด"),
                format!("line {line}: text follows the closing quotation mark of a cell"),
            )
        } else {
            refused(
                file,
                format!("บรรทัด {line}: เครื่องหมายคำพูด \" เปิดแล้วไม่ปิด แถวต่อจากนั้นจะหายไปทั้งหมด"),
                format!("line {line}: a quotation mark is never closed; all rows behind it would be lost"),
            )
        };
        d.line = line;
        d.hint(
            "ปิดเครื่องหมายคำพูด หรือเขียน \"\" สองตัวเมื่อเป็นส่วนของข้อความ แล้วนำเข้าใหม่",
            "close it, or write it twice (\"\") where it belongs to the text",
        )
    }
}

/// The records of a text; a blank line is a record of one empty cell, as spreadsheets count rows.
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: usize,
    failed: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Records<'a> {
        Records { rest: text.chars().peekable(), separator, line: 1, failed: false }
    }

    /// Takes a line end of any kind.
    fn line_end(&mut self, c: char) -> bool {
        if c == '\r' && self.rest.peek() == Some(&'\n') {
            self.rest.next();
        }
        let end = matches!(c, '\r' | '\n');
        self.line += usize::from(end);
        end
    }

    /// The rest of a cell that begins with a quotation mark.
    fn quoted(&mut self) -> Result<String, Fault> {
        let line = self.line;
        let mut cell = String::new();
        while let Some(c) = self.rest.next() {
            match c {
                '"' if self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    cell.push('"');
                }
                '"' => {
                    while self.rest.next_if_eq(&' ').is_some() {}
                    let ends = |c: &char| *c == self.separator || matches!(c, '\r' | '\n');
                    return match self.rest.peek() {
                        Some(c) if !ends(c) => Err(Fault { line, within: true }),
                        _ => Ok(cell),
                    };
                }
                c if self.line_end(c) => cell.push('\n'),
                c => cell.push(c),
            }
        }
        Err(Fault { line, within: false })
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<String>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        self.rest.peek()?;
        let mut cells = vec![String::new()];
        while let Some(c) = self.rest.next() {
            let cell = cells.last_mut()?;
            if c == '"' && cell.trim().is_empty() {
                match self.quoted() {
                    Ok(text) => *cell = text,
                    Err(fault) => {
                        self.failed = true;
                        return Some(Err(fault));
                    }
                }
            } else if c == self.separator {
                cells.push(String::new());
            } else if self.line_end(c) {
                break;
            } else {
                cell.push(c);
            }
        }
        Some(Ok(cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
        let sheet = read("a.csv", bytes, &Limits::default()).unwrap();
        sheet.rows.iter().map(|(n, cells)| (*n, cells.iter().map(|c| c.text()).collect())).collect()
    }

    #[test]
    fn every_dialect_gives_the_same_record() {
        let utf16: Vec<u8> = "\u{feff}title\tcode\nก\tr1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bare: Vec<u8> = "title\tcode\nก\tr1\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            &b"title,code\n\xE0\xB8\x81,r1\n"[..],
            "title;code\r\nก;r1\r\n".as_bytes(),
            "title\tcode\nก\tr1".as_bytes(),
            "title|code\nก|r1".as_bytes(),
            "title,code\rก,r1\r".as_bytes(),
            "\u{feff}sep=;\ntitle;code\nก;r1\n".as_bytes(),
            b"title,code\n\xA1,r1\n",
            &utf16,
            &bare,
        ] {
            let rows = table(bytes);
            assert_eq!(rows, [(1, vec!["title".to_string(), "code".into()]), (2, vec!["ก".into(), "r1".into()])]);
        }
    }

    #[test]
    fn a_comma_in_a_heading_title_or_number_is_no_separator() {
        assert_eq!(table("title;\"code (ก,ข,ค,ง)\";note\nก;r1;n1\n".as_bytes())[1].1, ["ก", "r1", "n1"]);
        assert_eq!(
            table("รายงาน, ประจำปี, 2566\n\ntitle;code\nก;r1\nข;r2\n".as_bytes())[2],
            (4, vec!["ก".into(), "r1".into()])
        );
        assert_eq!(table("title;amount\nก;12,5\nข;1,25\n".as_bytes())[1].1, ["ก", "12,5"]);
    }

    #[test]
    fn code_pages_are_told_apart() {
        assert_eq!(decoded(b"caf\xE9,\xE9").0, "café,é");
        assert_eq!(decoded(b"\xA1\xD2\xC3\xCD\xE8\xD2\xB9").0, "การอ่าน");
        assert_eq!(decoded("การอ่าน".as_bytes()).1, None);
    }

    #[test]
    fn a_quotation_that_does_not_end_is_an_error() {
        let fault = |text: &str| read("a.csv", text.as_bytes(), &Limits::default()).unwrap_err();
        let open = fault("a,b\nก,\"n1\nข,n2\n");
        assert_eq!((open.line, open.code.id()), (2, "S902"));
        assert!(fault("a,b\nก,\"n1\nข,\"n2\",x\n").message.en.contains("follows"));
        let damaged =
            read("a.csv", b"\xE0\xB8\x81,b\n\xFF\xFE,c\n\xE0\xB8\x82,\xE0\xB8\x82", &Limits::default()).unwrap_err();
        assert_eq!(damaged.line, 2);
        let many = Limits { columns: 10, ..Limits::default() };
        assert!(read("a.csv", &b",".repeat(1 << 20), &many).unwrap_err().message.en.contains("limit"));
    }
}
