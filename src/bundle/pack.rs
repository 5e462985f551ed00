//! Files to a zip archive, the same bytes for the same files.

use crate::text::era::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Files that one thread packs at a time.
const CHUNK: usize = 128;

/// An archive whose files lie in `folder` and bear the day of the content.
///
/// # Errors
/// What the system says.
pub(crate) fn pack(folder: &str, files: &BTreeMap<String, Vec<u8>>, date: Option<Date>) -> std::io::Result<Vec<u8>> {
    let time = date
        .and_then(|d| DateTime::from_date_and_time(u16::try_from(d.year).ok()?, d.month, d.day, 0, 0, 0).ok())
        .unwrap_or_default();
    let all: Vec<(&String, &Vec<u8>)> = files.iter().collect();
    let parts: Vec<Vec<u8>> = all.par_chunks(CHUNK).map(|chunk| part(chunk, folder, time)).collect::<Result<_, _>>()?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        let mut part = ZipArchive::new(Cursor::new(part))?;
        for i in 0..part.len() {
            archive.raw_copy_file(part.by_index_raw(i)?)?;
        }
    }
    Ok(archive.finish()?.into_inner())
}

fn part(files: &[(&String, &Vec<u8>)], folder: &str, time: DateTime) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let packed = ["woff2", "png", "jpg", "jpeg", "webp", "gif", "pdf", "zip"].iter().any(|e| path.ends_with(e));
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(time).unix_permissions(0o644);
        archive.start_file(format!("{folder}/{path}"), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
