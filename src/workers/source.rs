//! Which camera the configuration means. Settled once, when the booth starts.

use crate::camera::{CameraSource, DeviceChoice, RecordingFolder, Webcam};
use crate::config::{CameraConfig, RecordingConfig};

/// The camera as configured. Where a recording may stand in (demonstrations only), it does if no webcam
/// opens now; that is never asked again, for a booth whose webcam is unplugged must not photograph a
/// recording instead.
pub fn camera_source(config: &CameraConfig) -> CameraSource {
    let which = config
        .device
        .as_deref()
        .map_or(DeviceChoice::First, DeviceChoice::from);
    let webcam = Webcam {
        which,
        preferred_px: config.preferred_size_px,
    };
    match &config.recording {
        Some(RecordingConfig { folder, code_page }) if !webcam.is_there() => {
            let (folder, code_page) = (folder.clone(), code_page.clone());
            CameraSource::Recording(RecordingFolder { folder, code_page })
        }
        Some(_) | None => CameraSource::Device(webcam),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(recording: Option<RecordingConfig>) -> CameraConfig {
        CameraConfig {
            device: Some("no webcam has this name".to_owned()),
            recording,
            preferred_size_px: (1280, 720),
            view_deg: 60.0,
            distance_m: 1.0,
        }
    }

    #[test]
    fn a_recording_stands_in_only_where_it_may() {
        let webcam = camera_source(&config(None));
        assert!(
            matches!(webcam, CameraSource::Device(webcam) if webcam.preferred_px == (1280, 720))
        );
        let recorded = RecordingConfig {
            folder: "demo".into(),
            code_page: None,
        };
        let stand_in = camera_source(&config(Some(recorded)));
        assert!(matches!(stand_in, CameraSource::Recording(folder) if folder.folder == *"demo"));
    }
}
