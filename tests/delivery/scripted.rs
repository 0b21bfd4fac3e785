//! A small HTTP server that answers as it is told: well, badly, or not at all.

use gradbooth::domain::BoothId;
use gradbooth::wire::feed::{
    Head, Question, SIGNATURE_HEADER, SignedQuestion as _, StudentQuestion,
};
use gradbooth::wire::{Changes, Cursor, KnownStudent};
use serde::Serialize;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread::JoinHandle;

/// What was asked.
pub struct Asked {
    pub method: String,
    pub path: String,
    pub body: Vec<u8>,
}

impl Asked {
    /// A value of the query.
    fn value(&self, name: &str) -> String {
        let (_, rest) = self.path.split_once(&format!("{name}=")).unwrap();
        rest.split('&').next().unwrap().to_owned()
    }
}

/// The bytes that go back; none at all closes the connection.
pub struct Reply(Vec<u8>);

impl Reply {
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        Self::bytes(
            status,
            "application/json",
            "",
            &serde_json::to_vec(value).unwrap(),
        )
    }

    /// What is new, signed for the booth that asked.
    pub fn changes(asked: &Asked, changes: &Changes) -> Self {
        let value = |name: &str| asked.value(name);
        let head = Head {
            sequence: value("sequence").parse().unwrap(),
            envelope: value("envelope").parse().unwrap(),
        };
        let question = Question {
            booth: BoothId::from_bytes([1; 16]),
            cursor: Cursor::new(value("after")),
            nonce: value("nonce"),
            head,
        };
        let body = serde_json::to_vec(changes).unwrap();
        let signature = question.sign(&crate::booth::service_key(), &body);
        Self::signed(&signature, &body)
    }

    /// What is known of a student, signed for the booth that asked.
    pub fn known(asked: &Asked, known: &KnownStudent) -> Self {
        let question = StudentQuestion {
            booth: BoothId::from_bytes([1; 16]),
            student: known.student.clone(),
            nonce: asked.value("nonce"),
        };
        let body = serde_json::to_vec(known).unwrap();
        Self::signed(&question.sign(&crate::booth::service_key(), &body), &body)
    }

    fn signed(signature: &str, body: &[u8]) -> Self {
        let header = format!("{SIGNATURE_HEADER}: {signature}\r\n");
        Self::bytes(200, "application/json", &header, body)
    }

    pub fn refusal(status: u16, code: &str) -> Self {
        Self::json(status, &serde_json::json!({"error": code, "message": "m"}))
    }

    pub fn page(status: u16, html: &str) -> Self {
        Self::bytes(
            status,
            "text/html",
            "location: http://portal.example/\r\n",
            html.as_bytes(),
        )
    }

    pub fn later(seconds: u32) -> Self {
        Self::bytes(
            503,
            "text/plain",
            &format!("retry-after: {seconds}\r\n"),
            b"",
        )
    }

    pub fn nothing() -> Self {
        Self(Vec::new())
    }

    pub fn cut(mut self, bytes: usize) -> Self {
        self.0.truncate(bytes);
        self
    }

    fn bytes(status: u16, kind: &str, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        Self([head.as_bytes(), body].concat())
    }
}

/// The server; dropping it takes it away.
pub struct Scripted {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    /// Listens where nobody listens yet.
    pub fn start(answer: impl FnMut(&Asked) -> Reply + Send + 'static) -> Self {
        Self::start_at(free_address(), answer)
    }

    /// Listens at an address of [`free_address`], or where one that was dropped has listened.
    pub fn start_at(
        address: SocketAddr,
        answer: impl FnMut(&Asked) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let serve = move || serve(&listener, &stopped, answer);
        let thread = std::thread::Builder::new()
            .name("scripted".into())
            .spawn(serve)
            .unwrap();
        Self {
            address,
            stop,
            thread: Some(thread),
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Where nobody listens, and nobody else will: each has a loopback address of its own, and whatever takes any free port,
/// a server or the near end of a line, takes it at 127.0.0.1.
pub fn free_address() -> SocketAddr {
    static TAKEN: AtomicU8 = AtomicU8::new(2);
    let own = Ipv4Addr::new(127, 0, 0, TAKEN.fetch_add(1, Ordering::SeqCst));
    let listener = TcpListener::bind((own, 0)).unwrap();
    listener.local_addr().unwrap()
}

fn serve(listener: &TcpListener, stopped: &AtomicBool, mut answer: impl FnMut(&Asked) -> Reply) {
    for stream in listener.incoming() {
        if stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        if let Some(asked) = read(&stream) {
            let _ = stream.write_all(&answer(&asked).0);
        }
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path, body })
}
