//! Bundles: whole and part, the same bytes twice, nothing internal, and the service worker's files.

use crate::fixture::write;
use crate::tools::sala;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

fn portal() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(
        root,
        "portal.toml",
        "title = { th = \"คลัง\", en = \"Test\" }\nlanguages = [\"th\"]\ndate = \"2566-08-15\"\n[offline]\nenabled = true\n",
    );
    let kind = |id: &str, refers: &str| {
        let field = if refers.is_empty() {
            String::new()
        } else {
            format!(
                "[[field]]\nid = \"of\"\ntype = \"ref\"\nkinds = [\"{refers}\"]\nlabel = {{ th = \"ของ\", en = \"Of\" }}\n"
            )
        };
        format!("id = \"{id}\"\nfolder = \"{id}s\"\nlabel = {{ th = \"ชนิด{id}\", en = \"{id}\" }}\nnav = 1\n{field}")
    };
    write(root, "content/_schema/kinds/office.toml", kind("office", ""));
    write(root, "content/_schema/kinds/group.toml", kind("group", "office"));
    write(root, "content/_schema/kinds/idea.toml", kind("idea", "group"));
    for at in ["a", "b"] {
        write(root, &format!("content/offices/of-{at}.md"), format!("+++\ntitle = \"สำนักงาน {at}\"\n+++\n"));
        write(
            root,
            &format!("content/groups/gr-{at}.md"),
            format!("+++\ntitle = \"กลุ่ม {at}\"\nof = \"of-{at}\"\n+++\n"),
        );
        write(
            root,
            &format!("content/ideas/id-{at}.md"),
            format!("+++\ntitle = \"แนวคิด {at}\"\nof = \"gr-{at}\"\n+++\nเนื้อหา\n"),
        );
    }
    write(
        root,
        "content/ideas/hidden.md",
        "+++\ntitle = \"PLANTED\"\nvisibility = \"internal\"\nof = \"gr-a\"\n+++\nPLANTED\n",
    );
    write(root, "content/about.md", "# เกี่ยวกับ\n\nข้อความ\n");
    dir
}

fn bundle(root: &Path, out: &str, more: &[&str]) -> Vec<u8> {
    let done =
        sala().arg("--portal").arg(root).arg("bundle").arg("-o").arg(root.join(out)).args(more).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::read(root.join(out)).unwrap()
}

fn unpack(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

#[test]
fn the_whole_portal_in_one_file() {
    let dir = portal();
    let first = bundle(dir.path(), "one.zip", &[]);
    let again = bundle(dir.path(), "one.zip", &[]);
    assert!(first == again, "the same content gives the same bytes");
    let files = unpack(first);
    for path in [
        "one/index.html",
        "one/README.txt",
        "one/site/index.html",
        "one/site/ideas/id-b.html",
        "one/site/search/th/router.js",
    ] {
        assert!(files.contains_key(path), "{path}: {:#?}", files.keys());
    }
    let start = String::from_utf8_lossy(&files["one/index.html"]);
    assert!(start.contains("15 สิงหาคม 2566") && start.contains("site/index.html"), "{start}");
    for (path, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("PLANTED"), "{path} leaks");
    }
    assert!(!files.contains_key("one/site/sw.js"), "no service worker from files");
    assert!(!String::from_utf8_lossy(&files["one/site/index.html"]).contains("data-offline"));
}

#[test]
fn a_part_holds_what_belongs_to_a_page() {
    let dir = portal();
    let files = unpack(bundle(dir.path(), "part.zip", &["--part", "of-a"]));
    for path in ["offices/of-a", "groups/gr-a", "ideas/id-a", "about"] {
        assert!(files.contains_key(&format!("part/site/{path}.html")), "{path}");
    }
    let mut pages = files.iter().filter(|(path, _)| path.starts_with("part/site/") && path.ends_with(".html"));
    let told = |(_, bytes): &(&String, &Vec<u8>)| String::from_utf8_lossy(bytes).contains("ฉบับเฉพาะส่วน:");
    assert!(pages.all(|page| told(&page)), "a page does not say that it is of a part");
    for (path, bytes) in &files {
        assert!(!path.contains("-b.html"), "{path}");
        assert!(!String::from_utf8_lossy(bytes).contains("แนวคิด b"), "{path} names what is not in the part");
    }
    let done = sala().arg("--portal").arg(dir.path()).args(["bundle", "--part", "nobody"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
}

#[test]
fn a_service_worker_only_where_it_is_asked_for() {
    let dir = portal();
    let build = || {
        let done = sala().arg("--portal").arg(dir.path()).arg("build").output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let read = |path: &str| fs::read_to_string(dir.path().join("public").join(path));
    build();
    let worker = read("sw.js").unwrap();
    assert!(worker.contains("\"version\"") && !worker.contains("\"SETTINGS\""));
    let list: serde_json::Value = serde_json::from_str(&read("offline.json").unwrap()).unwrap();
    assert!(list["files"].as_array().unwrap().iter().any(|f| f[0] == "ideas/id-a.html"));
    assert!(read("index.html").unwrap().contains("data-offline=\"on\""));
    let settings = fs::read_to_string(dir.path().join("portal.toml")).unwrap();
    write(dir.path(), "portal.toml", format!("{settings}withdraw = true\n"));
    build();
    assert!(read("sw.js").unwrap().contains("unregister"));
    assert!(read("offline.json").is_err());
    write(dir.path(), "portal.toml", settings.replace("enabled = true", "enabled = false"));
    build();
    assert!(read("sw.js").is_err() && !read("index.html").unwrap().contains("data-offline"));
}

#[test]
fn a_bundle_replaces_nothing_that_sala_did_not_make() {
    let dir = portal();
    let root = dir.path();
    let run = |out: &str, more: &[&str]| {
        let done =
            sala().arg("--portal").arg(root).args(["bundle", "-o"]).arg(root.join(out)).args(more).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let settings = fs::read(root.join("portal.toml")).unwrap();
    let (code, said) = run("portal.toml", &[]);
    assert_eq!((code, fs::read(root.join("portal.toml")).unwrap()), (Some(2), settings), "{said}");
    assert!(said.contains("S803") && said.contains("--force"), "{said}");
    let (code, said) = run("content/about.zip", &["--force"]);
    assert_eq!(code, Some(2), "{said}");
    fs::write(root.join("mine.zip"), "mine").unwrap();
    assert_eq!(run("mine.zip", &[]).0, Some(2));
    assert_eq!(run("mine.zip", &["--force"]).0, Some(0));
    assert_eq!(run("mine.zip", &[]).0, Some(0), "its own file is replaced");
}

/// What a search server gets is public, whole, and the same twice; files of others are not replaced.
#[test]
fn a_search_server_gets_the_public_documents() {
    let dir = portal();
    let root = dir.path();
    write(root, "content/ideas/id-c.md", "+++\ntitle = \"ลับสุดยอด\"\nvisibility = \"internal\"\n+++\n");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let export = || {
        let words = ["export", "search", "--base-url", "https://a.example/b", "-o"];
        sala().arg("--portal").arg(root).args(words).arg(out).output().unwrap()
    };
    assert!(export().status.success());
    let documents = fs::read_to_string(out.join("sala-th.ndjson")).unwrap();
    assert!(!documents.contains("ลับสุดยอด"), "{documents}");
    let found: Vec<serde_json::Value> = documents.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |id: &str| found.iter().find(|doc| doc["id"] == id).unwrap_or_else(|| panic!("{id}: {documents}"));
    assert_eq!(of("id-a")["url"], "https://a.example/b/ideas/id-a.html");
    assert_eq!(of("gr-b")["title"], "กลุ่ม b");
    assert!(export().status.success());
    assert_eq!(fs::read_to_string(out.join("sala-th.ndjson")).unwrap(), documents);
    fs::write(out.join("sala-th.yaml"), "somebody's own").unwrap();
    assert!(!export().status.success());
    assert_eq!(fs::read_to_string(out.join("sala-th.yaml")).unwrap(), "somebody's own");
}

/// A part counts what the whole counts: the public entries that it leaves out are no internal ones, among which a single
/// internal entry could hide.
#[test]
fn a_part_releases_no_count_that_the_whole_holds_back() {
    let dir = portal();
    let root = dir.path();
    let kind = fs::read_to_string(root.join("content/_schema/kinds/idea.toml")).unwrap();
    let year = "[[field]]\nid = \"year\"\ntype = \"year\"\nlabel = { th = \"ปี\" }\n";
    let kind = kind.replace("nav = 1", "nav = 1\naggregates = [\"year\"]") + year;
    write(root, "content/_schema/kinds/idea.toml", kind);
    for n in 0..8 {
        let keys = match n {
            0 => "visibility = \"internal\"\nyear = 2561\n",
            1..5 => "year = 2561\n",
            _ => "visibility = \"internal\"\n",
        };
        let page = format!("+++\ntitle = \"แนวคิด {n}\"\n{keys}of = \"gr-a\"\n+++\nเนื้อหา\n");
        write(root, &format!("content/ideas/more-{n}.md"), page);
    }
    write(
        root,
        "content/about.md",
        "# เกี่ยวกับ\n\n```query\nview = \"aggregate\"\nkind = \"idea\"\nrows = \"year\"\n```\n",
    );
    let counts = |bytes: Vec<u8>, name: &str| String::from_utf8(unpack(bytes)[name].clone()).unwrap().contains("2561");
    assert!(!counts(bundle(root, "all.zip", &[]), "all/site/about.html"));
    assert!(!counts(bundle(root, "part.zip", &["--part", "of-b"]), "part/site/about.html"));
}
