//! Other sizes of the same raster, pixel centres at half units: area means going down, bilinear going up.

use super::{Colours, Raster, Sample, add_row};
use crate::vision::Picture;
use crate::vision::vectored;
use std::ops::Range;

/// The share of source pixel `first + i` in one target pixel.
struct Cover {
    first: usize,
    shares: Vec<f32>,
}

fn covers(from: usize, to: usize) -> Vec<Cover> {
    let step = from as f64 / to as f64;
    (0..to)
        .map(|i| {
            let (a, b) = (i as f64 * step, ((i + 1) as f64 * step).min(from as f64));
            let (first, last) = (a.floor() as usize, (b.ceil() as usize).clamp(1, from));
            let share = |p: usize| ((b.min((p + 1) as f64) - a.max(p as f64)) / (b - a)) as f32;
            let first = first.min(last - 1);
            Cover {
                first,
                shares: (first..last).map(share).collect(),
            }
        })
        .collect()
}

/// Area means: every target pixel is the mean of what it covers. For making smaller.
pub fn shrunk<T: Sample>(source: &Raster<T>, width: usize, height: usize) -> Raster<T> {
    shrunk_rows(
        source.width(),
        source.height(),
        width,
        height,
        |y, share, sum| add_row(sum, share, T::flat(source.row(y))),
    )
}

/// Area means of a picture as colours 0..1.
pub fn shrink_picture(source: &Picture, width: usize, height: usize) -> Colours {
    let stride = source.width() * 3;
    shrunk_rows(
        source.width(),
        source.height(),
        width,
        height,
        |y, share, sum| {
            let share = share / 255.0;
            let row = &source.rgb()[y * stride..(y + 1) * stride];
            vectored(
                #[inline(always)]
                move || {
                    for (s, v) in sum.iter_mut().zip(row) {
                        *s += share * f32::from(*v);
                    }
                },
            );
        },
    )
}

/// `add(y, share, sum)` adds row `y`, times `share`, to the running sum.
fn shrunk_rows<T: Sample>(
    from_width: usize,
    from_height: usize,
    width: usize,
    height: usize,
    mut add: impl FnMut(usize, f32, &mut [f32]),
) -> Raster<T> {
    let c = T::CHANNELS;
    let (columns, rows) = (covers(from_width, width), covers(from_height, height));
    let mut result = Raster::filled(width, height, T::default());
    let mut sum = vec![0.0; from_width * c];
    for (y, cover) in rows.iter().enumerate() {
        sum.fill(0.0);
        for (i, share) in cover.shares.iter().enumerate() {
            add(cover.first + i, *share, &mut sum);
        }
        across(&sum, &columns, T::flat_mut(result.row_mut(y)), c);
    }
    result
}

/// One summed row, column by column.
fn across(sum: &[f32], columns: &[Cover], out: &mut [f32], channels: usize) {
    if channels == 3 {
        let (sum, _) = sum.as_chunks::<3>();
        for (pixel, cover) in out.as_chunks_mut::<3>().0.iter_mut().zip(columns) {
            for ([r, g, b], share) in sum[cover.first..].iter().zip(&cover.shares) {
                pixel[0] += share * r;
                pixel[1] += share * g;
                pixel[2] += share * b;
            }
        }
        return;
    }
    for (pixel, cover) in out.chunks_exact_mut(channels).zip(columns) {
        let covered = sum[cover.first * channels..].chunks_exact(channels);
        for (covered, share) in covered.zip(&cover.shares) {
            for (p, v) in pixel.iter_mut().zip(covered) {
                *p += share * v;
            }
        }
    }
}

/// Where a target pixel lies between two source pixels.
#[derive(Clone, Copy)]
struct Between {
    low: usize,
    high: usize,
    part: f32,
}

fn betweens(from: usize, to: usize) -> Vec<Between> {
    let step = from as f32 / to as f32;
    (0..to)
        .map(|i| {
            let position = ((i as f32 + 0.5) * step - 0.5).clamp(0.0, (from - 1) as f32);
            let low = position.floor() as usize;
            Between {
                low,
                high: (low + 1).min(from - 1),
                part: position - low as f32,
            }
        })
        .collect()
}

/// Bilinear interpolation. For making larger, or a little smaller.
pub fn stretched<T: Sample>(source: &Raster<T>, width: usize, height: usize) -> Raster<T> {
    let mut rows = Stretching::new(source, width, height);
    let mut result = Raster::filled(width, height, T::default());
    for y in 0..height {
        result.row_mut(y).copy_from_slice(rows.part(y, 0..width));
    }
    result
}

/// Source rows that are kept stretched: a pass that looks one row back and one ahead finds them all.
const KEPT_ROWS: usize = 4;

/// A raster seen larger (or a little smaller) by bilinear interpolation, a part of a row at a time: for passes that
/// need each part once and the whole never.
pub struct Stretching<'a, T> {
    source: &'a Raster<T>,
    columns: Columns,
    rows: Vec<Between>,
    kept: [Vec<T>; KEPT_ROWS],
    /// Which row is kept there, and which of its chunks.
    held: [(usize, Range<usize>); KEPT_ROWS],
    out: Vec<T>,
}

impl<'a, T: Sample> Stretching<'a, T> {
    /// `source` as if it were `width` x `height`.
    pub fn new(source: &'a Raster<T>, width: usize, height: usize) -> Self {
        let columns = Columns::new(source.width(), width);
        Self {
            source,
            rows: betweens(source.height(), height),
            kept: std::array::from_fn(|_| vec![T::default(); width + columns.chunk()]),
            held: std::array::from_fn(|_| (usize::MAX, 0..0)),
            out: vec![T::default(); width],
            columns,
        }
    }

    /// The pixels `columns` of row `y`.
    pub fn part(&mut self, y: usize, columns: Range<usize>) -> &[T] {
        let Between { low, high, part } = self.rows[y];
        if (self.source.width(), self.source.height()) == (self.out.len(), self.rows.len()) {
            return &self.source.row(y)[columns];
        }
        let lead = self.columns.lead();
        let seen = columns.start + lead..columns.end + lead;
        self.keep(low, &seen);
        self.keep(high, &seen);
        let out = T::flat_mut(&mut self.out[columns.clone()]);
        let upper = T::flat(&self.kept[low % KEPT_ROWS][seen.clone()]);
        let lower = T::flat(&self.kept[high % KEPT_ROWS][seen]);
        vectored(
            #[inline(always)]
            move || {
                for ((o, a), b) in out.iter_mut().zip(upper).zip(lower) {
                    *o = a + (b - a) * part;
                }
            },
        );
        &self.out[columns]
    }

    /// Stretches what is missing of the row's pixels, in whole chunks.
    fn keep(&mut self, row: usize, seen: &Range<usize>) {
        let chunk = self.columns.chunk();
        let wanted = seen.start / chunk..seen.end.div_ceil(chunk);
        let (held, there) = &mut self.held[row % KEPT_ROWS];
        if *held != row || Range::is_empty(there) {
            (*held, *there) = (row, wanted.start..wanted.start);
        }
        let left = wanted.start..there.start;
        let right = there.end..wanted.end;
        for missing in [left, right]
            .into_iter()
            .filter(|missing| !missing.is_empty())
        {
            (there.start, there.end) = (there.start.min(missing.start), there.end.max(missing.end));
            let out = &mut self.kept[row % KEPT_ROWS][missing.start * chunk..missing.end * chunk];
            self.columns.stretch(self.source.row(row), missing, out);
        }
    }
}

/// How a row is stretched, in chunks of pixels that lie between the same two.
enum Columns {
    /// Twice or four times as long: so many pixels between any two, and half as many before the first and after the
    /// last.
    Twice,
    FourTimes,
    /// Of any other length, pixel by pixel.
    Any(Vec<Between>),
}

impl Columns {
    fn new(from: usize, to: usize) -> Self {
        match to {
            _ if to == 2 * from => Self::Twice,
            _ if to == 4 * from => Self::FourTimes,
            _ => Self::Any(betweens(from, to)),
        }
    }

    /// Pixels of a chunk.
    fn chunk(&self) -> usize {
        match self {
            Self::Twice => 2,
            Self::FourTimes => 4,
            Self::Any(_) => 1,
        }
    }

    /// Pixels of the first chunk that lie before the row.
    fn lead(&self) -> usize {
        self.chunk() / 2
    }

    /// Writes these chunks of the stretched row.
    fn stretch<T: Sample>(&self, source: &[T], chunks: Range<usize>, out: &mut [T]) {
        match self {
            Self::Twice => spread::<T, 2>(source, chunks, out),
            Self::FourTimes => spread::<T, 4>(source, chunks, out),
            Self::Any(betweens) => {
                for (pixel, Between { low, high, part }) in out.iter_mut().zip(&betweens[chunks]) {
                    *pixel = between(source[*low], source[*high], *part);
                }
            }
        }
    }
}

fn between<T: Sample>(low: T, high: T, part: f32) -> T {
    low.plus(high.plus(low.times(-1.0)).times(part))
}

/// Chunk `k` lies between the source's pixels `k - 1` and `k`; the first and the last beyond its ends.
fn spread<T: Sample, const N: usize>(source: &[T], chunks: Range<usize>, out: &mut [T]) {
    let between = chunks.start.max(1)..chunks.end.min(source.len());
    let before = between.start - chunks.start;
    let (out, _) = out.as_chunks_mut::<N>();
    out[..before].fill([source[0]; N]);
    out[before + between.len()..].fill([source[source.len() - 1]; N]);
    let (source, out) = (
        &source[between.start - 1..],
        &mut out[before..before + between.len()],
    );
    let parts: [f32; N] = std::array::from_fn(|k| (k as f32 + 0.5) / N as f32);
    vectored(
        #[inline(always)]
        move || {
            for (chunk, pair) in out.iter_mut().zip(source.windows(2)) {
                let (low, high) = (pair[0], pair[1]);
                let difference = high.plus(low.times(-1.0));
                for (pixel, part) in chunk.iter_mut().zip(parts) {
                    *pixel = low.plus(difference.times(part));
                }
            }
        },
    );
}

/// The nearest source pixel, for labels and masks.
pub fn nearest<T: Copy>(source: &Raster<T>, width: usize, height: usize) -> Raster<T> {
    let pick = |i: usize, from: usize, to: usize| (i * from / to).min(from - 1);
    Raster::from_fn(width, height, |x, y| {
        source.at(
            pick(x, source.width(), width),
            pick(y, source.height(), height),
        )
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the values are exact by construction")]
mod tests {
    use super::*;
    use crate::vision::raster::Plane;

    #[test]
    fn area_means_keep_the_mean_at_odd_factors() {
        let source = Plane::from_fn(17, 11, |x, y| ((x * 5 + y * 3) % 7) as f32);
        let mean = |p: &Plane| p.values().iter().sum::<f32>() / p.values().len() as f32;
        assert!((mean(&source) - mean(&shrunk(&source, 5, 4))).abs() < 1e-4);
    }

    #[test]
    fn halving_is_the_mean_of_four() {
        let source = Plane::from_fn(4, 2, |x, y| (x + 4 * y) as f32);
        assert_eq!(shrunk(&source, 2, 1).values(), [2.5, 4.5]);
    }

    #[test]
    fn stretching_keeps_a_ramp_straight() {
        let ramp = Raster::from_fn(8, 6, |x, y| [x as f32, y as f32, 1.0]);
        let large = stretched(&ramp, 16, 18);
        let [x, y, one] = large.at(7, 10);
        assert!((x - 3.25).abs() < 1e-5 && (y - 3.0).abs() < 1e-5 && (one - 1.0).abs() < 1e-6);
        assert_eq!(large.at(0, 0), [0.0, 0.0, 1.0]);
    }

    #[test]
    fn parts_agree_with_the_whole_in_any_order() {
        let source = Plane::from_fn(9, 7, |x, y| ((x * 5 + y * 11) % 13) as f32);
        let whole = stretched(&source, 36, 28);
        let mut rows = Stretching::new(&source, 36, 28);
        for y in [4, 5, 3, 6, 20, 2, 27, 0] {
            assert_eq!(rows.part(y, 5..31), &whole.row(y)[5..31]);
        }
    }

    #[test]
    fn twice_and_four_times_say_the_same_as_pixel_by_pixel() {
        let source = Raster::from_fn(9, 7, |x, y| {
            let v = ((x * 5 + y * 11) % 13) as f32;
            [v, 0.3 * v, 7.0 - v]
        });
        for factor in [2, 4] {
            let (width, height) = (9 * factor, 7 * factor);
            let large = stretched(&source, width, height);
            let (columns, rows) = (betweens(9, width), betweens(7, height));
            for (y, down) in rows.iter().enumerate() {
                for (x, across) in columns.iter().enumerate() {
                    let of = |row| {
                        let [low, high] = [across.low, across.high].map(|x| source.at(x, row));
                        between(low, high, across.part)
                    };
                    assert_eq!(
                        large.at(x, y),
                        between(of(down.low), of(down.high), down.part)
                    );
                }
            }
        }
    }

    #[test]
    fn nearest_takes_no_new_value() {
        let labels = Raster::from_fn(3, 3, |x, y| x + 3 * y);
        assert_eq!(nearest(&labels, 6, 6).at(5, 5), 8);
    }
}
