//! Convolutions in which every channel sees every other: matrix products.
//!
//! A product of `[outputs x inputs]` weights with `[inputs x pixels]` planes is the layer itself where the window is one
//! pixel. A larger window is first laid out, one row for each place in it.

use super::map::{Map, Spare};
use super::window::Window;
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_tensor::NdTensorView;

/// The product with its weights, laid out as the processor wants them.
pub(super) struct Dense {
    weights: PackedAMatrix<f32>,
    bias: Vec<f32>,
    window: Window,
}

impl Dense {
    /// Weights count `[outputs][inputs][window rows][window columns]`.
    pub fn new(weights: &[f32], bias: Vec<f32>, window: Window) -> Self {
        let each = weights.len() / bias.len().max(1);
        let packed = GemmExecutor::<f32>::default()
            .prepack_a(NdTensorView::from_data([bias.len(), each], weights));
        Self {
            weights: packed,
            bias,
            window,
        }
    }

    /// The layer's result; the message of the product where sizes do not fit.
    pub fn run(&self, seen: &Map, spare: &mut Spare) -> Result<Map, String> {
        let [height, width] = self.window.size_over(seen)?;
        let mut out = spare.map(self.bias.len(), height, width);
        if self.window.is_one_pixel() {
            self.multiply(seen.channels, &seen.values, &mut out)?;
        } else {
            let rows = seen.channels * self.window.area();
            let mut laid_out = spare.numbers(rows * height * width);
            self.window.lay_out(seen, [height, width], &mut laid_out);
            self.multiply(rows, &laid_out, &mut out)?;
            spare.keep_numbers(laid_out);
        }
        Ok(out)
    }

    fn multiply(&self, rows: usize, seen: &[f32], out: &mut Map) -> Result<(), String> {
        let seen = NdTensorView::from_data([rows, out.area()], seen);
        let options = GemmOptions {
            bias: Some(BiasVector::Column(&self.bias)),
            ..GemmOptions::default()
        };
        let (weights, seen) = (
            GemmInputA::Packed(&self.weights),
            GemmInputB::Unpacked(seen),
        );
        GemmExecutor::default()
            .gemm(&mut out.values, weights, seen, options)
            .map_err(|e| e.to_string())
    }
}
