//! Sealed submissions on their way in: chunks that were verified wait in files until the last one is there.
//!
//! The files hold nothing that this folder could read out: chunks are sealed. They need no syncing either, because
//! whatever is found after a crash is hashed again before it counts. Files that nobody goes on with are swept away.

use crate::wire::envelope::CHUNK_BYTES;
use crate::wire::{Digest, Envelope};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A delivery that was broken off is forgotten after so long; it then begins at its first chunk.
const FORGET_AFTER: Duration = Duration::from_hours(24 * 30);

/// The folder of what is arriving.
#[derive(Clone)]
pub struct Arriving {
    folder: PathBuf,
    turns: Arc<Mutex<Turns>>,
}

/// Who may append. No number is given twice, not even after a submission is done: a stale request that still hangs
/// must never pass for the newest one.
#[derive(Default)]
struct Turns {
    last: u64,
    /// The newest request of each envelope.
    newest: HashMap<Digest, u64>,
}

impl Turns {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

/// The right to append to one submission, until another request takes it.
pub struct Turn {
    arriving: Arriving,
    envelope: Digest,
    number: u64,
}

/// What became of a chunk.
#[derive(Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is kept.
    Kept,
    /// It is not what the booth signed for, or not the next one.
    NotTheNext,
    /// Another request goes on with this submission.
    TurnLost,
}

impl Arriving {
    /// Makes the folder where it is missing.
    pub fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join("arriving");
        super::config::Config::make_folder(&folder)?;
        Ok(Self {
            folder,
            turns: Arc::default(),
        })
    }

    fn path(&self, envelope: Digest, kind: &str) -> PathBuf {
        self.folder.join(format!("{envelope}.{kind}"))
    }

    /// Keeps the head, so that chunks can follow in another request.
    pub fn keep_head(&self, envelope: Digest, head: &[u8]) -> io::Result<()> {
        let path = self.path(envelope, "head");
        if path.exists() {
            return Ok(());
        }
        let making = self.path(envelope, &format!("{}.making", self.turns().next()));
        fs::write(&making, head)?;
        fs::rename(making, path)
    }

    /// The head that was kept, if one was.
    pub fn head(&self, envelope: Digest) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(envelope, "head")) {
            Ok(head) => Ok(Some(head)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the turn over from whatever request hangs on this submission, and counts the chunks that are there,
    /// each hashed again. What follows the last good one is cut off.
    pub fn take_turn(&self, digest: Digest, envelope: &Envelope) -> io::Result<(Turn, u32)> {
        let mut turns = self.turns();
        let number = turns.next();
        turns.newest.insert(digest, number);
        let path = self.path(digest, "part");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)?;
        let mut good = 0_u32;
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        for (at, hash) in envelope.chunks.iter().enumerate() {
            let Some(size) = envelope.chunk_bytes(at) else {
                break;
            };
            chunk.clear();
            (&mut file).take(size as u64).read_to_end(&mut chunk)?;
            if chunk.len() < size || Digest::of(&chunk) != *hash {
                break;
            }
            good += 1;
        }
        file.set_len((u64::from(good) * CHUNK_BYTES as u64).min(envelope.sealed_bytes))?;
        Ok((
            Turn {
                arriving: self.clone(),
                envelope: digest,
                number,
            },
            good,
        ))
    }

    /// All sealed bytes; `None` where not all of them are here. Whoever has just counted the chunks may find that
    /// another request was done with them and a third has begun anew. Each chunk was hashed before it was kept, so
    /// that the full length means the right bytes.
    pub fn contents(&self, digest: Digest, envelope: &Envelope) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(digest, "part")) {
            Ok(all) => Ok((all.len() as u64 == envelope.sealed_bytes).then_some(all)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// It is in the database: the files are not needed any more.
    pub fn done(&self, envelope: Digest) {
        // until the files are gone nobody takes a turn: his chunks would be taken from under him
        let mut turns = self.turns();
        turns.newest.remove(&envelope);
        for kind in ["head", "part"] {
            // one that cannot be removed is swept away later
            drop(fs::remove_file(self.path(envelope, kind)));
        }
    }

    /// Forgets deliveries that nobody went on with.
    pub fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if age > FORGET_AFTER {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Turn {
    /// Keeps chunk `number` if it is the next one and what the booth signed for.
    pub fn append(&self, envelope: &Envelope, number: u32, chunk: &[u8]) -> io::Result<Appended> {
        let at = number as usize;
        if envelope.chunks.get(at) != Some(&Digest::of(chunk))
            || envelope.chunk_bytes(at) != Some(chunk.len())
        {
            return Ok(Appended::NotTheNext);
        }
        let turns = self.arriving.turns();
        if turns.newest.get(&self.envelope) != Some(&self.number) {
            return Ok(Appended::TurnLost);
        }
        let mut file: File = OpenOptions::new()
            .write(true)
            .open(self.arriving.path(self.envelope, "part"))?;
        let begins = u64::from(number) * CHUNK_BYTES as u64;
        if file.metadata()?.len() != begins {
            return Ok(Appended::NotTheNext);
        }
        file.seek(SeekFrom::Start(begins))?;
        file.write_all(chunk)?;
        Ok(Appended::Kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(contents: &[u8]) -> Envelope {
        let text = serde_json::json!({
            "version": 2, "id": "03".repeat(16), "booth": "01".repeat(16), "sequence": 1,
            "previous": "00".repeat(32), "consent_text": "1", "consented_at": "2026-11-23T08:00:00Z",
            "review_key": "00".repeat(32), "contents_sha256": Digest::of(contents),
            "sealed_bytes": contents.len(),
            "chunks": contents.chunks(CHUNK_BYTES).map(Digest::of).collect::<Vec<_>>(),
        });
        Envelope::read(text.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn only_the_next_signed_chunk_is_kept_and_a_crash_costs_at_most_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let arriving = Arriving::open(folder.path()).unwrap();
        let contents = vec![7; CHUNK_BYTES + 10];
        let (envelope, digest) = (envelope(&contents), Digest::of(b"e"));
        let (first, last) = contents.split_at(CHUNK_BYTES);
        let (turn, good) = arriving.take_turn(digest, &envelope).unwrap();
        assert_eq!(good, 0);
        assert_eq!(
            turn.append(&envelope, 1, last).unwrap(),
            Appended::NotTheNext
        );
        assert_eq!(
            turn.append(&envelope, 0, last).unwrap(),
            Appended::NotTheNext
        );
        assert_eq!(turn.append(&envelope, 0, first).unwrap(), Appended::Kept);
        assert_eq!(
            turn.append(&envelope, 0, first).unwrap(),
            Appended::NotTheNext
        );
        // a torn end is cut off
        let path = arriving.path(digest, "part");
        fs::write(&path, [first, b"torn"].concat()).unwrap();
        let (again, good) = arriving.take_turn(digest, &envelope).unwrap();
        assert_eq!(
            (good, fs::metadata(&path).unwrap().len()),
            (1, CHUNK_BYTES as u64)
        );
        // a request that still hangs writes nothing any more
        assert_eq!(turn.append(&envelope, 1, last).unwrap(), Appended::TurnLost);
        assert_eq!(again.append(&envelope, 1, last).unwrap(), Appended::Kept);
        let all = arriving.contents(digest, &envelope).unwrap();
        assert_eq!(all, Some(contents.clone()));
        // a flipped byte in what was there is noticed and cut off
        let mut flipped = contents.clone();
        flipped[5] ^= 1;
        fs::write(&path, flipped).unwrap();
        assert_eq!(arriving.take_turn(digest, &envelope).unwrap().1, 0);
        arriving.done(digest);
        assert!(!path.exists());
    }

    #[test]
    fn a_request_that_hangs_since_before_the_end_never_writes_into_a_new_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let arriving = Arriving::open(folder.path()).unwrap();
        let contents = vec![7; CHUNK_BYTES];
        let (envelope, digest) = (envelope(&contents), Digest::of(b"e"));
        let (hanging, _) = arriving.take_turn(digest, &envelope).unwrap();
        arriving.done(digest);
        assert_eq!(arriving.contents(digest, &envelope).unwrap(), None);
        let (newest, _) = arriving.take_turn(digest, &envelope).unwrap();
        let begun = arriving.contents(digest, &envelope).unwrap();
        assert_eq!(begun, None, "an empty file is not an empty submission");
        let lost = hanging.append(&envelope, 0, &contents).unwrap();
        assert_eq!(lost, Appended::TurnLost);
        let kept = newest.append(&envelope, 0, &contents).unwrap();
        assert_eq!(kept, Appended::Kept);
    }
}
