//! `sala new` at a terminal: asked, answered, interrupted.

use super::*;
use crate::tools::{has, skip};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A program in a terminal of 80 columns, run by `script`.
struct Dialogue {
    child: Child,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    from: usize,
}

impl Dialogue {
    fn start(root: &Path, arguments: &str) -> Dialogue {
        let program = env!("CARGO_BIN_EXE_sala");
        let command = format!("stty rows 24 cols 80; exec '{program}' {arguments}");
        let mut child = Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .current_dir(root)
            .env("SALA_LANG", "th")
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut from = child.stdout.take().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n) = from.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Dialogue { child, output, seen: Vec::new(), from: 0 }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen[self.from..]).into_owned()
    }

    /// Waits until the text is shown after the last answer, then types.
    fn answer(&mut self, shown: &str, keys: &str) {
        let end = Instant::now() + Duration::from_secs(30);
        while !self.text().contains(shown) {
            assert!(Instant::now() < end, "waiting for {shown}:\n{}", self.text());
            if let Ok(more) = self.output.recv_timeout(Duration::from_millis(100)) {
                self.seen.extend(more);
            }
        }
        // What follows the prompt belongs to the same screen.
        std::thread::sleep(Duration::from_millis(150));
        while let Ok(more) = self.output.try_recv() {
            self.seen.extend(more);
        }
        self.from = self.seen.len();
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(keys.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    fn end(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        while let Ok(more) = self.output.recv() {
            self.seen.extend(more);
        }
        (code, self.text())
    }
}

fn check(root: &Path) -> Option<i32> {
    let done = crate::tools::sala().args(["check", "--portal"]).arg(root).output();
    done.unwrap().status.code()
}

#[test]
fn a_new_page_is_made_by_answering() {
    if !has("script") {
        return skip("questions at a terminal", "`script` of util-linux is not installed");
    }
    let (_dir, root) = starter_portal();
    let mut talk = Dialogue::start(&root, "new innovation");
    talk.answer("ชื่อเรื่อง:", "คำเช้าห้าคำ\r");
    // A part of a name, completed with Tab.
    talk.answer("กลุ่ม:", "ริม");
    talk.answer("ริม", "\t");
    talk.answer("gr-river", "\r");
    // A wrong answer is told with a way out and asked again.
    talk.answer("ปีการศึกษา:", "66\r");
    talk.answer("เขียนสี่หลัก", "๒๕๖๖\r");
    talk.answer("เรื่อง:", " ");
    talk.answer("การอ่าน", "\r");
    talk.answer("หลักฐาน:", "จำนวน");
    talk.answer("มีจำนวน", "\r");
    // The text is offered; what is left empty is written later.
    talk.answer("ตอนนี้เลยหรือไม่", "ใช่\r");
    talk.answer("สรุป:", "\r");
    talk.answer("ปัญหาและที่มา:", "เด็กลืมคำ\r");
    talk.answer("วิธีทำ:", "อ่านทุกเช้า\r");
    talk.answer("ข้อจำกัดและคำเตือน:", "\r");
    let (code, shown) = talk.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("ยังต้องเขียน"), "nothing is left to be written: {shown}");
    let made: Vec<PathBuf> = fs::read_dir(root.join("content/innovations"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| !p.ends_with("inn-reading-corner.md"))
        .collect();
    assert_eq!(made.len(), 1, "{made:?}");
    let text = fs::read_to_string(&made[0]).unwrap();
    for line in [
        "title = \"คำเช้าห้าคำ\"",
        "group = \"gr-river\"",
        "year = 2566",
        "topic = [\"reading\"]",
        "evidence = \"counted\"",
        "# cost_per_learner",
        "## ปัญหาและที่มา\n\nเด็กลืมคำ\n",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(shown.contains("inn-"), "the path is told: {shown}");
    assert_eq!(check(&root), Some(0));
}

#[test]
fn an_interrupted_dialogue_keeps_the_answers_and_goes_on() {
    if !has("script") {
        return skip("questions at a terminal", "`script` of util-linux is not installed");
    }
    let (_dir, root) = starter_portal();
    for (first, keys) in [("ชื่อเรื่อง:", "\u{3}"), ("ตอบต่อหรือไม่", "\u{1b}")]
    {
        let mut talk = Dialogue::start(&root, "new บทเรียน");
        talk.answer(first, if first.starts_with("ชื่อ") { "อะไร\r" } else { "y\r" });
        talk.answer("ข้อแนะนำ:", keys);
        if keys == "\u{1b}" {
            // Escape asks; Ctrl-C ends.
            talk.answer("ย้อนไปคำถามก่อนหน้าหรือไม่", "ไม่\r");
        }
        let (code, shown) = talk.end();
        assert_eq!(code, Some(2), "{shown}");
        assert!(shown.contains("ยังไม่ได้เขียนไฟล์"), "{shown}");
    }
    assert_eq!(fs::read_dir(root.join("content/lessons")).unwrap().count(), 1);
    let mut talk = Dialogue::start(&root, "new lesson");
    talk.answer("ตอบต่อหรือไม่", "y\r");
    // A text that is too short is refused at its question, not at the end.
    talk.answer("ข้อแนะนำ:", "สั้น\r");
    talk.answer("อย่างน้อย", "แบ่งกลุ่มก่อนเริ่มทุกครั้ง\r");
    talk.answer("วันที่:", "15 ส.ค. 2566\r");
    talk.answer("ตอนนี้เลยหรือไม่", "\r");
    let (code, shown) = talk.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("sala serve"), "what comes next is told: {shown}");
    assert_eq!(fs::read_dir(root.join("content/lessons")).unwrap().count(), 2);
    assert!(!root.join(".sala/new/lesson.json").exists());
}

#[test]
fn an_earlier_answer_can_be_changed() {
    if !has("script") {
        return skip("questions at a terminal", "`script` of util-linux is not installed");
    }
    let (_dir, root) = starter_portal();
    let mut talk = Dialogue::start(&root, "new innovation --set evidence=counted");
    talk.answer("ชื่อเรื่อง:", "<\r");
    talk.answer("คำถามแรก", "ชื่อที่พิมพ์ผิด\r");
    talk.answer("กลุ่ม:", "ย้อน\r");
    talk.answer("ชื่อเรื่อง:", "ชื่อที่ถูก\r");
    talk.answer("กลุ่ม:", "gr-river\r");
    talk.answer("ปีการศึกษา:", "2565\r");
    // From a list of words, escape leads back.
    talk.answer("เรื่อง:", "\u{1b}");
    talk.answer("ย้อนไปคำถามก่อนหน้าหรือไม่", "ใช่\r");
    talk.answer("ปีการศึกษา:", "2566\r");
    talk.answer("เรื่อง:", " ");
    talk.answer("การอ่าน", "\r");
    // What was given with the command is not asked again.
    talk.answer("ตอนนี้เลยหรือไม่", "ใช่\r");
    talk.answer("สรุป:", "\r");
    talk.answer("ปัญหาและที่มา:", "<\r");
    talk.answer("สรุป:", "อ่านทุกเช้า\r");
    talk.answer("ปัญหาและที่มา:", "\r");
    talk.answer("วิธีทำ:", "\r");
    talk.answer("ข้อจำกัดและคำเตือน:", "\r");
    let (code, shown) = talk.end();
    assert_eq!(code, Some(0), "{shown}");
    let made = fs::read_dir(root.join("content/innovations")).unwrap().map(|e| e.unwrap().path());
    let text = made.filter(|p| !p.ends_with("inn-reading-corner.md")).map(|p| fs::read_to_string(p).unwrap()).next();
    let text = text.unwrap();
    for line in ["title = \"ชื่อที่ถูก\"", "year = 2566", "evidence = \"counted\"", "summary = \"อ่านทุกเช้า\""]
    {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}
