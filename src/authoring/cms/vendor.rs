//! The editor's script and icons, taken from npm in the versions that were tried, and checked by their hashes.

use super::{ICONS, VERSION};
use crate::cache::{read_plain, write_atomic};
use crate::model::Lang;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Name of the script in the folder.
pub(crate) const SCRIPT: &str = "sveltia-cms.js";

/// Name in the folder, place below `node_modules`, and hash (BLAKE3).
const FILES: [(&str, &str, &str); 2] = [
    (SCRIPT, "@sveltia/cms/dist/sveltia-cms.js", "753fc41b596311de10a65dd9ad48b97e4dd8461679b1498ecf948c7ea47f4d27"),
    (
        "icons.woff2",
        "@fontsource-variable/material-symbols-outlined/files/material-symbols-outlined-latin-wght-normal.woff2",
        "d6dcd4bd0bd03b15dd15bffaa48859be5f149ad632863798acf0241d37a2cc8b",
    ),
];

/// Names of the files that are put into the folder.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, ..)| *name)
}

/// Why the files are not in place. The folder is then as it was.
#[derive(Debug)]
pub(crate) enum VendorError {
    /// npm is not installed.
    NoNpm,
    /// npm failed, with its last line.
    Npm(String),
    /// A file is not the one that was tried.
    Other(&'static str),
    /// The system.
    System(io::Error),
}

impl VendorError {
    /// What is wrong, and what to do.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let thai = lang == Lang::TH;
        match self {
            VendorError::NoNpm if thai => {
                "ไม่พบ npm ติดตั้ง Node.js (รุ่น LTS) จาก https://nodejs.org แล้วสั่งใหม่ หรือใช้ sala serve --edit ซึ่งไม่ต้องติดตั้งอะไรเพิ่ม".into()
            }
            VendorError::NoNpm => "npm is not installed. Install Node.js (LTS) from https://nodejs.org and run this again, \
                 or use `sala serve --edit`, which needs nothing more"
                .into(),
            VendorError::Npm(line) if thai => format!("npm นำไฟล์มาไม่ได้ ตรวจการเชื่อมต่อแล้วสั่งใหม่ ({line})"),
            VendorError::Npm(line) => format!("npm could not fetch the files; check the connection and run this again ({line})"),
            VendorError::Other(name) if thai => format!("{name} ที่ได้มาไม่ใช่ไฟล์ที่ทดสอบไว้ จึงไม่นำมาวาง"),
            VendorError::Other(name) => format!("{name} is not the file that was tried; it is not put in place"),
            VendorError::System(error) if thai => format!("วางไฟล์ไม่ได้: {error}"),
            VendorError::System(error) => format!("the files cannot be put in place: {error}"),
        }
    }
}

impl From<io::Error> for VendorError {
    fn from(error: io::Error) -> VendorError {
        VendorError::System(error)
    }
}

/// Puts the files into the folder. Those that are there already are not fetched again.
///
/// # Errors
/// See [`VendorError`].
pub(crate) fn take(folder: &Path) -> Result<(), VendorError> {
    let is_there =
        |(name, _, hash): &(&str, &str, &str)| read_plain(&folder.join(name)).is_ok_and(|bytes| is_same(&bytes, hash));
    if FILES.iter().all(is_there) {
        return Ok(());
    }
    let place = tempfile::tempdir()?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let done = Command::new(npm)
        .args(["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"])
        .arg(format!("@sveltia/cms@{VERSION}"))
        .arg(format!("@fontsource-variable/material-symbols-outlined@{ICONS}"))
        .current_dir(place.path())
        .arg("--prefix")
        .arg(place.path())
        .stdin(Stdio::null())
        .output();
    let done = match done {
        Ok(done) => done,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(VendorError::NoNpm),
        Err(error) => return Err(error.into()),
    };
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let line = said.lines().rev().find(|line| line.contains("error") || line.contains("ERR")).unwrap_or("npm");
        return Err(VendorError::Npm(line.trim().to_string()));
    }
    let mut read = Vec::new();
    for (name, from, hash) in FILES {
        let bytes =
            std::fs::read(place.path().join("node_modules").join(from)).map_err(|_| VendorError::Other(name))?;
        if !is_same(&bytes, hash) {
            return Err(VendorError::Other(name));
        }
        read.push((name, bytes));
    }
    for (name, bytes) in read {
        write_atomic(&folder.join(name), &bytes)?;
    }
    Ok(())
}

fn is_same(bytes: &[u8], hash: &str) -> bool {
    blake3::hash(bytes).to_hex().as_str() == hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_hash() {
        assert!(is_same(b"", "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"));
        assert!(!is_same(b"x", FILES[0].2));
    }
}
