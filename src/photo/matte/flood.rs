//! What of the picture is the person by connection: what wall cannot be reached from the edges without crossing it.

use super::key::Key;
use crate::vision::raster::{Mask, Neighbours, Raster, label};

/// The wall touches the sides in this upper share of the rows.
const SIDE_SHARE: f32 = 0.9;

/// What is not reachable as wall from the top or the sides, and hangs together with the core.
pub fn flooded(key: &Key) -> Mask {
    let (w, h) = (key.core.width(), key.core.height());
    let side_rows = (h as f32 * SIDE_SHARE) as usize;
    let wall = label(&key.like_wall, Neighbours::Four);
    let reached = wall.with_run(|run| {
        run.y == 0 || (run.y < side_rows && (run.columns.start == 0 || run.columns.end == w))
    });
    let unreached = wall.select(&reached).map(|reached| !reached);
    let person = label(&unreached, Neighbours::Eight);
    person.select(&person.touching(&key.core))
}

/// The flooded outline, softened like an optical edge: 0..1 in 81 steps.
pub fn softened(foreground: &Mask) -> Raster<u8> {
    let (w, h) = (foreground.width(), foreground.height());
    let bytes = foreground.map(u8::from);
    // the weights sum up to 9, so nothing here ever saturates; plain sums are checked one by one
    let weigh = |a: u8, b: u8, c: u8, d: u8, e: u8| {
        let [near, all] = [[b, d], [a, e]].map(|[one, other]| one.saturating_add(other));
        let middle = c.saturating_add(c).saturating_add(c);
        near.saturating_add(near)
            .saturating_add(middle)
            .saturating_add(all)
    };
    let mut down = Raster::filled(w, h, 0_u8);
    for y in 0..h {
        let row = |off: usize| bytes.row((y + off).saturating_sub(2).min(h - 1));
        let rows = row(0)
            .iter()
            .zip(row(1))
            .zip(row(2))
            .zip(row(3))
            .zip(row(4));
        for (o, ((((a, b), c), d), e)) in down.row_mut(y).iter_mut().zip(rows) {
            *o = weigh(*a, *b, *c, *d, *e);
        }
    }
    let mut padded = vec![0; w + 4];
    for y in 0..h {
        let row = down.row_mut(y);
        padded[2..w + 2].copy_from_slice(row);
        let (first, last) = (row[0], row[w - 1]);
        padded[..2].fill(first);
        padded[w + 2..].fill(last);
        for (i, o) in row.iter_mut().enumerate() {
            let t = &padded[i..i + 5];
            *o = weigh(t[0], t[1], t[2], t[3], t[4]);
        }
    }
    down
}

/// The largest value of [`softened`].
pub const WHOLE_OUTLINE: f32 = 81.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::matte::key::Purity;
    use crate::vision::raster::Plane;

    #[test]
    fn softening_keeps_inside_and_outside_and_halves_the_edge() {
        let soft = softened(&Mask::from_fn(20, 12, |x, _| x >= 10));
        assert_eq!((soft.at(3, 5), soft.at(16, 0)), (0, 81));
        assert_eq!(soft.at(9, 5) + soft.at(10, 5), 81);
    }

    #[test]
    fn wall_shut_in_by_the_person_is_not_reached() {
        let like_wall = Mask::from_fn(30, 30, |x, y| {
            !(8..22).contains(&x) || y < 8 || ((12..18).contains(&x) && (12..18).contains(&y))
        });
        let key = Key {
            core: Mask::from_fn(30, 30, |x, y| (x, y) == (10, 25)),
            dark: Plane::filled(30, 30, 0.5),
            purity: [0, 1].map(|_| Purity::none((1, 1))),
            zone_y: 20.0,
            like_wall,
        };
        let person = flooded(&key);
        assert!(person.at(15, 15) && person.at(10, 10) && !person.at(3, 20) && !person.at(15, 3));
    }
}
