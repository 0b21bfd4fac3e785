//! A picture that a student chose from the album of a phone (从相册选取), on its way from the service to the booth where
//! that student stands. The booth does with it what it does with any picture brought along.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Largest file that a phone may send, in bytes; as JSON it fits well into what a booth reads.
pub const LARGEST_ALBUM_BYTES: usize = 10 * 1024 * 1024;

/// The picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlbumPicture {
    /// The day on which it was taken, as the student says.
    pub taken: Date,
    /// The file, base64.
    jpeg: String,
}

impl std::fmt::Debug for AlbumPicture {
    /// The day only: a face never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AlbumPicture({})", self.taken)
    }
}

impl AlbumPicture {
    /// The file as the phone sent it.
    pub fn new(taken: Date, jpeg: &[u8]) -> Self {
        Self {
            taken,
            jpeg: STANDARD.encode(jpeg),
        }
    }

    /// The file's bytes; `None` when the answer was damaged.
    pub fn jpeg(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.jpeg).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_picture_goes_through_json_and_shows_nothing_in_a_log() {
        let picture = AlbumPicture::new(date(2026, 11, 1), &[0xff, 0xd8, 0]);
        let text = serde_json::to_string(&picture).unwrap();
        assert_eq!(text, r#"{"taken":"2026-11-01","jpeg":"/9gA"}"#);
        let read: AlbumPicture = serde_json::from_str(&text).unwrap();
        assert_eq!(read.jpeg().as_deref(), Some(&[0xff, 0xd8, 0][..]));
        assert!(!format!("{picture:?}").contains("/9gA"));
        let broken = AlbumPicture {
            jpeg: "?".into(),
            ..picture
        };
        assert_eq!(broken.jpeg(), None);
    }
}
