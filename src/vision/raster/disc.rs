//! The largest value within a disc.

use super::Plane;
use crate::vision::vectored;

/// The largest value within a disc. Row by row, windows grow outwards and are laid on the rows they reach.
pub fn disc_maximum(plane: &Plane, radius: usize) -> Plane {
    vectored(
        #[inline(always)]
        move || {
            let (w, h) = (plane.width(), plane.height());
            let mut result = Plane::filled(w, h, 0.0);
            let half_width =
                |dy: usize| ((radius * radius - dy * dy) as f32).sqrt().round() as usize;
            let mut window = vec![0.0_f32; w];
            for y in 0..h {
                let row = plane.row(y);
                window.copy_from_slice(row);
                for half in 0..=radius {
                    if half > 0 {
                        for (wide, v) in window[half..].iter_mut().zip(row) {
                            *wide = wide.max(*v);
                        }
                        for (wide, v) in window.iter_mut().zip(&row[half.min(w)..]) {
                            *wide = wide.max(*v);
                        }
                    }
                    for dy in (0..=radius).filter(|dy| half_width(*dy) == half) {
                        lay(&mut result, &window, y.checked_sub(dy));
                        lay(
                            &mut result,
                            &window,
                            (dy > 0 && y + dy < h).then_some(y + dy),
                        );
                    }
                }
            }
            result
        },
    )
}

#[inline(always)]
fn lay(result: &mut Plane, window: &[f32], y: Option<usize>) {
    if let Some(y) = y {
        for (r, v) in result.row_mut(y).iter_mut().zip(window) {
            *r = r.max(*v);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maximum_reaches_as_far_as_the_disc() {
        let mut point = Plane::filled(41, 41, 0.0);
        point.row_mut(20)[20] = 1.0;
        let grown = disc_maximum(&point, 6);
        assert!(grown.at(26, 20) > 0.5 && grown.at(20, 14) > 0.5 && grown.at(24, 24) > 0.5);
        assert!(grown.at(27, 20) < 0.5 && grown.at(25, 25) < 0.5);
    }
}
