//! Requests and answers.

use super::connections::{HEAD, LimitedListener};
use super::editing::{Ask, Editing, Reply};
use super::generation::{Answer, Generation};
use super::guard::{Guard, site_path};
use super::live::{Live, Status};
use super::searching::Searching;
use crate::diagnostics::{Diagnostic, Severity};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for news.
const PATIENCE: Duration = Duration::from_secs(25);
/// Most findings that are sent to a browser.
const MOST_FINDINGS: usize = 60;

/// Most bytes of a picture or document that is sent.
const MOST_BYTES: usize = 50_000_000;
/// Most bytes of a form that is sent: a Thai letter takes nine of them.
const MOST_OF_FORM: usize = 16_000_000;
/// The token is one of the first inputs of a form.
const FIRST: usize = 8;
/// Where the forms are.
const FORMS: &str = "/.sala/edit";

const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");
const FORM_SCRIPT: &str = include_str!("client/edit.js");
const FORM_STYLE: &str = include_str!("client/edit.css");

struct Server {
    live: Arc<Live>,
    editing: Option<Arc<Editing>>,
    guard: Guard,
    searching: Arc<Searching>,
}

/// Serves until the preview is stopped.
///
/// # Errors
/// What the system says about the port.
pub(crate) fn serve(listener: TcpListener, live: Arc<Live>, editing: Option<Arc<Editing>>) -> std::io::Result<()> {
    let address: SocketAddr = listener.local_addr()?;
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Pages nest deeply, as those of a generation do.
        .thread_stack_size(16 << 20)
        .enable_all()
        .build()?;
    let guard = Guard::new(address);
    let server = Arc::new(Server { live: live.clone(), editing, guard, searching: Arc::new(Searching::default()) });
    let served = runtime.block_on(async move {
        let listener = LimitedListener::new(tokio::net::TcpListener::from_std(listener)?);
        let router = Router::new().fallback(answer).with_state(server);
        let ending = live.clone();
        let serving = axum::serve(listener, router).with_graceful_shutdown(async move { ending.stopping().await });
        let late = async {
            live.stopping().await;
            tokio::time::sleep(Duration::from_millis(500)).await;
        };
        // Open connections of browsers do not keep the program alive.
        let mut serving = std::pin::pin!(serving.into_future());
        let mut late = std::pin::pin!(late);
        std::future::poll_fn(|context| {
            if let std::task::Poll::Ready(served) = serving.as_mut().poll(context) {
                return std::task::Poll::Ready(served);
            }
            late.as_mut().poll(context).map(|()| Ok(()))
        })
        .await
    });
    runtime.shutdown_background();
    served
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let forms = server.editing.as_ref().filter(|_| request.uri().path().starts_with(FORMS));
    let checked = match (forms, request.method()) {
        (Some(_), &Method::POST) => server.guard.check_change(request.headers()),
        (_, method) => server.guard.check(method, request.headers()),
    };
    if let Err(status) = checked {
        return plain(status, "refused\n");
    }
    if let Some(editing) = forms {
        return edit(editing.clone(), request).await;
    }
    match request.uri().path() {
        "/.sala/preview.js" => {
            return respond(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT.into());
        }
        "/.sala/preview.css" => {
            return respond(StatusCode::OK, "text/css; charset=utf-8", STYLE.into());
        }
        "/.sala/news" => return news(&server, request.uri()).await,
        _ => {}
    }
    let Some(path) = site_path(request.uri().path()) else {
        return plain(StatusCode::BAD_REQUEST, "not an address of this site\n");
    };
    let status = server.live.status();
    let Some(generation) = &status.generation else {
        return page(
            &server,
            &status,
            StatusCode::SERVICE_UNAVAILABLE,
            "",
            "",
            nothing(&status.diagnostics).as_bytes(),
        );
    };
    if path.starts_with("search/") {
        let (searching, generation, wanted) = (server.searching.clone(), generation.clone(), path.clone());
        let made = tokio::task::spawn_blocking(move || searching.file(&generation, &wanted)).await;
        if let Ok(Some(bytes)) = made {
            return respond(StatusCode::OK, content_type(&path), bytes.into());
        }
    }
    match generation.file(&path).await {
        Answer::Found(bytes, version) if path.ends_with(".html") => {
            server.live.visited(&path);
            page(&server, &status, StatusCode::OK, &path, &version, &bytes)
        }
        Answer::Found(bytes, _) => respond(StatusCode::OK, content_type(&path), bytes.to_vec().into()),
        Answer::Broken(found) => {
            let version = version_of_error(&found);
            let text = nothing(&[*found]);
            page(&server, &status, StatusCode::INTERNAL_SERVER_ERROR, &path, &version, text.as_bytes())
        }
        Answer::Missing => missing(&server, &status, generation, request.uri(), &path).await,
    }
}

/// A form of a page, or what was sent with one.
async fn edit(editing: Arc<Editing>, request: Request) -> Response {
    let path = request.uri().path()[FORMS.len()..].to_owned();
    match path.as_str() {
        "/edit.js" => return respond(StatusCode::OK, "text/javascript; charset=utf-8", FORM_SCRIPT.into()),
        "/edit.css" => return respond(StatusCode::OK, "text/css; charset=utf-8", FORM_STYLE.into()),
        _ => {}
    }
    let pairs = |bytes: &[u8]| -> Vec<(String, String)> {
        form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    };
    let (head, body) = request.into_parts();
    let query = pairs(head.uri.query().unwrap_or("").as_bytes());
    let text = |name: &str| head.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let (token, kind) = (text("x-sala-token"), text("content-type").unwrap_or_default());
    let (is_sent, is_form) = (head.method == Method::POST, kind.starts_with("application/x-www-form-urlencoded"));
    // Nothing large is read, and nothing is taken apart, for who does not know the token.
    let refused = || plain(StatusCode::FORBIDDEN, "refused: open the form again\n");
    if is_sent && !is_form && !token.as_deref().is_some_and(|token| editing.knows(token)) {
        return refused();
    }
    let most = if is_sent && !is_form { MOST_BYTES } else { MOST_OF_FORM };
    let bytes = match tokio::time::timeout(HEAD, axum::body::to_bytes(body, most)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return plain(StatusCode::PAYLOAD_TOO_LARGE, "too large\n"),
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT, "too slow\n"),
    };
    let own = |(name, value): (Cow<'_, str>, Cow<'_, str>)| name == ":token" && editing.knows(&value);
    if is_sent && is_form && !form_urlencoded::parse(&bytes).take(FIRST).any(own) {
        return refused();
    }
    let form = match is_form {
        true => pairs(&bytes),
        false => token.map(|token| (":token".to_owned(), token)).into_iter().collect(),
    };
    let reply = tokio::task::spawn_blocking(move || {
        editing.answer(&Ask { path: &path, query, form: is_sent.then_some(form), file: &bytes })
    });
    match reply.await {
        Ok(Reply::Page(html, taken)) => {
            let status = if taken { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            form_page(status, html)
        }
        Ok(Reply::Data(data)) => respond(StatusCode::OK, "application/json", data.to_string().into()),
        Ok(Reply::Go(address)) => {
            let mut response = plain(StatusCode::SEE_OTHER, "");
            if let Ok(place) = address.parse() {
                response.headers_mut().insert(header::LOCATION, place);
            }
            response
        }
        Ok(Reply::Refused) => refused(),
        Ok(Reply::Missing) => plain(StatusCode::NOT_FOUND, "not found\n"),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "failed\n"),
    }
}

/// A page of the forms: its own style and script, the site beside it, and nothing from anywhere else.
fn form_page(status: StatusCode, html: String) -> Response {
    let mut response = respond(status, "text/html; charset=utf-8", html.into());
    let policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; \
                  img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(policy));
    response
}

/// A folder without its slash leads to the folder; everything else is the site's page for missing ones.
async fn missing(server: &Server, status: &Status, generation: &Generation, uri: &Uri, path: &str) -> Response {
    if matches!(generation.file(&format!("{path}/index.html")).await, Answer::Found(..)) {
        let mut response = plain(StatusCode::FOUND, "");
        if let Ok(place) = format!("{}/", uri.path()).parse() {
            response.headers_mut().insert(header::LOCATION, place);
        }
        return response;
    }
    match generation.file("404.html").await {
        Answer::Found(bytes, version) => page(server, status, StatusCode::NOT_FOUND, path, &version, &bytes),
        _ => plain(StatusCode::NOT_FOUND, "not found\n"),
    }
}

/// Tells a page what changed: waits until there is something to tell.
async fn news(server: &Server, uri: &Uri) -> Response {
    let parameter = |name: &str| {
        let query = uri.query().unwrap_or("");
        let value = query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('='))?;
        percent_decode_str(value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    };
    let seen = parameter("seen").unwrap_or_default();
    let mut numbers = server.live.subscribe();
    let waiting = async {
        while !server.live.is_stopped() && format!("{}.{}", server.live.session, *numbers.borrow_and_update()) == seen {
            if numbers.changed().await.is_err() {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(PATIENCE, waiting).await;
    if server.live.is_stopped() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "stopped\n");
    }
    let status = server.live.status();
    let page = parameter("page").unwrap_or_default();
    let mut found: Vec<Diagnostic> = status.diagnostics.to_vec();
    let mut version = String::new();
    if let Some(generation) = &status.generation {
        version = match generation.file(&page).await {
            Answer::Found(_, version) => version,
            Answer::Missing => match generation.file("404.html").await {
                Answer::Found(_, version) => version,
                _ => String::new(),
            },
            Answer::Broken(diagnostic) => {
                let version = version_of_error(&diagnostic);
                if !found.contains(&diagnostic) {
                    found.push(*diagnostic);
                }
                version
            }
        };
    }
    let count = |severity| found.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    found.sort_by_key(|d| d.severity != Severity::Error);
    let body = json!({
        "state": format!("{}.{}", server.live.session, status.number),
        "version": version,
        "errors": errors,
        "warnings": warnings,
        "found": found.iter().filter(|d| d.severity != Severity::Note).take(MOST_FINDINGS).map(finding).collect::<Vec<_>>(),
    });
    respond(StatusCode::OK, "application/json", body.to_string().into())
}

/// A finding as the overlay shows it; all of it is text.
fn finding(d: &Diagnostic) -> Json {
    json!({
        "severity": d.severity.name(),
        "code": d.code.id(),
        "file": d.file,
        "line": d.line,
        "column": d.column,
        "message": { "th": d.message.get(crate::model::Lang::TH), "en": d.message.get(crate::model::Lang::EN) },
        "hint": d.hint.as_ref().map(|h| json!({ "th": h.get(crate::model::Lang::TH), "en": h.get(crate::model::Lang::EN) })),
    })
}

fn version_of_error(found: &Diagnostic) -> String {
    blake3::hash(format!("{found:?}").as_bytes()).to_hex()[..16].to_owned()
}

/// A page in the place of one that cannot be made: the findings as text.
fn nothing(found: &[Diagnostic]) -> String {
    let mut text = String::from(
        "<!doctype html>\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n<title>Sala</title>\n</head>\n<body>\n\
         <p>ยังแสดงหน้านี้ไม่ได้ แก้ข้อผิดพลาดแล้วหน้านี้จะมาเอง<br>\n\
         <span lang=\"en\">This page cannot be shown yet; it will appear when the errors are corrected.</span></p>\n<pre>",
    );
    let shown =
        crate::diagnostics::print::print(found, crate::diagnostics::print::Format::Text, crate::model::Lang::TH, false);
    crate::markdown::escape_text(&shown, &mut text);
    text.push_str("</pre>\n</body>\n</html>\n");
    text
}

/// A page with the preview's script in its head.
fn page(server: &Server, status: &Status, code: StatusCode, path: &str, version: &str, html: &[u8]) -> Response {
    let mut tag =
        String::from("<link rel=\"stylesheet\" href=\"/.sala/preview.css\">\n<script src=\"/.sala/preview.js\"");
    let state = format!("{}.{}", server.live.session, status.number);
    let form = server.editing.as_ref().and_then(|editing| editing.address_of(path)).unwrap_or_default();
    for (name, value) in [("page", path), ("version", version), ("state", &state), ("form", &form)] {
        tag.push_str(&format!(" data-{name}=\""));
        crate::markdown::escape_attr(value, &mut tag);
        tag.push('"');
    }
    tag.push_str(" defer></script>\n");
    let head = b"</head>";
    let at = html.windows(head.len()).position(|w| w == head).unwrap_or(html.len());
    let mut body = Vec::with_capacity(html.len() + tag.len());
    body.extend_from_slice(&html[..at]);
    body.extend_from_slice(tag.as_bytes());
    body.extend_from_slice(&html[at..]);
    respond(code, "text/html; charset=utf-8", body.into())
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    respond(status, "text/plain; charset=utf-8", text.into())
}

fn respond(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    let policy = header::HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(policy, header::HeaderValue::from_static("same-origin"));
    response
}

/// Media type by the ending of a name.
fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("").to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
