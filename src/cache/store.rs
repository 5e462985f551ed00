//! Values by key, in files that vouch for themselves.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Fingerprint;
use super::read::{Links, open_plain};

/// The folder of a portal in which Sala stores what it can make again. No output may touch it and nothing publishes it.
pub(crate) const FOLDER: &str = ".sala";
/// First line of every file; another one is of another format.
const FORMAT: &[u8] = b"sala-cache 1\n";
/// Bytes before the value: format, program, key, checksum.
const HEAD: usize = FORMAT.len() + 3 * 16;

/// Values of one sort. It never makes anything fail: what cannot be read is a miss, and what cannot be written is made
/// again the next time.
#[derive(Debug, Clone)]
pub struct Store {
    portal: PathBuf,
    name: &'static str,
    /// None where the system does not tell one build of the program from another: then nothing is stored.
    program: Option<Fingerprint>,
}

impl Store {
    /// The values of a sort, of the portal in a folder.
    #[must_use]
    pub fn new(portal: &Path, name: &'static str) -> Store {
        Store { portal: portal.to_path_buf(), name, program: Fingerprint::of_program() }
    }

    fn folder(&self) -> PathBuf {
        self.portal.join(FOLDER).join("cache").join(self.name)
    }

    /// The value of a key, if it is there, whole, and of this program.
    #[must_use]
    pub fn get(&self, key: Fingerprint) -> Option<Vec<u8>> {
        let program = self.program?;
        let path = self.folder().join(key.hex());
        // A link leads elsewhere.
        if !folders(&self.portal, self.name).iter().all(|f| is_own(f)) {
            return None;
        }
        let mut bytes = Vec::new();
        open_plain(&path, Links::Refuse).ok()?.read_to_end(&mut bytes).ok()?;
        let (head, value) = bytes.split_at_checked(HEAD)?;
        if head != self.head(program, key, &[value]) {
            return None;
        }
        bytes.drain(..HEAD);
        Some(bytes)
    }

    /// Keeps a value, given in parts, under a key: the fingerprint of everything that it follows from.
    pub fn put(&self, key: Fingerprint, parts: &[&[u8]]) {
        // A value that cannot be stored costs time at the next run, no more.
        let _ = self.try_put(key, parts);
    }

    fn try_put(&self, key: Fingerprint, parts: &[&[u8]]) -> io::Result<()> {
        let Some(program) = self.program else {
            return Ok(());
        };
        for folder in folders(&self.portal, self.name) {
            make_private(&folder)?;
        }
        // Not synced: a file that a power cut tears fails its checksum and is a miss.
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(self.folder())?;
        let head = self.head(program, key, parts);
        for part in std::iter::once(&head[..]).chain(parts.iter().copied()) {
            io::Write::write_all(&mut file, part)?;
        }
        file.persist(self.folder().join(key.hex()))?;
        Ok(())
    }

    /// Removes all values but those of some keys.
    pub fn keep_only(&self, keys: impl IntoIterator<Item = Fingerprint>) {
        let names: HashSet<String> = keys.into_iter().map(|key| key.hex()).collect();
        if !folders(&self.portal, self.name).iter().all(|folder| is_own(folder)) {
            return;
        }
        for file in fs::read_dir(self.folder()).into_iter().flatten().flatten() {
            if !names.contains(&*file.file_name().to_string_lossy()) {
                // What stays is a file that nobody asks for.
                let _ = fs::remove_file(file.path());
            }
        }
    }

    fn head(&self, program: Fingerprint, key: Fingerprint, parts: &[&[u8]]) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&program.0);
        hasher.update(self.name.as_bytes());
        hasher.update(&key.0);
        parts.iter().for_each(|part| {
            hasher.update(part);
        });
        [FORMAT, &program.0, &key.0, &hasher.finalize().as_bytes()[..16]].concat()
    }
}

/// Removes everything that is stored of a portal.
pub(crate) fn forget(portal: &Path) {
    let folder = portal.join(FOLDER);
    if is_own(&folder) {
        // What cannot be removed is still used only where it fits.
        let _ = fs::remove_dir_all(folder.join("cache"));
    }
}

/// The folders from the portal's own down to that of the values.
fn folders(portal: &Path, name: &str) -> [PathBuf; 3] {
    let sala = portal.join(FOLDER);
    let cache = sala.join("cache");
    let values = cache.join(name);
    [sala, cache, values]
}

/// Whether a path is a folder itself, and no link to one.
fn is_own(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir())
}

/// Makes a folder that its owner alone may enter; one that is there is closed to others.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ if !is_own(folder) => return Err(io::ErrorKind::NotADirectory.into()),
        _ => {}
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(folder)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Fingerprint {
        Fingerprint::of(text.as_bytes())
    }

    #[test]
    fn whole_values_come_back_and_others_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path(), "test");
        assert_eq!(store.get(key("a")), None);
        store.put(key("a"), &[b"va", b"lue"]);
        store.put(key("b"), &[b""]);
        assert_eq!(store.get(key("a")).as_deref(), Some(&b"value"[..]));
        assert_eq!(store.get(key("b")).as_deref(), Some(&b""[..]));
        assert_eq!(Store::new(dir.path(), "other").get(key("a")), None);
        store.keep_only([key("a")]);
        assert_eq!((store.get(key("b")), store.get(key("a")).is_some()), (None, true));
        forget(dir.path());
        assert_eq!(store.get(key("a")), None);
    }

    /// Every bit of a small file turned, every length, another file's bytes, zeros, another program, another format.
    #[test]
    fn a_damaged_value_is_a_miss() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path(), "test");
        store.put(key("a"), &[b"value"]);
        store.put(key("b"), &[b"other"]);
        let path = |name: &str| store.folder().join(key(name).hex());
        let right = fs::read(path("a")).unwrap();
        let is_miss = |bytes: &[u8]| {
            fs::write(path("a"), bytes).unwrap();
            store.get(key("a")).is_none()
        };
        for bit in 0..8 * right.len() {
            let mut bytes = right.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(is_miss(&bytes), "bit {bit}");
        }
        assert!((0..right.len()).all(|length| is_miss(&right[..length])));
        assert!(is_miss(&[&right[..], b"x"].concat()));
        assert!(is_miss(&fs::read(path("b")).unwrap()));
        assert!(is_miss(&vec![0; right.len()]));
        assert!(is_miss(b"sala-files 1\nolder"));
        let mut foreign = store.clone();
        foreign.program = Some(key("another program"));
        foreign.put(key("a"), &[b"value"]);
        assert_eq!(store.get(key("a")), None);
        assert!(!is_miss(&right));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_and_no_link_is_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(FOLDER)).unwrap();
        fs::set_permissions(dir.path().join(FOLDER), fs::Permissions::from_mode(0o755)).unwrap();
        let store = Store::new(dir.path(), "test");
        store.put(key("a"), &[b"secret"]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&dir.path().join(FOLDER)), 0o700);
        assert_eq!(mode(&store.folder().join(key("a").hex())), 0o600);
        // A linked file or folder is a miss, and nothing is written through it.
        let elsewhere = tempfile::tempdir().unwrap();
        fs::rename(store.folder().join(key("a").hex()), elsewhere.path().join("a")).unwrap();
        symlink(elsewhere.path().join("a"), store.folder().join(key("a").hex())).unwrap();
        assert_eq!(store.get(key("a")), None);
        let other = tempfile::tempdir().unwrap();
        symlink(elsewhere.path(), other.path().join(FOLDER)).unwrap();
        let linked = Store::new(other.path(), "test");
        linked.put(key("a"), &[b"secret"]);
        assert_eq!(linked.get(key("a")), None);
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    }
}
