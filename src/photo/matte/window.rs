//! How the pixels of one patch differ from the wall, each for itself and in its 3 x 3 mean.

use super::band::Patch;
use super::key::minus;
use crate::vision::raster::{Colours, Stretching};
use crate::vision::vectored;

/// The differences of one patch with a pixel around it, and their 3 x 3 means.
#[derive(Default)]
pub struct Window {
    first_row: usize,
    width: usize,
    differences: Vec<[f32; 3]>,
    means: Vec<[f32; 3]>,
}

impl Window {
    /// Reads a patch.
    pub fn fill(&mut self, patch: &Patch, image: &Colours, walls: &mut Stretching<'_, [f32; 3]>) {
        let (rows, columns) = (patch.rows.clone(), patch.columns.clone());
        let (from, to) = (
            columns.start.saturating_sub(1),
            (columns.end + 1).min(image.width()),
        );
        let lead = 1 - (columns.start - from);
        self.first_row = rows.start;
        self.width = columns.len() + 2;
        self.differences.clear();
        for k in 0..rows.len() + 2 {
            let y = (rows.start + k).saturating_sub(1).min(image.height() - 1);
            let wall = walls.part(y, from..to);
            let pixels = image.row(y)[from..to].iter().zip(wall);
            let begins = self.differences.len();
            self.differences.resize(begins + lead, [0.0; 3]);
            self.differences.extend(pixels.map(|(i, b)| minus(*i, *b)));
            self.differences.resize(begins + self.width, [0.0; 3]);
            if lead > 0 {
                self.differences[begins] = self.differences[begins + 1];
            }
            if to == columns.end {
                self.differences[begins + self.width - 1] =
                    self.differences[begins + self.width - 2];
            }
        }
        self.average(rows.len());
    }

    fn average(&mut self, rows: usize) {
        let w = self.width;
        let mut sums = vec![0.0_f32; w * 3];
        self.means.clear();
        self.means.resize(rows * (w - 2), [0.0; 3]);
        let (differences, means) = (self.differences.as_flattened(), &mut self.means);
        vectored(
            #[inline(always)]
            move || {
                for (k, means) in means.chunks_exact_mut(w - 2).enumerate() {
                    let row = |j: usize| &differences[(k + j) * w * 3..(k + j + 1) * w * 3];
                    for (((s, a), b), c) in sums.iter_mut().zip(row(0)).zip(row(1)).zip(row(2)) {
                        *s = a + b + c;
                    }
                    let beside = sums.iter().zip(&sums[3..]).zip(&sums[6..]);
                    for (mean, ((left, middle), right)) in
                        means.as_flattened_mut().iter_mut().zip(beside)
                    {
                        *mean = (left + middle + right) / 9.0;
                    }
                }
            },
        );
    }

    /// The differences of a row of the patch.
    pub fn differences(&self, y: usize) -> &[[f32; 3]] {
        let begins = (y - self.first_row + 1) * self.width + 1;
        &self.differences[begins..begins + self.width - 2]
    }

    /// Their means.
    pub fn means(&self, y: usize) -> &[[f32; 3]] {
        let begins = (y - self.first_row) * (self.width - 2);
        &self.means[begins..begins + self.width - 2]
    }
}
