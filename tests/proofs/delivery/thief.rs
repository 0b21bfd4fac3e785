//! The forensic scan: what a thief would look for who copies the state folder at any moment, running or dead: pictures
//! by their headers and by their bytes, names, numbers and telephones in the ways in which text is written, and keys.

use super::booth::{MASKED_NAME, PHONE, STUDENT_NUMBER, student};
use super::child::STATE_KEY;
use super::office::capture_of;
use gradbooth::domain::SubmissionId;
use gradbooth::wire::BoothKey;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// So many bytes of a picture are looked for ...
const NEEDLE_BYTES: usize = 24;
/// ... from every so many: no left-over page or sector group of a picture is without one.
const NEEDLE_EVERY: usize = 1000;

/// A table of so many bits' places stays in the processor's cache, and most places of a file are passed over by it.
const HASH_BITS: u32 = 16;

static LOOKS: AtomicU64 = AtomicU64::new(0);

/// How often somebody looked, in this process.
pub fn looks() -> u64 {
    LOOKS.load(Ordering::SeqCst)
}

/// Panics with what can be read in the state folder of a booth with these submissions.
pub fn finds_nothing(folder: &Path, ids: &[SubmissionId], history: &str) {
    LOOKS.fetch_add(1, Ordering::SeqCst);
    let Ok(entries) = std::fs::read_dir(folder.join("state")) else {
        return;
    };
    let finder = Finder::of(secrets(folder, ids));
    for entry in entries {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        if let Some(what) = finder.find(&bytes) {
            panic!("READABLE: {what} in {}; {history}", path.display());
        }
    }
}

fn secrets(folder: &Path, ids: &[SubmissionId]) -> Vec<(&'static str, Vec<u8>)> {
    let key: BoothKey =
        toml::from_str(&std::fs::read_to_string(folder.join("booth.key")).unwrap()).unwrap();
    let mut secrets = vec![
        ("a JPEG header", b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec()),
        ("a JPEG's EXIF", b"Exif\0\0".to_vec()),
        ("a JPEG header", b"\xff\xd8\xff\xfe\xff\xff".to_vec()),
        ("a PNG header", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("the state key", STATE_KEY.to_vec()),
    ];
    let mut text = |what, text: &str| {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let escaped: String = text
            .encode_utf16()
            .map(|unit| match u8::try_from(unit) {
                Ok(ascii) if ascii.is_ascii() => char::from(ascii).to_string(),
                _ => format!("\\u{unit:04x}"),
            })
            .collect();
        let hex = text
            .bytes()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        secrets.extend(
            [text.as_bytes().to_vec(), utf16, escaped.into(), hex.into()].map(|form| (what, form)),
        );
    };
    text("a name", MASKED_NAME);
    text("a student number", STUDENT_NUMBER);
    text("a telephone", PHONE);
    text("the booth's key", &key.booth_secret_key);
    text("the token", &key.token);
    text("the campus key", &key.campus_key_secret);
    for id in ids {
        text("a student's reference", student(*id).as_str());
    }
    for hex in [&key.booth_secret_key, &key.campus_key_secret] {
        secrets.push(("a key's bytes", bytes_of(hex)));
    }
    let mut picture = |what, bytes: &[u8]| {
        let needles = bytes
            .chunks_exact(NEEDLE_BYTES)
            .step_by(NEEDLE_EVERY / NEEDLE_BYTES);
        secrets.extend(needles.map(|needle| (what, needle.to_vec())));
    };
    picture(
        "bytes of a photo",
        &std::fs::read(folder.join("photo.jpg")).unwrap(),
    );
    for id in ids {
        picture("bytes of a capture", &capture_of(folder, *id));
    }
    secrets
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks_exact(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Many needles at once, by their first four bytes.
struct Finder {
    by_start: HashMap<[u8; 4], Vec<(&'static str, Vec<u8>)>>,
    /// Which beginnings any needle has, by a small hash: most places are passed over here.
    may_start: Vec<bool>,
}

fn small_hash(start: &[u8]) -> usize {
    let start = u32::from_le_bytes([start[0], start[1], start[2], start[3]]);
    (start.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS)) as usize
}

impl Finder {
    fn of(secrets: Vec<(&'static str, Vec<u8>)>) -> Self {
        let (mut by_start, mut may_start) =
            (HashMap::<_, Vec<_>>::new(), vec![false; 1 << HASH_BITS]);
        for (what, bytes) in secrets {
            may_start[small_hash(&bytes)] = true;
            by_start
                .entry(bytes[..4].try_into().unwrap())
                .or_default()
                .push((what, bytes));
        }
        Self {
            by_start,
            may_start,
        }
    }

    fn find(&self, haystack: &[u8]) -> Option<&'static str> {
        haystack.windows(4).enumerate().find_map(|(at, start)| {
            if !self.may_start[small_hash(start)] {
                return None;
            }
            let needles = self.by_start.get(start)?;
            needles
                .iter()
                .find(|(_, needle)| haystack[at..].starts_with(needle))
                .map(|(what, _)| *what)
        })
    }
}

#[test]
fn the_scan_finds_what_it_looks_for_in_every_form() {
    let office = super::office::office();
    let (folder, _) = office.enrols();
    let id = SubmissionId::from_bytes([5; 16]);
    let finder = Finder::of(secrets(folder.path(), &[id]));
    let mut bytes = vec![1; 5000];
    assert_eq!(finder.find(&bytes), None);
    let (capture, whose) = (capture_of(folder.path(), id), student(id));
    let hidden: [(&str, &[u8]); 6] = [
        ("a name", MASKED_NAME.as_bytes()),
        ("a name", b"\\u6b27\\u9633*"),
        ("a telephone", PHONE.as_bytes()),
        ("the state key", &STATE_KEY),
        ("a student's reference", whose.as_str().as_bytes()),
        // a page that was left over, from the middle of a picture
        ("bytes of a capture", &capture[70_001..72_049]),
    ];
    for (what, secret) in hidden {
        let before = bytes.clone();
        bytes.splice(500..500, secret.iter().copied());
        assert_eq!(finder.find(&bytes), Some(what));
        bytes = before;
    }
}
