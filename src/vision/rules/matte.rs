//! The coarse matte, asked in frame pixels.

use crate::vision::raster::{Plane, stretched};

/// How much of each pixel is the person, on the model's small grid stretched over the frame.
pub(super) struct Matte<'a> {
    grid: &'a Plane,
    size: [f32; 2],
}

impl<'a> Matte<'a> {
    /// Of a grid that covers a frame of this size.
    pub fn over(grid: &'a Plane, size: [f32; 2]) -> Self {
        Self { grid, size }
    }

    /// 0 wall, 1 person; the edge is repeated outside.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let u = (x + 0.5) * self.grid.width() as f32 / self.size[0] - 0.5;
        let v = (y + 0.5) * self.grid.height() as f32 / self.size[1] - 0.5;
        let (x0, y0) = (u.floor(), v.floor());
        let (fx, fy) = (u - x0, v - y0);
        let corner =
            |dx: isize, dy: isize| self.grid.at_clamped(x0 as isize + dx, y0 as isize + dy);
        let upper = corner(0, 0) * (1.0 - fx) + corner(1, 0) * fx;
        let lower = corner(0, 1) * (1.0 - fx) + corner(1, 1) * fx;
        upper * (1.0 - fy) + lower * fy
    }

    /// The whole of it in another size.
    pub fn stretched(&self, width: usize, height: usize) -> Plane {
        stretched(self.grid, width, height)
    }

    /// The first frame row in which the person fills a tenth of the columns between the two; 0 if none does.
    pub fn top_between(&self, columns: [f32; 2]) -> f32 {
        const SAMPLES: usize = 60;
        let [left, right] = columns.map(|x| x.clamp(0.0, self.size[0] - 1.0));
        (0..self.size[1] as usize)
            .find(|&y| {
                let inside = (0..=SAMPLES)
                    .filter(|&i| {
                        self.at(left + (right - left) * i as f32 / SAMPLES as f32, y as f32) > 0.5
                    })
                    .count();
                inside * 10 > SAMPLES + 1
            })
            .unwrap_or(0) as f32
    }

    /// Where the person begins in a column below `from`, seen from the bottom edge; `None` outside the frame
    /// or when the column shows no shoulder.
    pub fn shoulder_at(&self, x: f32, from: f32) -> Option<f32> {
        let inside = x >= 2.0 && x < self.size[0] - 3.0;
        let is_wall = |y: usize| self.at(x.trunc(), y as f32) <= 0.5;
        let last_wall = (from as usize..self.size[1] as usize)
            .rev()
            .find(|&y| inside && is_wall(y))?;
        let edge = last_wall as f32 + 1.0;
        (edge < self.size[1] - 2.0).then_some(edge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of person: columns 64..192 of 256, rows 40.. down.
    fn block() -> Plane {
        Plane::from_fn(256, 256, |x, y| {
            if (64..192).contains(&x) && y >= 40 {
                1.0
            } else {
                0.0
            }
        })
    }

    #[test]
    fn the_top_and_the_shoulder_are_found_in_frame_pixels() {
        let grid = block();
        let matte = Matte::over(&grid, [512.0, 512.0]);
        assert!((matte.top_between([200.0, 300.0]) - 80.0).abs() <= 1.0);
        let shoulder = matte.shoulder_at(256.0, 10.0).unwrap();
        assert!((shoulder - 80.0).abs() <= 1.0);
        assert!(matte.at(256.0, 400.0) > 0.99 && matte.at(10.0, 400.0) < 0.01);
    }

    #[test]
    fn beside_the_person_and_outside_the_frame_there_is_no_shoulder() {
        let grid = block();
        let matte = Matte::over(&grid, [512.0, 512.0]);
        assert_eq!(matte.shoulder_at(20.0, 10.0), None);
        assert_eq!(matte.shoulder_at(-5.0, 10.0), None);
    }
}
