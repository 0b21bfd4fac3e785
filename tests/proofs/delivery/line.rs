//! The line between booth and service: it cuts, stalls, corrupts, doubles and delays at any byte, and sometimes
//! somebody else answers.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

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
    /// Every piece takes so many milliseconds.
    Slow(u64),
    /// Somebody else answers with these bytes.
    Answered(&'static [u8]),
}

/// A line that fails as it is told, one fault a connection; when no fault is left it is good.
pub struct Line {
    pub port: u16,
    faults: Arc<Mutex<VecDeque<Fault>>>,
    up: Arc<AtomicU64>,
    connections: Arc<AtomicU64>,
}

impl Line {
    /// A line to the service; it is there until the process ends.
    pub fn to(service: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let faults = Arc::new(Mutex::new(VecDeque::new()));
        let (up, connections) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let line = Self {
            port,
            faults: Arc::clone(&faults),
            up: Arc::clone(&up),
            connections: Arc::clone(&connections),
        };
        let accept = move || {
            for booth in listener.incoming().flatten() {
                let fault = faults.lock().unwrap().pop_front().unwrap_or(Fault::None);
                connections.fetch_add(1, Ordering::SeqCst);
                let up = Arc::clone(&up);
                std::thread::Builder::new()
                    .name("line".into())
                    .spawn(move || connect(booth, service, fault, &up))
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
        *self.faults.lock().unwrap() = faults.into_iter().collect();
    }

    /// How many of them did not happen yet.
    pub fn left(&self) -> usize {
        self.faults.lock().unwrap().len()
    }

    /// Bytes that went to the service.
    pub fn up(&self) -> u64 {
        self.up.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> u64 {
        self.connections.load(Ordering::SeqCst)
    }
}

fn connect(mut booth: TcpStream, service: u16, fault: Fault, up: &AtomicU64) {
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
        | Fault::Slow(_) => {}
    }
    let Ok(far) = TcpStream::connect(("127.0.0.1", service)) else {
        return;
    };
    let (Ok(booth_back), Ok(far_back)) = (booth.try_clone(), far.try_clone()) else {
        return;
    };
    let (up_fault, down_fault) = match fault {
        Fault::CutDown(_) | Fault::CorruptDown(_) => (Fault::None, fault),
        other => (other, Fault::None),
    };
    std::thread::scope(|scope| {
        scope.spawn(|| carry(&booth, &far, up_fault, Some(up)));
        carry(&far_back, &booth_back, down_fault, None);
    });
}

/// Carries bytes one way until either side ends or the fault breaks it.
fn carry(mut from: &TcpStream, mut to: &TcpStream, fault: Fault, counted: Option<&AtomicU64>) {
    let mut piece = [0; 16 * 1024];
    let mut carried = 0_u64;
    while let Ok(read @ 1..) = from.read(&mut piece) {
        let mut bytes = piece[..read].to_vec();
        let before = carried;
        carried += read as u64;
        let falls_here = |at: u64| (before..carried).contains(&at);
        match fault {
            Fault::CutUp(at) | Fault::CutDown(at) | Fault::Stall(at, _) if falls_here(at) => {
                bytes.truncate((at - before) as usize);
            }
            Fault::CorruptUp(at) | Fault::CorruptDown(at) if falls_here(at) => {
                bytes[(at - before) as usize] ^= 0x55
            }
            Fault::DoubledUp(at) if falls_here(at) => bytes.extend(bytes.clone()),
            Fault::Slow(ms) => std::thread::sleep(Duration::from_millis(ms)),
            _ => {}
        }
        if let Some(counted) = counted {
            counted.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        }
        if to.write_all(&bytes).is_err() {
            break;
        }
        match fault {
            Fault::CutUp(at) | Fault::CutDown(at) if falls_here(at) => break,
            Fault::Stall(at, ms) if falls_here(at) => {
                std::thread::sleep(Duration::from_millis(ms));
                break;
            }
            _ => {}
        }
    }
    let _ended = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
