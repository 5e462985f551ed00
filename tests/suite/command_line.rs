//! The command line as a whole: help in both languages, wrong calls, what goes to which stream.

use crate::fixture::Portal;
use crate::tools::sala;
use std::path::Path;
use std::process::Output;

fn run(arguments: &[&str]) -> Output {
    sala().args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn thai(text: &str) -> bool {
    text.chars().any(|c| ('ก'..='๛').contains(&c))
}

#[test]
fn every_command_explains_itself_in_both_languages() {
    let list = run(&["--lang", "en", "--help"]);
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    let commands: Vec<&str> = list
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1)
        .take_while(|l| l.starts_with("  "))
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 16, "{commands:?}");
    for command in commands {
        let en = run(&[command, "--help", "--lang", "en"]);
        let th = run(&["help", command, "--lang", "th"]);
        let (en, th) =
            (String::from_utf8_lossy(&en.stdout).into_owned(), String::from_utf8_lossy(&th.stdout).into_owned());
        assert!(en.contains("Usage: sala") && !thai(&en), "{command}: {en}");
        assert!(th.contains("วิธีใช้: sala") && th.contains("แสดงวิธีใช้นี้"), "{command}: {th}");
    }
}

#[test]
fn a_wrong_call_says_what_to_do_and_ends_with_two() {
    let portal = env!("CARGO_MANIFEST_DIR");
    let cases: &[(&[&str], &str, &str)] = &[
        (&["bild"], "build", "build"),
        (&["build", "--strct"], "--strict", "--strict"),
        (&["check", "--format", "xml"], "json", "json"),
        (&["check", "--format"], "github", "github"),
        (&["serve", "--port", "99999"], "65535", "65535"),
        (&["new"], "sala new innovation   นวัตกรรม", "sala new innovation   Innovation"),
        (&["import", "x.docx"], "--kind innovation   นวัตกรรม", "--kind innovation   Innovation"),
        (&["import", "nowhere.csv", "--kind", "aar"], "ไม่พบไฟล์", "no such file"),
        (&["explain"], "CODE", "CODE"),
        (&["explain", "S3O4"], "S304", "S304"),
        (&["list", "inovation"], "innovation", "innovation"),
        (&["new", "inovation", "--title", "ก"], "innovation", "innovation"),
        (&["new", "innovation", "--title", "ก", "--set", "netwrk=nw-001"], "network", "network"),
        (&["new", "innovation", "--no-input"], "--title", "--title"),
        (&["import", "x.csv", "--kind", "aar", "--map", "aarr"], "aar", "aar"),
        (&["import", "nowhere.xlsx", "--kind", "aar"], "nowhere.xlsx", "nowhere.xlsx"),
        (&["import", "x.csv", "--template", "aar"], "--template", "--template"),
        (&["bundle", "--part", "of-9999"], "of-9999", "of-9999"),
        (&["handout", "nw-0011"], "nw-001", "nw-001"),
        (&["search", "คำ", "--kind", "inovation"], "innovation", "innovation"),
        (&["search", "คำ", "--facet", "component"], "=", "="),
    ];
    for (arguments, th, en) in cases {
        for (lang, expected) in [("th", th), ("en", en)] {
            let output = sala()
                .args(["--portal", portal, "--lang", lang])
                .args(*arguments)
                .current_dir(env!("CARGO_TARGET_TMPDIR"))
                .output()
                .unwrap();
            let text = said(&output);
            assert_eq!(output.status.code(), Some(2), "{arguments:?} {lang}: {text}");
            assert!(text.contains(expected), "{arguments:?} {lang}: {text}");
            assert!(output.stdout.is_empty(), "{arguments:?}: messages go to standard error");
            assert!(!text.contains("panicked"), "{text}");
            if lang == "th" {
                assert!(thai(&text), "{arguments:?}: {text}");
            }
        }
    }
}

#[test]
fn outside_of_a_portal_the_way_in_is_told() {
    let dir = tempfile::tempdir().unwrap();
    for command in ["build", "check", "serve", "list", "bundle", "schema", "cms"] {
        let output = sala().args([command, "--lang", "en"]).current_dir(dir.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let here = dir.path().canonicalize().unwrap();
        assert!(said(&output).contains("sala init"), "{command}: {}", said(&output));
        assert!(said(&output).contains(here.to_str().unwrap()), "the folder is named: {}", said(&output));
    }
}

#[test]
fn the_doctor_is_of_use_on_a_bare_machine() {
    let dir = tempfile::tempdir().unwrap();
    for lang in ["th", "en"] {
        let output = sala().args(["doctor", "--lang", lang]).current_dir(dir.path()).env("PATH", "").output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "no portal is no failing machine: {text}");
        for named in ["Chromium", "git", "sala init"] {
            assert!(text.contains(named), "{named}: {text}");
        }
        assert_eq!(thai(&text), lang == "th", "{text}");
    }
}

#[test]
fn completions_and_colours() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("SALA_COMPLETE"), "{shell}");
    }
    // As a shell asks: kinds, ids and codes are those of the portal at hand.
    let asked = |words: &[&str]| {
        let mut ask = sala();
        ask.current_dir(env!("CARGO_MANIFEST_DIR")).env("SALA_COMPLETE", "fish").args(["--", "sala"]).args(words);
        String::from_utf8_lossy(&ask.output().unwrap().stdout).into_owned()
    };
    for (words, offered) in [
        (&["new", "inno"][..], "innovation\t"),
        (&["search", "x", "--kind", "aa"], "aar\t"),
        (&["handout", "inn-paired-reading-t"], "inn-paired-reading-two-languages\t"),
        (&["bundle", "--part", "nw-17"], "nw-175\t"),
        (&["explain", "S30"], "S304"),
        (&["--lang", "t"], "th"),
        (&["bun"], "bundle"),
    ] {
        assert!(asked(words).contains(offered), "{words:?}: {}", asked(words));
    }
    assert!(!asked(&["handout", "inn-"]).contains("nw-001"));
    let output = sala().args(["check", "--portal", "nowhere", "--lang", "en"]).env_remove("NO_COLOR").output().unwrap();
    assert!(!said(&output).contains('\u{1b}'), "no colour into a pipe");
    assert!(!Path::new("nowhere").exists());
}

/// A folder that somebody names is where the program was started, wherever the portal is.
#[test]
fn generated_files_lie_in_the_folder_that_was_named() {
    let portal = Portal::base();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let start = |folder: &Path, line: &str| {
        let made = sala().args(line.split_whitespace()).current_dir(folder).output().expect("the program starts");
        assert!(made.status.success(), "{line}: {}", String::from_utf8_lossy(&made.stderr));
    };
    let near = portal.root().join("near");
    std::fs::create_dir(&near).expect("a folder");
    // From a folder of the portal to the portal around it, and from elsewhere with a path that leads to it.
    start(&near, "cms -o ../made");
    assert!(portal.read("made/config.yml").is_some() && portal.read("near/made/config.yml").is_none());
    let linked = elsewhere.path().join("portal");
    crate::fixture::copy(portal.root(), &linked);
    let work = elsewhere.path().join("work");
    std::fs::create_dir(&work).expect("a folder");
    for (line, file) in
        [("cms -o c1 --portal ../portal", "c1/config.yml"), ("schema --docs d1 --portal ../portal", "d1/README.md")]
    {
        start(&work, line);
        assert!(work.join(file).is_file(), "{line}");
    }
}
