//! Products that people change, pass on, or make from a list of people.

use std::io::Read;
use std::path::Path;

use super::*;
use crate::tools;

/// Runs `sala handout` on the real portal.
fn handout(args: &[&str], out: &Path) -> std::process::Output {
    let mut run = tools::sala();
    run.args(["handout", "--lang", "en", "--portal"]).arg(tools::repository()).args(args).arg("-o").arg(out);
    run.output().expect("the program starts")
}

/// The XML of a part of an OOXML file.
pub(super) fn part(file: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).expect("the file")).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The text of a file as LibreOffice has it, by way of a PDF; `None` where it is not installed and tools are not required.
fn opened(file: &Path) -> Option<String> {
    if !tools::has("soffice") || !tools::has("pdftotext") {
        tools::skip("files for offices", "soffice or pdftotext is not installed");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(file)
        .output()
        .expect("soffice starts");
    let pdf = folder.path().join(file.file_stem().expect("a name")).with_extension("pdf");
    let bytes = std::fs::read(pdf).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&run.stderr)));
    poppler("pdftotext", &["-raw"], &bytes).map(|text| text.split_whitespace().collect())
}

#[test]
fn forms_programmes_and_slides_open_in_an_office() {
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("made");
    for (args, file, said) in [
        (["form-09", "--product", "word"], "form-09-word.docx", "วัตถุประสงค์"),
        (["form-04", "--product", "word"], "form-04-word.docx", "ลงชื่อ"),
        (["forum-2565-so01", "--product", "programme"], "forum-2565-so01-programme.docx", "เพื่อนประเมินเพื่อน"),
        (["forum-2565-so01", "--product", "speaker"], "forum-2565-so01-speaker.pptx", "เช็กสั้นวันศุกร์"),
    ] {
        let run = handout(&args, &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let text = opened(&out.join(file));
        if let Some(text) = text {
            assert!(text.contains(said), "{file}: {text}");
        }
    }
    // A signature is not split between pages: its label and lines but the last stay with the next.
    let signed = part(&out.join("form-04-word.docx"), "word/document.xml");
    assert!(signed.matches("<w:keepNext/><w:tabs>").count() >= 18, "{signed}");
    // The name is written between brackets.
    let brackets = ["( <", ">)<"].map(|bracket| signed.matches(bracket).count());
    assert!(brackets[0] > 0 && brackets[0] == brackets[1], "{brackets:?}: {signed}");
    // What a speaker says is a note, a table keeps its head, and no mark of a line end is left.
    let notes = part(&out.join("forum-2565-so01-speaker.pptx"), "ppt/notesSlides/notesSlide9.xml");
    let words =
        std::fs::read_to_string(tools::repository().join("content/innovations/inn-friday-check.md")).expect("a page");
    let lesson =
        words.lines().find_map(|line| line.strip_prefix("lesson = \"")).expect("a lesson").trim_end_matches('"');
    assert!(notes.contains(lesson), "{lesson}: {notes}");
    let document = part(&out.join("form-09-word.docx"), "word/document.xml");
    assert!(document.contains("w:tblHeader") && document.contains("landscape"), "{document}");
    // No row of a short table stands alone on the next page: each stays with the one below it.
    let programme = part(&out.join("forum-2565-so01-programme.docx"), "word/document.xml");
    let last = programme.rsplit("<w:tbl>").next().unwrap_or_default();
    let kept = last.split("<w:tr>").skip(1).map(|row| row.contains("<w:keepNext/>")).collect::<Vec<_>>();
    assert!(kept.len() > 2 && kept.iter().rev().skip(1).all(|k| *k) && kept.last() == Some(&false), "{kept:?}");
    // What Word wants after the last table is no line of text: it would begin a page of its own.
    let end = programme.rsplit("</w:tbl>").next().unwrap_or_default();
    assert!(end.contains("w:line=\"20\" w:lineRule=\"exact\"") && end.matches("<w:p>").count() == 1, "{end}");
    // The edges of tables stand on those of the text.
    let settings = part(&out.join("forum-2565-so01-programme.docx"), "word/settings.xml");
    assert!(settings.contains("compatibilityMode") && settings.contains("w:val=\"15\""), "{settings}");
    assert!(!document.contains('\u{e000}') && !document.contains('\u{200b}'));
}

#[test]
fn a_paper_of_several_entries_is_printed_once() {
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("made");
    let run = handout(&["model-formal", "model-network", "model-formal", "--product", "poster"], &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(said.lines().filter(|line| line.ends_with("models-poster.pdf")).count(), 1, "{said}");
}

#[test]
fn names_of_a_column_stay_whole_while_another_can_give_way() {
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("made");
    let run = handout(&["forum-2566-obec", "--product", "programme"], &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = part(&out.join("forum-2566-obec-programme.docx"), "word/document.xml");
    let table = text.rsplit("<w:tbl>").next().unwrap_or_default();
    let widths = table.split("<w:gridCol w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let widths: Vec<usize> = widths.map(|n| n.parse().expect("a width")).collect();
    let mark = |c: &char| matches!(*c, 'ั' | 'ิ'..='ฺ' | '็'..='๎');
    let letters = |text: &str| text.chars().filter(|c| !mark(c)).count();
    let longest = |column: usize| {
        let rows = table.split("<w:tr>").skip(2);
        let cells =
            rows.filter_map(|row| row.split("<w:tc>").nth(column + 1)?.split("<w:t xml:space=\"preserve\">").nth(1));
        cells.map(|cell| letters(cell.split('<').next().unwrap_or_default())).max().unwrap_or(0)
    };
    // The font of the offices takes 5.5 pt for a letter. Names of networks and offices have parts, those of schools have none.
    let need = longest(3) * 110 + 216;
    assert!(longest(3) > 20 && widths[3] >= need, "{widths:?}, {need}");
    assert!(widths.iter().sum::<usize>() <= 9638, "{widths:?}");
}

#[test]
fn forms_for_offices_have_headings_and_room_to_write() {
    let item = |no: &str, label: &str, kind: &str| json!({ "no": { "text": no }, "label": { "text": label }, "kind": { "text": kind } });
    let long = "ชื่อของช่องที่ยาวเกินกว่าจะมีที่เขียนพออยู่บนบรรทัดเดียวกัน";
    let mut data = sample("form");
    data["entry"]["fields"]["items"]["records"] = json!([
        json!({ "label": { "text": "ตาราง" }, "kind": { "text": "table" }, "lines": { "text": "3" },
            "columns": { "text": "เรื่อง|ผล" }, "rows": { "text": "หนึ่ง|สอง" } }),
        item("2", "บริบท", "text"),
        item("2.1", "บริบททั่วไป", "text"),
        item("", "สั้น", "line"),
        item("", long, "line"),
        item("3.1", "ข้อตกลงหนึ่ง", "text"),
        item("3.2", "ข้อตกลงสอง", "text"),
    ]);
    data["entry"]["section_list"] = json!([]);
    let job = Job { file: FileKind::Docx, ..job("form-office", data) };
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &typesetter().render(&job).expect("a file").bytes).expect("written");
    let text = part(file.path(), "word/document.xml");
    let of = |words: &str| text.split("<w:p>").find(|p| p.contains(&format!(">{words}"))).unwrap_or_default();
    // Headings are as deep as their numbers, clauses are none.
    assert!(of("2 บริบท").contains("Heading2") && of("2.1 บริบททั่วไป").contains("Heading3"), "{text}");
    assert!(!of("3.1 ข้อตกลงหนึ่ง").contains("Heading") && !of("3.2 ข้อตกลงสอง").contains("Heading"), "{text}");
    // Lines are 9 mm apart; a long label stands above its line and stays with it.
    assert!(of("สั้น").contains("w:leader=\"dot\"") && of("สั้น").contains("w:line=\"510\""), "{text}");
    assert!(of(long).contains("<w:keepNext/>") && !of(long).contains("w:leader"), "{text}");
    // Rows beside printed words have room for two lines where paper has more.
    assert_eq!(text.matches("<w:trHeight w:val=\"1020\"").count(), 2, "{text}");
}

#[test]
fn columns_for_offices_are_as_wide_as_their_longest_piece() {
    let mut data = sample("booklet");
    let row = json!({ "time": { "text": "09.00–10.00" }, "item": { "text": "เรื่อง" }, "who": { "text": "โรงเรียนบ้านหนองแวง" }, "room": { "text": "ห้อง 1–2" } });
    data["entry"]["fields"]["programme"] =
        json!({ "id": "programme", "present": true, "type": "table", "records": vec![row; 9] });
    let job = Job { file: FileKind::Docx, ..job("programme-office", data) };
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &typesetter().render(&job).expect("a file").bytes).expect("written");
    let text = part(file.path(), "word/document.xml");
    let wide: Vec<u32> =
        text.split("<w:gridCol w:w=\"").skip(1).filter_map(|c| c.split('"').next()?.parse().ok()).collect();
    // By their shares the third had 2,300.
    assert!(wide.len() >= 4 && wide[2] > 2_400 && wide[..4].iter().sum::<u32>() <= 9_638, "{wide:?}");
    // No line ends after the dash of a range, and the first row of a long table stays with the second.
    assert!(text.contains("1–\u{2060}2"), "{text}");
    let kept = text.split("<w:tr>").skip(1).map(|row| row.contains("<w:keepNext/>")).collect::<Vec<_>>();
    assert_eq!(kept[..10], [true, true, false, false, false, false, false, false, true, false]);
}

#[test]
fn formulas_of_office_files_are_a_line_of_text() {
    let mut data = sample("form");
    let math = "<math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></math>";
    let blocks = json!([{ "type": "p", "runs": [{ "t": "x^2+\\frac{a}{b}", "math": math, "line": "x² + a/b" }] }]);
    data["entry"]["section_list"] = json!([{ "id": "clauses", "title": "", "present": true, "blocks": blocks }]);
    let job = Job { file: FileKind::Docx, ..job("form-office", data) };
    let made = typesetter().render(&job).expect("a file");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &made.bytes).expect("written");
    let text = part(file.path(), "word/document.xml");
    assert!(text.contains("x² + a/b") && !text.contains("frac"), "{text}");
}

#[test]
fn pictures_for_chats_and_links_have_their_size() {
    let out = tempfile::tempdir().expect("a folder");
    for (product, size) in [("card", (1080, 1350)), ("link", (1080, 567))] {
        let out = out.path().join(product);
        let run = handout(&["inn-friday-check", "--product", product], &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let bytes = std::fs::read(out.join(format!("inn-friday-check-{product}.png"))).expect("a picture");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((number(16), number(20)), size);
        assert!(bytes.len() < 400 << 10, "{} bytes", bytes.len());
    }
}

#[test]
fn papers_of_people_are_written_where_asked_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("people.csv");
    let name = "นางสาวปรียานุชชลธิชา ทดสอบรายชื่อ";
    std::fs::write(&list, format!("รายชื่อผู้เข้าร่วม,,\nชื่อ-สกุล,โรงเรียน,โทรศัพท์\n{name},โรงเรียนตัวอย่าง,0812345678\n"))
        .expect("written");
    let list = list.to_str().expect("a path");
    let mut made = Vec::new();
    for (product, pages) in [("sign-in", 1), ("name-cards", 1), ("certificates", 1)] {
        let out = folder.path().join(product);
        let run = handout(&["forum-2565-so01", "--product", product, "--people", list], &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let bytes = std::fs::read(out.join(format!("forum-2565-so01-{product}.pdf"))).expect("a PDF");
        let Some(text) = poppler("pdftotext", &["-raw"], &bytes) else { return };
        made.push(bytes);
        let flat: String = text.split_whitespace().collect();
        assert!(flat.contains(&name.replace(' ', "")), "{product}: {text}");
        assert!(!flat.contains("0812345678"), "{product} prints a column that nobody asked for");
        assert_eq!(text.matches('\u{c}').count(), pages, "{product}");
    }
    // Nothing of the list is kept, and the portal's own folder takes none of it.
    let kept = walkdir::WalkDir::new(tools::repository().join(".sala/cache/pdf")).into_iter().flatten();
    for file in kept.filter(|f| f.file_type().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        assert!(made.iter().all(|pdf| !bytes.ends_with(pdf)), "{}", file.path().display());
    }
    let inside = tools::repository().join("handouts-people");
    let run = handout(&["forum-2565-so01", "--product", "sign-in", "--people", list], &inside);
    assert!(!run.status.success() && !inside.exists());
    // Without the column of names nothing is made.
    let other = folder.path().join("other.csv");
    std::fs::write(&other, "อายุ,สี\n1,แดง\n").expect("written");
    let run = handout(
        &["forum-2565-so01", "--product", "sign-in", "--people", other.to_str().expect("a path")],
        &folder.path().join("x"),
    );
    assert!(String::from_utf8_lossy(&run.stderr).contains("ชื่อ-สกุล"));
    assert!(!folder.path().join("x").exists());
}

#[test]
fn other_scripts_print_as_they_are_written() {
    let mut data = sample("innovation");
    let words = [
        ("ສະບາຍດີ", "NotoSansLao"),
        ("សួស្តី", "NotoSansKhmer"),
        ("မင်္ဂလာပါ", "NotoSansMyanmar"),
        ("سلامت", "NotoNaskhArabic"),
        ("😀", "NotoEmoji"),
    ];
    data["entry"]["title"] = json!(words.map(|(word, _)| word).join(" "));
    let pdf = typesetter().render(&job("innovation", data)).expect("a PDF");
    assert_eq!(pdf.problems, []);
    let fonts = poppler("pdffonts", &[], &pdf.bytes).unwrap_or_default();
    let Some(text) = poppler("pdftotext", &["-l", "1"], &pdf.bytes) else { return };
    assert!(!text.contains("[?]"), "{text}");
    for (word, font) in words {
        let first = word.chars().next().expect("a letter");
        assert!(fonts.contains(font) && text.contains(first), "{font}: {text}{fonts}");
    }
}
