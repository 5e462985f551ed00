//! Values of `portal.toml` that must make sense: addresses and the day of the content.

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Config, SourceFile, Span};
use crate::text::era::Date;

/// Reports what makes no sense and takes it out, so that nothing is made of it.
pub(super) fn check(config: &mut Config, source: &SourceFile, found: &mut Vec<Diagnostic>) {
    for (key, value) in [("base_url", &mut config.base_url), ("licence_url", &mut config.licence_url)] {
        if !value.is_empty() && !is_address(value, key == "base_url") {
            found.push(wrong(
                source,
                key,
                format!("{key} ต้องเป็นที่อยู่เว็บ เช่น https://portal.example.go.th/"),
                format!("{key} must be a web address such as https://portal.example.go.th/"),
            ));
            value.clear();
        }
    }
    for (key, pattern) in [("feedback", &mut config.answer.feedback), ("tried", &mut config.answer.tried)] {
        if !pattern.is_empty() && !pattern.starts_with("https://") && !pattern.starts_with("mailto:") {
            let th = format!("{key} ต้องขึ้นต้นด้วย https:// หรือ mailto: เช่น https://forms.example.go.th/x?page={{id}}");
            let en =
                format!("{key} must begin with https:// or mailto:, such as https://forms.example.go.th/x?page={{id}}");
            found.push(wrong(source, key, th, en));
            pattern.clear();
        }
    }
    if let Some(day) = &config.due.yearly
        && Date::parse(&format!("2024-{day}")).is_err()
    {
        let th = "yearly ต้องเป็นเดือนและวัน เช่น 09-30".to_string();
        found.push(wrong(source, "yearly", th, "yearly must be month and day, such as 09-30".to_string()));
        config.due.yearly = None;
    }
    if let Some(allowance) = config.allow_personal.take_if(|a| a.reason.trim().is_empty()) {
        drop(allowance);
        let (th, en) = ("allow_personal ต้องมี reason", "allow_personal needs a reason");
        found.push(Diagnostic { code: Code::BadAllowance, ..wrong(source, "[allow_personal]", th.into(), en.into()) });
    }
    if config.allow_personal.as_ref().is_some_and(|a| a.by.trim().is_empty() || a.date.is_none()) {
        let (th, en) = (
            "allow_personal ควรบอก by (ตำแหน่งผู้อนุญาต) และ date (วันที่อนุญาต)",
            "allow_personal should say by (role of who allowed it) and date",
        );
        let told = wrong(source, "[allow_personal]", th.into(), en.into());
        found.push(Diagnostic { code: Code::BadAllowance, ..told }.severity(Severity::Warning));
    }
    if let Some(Err(error)) = config.date.as_deref().map(Date::parse) {
        let (th, en) = ("date ไม่ใช่วันที่", "date is no day");
        let (th, en) = (format!("{th}: {}", error.message_th), format!("{en}: {}", error.message_en));
        found.push(wrong(source, "date", th, en));
        config.date = None;
    }
}

/// Whether a text is an absolute address of the web; that of a site has neither question nor anchor.
fn is_address(text: &str, site: bool) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = host.map_or("", |rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\{}|^".contains(c);
    let doubtful = host.contains('@') || text.contains(bad) || site && text.contains(['?', '#']);
    !host.is_empty() && !doubtful
}

/// A finding at a key of the file.
fn wrong(source: &SourceFile, key: &str, th: String, en: String) -> Diagnostic {
    let is_key = |line: &str| {
        let rest = line.trim_start().strip_prefix(key);
        rest.is_some_and(|rest| key.starts_with('[') || rest.trim_start().starts_with('='))
    };
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        if is_key(line) {
            return Diagnostic::at(Code::BadConfig, source, Span::new(start, start + line.trim_end().len()), th, en);
        }
        start += line.len();
    }
    Diagnostic::new(Code::BadConfig, source.path.as_str(), th, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_told_and_taken_out() {
        let text = "base_url = \"ftp://x\"\nlicence_url = \"javascript:alert(1)\"\ndate = \"someday\"\n";
        let source = SourceFile::new("portal.toml", text);
        let mut config = Config {
            base_url: "ftp://x".into(),
            licence_url: "javascript:alert(1)".into(),
            date: Some("someday".into()),
            ..Config::default()
        };
        let mut found = Vec::new();
        check(&mut config, &source, &mut found);
        assert_eq!(found.iter().map(|d| d.line).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(config.base_url.is_empty() && config.licence_url.is_empty() && config.date.is_none());
        for bad in ["https://", "https:///x", "//x", "https://a b", "https://u@h/", "https://x/?a", "x", "data:,"] {
            assert!(!is_address(bad, true), "{bad}");
        }
        for good in ["https://x/", "http://localhost:4000/kb/", "https://ไทย.example/ก"] {
            assert!(is_address(good, true), "{good}");
        }
        assert!(is_address("https://x/?a#b", false));
        for (bad, pattern) in [(true, "http://x"), (true, "javascript:x"), (false, "https://x"), (false, "mailto:a@x")]
        {
            let mut config = Config::default();
            config.answer.tried = pattern.into();
            let mut found = Vec::new();
            check(&mut config, &SourceFile::new("portal.toml", "[answer]\n"), &mut found);
            assert_eq!((found.len() == 1, config.answer.tried.is_empty()), (bad, bad), "{pattern}");
        }
    }
}
