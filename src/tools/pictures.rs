//! Opening the picture files that the tools are given: bounded, and with words for what is wrong.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use thiserror::Error;

use crate::vision::{Picture, PictureError};

/// The largest file that is read: four bytes for each of the most pixels a picture may have is far more
/// than any JPEG needs.
const LARGEST_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Why a file is not a picture.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// More bytes than a picture of a booth can have.
    #[error("is larger than {} MB", LARGEST_FILE_BYTES / 1024 / 1024)]
    TooLarge,
    /// The bytes are not a picture.
    #[error(transparent)]
    NotAPicture(#[from] PictureError),
}

/// The picture in a file.
pub fn open_picture(path: &Path) -> Result<Picture, OpenError> {
    Ok(Picture::decode(&read_bounded(path)?)?)
}

/// The bytes of a file that may be a picture.
pub fn read_bounded(path: &Path) -> Result<Vec<u8>, OpenError> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST_FILE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(OpenError::TooLarge);
    }
    Ok(bytes)
}
