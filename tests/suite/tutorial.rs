//! The tutorial's commands, run as a newcomer would.
//!
//! `SALA_PICTURES=FOLDER` makes the pictures of the Thai tutorial there (Chromium, pdftoppm, python3 with Pillow).

use crate::tools::{repository, sala};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

#[test]
fn every_command_of_the_tutorial_works() {
    follow("docs/tutorial.md");
}

#[test]
fn every_command_of_the_thai_tutorial_works() {
    let portal = follow("docs/tutorial.th.md");
    if let Some(folder) = std::env::var_os("SALA_PICTURES") {
        pictures(&portal.path().join("my-portal"), Path::new(&folder));
    }
}

/// What a newcomer sees: the forms, the new page, a search and the handout.
fn pictures(portal: &Path, folder: &Path) {
    let folder = &std::path::absolute(folder).unwrap();
    fs::create_dir_all(folder).unwrap();
    let run = |program: &str, arguments: &[String]| {
        let done = Command::new(program).args(arguments).current_dir(folder).output();
        assert!(done.is_ok_and(|done| done.status.success()), "{program} {arguments:?}");
    };
    let serve = ["--lang", "th", "serve", "--edit", "--port", "0"];
    let mut server = sala().arg("--portal").arg(portal).args(serve).stdout(Stdio::piped()).spawn().unwrap();
    let mut base = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut base).unwrap();
    let base = base.trim();
    let site = format!("file://{}/public", portal.display());
    let profile = tempfile::tempdir().unwrap();
    for (name, address) in [
        ("1-forms", base.to_string()),
        ("2-form", format!("{base}page?file=content/innovations/inn-morning-words.md")),
        ("3-page", format!("{site}/innovations/inn-morning-words.html")),
        ("4-search", format!("{site}/search.html?q=คำเช้า")),
    ] {
        let mut arguments: Vec<String> =
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"].map(String::from).into();
        arguments.extend(["--hide-scrollbars", "--window-size=800,600", "--timeout=6000"].map(String::from));
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        arguments.extend([format!("--screenshot={name}.png"), address]);
        run("chromium", &arguments);
    }
    server.kill().unwrap();
    server.wait().unwrap();
    let pdf = portal.join("handouts/inn-morning-words.pdf");
    run("pdftoppm", &["-png", "-r", "60", "-singlefile", pdf.to_str().unwrap(), "5-handout"].map(String::from));
    // Few colours, so that they are small.
    let small = "import glob, PIL.Image as I\nfor p in glob.glob('*.png'): \
        I.open(p).convert('RGB').quantize(32).save(p, optimize=True)";
    run("python3", &["-c", small].map(String::from));
}

fn follow(guide: &str) -> TempDir {
    let text = fs::read_to_string(repository().join(guide)).unwrap();
    let mut commands = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside && !line.is_empty() => commands.push(line.to_owned()),
            _ => {}
        }
    }
    assert!(commands.len() >= 8, "{commands:?}");
    let has_handout = sala().args(["handout", "--help"]).output().unwrap().status.success();
    let dir = tempfile::tempdir().unwrap();
    let mut place = dir.path().to_path_buf();
    let program = Path::new(env!("CARGO_BIN_EXE_sala"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    for command in &commands {
        if let Some(folder) = command.strip_prefix("cd ") {
            place.push(folder);
            continue;
        }
        if command.starts_with("sala handout") && (!has_handout || cfg!(not(feature = "pdf"))) {
            eprintln!("skipped: {command}: this program makes no handouts");
            continue;
        }
        let done = Command::new("sh").args(["-c", command]).current_dir(&place).env("PATH", &path).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{command}\n{said}");
    }
    let site = fs::read_to_string(place.join("public/innovations/inn-morning-words.html")).unwrap();
    assert!(site.contains("คำเช้าห้าคำ"));
    assert!(place.join("my-portal.zip").is_file());
    dir
}
