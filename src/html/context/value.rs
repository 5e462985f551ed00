//! Short ways to write template values.

use tera::{Map, Value, value::Key};

use crate::markdown::Protected;

/// A map value from `"key": value` pairs, in that order.
macro_rules! map {
    ($($key:literal : $value:expr),* $(,)?) => {{
        tera::Map::from_iter([$( (tera::value::Key::Str($key), tera::Value::from($value)) ),*])
    }};
}
pub(super) use map;

/// Puts a value into a map.
pub(super) fn set(map: &mut Map, key: &'static str, value: impl Into<Value>) {
    map.insert(Key::Str(key), value.into());
}

/// A key that is not known at compile time.
pub(super) fn key(text: &str) -> Key<'static> {
    Key::String(std::sync::Arc::from(text))
}

/// Safe HTML.
pub(super) fn html(text: &str) -> Value {
    Value::safe_string(text)
}

/// A text as safe HTML whose protected words no line end splits.
pub(super) fn unsplit(protected: &Protected, text: &str) -> Value {
    let mut out = String::with_capacity(text.len());
    protected.write(text, &mut out);
    Value::safe_string(&out)
}

/// A heading as safe HTML none of whose words a line end splits.
pub(super) fn heading(protected: &Protected, text: &str) -> Value {
    let mut out = String::with_capacity(text.len());
    protected.write_heading(text, &mut out);
    Value::safe_string(&out)
}

/// A list.
pub(super) fn list(items: Vec<Value>) -> Value {
    Value::from(items)
}
