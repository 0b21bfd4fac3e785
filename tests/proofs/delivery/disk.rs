//! Faults of the booth's disk: the shim under the process, and the cut of the power that loses and tears whatever was
//! not synced.

use fastrand::Rng;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const SECTOR_BYTES: usize = 512;

/// The compiled shim; compiled once a test run.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proofs/delivery/faultfs.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("faultfs-{}.so", std::process::id()));
        let flags = ["-Wall", "-Werror", "-shared", "-fPIC", "-O2", "-o"];
        let compiled = Command::new("cc")
            .args(flags)
            .arg(&library)
            .arg(&source)
            .args(["-ldl", "-lpthread"])
            .status();
        assert!(
            compiled.expect("cc is installed").success(),
            "faultfs.c compiles"
        );
        library
    })
}

/// The files of a folder as the disk has them: what was synced, and what only the kernel knew.
#[derive(Default)]
pub struct Disk {
    contents: Vec<Content>,
    /// Names that a sync of the folder made durable.
    names: BTreeMap<PathBuf, usize>,
    /// Names as the process saw them.
    seen: BTreeMap<PathBuf, usize>,
    /// Changes of names since the last sync of the folder, in their order.
    renamed: Vec<BTreeMap<PathBuf, usize>>,
}

#[derive(Default, Clone)]
struct Content {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(at, data) => {
                bytes.resize(bytes.len().max(at + data.len()), 0);
                bytes[*at..at + data.len()].copy_from_slice(data);
            }
            Self::Truncate(length) => bytes.resize(*length, 0),
        }
    }

    /// Some of its sectors reached the disk.
    fn apply_torn(&self, bytes: &mut Vec<u8>, dice: &mut Rng) {
        let Self::Write(at, data) = self else {
            return self.apply(bytes);
        };
        for (number, sector) in data.chunks(SECTOR_BYTES).enumerate() {
            if dice.bool() {
                Self::Write(at + number * SECTOR_BYTES, sector.to_vec()).apply(bytes);
            }
        }
    }
}

impl Disk {
    /// The folder as it is, all of it durable.
    pub fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "sqlite-shm")
            {
                continue;
            }
            let durable = std::fs::read(&path).unwrap();
            disk.names.insert(path, disk.contents.len());
            disk.contents.push(Content {
                durable,
                pending: Vec::new(),
            });
        }
        disk.seen = disk.names.clone();
        disk
    }

    /// Takes over what a process did, as the shim wrote it down.
    pub fn replay(&mut self, log: &Path) {
        let log = std::fs::read(log).unwrap_or_default();
        let mut rest = log.as_slice();
        while let Some((what, path, offset, data)) = record(&mut rest) {
            self.happened(what, path, offset, data);
        }
    }

    fn happened(&mut self, what: u8, path: PathBuf, offset: usize, data: &[u8]) {
        let content = self.seen.get(&path).copied();
        match (what, content) {
            (b'O', _) => {
                self.seen.insert(path, self.contents.len());
                self.contents.push(Content::default());
                self.renamed.push(self.seen.clone());
            }
            (b'W', Some(content)) => self.contents[content]
                .pending
                .push(Change::Write(offset, data.to_vec())),
            (b'T', Some(content)) => self.contents[content]
                .pending
                .push(Change::Truncate(offset)),
            (b'S', Some(content)) => self.contents[content].settle(),
            // a sync of the folder
            (b'S', None) => {
                self.names = self.seen.clone();
                self.renamed.clear();
            }
            (b'U', Some(_)) => {
                self.seen.remove(&path);
                self.renamed.push(self.seen.clone());
            }
            (b'R', Some(content)) => {
                self.seen.remove(&path);
                let to = PathBuf::from(String::from_utf8(data.to_vec()).unwrap());
                self.seen.insert(to, content);
                self.renamed.push(self.seen.clone());
            }
            (what, _) => panic!(
                "{} of a file that was never there: {}",
                char::from(what),
                path.display()
            ),
        }
    }

    /// The power is cut: of what was not synced some is lost, some torn, some there; names changed up to some point.
    pub fn cut(mut self, folder: &Path, dice: &mut Rng) {
        let kept = dice.usize(0..=self.renamed.len());
        if let Some(names) = kept.checked_sub(1).and_then(|at| self.renamed.get(at)) {
            self.names = names.clone();
        }
        let loses_all = dice.u8(0..4) == 0;
        std::fs::remove_dir_all(folder).unwrap();
        std::fs::create_dir(folder).unwrap();
        for (path, content) in &self.names {
            let Content {
                durable: mut bytes,
                pending,
            } = self.contents[*content].clone();
            for change in pending {
                match dice.u8(0..3) {
                    _ if loses_all => {}
                    0 => {}
                    1 => change.apply(&mut bytes),
                    _ => change.apply_torn(&mut bytes, dice),
                }
            }
            std::fs::write(path, bytes).unwrap();
        }
    }
}

impl Content {
    fn settle(&mut self) {
        for change in self.pending.drain(..) {
            change.apply(&mut self.durable);
        }
    }
}

/// One operation; the last one may be cut off with the process that wrote it.
fn record<'a>(rest: &mut &'a [u8]) -> Option<(u8, PathBuf, usize, &'a [u8])> {
    let mut at = *rest;
    let what = *at.first()?;
    at = &at[1..];
    let length = u32::from_le_bytes(*at.split_off(..4)?.first_chunk()?) as usize;
    let path = PathBuf::from(String::from_utf8(at.split_off(..length)?.to_vec()).unwrap());
    let offset = u64::from_le_bytes(*at.split_off(..8)?.first_chunk()?) as usize;
    let length = u32::from_le_bytes(*at.split_off(..4)?.first_chunk()?) as usize;
    let data = at.split_off(..length)?;
    *rest = at;
    Some((what, path, offset, data))
}
