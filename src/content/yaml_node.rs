//! YAML front matter to [`Node`]s. Anchors and aliases are refused: no page needs them, and they can grow without bound.

use super::raw::{Data, Key, MAX_DEPTH, Node, Scalar, SyntaxError};
use crate::model::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as YamlSpan};

/// Reads one YAML document; spans are byte offsets in `text` plus `base`.
pub(super) fn parse(text: &str, base: usize) -> Result<Node, SyntaxError> {
    let mut reader = Reader::new(text, base);
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd | Event::DocumentEnd => {
                return Ok(Node { span: reader.span(&span), data: Data::Map(Vec::new()) });
            }
            event => {
                let node = reader.node(event, span, 0)?;
                reader.end()?;
                return match node.data {
                    Data::Map(_) => Ok(node),
                    Data::Scalar(_, Scalar::Null) => Ok(Node { span: node.span, data: Data::Map(Vec::new()) }),
                    _ => Err(SyntaxError::new(node.span, "expected `key: value` lines")),
                };
            }
        }
    }
}

/// The keys of a YAML map with their values, up to the first fault; none where it does not begin as a map.
pub(super) fn keys(text: &str) -> Vec<(Key, Node)> {
    let (mut reader, mut pairs) = (Reader::new(text, 0), Vec::new());
    while let Ok((event, _)) = reader.next() {
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::MappingStart(..) => {
                // What stands before the fault is all that is asked for.
                let _fault = reader.mapping(&mut pairs, 0);
                break;
            }
            _ => break,
        }
    }
    pairs
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    /// Byte offset of every character.
    bytes: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, base: usize) -> Self {
        let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| base + i).collect();
        bytes.push(base + text.len());
        Reader { parser: Parser::new_from_str(text), bytes }
    }

    fn byte(&self, index: usize) -> usize {
        self.bytes[index.min(self.bytes.len() - 1)]
    }

    fn span(&self, span: &YamlSpan) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }

    fn next(&mut self) -> Result<(Event<'a>, YamlSpan), SyntaxError> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = self.byte(error.marker().index());
                Err(SyntaxError::new(Span::new(at, at + 1), error.info()))
            }
            None => Err(SyntaxError::new(Span::default(), "unexpected end")),
        }
    }

    /// Nothing follows: what a second document says would be lost without a word.
    fn end(&mut self) -> Result<(), SyntaxError> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentEnd | Event::Nothing, _) => {}
                (_, span) => return Err(SyntaxError::new(self.span(&span), "a second document")),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: YamlSpan, depth: usize) -> Result<Node, SyntaxError> {
        let place = self.span(&span);
        if depth > MAX_DEPTH {
            return Err(SyntaxError::deep(place));
        }
        match event {
            Event::Scalar(text, style, _, _) => {
                let kind = if style == ScalarStyle::Plain { plain_kind(&text) } else { Scalar::Text };
                Ok(Node::scalar(place, text.into_owned(), kind))
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            let span = Span { start: place.start, end: self.span(&end).end };
                            return Ok(Node { span, data: Data::List(items) });
                        }
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut pairs = Vec::new();
                let end = self.mapping(&mut pairs, depth)?;
                Ok(Node { span: Span { start: place.start, end: end.end }, data: Data::Map(pairs) })
            }
            Event::Alias(_) => Err(SyntaxError::new(place, "aliases are not supported here")),
            _ => Err(SyntaxError::new(place, "unexpected content")),
        }
    }

    /// Reads keys and values to the end of a map, and gives its place. A key without a value that can be read has none.
    fn mapping(&mut self, pairs: &mut Vec<(Key, Node)>, depth: usize) -> Result<Span, SyntaxError> {
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(self.span(&span));
            }
            let key = self.node(event, span, depth + 1)?;
            let Some(name) = key.text().map(str::to_string) else {
                return Err(SyntaxError::new(key.span, "a key has to be a word"));
            };
            if pairs.iter().any(|(k, _)| k.name == name) {
                return Err(SyntaxError {
                    repeated_key: true,
                    ..SyntaxError::new(key.span, format!("duplicate key `{name}`"))
                });
            }
            pairs.push((Key { name, span: key.span }, Node::scalar(key.span, "", Scalar::Null)));
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            if let Some((_, slot)) = pairs.last_mut() {
                *slot = value;
            }
        }
    }
}

/// Unquoted scalars by the YAML 1.2 core schema; what looks like no number, boolean or null stays open.
fn plain_kind(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Scalar::Bool,
        _ => Scalar::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_bytes_of_thai_text() {
        let text = "ชื่อ: ก\nปี: 2565\nรายการ: [ก, \"ข\"]\n";
        let node = parse(text, 4).unwrap();
        let year = node.get("ปี").unwrap();
        assert_eq!(&text[year.span.start as usize - 4..year.span.end as usize - 4], "2565");
        assert_eq!(node.get("รายการ").unwrap().data.clone(), {
            let Data::List(items) = node.get("รายการ").unwrap().data.clone() else { panic!("a list") };
            assert_eq!(items.len(), 2);
            Data::List(items)
        });
    }

    #[test]
    fn keys_are_read_up_to_a_fault() {
        let names = |text: &str| keys(text).into_iter().map(|(key, _)| key.name).collect::<Vec<_>>();
        assert_eq!(names("Meeting date: 1\n\"b c\": [x]\n"), ["Meeting date", "b c"]);
        assert_eq!(names("a b: 1\nc: [x\n\n## d\n"), ["a b", "c"]);
        assert_eq!(names("{a: 1, b: 2}"), ["a", "b"]);
        for text in ["- a: b\n", "a text", "\"a: b\"", "*a* b: c", "# a: b\n", ""] {
            assert!(keys(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn refuses_repetition_aliases_and_bare_text() {
        assert!(parse("a: 1\na: 2\n", 0).unwrap_err().repeated_key);
        assert!(parse("a: &x 1\nb: *x\n", 0).is_err());
        assert!(parse("only words", 0).is_err());
        assert!(parse("a: [", 0).is_err());
        assert!(parse("a: 1\n--- # ต่อ\ndraft: true\n", 0).is_err());
        assert!(parse("", 0).is_ok());
    }
}
