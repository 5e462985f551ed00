//! The preview server: the portal as a site while it is being written.
//!
//! Nothing is written to the output folder. A change is noticed by [`mod@watch`], loaded and checked by
//! [`mod@builder`], and becomes a [`generation::Generation`], which renders single pages when a browser asks for
//! them. [`mod@http`] serves them on a loopback address, [`mod@guard`] decides which requests are answered.
//!
//! Invariants: an address of a request never becomes a path of the file system; while the portal has errors the
//! last sound generation is served; the script that reloads pages exists here only, never in a published site.

pub mod builder;
pub mod generation;
pub mod guard;
pub mod http;
pub mod live;
pub mod media;
pub mod searching;
pub mod watch;

use crate::diagnostics::Diagnostic;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How the preview is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on.
    pub address: IpAddr,
    /// Port; none: 4000 or the next free one.
    pub port: Option<u16>,
    /// Show drafts.
    pub drafts: bool,
    /// `SOURCE_DATE_EPOCH` in seconds.
    pub epoch: Option<i64>,
}

/// What happens while the preview runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// The server answers at this address.
    Ready(SocketAddr),
    /// A sound state is shown; findings without errors.
    Shown(Duration, &'a [Diagnostic]),
    /// The portal has errors; the last sound state stays, if there was one.
    Kept(Duration, &'a [Diagnostic]),
    /// Changes are noticed by looking every second only, because the system's service failed.
    Polling(String),
}

/// First port that is tried where none is asked for.
pub const PORT: u16 = 4000;
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
    tell: Box<dyn Fn(Event<'_>) + Send>,
) -> std::io::Result<()> {
    let address = listener.local_addr()?;
    let builder = builder::Builder::new(root, options, address, live.clone(), tell);
    let building = std::thread::Builder::new().name("builder".into()).spawn(move || builder.run())?;
    let served = http::serve(listener, live.clone());
    live.stop();
    let _ = building.join();
    served
}
