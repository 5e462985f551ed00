//! The checked-in publishing examples: the commands of the workflows run in order on a new portal, the copy script copies
//! to a folder, nginx takes the configuration and answers with it.

use crate::tools::{has, repository, sala, skip};
use sala::internals::content::front_matter::{Format, parse};
use sala::internals::content::raw::{Data, Node};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

fn example(path: &str) -> String {
    fs::read_to_string(repository().join("examples/publishing").join(path)).unwrap()
}

fn yaml(path: &str) -> Node {
    let text = example(path);
    parse(Format::Yaml, &text, 0).unwrap_or_else(|e| panic!("{path}: {e:?}"))
}

fn items(node: &Node) -> &[Node] {
    match &node.data {
        Data::List(items) => items,
        other => panic!("no list: {other:?}"),
    }
}

fn new_portal(root: &Path) {
    let done = sala().arg("init").arg(root).output().unwrap();
    assert!(done.status.success());
}

/// Runs a line as a runner does, with the program under test on the path.
fn shell(root: &Path, line: &str, more: &[(&str, &str)]) {
    let program = Path::new(env!("CARGO_BIN_EXE_sala"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let done = Command::new("sh")
        .args(["-ec", line])
        .current_dir(root)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .envs(more.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{line}\n{said}");
}

#[test]
fn the_commands_of_the_github_workflow_publish_a_new_portal() {
    let workflow = yaml("github-pages/.github/workflows/publish.yml");
    let jobs = workflow.get("jobs").unwrap();
    let steps = items(jobs.get("build").unwrap().get("steps").unwrap());
    let uses: Vec<&str> = steps.iter().filter_map(|s| s.get("uses")?.text()).collect();
    assert!(uses.iter().any(|u| u.starts_with("actions/upload-pages-artifact@")));
    // Every action is named by a commit, and only the job that publishes may publish.
    let deploy = jobs.get("deploy").unwrap();
    let all =
        items(deploy.get("steps").unwrap()).iter().filter_map(|s| s.get("uses")?.text()).chain(uses.iter().copied());
    for action in all {
        let commit = action.split_once('@').unwrap().1;
        assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{action}");
    }
    let may =
        |job: &Node, what: &str| job.get("permissions").unwrap().get(what).and_then(Node::text).map(str::to_owned);
    assert_eq!(may(deploy, "pages").as_deref(), Some("write"));
    let build = jobs.get("build").unwrap();
    assert_eq!((may(build, "pages").as_deref(), may(build, "id-token")), (Some("read"), None));
    let dir = tempfile::tempdir().unwrap();
    new_portal(dir.path());
    let mut ran = 0;
    for line in steps.iter().filter_map(|s| s.get("run")?.text()) {
        shell(dir.path(), line, &[("BASE_URL", "https://name.github.io/portal")]);
        ran += 1;
    }
    assert!(ran >= 3, "{ran} commands");
    let page = fs::read_to_string(dir.path().join("public/index.html")).unwrap();
    assert!(page.contains("https://name.github.io/portal/"), "{page}");
    assert!(dir.path().join("public/404.html").is_file());
}

#[test]
fn the_commands_of_the_gitlab_job_publish_a_new_portal() {
    let pages = yaml("gitlab-pages/.gitlab-ci.yml");
    let job = pages.get("pages").unwrap();
    let kept = job.get("artifacts").unwrap().get("paths").unwrap();
    assert_eq!(items(kept)[0].text(), Some("public"));
    let dir = tempfile::tempdir().unwrap();
    new_portal(dir.path());
    for line in items(job.get("script").unwrap()).iter().filter_map(Node::text) {
        shell(dir.path(), line, &[("CI_PAGES_URL", "https://name.gitlab.io/portal")]);
    }
    let page = fs::read_to_string(dir.path().join("public/index.html")).unwrap();
    assert!(page.contains("https://name.gitlab.io/portal/"));
}

#[test]
fn the_copy_script_switches_whole_and_removes_nothing_of_others() {
    if !has("rsync") {
        return skip("copy by rsync", "rsync is not installed");
    }
    let dir = tempfile::tempdir().unwrap();
    let (root, target) = (dir.path().join("portal"), dir.path().join("เว็บ"));
    new_portal(&root);
    let script = repository().join("examples/publishing/rsync/publish.sh");
    let more = [("TARGET", target.to_str().unwrap()), ("BASE_URL", "https://portal.example.go.th/")];
    shell(&root, &format!("sh '{}'", script.display()), &more);
    assert!(target.is_symlink() && target.join("index.html").is_file());
    assert!(!target.join(".sala-manifest").exists());
    let first = fs::read_link(&target).unwrap();
    fs::write(dir.path().join("other"), "x").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    fs::write(root.join("content/more.md"), "# หน้าใหม่\n\nข้อความ\n").unwrap();
    shell(&root, &format!("sh '{}'", script.display()), &more);
    // The old release is whole and another one is shown.
    assert_ne!(fs::read_link(&target).unwrap(), first);
    assert!(target.join("more.html").is_file() && dir.path().join(&first).join("index.html").is_file());
    assert!(!dir.path().join(&first).join("more.html").exists() && dir.path().join("other").is_file());
    // A folder that the script did not make is left alone.
    fs::remove_file(&target).unwrap();
    fs::create_dir(&target).unwrap();
    fs::write(target.join("mine.html"), "x").unwrap();
    let mut again = Command::new("sh");
    let path = std::env::var("PATH").unwrap_or_default();
    let folder = Path::new(env!("CARGO_BIN_EXE_sala")).parent().unwrap();
    again.arg(&script).current_dir(&root).envs(more).env("PATH", format!("{}:{path}", folder.display()));
    assert!(!again.output().unwrap().status.success() && target.join("mine.html").is_file());
}

/// Headers and body of a request to this machine.
fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: portal.example.go.th\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut out = Vec::new();
    stream.read_to_end(&mut out).unwrap();
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn nginx_serves_the_portal_with_the_checked_in_configuration() {
    let found = Command::new("nginx").arg("-v").output();
    if found.is_err() {
        return skip("nginx", "nginx is not installed");
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("portal");
    new_portal(&root);
    shell(&root, "sala build", &[]);
    // The error page of a missing file has the headers of a page, so the files are there.
    fs::create_dir_all(root.join("public/media")).unwrap();
    fs::write(root.join("public/media/x.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    fs::write(root.join("public/media/x.pdf"), "%PDF-1.7").unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let place = dir.path().display();
    let server = example("nginx/portal.conf")
        .split_once("server {\n    listen 443")
        .map(|(_, secure)| format!("server {{\n    listen 443{secure}"))
        .expect("a server with TLS")
        .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};"))
        .replace("    listen [::]:443 ssl;\n", "")
        .lines()
        .filter(|line| !line.trim_start().starts_with("ssl_"))
        .map(|line| format!("{line}\n"))
        .collect::<String>()
        .replace("/srv/portal/public", &format!("{place}/portal/public"));
    let user = if Path::new("/etc/passwd").is_file() { "user root;" } else { "" };
    let whole = format!(
        "{user} daemon off; pid {place}/pid; error_log {place}/log;\nevents {{}}\nhttp {{\n\
         types {{ text/html html; text/css css; text/javascript js; application/json json; font/woff2 woff2; }}\naccess_log off;\n\
         client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c; uwsgi_temp_path {place}/d; scgi_temp_path {place}/e;\n{server}}}\n"
    );
    fs::write(dir.path().join("nginx.conf"), whole).unwrap();
    let conf = dir.path().join("nginx.conf");
    let tried = Command::new("nginx").arg("-t").arg("-c").arg(&conf).output().unwrap();
    assert!(tried.status.success(), "{}", String::from_utf8_lossy(&tried.stderr));
    let mut nginx = Command::new("nginx").arg("-c").arg(&conf).spawn().unwrap();
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let style = fs::read_dir(root.join("public/assets")).unwrap();
    let style = style
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .find(|n| n.starts_with("main.") && n.ends_with(".css"))
        .unwrap();
    let answers: Vec<String> = [
        "/",
        &format!("/assets/{style}"),
        "/nowhere.html",
        "/.sala/x",
        "/search/th/router.js",
        "/media/x.svg",
        "/media/x.pdf",
    ]
    .iter()
    .map(|path| get(port, path))
    .collect();
    // A killed master would leave its worker behind.
    let stop = ["-s", "quit", "-c"];
    let _ = Command::new("nginx").args(stop).arg(&conf).output();
    let _ = nginx.wait();
    let head = |i: usize| answers[i].split("\r\n\r\n").next().unwrap_or("").to_lowercase();
    assert!(head(0).starts_with("http/1.1 200") && head(0).contains("cache-control: no-cache"), "{}", head(0));
    assert!(
        head(0).contains("content-type: text/html; charset=utf-8") && head(0).contains("content-encoding: gzip"),
        "{}",
        head(0)
    );
    assert!(head(1).contains("immutable") && head(1).contains("nosniff"), "{}", head(1));
    assert!(head(2).starts_with("http/1.1 404") && head(2).contains("text/html"), "{}", head(2));
    assert!(head(3).starts_with("http/1.1 404"), "{}", head(3));
    for header in ["frame-ancestors 'none'", "strict-transport-security", "permissions-policy", "nosniff"] {
        assert!(head(0).contains(header), "{header}: {}", head(0));
    }
    assert!(head(5).contains("sandbox") && !head(6).contains("sandbox"), "{} {}", head(5), head(6));
    assert!(head(4).contains("cache-control: no-cache") && head(4).contains("charset=utf-8"), "{}", head(4));
}

/// Every host's headers hold the policy of the pages, and what a page cannot say itself.
#[test]
fn headers_of_all_hosts_agree_with_the_pages() {
    let dir = tempfile::tempdir().unwrap();
    new_portal(dir.path());
    shell(dir.path(), "sala build", &[]);
    let page = fs::read_to_string(dir.path().join("public/index.html")).unwrap();
    let policy = page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap().replace("&#39;", "'").replace("&#x27;", "'");
    for host in ["nginx/portal.conf", "apache/portal.conf", "caddy/Caddyfile", "cloudflare-pages/_headers"] {
        let text = example(host);
        assert!(text.contains(&format!("{policy}; frame-ancestors 'none'")), "{host} lacks {policy}");
        let both = ["Strict-Transport-Security", "nosniff", "Permissions-Policy", "sandbox", "immutable"];
        both.iter().for_each(|header| assert!(text.contains(header), "{host} lacks {header}"));
    }
}
