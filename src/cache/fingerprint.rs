//! What distinguishes contents.

/// The first 16 bytes of a BLAKE3 hash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 16]);

impl Fingerprint {
    /// Of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint::first(&blake3::hash(bytes))
    }

    /// Of several parts: other parts, or the same bytes parted elsewhere, have another one.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Fingerprint {
        let mut builder = FingerprintBuilder::default();
        parts.into_iter().for_each(|part| builder.part(part));
        builder.finish()
    }

    /// Of the program that is running; none where the system does not say. Another build of it is another program.
    #[must_use]
    pub fn of_program() -> Option<Fingerprint> {
        let path = std::env::current_exe().ok()?;
        let state = super::FileState::of(&std::fs::metadata(&path).ok()?);
        let text = format!("{} {path:?} {state:?}", env!("CARGO_PKG_VERSION"));
        Some(Fingerprint::of(text.as_bytes()))
    }

    /// In hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn first(hash: &blake3::Hash) -> Fingerprint {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Fingerprint(bytes)
    }
}

/// Makes a fingerprint part by part.
#[derive(Debug, Default)]
pub(crate) struct FingerprintBuilder(blake3::Hasher);

impl FingerprintBuilder {
    /// The next part.
    pub(crate) fn part(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// The fingerprint of the parts so far.
    #[must_use]
    pub(crate) fn finish(&self) -> Fingerprint {
        Fingerprint::first(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let of = |parts: &[&str]| Fingerprint::of_parts(parts.iter().map(|part| part.as_bytes()));
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["ab"]));
        assert_ne!(of(&["a", ""]), of(&["a"]));
        assert_eq!(Fingerprint::of(b"").hex(), "af1349b9f5f9a1a6a0404dea36dcc949");
    }
}
