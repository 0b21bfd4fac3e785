//! Filled polygons, as the places of their pixels.

/// The pixels of a filled polygon in a raster of this size, row by row, each once. Corners are rounded to
/// pixels and the edge belongs to the polygon, so that a slit of an eye is not empty.
pub fn polygon(corners: &[[f32; 2]], width: usize, height: usize) -> Vec<usize> {
    let corners: Vec<[i32; 2]> = corners
        .iter()
        .map(|c| c.map(|v| v.round().clamp(-9e3, 9e3) as i32))
        .collect();
    let Some(first) = corners.first() else {
        return Vec::new();
    };
    let (low, high) = corners.iter().fold((*first, *first), |(low, high), c| {
        (
            [low[0].min(c[0]), low[1].min(c[1])],
            [high[0].max(c[0]), high[1].max(c[1])],
        )
    });
    let mut row = vec![false; (high[0] - low[0] + 1) as usize];
    let mut places = Vec::new();
    for y in low[1].max(0)..=high[1].min(height as i32 - 1) {
        row.fill(false);
        mark_inside(&corners, y, low[0], &mut row);
        mark_edges(&corners, y, low[0], &mut row);
        let start = y as usize * width;
        let inside = row
            .iter()
            .enumerate()
            .filter(|(_, set)| **set)
            .map(|(i, _)| i as i32 + low[0]);
        places.extend(
            inside
                .filter(|x| (0..width as i32).contains(x))
                .map(|x| start + x as usize),
        );
    }
    places
}

/// Even-odd filling of one row.
fn mark_inside(corners: &[[i32; 2]], y: i32, left: i32, row: &mut [bool]) {
    let mut crossings: Vec<f32> = edges(corners)
        .filter(|(a, b)| (a[1] <= y) != (b[1] <= y))
        .map(|(a, b)| a[0] as f32 + (y - a[1]) as f32 * (b[0] - a[0]) as f32 / (b[1] - a[1]) as f32)
        .collect();
    crossings.sort_by(f32::total_cmp);
    for pair in crossings.chunks_exact(2) {
        let (from, to) = (pair[0].ceil() as i32 - left, pair[1].floor() as i32 - left);
        for x in from.max(0)..=to {
            if let Some(set) = row.get_mut(x as usize) {
                *set = true;
            }
        }
    }
}

/// What the edges themselves cover of one row: where they run within half a pixel of it.
fn mark_edges(corners: &[[i32; 2]], y: i32, left: i32, row: &mut [bool]) {
    for (a, b) in edges(corners) {
        let (upper, lower) = if a[1] <= b[1] { (a, b) } else { (b, a) };
        if y < upper[1] || y > lower[1] {
            continue;
        }
        let rise = (lower[1] - upper[1]) as f32;
        let at = |y: f32| {
            if rise == 0.0 {
                upper[0] as f32
            } else {
                upper[0] as f32 + (y - upper[1] as f32) * (lower[0] - upper[0]) as f32 / rise
            }
        };
        let from = at((y as f32 - 0.5).max(upper[1] as f32));
        let to = if rise == 0.0 {
            lower[0] as f32
        } else {
            at((y as f32 + 0.5).min(lower[1] as f32))
        };
        let (from, to) = (
            from.min(to).round() as i32 - left,
            from.max(to).round() as i32 - left,
        );
        for x in from.max(0)..=to {
            if let Some(set) = row.get_mut(x as usize) {
                *set = true;
            }
        }
    }
}

fn edges(corners: &[[i32; 2]]) -> impl Iterator<Item = ([i32; 2], [i32; 2])> + '_ {
    corners
        .iter()
        .zip(corners.iter().cycle().skip(1))
        .map(|(a, b)| (*a, *b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_holds_its_edge() {
        let places = polygon(&[[2.0, 1.0], [4.0, 1.0], [4.0, 3.0], [2.0, 3.0]], 10, 10);
        assert_eq!(places, [12, 13, 14, 22, 23, 24, 32, 33, 34]);
    }

    #[test]
    fn a_slit_is_not_empty_and_the_raster_ends_it() {
        assert_eq!(polygon(&[[0.0, 2.0], [5.0, 2.0]], 4, 4), [8, 9, 10, 11]);
        assert!(polygon(&[[-9.0, -9.0], [-1.0, -9.0], [-1.0, -1.0]], 4, 4).is_empty());
        assert!(polygon(&[], 4, 4).is_empty());
    }

    #[test]
    fn a_hollow_shape_stays_hollow() {
        let u = [
            [0.0, 0.0],
            [2.0, 0.0],
            [2.0, 6.0],
            [6.0, 6.0],
            [6.0, 0.0],
            [8.0, 0.0],
            [8.0, 8.0],
            [0.0, 8.0],
        ];
        let places = polygon(&u, 9, 9);
        assert!(
            !places.contains(&(3 * 9 + 4))
                && places.contains(&(7 * 9 + 4))
                && places.contains(&(3 * 9 + 1))
        );
    }
}
