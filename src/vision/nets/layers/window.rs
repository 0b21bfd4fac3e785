//! The window that a convolution moves over its planes.

use super::map::Map;

/// Size, step and what is added around the planes, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Rows and columns.
    pub size: [usize; 2],
    /// From one place to the next, in both directions.
    pub stride: usize,
    /// Zeros above and to the left.
    pub before: [usize; 2],
    /// Zeros below and to the right.
    pub after: [usize; 2],
}

impl Window {
    /// Places in the window.
    pub fn area(&self) -> usize {
        self.size[0] * self.size[1]
    }

    /// Whether the layer looks at one pixel at a time.
    pub fn is_one_pixel(&self) -> bool {
        self.size == [1, 1] && self.stride == 1 && self.before == [0, 0] && self.after == [0, 0]
    }

    /// Rows and columns of the result.
    pub fn size_over(&self, seen: &Map) -> Result<[usize; 2], String> {
        let along = |axis: usize, length: usize| {
            let padded = length + self.before[axis] + self.after[axis];
            let room = padded.checked_sub(self.size[axis]);
            room.map(|room| room / self.stride + 1)
        };
        match (along(0, seen.height), along(1, seen.width)) {
            (Some(height), Some(width)) => Ok([height, width]),
            _ => Err("a plane is smaller than the window".to_owned()),
        }
    }

    /// What each place of the window sees as it moves: `[channels][window rows][window columns][height][width]`.
    pub fn lay_out(&self, seen: &Map, [height, width]: [usize; 2], to: &mut [f32]) {
        let places =
            |c: usize| (0..self.area()).map(move |k| [c, k / self.size[1], k % self.size[1]]);
        let places = (0..seen.channels).flat_map(places);
        for ([c, down, right], to) in places.zip(to.chunks_exact_mut((height * width).max(1))) {
            let plane = &seen.values[c * seen.area()..][..seen.area()];
            for (y, to) in to.chunks_exact_mut(width).enumerate() {
                let row = (y * self.stride + down).checked_sub(self.before[0]);
                let row = row.and_then(|y| plane.chunks_exact(seen.width).nth(y));
                match row {
                    Some(row) => self.lay_out_row(row, right, to),
                    None => to.fill(0.0),
                }
            }
        }
    }

    fn lay_out_row(&self, row: &[f32], right: usize, to: &mut [f32]) {
        // the first places hang over the left edge, the last ones over the right
        let outside = self.before[1].saturating_sub(right).div_ceil(self.stride);
        let outside = outside.min(to.len());
        let (left, inside) = to.split_at_mut(outside);
        left.fill(0.0);
        let start = outside * self.stride + right - self.before[1];
        let there = row.get(start..).unwrap_or(&[]);
        let count = there.len().div_ceil(self.stride).min(inside.len());
        let (inside, beyond) = inside.split_at_mut(count);
        match self.stride {
            1 => inside.copy_from_slice(&there[..count]),
            2 => every_second(there, inside),
            stride => {
                for (to, from) in inside.iter_mut().zip(there.iter().step_by(stride)) {
                    *to = *from;
                }
            }
        }
        beyond.fill(0.0);
    }
}

/// The stride of every larger window that the nets move, in a form that the processor takes eight at a time.
fn every_second(from: &[f32], to: &mut [f32]) {
    let (pairs, last) = from.as_chunks::<2>();
    for (to, pair) in to.iter_mut().zip(pairs) {
        *to = pair[0];
    }
    if let (Some(to), Some(last)) = (to.get_mut(pairs.len()), last.first()) {
        *to = *last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_sees_zeros_beyond_the_edge() {
        let seen = Map {
            channels: 1,
            height: 2,
            width: 3,
            values: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        };
        let window = Window {
            size: [1, 3],
            stride: 2,
            before: [0, 1],
            after: [0, 1],
        };
        assert_eq!(window.size_over(&seen), Ok([1, 2]));
        let mut to = vec![9.0; 6];
        window.lay_out(&seen, [1, 2], &mut to);
        // left, middle and right of each of the two places
        assert_eq!(to, [0.0, 2.0, 1.0, 3.0, 2.0, 0.0]);
    }

    #[test]
    fn a_plane_smaller_than_the_window_is_an_error() {
        let window = Window {
            size: [3, 3],
            stride: 1,
            before: [0, 0],
            after: [0, 0],
        };
        assert!(window.size_over(&Map::default()).is_err());
    }
}
