//! `sala doctor`: what this machine has, what is missing, and what that means.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::content;
use std::path::{Path, PathBuf};

/// How a thing stands.
enum State {
    Good,
    /// Sala works; something optional does not.
    Optional,
    Bad,
}

struct Report<'a> {
    terminal: &'a Terminal,
    bad: bool,
}

impl Report<'_> {
    fn line(&mut self, state: State, th: &str, en: &str) {
        let mark = match state {
            State::Good => self.terminal.say("ใช้ได้  ", "ok      "),
            State::Optional => self.terminal.say("ไม่บังคับ", "optional"),
            State::Bad => self.terminal.say("ต้องแก้ ", "missing "),
        };
        self.bad |= matches!(state, State::Bad);
        self.terminal.data(&format!("{mark}  {}", self.terminal.say(th, en)));
    }
}

pub(super) fn run(given: Option<&Path>, terminal: &Terminal) -> Exit {
    let mut report = Report { terminal, bad: false };
    let version = env!("CARGO_PKG_VERSION");
    report.line(State::Good, &format!("Sala รุ่น {version}"), &format!("Sala {version}"));
    programs(&mut report);
    let root = match given {
        Some(dir) => dir.join(content::PORTAL_FILE).is_file().then(|| dir.to_path_buf()),
        None => content::find_root(Path::new(".")),
    };
    match root {
        Some(root) => portal(&root, &mut report),
        None => report.line(
            State::Optional,
            "ที่นี่ยังไม่มีพอร์ทัล (portal.toml) เริ่มใหม่ด้วย sala init my-portal",
            "no portal here (portal.toml); start one with `sala init my-portal`",
        ),
    }
    if report.bad { Exit::Machine } else { Exit::Done }
}

fn programs(report: &mut Report<'_>) {
    let theme = crate::theme::built_in();
    let fonts = theme.assets.keys().filter(|p| p.ends_with(".woff2")).count();
    if fonts > 0 {
        report.line(
            State::Good,
            &format!("แบบอักษรไทย {fonts} ไฟล์อยู่ในโปรแกรมแล้ว"),
            &format!("{fonts} font files are in the program"),
        );
    } else {
        report.line(
            State::Bad,
            "โปรแกรมไม่มีแบบอักษรไทย สร้างโปรแกรมใหม่จากซอร์สที่ครบ",
            "the program holds no fonts; build it from complete sources",
        );
    }
    if cfg!(feature = "pdf") {
        report.line(State::Good, "ทำเอกสาร PDF ได้", "PDF handouts can be made");
    } else {
        report.line(State::Optional, "โปรแกรมนี้สร้างโดยไม่มีส่วน PDF", "this program was built without PDF");
    }
    for tool in &TOOLS {
        match find(tool.names) {
            Some(path) => report.line(
                State::Good,
                &format!("{} · {}", tool.name, path.display()),
                &format!("{} · {}", tool.name, path.display()),
            ),
            None => report.line(
                State::Optional,
                &format!("ไม่พบ {} {} ติดตั้งด้วย {}", tool.name, tool.th, install(tool)),
                &format!("no {}: {}; install it with {}", tool.name, tool.en, install(tool)),
            ),
        }
    }
    let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
        .is_some_and(|v| v.to_uppercase().replace('-', "").contains("UTF8"));
    if cfg!(unix) && !utf8 {
        report.line(
            State::Optional,
            "หน้าจอไม่ได้ตั้งเป็น UTF-8 ข้อความไทยอาจเพี้ยน ใส่ export LANG=C.UTF-8",
            "the terminal is not set to UTF-8, so Thai may come out wrong: export LANG=C.UTF-8",
        );
    }
}

/// A program that something optional needs.
struct Tool {
    name: &'static str,
    names: &'static [&'static str],
    th: &'static str,
    en: &'static str,
    /// Commands for Debian and its kin, macOS and Windows.
    install: [&'static str; 3],
}

const TOOLS: [Tool; 4] = [
    Tool {
        name: "git",
        names: &["git"],
        th: "ใช้เก็บประวัติและเผยแพร่ผ่าน GitHub หรือ GitLab",
        en: "for history, and for publishing through GitHub or GitLab",
        install: ["sudo apt install git", "brew install git", "winget install Git.Git"],
    },
    Tool {
        name: "rsync",
        names: &["rsync"],
        th: "ใช้คัดลอกเว็บไซต์ไปเครื่องแม่ข่าย",
        en: "to copy the site to a server",
        install: ["sudo apt install rsync", "brew install rsync", "wsl --install"],
    },
    Tool {
        name: "Chromium",
        names: &["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"],
        th: "ใช้กับแบบฟอร์มของ sala cms และการทดสอบในเบราว์เซอร์",
        en: "for the forms of `sala cms` and for browser tests",
        install: ["sudo apt install chromium", "brew install --cask chromium", "winget install Google.Chrome"],
    },
    Tool {
        name: "poppler (pdftotext)",
        names: &["pdftotext"],
        th: "ใช้เฉพาะการทดสอบเอกสาร PDF",
        en: "only for the tests of PDF",
        install: ["sudo apt install poppler-utils", "brew install poppler", "winget install oschwartz10612.Poppler"],
    },
];

fn install(tool: &Tool) -> &'static str {
    let [linux, mac, windows] = tool.install;
    match std::env::consts::OS {
        "macos" => mac,
        "windows" => windows,
        _ => linux,
    }
}

fn portal(root: &Path, report: &mut Report<'_>) {
    let place = root.display();
    report.line(State::Good, &format!("พอร์ทัลอยู่ที่ {place}"), &format!("portal at {place}"));
    let (portal, found) = content::load(root);
    let entries = portal.entries.len();
    let errors = found.iter().filter(|d| d.is_error()).count();
    if errors == 0 {
        report.line(State::Good, &format!("อ่านได้ {entries} หน้า"), &format!("{entries} entries can be read"));
    } else {
        report.line(
            State::Bad,
            &format!("มีข้อผิดพลาด {errors} รายการ ดูด้วย sala check"),
            &format!("{errors} errors; see `sala check`"),
        );
    }
    let probe = root.join(".sala");
    let writable = std::fs::create_dir_all(&probe)
        .and_then(|()| std::fs::write(probe.join("doctor"), "x"))
        .and_then(|()| std::fs::remove_file(probe.join("doctor")));
    match writable {
        Ok(()) => report.line(State::Good, "เขียนไฟล์ในโฟลเดอร์พอร์ทัลได้", "the portal's folder can be written"),
        Err(error) => report.line(
            State::Bad,
            &format!("เขียนไฟล์ใน {place} ไม่ได้: {error}"),
            &format!("cannot write to {place}: {error}"),
        ),
    }
    if portal.config.base_url.is_empty() {
        report.line(
            State::Optional,
            "ยังไม่ได้ตั้ง base_url จึงไม่มี sitemap และ feed ตั้งก่อนเผยแพร่",
            "base_url is not set, so there is no sitemap and no feed; set it before publishing",
        );
    }
}

/// The first of these programs on the path.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let files = names
        .iter()
        .flat_map(|name| folders.iter().map(move |f| f.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))));
    files.into_iter().find(|file| file.is_file())
}
