//! Loops compiled for the widest registers of the processor that they run on.

use rten_simd::{Isa, SimdOp};

/// Does `work`, compiled once for each width of registers: one build runs everywhere, and as fast as it can. Nothing is
/// fused, so that every processor says the same.
///
/// Mark the closure `#[inline(always)]`, and what it calls in its loops: what stays a call of its own is compiled for
/// the oldest processor.
#[inline(always)]
pub(crate) fn vectored<R>(work: impl FnOnce() -> R) -> R {
    Vectored(work).dispatch()
}

struct Vectored<F>(F);

impl<R, F: FnOnce() -> R> SimdOp for Vectored<F> {
    type Output = R;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> R {
        (self.0)()
    }
}
