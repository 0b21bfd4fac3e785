//! The picture that a student has sent from a phone, fetched from the service: from here on it is a picture brought along
//! like one from a stick. Decodes it once; judges nothing.

use super::http::ServiceClient;
use crate::domain::{CollectionId, StudentRef};
use crate::session::PictureProblem;
use crate::vision::Picture;
use crate::vision::capture::Capture;
use crate::wire::{AlbumPicture, paths};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

/// A picture over a slow line, while a student stands there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks for the picture; nothing sent and no service to ask are the same to a student: no picture is here.
pub(super) fn fetch(
    client: &ServiceClient,
    student: &StudentRef,
    collection: &CollectionId,
) -> Result<Arc<Capture>, PictureProblem> {
    let path = paths::album(student, collection);
    let sent = client.get::<AlbumPicture>(&path, PATIENCE);
    sent.map_err(|_| PictureProblem::NotSent)
        .and_then(|picture| capture(&picture).map(Arc::new))
}

fn capture(sent: &AlbumPicture) -> Result<Capture, PictureProblem> {
    let jpeg = sent.jpeg().ok_or(PictureProblem::Unreadable)?;
    Ok(Capture {
        picture: Picture::decode(&jpeg).map_err(|_| PictureProblem::Unreadable)?,
        sha256: Sha256::digest(&jpeg).into(),
        jpeg: jpeg.into(),
        imported: true,
        taken_at: noon(sent.taken).ok_or(PictureProblem::Unreadable)?,
    })
}

/// A day in China is nearest to its noon there.
fn noon(day: Date) -> Option<Timestamp> {
    let noon = day.at(12, 0, 0, 0);
    let at = noon.to_zoned(TimeZone::fixed(Offset::constant(8))).ok()?;
    Some(at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_came_is_a_picture_brought_along_of_its_day_or_nothing() {
        let jpeg = include_bytes!("../../tests/fixtures/students/s01.jpg");
        let capture = capture(&AlbumPicture::new(date(2026, 11, 1), jpeg)).unwrap();
        assert!(capture.imported);
        assert_eq!(capture.taken_at.to_string(), "2026-11-01T04:00:00Z");
        assert_eq!(&capture.jpeg[..], &jpeg[..]);
        let broken = AlbumPicture::new(date(2026, 11, 1), &jpeg[..2000]);
        assert_eq!(
            super::capture(&broken).err(),
            Some(PictureProblem::Unreadable)
        );
    }
}
