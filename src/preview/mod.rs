//! The preview server: the portal as a site while it is being written.
//!
//! Nothing is written to the output folder. A change is noticed by [`mod@watch`], loaded and checked by
//! [`mod@builder`], and becomes a [`generation::Generation`], which renders single pages when a browser asks for
//! them. [`mod@http`] serves them on a loopback address, [`mod@connections`] ends slow connections, [`mod@guard`] decides which
//! requests are answered. [`mod@editing`] makes forms of pages, where they are asked for, and is the only part that
//! writes.
//!
//! Invariants: an address of a request never becomes a path of the file system; while the portal has errors the
//! last valid generation is served; the script that reloads pages exists here only, never in a published site.

pub(crate) mod builder;
mod connections;
mod editing;
mod event;
pub(crate) mod findings;
mod generation;
pub mod guard;
pub(crate) mod http;
pub mod live;
pub(crate) mod media;
pub(crate) mod searching;
pub(crate) mod watch;

pub use event::{Event, Options};

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

/// First port that is tried where none is asked for.
pub(crate) const PORT: u16 = 4000;
/// Ports tried where none is asked for.
const PORTS: u16 = 20;

/// Opens the port.
///
/// # Errors
/// The port is taken, or the address is not one of this machine.
pub fn listen(options: &Options) -> std::io::Result<TcpListener> {
    let Some(port) = options.port else {
        let mut last = None;
        for port in PORT..PORT + PORTS {
            match TcpListener::bind((options.address, port)) {
                Ok(listener) => return Ok(listener),
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        return Err(last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into()));
    };
    TcpListener::bind((options.address, port))
}

/// Serves until `stop` is called on the returned handle's state or the process ends.
///
/// # Errors
/// What the system says about the port.
pub fn run(
    root: &Path,
    options: &Options,
    listener: TcpListener,
    live: &Arc<live::Live>,
    report: Box<dyn Fn(Event<'_>) + Send>,
) -> std::io::Result<()> {
    let address = listener.local_addr()?;
    let editing = options.edit.map(|lang| editing::Editing::new(root, live.clone(), lang)).transpose()?.map(Arc::new);
    let builder = builder::Builder::new(root, options, address, live.clone(), report);
    let building = std::thread::Builder::new().name("builder".into()).spawn(move || builder.run())?;
    let served = http::serve(listener, live.clone(), editing);
    live.stop();
    let _ = building.join();
    served
}
