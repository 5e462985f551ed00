//! What is stored between runs, and how files are written: whole or not at all.
//!
//! * [`Fingerprint`]: the one hash that distinguishes contents; [`FileState`]: what tells that a file changed, unread.
//! * [`Store`]: values by key below `.sala/cache`. A value is keyed by the fingerprint of all its inputs and carries a
//!   checksum of itself: what is damaged, of another program or in another's place is a miss, never an answer.
//! * [`write_atomic`]: the one way to replace a file; [`open_plain`]: the one way to open what may be anything.
//!
//! Everything in `.sala` may be deleted at any time. It holds internal content, so only its owner may read it.

mod file_state;
mod fingerprint;
mod read;
mod store;
mod write;

pub(crate) use file_state::FileState;
pub use fingerprint::Fingerprint;
pub(crate) use fingerprint::FingerprintBuilder;
pub(crate) use read::{Links, NO_FILE, open_plain, read_plain, read_text};
pub use store::Store;
pub(crate) use store::{FOLDER, forget, make_private};
pub(crate) use write::{complete, complete_in, exchange, sweep};
pub(crate) use write::{create_new, write_atomic};
