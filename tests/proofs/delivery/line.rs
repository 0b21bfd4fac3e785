//! The line between booth and service: it cuts, stalls, corrupts, doubles and delays at any byte, and sometimes
//! somebody else answers.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What happens to one connection.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// Nothing.
    None,
    /// Nobody listens.
    Refused,
    /// The line breaks after so many bytes to the service.
    CutUp(u64),
    /// ... to the booth.
    CutDown(u64),
    /// This byte to the service is another one.
    CorruptUp(u64),
    /// ... to the booth.
    CorruptDown(u64),
    /// After so many bytes nothing moves for so many milliseconds, then it breaks.
    Stall(u64, u64),
    /// After so many bytes the last piece is said twice.
    DoubledUp(u64),
    /// Every [`PIECE_BYTES`] to the service take so many milliseconds of the line, which all connections share in the
    /// order in which they come, and whatever is said either way is on its way for so many.
    Slow(u64, u64),
    /// Somebody else answers with these bytes.
    Answered(&'static [u8]),
}

/// What is read and carried at once.
const PIECE_BYTES: usize = 16 * 1024;
/// A slow line takes in so much before it was carried, for each connection; as a router's queue does.
const QUEUE: Duration = Duration::from_millis(20);

/// A line that fails as it is told, one fault a connection; when no fault is left it is good.
pub struct Line {
    pub port: u16,
    wire: Arc<Wire>,
}

#[derive(Default)]
struct Wire {
    faults: Mutex<VecDeque<Fault>>,
    /// When the slow line has carried all that it took in.
    free_at: Mutex<Option<Instant>>,
    up: AtomicU64,
    connections: AtomicU64,
}

impl Line {
    /// A line to the service; it is there until the process ends.
    pub fn to(service: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let wire = Arc::new(Wire::default());
        let line = Self {
            port,
            wire: Arc::clone(&wire),
        };
        let accept = move || {
            for booth in listener.incoming().flatten() {
                let fault = wire.faults.lock().unwrap().pop_front();
                wire.connections.fetch_add(1, Ordering::SeqCst);
                let wire = Arc::clone(&wire);
                std::thread::Builder::new()
                    .name("line".into())
                    .spawn(move || connect(booth, service, fault.unwrap_or(Fault::None), &wire))
                    .unwrap();
            }
        };
        std::thread::Builder::new()
            .name("lines".into())
            .spawn(accept)
            .unwrap();
        line
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on these, one a connection.
    pub fn fails(&self, faults: impl IntoIterator<Item = Fault>) {
        *self.wire.faults.lock().unwrap() = faults.into_iter().collect();
    }

    /// How many of them did not happen yet.
    pub fn left(&self) -> usize {
        self.wire.faults.lock().unwrap().len()
    }

    /// Bytes that went to the service.
    pub fn up(&self) -> u64 {
        self.wire.up.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> u64 {
        self.wire.connections.load(Ordering::SeqCst)
    }
}

impl Wire {
    /// Takes in so many bytes behind all that came before; gives when the last of them is carried.
    fn carried_at(&self, bytes: usize, piece_ms: u64) -> Instant {
        let now = gradbooth::clock::now();
        if piece_ms == 0 {
            return now;
        }
        let takes_us = piece_ms * 1000 * bytes as u64 / PIECE_BYTES as u64;
        let mut free_at = self.free_at.lock().unwrap();
        let at = free_at.unwrap_or(now).max(now) + Duration::from_micros(takes_us);
        *free_at = Some(at);
        at
    }
}

fn connect(mut booth: TcpStream, service: u16, fault: Fault, wire: &Wire) {
    match fault {
        Fault::Refused => return,
        Fault::Answered(bytes) => {
            let mut asked = [0; 4096];
            let _read = booth.read(&mut asked);
            let _written = booth.write_all(bytes);
            // what the booth still sends is read, or its own half would be cut before it reads the answer
            let _half = booth.shutdown(Shutdown::Write);
            let _timeout = booth.set_read_timeout(Some(Duration::from_millis(200)));
            while booth.read(&mut asked).is_ok_and(|read| read > 0) {}
            return;
        }
        Fault::None
        | Fault::CutUp(_)
        | Fault::CutDown(_)
        | Fault::CorruptUp(_)
        | Fault::CorruptDown(_)
        | Fault::Stall(..)
        | Fault::DoubledUp(_)
        | Fault::Slow(..) => {}
    }
    let Ok(far) = TcpStream::connect(("127.0.0.1", service)) else {
        return;
    };
    let (Ok(booth_back), Ok(far_back)) = (booth.try_clone(), far.try_clone()) else {
        return;
    };
    let (up, down) = match fault {
        Fault::CutDown(_) | Fault::CorruptDown(_) => (Fault::None, fault),
        Fault::Slow(_, away_ms) => (fault, Fault::Slow(0, away_ms)),
        other => (other, Fault::None),
    };
    std::thread::scope(|scope| {
        scope.spawn(|| carry(&booth, &far, up, wire, true));
        carry(&far_back, &booth_back, down, wire, false);
    });
}

/// Carries bytes one way until either side ends or the fault breaks it.
fn carry(from: &TcpStream, mut to: &TcpStream, fault: Fault, wire: &Wire, is_up: bool) {
    let count = |bytes: &[u8]| {
        if is_up {
            wire.up.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        }
    };
    if let Fault::Slow(piece_ms, away_ms) = fault {
        let far = Duration::from_millis(away_ms);
        let (sent, underway) = sync_channel::<(Instant, Vec<u8>)>(4096);
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for (carried_at, bytes) in underway {
                    sleep_until(carried_at + far);
                    if to.write_all(&bytes).is_err() {
                        break;
                    }
                }
                let _ended = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            });
            pieces(from, |_, bytes| {
                count(&bytes);
                let carried_at = wire.carried_at(bytes.len(), piece_ms);
                let went = sent.send((carried_at, bytes)).is_ok();
                sleep_until(carried_at.checked_sub(QUEUE).unwrap_or(carried_at));
                went
            });
            drop(sent);
        });
        return;
    }
    pieces(from, |before, mut bytes| {
        let falls_here = |at: u64| (before..before + bytes.len() as u64).contains(&at);
        let breaks = match fault {
            Fault::CutUp(at) | Fault::CutDown(at) | Fault::Stall(at, _) if falls_here(at) => {
                bytes.truncate((at - before) as usize);
                true
            }
            Fault::CorruptUp(at) | Fault::CorruptDown(at) if falls_here(at) => {
                bytes[(at - before) as usize] ^= 0x55;
                false
            }
            Fault::DoubledUp(at) if falls_here(at) => {
                bytes.extend(bytes.clone());
                false
            }
            _ => false,
        };
        count(&bytes);
        let went = to.write_all(&bytes).is_ok();
        if let (true, Fault::Stall(_, ms)) = (breaks, fault) {
            std::thread::sleep(Duration::from_millis(ms));
        }
        went && !breaks
    });
    let _ended = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

fn sleep_until(at: Instant) {
    std::thread::sleep(at.saturating_duration_since(gradbooth::clock::now()));
}

/// Hands over what comes, with the place of its first byte, for as long as it is wanted.
fn pieces(mut from: &TcpStream, mut goes_on: impl FnMut(u64, Vec<u8>) -> bool) {
    let mut piece = [0; PIECE_BYTES];
    let mut before = 0_u64;
    while let Ok(read @ 1..) = from.read(&mut piece) {
        if !goes_on(before, piece[..read].to_vec()) {
            break;
        }
        before += read as u64;
    }
}
