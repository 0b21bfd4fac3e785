//! Which of a camera's formats is asked for.

use nokhwa::utils::{CameraFormat, FrameFormat};

/// Full HD: enough for a 480x640 photo of a bust, and what webcams compress in time.
const LARGEST_WIDTH_PX: u32 = 1920;
const LARGEST_HEIGHT_PX: u32 = 1080;
/// Below this the live view feels like a slide show and guidance comes late.
const FLUENT_FPS: u32 = 15;

/// The usable formats, the best first: fluent before slow, then compressed before raw (raw at full size
/// does not fit through USB 2), then large before small, then fast before slow.
///
/// A list and not one: nokhwa lists some rates that the camera then refuses.
pub(super) fn by_preference(formats: &[CameraFormat]) -> Vec<CameraFormat> {
    let mut usable: Vec<CameraFormat> = formats.iter().copied().filter(is_usable).collect();
    usable.sort_by_key(|format| std::cmp::Reverse(worth(format)));
    usable.dedup();
    usable
}

fn is_usable(format: &CameraFormat) -> bool {
    let understood = matches!(format.format(), FrameFormat::MJPEG | FrameFormat::YUYV);
    let (width, height) = (format.width(), format.height());
    // odd widths do not exist in 4:2:2, and nothing below VGA gives a face enough pixels
    understood
        && width.is_multiple_of(2)
        && (640..=LARGEST_WIDTH_PX).contains(&width)
        && (480..=LARGEST_HEIGHT_PX).contains(&height)
}

fn worth(format: &CameraFormat) -> (bool, bool, u32, u32) {
    // a rate beyond 30 brings nothing here and costs light: prefer exactly 30
    let pace = if format.frame_rate() > 30 {
        1
    } else {
        format.frame_rate()
    };
    (
        format.frame_rate() >= FLUENT_FPS,
        format.format() == FrameFormat::MJPEG,
        format.width() * format.height(),
        pace,
    )
}

#[cfg(test)]
mod tests {
    use nokhwa::utils::Resolution;

    use super::*;

    fn format(width: u32, height: u32, fourcc: FrameFormat, fps: u32) -> CameraFormat {
        CameraFormat::new(Resolution::new(width, height), fourcc, fps)
    }

    #[test]
    fn full_hd_jpeg_at_thirty() {
        use FrameFormat::{MJPEG, NV12, YUYV};
        let order = by_preference(&[
            format(640, 480, YUYV, 30),
            format(1920, 1080, YUYV, 5),
            format(3840, 2160, MJPEG, 30),
            format(1920, 1080, NV12, 30),
            format(1280, 720, MJPEG, 30),
            format(1920, 1080, MJPEG, 15),
            format(1920, 1080, MJPEG, 60),
            format(1920, 1080, MJPEG, 30),
            format(320, 240, MJPEG, 30),
        ]);
        assert_eq!(order.first(), Some(&format(1920, 1080, MJPEG, 30)));
        assert_eq!(order.get(1), Some(&format(1920, 1080, MJPEG, 15)));
        assert_eq!(order.get(2), Some(&format(1920, 1080, MJPEG, 60)));
        assert_eq!(order.get(3), Some(&format(1280, 720, MJPEG, 30)));
        assert_eq!(order.last(), Some(&format(1920, 1080, YUYV, 5)));
        assert_eq!(order.len(), 6);
    }

    #[test]
    fn a_slow_full_size_yields_to_a_fluent_smaller_one() {
        use FrameFormat::MJPEG;
        let order = by_preference(&[format(1920, 1080, MJPEG, 10), format(1280, 720, MJPEG, 30)]);
        assert_eq!(order.first(), Some(&format(1280, 720, MJPEG, 30)));
    }
}
