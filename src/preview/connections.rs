//! Who may stay connected: so many at once, and nobody who keeps the server waiting.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// Most connections at a time; the others wait until one ends.
const MOST: usize = 128;
/// Longest time from the start of a request, or from the last answer, to the end of the request's head, and from there to
/// the end of what is sent with it.
pub(super) const HEAD: Duration = Duration::from_secs(20);
/// Longest time from a request to the first byte of its answer, and between bytes of an answer.
const ANSWER: Duration = Duration::from_secs(120);

/// A listener that lets in [`MOST`] connections and ends slow ones.
pub(super) struct LimitedListener {
    listener: TcpListener,
    places: Arc<Semaphore>,
}

impl LimitedListener {
    /// For a listener.
    pub(super) fn new(listener: TcpListener) -> LimitedListener {
        LimitedListener { listener, places: Arc::new(Semaphore::new(MOST)) }
    }
}

impl axum::serve::Listener for LimitedListener {
    type Io = TimedConnection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TimedConnection, SocketAddr) {
        let place = self.places.clone().acquire_owned().await.ok();
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => return (TimedConnection::new(stream, place), address),
                // Out of files, or a connection that ended at once.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when it is waited for too long.
pub(super) struct TimedConnection {
    stream: TcpStream,
    late: Pin<Box<Sleep>>,
    /// Whether a request has come whole and its answer is being made.
    answering: bool,
    /// The last bytes that came: a head ends with an empty line.
    tail: [u8; 4],
    _place: Option<OwnedSemaphorePermit>,
}

impl TimedConnection {
    fn new(stream: TcpStream, place: Option<OwnedSemaphorePermit>) -> TimedConnection {
        TimedConnection { stream, late: Box::pin(sleep(HEAD)), answering: false, tail: [0; 4], _place: place }
    }

    fn wait(&mut self, answering: bool) {
        self.answering = answering;
        let time = if answering { ANSWER } else { HEAD };
        self.late.as_mut().reset(Instant::now() + time);
    }

    /// Ends a wait that has been too long.
    fn pending<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        match self.late.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }

    fn wrote(&mut self, written: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Pending => self.pending(context),
            Poll::Ready(Ok(n)) if n > 0 => {
                self.wait(false);
                Poll::Ready(Ok(n))
            }
            other => other,
        }
    }
}

impl AsyncRead for TimedConnection {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = into.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, into) {
            Poll::Pending => this.pending(context),
            Poll::Ready(Ok(())) => {
                for byte in &into.filled()[before..] {
                    this.tail.rotate_left(1);
                    this.tail[3] = *byte;
                    if !this.answering && this.tail == *b"\r\n\r\n" {
                        this.wait(true);
                    }
                }
                Poll::Ready(Ok(()))
            }
            other => other,
        }
    }
}

impl AsyncWrite for TimedConnection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.wrote(written, context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.wrote(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::serve::Listener;
    use std::io::{Read, Write};

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
    }

    async fn read(guest: &mut TimedConnection) -> io::Result<usize> {
        let mut bytes = [0; 64];
        std::future::poll_fn(|context| {
            let mut into = ReadBuf::new(&mut bytes);
            Pin::new(&mut *guest).poll_read(context, &mut into).map_ok(|()| into.filled().len())
        })
        .await
    }

    #[test]
    fn whoever_says_nothing_is_sent_away_and_a_request_has_time() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        runtime().block_on(async {
            let mut connections = LimitedListener::new(TcpListener::from_std(listener).unwrap());
            let mut client = std::net::TcpStream::connect(address).unwrap();
            let (mut guest, _) = connections.accept().await;
            client.write_all(b"GET / HTTP/1.1\r\nHost").unwrap();
            assert!(read(&mut guest).await.unwrap() > 0);
            assert!(!guest.answering);
            guest.late.as_mut().reset(Instant::now());
            assert_eq!(read(&mut guest).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
            guest.late.as_mut().reset(Instant::now() + HEAD);
            client.write_all(b": a\r\n\r\n").unwrap();
            assert!(read(&mut guest).await.unwrap() > 0);
            assert!(guest.answering && guest.late.deadline() > Instant::now() + HEAD);
            drop(guest);
            assert_eq!(client.read(&mut [0; 4]).unwrap(), 0);
            assert_eq!(connections.places.available_permits(), MOST);
        });
    }
}
