//! The face mesh: 478 points in a square region that follows the face's place, size and tilt.

use super::VisionError;
use super::detector::FoundFace;
use super::layers::ConvNet;
use super::model::logistic;
use crate::vision::Picture;
use crate::vision::face::POINTS;
use crate::vision::raster::crop_zero_padded;

const INPUT_PX: usize = 256;
/// The region is this much larger than the face in it.
const MARGIN: f32 = 1.5;

/// The points that the expression net wants, in its order.
#[rustfmt::skip]
pub(super) const EXPRESSION_POINTS: [usize; 146] = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80,
    81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153,
    154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251,
    263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318,
    321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386,
    387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
];

/// A turned square of the picture; the centre counts from the picture's corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    centre_px: [f32; 2],
    side_px: f32,
    tilt_rad: f32,
}

impl Region {
    /// The net is indifferent to a region this much off, as a share of its side ...
    const SETTLED_SHARE: f32 = 0.03;
    /// ... and by this tilt.
    const SETTLED_RAD: f32 = 0.02;

    /// Whether looking here once more would say the same as the look at `last`.
    pub(super) fn is_settled(&self, last: &Region) -> bool {
        let most = Self::SETTLED_SHARE * self.side_px;
        (self.centre_px[0] - last.centre_px[0]).abs() < most
            && (self.centre_px[1] - last.centre_px[1]).abs() < most
            && (self.side_px - last.side_px).abs() < most
            && (self.tilt_rad - last.tilt_rad).abs() < Self::SETTLED_RAD
    }
}

pub(super) fn region_of_detection(found: &FoundFace) -> Region {
    Region {
        centre_px: found.centre_px,
        side_px: found.size_px * MARGIN,
        tilt_rad: found.tilt_rad,
    }
}

/// The region that fits points already known: upright along the outer eye corners, around all of them.
pub(super) fn region_of(points: &[[f32; 3]]) -> Region {
    let (one, other) = (points[33], points[263]);
    let tilt = (other[1] - one[1]).atan2(other[0] - one[0]);
    let (sin, cos) = tilt.sin_cos();
    let mut low = [f32::INFINITY; 2];
    let mut high = [f32::NEG_INFINITY; 2];
    for [x, y, _] in points {
        for (axis, v) in [x * cos + y * sin, y * cos - x * sin]
            .into_iter()
            .enumerate()
        {
            low[axis] = low[axis].min(v);
            high[axis] = high[axis].max(v);
        }
    }
    let (u, v) = (
        f32::midpoint(low[0], high[0]),
        f32::midpoint(low[1], high[1]),
    );
    let side = (high[0] - low[0]).max(high[1] - low[1]) * MARGIN;
    Region {
        centre_px: [u * cos - v * sin + 0.5, u * sin + v * cos + 0.5],
        side_px: side,
        tilt_rad: tilt,
    }
}

pub(super) struct Landmarks {
    net: ConvNet,
}

impl Landmarks {
    pub(super) fn new(net: ConvNet) -> Self {
        Self { net }
    }

    /// The points (pixel centres at whole numbers; depth in the same unit) and the probability of a face.
    pub(super) fn in_region(
        &self,
        picture: &Picture,
        region: Region,
    ) -> Result<(Vec<[f32; 3]>, f32), VisionError> {
        // a lost track must not ask for a region of no or endless size
        let side = region
            .side_px
            .clamp(4.0, 4.0 * (picture.width() + picture.height()) as f32);
        let input = crop_zero_padded(picture, region.centre_px, side, region.tilt_rad, INPUT_PX);
        let outputs = self.net.run(&input)?;
        let presence = outputs.iter().find(|map| map.values.len() == 1);
        let presence = presence.map_or(0.0, |map| logistic(map.values[0]));
        let raw = self.net.output_of(&outputs, [POINTS * 3, 1, 1])?;
        let (sin, cos) = region.tilt_rad.sin_cos();
        let step = side / INPUT_PX as f32;
        let half = INPUT_PX as f32 / 2.0;
        let place = |[x, y, z]: &[f32; 3]| {
            let (dx, dy) = ((x - half) * step, (y - half) * step);
            let x = region.centre_px[0] + dx * cos - dy * sin - 0.5;
            [x, region.centre_px[1] + dx * sin + dy * cos - 0.5, z * step]
        };
        Ok((
            raw.values.as_chunks::<3>().0.iter().map(place).collect(),
            presence,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_turns_with_the_face() {
        let mut points = vec![[100.0, 100.0, 0.0]; POINTS];
        points[33] = [80.0, 80.0, 0.0];
        points[263] = [120.0, 120.0, 0.0];
        let region = region_of(&points);
        assert!((region.tilt_rad.to_degrees() - 45.0).abs() < 1e-3);
        assert!(
            (region.centre_px[0] - 100.5).abs() < 1e-3
                && (region.centre_px[1] - 100.5).abs() < 1e-3
        );
        assert!((region.side_px - 1.5 * 40.0 * 2.0_f32.sqrt()).abs() < 1e-2);
    }
}
