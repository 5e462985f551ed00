//! Addresses of output files: relative, inside the output, writable on every common system.

/// Why an address cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// Empty, absolute, or with `.`, `..` or an empty step.
    #[error("is not a relative path inside the output")]
    Outside,
    /// A character that some file systems or servers refuse.
    #[error("holds the character {0:?}")]
    Character(char),
    /// A name that Windows reserves (`con`, `nul`, `com1`, …).
    #[error("uses the reserved name {0:?}")]
    Reserved(String),
    /// A step longer than 200 bytes or an address longer than 1,000.
    #[error("is too long")]
    TooLong,
    /// A name of Sala's own files.
    #[error("is a name that Sala keeps for itself")]
    Ours,
    /// Another file has the same address, ignoring case.
    #[error("is already taken by {0:?}")]
    Duplicate(String),
}

/// Checks the address of an output file (steps separated by `/`).
///
/// # Errors
/// What is wrong with it. Duplicates are found by the sink, not here.
pub(crate) fn check_path(path: &str) -> Result<(), PathProblem> {
    if path.is_empty() || path.starts_with('/') {
        return Err(PathProblem::Outside);
    }
    if path.len() > 1000 {
        return Err(PathProblem::TooLong);
    }
    for step in path.split('/') {
        if step.is_empty() || step == "." || step == ".." {
            return Err(PathProblem::Outside);
        }
        if step.len() > 200 {
            return Err(PathProblem::TooLong);
        }
        let bad = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
        if let Some(c) = step.chars().find(|c| bad(*c)) {
            return Err(PathProblem::Character(c));
        }
        if step.ends_with(['.', ' ']) || step.starts_with(' ') {
            return Err(PathProblem::Character(if step.ends_with('.') { '.' } else { ' ' }));
        }
        let stem = step.split('.').next().unwrap_or(step);
        if is_reserved(stem) {
            return Err(PathProblem::Reserved(stem.to_owned()));
        }
        if step.to_ascii_lowercase().starts_with(".sala") {
            return Err(PathProblem::Ours);
        }
    }
    Ok(())
}

fn is_reserved(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") {
        return true;
    }
    let digit = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    digit.is_some_and(|d| d.len() == 1 && d.as_bytes()[0].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for good in ["index.html", "a/b.html", "media/ภาพ.png", ".nojekyll", "com10/x"] {
            assert_eq!(check_path(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/..",
            "./a",
            "a\\b",
            "a:b",
            "nul",
            "a/CON.html",
            "x/.sala-manifest",
            "a ",
            "a.",
            "a\u{0}",
        ] {
            assert!(check_path(bad).is_err(), "{bad:?}");
        }
        assert!(check_path(&"a".repeat(201)).is_err());
    }
}
