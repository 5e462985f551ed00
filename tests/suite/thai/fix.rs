//! `sala fix` on files.

use sala::internals::cli::fix::{Report, run_to};
use sala::internals::model::Lang;
use std::path::Path;

fn fix(dir: &Path, dry_run: bool, lang: Lang) -> (Report, String, String) {
    let (mut out, mut err) = (vec![], vec![]);
    let report = run_to(dir, &[], dry_run, lang, &mut out, &mut err).expect("files that can be read");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (report, text(out), text(err))
}

#[test]
fn mends_certain_damage_only() {
    let dir = tempfile::tempdir().unwrap();
    let content = dir.path().join("content");
    std::fs::create_dir_all(content.join("a")).unwrap();
    let page = content.join("a/page.md");
    let before = "\u{feff}+++\r\ntitle = \"ส านกังาน\"\r\n+++\r\nท่ี `ท่ี` ดี\r\nopera t ions\r\n";
    std::fs::write(&page, before).unwrap();
    std::fs::write(content.join("bad.md"), [0xff, 0xfe, 0x00]).unwrap();
    std::fs::write(content.join("picture.png"), "ท่ี").unwrap();

    let (report, diff, notes) = fix(dir.path(), true, Lang::EN);
    assert_eq!((report.files, report.changed, report.skipped), (2, 1, 1));
    assert_eq!(report.suggested, 1);
    assert!(diff.contains("-title = \"ส านกังาน\"") && diff.contains("+title = \"สำนักงาน\""), "{diff}");
    assert!(notes.contains("spaced-latin") && notes.contains("operations"), "{notes}");
    assert!(notes.contains("page.md:5:1"), "{notes}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), before);

    let (report, _, notes) = fix(dir.path(), false, Lang::TH);
    assert_eq!(report.changed, 1);
    assert!(notes.contains("แก้แล้ว"), "{notes}");
    let after = std::fs::read_to_string(&page).unwrap();
    assert_eq!(after, "\u{feff}+++\r\ntitle = \"สำนักงาน\"\r\n+++\r\nที่ `ท่ี` ดี\r\nopera t ions\r\n");
    assert_eq!(std::fs::read_to_string(content.join("picture.png")).unwrap(), "ท่ี");

    let (report, diff, _) = fix(dir.path(), false, Lang::TH);
    assert_eq!((report.changed, report.certain), (0, 0));
    assert_eq!(diff, "");
    let left = std::fs::read_dir(content.join("a")).unwrap().count();
    assert_eq!(left, 1, "no working file stays behind");
}

#[test]
fn a_missing_path_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let gone = [dir.path().join("none.md")];
    let error = run_to(dir.path(), &gone, true, Lang::TH, &mut vec![], &mut vec![]).unwrap_err();
    assert!(error.to_string().contains("none.md"));
}
