//! The face as it stands after a turn of the capture, and how far down the capture reaches below it.

use crate::vision::raster::Affine;
use crate::vision::{Face, Picture, face::place};

/// The face after a turn about the capture's origin.
pub struct Upright {
    /// From the capture to upright pixels.
    pub turn: Affine,
    /// Width between the cheeks' edges.
    pub face_width: f64,
    /// Middle between the cheeks' edges.
    pub centre_x: f64,
    /// Row of the eyes.
    pub eye_y: f64,
    /// Row of the chin.
    pub chin_y: f64,
}

impl Upright {
    /// Turns the face so that `rest_deg` of its tilt remain.
    pub fn new(face: &Face, turned_deg: f64) -> Self {
        let turn = Affine::turn_scale_shift(-turned_deg.to_radians(), 1.0, [0.0, 0.0]);
        let at = |i: usize| turn.apply(face.point(i).map(f64::from));
        let (right, left) = (at(place::RIGHT_CHEEK_EDGE), at(place::LEFT_CHEEK_EDGE));
        Self {
            face_width: left[0] - right[0],
            centre_x: f64::midpoint(left[0], right[0]),
            eye_y: turn.apply(face.eye_middle().map(f64::from))[1],
            chin_y: at(place::CHIN)[1],
            turn,
        }
    }

    /// Row of the capture's lower edge under a photo of half this width, at its higher corner.
    pub fn lower_edge(&self, capture: &Picture, half_width: f64) -> f64 {
        let back = self.turn.inverse();
        let corner = |x: f64| {
            let [source_x, _] = back.apply([x, self.eye_y]);
            let source_x = source_x.clamp(0.0, capture.width() as f64);
            self.turn.apply([source_x, capture.height() as f64 - 0.5])[1]
        };
        corner(self.centre_x - half_width).min(corner(self.centre_x + half_width))
    }
}
