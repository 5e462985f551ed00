//! Text of a PDF: line ends, extraction.

use sala::internals::pdf::{Pdf, PdfAssets, Typesetter};
use serde_json::json;

use super::*;

/// Thai prose of some length, for extraction and line ends.
const PROSE: &str = "เครือข่ายนวัตกรรมคุณภาพสถานศึกษาช่วยให้โรงเรียนบ้านหนองแวงและโรงเรียนข้างเคียงแลกเปลี่ยนวิธีสอนที่ได้ผล ศึกษานิเทศก์จากสำนักงานเขตพื้นที่การศึกษาเข้าเยี่ยมชั้นเรียนภาคเรียนละสองครั้งเพื่อดูผลสัมฤทธิ์ของผู้เรียน ครูนำนวัตกรรมไปปรับใช้ในห้องของตนเองทีละขั้น สั้น ๆ ง่าย ๆ แล้วบันทึกสิ่งที่เกิดขึ้นจริงทั้งที่สำเร็จและไม่สำเร็จ ผู้ปกครองร่วมฟังนักเรียนอ่านทุกสัปดาห์ (ครั้งละสิบนาที) ปีงบประมาณ 2566 มีโรงเรียน 12 แห่งใช้วิธีนี้ ร้อยละ 67.5 ของนักเรียนอ่านคล่องขึ้น ฯลฯ";

/// A typesetter with one more template: the prose on a page of each width.
fn widths(widths: &[u32]) -> Pdf {
    let mut assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    assets.words = WORDS.iter().map(|word| (*word).to_owned()).collect();
    assets.templates.insert(
        "at-widths.typ".into(),
        br#"#import "lib.typ": *
#let data = json("/data.json")
#show: sheet.with(footer: none)
#for w in data.widths { page(width: w * 1pt + 20pt, height: auto, margin: 10pt, t(data.body)) }
"#
        .to_vec(),
    );
    let typesetter = Typesetter::new(assets).expect("a press");
    typesetter
        .render(&job("at-widths", json!({"widths": widths, "body": PROSE, "entry": {"title": "ความกว้าง"}})))
        .expect("a PDF")
}

#[test]
fn protected_words_stay_on_one_line_at_fifty_widths() {
    let list: Vec<u32> = (0..50).map(|k| 215 + k * 7).collect();
    let pdf = widths(&list);
    assert_eq!(pdf.pages, 50);
    let Some(text) = poppler("pdftotext", &["-layout"], &pdf.bytes) else {
        return;
    };
    for (page, text) in text.split('\u{c}').take(50).enumerate() {
        for word in WORDS {
            let expected = PROSE.matches(word).count();
            let found: usize = text.lines().map(|line| line.matches(word).count()).sum();
            assert_eq!(found, expected, "{word} at {} pt:\n{text}", list[page]);
        }
        for line in text.lines() {
            let line = line.trim();
            assert!(
                !line.starts_with(['ๆ', 'ฯ', ')', '”']) && !line.ends_with(['(', '“']),
                "{} pt: {line}",
                list[page]
            );
        }
    }
}

#[test]
fn extracted_text_is_the_source() {
    let pdf = widths(&[400]);
    let Some(text) = poppler("pdftotext", &[], &pdf.bytes) else {
        return;
    };
    let flat = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{c}').collect::<String>();
    let (found, source) = (flat(&text), flat(PROSE));
    let errors = strsim::levenshtein(&found, &source);
    let rate = errors as f64 / source.chars().count() as f64;
    eprintln!("character errors: {errors} ({:.2} %)", rate * 100.0);
    assert!(rate <= 0.02, "{rate}: {found}");
}

#[test]
fn every_glyph_has_its_own_character() {
    // Sara am alone and after a tone, tall consonants, stacked marks, English beside Thai.
    let data = json!({"widths": [400], "body": "น้ำ คำ ก้ำกึ่ง ป่าไม้ ที่นี่ ผู้เรียน นวัตกรรม ปู่ ฝั่ง ญี่ปุ่น ฐานะ Active Learning กตัญญู ซ้ำ ล้ำ ต่ำ"});
    let mut assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    assets.templates.insert(
        "plain.typ".into(),
        br#"#import "lib.typ": *
#show: sheet.with(footer: none)
#t(job.body)
"#
        .to_vec(),
    );
    let typesetter = Typesetter::new(assets).expect("a press");
    let pdf = typesetter.render(&job("plain", data)).expect("a PDF");
    let Some(text) = objects(&pdf.bytes) else {
        return;
    };
    // No span says another text than its glyphs, and no glyph stands for a whole syllable or for a mark of a line end.
    assert_eq!(text.matches("/ActualText").count(), 0);
    let maps =
        text.split("beginbfchar").skip(1).flat_map(|part| part.split("endbfchar").next().unwrap_or_default().lines());
    let targets: Vec<&str> =
        maps.filter_map(|line| line.split('<').nth(2)).filter_map(|t| t.split('>').next()).collect();
    assert!(targets.len() > 20, "{targets:?}");
    assert!(targets.iter().all(|target| target.len() == 4 && *target != "200B"), "{targets:?}");
    assert!(text.contains("th-TH)") && text.contains("en-GB)") && !text.contains("zh-"), "both languages are named");
}

#[test]
fn formulas_are_set_as_mathematics() {
    let mut data = sample("innovation");
    let formula = |t: &str, math: &str| json!({ "type": "p", "runs": [{ "t": "ก่อน " }, { "t": t, "math": math }, { "t": " หลัง" }] });
    data["entry"]["sections"]["what"]["blocks"] = json!([
        formula("x^2", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        formula(
            "\\frac{a}{b} \\le \\sqrt{x_1}",
            "<math display=\"block\"><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>≤</mo><msqrt><msub><mi>x</mi><mn>1</mn></msub></msqrt></math>"
        ),
        json!({ "type": "p", "runs": [{ "t": "E=mc", "math": "<math display=\"block\"><mi>E</mi><mo>=</mo><mi>m</mi><mi>c</mi></math>" }] }),
        formula(
            "\\sum_{i=1}^n \\left(\\bar{x} \\right)",
            "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mrow><mo form=\"prefix\">(</mo><mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">¯</mo></mover><mo form=\"postfix\">)</mo></mrow></math>"
        ),
        formula(
            "\\begin{pmatrix}",
            "<math><mrow><mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mtext>ครู</mtext></mtd></mtr><mtr><mtd><mi>sin</mi></mtd></mtr></mtable><mo>)</mo></mrow></math>"
        ),
    ]);
    let pdf = typesetter().render(&job("innovation", data)).expect("a PDF");
    assert_eq!(pdf.problems, []);
    let Some(text) = poppler("pdftotext", &[], &pdf.bytes) else {
        return;
    };
    for part in ["𝑥", "≤", "∑", "√", "ครู", "sin"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains('^') && !text.contains("frac"), "{text}");
    let fonts = poppler("pdffonts", &[], &pdf.bytes).unwrap_or_default();
    assert!(fonts.contains("NotoSansMath"), "{fonts}");
}
