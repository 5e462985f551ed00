//! Regular expressions that are constants of the program.

use regex::Regex;

/// Compiles a constant expression. One that is mistyped ends the program at once, instead of switching off what it is
/// for; the tests of the module that uses it run it.
///
/// # Panics
/// The text is no regular expression.
pub(crate) fn constant(text: &str) -> Regex {
    Regex::new(text).expect("a constant that tests compile")
}
