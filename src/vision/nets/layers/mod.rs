//! The convolutional nets, layer by layer.
//!
//! Three of the four models are chains of a dozen kinds of layers. A library that runs any model takes half of its time
//! for a tenth of the sums in them, because its convolution within a channel goes number by number; here that one is
//! ours, and the products of matrices, which are most of the sums, remain the library's. A test holds the result
//! against the library's own.
//!
//! [`reading`] makes a [`ConvNet`] of a model file; [`ConvNet::run`] sends planes through it.

mod bends;
mod dense;
mod depthwise;
mod map;
mod reading;
mod shapes;
mod window;

use super::VisionError;
use crate::vision::raster::Colours;
use bends::Bend;
use dense::Dense;
use depthwise::Depthwise;
pub(super) use map::Map;
use map::Spare;
use rten::ThreadPool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a layer does to the values it is given.
enum Layer {
    /// A convolution across channels.
    Dense(Dense),
    /// A convolution within each channel.
    Depthwise(Depthwise),
    /// [`shapes::spread`], weights and bias.
    Spread(Vec<[f32; 4]>, f32),
    /// [`shapes::doubled`].
    Double,
    /// [`shapes::halved`].
    Halve,
    /// [`shapes::mean`].
    Mean,
    /// [`shapes::with_channels`], so many more.
    MoreChannels(usize),
    /// Numbers changed where they are.
    Bend(Bend),
}

/// A layer and which values it takes and makes.
struct Step {
    layer: Layer,
    takes: Vec<usize>,
    makes: usize,
    /// Values that no later layer asks for.
    done: Vec<usize>,
}

/// Where nets run, one after another.
pub(super) struct Workplace {
    /// The products of matrices share work between the threads of the pool they run in: one, whatever the machine.
    pub pool: Arc<ThreadPool>,
    spare: Mutex<Spare>,
}

impl Workplace {
    /// With nothing there yet.
    pub fn new() -> Self {
        Self {
            pool: Arc::new(ThreadPool::with_num_threads(1)),
            spare: Mutex::default(),
        }
    }

    fn spare(&self) -> MutexGuard<'_, Spare> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A loaded net with one input.
pub(super) struct ConvNet {
    name: &'static str,
    steps: Vec<Step>,
    /// How many values there are; the first is the input.
    values: usize,
    outputs: Vec<usize>,
    workplace: Arc<Workplace>,
}

impl ConvNet {
    /// Reads a model.
    pub fn load(
        name: &'static str,
        bytes: &[u8],
        workplace: &Arc<Workplace>,
    ) -> Result<Self, VisionError> {
        let read = reading::read(bytes).map_err(|reason| VisionError::Load { name, reason })?;
        Ok(Self {
            name,
            steps: read.steps,
            values: read.values,
            outputs: read.outputs,
            workplace: Arc::clone(workplace),
        })
    }

    /// The model's outputs, in its order.
    pub fn run(&self, seen: &Colours) -> Result<Vec<Map>, VisionError> {
        // several threads may look at once: whoever comes second begins with nothing spare
        let mut spare = std::mem::take(&mut *self.workplace.spare());
        let outputs = (self.workplace.pool).run(|| self.through(seen, &mut spare));
        *self.workplace.spare() = spare;
        outputs.map_err(|reason| VisionError::Run {
            name: self.name,
            reason,
        })
    }

    /// The output of this shape: channels, rows, columns.
    pub fn output_of<'m>(
        &self,
        outputs: &'m [Map],
        shape: [usize; 3],
    ) -> Result<&'m Map, VisionError> {
        let found = outputs
            .iter()
            .find(|map| [map.channels, map.height, map.width] == shape);
        found.ok_or_else(|| VisionError::Run {
            name: self.name,
            reason: "an output has another size".to_owned(),
        })
    }

    fn through(&self, seen: &Colours, spare: &mut Spare) -> Result<Vec<Map>, String> {
        let mut values: Vec<Option<Map>> = (0..self.values).map(|_| None).collect();
        values[0] = Some(spare.planes_of(seen));
        for step in &self.steps {
            let made = step.run(&mut values, spare)?;
            for done in &step.done {
                spare.keep(values[*done].take());
            }
            values[step.makes] = Some(made);
        }
        let outputs = self.outputs.iter().map(|i| values[*i].clone());
        let outputs = outputs.collect::<Option<_>>().ok_or_else(missing);
        for value in values {
            spare.keep(value);
        }
        outputs
    }
}

impl Step {
    fn run(&self, values: &mut [Option<Map>], spare: &mut Spare) -> Result<Map, String> {
        let seen = || values[self.takes[0]].as_ref().ok_or_else(missing);
        match &self.layer {
            Layer::Dense(dense) => dense.run(seen()?, spare),
            Layer::Depthwise(depthwise) => depthwise.run(seen()?, spare),
            Layer::Spread(weights, bias) => Ok(shapes::spread(seen()?, weights, *bias, spare)),
            Layer::Double => Ok(shapes::doubled(seen()?, spare)),
            Layer::Halve => Ok(shapes::halved(seen()?, spare)),
            Layer::Mean => Ok(shapes::mean(seen()?, spare)),
            Layer::MoreChannels(more) => {
                let seen = seen()?;
                Ok(shapes::with_channels(seen, seen.channels + more, spare))
            }
            Layer::Bend(bend) => self.bend(bend, values, spare),
        }
    }

    /// A layer that changes its first value, in place where nobody else asks for it.
    fn bend(
        &self,
        bend: &Bend,
        values: &mut [Option<Map>],
        spare: &mut Spare,
    ) -> Result<Map, String> {
        let first = self.takes[0];
        let mut map = if self.done.contains(&first) {
            values[first].take().ok_or_else(missing)?
        } else {
            spare.copy(values[first].as_ref().ok_or_else(missing)?)
        };
        let other = self.takes.get(1).and_then(|i| values[*i].as_ref());
        bend.apply(&mut map, other)?;
        Ok(map)
    }
}

fn missing() -> String {
    "a layer asks for what no layer made".to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::model::Net;
    use super::super::{COARSE_MASK_PX, MODELS};
    use super::*;
    use crate::vision::Picture;
    use crate::vision::raster::crop_zero_padded;

    /// What the library that runs any model makes of the same numbers is the truth here.
    fn compare(which: usize, side: usize, most: f32) {
        let (name, bytes) = MODELS[which];
        let student = include_bytes!("../../../../tests/fixtures/students/s01.jpg");
        let student = Picture::decode(student).unwrap();
        let centre = [student.width() as f32 / 2.0, student.height() as f32 * 0.4];
        let seen = crop_zero_padded(&student, centre, student.height() as f32 * 0.5, 0.1, side);
        let workplace = Arc::new(Workplace::new());
        let ours = ConvNet::load(name, bytes, &workplace).unwrap();
        let theirs = Net::load(name, bytes, &workplace.pool).unwrap();
        let theirs = theirs
            .run(&[1, side, side, 3], seen.values().as_flattened().to_vec())
            .unwrap();
        // twice: memory of the first run is used again
        for _ in 0..2 {
            let mut ours: Vec<f32> = flat(&ours.run(&seen).unwrap());
            let mut theirs = theirs.concat();
            let spread = theirs.iter().fold(0.0f32, |most, v| most.max(v.abs()));
            assert!(spread > 0.5, "{name} sees nothing");
            // the detector's numbers come in another order
            ours.sort_by(f32::total_cmp);
            theirs.sort_by(f32::total_cmp);
            assert_eq!(ours.len(), theirs.len());
            for (a, b) in ours.iter().zip(&theirs) {
                assert!((a - b).abs() <= most * spread, "{name}: {a} {b}");
            }
        }
    }

    fn flat(maps: &[Map]) -> Vec<f32> {
        maps.iter().flat_map(|map| map.values.clone()).collect()
    }

    #[test]
    fn layers_say_what_the_library_says() {
        compare(0, 128, 1e-6);
        compare(1, 256, 1e-6);
        compare(3, COARSE_MASK_PX, 1e-4);
    }

    #[test]
    fn a_model_of_other_layers_is_an_error() {
        let workplace = Arc::new(Workplace::new());
        let (name, bytes) = MODELS[2];
        let error = ConvNet::load(name, bytes, &workplace)
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.contains("face_blendshapes") && error.contains("no such layer"),
            "{error}"
        );
        assert!(ConvNet::load("cut", &bytes[..100], &workplace).is_err());
    }
}
