//! The tutorial's commands, run as a newcomer would.

use crate::tools::{repository, sala};
use std::fs;
use std::process::Command;

#[test]
fn every_command_of_the_tutorial_works() {
    follow("docs/tutorial.md");
}

#[test]
fn every_command_of_the_thai_tutorial_works() {
    follow("docs/tutorial.th.md");
}

fn follow(guide: &str) {
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
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_sala"));
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
}
