//! Names that say that a text is not for everybody, of classes, attributes, elements and boxes alike; and classes that show a
//! text to some readers again.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern::constant;
use crate::text::stamp::is_stamp;

/// Classes with which common style sheets (Tailwind, Bootstrap, Bulma) hide an element everywhere.
const NEVER_SHOWN: [&str; 3] = ["hidden", "d-none", "is-hidden"];
/// Other classes with which style sheets hide a text.
const CLASSES: [&str; 10] = [
    "hide",
    "invisible",
    "display-none",
    "is-invisible",
    "display-hidden",
    "nodisplay",
    "no-display",
    "dn",
    "content-hidden",
    "content-visible",
];
/// Classes of the same style sheets that show an element again, on some screens, on paper or on a touch: `md:block`,
/// `d-print-block`, `is-flex-desktop`, `db-ns`. Variants for what only stands before, behind or inside an element
/// (`before:block`, `*:block`, `[&_p]:block`) do not.
static SHOWN_AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    let display =
        "(?:inline-)?(?:block|flex|grid|table)|inline|table-(?:row|cell)|list-item|contents|visible|flow-root";
    // Screens, paper, and what a reader does: not who the reader is (`staff:block`).
    let variant = r"(?:max-|min-|not-)?(?:xs|sm|md|lg|xl|\dxl)|(?:max|min)-\[[^\]]*\]|print|screen|dark|light|portrait|landscape|rtl|ltr|touch|open|data-\[state=[^\]]*\]|checked|active|hover|focus(?:-within|-visible)?|motion-(?:safe|reduce)|(?:group|peer)-(?:hover|focus|checked|open|active)";
    constant(&format!(
        r"^(?:(?:(?:{variant})(?:/\w+)?:)+!?(?:{display})!?|d-(?:sm|md|lg|xl|xxl|print)-(?:{display})|is-(?:{display})-(?:mobile|tablet|touch|desktop|widescreen|fullhd)(?:-only)?|(?:d[bit]|dib|dtc|flex)-(?:ns|m|l))$"
    ))
});
/// Whether a class shows an element that another class hides to some readers.
fn shows_again(class: &str) -> bool {
    SHOWN_AGAIN.is_match(class)
}

fn is_of_style(class: &str) -> bool {
    NEVER_SHOWN.contains(&class) || CLASSES.contains(&class)
}

/// Whether a name says that what bears it is not for everybody (`staff-only`, `ใช้ภายใน`), or is `hidden` with a slip of the pen:
/// that of a class, an attribute, an element, a component, a box or a shortcode.
pub(super) fn is_held(name: &str) -> bool {
    let name = bare(name);
    is_of_style(&name) || is_stamp(&name.replace(['-', '_'], "")) || is_slip(&name)
}

/// A name without signs around it: `!hidden`, `“hidden”`.
fn bare(name: &str) -> String {
    name.trim_matches(|c: char| "!\"'“”‘’,;".contains(c)).to_lowercase()
}

/// Whether a name is `hidden` but for a letter, or for two behind its first ones.
fn is_slip(name: &str) -> bool {
    const MARK: &str = "hidden";
    let most = if name.starts_with("hid") { 2 } else { 1 };
    name.starts_with('h') && name.len().abs_diff(MARK.len()) <= most && strsim::damerau_levenshtein(name, MARK) <= most
}

/// The class among several that hides the element from everybody.
pub(crate) fn hiding_among<'c>(mut classes: impl Iterator<Item = &'c str> + Clone) -> Option<&'c str> {
    let again = classes.clone().any(shows_again);
    classes.find(|class| is_held(class) && !(again && is_of_style(&bare(class))))
}

/// Whether common style sheets show an element of these classes nowhere.
pub(super) fn never_shown(classes: &str) -> bool {
    let mut each = classes.split_whitespace();
    !each.clone().any(shows_again) && each.any(|class| NEVER_SHOWN.contains(&class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_some_readers_are_shown_is_not_hidden() {
        let among = |classes: &str| hiding_among(classes.split_whitespace()).is_some();
        for classes in [
            "hidden md:block",
            "x hidden lg:inline-flex",
            "hidden print:!block",
            "hidden md:dark:flex",
            "hidden group-hover:block",
            "hidden data-[state=open]:block",
            "d-none d-md-block",
            "d-none d-print-block",
            "d-none d-sm-table-cell",
            "invisible md:visible",
            "is-hidden is-flex-desktop",
            "dn db-ns",
            "dn dib-l",
            "md:hidden",
            "d-md-none",
        ] {
            assert!(!among(classes) && !never_shown(classes), "{classes}");
        }
        for classes in [
            "hidden",
            "d-none",
            "is-hidden x",
            "hidden md:hidden",
            "hidden wp-block",
            "d-none d-flex",
            "hidden btn-block",
            "hidden before:block",
            "hidden md:after:block",
            "hidden *:block",
            "hidden [&_p]:block",
            "hidden md:text-lg",
            "d-none d-md-none",
            "hidden staff:block",
            "hidden data-[staff=true]:block",
            "is-hidden is-flex-admin",
        ] {
            assert!(among(classes) && never_shown(classes), "{classes}");
        }
        // What says that it is not for everybody is for nobody on large screens either.
        assert!(among("staff-only md:block") && among("internal d-md-block") && among("ภายใน hidden md:block"));
    }
}
