//! Which requests are answered: those of this machine's own pages, for addresses of the site.
//!
//! A page of another site can send requests to a loopback port. Its `Origin` gives it away, and a name that was
//! pointed at 127.0.0.1 gives itself away in `Host`.

use crate::output::check_path;
use axum::http::{HeaderMap, Method, StatusCode, header};
use percent_encoding::percent_decode_str;
use std::net::{IpAddr, SocketAddr};

/// Decides on requests.
#[derive(Debug, Clone)]
pub struct Guard {
    address: SocketAddr,
}

impl Guard {
    /// For a server at this address.
    pub fn new(address: SocketAddr) -> Guard {
        Guard { address }
    }

    /// Whether the request may be answered.
    ///
    /// # Errors
    /// The status to answer with.
    pub fn check(&self, method: &Method, headers: &HeaderMap) -> Result<(), StatusCode> {
        if method != Method::GET && method != Method::HEAD {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        self.is_from_here(headers)
    }

    /// Whether the request may change files: it comes from a page of this server, and says so.
    ///
    /// # Errors
    /// The status to answer with.
    pub(super) fn check_change(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        self.is_from_here(headers)?;
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        let from_page = text("origin").is_some() && text("sec-fetch-site").is_none_or(|site| site == "same-origin");
        if from_page { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
    }

    fn is_from_here(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|h| h.to_str().ok());
        if hosts.next().is_some() || !host.is_some_and(|h| self.is_own(h)) {
            return Err(StatusCode::FORBIDDEN);
        }
        for origin in headers.get_all(header::ORIGIN) {
            let own = origin.to_str().ok().and_then(|o| o.strip_prefix("http://")).is_some_and(|o| self.is_own(o));
            if !own {
                return Err(StatusCode::FORBIDDEN);
            }
        }
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        // A link from elsewhere may lead here; a script, image or frame elsewhere may not, on another port of this machine
        // neither.
        let is_elsewhere = matches!(text("sec-fetch-site"), Some("cross-site" | "same-site"));
        if is_elsewhere && text("sec-fetch-dest") != Some("document") {
            return Err(StatusCode::FORBIDDEN);
        }
        Ok(())
    }

    /// Whether `host[:port]` names this server.
    fn is_own(&self, authority: &str) -> bool {
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => (host, port.parse()),
            _ => (authority, Ok(80)),
        };
        if port != Ok(self.address.port()) {
            return false;
        }
        if host.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
        let Ok(ip) = bare.parse::<IpAddr>() else {
            return false;
        };
        // An address that is typed as numbers cannot be pointed here by a stranger's name server.
        ip.is_loopback() || ip == self.address.ip() || self.address.ip().is_unspecified()
    }
}

/// The address in the site of a request's path: decoded once; folders get `index.html`. None where it is no address
/// of a site, in whatever way it is written.
pub fn site_path(raw: &str) -> Option<String> {
    let decoded = percent_decode_str(raw.strip_prefix('/')?).decode_utf8().ok()?;
    let mut path = decoded.into_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    // What still holds an encoded sign after decoding was encoded twice.
    let twice = path.as_bytes().windows(3).any(|w| w[0] == b'%' && w[1..].iter().all(u8::is_ascii_hexdigit));
    (!twice && check_path(&path).is_ok()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &str)]) -> bool {
        let guard = Guard::new("127.0.0.1:4000".parse().unwrap());
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        guard.check(&Method::GET, &headers).is_ok()
    }

    #[test]
    fn only_own_names_are_answered() {
        for good in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert!(check(&[("host", good)]), "{good}");
        }
        for bad in [
            "evil.example:4000",
            "127.0.0.1",
            "127.0.0.1:4001",
            "127.0.0.1:4000.evil.example",
            "localhost.evil:4000",
            "192.168.1.5:4000",
            "",
            ":4000",
            "127.0.0.1:+4000",
            "0x7f000001:4000",
            "user@127.0.0.1:4000",
        ] {
            assert!(!check(&[("host", bad)]), "{bad}");
        }
        assert!(!check(&[]));
        assert!(!check(&[("host", "127.0.0.1:4000"), ("host", "evil.example")]));
        let own = ("host", "127.0.0.1:4000");
        assert!(check(&[own, ("origin", "http://127.0.0.1:4000")]));
        for bad in ["http://evil.example", "null", "https://127.0.0.1:4000", "http://127.0.0.1:4001"] {
            assert!(!check(&[own, ("origin", bad)]), "{bad}");
        }
        assert!(!check(&[own, ("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "script")]));
        assert!(check(&[own, ("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "document")]));
        assert!(!check(&[own, ("sec-fetch-site", "same-site"), ("sec-fetch-dest", "script")]));
        assert!(!check(&[own, ("sec-fetch-site", "cross-site")]));
        assert!(check(&[own, ("sec-fetch-site", "same-origin"), ("sec-fetch-dest", "script")]));
    }

    #[test]
    fn only_own_pages_change_files() {
        let guard = Guard::new("127.0.0.1:4000".parse().unwrap());
        let check = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            headers.append("host", "127.0.0.1:4000".parse().unwrap());
            for (name, value) in pairs {
                headers.append(*name, value.parse().unwrap());
            }
            guard.check_change(&headers).is_ok()
        };
        let own = ("origin", "http://127.0.0.1:4000");
        assert!(check(&[own]) && check(&[own, ("sec-fetch-site", "same-origin")]));
        assert!(!check(&[]), "no origin");
        for site in ["cross-site", "same-site", "none"] {
            assert!(!check(&[own, ("sec-fetch-site", site)]), "{site}");
        }
        assert!(!check(&[("origin", "http://127.0.0.1:4001")]) && !check(&[("origin", "null")]));
    }

    #[test]
    fn addresses_stay_in_the_site() {
        assert_eq!(site_path("/").as_deref(), Some("index.html"));
        assert_eq!(site_path("/a/").as_deref(), Some("a/index.html"));
        assert_eq!(site_path("/media/%E0%B8%82.png").as_deref(), Some("media/ข.png"));
        for bad in [
            "",
            "x",
            "/..",
            "/../etc/passwd",
            "/a/../../b",
            "/%2e%2e/b",
            "/%2E%2E%2Fb",
            "/..%2fb",
            "/..%5cb",
            "/a\\..\\b",
            "/%252e%252e/b",
            "/%00",
            "/a%00.html",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/c:/x",
            "/C%3A/x",
            "/./a",
            "/a/.",
            "/%c0%ae%c0%ae/b",
            "/%ff",
            "/.sala/index",
            "/.sala-manifest",
            "/a//b",
            "/nul",
            "/a.",
            "/%e2%80%ae%00",
        ] {
            assert_eq!(site_path(bad), None, "{bad}");
        }
    }
}
