//! Connected components by runs and union-find. The runs are the result: most questions about components need no
//! pixel painted.

use super::{Mask, Raster};
use std::ops::Range;

/// Which pixels count as touching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbours {
    /// Left, right, above, below.
    Four,
    /// The diagonals too.
    Eight,
}

/// Pixels of one row that follow each other and belong to one component.
#[derive(Debug, Clone)]
pub struct Run {
    /// The row.
    pub y: usize,
    /// Its columns.
    pub columns: Range<usize>,
    /// The component, numbered from 0 in the order of first pixels.
    pub component: usize,
}

/// The connected components of a raster.
#[derive(Debug, Clone)]
pub struct Components {
    width: usize,
    height: usize,
    /// All runs, row by row from the left.
    pub runs: Vec<Run>,
    /// How many components there are.
    pub count: usize,
}

/// Finds the connected components: pixels of one value that touch. The default value (`false`, 0) belongs to none.
pub fn label<T: Copy + PartialEq + Default>(
    raster: &Raster<T>,
    touching: Neighbours,
) -> Components {
    let reach = usize::from(touching == Neighbours::Eight);
    let mut runs: Vec<Run> = Vec::new();
    let mut kinds: Vec<T> = Vec::new();
    let mut above = 0..0;
    for y in 0..raster.height() {
        let first = runs.len();
        collect_runs(raster.row(y), y, &mut runs, &mut kinds);
        let mut candidate = above.start;
        for i in first..runs.len() {
            let Range { start, end } = runs[i].columns;
            while candidate < above.end && runs[candidate].columns.end + reach <= start {
                candidate += 1;
            }
            let mut over = candidate;
            while over < above.end && runs[over].columns.start < end + reach {
                if kinds[over] == kinds[i] {
                    join(&mut runs, over, i);
                }
                over += 1;
            }
        }
        above = first..runs.len();
    }
    numbered(raster.width(), raster.height(), runs)
}

/// While components grow, `component` of a run is the index of another run of the same one, or its own.
fn collect_runs<T: Copy + PartialEq + Default>(
    row: &[T],
    y: usize,
    runs: &mut Vec<Run>,
    kinds: &mut Vec<T>,
) {
    let mut from = 0;
    while from < row.len() {
        let kind = row[from];
        let to = from + alike(&row[from..], kind);
        if kind != T::default() {
            let component = runs.len();
            runs.push(Run {
                y,
                columns: from..to,
                component,
            });
            kinds.push(kind);
        }
        from = to;
    }
}

/// How many of the values follow each other from the first on that are of this kind; many at a time where they are.
fn alike<T: Copy + PartialEq>(values: &[T], kind: T) -> usize {
    let all = |many: &&[T; 16]| **many == [kind; 16];
    let whole = values.as_chunks().0.iter().take_while(all).count() * 16;
    let rest = values[whole..].iter().position(|value| *value != kind);
    rest.map_or(values.len(), |other| whole + other)
}

fn root(runs: &mut [Run], mut i: usize) -> usize {
    while runs[i].component != i {
        let grand = runs[runs[i].component].component;
        runs[i].component = grand;
        i = grand;
    }
    i
}

fn join(runs: &mut [Run], a: usize, b: usize) {
    let (a, b) = (root(runs, a), root(runs, b));
    let (low, high) = (a.min(b), a.max(b));
    runs[high].component = low;
}

/// Replaces the links between runs by numbers. A root stands before all others of its component.
fn numbered(width: usize, height: usize, mut runs: Vec<Run>) -> Components {
    let roots: Vec<usize> = (0..runs.len()).map(|i| root(&mut runs, i)).collect();
    let mut number = vec![0; runs.len()];
    let mut count = 0;
    for (i, root) in roots.into_iter().enumerate() {
        if root == i {
            number[i] = count;
            count += 1;
        }
        runs[i].component = number[root];
    }
    Components {
        width,
        height,
        runs,
        count,
    }
}

impl Components {
    /// Width and height of the raster that was labelled.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The pixels whose component is wanted; `wanted` has one entry a component.
    pub fn select(&self, wanted: &[bool]) -> Mask {
        let mut mask = Mask::filled(self.width, self.height, false);
        for run in self.runs.iter().filter(|run| wanted[run.component]) {
            mask.row_mut(run.y)[run.columns.clone()].fill(true);
        }
        mask
    }

    /// The components of which at least one run is a seed.
    pub fn with_run(&self, mut is_seed: impl FnMut(&Run) -> bool) -> Vec<bool> {
        let mut found = vec![false; self.count];
        for run in &self.runs {
            if !found[run.component] && is_seed(run) {
                found[run.component] = true;
            }
        }
        found
    }

    /// The components that own at least one pixel of `seeds`.
    pub fn touching(&self, seeds: &Mask) -> Vec<bool> {
        self.with_run(|run| seeds.row(run.y)[run.columns.clone()].contains(&true))
    }

    /// Pixels of each component.
    pub fn areas(&self) -> Vec<usize> {
        let mut areas = vec![0; self.count];
        for run in &self.runs {
            areas[run.component] += run.columns.len();
        }
        areas
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(rows: &[&str]) -> Mask {
        Mask::from_fn(rows[0].len(), rows.len(), |x, y| {
            rows[y].as_bytes()[x] == b'#'
        })
    }

    #[test]
    fn a_u_is_one_component_and_a_diagonal_depends() {
        let u = mask(&["#.#.#", "#.#..", "###.#"]);
        let four = label(&u, Neighbours::Four);
        assert_eq!(four.count, 3);
        assert_eq!(four.areas(), [7, 1, 1]);
        let diagonal = mask(&["#.", ".#"]);
        assert_eq!(label(&diagonal, Neighbours::Four).count, 2);
        assert_eq!(label(&diagonal, Neighbours::Eight).count, 1);
        let other = mask(&[".#", "#."]);
        assert_eq!(label(&other, Neighbours::Eight).count, 1);
    }

    #[test]
    fn selection_follows_the_seeds() {
        let two = mask(&["##..##", "##..##"]);
        let components = label(&two, Neighbours::Four);
        let seeds = mask(&[".....#", "......"]);
        let kept = components.select(&components.touching(&seeds));
        assert_eq!(kept.count(), 4);
        assert!(kept.at(4, 0) && !kept.at(0, 0));
        assert_eq!(components.areas(), [4, 4]);
    }

    #[test]
    fn values_alike_are_counted_up_to_the_first_other_wherever_it_stands() {
        for length in [1, 15, 16, 17, 33, 40] {
            assert_eq!(alike(&vec![7_u8; length], 7), length);
            for other in 0..length {
                let mut values = vec![7_u8; length];
                values[other] = 3;
                // what comes behind the first other does not count
                values.extend([7; 20]);
                let first = values.iter().position(|value| *value != 7);
                assert_eq!(Some(alike(&values, 7)), first, "{other} of {length}");
            }
        }
        assert_eq!(alike(&[], 7_u8), 0);
    }

    #[test]
    fn kinds_that_touch_stay_apart() {
        let kinds = Raster::from_fn(4, 2, |x, _| u8::from(x > 0) + u8::from(x > 1));
        let components = label(&kinds, Neighbours::Eight);
        assert_eq!(components.areas(), [2, 4]);
    }
}
