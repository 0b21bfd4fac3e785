//! Salvaging what students confirmed from a file that SQLite does not open any more.
//!
//! Needs no key, no schema and no whole tree: it looks through every page for the beginning of a sealed submission,
//! follows its own pages, and believes what fits the hashes in its envelope. The file is only read. What is saved is
//! still sealed, and goes to the service by `gradbooth-review import-bundle`.

use super::{DATABASE_NAME, StoreError};
use crate::wire::envelope::CHUNK_BYTES;
use crate::wire::sealed_packet::{LARGEST_ENVELOPE_BYTES, LARGEST_SEALED_BYTES};
use crate::wire::{Digest, Envelope, Sealed};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

const ID_CHARACTERS: usize = 32;
const SIGNATURE_BYTES: usize = 64;
/// How every envelope begins.
const BEGINNING: &[u8] = br#"{"version":2,"id":""#;
/// Header of the log, and of each of its pages.
const LOG_HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// Where the size of a page stands in the header of the file.
const PAGE_SIZE_AT: usize = 16;
/// Every database of a booth was made with pages of this size; used where the header is hurt.
const USUAL_PAGE_BYTES: usize = 4096;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// A file each; whole, by the hashes that the booth signed.
    pub saved: Vec<PathBuf>,
    /// Submissions of which something is missing or changed.
    pub damaged: usize,
}

/// Writes every whole sealed submission in the state folder's files to a file of its own in `out`.
pub fn salvage(state_folder: &Path, out: &Path) -> Result<Salvaged, StoreError> {
    let database = fs::read(state_folder.join(DATABASE_NAME)).map_err(StoreError::Folder)?;
    let log = fs::read(state_folder.join(format!("{DATABASE_NAME}-wal"))).unwrap_or_default();
    fs::create_dir_all(out).map_err(StoreError::Folder)?;
    let pages = Pages::of(&database, &log);
    let mut whole = BTreeMap::new();
    let mut hurt = Vec::new();
    for page in pages.all() {
        for at in find_all(page, BEGINNING) {
            match pages.submission(page, at) {
                Some((envelope, sealed)) => {
                    whole.insert(envelope.id, (envelope.sequence, sealed));
                }
                None => {
                    hurt.push(page.get(at + BEGINNING.len()..at + BEGINNING.len() + ID_CHARACTERS))
                }
            }
        }
    }
    // an old copy of a page may be torn where the new one is whole
    hurt.retain(|id| {
        !whole
            .keys()
            .any(|whole| *id == Some(whole.to_string().as_bytes()))
    });
    hurt.sort_unstable();
    hurt.dedup();
    let mut salvaged = Salvaged {
        saved: Vec::new(),
        damaged: hurt.len(),
    };
    for (id, (sequence, sealed)) in whole {
        let path = out.join(bundle_name(sequence, &id.short()));
        fs::write(&path, sealed.to_bytes()).map_err(StoreError::Folder)?;
        salvaged.saved.push(path);
    }
    Ok(salvaged)
}

/// Name of a submission's file in a bundle: in the order of confirming.
pub fn bundle_name(sequence: u64, short_id: &str) -> String {
    format!("{sequence:06}-{short_id}.gbs2")
}

/// The pages of the file, the newest in the log before the older ones.
struct Pages<'a> {
    size: usize,
    database: &'a [u8],
    log: HashMap<usize, &'a [u8]>,
}

impl<'a> Pages<'a> {
    fn of(database: &'a [u8], log: &'a [u8]) -> Self {
        let said = database
            .get(PAGE_SIZE_AT..PAGE_SIZE_AT + 2)
            .and_then(|bytes| bytes.first_chunk());
        let said = said.map_or(0, |bytes| usize::from(u16::from_be_bytes(*bytes)));
        let size = if said.is_power_of_two() && said >= 512 {
            said
        } else {
            USUAL_PAGE_BYTES
        };
        Self {
            size,
            database,
            log: newest_of_log(log, size),
        }
    }

    /// Counted from 1, as SQLite does.
    fn page(&self, number: usize) -> Option<&'a [u8]> {
        let from = number.checked_sub(1)?.checked_mul(self.size)?;
        self.log
            .get(&number)
            .copied()
            .or_else(|| self.database.get(from..from + self.size))
    }

    fn all(&self) -> impl Iterator<Item = &'a [u8]> {
        self.database
            .chunks_exact(self.size)
            .chain(self.log.values().copied())
    }

    /// The submission whose envelope begins at `at` of a page. A row is: lengths, id, envelope, signature, contents;
    /// what does not fit into the page goes on in others, each naming the next.
    fn submission(&self, page: &'a [u8], at: usize) -> Option<(Envelope, Sealed)> {
        let id_at = at.checked_sub(ID_CHARACTERS)?;
        let (lengths_at, envelope_bytes, contents_bytes) = lengths_before(page, id_at)?;
        if envelope_bytes > LARGEST_ENVELOPE_BYTES || contents_bytes > LARGEST_SEALED_BYTES {
            return None;
        }
        let total =
            id_at - lengths_at + ID_CHARACTERS + envelope_bytes + SIGNATURE_BYTES + contents_bytes;
        let row = self.row(page.get(lengths_at..)?, total)?;
        let mut rest = row.get(id_at - lengths_at + ID_CHARACTERS..)?;
        let envelope = rest.split_off(..envelope_bytes)?.to_vec();
        let signature = *rest.split_off(..SIGNATURE_BYTES)?.first_chunk()?;
        let read = Envelope::read(&envelope).ok()?;
        let fits = rest.len() as u64 == read.sealed_bytes
            && rest
                .chunks(CHUNK_BYTES)
                .map(Digest::of)
                .eq(read.chunks.iter().copied());
        fits.then(|| {
            (
                read,
                Sealed {
                    envelope,
                    signature,
                    contents: rest.to_vec(),
                },
            )
        })
    }

    /// The file format's rule for how much of a row lies in its own page (sqlite.org/fileformat2.html, 1.6).
    fn row(&self, begins: &[u8], total: usize) -> Option<Vec<u8>> {
        let most_here = self.size - 35;
        if total <= most_here {
            return Some(begins.get(..total)?.to_vec());
        }
        let least_here = (self.size - 12) * 32 / 255 - 23;
        let fitting = least_here + (total - least_here) % (self.size - 4);
        let here = if fitting <= most_here {
            fitting
        } else {
            least_here
        };
        let mut row = begins.get(..here)?.to_vec();
        let mut next = begins.get(here..here + 4)?;
        while row.len() < total {
            let page = self.page(u32::from_be_bytes(*next.first_chunk()?) as usize)?;
            let (link, data) = page.split_at_checked(4)?;
            row.extend(data.get(..data.len().min(total - row.len()))?);
            next = link;
        }
        Some(row)
    }
}

/// The lengths of the four columns stand before the id: where they begin, and those of envelope and contents.
fn lengths_before(page: &[u8], id_at: usize) -> Option<(usize, usize, usize)> {
    // of the header itself (1), the id (1), the envelope (1 to 3), the signature (2), the contents (1 to 4)
    for header_bytes in 6..=11 {
        let begins = id_at.checked_sub(header_bytes)?;
        let mut rest = page.get(begins..id_at)?;
        let id_is_text_of = |kind: u64| kind == 13 + 2 * ID_CHARACTERS as u64;
        if variable_number(&mut rest) != Some(header_bytes as u64)
            || !variable_number(&mut rest).is_some_and(id_is_text_of)
        {
            continue;
        }
        let mut bytes = || {
            variable_number(&mut rest)?
                .checked_sub(12)
                .map(|kind| (kind / 2) as usize)
        };
        if let (Some(envelope), Some(SIGNATURE_BYTES), Some(contents)) = (bytes(), bytes(), bytes())
        {
            return Some((begins, envelope, contents));
        }
    }
    None
}

/// SQLite's numbers: seven bits a byte, the highest first. Larger ones than four bytes are no length of ours.
fn variable_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for _ in 0..4 {
        let byte = *bytes.split_off_first()?;
        number = number << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The last copy of each page in the log. Copies of an earlier life of the log carry another salt.
fn newest_of_log(log: &[u8], page_bytes: usize) -> HashMap<usize, &[u8]> {
    let salt = log.get(16..24);
    let frames = log
        .get(LOG_HEADER_BYTES..)
        .unwrap_or_default()
        .chunks_exact(FRAME_HEADER_BYTES + page_bytes);
    let ours = frames.filter(|frame| frame.get(8..16) == salt);
    ours.filter_map(|frame| {
        let number = u32::from_be_bytes(*frame.first_chunk()?) as usize;
        Some((number, frame.get(FRAME_HEADER_BYTES..)?))
    })
    .collect()
}

fn find_all(haystack: &[u8], needle: &'static [u8]) -> impl Iterator<Item = usize> {
    haystack
        .windows(needle.len())
        .enumerate()
        .filter(move |(_, window)| *window == needle)
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, entitled_store, new_submission, sealed, sealer};
    use super::*;
    use crate::domain::SubmissionId;
    use crate::wire::SealedPacket;

    #[test]
    fn it_is_found_in_the_log_and_in_the_file_and_behind_a_ruined_schema() {
        let (store, folder) = entitled_store();
        store.confirm(new_submission(1), &sealer(), at(0)).unwrap();
        let sealed = sealed(&store, SubmissionId::from_bytes([1; 16]));
        let out = folder.path().join("out");
        let found = |out: &Path| {
            let salvaged = salvage(folder.path(), out).unwrap();
            assert_eq!((salvaged.saved.len(), salvaged.damaged), (1, 0));
            fs::read(&salvaged.saved[0]).unwrap()
        };
        // while it is open, and after closing, which empties the log
        assert_eq!(found(&out), sealed.to_bytes());
        drop(store);
        let bytes = found(&out);
        assert_eq!(
            SealedPacket::parse(&bytes).unwrap().contents,
            sealed.contents
        );
        let path = folder.path().join(DATABASE_NAME);
        let mut ruined = fs::read(&path).unwrap();
        ruined[..4096].fill(0);
        fs::write(&path, &ruined).unwrap();
        assert_eq!(found(&out), sealed.to_bytes());
        // a changed one is counted, and not saved
        let in_contents = ruined
            .windows(40)
            .position(|w| w == &sealed.contents[..40])
            .unwrap();
        ruined[in_contents] ^= 1;
        fs::write(&path, &ruined).unwrap();
        let salvaged = salvage(folder.path(), &folder.path().join("again")).unwrap();
        assert_eq!((salvaged.saved.len(), salvaged.damaged), (0, 1));
    }
}
