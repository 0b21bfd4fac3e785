//! Which of a camera's formats is asked for.

use nokhwa::utils::{CameraFormat, FrameFormat};

/// Below this the live view feels like a slide show and guidance comes late.
const FLUENT_FPS: u32 = 15;
/// Below this a person cannot be guided at all.
const BEARABLE_FPS: u32 = 8;
/// A rate beyond this brings nothing here and costs light.
const FULL_FPS: u32 = 30;
/// Fewer lines than this leave a face too few pixels for a good photo.
const GOOD_HEIGHT_PX: u32 = 720;

/// The usable formats, the best first: good and fluent before others, bearable before slow, compressed
/// before raw (raw at full size does not fit through USB 2), the largest within the preferred size, then
/// the smallest beyond it, and the full rate.
///
/// A list and not one: nokhwa lists some rates that the camera then refuses.
pub(super) fn by_preference(
    formats: &[CameraFormat],
    preferred_px: (u32, u32),
) -> Vec<CameraFormat> {
    let mut usable: Vec<CameraFormat> = formats.iter().copied().filter(is_usable).collect();
    usable.sort_by_key(|format| std::cmp::Reverse(worth(format, preferred_px)));
    usable.dedup();
    usable
}

fn is_usable(format: &CameraFormat) -> bool {
    let understood = matches!(format.format(), FrameFormat::MJPEG | FrameFormat::YUYV);
    // odd widths do not exist in 4:2:2
    understood
        && format.width().is_multiple_of(2)
        && format.width() >= 640
        && format.height() >= 480
}

fn worth(format: &CameraFormat, preferred_px: (u32, u32)) -> impl Ord + use<> {
    let (fps, area) = (format.frame_rate(), format.width() * format.height());
    let within = format.width() <= preferred_px.0 && format.height() <= preferred_px.1;
    let size = if within { area } else { u32::MAX - area };
    let pace = if fps > FULL_FPS { 1 } else { fps };
    let is_good = format.height() >= GOOD_HEIGHT_PX && fps >= FLUENT_FPS;
    let is_jpeg = format.format() == FrameFormat::MJPEG;
    (is_good, fps >= BEARABLE_FPS, is_jpeg, within, size, pace)
}

#[cfg(test)]
mod tests {
    use FrameFormat::{MJPEG, NV12, YUYV};
    use nokhwa::utils::Resolution;

    use super::*;

    const FULL_HD: (u32, u32) = (1920, 1080);

    fn format(width: u32, height: u32, fourcc: FrameFormat, fps: u32) -> CameraFormat {
        CameraFormat::new(Resolution::new(width, height), fourcc, fps)
    }

    #[test]
    fn full_hd_jpeg_at_thirty() {
        let order = by_preference(
            &[
                format(640, 480, YUYV, 30),
                format(1920, 1080, YUYV, 5),
                format(3840, 2160, MJPEG, 30),
                format(1920, 1080, NV12, 30),
                format(1280, 720, MJPEG, 30),
                format(1920, 1080, MJPEG, 15),
                format(1920, 1080, MJPEG, 60),
                format(1920, 1080, MJPEG, 30),
                format(320, 240, MJPEG, 30),
            ],
            FULL_HD,
        );
        let wanted = [
            format(1920, 1080, MJPEG, 30),
            format(1920, 1080, MJPEG, 15),
            format(1920, 1080, MJPEG, 60),
            format(1280, 720, MJPEG, 30),
            format(3840, 2160, MJPEG, 30),
            format(640, 480, YUYV, 30),
            format(1920, 1080, YUYV, 5),
        ];
        assert_eq!(order, wanted);
    }

    #[test]
    fn a_slow_full_size_yields_to_a_fluent_smaller_one() {
        let order = by_preference(
            &[format(1920, 1080, MJPEG, 10), format(1280, 720, MJPEG, 30)],
            FULL_HD,
        );
        assert_eq!(order.first(), Some(&format(1280, 720, MJPEG, 30)));
    }

    #[test]
    fn without_jpeg_pixels_count_more_than_pace_while_it_is_bearable() {
        let raw = [
            format(640, 480, YUYV, 30),
            format(1280, 720, YUYV, 10),
            format(1920, 1080, YUYV, 5),
        ];
        let order = by_preference(&raw, FULL_HD);
        assert_eq!(order, [raw[1], raw[0], raw[2]]);
    }

    #[test]
    fn the_preferred_size_bounds_the_choice() {
        let sizes = [format(1920, 1080, MJPEG, 30), format(1280, 720, MJPEG, 30)];
        assert_eq!(by_preference(&sizes, (1600, 900)).first(), Some(&sizes[1]));
        assert_eq!(
            by_preference(&sizes, (640, 480)).first(),
            Some(&sizes[1]),
            "the smallest beyond"
        );
    }
}
