//! The face as points: in the frame, and upright in the canonical square in which the rules measure.
//!
//! The canonical square is 512 x 512 with the irises 100 px apart and their middle at (256, 208), so that
//! lengths are free of size and tilt. No pixel is read here.

pub(super) use crate::vision::face::OVAL;
use crate::vision::raster::Affine;
use crate::vision::{Expressions, Face};

/// Side of the canonical square.
pub(super) const SIDE: usize = 512;
/// Distance of the irises in it.
const IRISES_PX: f32 = 100.0;
/// Where the middle of the eyes lies in it.
pub(super) const EYES: [f32; 2] = [256.0, 208.0];
/// The limits of the recipe were set on frames of this height; larger pictures are measured shrunk to it.
pub(super) const FRAME_HEIGHT: f32 = 720.0;

/// The lids of the eye at the picture's left, and at its right.
pub(super) const EYELIDS: [[usize; 16]; 2] = [
    [
        33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7,
    ],
    [
        263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249,
    ],
];
/// The outer edge of the lips.
pub(super) const LIPS: [usize; 20] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
];
/// The inner edge of the lips.
pub(super) const MOUTH: [usize; 20] = [
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
];
/// A patch on each cheek.
pub(super) const CHEEKS: [[usize; 7]; 2] = [
    [117, 118, 101, 36, 205, 187, 123],
    [346, 347, 330, 266, 425, 411, 352],
];
/// A patch on the forehead between the brows.
pub(super) const FOREHEAD: [usize; 6] = [108, 107, 9, 336, 337, 151];
/// Upper edges of the brows.
const BROWS: [usize; 8] = [105, 66, 107, 63, 334, 296, 336, 293];
/// The edges of the face at the height of the eyes; the face width is measured between them.
pub(super) const EDGES: [usize; 2] = [234, 454];
/// The tip of the chin.
pub(super) const CHIN: usize = 152;
/// The iris centres.
pub(super) const IRISES: [usize; 2] = [468, 473];

/// The measured face.
pub(super) struct Mesh<'a> {
    /// Points in frame pixels, depth in the same unit.
    pub frame: Vec<[f32; 3]>,
    /// Points in the canonical square.
    pub upright: Vec<[f32; 2]>,
    /// Frame width and height in pixels.
    pub size: [f32; 2],
    /// Middle of the irises in the frame.
    pub eyes: [f32; 2],
    /// Distance of the irises in the frame.
    pub irises_px: f32,
    /// Angle of the iris line, clockwise in the picture.
    pub roll_rad: f32,
    /// Face width in the frame.
    pub face_px: f32,
    /// Face width in the canonical square.
    pub face: f32,
    /// Eye middle to chin in the canonical square.
    pub chin: f32,
    /// Upper edge of the brows in the canonical square.
    pub brows: f32,
    /// Frame pixels of one picture pixel (1 or less).
    pub shrunk_by: f32,
    /// What the face shows.
    pub expressions: &'a Expressions,
    source: &'a Face,
}

/// Width and height of the frame that a picture of this size is measured as, and frame pixels of one picture pixel.
pub(super) fn frame_size(width: usize, height: usize) -> ([f32; 2], f32) {
    let shrunk_by = (FRAME_HEIGHT / height as f32).min(1.0);
    let size = [width, height].map(|v| (v as f32 * shrunk_by).round());
    (size, shrunk_by)
}

impl<'a> Mesh<'a> {
    /// Of a face found in a picture of this size; `None` if its points are not finite or have no extent.
    pub fn of(
        source: &'a Face,
        expressions: &'a Expressions,
        width: usize,
        height: usize,
    ) -> Option<Self> {
        if source.points().iter().flatten().any(|v| !v.is_finite()) {
            return None;
        }
        let (size, shrunk_by) = frame_size(width, height);
        let frame: Vec<[f32; 3]> = source
            .points()
            .iter()
            .map(|p| p.map(|v| v * shrunk_by))
            .collect();
        let [left, right] = IRISES.map(|i| frame[i]);
        let (dx, dy) = (right[0] - left[0], right[1] - left[1]);
        let irises_px = dx.hypot(dy);
        if irises_px < 4.0 {
            return None;
        }
        let mut mesh = Self {
            upright: Vec::new(),
            size,
            eyes: [
                f32::midpoint(left[0], right[0]),
                f32::midpoint(left[1], right[1]),
            ],
            irises_px,
            roll_rad: dy.atan2(dx),
            face_px: 0.0,
            face: 0.0,
            chin: 0.0,
            brows: 0.0,
            shrunk_by,
            expressions,
            source,
            frame,
        };
        mesh.measure();
        (mesh.face > 1.0 && mesh.chin > 1.0).then_some(mesh)
    }

    fn measure(&mut self) {
        let upright = self.to_upright();
        self.upright = self
            .frame
            .iter()
            .map(|p| {
                upright
                    .apply([f64::from(p[0]), f64::from(p[1])])
                    .map(|v| v as f32)
            })
            .collect();
        self.face = self.between(EDGES[0], EDGES[1]);
        self.face_px = self.face / self.zoom();
        self.chin = self.upright[CHIN][1] - EYES[1];
        self.brows = BROWS
            .iter()
            .map(|&i| self.upright[i][1])
            .fold(f32::MAX, f32::min);
    }

    /// Canonical pixels of one frame pixel.
    pub fn zoom(&self) -> f32 {
        IRISES_PX / self.irises_px
    }

    /// From the frame into the canonical square.
    pub fn to_upright(&self) -> Affine {
        let angle = f64::from(-self.roll_rad);
        let zoom = f64::from(self.zoom());
        let turned = Affine::turn_scale_shift(angle, zoom, [0.0, 0.0]);
        let eyes = turned.apply(self.eyes.map(f64::from));
        Affine::turn_scale_shift(
            angle,
            zoom,
            [f64::from(EYES[0]) - eyes[0], f64::from(EYES[1]) - eyes[1]],
        )
    }

    /// Distance of two points in the canonical square.
    pub fn between(&self, a: usize, b: usize) -> f32 {
        let ([ax, ay], [bx, by]) = (self.upright[a], self.upright[b]);
        (ax - bx).hypot(ay - by)
    }

    /// These points in the canonical square.
    pub fn outline(&self, ids: &[usize]) -> Vec<[f32; 2]> {
        ids.iter().map(|&i| self.upright[i]).collect()
    }

    /// One point in pixels of the picture itself, not shrunk.
    pub fn native(&self, i: usize) -> [f32; 2] {
        self.source.point(i)
    }

    /// The widest gap between the inner lips.
    pub fn lip_gap(&self) -> f32 {
        [(13, 14), (82, 87), (312, 317), (81, 178), (311, 402)]
            .iter()
            .map(|&(a, b)| self.between(a, b))
            .fold(0.0, f32::max)
    }
}
