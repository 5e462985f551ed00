//! How comments and conditions of other programs open and close.

use std::ops::Range;

use regex::Match;

/// A stretch that its author took for hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub range: Range<usize>,
    /// What opens it.
    pub mark: String,
}

impl Comment {
    pub(super) fn new(open: &Match<'_>, end: usize) -> Comment {
        let mark = open.as_str().trim().lines().next().unwrap_or_default().to_owned();
        Comment { range: open.start()..end, mark }
    }
}

/// How comments open and close; Obsidian's is the first.
pub(super) const MARKS: &[(&str, &str)] = &[
    (r"%%", r"%%"),
    (r"\{#", r"#\}"),
    (r"\{%[-+]?\s*comment(?-u:\b)[^%]{0,300}%\}", r"\{%[-+]?\s*endcomment\s*[-+]?%\}"),
    (r"\{\{-?\s*/\*", r"\*/\s*-?\}\}"),
    (r"\{\{!--", r"--\}\}"),
    (r"\{\{!", r"\}\}"),
    (r"\{\{[<%]\s*comment\s*[>%]\}\}", r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}"),
    (r"\{/\*", r"\*/\}"),
    (r"<%--", r"--%>"),
    (r"<%(?:[#=_-]|\s)", r"%>"),
    (r"\{>>", r"<<\}"),
    (r"\{--", r"--\}"),
    (r"\{::comment\}", r"\{:/(?:comment)?\}"),
    (r"\\begin\{comment\}", r"\\end\{comment\}"),
    (r"(?m)^[ \t]*(?i:#\+begin_comment)(?-u:\b)", r"(?m)^[ \t]*(?i:#\+end_comment)(?-u:\b)"),
    (r"(?m)^[ \t]*/\*", r"\*/"),
    (r"(?m)^////+[ \t]*$", r"(?m)^////+[ \t]*$"),
    (r"<!(?:[–—]|\s+[-–—]|-[^->\n])", r"[-–—]\s*>"),
    // Whole: to browsers it ends with the first bracket.
    (r"<!\s+\p{L}(?:[^<>\n]|\n[^<>\n])*>", r""),
    (r"\{[\w.!()=' ]{1,60}&&", r"(?m)\}[ \t]*$"),
    (r"\{[\w.!()=&|' ]{1,60}\?\s*[(<'`\x22]", r"(?m):\s*(?:null|undefined|false|''|\x22\x22)\s*\}|\}[ \t]*$"),
    (r"<#--", r"-->"),
    (r"@\*", r"\*@"),
    (r"\{\*", r"\*\}"),
    (r"#\*", r"\*#"),
    (r"\{~~", r"~~\}"),
    (r"\{-[^-{}%\n]", r"-\}"),
    (r"\{%-?\s*(?:#|[\u{e01}-\u{e5b}])", r"%\}"),
    (r"@@comment:", r"@@"),
    (r"\(:comment(?-u:\b)", r":\)"),
    (r"#hide\[", r"\]"),
    (r"\{\{#(?:if|ifeq|ifexpr|ifexist|switch):", r"\}\}"),
    (r"(?m)^=begin[ \t]+comment(?-u:\b)", r"(?m)^=(?:end|cut)(?-u:\b)[^\n]*"),
    (r"(?m)^@ignore[ \t]*$", r"(?m)^@end ignore[ \t]*$"),
    (r"(?m)^[ \t]*:[A-Z]+:[ \t]*$", r"(?m)^[ \t]*:END:[ \t]*$"),
    (r"(?m)^\[comment\][ \t]*\n", r"\n[ \t]*\n|\z"),
    (r"(?m)^if(?:n?def)::[^\n\[]*\[[^\]\n]", r"\]"),
    // Code that is run and not shown, and fences for some outputs only.
    (
        concat!(
            r"(?m)^[ \t>]*(?:```+|~~~+)[ \t]*(?:\{(?:only|ifconfig|todo|comment)\}",
            r"|\{[^}\n]*(?:include|echo)\s*=\s*(?:FALSE|F|false)(?-u:\b)[^}\n]*\}",
            r"|\{[^}\n]*\}\n(?:#\|[^\n]*\n){0,9}#\|[ \t]*(?:include|echo):[ \t]*false)"
        ),
        r"(?m)^[ \t>]*(?:```+|~~~+)[ \t]*$",
    ),
];

/// How what is shown on a condition opens and closes: it may stand in its like.
pub(super) const NESTED: &[(&str, &str)] = &[
    (
        r"\{%[-+]?\s*(?:if\w*|unless|case|capture|doc|access|team)(?-u:\b)[^%]{0,300}%\}",
        r"\{%[-+]?\s*(?:end|/\s*)(?:if\w*|unless|case|capture|doc|access|team)\s*[-+]?%\}",
    ),
    (r"\{\{-?\s*(?:if|with|range|block|define)(?-u:\b)[^}]{0,300}\}\}", r"\{\{-?\s*end\s*-?\}\}"),
    (r"\{\{[#^][\w.-]+(?-u:\b)[^}:\n]*\}\}", r"\{\{/[\w.-]+\}\}"),
    (r"\{#(?:if|key|await)(?-u:\b)[^}\n]*\}", r"\{/(?:if|key|await)\}"),
    (r"<#if(?-u:\b)[^>\n]*>", r"</#if>"),
    (
        concat!(
            r"(?m)^[ \t]*@(?:if|unless|auth|guest|can|env)(?-u:\b)[ \t]*(?:\([^\n]*\))?[ \t]*$",
            // In a line only with what it asks.
            r"|@(?:if|unless|isset|empty|auth|guest|can(?:not|any)?|env)[ \t]*\(",
        ),
        r"@end(?:if|unless|isset|empty|auth|guest|can(?:not|any)?|env)(?-u:\b)",
    ),
    (r"(?m)^(?:if(?:n?def|eval)::[^\n]*\[[^\]\n]*\]|#if(?:n?def)?(?-u:\b)[^\n]*)$", r"(?m)^(?:endif::|#endif)[^\n]*"),
    (r"(?m)^\$if\([^)\n]*\)\$", r"\$endif\$"),
    (r"(?i)<!--\s*[#@\[]?\s*if(?:n?def)?(?-u:\b)[^>]*?-->", r"(?i)<!--\s*[#@\[]?\s*(?:endif|/if|fi)(?-u:\b)[^>]*?-->"),
    (
        r"<\?(?:php)?\s*(?:if|foreach|while|for|switch)(?-u:\b)[^?]*\?>",
        r"<\?(?:php)?\s*(?:end(?:if|foreach|while|for|switch)(?-u:\b)|\})[^?]*\?>",
    ),
    (r"#(?:if|foreach|macro|define)[ \t]*\(", r"#end(?-u:\b)"),
    (r"\{(?:if|foreach|section|capture)\s[^{}\n]*\}", r"\{/(?:if|foreach|section|capture)\}"),
    (r"(?m)^[ \t]*@(?:if|switch|case|defer)[ \t]*(?:\([^\n]*\))?[ \t]*\{[ \t]*$", r"(?m)^[ \t]*\}[ \t]*$"),
    (r"\\if[a-z]+(?-u:\b)", r"\\fi(?-u:\b)"),
];
