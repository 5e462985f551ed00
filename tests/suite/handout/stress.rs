//! A portal of the hardest entries, and every paper of the shipped one: nothing overprints, leaves the page or vanishes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::portal::{files, flat, flaws, squeezed};
use crate::tools::{self, sala};

const FRONT: &str = "network = \"nw-001\"\nfiscal_year = 2565\ncomponent = [\"assess\"]\nlevel = [\"primary\"]\ncost_band = \"low\"\n\
     evidence = \"described\"\nevidence_reason = \"ลองห้องเดียว\"\npublished = 2565-01-05\n";

const STEP: &str = "[[building_blocks]]\naction = \"ขั้นแรก\"\n";

/// Names and bodies of innovations, what each of them is hard by, and words that must be printed.
fn bodies() -> Vec<(&'static str, String, Vec<&'static str>)> {
    let table = |columns: usize, rows: usize| {
        let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
        format!("{}{}{}", row("หัวข้อยาวของคอลัมน์"), row("---"), row("มัธยมศึกษาตอนต้นและตอนปลาย").repeat(rows))
    };
    let pictures: String = (0..12).map(|k| format!("![ภาพที่ {k}](../odd-{}.png)\n\n", k % 3)).collect();
    vec![
        ("empty-cells", "| ก | |\n|---|---|\n| ๑ | |\n\nท้ายตาราง".into(), vec!["ท้ายตาราง"]),
        ("table-24", format!("{}\nท้ายตาราง", table(3, 24)), vec!["ท้ายตาราง"]),
        ("table-200", format!("{}\nท้ายตาราง", table(3, 200)), vec!["ท้ายตาราง"]),
        ("table-9-columns", format!("{}\nท้ายตาราง", table(9, 5)), vec!["ท้ายตาราง"]),
        ("table-14-columns", format!("{}\nท้ายตาราง", table(14, 3)), vec!["ท้ายตาราง"]),
        ("pictures", pictures, vec![]),
        ("words", "คำยาวไม่มีช่องว่าง".repeat(300), vec!["คำยาวไม่มีช่องว่าง"]),
        ("address", format!("ดูที่ <https://example.org/{}>", "path/".repeat(80)), vec!["example.org/path/"]),
        ("latin", "x".repeat(400), vec!["xxxx"]),
        (
            "marks",
            "ข้อความ[^1] และ H~2~O กับ $x^2 + \\frac{a}{b}$\n\n[^1]: เชิงอรรถหนึ่ง\n\n- [x] งานที่ทำแล้ว\n- [ ] งานที่เหลือ\n\n\
             > [!WARNING]\n> ข้อความเตือน\n\n### หัวข้อสาม\n\n#### หัวข้อสี่\n\nคำศัพท์\n: คำอธิบาย\n\n[ลิงก์](https://example.org/)"
                .into(),
            vec!["เชิงอรรถหนึ่ง", "งานที่ทำแล้ว", "งานที่เหลือ", "ข้อความเตือน", "หัวข้อสาม", "หัวข้อสี่", "คำอธิบาย", "𝑥"],
        ),
        ("scripts", "ສະບາຍດີ សួស្តី မင်္ဂလာပါ سلامت 😀 แล้วอ่านต่อ".into(), vec!["ສະບາຍ", "แล้วอ่านต่อ"]),
        ("lists", (0..8).map(|k| format!("{}- ข้อย่อยชั้นที่ {k}\n", "  ".repeat(k))).collect(), vec!["ข้อย่อยชั้นที่7"]),
    ]
}

/// A portal of the programme without samples, with hard innovations, a forum that names them all, and a form.
fn portal() -> &'static (PathBuf, PathBuf) {
    static MADE: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let (root, out) = (folder.join("portal"), folder.join("made"));
        let run = sala().args(["init", "--template", "networks"]).arg(&root).output().expect("the program starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let write = |name: &str, text: &str| {
            let path = root.join("content").join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        };
        for (k, (wide, high)) in [(1, 1), (10, 10), (50, 2000)].into_iter().enumerate() {
            let picture = image::GrayImage::from_pixel(wide, high, image::Luma([128]));
            picture.save(root.join(format!("content/odd-{k}.png"))).expect("a picture");
        }
        let mut ids = Vec::new();
        for (name, body, _) in bodies() {
            let front = format!("title = \"ทดสอบ {name}\"\nsummary = \"เรื่องที่พิมพ์ยาก\"\n{FRONT}{STEP}");
            let text = format!(
                "+++\n{front}+++\n## ปัญหาและที่มา\n\n{body}\n\n## นวัตกรรมนี้คืออะไร\n\nท้ายสุดของเรื่อง\n"
            );
            write(&format!("innovations/inn-{name}.md"), &text);
            ids.push(format!("inn-{name}"));
        }
        // A long title, every step of forty, results of odd units; in English too.
        let steps: String =
            (1..=40).map(|k| format!("[[building_blocks]]\naction = \"ขั้นที่ {k} ของวิธีทำ\"\nlesson = \"บทเรียน\"\n")).collect();
        let results = "[[results]]\nindicator = \"ตัวชี้วัด\"\nbefore = 0\nafter = 1234567.25\nunit = \"หน่วยวัดที่มีชื่อยาวมาก จาก 2,000,000 หน่วย\"\n";
        let title = "ชื่อเรื่องที่ยาวมากจนต้องขึ้นหลายบรรทัด".repeat(4);
        let short = "## ปัญหาและที่มา\n\nสั้น\n\n## นวัตกรรมนี้คืออะไร\n\nสั้น\n";
        write(
            "innovations/inn-steps.md",
            &format!("+++\ntitle = \"{title}\"\nsummary = \"ยาว\"\n{FRONT}{results}{steps}+++\n{short}"),
        );
        write(
            "innovations/inn-steps.en.md",
            &format!(
                "+++\ntitle = \"{}\"\nsummary = \"Long\"\n+++\n## Problem\n\nShort\n",
                "A title of many words ".repeat(8)
            ),
        );
        ids.push("inn-steps".into());
        for k in 0..46 {
            let front = format!("title = \"เรื่องสั้นที่ {k}\"\nsummary = \"สั้น\"\n{FRONT}{STEP}");
            write(&format!("innovations/inn-short-{k}.md"), &format!("+++\n{front}+++\n{short}"));
            ids.push(format!("inn-short-{k}"));
        }
        write(
            "forums/forum-2565-stress.md",
            &format!(
                "+++\ntitle = \"เวทีของเรื่องที่พิมพ์ยาก\"\nsummary = \"หกสิบเรื่อง\"\nforum_level = \"obec\"\nfiscal_year = 2565\ndate = 2565-08-24\nnetworks = [\"nw-001\"]\ninnovations = {ids:?}\n+++\n## เวทีนี้จัดเพื่ออะไร\n\nทดสอบ\n"
            ),
        );
        // One card for a wall, the sheets, and what a forum of sixty has.
        let print = |args: &[&str]| {
            let run = sala().args(["handout", "--lang", "en", "--portal"]).arg(&root).args(args).arg("-o").arg(&out).output();
            let run = run.expect("the program starts");
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        };
        let sheets: Vec<&str> = ids.iter().map(String::as_str).take(bodies().len() + 3).chain(["inn-steps.en"]).collect();
        print(&sheets);
        print(&["inn-steps", "--product", "wall"]);
        print(&["forum-2565-stress"]);
        print(&["forum-2565-stress", "--product", "slides"]);
        (root, out)
    })
}

fn unflawed(folder: &Path) {
    let list = files(folder);
    assert!(!list.is_empty(), "{}", folder.display());
    let bad: Vec<_> = list.iter().map(|path| (path, flaws(path))).filter(|(_, found)| !found.is_empty()).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn nothing_of_the_stress_portal_overprints_leaves_the_page_or_vanishes() {
    if !tools::has("pdftotext") {
        return tools::skip("the stress portal", "pdftotext is not installed");
    }
    let (_, out) = portal();
    unflawed(out);
    for (name, _, said) in bodies() {
        let text = flat(&out.join(format!("inn-{name}.pdf")));
        for words in said.iter().chain(&["ท้ายสุดของเรื่อง"]) {
            assert!(text.contains(&squeezed(words)), "{name}: {words}: {text}");
        }
    }
    let text = flat(&out.join("inn-steps.pdf"));
    assert!((1..=40).all(|k| text.contains(&format!("ขั้นที่{k}ของวิธีทำ"))), "{text}");
    assert_eq!(flat(&out.join("inn-table-200.pdf")).matches("มัธยมศึกษาตอนต้นและตอนปลาย").count(), 600);
}

#[test]
fn every_paper_of_a_forum_stays_in_its_margins() {
    if !tools::has("pdftotext") {
        return tools::skip("every paper of a forum", "pdftotext is not installed");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("people.csv");
    let long = "นางสาวปรียานุชชลธิชาวราภรณ์ สมมติพงษ์ไพบูลย์วัฒนากุลชัย,ผู้อำนวยการกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา รักษาราชการแทนรองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 2\n";
    let rows: String = (0..30).map(|k| format!("นายตัวอย่าง สมมติ{k},ครู,โรงเรียนตัวอย่าง\n")).collect();
    fs::write(&list, format!("ชื่อ-สกุล,ตำแหน่ง,โรงเรียน\n{long}{rows}")).expect("written");
    let list = list.to_str().expect("a path");
    let stress = portal().0.as_path();
    let real = tools::repository();
    for (k, (root, forum, args)) in [
        (real, "forum-2566-obec", vec!["--paper", "a5"]),
        (real, "forum-2566-obec", vec!["--paper", "a5-booklet"]),
        (real, "forum-2566-obec", vec!["--paper", "a4-booklet"]),
        (stress, "forum-2565-stress", vec!["--paper", "a5"]),
        (real, "forum-2565-so01", vec!["--product", "sign-in", "--people", list]),
        (real, "forum-2565-so01", vec!["--product", "name-cards", "--people", list]),
        (real, "forum-2565-so01", vec!["--product", "certificates", "--people", list]),
        (real, "forum-2565-so01.en", vec!["--product", "name-cards", "--people", list]),
    ]
    .into_iter()
    .enumerate()
    {
        let out = folder.path().join(k.to_string());
        let run = sala().args(["handout", forum, "--portal"]).arg(root).args(&args).arg("-o").arg(&out).output();
        let run = run.expect("the program starts");
        assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
        unflawed(&out);
    }
}
