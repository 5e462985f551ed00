//! TeX formulas as MathML, made at build time: pages need no script for them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay, PrettyPrint};

use super::escape::escape_text;
use super::state::Writer;
use super::types::FindingKind;

static CONVERTER: LazyLock<Option<LatexToMathML>> = LazyLock::new(|| {
    LatexToMathML::new(MathCoreConfig { pretty_print: PrettyPrint::Never, ..MathCoreConfig::default() }).ok()
});

/// Elements of MathML Core that show something.
pub(super) const TAGS: [&str; 27] = [
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "menclose",
];
const ATTRIBUTES: [&str; 20] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "largeop",
    "movablelimits",
    "fence",
    "separator",
    "form",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = TAGS.into_iter().map(|tag| (tag, ATTRIBUTES.into())).collect();
    builder.tags(TAGS.into()).tag_attributes(attributes);
    builder
});

/// Whether the converter may write this element and attribute.
pub(super) fn allowed(tag: &str, attribute: Option<&str>) -> bool {
    TAGS.contains(&tag) && attribute.is_none_or(|a| ATTRIBUTES.contains(&a))
}

/// A formula in MathML; none where it is no TeX that can be read.
pub(crate) fn mathml(tex: &str, block: bool) -> Option<String> {
    let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
    let made = CONVERTER.as_ref()?.convert_with_local_state(tex, display).ok()?;
    // The entity is one of HTML alone: readers of XML do not know it.
    Some(CLEANER.clean(&made.mathml).to_string().replace("&nbsp;", "\u{a0}"))
}

impl Writer<'_> {
    /// A formula; one that cannot be read is shown as it was written.
    pub(super) fn math(&mut self, tex: &str, block: bool, position: usize) {
        let tex = self.prepared.clean(tex).into_owned();
        match mathml(&tex, block) {
            Some(html) => self.made(html, "span"),
            None => {
                self.finding(position, FindingKind::BadFormula, tex.clone());
                self.out.push_str("<code>");
                escape_text(&tex, &mut self.out);
                self.out.push_str("</code>");
            }
        }
        self.saw(&tex);
    }
}

#[cfg(test)]
mod tests {
    use super::mathml;

    #[test]
    fn formulas_become_mathml() {
        let made = mathml(r"\frac{a}{b} \le x_1^2", false).unwrap();
        assert!(made.starts_with("<math><mfrac>") && made.contains("<msubsup>"), "{made}");
        assert!(mathml(r"\sum_{i=1}^n i", true).unwrap().starts_with("<math display=\"block\">"));
        assert!(mathml(r"\frac{a", false).is_none());
        let hostile = mathml(r"\text{<script>x</script>}", false).unwrap_or_default();
        assert!(!hostile.contains("<script"), "{hostile}");
    }
}
