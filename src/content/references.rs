//! References in the letters of the id that they name: ids are the same in any case, and tables that join by them are not.

use crate::model::{Portal, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Writes every reference as its entry writes its id; one that names nothing stays as it is.
pub(super) fn settle(portal: &mut Portal) {
    let ids: HashMap<Arc<str>, Arc<str>> =
        portal.entries.iter().map(|e| (e.id.to_lowercase().into(), e.id.clone())).collect();
    let values = portal.entries.iter_mut().flat_map(|entry| entry.fields.iter_mut().flatten());
    values.for_each(|located| write(&mut located.value, &ids));
}

fn write(value: &mut Value, ids: &HashMap<Arc<str>, Arc<str>>) {
    match value {
        Value::Ref(id) => {
            let known = ids.get(id.as_str()).or_else(|| ids.get(id.to_lowercase().as_str()));
            if let Some(known) = known.filter(|known| known.as_ref() != id.as_str()) {
                *id = known.to_string();
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| write(&mut item.value, ids)),
        Value::Table(rows) => {
            let cells = rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
            cells.for_each(|cell| write(&mut cell.value, ids));
        }
        _ => {}
    }
}
