//! Connected components by runs and union-find.

use super::{Mask, Raster};

/// Which pixels count as touching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbours {
    /// Left, right, above, below.
    Four,
    /// The diagonals too.
    Eight,
}

/// Every pixel's component: 0 is unset, 1.. are the components in the order of their first pixel.
#[derive(Debug, Clone)]
pub struct Labels {
    /// The component of each pixel.
    pub of: Raster<u32>,
    /// How many numbers are in use, the 0 included.
    pub count: usize,
}

struct Run {
    y: usize,
    from: usize,
    to: usize,
    parent: usize,
}

/// Numbers the connected components of a mask.
pub fn label(mask: &Mask, touching: Neighbours) -> Labels {
    let reach = usize::from(touching == Neighbours::Eight);
    let mut runs: Vec<Run> = Vec::new();
    let mut above = 0..0;
    for y in 0..mask.height() {
        let first = runs.len();
        collect_runs(mask.row(y), y, &mut runs);
        let mut candidate = above.start;
        for i in first..runs.len() {
            let (from, to) = (runs[i].from, runs[i].to);
            while candidate < above.end && runs[candidate].to + reach <= from {
                candidate += 1;
            }
            let mut over = candidate;
            while over < above.end && runs[over].from < to + reach {
                join(&mut runs, over, i);
                over += 1;
            }
        }
        above = first..runs.len();
    }
    paint(mask, &mut runs)
}

fn collect_runs(row: &[bool], y: usize, runs: &mut Vec<Run>) {
    let mut x = 0;
    while x < row.len() {
        if row[x] {
            let from = x;
            while x < row.len() && row[x] {
                x += 1;
            }
            let own = runs.len();
            runs.push(Run {
                y,
                from,
                to: x,
                parent: own,
            });
        } else {
            x += 1;
        }
    }
}

fn root(runs: &mut [Run], mut i: usize) -> usize {
    while runs[i].parent != i {
        let grand = runs[runs[i].parent].parent;
        runs[i].parent = grand;
        i = grand;
    }
    i
}

fn join(runs: &mut [Run], a: usize, b: usize) {
    let (a, b) = (root(runs, a), root(runs, b));
    let (low, high) = (a.min(b), a.max(b));
    runs[high].parent = low;
}

fn paint(mask: &Mask, runs: &mut [Run]) -> Labels {
    let mut of = Raster::filled(mask.width(), mask.height(), 0_u32);
    let mut number = vec![0_u32; runs.len()];
    let mut count = 1;
    for i in 0..runs.len() {
        let top = root(runs, i);
        if number[top] == 0 {
            number[top] = count as u32;
            count += 1;
        }
        let run = &runs[i];
        of.row_mut(run.y)[run.from..run.to].fill(number[top]);
    }
    Labels { of, count }
}

impl Labels {
    /// The pixels whose component is wanted; `wanted` has one entry a number.
    pub fn select(&self, wanted: &[bool]) -> Mask {
        self.of.map(|l| wanted[l as usize])
    }

    /// The components that own at least one pixel of `seeds`; never the 0.
    pub fn touching(&self, seeds: &Mask) -> Vec<bool> {
        let mut found = vec![false; self.count];
        for (l, seed) in self.of.values().iter().zip(seeds.values()) {
            if *seed {
                found[*l as usize] = true;
            }
        }
        found[0] = false;
        found
    }

    /// Pixels of each number.
    pub fn areas(&self) -> Vec<usize> {
        let mut areas = vec![0; self.count];
        for l in self.of.values() {
            areas[*l as usize] += 1;
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
        assert_eq!(four.count, 4);
        assert_eq!(four.of.at(0, 0), four.of.at(2, 0));
        assert_ne!(four.of.at(0, 0), four.of.at(4, 0));
        let diagonal = mask(&["#.", ".#"]);
        assert_eq!(label(&diagonal, Neighbours::Four).count, 3);
        assert_eq!(label(&diagonal, Neighbours::Eight).count, 2);
        let other = mask(&[".#", "#."]);
        assert_eq!(label(&other, Neighbours::Eight).count, 2);
    }

    #[test]
    fn selection_follows_the_seeds() {
        let two = mask(&["##..##", "##..##"]);
        let labels = label(&two, Neighbours::Four);
        let seeds = mask(&[".....#", "......"]);
        let kept = labels.select(&labels.touching(&seeds));
        assert_eq!(kept.count(), 4);
        assert!(kept.at(4, 0) && !kept.at(0, 0));
        assert_eq!(labels.areas(), [4, 4, 4]);
    }
}
