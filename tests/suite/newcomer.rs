//! What `docs/forms.md` tells a newcomer, done in a new portal: a field, another name, a kind, a language. Each is then on
//! the page, in print, on lists, in search, in the workbook of imports and in the web form.

use crate::fixture::Portal;
use crate::tools::repository;
use crate::values::{page_text, printed, squeezed};
use sala::internals::authoring::import::guard::Limits;
use sala::internals::authoring::import::sheet;
use std::fs;

/// The block of code under a heading of the guide.
fn block(heading: &str) -> String {
    let guide = fs::read_to_string(repository().join("docs/forms.md")).expect("the guide");
    let (_, part) = guide.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no part `{heading}`"));
    let (_, code) = part.split_once("```toml\n").expect("a block");
    code.split_once("```").expect("its end").0.to_owned()
}

fn has(text: &str, wanted: &[&str]) {
    for word in wanted {
        assert!(text.contains(word), "{word} is not in {text}");
    }
}

/// The cells of the workbook that `sala import --template` writes.
fn workbook(portal: &Portal, kind: &str) -> String {
    portal.done(&format!("--portal new import --template {kind} -o {kind}.xlsx"));
    let bytes = fs::read(portal.path(&format!("{kind}.xlsx"))).expect("a workbook");
    let sheet = sheet::read("t.xlsx", &bytes, None, &Limits::default()).expect("a sheet");
    let cells = sheet.rows.iter().flat_map(|(_, cells)| cells.iter().map(|cell| cell.text()));
    cells.collect::<Vec<_>>().join("|")
}

fn sheet_text(portal: &Portal, id: &str) -> Option<String> {
    portal.done(&format!("--portal new handout {id}"));
    printed(&fs::read(portal.path(&format!("handouts/{id}.pdf"))).expect("a PDF"))
}

#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn a_newcomer_changes_forms_with_the_guide_alone() {
    let portal = Portal::empty();
    portal.done("init new");
    let inside = |line: &str| portal.done(&format!("--portal new {line}"));
    let change = |path: &str, from: &str, to: &str| {
        let text = portal.read(path).expect("a file");
        assert!(text.contains(from), "{path}: {text}");
        portal.write(path, text.replacen(from, to, 1));
    };
    let (kind, page) = ("new/content/_schema/kinds/innovation.toml", "new/content/innovations/inn-reading-corner.md");
    // A field.
    portal.write(kind, portal.read(kind).expect("a kind") + "\n" + &block("A new field"));
    change(kind, "card = [\"topic\"", "card = [\"award\", \"topic\"");
    change(page, "evidence = ", "award = \"เหรียญห้องสมุด ๒๕๖๖\"\nevidence = ");
    // Another name.
    inside("rename field innovation.award prize");
    change(kind, "รางวัล", "เกียรติคุณ");
    // A kind.
    portal.write("new/content/_schema/kinds/visit.toml", block("A new kind"));
    let text = "+++\ntitle = \"เยี่ยมกลุ่มริมน้ำ\"\ngroup = \"gr-river\"\nday = 2566-08-15\n+++\n\n## สิ่งที่พบ\n\nครูจับคู่ได้ทันที\n";
    portal.write("new/content/visits/visit-one.md", text);
    // A language, its words translated.
    change("new/portal.toml", "languages = [\"th\"]", block("A new language").trim());
    portal.write("new/content/visits/visit-one.lo.md", "+++\ntitle = \"ຢ້ຽມກຸ່ມ\"\n+++\n\n## ສິ່ງທີ່ພົບ\n\nຄູຈັບຄູ່\n");
    inside("schema --words");
    let words = portal.read("new/i18n/lo.toml").expect("words to translate");
    has(&words, &["# \"search.label\" = "]);
    let ready = words.replace("# \"", "\"").replacen("\"search.label\" = \"", "\"search.label\" = \"ຊອກຫາ ", 1);
    portal.write("new/i18n/lo.toml", ready);
    assert!(inside("check --strict --lang en").contains("no findings"));

    inside("build");
    let site =
        |path: &str| page_text(&portal.read(&format!("new/public/{path}")).unwrap_or_else(|| panic!("no {path}")));
    let wanted: Vec<String> = ["เหรียญห้องสมุด ๒๕๖๖", "เกียรติคุณ"].map(squeezed).into();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    has(&site("innovations/inn-reading-corner.html"), &wanted);
    has(&site("innovations/index.html"), &wanted);
    has(&site("visits/visit-one.html"), &[&squeezed("ครูจับคู่ได้ทันที")]);
    has(&site("visits/index.html"), &[&squeezed("เยี่ยมกลุ่มริมน้ำ")]);
    has(&site("groups/gr-river.html"), &[&squeezed("เยี่ยมกลุ่มริมน้ำ"), &squeezed("การนิเทศของกลุ่ม")]);
    has(&site("index.html"), &[&squeezed("การนิเทศ")]);
    has(&site("lo/visits/visit-one.html"), &["ຢ້ຽມກຸ່ມ"]);
    assert!(portal.read("new/public/lo/visits/visit-one.html").is_some_and(|page| page.contains("ຊອກຫາ")));
    assert!(inside("search ห้องสมุด").contains("innovations/inn-reading-corner.html"));
    assert!(inside("search เยี่ยมกลุ่ม").contains("visits/visit-one.html"));
    if let Some(text) = sheet_text(&portal, "inn-reading-corner") {
        has(&text, &wanted);
        has(&sheet_text(&portal, "visit-one").expect("text"), &[&squeezed("ครูจับคู่ได้ทันที")]);
    }
    has(&workbook(&portal, "innovation"), &["เกียรติคุณ"]);
    has(&workbook(&portal, "visit"), &["สิ่งที่พบ", "วันที่"]);
    inside("cms");
    let config = portal.read("new/cms/config.yml").expect("the web form");
    has(&config, &["name: \"prize\"", "label: \"เกียรติคุณ\"", "name: \"visit\"", "locales: [\"th\", \"lo\"]"]);
    assert!(!config.contains("\"award\""));
}
