//! Layers that change numbers where they are: what bends the sums between the convolutions, sums and shares of planes.
#![expect(
    clippy::inline_always,
    reason = "only what is compiled into the dispatch is compiled for the processor's registers"
)]

use super::map::Map;
use crate::vision::nets::model::logistic;
use rten_simd::{Isa, SimdOp};

/// How the numbers change.
pub(super) enum Bend {
    /// No less than nothing.
    Rectify,
    /// Below nothing a share that each channel has learnt.
    RectifySoftly(Vec<f32>),
    /// Itself times how far it is on the way from -3 to 3.
    Swish,
    /// A probability.
    Squash,
    /// The sum with the other map.
    Add,
    /// Every plane times the other map's one number for it.
    Weigh,
}

impl Bend {
    /// Changes the map; the other one is what the layer takes besides, if it does.
    pub fn apply(&self, map: &mut Map, other: Option<&Map>) {
        let other = other.map_or(&[][..], |other| &other.values);
        match self {
            Self::Rectify => change(&mut map.values, |v| v.max(0.0)),
            Self::RectifySoftly(slopes) => {
                for (plane, &slope) in map.planes_mut().zip(slopes) {
                    // one of the two is zero: no branch for the processor to guess
                    change(plane, |v| v.max(0.0) + slope * v.min(0.0));
                }
            }
            Self::Swish => change(&mut map.values, |v| v * (v / 6.0 + 0.5).clamp(0.0, 1.0)),
            Self::Squash => change(&mut map.values, logistic),
            Self::Add => Added(&mut map.values, other).dispatch(),
            Self::Weigh => {
                for (plane, &weight) in map.planes_mut().zip(other) {
                    change(plane, |v| v * weight);
                }
            }
        }
    }
}

fn change(values: &mut [f32], to: impl Fn(f32) -> f32) {
    Changed(values, to).dispatch();
}

/// The same change to all numbers, as many at a time as the processor takes.
struct Changed<'a, F>(&'a mut [f32], F);

impl<F: Fn(f32) -> f32> SimdOp for Changed<'_, F> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for v in self.0 {
            *v = self.1(*v);
        }
    }
}

/// What is added to each number.
struct Added<'a>(&'a mut [f32], &'a [f32]);

impl SimdOp for Added<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for (v, other) in self.0.iter_mut().zip(self.1) {
            *v += other;
        }
    }
}
