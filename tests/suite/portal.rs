//! What a portal promises as a whole: hostile input, the public gate, atomic publishing, determinism.

use crate::fixture::{base, files, run, write};
use crate::tools::{has, repository, sala, site, skip};
use std::fs;
use std::path::{Path, PathBuf};

const NOTE: &str = "+++\ntitle = \"เรื่อง\"\ngroup = \"small\"\n+++\n## เกิดอะไรขึ้น\n\nเล่า\n";

/// Rights do not bind the root user, so the check then runs as nobody.
#[cfg(target_os = "linux")]
#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = base();
    let locked = dir.path().join("content/notes/locked.md");
    fs::create_dir_all(locked.parent().unwrap()).unwrap();
    fs::write(&locked, NOTE).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = sala();
    if fs::read(&locked).is_ok() {
        if !has("setpriv") {
            return skip("a_file_without_permission_is_told", "setpriv is missing");
        }
        // The program is copied to where nobody can reach it.
        let program = dir.path().join("sala-program");
        fs::copy(env!("CARGO_BIN_EXE_sala"), &program).unwrap();
        command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
    }
    let output = command.args(["check", "--lang", "en"]).current_dir(dir.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("cannot be read") && text.contains("permission denied"), "{text}");
    assert!(text.contains("content/notes/locked.md"), "{text}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let dir = base();
    fs::create_dir_all(dir.path().join("content/notes")).unwrap();
    fs::write(dir.path().join("content/notes/old.md"), b"+++\ntitle = \"\xa1\xd2\xc3\"\n+++\n").unwrap();
    fs::write(dir.path().join("content/notes/big.md"), vec![b'x'; 50 * 1024 * 1024]).unwrap();
    let out = run(dir.path(), "check --lang en");
    assert!(
        out.contains("error[S202]: the file is not UTF-8: byte 0xA1 on line 2\n  --> content/notes/old.md:2:1\n"),
        "{out}"
    );
    assert!(out.contains("error[S203]: the file has 50 MB, the limit is 10 MB (file_megabytes in [limits] of portal.toml)\n  --> content/notes/big.md\n"), "{out}");
    assert!(out.ends_with("exit 1\n"), "{out}");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_portal_are_errors_and_loops_are_passed_over() {
    let dir = base();
    let link = |target: &Path, name: &str| std::os::unix::fs::symlink(target, dir.path().join(name)).unwrap();
    write(dir.path(), "content/notes/one.md", NOTE);
    link(Path::new(".."), "content/notes/loop");
    let out = run(dir.path(), "build --lang en -o out");
    assert!(
        out.contains("warning[S206]") && out.contains("--> content/notes/loop") && out.ends_with("exit 0\n"),
        "{out}"
    );
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.md", "# ความลับนอกพอร์ทัล\n");
    write(outside.path(), "t.toml", "file = \"t.csv\"\nentries = []\n");
    for (name, target) in [
        ("content/outside", outside.path().to_path_buf()),
        ("content/one.md", outside.path().join("secret.md")),
        ("content/broken.md", PathBuf::from("/nowhere/at/all")),
        ("content/_data", outside.path().to_path_buf()),
        ("static", outside.path().to_path_buf()),
        ("templates", outside.path().to_path_buf()),
        ("themes", outside.path().to_path_buf()),
        ("content/notes/git", PathBuf::from("../../.git")),
        ("content/notes/schema", PathBuf::from("../_schema")),
    ] {
        let full = dir.path().join(name);
        let old = full.exists().then(|| tempfile::tempdir().unwrap());
        if let Some(old) = &old {
            fs::rename(&full, old.path().join("old")).unwrap();
        }
        write(dir.path(), ".git/config", "token");
        link(&target, name);
        if name == "themes" {
            write(dir.path(), "portal.toml", "title = { th = \"ก\" }\ntheme = \"secret.md\"\n");
        }
        let out = run(dir.path(), "build --lang en -o out2");
        assert!(out.ends_with("exit 1\n"), "{name}: {out}");
        assert!(name == "themes" || out.contains(&format!("--> {name}")), "{name}: {out}");
        assert!(!dir.path().join("out2").exists(), "{name}");
        fs::remove_file(&full).unwrap();
    }
}

#[test]
fn a_theme_is_a_name_and_no_path() {
    for theme in ["/proc/self", "../content", "a/b", ".", "..", ".git"] {
        let dir = base();
        write(dir.path(), "content/notes/one.md", NOTE);
        write(dir.path(), "portal.toml", format!("title = {{ th = \"ก\" }}\ntheme = \"{theme}\"\n"));
        let out = run(dir.path(), "build --lang en -o out");
        assert!(out.contains("error[S101]") && out.ends_with("exit 1\n"), "{theme}: {out}");
    }
}

#[test]
fn a_folder_of_somebody_else_is_not_overwritten() {
    let dir = base();
    write(dir.path(), "content/notes/one.md", NOTE);
    write(dir.path(), "precious/letter.txt", "keep me");
    let out = run(dir.path(), "build --lang en -o precious");
    assert!(out.contains("error[S803]") && out.ends_with("exit 2\n"), "{out}");
    assert_eq!(fs::read_to_string(dir.path().join("precious/letter.txt")).unwrap(), "keep me");
    for inside in ["content/out", ".", "content"] {
        let out = run(dir.path(), &format!("build --lang en -o {inside}"));
        assert!(out.ends_with("exit 2\n"), "{inside}: {out}");
    }
}

#[test]
fn a_failing_build_leaves_the_published_site() {
    let dir = base();
    write(dir.path(), "content/notes/one.md", NOTE);
    assert!(run(dir.path(), "build --lang en -o out").ends_with("exit 0\n"));
    write(dir.path(), "out/mine.txt", "not Sala's");
    let before = files(&dir.path().join("out"));
    write(dir.path(), "content/notes/one.md", NOTE.replace("small", "smal"));
    assert!(run(dir.path(), "build --lang en -o out").ends_with("exit 1\n"));
    write(dir.path(), "content/notes/one.md", NOTE);
    write(dir.path(), "templates/base.html", "{{ nothing.here }}");
    assert!(run(dir.path(), "build --lang en -o out").ends_with("exit 1\n"));
    assert_eq!(before, files(&dir.path().join("out")));
    let leftovers: Vec<_> = fs::read_dir(dir.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(!leftovers.iter().any(|n| n.to_string_lossy().contains("sala-new")), "{leftovers:?}");
}

#[test]
fn planted_secrets_reach_no_output() {
    let dir = base();
    let schema = dir.path().join("content/_schema/kinds/note.toml");
    let mut text = fs::read_to_string(&schema).unwrap();
    text.push_str("\n[[field]]\nid = \"phone\"\ntype = \"text\"\nvisibility = \"internal\"\nsearch = 5\nfacet = true\nlabel = { th = \"โทร\", en = \"Phone\" }\n");
    fs::write(&schema, text).unwrap();
    let secret = |n: u32| format!("SECRET{n}ความลับ");
    write(
        dir.path(),
        "content/notes/open.md",
        format!(
            "+++\ntitle = \"เปิด\"\ngroup = \"small\"\nphone = \"{}\"\ninternal_sections = [\"private\"]\n+++\n## เกิดอะไรขึ้น\n\nดู [x](id:closed) และ [แฟ้ม](a.internal.txt)\n\n## ภายใน\n\n{}\n\n> ## หัวข้อในคำพูด\n>\n> {}\n\n## ส่วนตัว {{#private}}\n\n{} ![รูป](hidden.svg)\n\n## เปิดเผย\n\nจบ\n",
            secret(1),
            secret(2),
            secret(3),
            secret(4)
        ),
    );
    write(
        dir.path(),
        "content/notes/hidden.svg",
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title></svg>", secret(5)),
    );
    write(dir.path(), "content/notes/a.internal.txt", secret(6));
    write(dir.path(), "content/notes/unlinked.txt", secret(7));
    let closed =
        NOTE.replace("เรื่อง\"", &format!("{}\"\nvisibility = \"internal\"", secret(8))).replace("เล่า", &secret(9));
    write(dir.path(), "content/notes/closed.md", &closed);
    let draft = NOTE.replace("เรื่อง\"", &format!("{}\"\ndraft = true", secret(10)));
    write(dir.path(), "content/notes/draft.md", &draft);
    let out = run(dir.path(), "build --lang en -o out --base-url https://example.org/x/");
    // The link to an internal file is an error; without it the rest is built.
    assert!(out.contains("error[S511]"), "{out}");
    let open = dir.path().join("content/notes/open.md");
    let text = fs::read_to_string(&open).unwrap().replace(" และ [แฟ้ม](a.internal.txt)", "");
    fs::write(&open, text).unwrap();
    let out = run(dir.path(), "build --lang en -o out --base-url https://example.org/x/");
    assert!(out.ends_with("exit 0\n"), "{out}");
    let built = files(&dir.path().join("out"));
    assert!(built.contains_key("notes/open.html"));
    for (path, bytes) in &built {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("SECRET") && !text.contains("ความลับ"), "{path} holds a secret");
        assert!(!path.contains("closed") && !path.contains("draft"), "{path}");
        assert!(!text.contains("closed.html"), "{path} names an internal page");
    }
}

#[test]
fn the_real_portal_is_whole_and_the_same_twice() {
    let first = files(site());
    let count = |folder: &str| {
        first.keys().filter(|p| p.starts_with(folder) && p.ends_with(".html") && !p.contains("/by/")).count()
    };
    assert!(count("networks/") > 175 && count("offices/") > 96 && count("schools/") > 700 && count("models/") > 5);
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("portal-again");
    let built = sala()
        .args(["build", "--portal"])
        .arg(repository())
        .arg("-o")
        .arg(&out)
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap();
    assert!(built.status.success());
    let second = files(&out);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(*bytes == second[path], "{path} differs");
    }
}

#[test]
fn foreign_markdown_builds_without_edits() {
    let dir = base();
    write(
        dir.path(),
        "content/course/README.md",
        "# หลักสูตร\n\n[บทแรก](01-intro.md#เริ่ม) <div class=\"x\" onclick=\"evil()\">ก</div>\n\n![ภาพ](img/a.png)\n",
    );
    write(
        dir.path(),
        "content/course/01-intro.md",
        "---\ntags: [rust, เริ่มต้น]\nlayout: post\n---\n# บทนำ\n\n## เริ่ม\n\n**(สพฐ.)**กำหนด [กลับ](README.md) [โฟลเดอร์](./)\n",
    );
    write(dir.path(), "content/course/บทที่ ๒.md", "# บทสอง\n\nข้อความ\nต่อกัน\n");
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";
    fs::create_dir_all(dir.path().join("content/course/img")).unwrap();
    fs::write(dir.path().join("content/course/img/a.png"), png).unwrap();
    let out = run(dir.path(), "build --lang en -o out");
    assert!(out.ends_with("exit 0\n"), "{out}");
    assert!(out.contains("warning[S301]: kind `page` has no field `layout`"), "{out}");
    let index = fs::read_to_string(dir.path().join("out/course/index.html")).unwrap();
    assert!(index.contains("href=\"../course/01-intro.html#เริ่ม\""), "{index}");
    assert!(!index.contains("onclick") && index.contains("../media/course/img/a.png"));
    let intro = fs::read_to_string(dir.path().join("out/course/01-intro.html")).unwrap();
    assert!(intro.contains("<strong><span class=\"nb s\">(สพฐ.)</span></strong>กำหนด"), "{intro}");
}
