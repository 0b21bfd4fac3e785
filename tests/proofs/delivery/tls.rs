//! The service behind TLS: takes the booth's connection with a certificate that may be wrong, and counts what a booth
//! says on it.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/tls")
        .join(name)
}

/// The one authority that the booths of the proofs trust.
pub fn authority() -> PathBuf {
    fixture("authority.pem")
}

/// A door to the service, with the certificate of this name; it is there until the process ends.
pub struct Door {
    pub port: u16,
    /// Bytes that a booth said after the handshake.
    heard: Arc<AtomicU64>,
    /// Connections that were tried.
    tried: Arc<AtomicU64>,
}

impl Door {
    pub fn to(service: u16, certificate: &str) -> Self {
        let file = fixture(certificate);
        let chain = vec![CertificateDer::from_pem_file(&file).unwrap()];
        let key = PrivateKeyDer::from_pem_file(&file).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let door = Self {
            port: listener.local_addr().unwrap().port(),
            heard: Arc::default(),
            tried: Arc::default(),
        };
        let (heard, tried) = (Arc::clone(&door.heard), Arc::clone(&door.tried));
        let accept = move || {
            for booth in listener.incoming().flatten() {
                tried.fetch_add(1, Ordering::SeqCst);
                let (config, heard) = (Arc::clone(&config), Arc::clone(&heard));
                let carry = move || {
                    let tls = ServerConnection::new(config).unwrap();
                    // whoever breaks off the handshake or the line is simply gone
                    let _ended = carry(StreamOwned::new(tls, booth), service, &heard);
                };
                std::thread::Builder::new()
                    .name("door".into())
                    .spawn(carry)
                    .unwrap();
            }
        };
        std::thread::Builder::new()
            .name("doors".into())
            .spawn(accept)
            .unwrap();
        door
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub fn heard(&self) -> u64 {
        self.heard.load(Ordering::SeqCst)
    }

    pub fn tried(&self) -> u64 {
        self.tried.load(Ordering::SeqCst)
    }
}

/// Both ways in turns, until one side ends.
fn carry(
    mut booth: StreamOwned<ServerConnection, TcpStream>,
    service: u16,
    heard: &AtomicU64,
) -> std::io::Result<()> {
    let mut far = TcpStream::connect(("127.0.0.1", service))?;
    while booth.conn.is_handshaking() {
        booth.conn.complete_io(&mut booth.sock)?;
    }
    let moment = Some(Duration::from_millis(1));
    booth.sock.set_read_timeout(moment)?;
    far.set_read_timeout(moment)?;
    let mut piece = [0; 16 * 1024];
    loop {
        match booth.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => {
                heard.fetch_add(read as u64, Ordering::SeqCst);
                far.write_all(&piece[..read])?;
            }
            Err(error) if is_nothing_yet(&error) => {}
            Err(error) => return Err(error),
        }
        match far.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => {
                booth.write_all(&piece[..read])?;
                booth.flush()?;
            }
            Err(error) if is_nothing_yet(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

fn is_nothing_yet(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
