//! The tone of the capture, measured and recorded. Nothing is corrected: colours reach the photo as the camera gave
//! them, and the record says what they were and that every gain was one.

use crate::vision::raster::{median, polygon};
use crate::vision::{Face, Picture};
use serde::{Deserialize, Serialize};

/// The colours of wall and skin in the capture, and what was done about them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tone {
    /// Median colour inside the face's outline, 0..1.
    pub face_rgb: [f32; 3],
    /// Factor applied to every channel alike; 1 is none.
    pub exposure_gain: f32,
    /// Factors applied to red, green and blue; 1 is none.
    pub white_balance_gain: [f32; 3],
}

impl Tone {
    /// Measures; changes nothing.
    pub fn measure(capture: &Picture, face: &Face) -> Self {
        Self {
            face_rgb: median_inside(capture, face),
            exposure_gain: 1.0,
            white_balance_gain: [1.0; 3],
        }
    }
}

fn median_inside(capture: &Picture, face: &Face) -> [f32; 3] {
    let pixels = capture.rgb().as_chunks::<3>().0;
    let inside = polygon(&face.oval(), capture.width(), capture.height());
    let skin: Vec<[u8; 3]> = inside
        .into_iter()
        .step_by(7)
        .filter_map(|i| pixels.get(i).copied())
        .collect();
    [0, 1, 2].map(|c: usize| {
        let mut values: Vec<f32> = skin.iter().map(|p| f32::from(p[c]) / 255.0).collect();
        median(&mut values).unwrap_or(0.0)
    })
}
