//! A webcam, through nokhwa on V4L2, with nokhwa's traps kept inside this file.
//!
//! Each call may panic (a driver error in a destructor), may block for ever (there is no time-out: the
//! caller must be a thread that can be given up), and hands out buffers with leftovers behind the frame.
//! Panics become [`CameraError::Driver`], leftovers are cut off; blocking is the caller's to handle.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
};
use nokhwa::{Camera as Nokhwa, NokhwaError};

use super::stale::{Frozen, Leftovers};
use super::{Camera, CameraError, Frame, format, mjpeg, yuyv};
use crate::clock;
use crate::vision::Picture;

/// Cameras that send no JPEG get one at this quality: the capture must not lose what the photo needs.
const RAW_JPEG_QUALITY: u8 = 95;

/// Which webcam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceChoice {
    /// The first one that gives pictures.
    First,
    /// `/dev/videoN`. The number can change when cameras are plugged in another order.
    Index(u32),
    /// The first whose name contains this, or a path such as `/dev/v4l/by-id/...`, which stays the same.
    Named(String),
}

impl From<&str> for DeviceChoice {
    /// As in `booth.toml`: `first`, a number, a part of the name, or a path.
    fn from(text: &str) -> Self {
        match text.trim() {
            "" | "first" => Self::First,
            other => other
                .parse()
                .map_or_else(|_| Self::Named(other.to_owned()), Self::Index),
        }
    }
}

/// Which webcam, and in which size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webcam {
    /// Which one.
    pub which: DeviceChoice,
    /// The largest size that is asked for, width and height; a larger one only where there is no other.
    pub preferred_px: (u32, u32),
}

impl Webcam {
    /// A webcam in full HD: enough for a photo of 480x640 out of a bust, and what webcams send in time.
    pub fn new(which: DeviceChoice) -> Self {
        Self {
            which,
            preferred_px: (1920, 1080),
        }
    }

    /// Whether there is such a webcam, even one that is in use elsewhere. Some machines have video
    /// devices that are no cameras, so it has to be opened to know.
    pub fn is_there(&self) -> bool {
        !matches!(
            Device::open(self),
            Err(CameraError::NoCamera | CameraError::Unsupported)
        )
    }
}

/// A video device of this machine. Some are not cameras (webcams bring a node for their metadata).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceInfo {
    /// The number in `/dev/videoN`.
    pub index: u32,
    /// The name that the device gives itself.
    pub name: String,
}

/// The video devices, by number; none where they cannot be listed.
pub fn devices() -> Vec<DeviceInfo> {
    let listed = guarded(|| nokhwa::query(ApiBackend::Video4Linux)).unwrap_or_default();
    let mut devices: Vec<DeviceInfo> = listed
        .iter()
        .filter_map(|info| {
            Some(DeviceInfo {
                index: info.index().as_index().ok()?,
                name: info.human_name(),
            })
        })
        .collect();
    devices.sort_by_key(|device| device.index);
    devices
}

/// A webcam that streams.
pub struct Device {
    /// `None` only while it is dropped.
    camera: Option<Nokhwa>,
    name: String,
    format: CameraFormat,
    leftovers: Leftovers,
    frozen: Frozen,
}

impl Device {
    /// Opens the chosen camera in its best format and starts it.
    pub fn open(webcam: &Webcam) -> Result<Self, CameraError> {
        let candidates: Vec<DeviceInfo> = devices()
            .into_iter()
            .filter(|device| webcam.which.means(device))
            .collect();
        let mut refusal = CameraError::NoCamera;
        for candidate in candidates {
            match Self::open_one(&candidate, webcam.preferred_px) {
                Ok(device) => return Ok(device),
                Err(error) => {
                    tracing::debug!(index = candidate.index, %error, "this video device does not serve");
                    // a node for metadata says "unsupported": that must not hide why the real one failed
                    if refusal == CameraError::NoCamera || refusal == CameraError::Unsupported {
                        refusal = error;
                    }
                }
            }
        }
        Err(refusal)
    }

    fn open_one(info: &DeviceInfo, preferred_px: (u32, u32)) -> Result<Self, CameraError> {
        let understood = [FrameFormat::MJPEG, FrameFormat::YUYV];
        let any = RequestedFormat::with_formats(RequestedFormatType::None, &understood);
        let camera = guarded(|| Nokhwa::new(CameraIndex::Index(info.index), any))?;
        // from here on the destructor is guarded
        let format = camera.camera_format();
        let mut device = Self {
            camera: Some(camera),
            name: info.name.clone(),
            format,
            leftovers: Leftovers::default(),
            frozen: Frozen::default(),
        };
        device.format = device.choose_format(preferred_px)?;
        device.with(Nokhwa::open_stream)?;
        tracing::info!(index = info.index, format = %device.format, "camera opened");
        Ok(device)
    }

    /// Asks for the formats in order until the camera takes one.
    fn choose_format(&mut self, preferred_px: (u32, u32)) -> Result<CameraFormat, CameraError> {
        let offered = self.with(Nokhwa::compatible_camera_formats)?;
        let mut refusal = CameraError::Unsupported;
        for wish in format::by_preference(&offered, preferred_px) {
            let formats = [wish.format()];
            let request = RequestedFormat::with_formats(RequestedFormatType::Exact(wish), &formats);
            match self.with(|camera| camera.set_camera_requset(request)) {
                Ok(format) => return Ok(format),
                Err(error @ (CameraError::Busy | CameraError::Unplugged)) => return Err(error),
                Err(error) => refusal = error,
            }
        }
        Err(refusal)
    }

    fn with<T>(
        &mut self,
        ask: impl FnOnce(&mut Nokhwa) -> Result<T, NokhwaError>,
    ) -> Result<T, CameraError> {
        let camera = self.camera.as_mut().ok_or(CameraError::Closed)?;
        guarded(|| ask(camera))
    }

    fn jpeg_frame(&mut self, buffer: &[u8]) -> Result<Frame, CameraError> {
        let cut = mjpeg::cut(buffer).ok_or(CameraError::BadFrame)?;
        if self.leftovers.end(cut) {
            return Err(CameraError::BadFrame);
        }
        let jpeg: Arc<[u8]> = Arc::from(cut.jpeg);
        self.leftovers.remember(&jpeg, cut.scan_at);
        if self.frozen.stands(&jpeg) {
            return Err(CameraError::Stalled);
        }
        let picture = Picture::decode_mjpeg(&jpeg).map_err(|_| CameraError::BadFrame)?;
        Ok(Frame {
            picture: Arc::new(picture),
            jpeg,
            number: 0,
            at: clock::now(),
        })
    }

    fn raw_frame(&self, buffer: &[u8]) -> Result<Frame, CameraError> {
        let (width, height) = (self.format.width() as usize, self.format.height() as usize);
        let picture = yuyv::picture(width, height, buffer).map_err(|_| CameraError::BadFrame)?;
        let jpeg = super::mjpeg::encode(&picture, RAW_JPEG_QUALITY)?;
        Ok(Frame {
            picture: Arc::new(picture),
            jpeg,
            number: 0,
            at: clock::now(),
        })
    }
}

impl Camera for Device {
    fn next(&mut self) -> Result<Frame, CameraError> {
        let is_jpeg = self.format.format() == FrameFormat::MJPEG;
        // the buffer is the driver's memory: taken out of the borrow before `self` is asked again
        let mut camera = self.camera.take().ok_or(CameraError::Closed)?;
        let frame = guarded(|| {
            camera.frame_raw().map(|buffer| {
                if is_jpeg {
                    self.jpeg_frame(&buffer)
                } else {
                    self.raw_frame(&buffer)
                }
            })
        });
        self.camera = Some(camera);
        frame?
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        let camera = self.camera.take();
        if catch_unwind(AssertUnwindSafe(|| drop(camera))).is_err() {
            tracing::warn!("the camera driver failed while it was closed");
        }
    }
}

impl DeviceChoice {
    fn means(&self, device: &DeviceInfo) -> bool {
        match self {
            Self::First => true,
            Self::Index(index) => device.index == *index,
            Self::Named(path) if path.starts_with('/') => {
                index_behind(Path::new(path)) == Some(device.index)
            }
            Self::Named(part) => device.name.to_lowercase().contains(&part.to_lowercase()),
        }
    }
}

/// The number of the device that a path or a link under `/dev/v4l` leads to.
fn index_behind(path: &Path) -> Option<u32> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real.file_name()?
        .to_str()?
        .strip_prefix("video")?
        .parse()
        .ok()
}

/// Asks nokhwa for something; its panics and its text errors become ours.
fn guarded<T>(ask: impl FnOnce() -> Result<T, NokhwaError>) -> Result<T, CameraError> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(error_from(&error)),
        Err(_) => Err(CameraError::Driver("panic".to_owned())),
    }
}

/// nokhwa passes the system's error on as text only: the number stands at its end.
fn error_from(error: &NokhwaError) -> CameraError {
    let text = error.to_string();
    let number = text
        .rsplit_once("(os error ")
        .map(|(_, rest)| rest.trim_end_matches([')', '.']));
    match number.and_then(|number| number.parse::<u32>().ok()) {
        Some(2 | 6) => CameraError::NoCamera,
        Some(19) => CameraError::Unplugged,
        Some(16) => CameraError::Busy,
        Some(1 | 13) => CameraError::Denied,
        Some(22 | 25) => CameraError::Unsupported,
        None if REFUSED_FORMATS.iter().any(|words| text.contains(words)) => {
            CameraError::Unsupported
        }
        Some(_) | None => CameraError::Driver(text),
    }
}

/// What nokhwa says when a format is not there, not taken, or not understood (spelt as it spells them).
const REFUSED_FORMATS: [&str; 4] = [
    "Failed to Fufill",
    "ejected",
    "not whole number",
    "unsupported",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_as_written_in_the_config() {
        assert_eq!(DeviceChoice::from("first"), DeviceChoice::First);
        assert_eq!(DeviceChoice::from("2"), DeviceChoice::Index(2));
        assert_eq!(
            DeviceChoice::from("C920"),
            DeviceChoice::Named("C920".to_owned())
        );
        let webcam = DeviceInfo {
            index: 3,
            name: "HD Pro Webcam C920".to_owned(),
        };
        assert!(DeviceChoice::from("c920").means(&webcam));
        assert!(!DeviceChoice::from("Brio").means(&webcam));
        assert!(DeviceChoice::from("/dev/video3").means(&webcam));
        assert!(!DeviceChoice::from("/dev/video13").means(&webcam));
    }

    #[test]
    fn system_errors_are_told_apart() {
        let read = |text: &str| error_from(&NokhwaError::ReadFrameError(text.to_owned()));
        assert_eq!(read("No such device (os error 19)"), CameraError::Unplugged);
        assert_eq!(
            read("Device or resource busy (os error 16)"),
            CameraError::Busy
        );
        assert_eq!(read("Permission denied (os error 13)"), CameraError::Denied);
        assert!(matches!(
            read("Input/output error (os error 5)"),
            CameraError::Driver(_)
        ));
        let rejected = NokhwaError::SetPropertyError {
            property: "CameraFormat".into(),
            value: String::new(),
            error: "Not same/Rejected".into(),
        };
        assert_eq!(error_from(&rejected), CameraError::Unsupported);
    }
}
