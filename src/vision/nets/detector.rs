//! BlazeFace, short range: every face of a picture as a box with its tilt.

use super::VisionError;
use super::layers::{ConvNet, Map};
use super::model::logistic;
use crate::vision::Picture;
use crate::vision::raster::crop_zero_padded;

const INPUT_PX: usize = 128;
/// Its grids: cells a side, and boxes about the middle of each.
const LEVELS: [(usize, usize); 2] = [(16, 2), (8, 6)];
/// Numbers a box: place, size and six key points.
const REGRESSION: usize = 16;
/// A detection counts from this probability.
const SCORE_LIMIT: f32 = 0.5;
/// Two boxes nearer than this share of the larger one's size are the same face.
const SAME_FACE: f32 = 0.5;
/// Pictures at least this much longer than short are looked at twice where no face is seen.
const LOOK_AGAIN_FROM_ASPECT: f32 = 1.2;

/// A face as the detector sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundFace {
    /// Middle of the box, in pixels from the picture's upper left corner.
    pub centre_px: [f32; 2],
    /// Side of the square box (brows to mouth, roughly) in pixels.
    pub size_px: f32,
    /// Probability that it is a face.
    pub score: f32,
    /// Tilt of the line through the eyes in radians, clockwise in the picture.
    pub tilt_rad: f32,
}

impl FoundFace {
    /// Whether a point lies within the box.
    pub fn holds(&self, [x, y]: [f32; 2]) -> bool {
        let reach = self.size_px * 0.75;
        (x - self.centre_px[0]).abs() < reach && (y - self.centre_px[1]).abs() < reach
    }

    fn same_as(&self, other: &FoundFace) -> bool {
        let reach = SAME_FACE * self.size_px.max(other.size_px);
        (0..2).all(|axis| (self.centre_px[axis] - other.centre_px[axis]).abs() < reach)
    }
}

pub(super) struct Detector {
    net: ConvNet,
}

impl Detector {
    pub(super) fn new(net: ConvNet) -> Self {
        Self { net }
    }

    /// All faces, the largest first. In a wide picture a face an arm's length away is small for the net; where it sees
    /// none, the middle is looked at once more, larger.
    pub(super) fn find(&self, picture: &Picture) -> Result<Vec<FoundFace>, VisionError> {
        let (long, short) = (
            picture.width().max(picture.height()) as f32,
            picture.width().min(picture.height()) as f32,
        );
        let found = self.find_in_square(picture, long)?;
        if found.is_empty() && long > LOOK_AGAIN_FROM_ASPECT * short {
            return self.find_in_square(picture, short);
        }
        Ok(found)
    }

    /// The faces in the square of this side about the picture's middle.
    fn find_in_square(&self, picture: &Picture, side: f32) -> Result<Vec<FoundFace>, VisionError> {
        let (w, h) = (picture.width() as f32, picture.height() as f32);
        let square = crop_zero_padded(picture, [w / 2.0, h / 2.0], side, 0.0, INPUT_PX);
        let outputs = self
            .net
            .run(&square.map(|colour| colour.map(|v| v * 2.0 - 1.0)))?;
        let to_picture =
            |[x, y]: [f32; 2]| [w / 2.0 + (x - 0.5) * side, h / 2.0 + (y - 0.5) * side];
        let mut found = Vec::new();
        for (cells, anchors) in LEVELS {
            let scores = self.net.output_of(&outputs, [anchors, cells, cells])?;
            let boxes = [anchors * REGRESSION, cells, cells];
            let boxes = self.net.output_of(&outputs, boxes)?;
            found.extend(candidates(boxes, scores, side, to_picture));
        }
        Ok(distinct(found))
    }
}

/// What one level saw: in every cell of its grid several boxes about the cell's middle, each with its score.
fn candidates(
    boxes: &Map,
    scores: &Map,
    side: f32,
    to_picture: impl Fn([f32; 2]) -> [f32; 2],
) -> impl Iterator<Item = FoundFace> {
    let cells = scores.area();
    let sure = scores
        .values
        .iter()
        .map(|score| logistic(*score))
        .enumerate();
    let sure = sure.filter(|(_, score)| *score >= SCORE_LIMIT);
    sure.map(move |(i, score)| {
        let (which, cell) = (i / cells, i % cells);
        let [ax, ay] = middle(cell, scores.width);
        let number =
            |k: usize| boxes.values[(which * REGRESSION + k) * cells + cell] / INPUT_PX as f32;
        let point = |k: usize| to_picture([number(k) + ax, number(k + 1) + ay]);
        let (one_eye, other_eye) = (point(4), point(6));
        FoundFace {
            centre_px: point(0),
            size_px: number(2).max(number(3)) * side,
            score,
            tilt_rad: (other_eye[1] - one_eye[1]).atan2(other_eye[0] - one_eye[0]),
        }
    })
}

/// The middle of a cell, 0..1.
fn middle(cell: usize, cells: usize) -> [f32; 2] {
    let along = |i: usize| (i as f32 + 0.5) / cells as f32;
    [along(cell % cells), along(cell / cells)]
}

/// The surest of each heap of overlapping boxes; the largest of what is left comes first.
fn distinct(mut all: Vec<FoundFace>) -> Vec<FoundFace> {
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<FoundFace> = Vec::new();
    for face in all {
        if !kept.iter().any(|other| face.same_as(other)) {
            kept.push(face);
        }
    }
    kept.sort_by(|a, b| b.size_px.total_cmp(&a.size_px));
    kept
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the values are exact by construction")]
mod tests {
    use super::*;

    fn face(x: f32, size_px: f32, score: f32) -> FoundFace {
        FoundFace {
            centre_px: [x, 50.0],
            size_px,
            score,
            tilt_rad: 0.0,
        }
    }

    #[test]
    fn overlapping_boxes_are_one_face_and_the_largest_leads() {
        let kept = distinct(vec![
            face(50.0, 40.0, 0.8),
            face(54.0, 44.0, 0.9),
            face(200.0, 90.0, 0.7),
        ]);
        assert_eq!(
            kept.iter().map(|f| f.size_px).collect::<Vec<_>>(),
            [90.0, 44.0]
        );
    }

    #[test]
    fn cells_cover_the_picture() {
        assert_eq!(middle(0, 16), [0.031_25, 0.031_25]);
        assert_eq!(middle(16 * 16 - 1, 16), [0.968_75, 0.968_75]);
        assert_eq!(middle(8, 8), [0.0625, 0.1875]);
    }
}
