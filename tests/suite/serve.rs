//! The preview server: requests it refuses, changes it shows, errors it survives.

use crate::fixture::write;
use sala::internals::preview::{self, Event, Options, live::Live};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Preview {
    dir: tempfile::TempDir,
    address: SocketAddr,
    live: Arc<Live>,
    thread: Option<std::thread::JoinHandle<()>>,
}

fn page(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n{body}\n")
}

fn start() -> Preview {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(root, "portal.toml", "title = { th = \"คลัง\", en = \"Test\" }\nlanguages = [\"th\"]\n");
    write(
        root,
        "content/_schema/kinds/idea.toml",
        "id = \"idea\"\nfolder = \"ideas\"\nlabel = { th = \"แนวคิด\", en = \"Idea\" }\nnav = 1\n",
    );
    write(root, "content/ideas/one.md", page("หนึ่ง", "ข้อความแรก"));
    write(root, "content/ideas/secret.md", "+++\ntitle = \"PLANTED\"\nvisibility = \"internal\"\n+++\n");
    write(root, "content/ideas/note.txt", "PLANTED");
    let options =
        Options { address: "127.0.0.1".parse().unwrap(), port: Some(0), drafts: false, epoch: None, edit: None };
    let listener = preview::listen(&options).unwrap();
    let address = listener.local_addr().unwrap();
    let live = Arc::new(Live::default());
    let (own, root) = (live.clone(), root.canonicalize().unwrap());
    let thread = std::thread::spawn(move || {
        preview::run(&root, &options, listener, &own, Box::new(|_: Event<'_>| {})).unwrap();
    });
    let preview = Preview { dir, address, live, thread: Some(thread) };
    preview.until(|p| p.get("/ideas/one.html").1.contains("ข้อความแรก"));
    preview
}

impl Preview {
    fn raw(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        (status, text)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    fn news(&self, page: &str, seen: &str) -> Value {
        let (status, text) = self.get(&format!("/.sala/news?page={page}&seen={seen}"));
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn until(&self, mut done: impl FnMut(&Preview) -> bool) {
        let started = Instant::now();
        while !done(self) {
            assert!(started.elapsed() < Duration::from_secs(20), "nothing happened");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.live.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[test]
fn foreign_requests_are_refused() {
    let preview = start();
    let own = preview.address;
    let ask = |lines: &str| preview.raw(&format!("GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")).0;
    assert_eq!(ask(&format!("Host: {own}\r\n")), 200);
    assert_eq!(ask(&format!("Host: localhost:{}\r\n", own.port())), 200);
    for host in ["evil.example", "evil.example:4000", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"] {
        assert_eq!(ask(&format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert!(matches!(ask(""), 400 | 403), "no host");
    for origin in ["http://evil.example", "null", "https://localhost", "file://"] {
        assert_eq!(ask(&format!("Host: {own}\r\nOrigin: {origin}\r\n")), 403, "{origin}");
    }
    assert_eq!(ask(&format!("Host: {own}\r\nOrigin: http://{own}\r\n")), 200);
    let (status, _) =
        preview.raw(&format!("POST / HTTP/1.1\r\nHost: {own}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    assert_eq!(status, 405);
    let (_, text) = preview.get("/ideas/one.html");
    let text = text.to_lowercase();
    assert!(
        text.contains("x-content-type-options: nosniff") && text.contains("cross-origin-resource-policy: same-origin")
    );
}

#[test]
fn no_address_leads_out_of_the_site() {
    let preview = start();
    for path in [
        "/../portal.toml",
        "/..%2fportal.toml",
        "/%2e%2e/portal.toml",
        "/%2e%2e%2fportal.toml",
        "/%252e%252e/portal.toml",
        "/ideas/../../portal.toml",
        "/ideas/..%5c..%5cportal.toml",
        "/ideas\\..\\portal.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/media/../portal.toml",
        "/media/%2e%2e/portal.toml",
        "/media/ideas/note.txt",
        "/media/ideas/secret.md",
        "/content/ideas/one.md",
        "/portal.toml",
        "/.git/config",
        "/.sala/preview",
        "/%00",
        "/media//etc/passwd",
        "/media/%2fetc/passwd",
        "/%c0%ae%c0%ae/portal.toml",
        "/ideas/secret.html",
    ] {
        let (status, text) = preview.get(path);
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert!(!text.contains("PLANTED") && !text.contains("languages =") && !text.contains("root:"), "{path}");
    }
    let (status, text) = preview.get("/ideas");
    assert_eq!(status, 302);
    assert!(text.contains("/ideas/"), "{text}");
}

#[test]
fn a_broken_page_keeps_the_last_sound_site() {
    let preview = start();
    let news = preview.news("ideas/one.html", "");
    let (state, version) = (news["state"].as_str().unwrap().to_owned(), news["version"].clone());
    write(preview.root(), "content/ideas/one.md", "+++\ntitle = \n+++\n<script>alert(1)</script>\n");
    let news = preview.news("ideas/one.html", &state);
    assert!(news["errors"].as_u64().unwrap() > 0, "{news}");
    let found = &news["found"][0];
    assert_eq!(found["file"], "content/ideas/one.md");
    assert_eq!(found["line"], 2);
    assert_eq!(news["version"], version, "the page stays as it is");
    assert!(preview.get("/ideas/one.html").1.contains("ข้อความแรก"));
    // Once it says that it is internal it is gone, whatever else is wrong with it.
    let state = news["state"].as_str().unwrap().to_owned();
    let mut state = state;
    for key in ["visibility = \"internal\"", "draft = true"] {
        let hidden = format!("+++\ntitle = \"หนึ่ง\"\n{key}\nupdated = \"zz\"\n+++\nข้อความแรก\n");
        write(preview.root(), "content/ideas/one.md", &hidden);
        let news = preview.news("ideas/one.html", &state);
        assert!(!preview.get("/ideas/one.html").1.contains("ข้อความแรก"), "{key}");
        state = news["state"].as_str().unwrap().to_owned();
    }
    write(preview.root(), "content/ideas/one.md", "+++\ntitle = \n+++\nข้อความ\n");
    let news = preview.news("ideas/one.html", &state);
    let state = news["state"].as_str().unwrap().to_owned();
    write(preview.root(), "content/ideas/one.md", page("หนึ่ง", "ข้อความใหม่"));
    let news = preview.news("ideas/one.html", &state);
    assert_eq!(news["errors"], 0);
    assert_ne!(news["version"], version);
    assert!(preview.get("/ideas/one.html").1.contains("ข้อความใหม่"));
}

#[test]
fn a_broken_template_is_told_and_survived() {
    let preview = start();
    let _ = preview.get("/ideas/one.html");
    let state = preview.news("ideas/one.html", "")["state"].as_str().unwrap().to_owned();
    write(preview.root(), "templates/kinds/idea.html", "{% if %}");
    let news = preview.news("ideas/one.html", &state);
    assert!(news["errors"].as_u64().unwrap() > 0);
    assert_eq!(news["found"][0]["file"], "templates/kinds/idea.html");
    assert!(preview.get("/ideas/one.html").1.contains("ข้อความแรก"));
    // One that compiles and fails on the page is caught before it is shown.
    let state = news["state"].as_str().unwrap().to_owned();
    write(preview.root(), "templates/kinds/idea.html", "{{ nothing.of.this }}");
    let news = preview.news("ideas/one.html", &state);
    assert!(news["errors"].as_u64().unwrap() > 0, "{news}");
    assert!(preview.get("/ideas/one.html").1.contains("ข้อความแรก"));
    write(
        preview.root(),
        "templates/kinds/idea.html",
        "{% extends \"entry.html\" %}{% block content %}OWN {{ entry.title }}{% endblock content %}",
    );
    preview.until(|p| p.get("/ideas/one.html").1.contains("OWN หนึ่ง"));
    fs::remove_dir_all(preview.root().join("templates")).unwrap();
    preview.until(|p| !p.get("/ideas/one.html").1.contains("OWN"));
}

#[test]
fn renames_moves_and_many_files_at_once() {
    let preview = start();
    let root = preview.root();
    // An editor that writes beside and renames.
    write(root, "content/ideas/.one.md.swp", page("x", "x"));
    write(root, "content/ideas/.one.tmp", page("หนึ่ง", "โดยเปลี่ยนชื่อ"));
    fs::rename(root.join("content/ideas/.one.tmp"), root.join("content/ideas/one.md")).unwrap();
    preview.until(|p| p.get("/ideas/one.html").1.contains("โดยเปลี่ยนชื่อ"));
    for i in 0..300 {
        write(root, &format!("content/ideas/many-{i}.md"), page(&format!("ที่ {i}"), "มาก"));
    }
    preview.until(|p| p.get("/ideas/many-0.html").0 == 200 && p.get("/ideas/many-299.html").0 == 200);
    // The whole content folder goes away and comes back as another folder.
    fs::rename(root.join("content"), root.join("moved")).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    fs::create_dir(root.join("fresh")).unwrap();
    fs::rename(root.join("moved/_schema"), root.join("fresh/_schema")).unwrap();
    fs::rename(root.join("moved/ideas"), root.join("fresh/ideas")).unwrap();
    fs::rename(root.join("fresh"), root.join("content")).unwrap();
    write(root, "content/ideas/new.md", page("หลังย้าย", "กลับมา"));
    preview.until(|p| p.get("/ideas/new.html").1.contains("กลับมา"));
    write(root, "content/ideas/new.md", page("หลังย้าย", "ยังเห็น"));
    preview.until(|p| p.get("/ideas/new.html").1.contains("ยังเห็น"));
    // The schema: the kind moves to another folder.
    let kind = fs::read_to_string(root.join("content/_schema/kinds/idea.toml")).unwrap();
    write(root, "content/_schema/kinds/idea.toml", kind.replace("\"แนวคิด\"", "\"ข้อคิด\""));
    preview.until(|p| p.get("/ideas/index.html").1.contains("ข้อคิด"));
    // Search follows.
    assert_eq!(preview.get("/search/th/router.js").0, 200);
}

#[test]
fn a_taken_port_is_an_error_or_the_next_one() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let options =
        Options { address: "127.0.0.1".parse().unwrap(), port: Some(port), drafts: false, epoch: None, edit: None };
    assert_eq!(preview::listen(&options).unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
    let free = Options { port: None, ..options };
    let (first, second) = (preview::listen(&free).unwrap(), preview::listen(&free).unwrap());
    assert_ne!(first.local_addr().unwrap().port(), second.local_addr().unwrap().port());
}

/// Edits while pages are read: `SALA_SOAK=2000` of them in the deep tier. Gives their number, and what it cost; panics
/// where an edit never shows.
pub fn measure_soak() -> (usize, String) {
    let edits: usize = std::env::var("SALA_SOAK").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let preview = start();
    let (files, memory) = (open_files(), megabytes());
    let mut requests = 0;
    for n in 0..edits {
        let name = n % 7;
        write(
            preview.root(),
            &format!("content/ideas/soak-{name}.md"),
            page(&format!("หน้า {name}"), &format!("แก้ครั้งที่ {n}.")),
        );
        if n % 11 == 10 {
            let _ = fs::remove_file(preview.root().join(format!("content/ideas/soak-{}.md", (name + 3) % 7)));
        }
        let shown = format!("แก้ครั้งที่ {n}.");
        preview.until(|p| {
            requests += 1;
            p.get(&format!("/ideas/soak-{name}.html")).1.contains(&shown)
        });
        let _ = (preview.get("/ideas/"), preview.get("/search/th/router.js"), preview.get("/none"));
        requests += 3;
    }
    let (more_files, more_memory) = (open_files().saturating_sub(files), megabytes().saturating_sub(memory));
    // Other tests of this process open files as well. Connections that just ended may still be there.
    if std::env::var_os("SALA_SOAK").is_some() {
        assert!(more_files < 64, "{more_files} more open files");
        assert!(more_memory < 300, "{more_memory} MB more memory");
    }
    (edits, format!("{requests} requests, {more_files} more open files, {more_memory} MB more memory"))
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

fn megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line =
        status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    line.unwrap_or(0) / 1024
}

#[test]
#[ignore = "takes minutes; `harms` runs it too"]
fn many_edits_leave_no_files_open_and_no_memory_behind() {
    println!("{:?}", measure_soak());
}
