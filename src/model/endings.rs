//! Endings of files that would run: on the web server, in the browser as part of the site, on a reader's machine.

/// Endings that web servers run wherever they are in a name.
pub(crate) const RUN: [&str; 14] =
    ["php", "php3", "php4", "php5", "phtml", "phar", "shtml", "cgi", "pl", "py", "asp", "aspx", "jsp", "cfm"];
/// Endings of the web's own files, and of programs.
const PROGRAMS: [&str; 40] = [
    "html", "htm", "xhtml", "xht", "mhtml", "mht", "hta", "htc", "js", "mjs", "cjs", "wasm", "swf", "xml", "xsl",
    "xslt", "svgz", "css", "rb", "jar", "class", "config", "htaccess", "htpasswd", "phps", "pht", "stm",
    "shtm", // of the web
    "exe", "msi", "bat", "cmd", "com", "scr", "vbs", "ps1", "sh", "lnk", "dll", "reg",
];

/// Whether `[files] allow` of the portal may name an ending.
pub(crate) fn may_be_allowed(ending: &str) -> bool {
    let ending = ending.to_lowercase();
    let plain = !ending.is_empty() && ending.chars().all(|c| c.is_ascii_alphanumeric());
    plain && !RUN.contains(&ending.as_str()) && !PROGRAMS.contains(&ending.as_str())
}
