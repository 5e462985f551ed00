//! How the preview is served, and what happens meanwhile.

use crate::diagnostics::Diagnostic;
use std::net::{IpAddr, SocketAddr};
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
    /// Offer forms of the pages, in this language. Only on an address of this machine.
    pub edit: Option<crate::model::Lang>,
}

/// What happens while the preview runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// The server answers at this address.
    Ready(SocketAddr),
    /// A valid state is shown; findings without errors.
    Shown(Duration, &'a [Diagnostic]),
    /// The portal has errors; the last valid state stays, if there was one.
    Kept(Duration, &'a [Diagnostic]),
    /// Changes are noticed by looking every second only, because the system's service failed.
    Polling(String),
}
