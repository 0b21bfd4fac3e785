//! A measured face: 478 points by the names that rules and geometry use.
//!
//! Left and right are the person's own; in a picture that is not mirrored the person's right lies on the left.

/// Points of the mesh: 468 of the skin, five for each iris.
pub const POINTS: usize = 478;

/// Places of the mesh by name.
pub mod place {
    #![expect(missing_docs, reason = "the names say it")]
    pub const RIGHT_IRIS: usize = 468;
    pub const LEFT_IRIS: usize = 473;
    pub const RIGHT_EYE_OUTER: usize = 33;
    pub const RIGHT_EYE_INNER: usize = 133;
    pub const LEFT_EYE_INNER: usize = 362;
    pub const LEFT_EYE_OUTER: usize = 263;
    pub const RIGHT_CHEEK_EDGE: usize = 234;
    pub const LEFT_CHEEK_EDGE: usize = 454;
    pub const FOREHEAD_TOP: usize = 10;
    pub const CHIN: usize = 152;
    pub const NOSE_TIP: usize = 1;
    pub const MOUTH_RIGHT: usize = 61;
    pub const MOUTH_LEFT: usize = 291;
    pub const UPPER_LIP_INNER: usize = 13;
    pub const LOWER_LIP_INNER: usize = 14;
}

/// The outline of the face, from the forehead round by the person's left.
pub const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// The points of one face in a picture and what they say at once.
#[derive(Clone, PartialEq)]
pub struct Face {
    points: Vec<[f32; 3]>,
    presence: f32,
}

impl std::fmt::Debug for Face {
    /// Its presence only: the points of a face are the student's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face(presence {:.2})", self.presence)
    }
}

impl Face {
    /// `points` are padded or cut to [`POINTS`].
    pub(super) fn new(mut points: Vec<[f32; 3]>, presence: f32) -> Self {
        points.resize(POINTS, [0.0; 3]);
        Self { points, presence }
    }

    /// The face where a map without a slant takes it; `scale` is the map's.
    #[must_use]
    pub fn moved(&self, map: impl Fn([f32; 2]) -> [f32; 2], scale: f32) -> Self {
        let mut face = self.clone();
        for [x, y, depth] in &mut face.points {
            [*x, *y] = map([*x, *y]);
            *depth *= scale;
        }
        face
    }

    /// All points: x and y in pixels of the picture (pixel centres at whole numbers), depth in the same unit.
    pub fn points(&self) -> &[[f32; 3]] {
        &self.points
    }

    /// One point in the picture, by its [`place`].
    pub fn point(&self, place: usize) -> [f32; 2] {
        let [x, y, _] = self.points[place];
        [x, y]
    }

    /// One point with its depth, by its [`place`].
    pub fn point_in_depth(&self, place: usize) -> [f32; 3] {
        self.points[place]
    }

    /// Probability that the points lie on a face.
    pub fn presence(&self) -> f32 {
        self.presence
    }

    /// Middle between the irises.
    pub fn eye_middle(&self) -> [f32; 2] {
        middle(self.point(place::RIGHT_IRIS), self.point(place::LEFT_IRIS))
    }

    /// Distance of the irises in pixels.
    pub fn iris_distance_px(&self) -> f32 {
        distance(self.point(place::RIGHT_IRIS), self.point(place::LEFT_IRIS))
    }

    /// Width between the cheeks' edges in pixels.
    pub fn width_px(&self) -> f32 {
        distance(
            self.point(place::RIGHT_CHEEK_EDGE),
            self.point(place::LEFT_CHEEK_EDGE),
        )
    }

    /// Middle between the cheeks' edges.
    pub fn centre(&self) -> [f32; 2] {
        middle(
            self.point(place::RIGHT_CHEEK_EDGE),
            self.point(place::LEFT_CHEEK_EDGE),
        )
    }

    /// Tilt of the line through the irises in degrees, clockwise in the picture.
    pub fn roll_deg(&self) -> f32 {
        let (right, left) = (self.point(place::RIGHT_IRIS), self.point(place::LEFT_IRIS));
        (left[1] - right[1]).atan2(left[0] - right[0]).to_degrees()
    }

    /// Turn of the head in degrees, the mean of two readings of one angle: the mesh's depth, and how far the nose
    /// has moved between the face's edges.
    pub fn yaw_deg(&self) -> f32 {
        let (right, left) = (
            self.points[place::RIGHT_CHEEK_EDGE],
            self.points[place::LEFT_CHEEK_EDGE],
        );
        let by_depth = (left[2] - right[2])
            .atan2((left[0] - right[0]).hypot(left[1] - right[1]))
            .to_degrees();
        let along = [
            (left[0] - right[0]) / self.width_px().max(1e-3),
            (left[1] - right[1]) / self.width_px().max(1e-3),
        ];
        let nose = self.point(place::NOSE_TIP);
        let from_right =
            ((nose[0] - right[0]) * along[0] + (nose[1] - right[1]) * along[1]).max(1.0);
        let to_left = (self.width_px() - from_right).max(1.0);
        f32::midpoint(by_depth, 22.0 * (from_right / to_left).ln())
    }

    /// The outline of the face as a polygon.
    pub fn oval(&self) -> Vec<[f32; 2]> {
        OVAL.iter().map(|i| self.point(*i)).collect()
    }
}

fn middle(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    [f32::midpoint(a[0], b[0]), f32::midpoint(a[1], b[1])]
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the values are exact by construction")]
mod tests {
    use super::*;

    #[test]
    fn named_points_measure_the_face() {
        let mut points = vec![[0.0; 3]; POINTS];
        points[place::RIGHT_IRIS] = [40.0, 50.0, 0.0];
        points[place::LEFT_IRIS] = [80.0, 50.0, 0.0];
        points[place::RIGHT_CHEEK_EDGE] = [10.0, 60.0, 0.0];
        points[place::LEFT_CHEEK_EDGE] = [110.0, 60.0, 0.0];
        points[place::NOSE_TIP] = [60.0, 70.0, 0.0];
        let face = Face::new(points, 0.9);
        assert_eq!(face.eye_middle(), [60.0, 50.0]);
        assert_eq!((face.width_px(), face.roll_deg()), (100.0, 0.0));
        assert!(face.yaw_deg().abs() < 1e-4);
        assert_eq!(format!("{face:?}"), "Face(presence 0.90)");
    }
}
