//! A year of an office, a network, a school and OBEC, recorded with the portal's own forms: what the programme asks for can
//! be written down, checked, and seen as done.

use crate::tools::{repository, sala};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Records of fiscal year 2565: folder, id, front matter, body.
const RECORDS: &[(&str, &str, &str, &str)] = &[
    (
        "plans",
        "plan-2565-of01-promotion",
        "plan_kind = \"promotion-plan\"\nsubject = \"of-01\"\nfiscal_year = 2565\nperiod = { from = 2564-10-01, to = 2565-09-30 }\nobjectives = [\"ทุกเครือข่ายมีพี่เลี้ยง\"]\n[[goals]]\nperiod = \"2565\"\ngoal = \"เยี่ยมทุกเครือข่าย\"\n",
        "## สถานการณ์และเหตุผล\n\nปีที่สองของโครงการ\n",
    ),
    (
        "plans",
        "plan-2565-of01-supervision",
        "plan_kind = \"supervision-plan\"\nsubject = \"of-01\"\nfiscal_year = 2565\nperiod = { from = 2564-10-01, to = 2565-09-30 }\nobjectives = [\"นิเทศสองรอบ\"]\n[[goals]]\nperiod = \"2565\"\ngoal = \"สองรอบ\"\n",
        "## สถานการณ์และเหตุผล\n\nปีที่สองของโครงการ\n",
    ),
    (
        "aars",
        "aar-2565-of01",
        "activity = \"การนิเทศทั้งปี\"\ndate = 2565-09-15\nsubject = \"of-01\"\nfiscal_year = 2565\nplanned_outcome = [\"เยี่ยมครบ\"]\n[[gap]]\nitem = \"การเยี่ยม\"\nplanned = \"2 รอบ\"\nactual = \"2 รอบ\"\n[[lessons]]\nrecommendation = \"นัดวันเยี่ยมตั้งแต่ต้นปี\"\ncategory = \"planning\"\nconcerns = [\"area-offices\"]\n",
        "## สิ่งที่เกิดขึ้น\n\nเยี่ยมครบทุกเครือข่าย\n",
    ),
    (
        "reports",
        "rp-2565-of01",
        "report_level = \"area\"\nround = \"yearly\"\nfiscal_year = 2565\nsubject = \"of-01\"\n",
        "## สรุปสำหรับผู้อ่าน\n\nทุกเครือข่ายมีแผน\n",
    ),
    (
        "appointments",
        "ap-2565-of01",
        "subject = \"of-01\"\ncommittee = \"committee-area\"\ndate = 2564-10-05\nsigned_by = \"ผู้อำนวยการสำนักงาน\"\nfiscal_year = 2565\n",
        "",
    ),
    (
        "visits",
        "visit-2565-nw001",
        "visit_kind = \"obec-advisers\"\nvisitor = \"obec\"\nnetworks = [\"nw-001\"]\nfiscal_year = 2565\ndate = 2565-02-16\n",
        "",
    ),
    (
        "approvals",
        "approval-2565-sc0001",
        "subject = \"sc-0001\"\ndocument = \"แผนปฏิบัติการ 2565\"\ndate = 2564-10-20\napproval_result = \"approved-with-changes\"\nfiscal_year = 2565\n",
        "",
    ),
    (
        "budgets",
        "budget-2565-sc0001",
        "subject = \"sc-0001\"\nfiscal_year = 2565\nfund = \"งบสนับสนุนแกนนำ\"\nallotted = 20000\nused = 18500\nas_of = 2565-09-30\n",
        "",
    ),
    (
        "applications",
        "application-2565-1",
        "school_name = \"โรงเรียนที่ขอเข้าร่วม\"\noffice = \"of-01\"\nschool_role = \"co-development\"\ndate = 2565-05-02\nfiscal_year = 2565\napplication_status = \"accepted\"\n",
        "",
    ),
    (
        "courses",
        "course-2565-of01",
        "subject = \"of-01\"\ntopic = \"การเขียนรายงานประเมินตนเอง\"\ndate = 2565-03-12\nfiscal_year = 2565\n",
        "",
    ),
    (
        "evaluations",
        "evaluation-2565-sc0002",
        "subject = \"sc-0002\"\nfiscal_year = 2565\ndate = 2565-09-20\njudge_roles = [\"ศึกษานิเทศก์\"]\n[[judgements]]\nindicator = \"indicator-1\"\nstate = \"passed\"\nevidence = [\"ร่องรอยหกขั้น\"]\n",
        "",
    ),
    (
        "evaluations",
        "evaluation-2565-sc0003",
        "subject = \"sc-0003\"\nfiscal_year = 2565\ndate = 2565-09-20\njudge_roles = [\"ศึกษานิเทศก์\"]\n[[judgements]]\nindicator = \"indicator-1\"\nstate = \"passed\"\nevidence = [\"ร่องรอยหกขั้น\"]\n",
        "",
    ),
    (
        "evaluations",
        "evaluation-2565-sc0004",
        "subject = \"sc-0004\"\nfiscal_year = 2565\ndate = 2565-09-20\njudge_roles = [\"ศึกษานิเทศก์\"]\n[[judgements]]\nindicator = \"indicator-1\"\nstate = \"not-yet\"\nevidence = [\"ร่องรอยสองขั้น\"]\n",
        "",
    ),
    (
        "agreements",
        "mou-2565-of01",
        "agreement_level = \"area-lead-co\"\nnetworks = [\"nw-001\"]\noffices = [\"of-01\"]\nparties = [\"สำนักงานเขตพื้นที่การศึกษา\", \"สถานศึกษาแกนนำ\", \"สถานศึกษาร่วมพัฒนา\"]\nfiscal_year = 2564\nperiod = { from = 2563-12-15, to = 2566-09-30 }\n",
        "",
    ),
    (
        "syntheses",
        "syn-2564-2566",
        "fiscal_year = [2564, 2565, 2566]\n",
        "## ขอบเขตและรายงานที่ขาด\n\nทุกเครือข่ายที่มีบันทึก\n\n## บทเรียน\n\n```query\nview = \"table\"\nkind = \"lesson\"\ncolumns = [\"category\"]\n```\n\n## วิธีการและข้อจำกัด\n\nนับจากบันทึก\n",
    ),
];

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(entry.path(), target).unwrap();
    }
}

/// The portal of the repository with a year of records of real bodies.
fn portal() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("portal");
    copy(&repository().join("content"), &root.join("content"));
    let settings = fs::read_to_string(repository().join("portal.toml")).unwrap();
    fs::write(root.join("portal.toml"), settings.replacen("publish = true", "publish = false", 1)).unwrap();
    if repository().join("themes").is_dir() {
        copy(&repository().join("themes"), &root.join("themes"));
    }
    for (folder, id, front, body) in RECORDS {
        let front = format!("title = \"บันทึก {id}\"\nsource = [\"หน่วยงานบันทึกเอง\"]\n{front}");
        fs::write(root.join(format!("content/{folder}/{id}.md")), format!("+++\n{front}+++\n\n{body}")).unwrap();
    }
    (dir, root)
}

fn run(root: &Path, args: &[&str]) -> (bool, String) {
    let done = sala().args(["--lang", "en", "--portal"]).arg(root).args(args).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.success(), text)
}

#[test]
fn what_the_programme_asks_for_can_be_recorded_and_is_seen_as_done() {
    let (_dir, root) = portal();
    let (sound, told) = run(&root, &["check"]);
    assert!(sound, "{told}");
    let (_, told) = run(&root, &["due", "--without-samples", "--date", "2565-09-20", "of-01", "nw-001"]);
    let state = |duty: &str| {
        let line =
            told.lines().find(|l| l.contains(&format!("\t{duty}\t"))).unwrap_or_else(|| panic!("{duty} in {told}"));
        line.split('\t').nth(1).unwrap().to_string()
    };
    for done in ["plan", "supervision-plan", "aar", "report", "committee", "mou"] {
        assert_eq!(state(&format!("ob-area-{done}")), "done", "{done}: {told}");
    }
    // The agreement with the office (form 4) is not the one of the schools with each other (form 5).
    assert_eq!(state("ob-network-mou"), "late", "{told}");
    // The day of what the source calls yearly is the portal's own; a day of the plan is the end of its quarter.
    assert_eq!(state("ob-area-forum"), "due now", "{told}");
    assert!(told.contains("2020-12-31"), "{told}");
    let (_, told) = run(&root, &["due", "--without-samples", "--date", "2565-09-20"]);
    let networks = told.lines().filter(|l| l.starts_with("nw-")).count();
    assert_eq!(networks, 175, "{told}");
    assert!(told.lines().any(|l| l.starts_with("nw-002") && l.contains("no record at all")), "{told}");
    let (_, told) = run(&root, &["list", "lesson"]);
    assert!(told.contains("aar-2565-of01-lesson-1"), "{told}");
    let (_, told) = run(&root, &["list", "judgement"]);
    assert!(told.contains("evaluation-2565-sc0002-judgement-1"), "{told}");
}

/// What was recorded stands on pages, with what is computed of it: a share of three schools, a lesson with an address of its
/// own, a synthesis of the phase. What is internal by default is in no file.
#[test]
fn a_recorded_year_is_published_with_what_follows_from_it() {
    let (_dir, root) = portal();
    let out = root.join("public");
    // Paper is tested elsewhere.
    fs::remove_dir_all(root.join("content/_schema/print")).unwrap();
    let (built, told) = run(&root, &["build", "--no-search", "-o", &out.to_string_lossy()]);
    assert!(built, "{told}");
    let page = |path: &str| {
        fs::read_to_string(out.join(path))
            .unwrap_or_else(|e| panic!("{path}: {e}"))
            .replace('\u{200b}', "")
            .replace('\u{a0}', " ")
    };
    for (path, says) in [
        ("plans/plan-2565-of01-promotion.html", "ทุกเครือข่ายมีพี่เลี้ยง"),
        ("plans/plan-2565-of01-supervision.html", "นิเทศสองรอบ"),
        ("aars/aar-2565-of01.html", "../lessons/aar-2565-of01-lesson-1.html"),
        ("lessons/aar-2565-of01-lesson-1.html", "นัดวันเยี่ยมตั้งแต่ต้นปี"),
        ("reports/rp-2565-of01.html", "ทุกเครือข่ายมีแผน"),
        ("appointments/ap-2565-of01.html", "ผู้อำนวยการสำนักงาน"),
        ("visits/visit-2565-nw001.html", "16 กุมภาพันธ์ 2565"),
        ("approvals/approval-2565-sc0001.html", "แผนปฏิบัติการ 2565"),
        ("budgets/budget-2565-sc0001.html", "20,000"),
        ("courses/course-2565-of01.html", "การเขียนรายงานประเมินตนเอง"),
        ("indicators/indicator-1.html", "66.7% (2 จาก 3)"),
        ("syntheses/syn-2564-2566.html", "นัดวันเยี่ยมตั้งแต่ต้นปี"),
        ("offices/of-01.html", "plan-2565-of01-promotion.html"),
        ("networks/nw-001.html", "visit-2565-nw001.html"),
    ] {
        let html = page(path);
        // Words that stay together stand in an element of their own.
        let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        assert!(html.contains(says) || text.contains(says), "{says} is not on {path}");
    }
    // Samples count in no share: 2 of 3 schools, of 12 with the sample ones.
    let indicator = page("indicators/indicator-1.html");
    let shares = regex::Regex::new(r"\(\d+ จาก \d+\)").unwrap();
    let shares: BTreeSet<&str> = shares.find_iter(&indicator).map(|found| found.as_str()).collect();
    assert_eq!(shares, BTreeSet::from(["(2 จาก 3)"]));
    assert!(!indicator.contains("อยู่ในจำนวนนี้"));
    let files = walkdir::WalkDir::new(&out).into_iter().flatten().filter(|e| e.file_type().is_file());
    for file in files {
        let bytes = fs::read(file.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let held =
            ["โรงเรียนที่ขอเข้าร่วม", "evaluation-2565-sc0002", "ร่องรอยหกขั้น"].iter().find(|secret| text.contains(**secret));
        assert!(held.is_none(), "{held:?} is in {}", file.path().display());
    }
}

/// A number that the portal computes is told when somebody types it.
#[test]
fn a_percentage_typed_by_hand_is_a_finding() {
    let (_dir, root) = portal();
    let path = root.join("content/indicators/indicator-1.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("target = 60,", "target = 60, actual = 71,", 1)).unwrap();
    let (_, told) = run(&root, &["check"]);
    assert!(told.contains("S312"), "{told}");
}

/// A real portal starts with the schema, the registry and the guideline's pages: it is sound, holds no sample, and tells at
/// once which of the 175 networks owe what.
#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn a_portal_starts_without_samples() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("portal");
    let made = sala().args(["--lang", "en", "init", "--template", "networks"]).arg(&root).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let (sound, told) = run(&root, &["check"]);
    assert!(sound, "{told}");
    let (_, told) = run(&root, &["list", "--json"]);
    assert!(!told.contains("\"samples\":1") && told.contains("\"samples\":0"), "{told}");
    let (_, told) = run(&root, &["due", "--date", "2565-09-20"]);
    let networks: Vec<&str> = told.lines().filter(|l| l.starts_with("nw-")).collect();
    assert_eq!(networks.iter().filter(|l| l.contains("no record at all")).count(), 175, "{told}");
    // What is late or due stands beside each.
    assert!(
        networks.iter().all(|l| l.split('\t').nth(4).is_some_and(|duties| duties.contains("Sign the agreement"))),
        "{}",
        networks[0]
    );
    // A letter to an office, to sign and to write on.
    let letters = dir.path().join("letters");
    let (made, told) = run(&root, &["due", "--date", "2565-09-20", "--memo", &letters.to_string_lossy(), "of-01"]);
    assert!(made, "{told}");
    assert!(fs::read(letters.join("memo-of-01.pdf")).unwrap().starts_with(b"%PDF-"));
    let mut parts = zip::ZipArchive::new(fs::File::open(letters.join("memo-of-01.docx")).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut parts.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    for says in ["บันทึกข้อความ", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษากรุงเทพมหานคร", "เลยกำหนด", "เครือข่ายโรงเรียนอนุบาลสามเสน"]
    {
        assert!(text.contains(says), "{says} is not in {text}");
    }
}
