//! A polygon as a mask.

use super::Mask;

/// The pixels whose centre lies inside the polygon (even-odd), on a raster of the given size.
pub fn polygon(width: usize, height: usize, corners: &[[f32; 2]]) -> Mask {
    let mut mask = Mask::filled(width, height, false);
    let mut crossings = Vec::new();
    for y in 0..height {
        crossings.clear();
        let line = y as f32;
        for (a, b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
            if (a[1] <= line) != (b[1] <= line) {
                crossings.push(a[0] + (line - a[1]) / (b[1] - a[1]) * (b[0] - a[0]));
            }
        }
        crossings.sort_by(f32::total_cmp);
        for pair in crossings.as_chunks::<2>().0 {
            let from = pair[0].ceil().clamp(0.0, width as f32) as usize;
            let to = (pair[1].floor() + 1.0).clamp(from as f32, width as f32) as usize;
            mask.row_mut(y)[from..to].fill(true);
        }
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_its_area_and_is_cut_at_the_border() {
        let square = [[2.0, 1.0], [7.5, 1.0], [7.5, 5.0], [2.0, 5.0]];
        assert_eq!(polygon(20, 20, &square).count(), 6 * 4);
        assert_eq!(polygon(5, 20, &square).count(), 3 * 4);
        assert_eq!(polygon(4, 4, &[]).count(), 0);
    }
}
