//! One model: numbers in, numbers out.

use super::VisionError;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{AsView, Tensor};
use std::sync::Arc;

/// A loaded model with one input.
pub(super) struct Net {
    name: &'static str,
    model: Model,
    input: NodeId,
    outputs: Vec<NodeId>,
    pool: Arc<ThreadPool>,
}

impl Net {
    pub(super) fn load(
        name: &'static str,
        bytes: &'static [u8],
        pool: &Arc<ThreadPool>,
    ) -> Result<Self, VisionError> {
        let model = ModelOptions::with_all_ops()
            .enable_optimization(true)
            .prepack_weights(true)
            .load_static_slice(bytes)
            .map_err(|e| VisionError::Load {
                name,
                reason: e.to_string(),
            })?;
        let input = model.input_ids().first().copied();
        let input = input.ok_or_else(|| VisionError::Load {
            name,
            reason: "it has no input".to_owned(),
        })?;
        let outputs = model.output_ids().to_vec();
        Ok(Self {
            name,
            model,
            input,
            outputs,
            pool: Arc::clone(pool),
        })
    }

    /// Every output as bare numbers, in the model's order.
    pub(super) fn run(
        &self,
        shape: &[usize],
        input: Vec<f32>,
    ) -> Result<Vec<Vec<f32>>, VisionError> {
        let tensor = Tensor::from_data(shape, input);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let given = vec![(self.input, ValueOrView::from(tensor.view()))];
        let values = self
            .model
            .run(given, &self.outputs, Some(options))
            .map_err(|e| self.failed(&e.to_string()))?;
        values
            .into_iter()
            .map(|value| self.numbers(value))
            .collect()
    }

    fn numbers(&self, value: Value) -> Result<Vec<f32>, VisionError> {
        let tensor: Tensor<f32> = value
            .try_into()
            .map_err(|_| self.failed("an output is not of numbers"))?;
        Ok(tensor.to_vec())
    }

    /// The output that has `length` numbers.
    pub(super) fn output_of(
        &self,
        outputs: Vec<Vec<f32>>,
        length: usize,
    ) -> Result<Vec<f32>, VisionError> {
        let found = outputs.into_iter().find(|o| o.len() == length);
        found.ok_or_else(|| self.failed("an output has another size"))
    }

    fn failed(&self, reason: &str) -> VisionError {
        VisionError::Run {
            name: self.name,
            reason: reason.to_owned(),
        }
    }
}

/// The logistic function: what the nets give before it is a probability.
pub(super) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
