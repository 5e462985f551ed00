//! The text of a source file, there at once or read when somebody first asks.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

type Reading = Box<dyn Fn() -> String + Send + Sync>;

struct Inner {
    text: OnceLock<Box<str>>,
    read: Option<Reading>,
}

/// A text; clones share it.
#[derive(Clone)]
pub struct Text(Arc<Inner>);

impl Text {
    /// A text that is read when it is first needed.
    pub fn later(read: impl Fn() -> String + Send + Sync + 'static) -> Text {
        Text(Arc::new(Inner { text: OnceLock::new(), read: Some(Box::new(read)) }))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.text.get_or_init(|| {
            let read = self.0.read.as_ref().map(|read| read());
            read.unwrap_or_default().into_boxed_str()
        })
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        let inner = Inner { text: OnceLock::new(), read: None };
        let _ = inner.text.set(text.into_boxed_str());
        Text(Arc::new(inner))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::from(text.to_owned())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
