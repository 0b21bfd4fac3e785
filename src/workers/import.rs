//! Pictures that a student brought on a USB stick: a screenshot of the acquisition code (相册识别), or a photo where
//! the school allows one (从相册选取). Reads only, writes nothing, opens nothing but pictures.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::SystemTime;
use std::{io, sync::Arc};

use sha2::{Digest, Sha256};

use super::{Facts, Wake, spawn};
use crate::session::CodeText;
use crate::vision::capture::Capture;
use crate::vision::codes::{Effort, Luma, read_codes};
use crate::vision::{Picture, PictureError};

/// Pictures looked through for a code, newest first.
const PICTURES: usize = 20;
/// Files looked at on a stick, so that a full disk does not keep a student waiting.
const FILES: usize = 2_000;
/// Folders inside folders.
const DEPTH: usize = 4;
/// Largest file read.
const LARGEST_BYTES: u64 = 30_000_000;
/// Photos brought in to choose from, newest first ...
pub const PHOTOS: usize = 6;
/// ... as long as all of them together stay in the booth's memory: three bytes a pixel.
const PHOTOS_PX: usize = 100_000_000;

/// Why nothing was brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportError {
    /// No stick, or no picture on it.
    NotFound,
    /// None of the newest pictures can be read.
    Unreadable,
}

/// What was found on the stick.
#[derive(Debug)]
pub enum ImportFact {
    /// The first code found in the newest pictures.
    Code {
        /// Of [`ImportWorker::find_code`].
        request: u64,
        /// Its text; `None` when there are pictures but none with a code.
        found: Result<Option<CodeText>, ImportError>,
    },
    /// The newest pictures, to choose from.
    Photos {
        /// Of [`ImportWorker::newest_photos`].
        request: u64,
        /// At least one and at most [`PHOTOS`], newest first, marked as imported.
        found: Result<Vec<Arc<Capture>>, ImportError>,
    },
    /// The worker panicked and is gone.
    WorkerLost(&'static str),
}

enum Command {
    FindCode(u64),
    NewestPhotos(u64),
}

/// The thread that reads sticks.
pub struct ImportWorker {
    commands: SyncSender<Command>,
    facts: Receiver<ImportFact>,
}

impl ImportWorker {
    /// Starts the thread; `folders` are where sticks are mounted.
    pub fn start(folders: Vec<PathBuf>, wake: &Wake) -> io::Result<Self> {
        let (commands, orders) = sync_channel(4);
        let (sender, facts) = sync_channel(8);
        let told = Facts::new(sender, Arc::clone(wake));
        let lost = told.clone();
        spawn(
            "import",
            move |name| lost.tell(ImportFact::WorkerLost(name)),
            move || {
                while let Ok(command) = orders.recv() {
                    told.tell(match command {
                        Command::FindCode(request) => ImportFact::Code {
                            request,
                            found: find_code(&folders),
                        },
                        Command::NewestPhotos(request) => ImportFact::Photos {
                            request,
                            found: newest_photos(&folders),
                        },
                    });
                }
            },
        )?;
        Ok(Self { commands, facts })
    }

    /// Looks for a code in the newest pictures. A second ask while the first is under way is dropped.
    pub fn find_code(&self, request: u64) {
        let _busy = self.commands.try_send(Command::FindCode(request));
    }

    /// Reads the newest pictures.
    pub fn newest_photos(&self, request: u64) {
        let _busy = self.commands.try_send(Command::NewestPhotos(request));
    }

    /// The facts since last time.
    pub fn facts(&self) -> impl Iterator<Item = ImportFact> + '_ {
        self.facts.try_iter()
    }
}

fn find_code(folders: &[PathBuf]) -> Result<Option<CodeText>, ImportError> {
    let pictures = pictures_in(folders);
    if pictures.is_empty() {
        return Err(ImportError::NotFound);
    }
    let texts = pictures
        .iter()
        .filter_map(|path| read(path).ok())
        .filter_map(|(_, picture)| {
            read_codes(&Luma::of(&picture), Effort::Picture)
                .into_iter()
                .find_map(|code| code.text().map(|text| CodeText::new(text.to_owned())))
        });
    Ok(texts.take(1).next())
}

fn newest_photos(folders: &[PathBuf]) -> Result<Vec<Arc<Capture>>, ImportError> {
    let files = pictures_in(folders);
    if files.is_empty() {
        return Err(ImportError::NotFound);
    }
    let mut left_px = PHOTOS_PX;
    let mut photos = Vec::new();
    for photo in files.iter().filter_map(|file| photo(file)) {
        let px = photo.picture.width() * photo.picture.height();
        // the newest one is always brought in
        if !photos.is_empty() && px > left_px {
            break;
        }
        left_px = left_px.saturating_sub(px);
        photos.push(Arc::new(photo));
        if photos.len() == PHOTOS {
            break;
        }
    }
    if photos.is_empty() {
        return Err(ImportError::Unreadable);
    }
    Ok(photos)
}

/// A file that is a picture, with its own date: a collection that asks for recent pictures compares it.
fn photo(file: &Path) -> Option<Capture> {
    let (bytes, picture) = read(file).ok()?;
    let modified = file.metadata().ok()?.modified().ok()?;
    Some(Capture {
        sha256: Sha256::digest(&bytes).into(),
        jpeg: bytes.into(),
        picture,
        imported: true,
        taken_at: jiff::Timestamp::try_from(modified).ok()?,
    })
}

fn read(path: &Path) -> Result<(Vec<u8>, Picture), PictureError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|_| PictureError::Damaged)?;
    file.take(LARGEST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|_| PictureError::Damaged)?;
    let picture = Picture::decode(&bytes)?;
    Ok((bytes, picture))
}

/// Pictures under the folders, newest first.
fn pictures_in(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<(SystemTime, PathBuf)> = Vec::new();
    let mut left = FILES;
    for folder in folders {
        collect(folder, DEPTH, &mut left, &mut found);
    }
    found.sort_by(|a, b| b.cmp(a));
    found
        .into_iter()
        .map(|(_, path)| path)
        .take(PICTURES)
        .collect()
}

fn collect(folder: &Path, depth: usize, left: &mut usize, found: &mut Vec<(SystemTime, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Some(rest) = left.checked_sub(1) else {
            return;
        };
        *left = rest;
        let path = entry.path();
        // links are not followed: a stick shows its own files only
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_dir() && depth > 0 {
            collect(&path, depth - 1, left, found);
        } else if about.is_file() && about.len() <= LARGEST_BYTES && is_picture(&path) {
            found.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), path));
        }
    }
}

fn is_picture(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or("")
        .to_ascii_lowercase();
    matches!(ending.as_str(), "jpg" | "jpeg" | "png")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_stick_has_no_picture_and_a_text_file_is_none() {
        let stick = tempfile::tempdir().unwrap();
        let folders = vec![stick.path().to_owned()];
        assert_eq!(find_code(&folders), Err(ImportError::NotFound));
        assert_eq!(newest_photos(&folders).err(), Some(ImportError::NotFound));
        fs::write(stick.path().join("notes.txt"), "GBA1:").unwrap();
        assert_eq!(find_code(&folders), Err(ImportError::NotFound));
        fs::write(stick.path().join("cut.jpg"), [0xff, 0xd8, 0xff]).unwrap();
        assert_eq!(find_code(&folders), Ok(None));
        assert!(matches!(
            newest_photos(&folders),
            Err(ImportError::Unreadable)
        ));
    }

    /// A picture of one grey, as old as that many seconds.
    fn put(folder: &Path, name: &str, grey: u8, seconds_old: u64) {
        let file = folder.join(name);
        jpeg_encoder::Encoder::new_file(&file, 90)
            .unwrap()
            .encode(&[grey; 64 * 64 * 3], 64, 64, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000 - seconds_old);
        File::options()
            .write(true)
            .open(file)
            .and_then(|file| file.set_modified(at))
            .unwrap();
    }

    #[test]
    fn the_newest_pictures_come_in_their_order_and_what_is_none_is_left_out() {
        let stick = tempfile::tempdir().unwrap();
        let inner = stick.path().join("DCIM");
        fs::create_dir(&inner).unwrap();
        for seconds_old in 0..8_u8 {
            let folder = if seconds_old % 2 == 0 {
                &inner
            } else {
                stick.path()
            };
            let name = format!("{seconds_old}.jpg");
            put(folder, &name, 20 * seconds_old, seconds_old.into());
        }
        fs::write(inner.join("newest.jpg"), b"no picture").unwrap();
        let photos = newest_photos(&[stick.path().to_owned()]).unwrap();
        assert_eq!(photos.len(), PHOTOS);
        let greys: Vec<u8> = photos
            .iter()
            .map(|p| (p.picture.rgb()[0] + 10) / 20)
            .collect();
        assert_eq!(greys, [0, 1, 2, 3, 4, 5]);
        assert!(photos.iter().all(|photo| photo.imported));
    }

    #[test]
    fn a_png_is_brought_in_as_the_file_that_it_was() {
        let stick = tempfile::tempdir().unwrap();
        let file = stick.path().join("me.PNG");
        image::RgbImage::from_pixel(500, 640, image::Rgb([120, 130, 140]))
            .save_with_format(&file, image::ImageFormat::Png)
            .unwrap();
        let photos = newest_photos(&[stick.path().to_owned()]).unwrap();
        assert_eq!(photos[0].jpeg[..], fs::read(&file).unwrap());
        assert_eq!(photos[0].picture.rgb()[..3], [120, 130, 140]);
    }
}
