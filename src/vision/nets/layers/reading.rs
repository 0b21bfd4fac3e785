//! A model file as steps.
//!
//! Files come from a converter that moves between two orders of the same numbers; here there is one order, planes, so
//! that a change of order or shape is only another name for the same value.

use super::bends::Bend;
use super::dense::Dense;
use super::depthwise::Depthwise;
use super::window::Window;
use super::{Layer, Step};
use rten_onnx::onnx::{GraphProto, ModelProto, NodeProto, TensorProto};
use std::collections::HashMap;

/// A model's steps.
pub(super) struct Read {
    pub steps: Vec<Step>,
    /// How many values there are; the first is the input.
    pub values: usize,
    pub outputs: Vec<usize>,
}

/// Reads a model; the message says what it has that no layer here can do.
pub(super) fn read(bytes: &[u8]) -> Result<Read, String> {
    let model = ModelProto::parse_buf(bytes).map_err(|e| e.to_string())?;
    let graph = model.graph.ok_or("it has no graph")?;
    let learnt = graph.initializer.iter();
    let learnt: HashMap<&str, &TensorProto> = learnt
        .filter_map(|t| Some((t.name.as_deref()?, t)))
        .collect();
    let input = graph.input.iter().find_map(|input| input.name.as_deref());
    let mut reader = Reader {
        learnt,
        values: HashMap::from([(input.ok_or("it has no input")?, 0)]),
        count: 1,
        steps: Vec::new(),
    };
    for node in &graph.node {
        reader.node(node)?;
    }
    let outputs = reader.outputs(&graph)?;
    let mut steps = reader.steps;
    mark_done(&mut steps, &outputs);
    Ok(Read {
        steps,
        values: reader.count,
        outputs,
    })
}

struct Reader<'a> {
    learnt: HashMap<&'a str, &'a TensorProto>,
    /// Numbers of the values by the file's names. Several names may mean the same.
    values: HashMap<&'a str, usize>,
    count: usize,
    steps: Vec<Step>,
}

impl<'a> Reader<'a> {
    fn node(&mut self, node: &'a NodeProto) -> Result<(), String> {
        let kind = node.op_type.as_deref().unwrap_or_default();
        let made = node.output.first().ok_or("a node without a result")?;
        let takes = node
            .input
            .iter()
            .filter_map(|name| self.values.get(name.as_str()).copied());
        let takes: Vec<usize> = takes.collect();
        let layer = match kind {
            "Transpose" | "Reshape" => {
                let same = takes.first().ok_or("a shape of nothing")?;
                self.values.insert(made, *same);
                return Ok(());
            }
            // the last layers are put one after another: they are the outputs themselves
            "Concat" => return Ok(()),
            _ => self
                .layer(kind, node)
                .map_err(|reason| format!("{kind}: {reason}"))?,
        };
        if takes.is_empty() {
            return Err(format!("{kind}: it takes what no layer made"));
        }
        self.values.insert(made, self.count);
        self.steps.push(Step {
            layer,
            takes,
            makes: self.count,
            done: Vec::new(),
        });
        self.count += 1;
        Ok(())
    }

    fn layer(&self, kind: &str, node: &NodeProto) -> Result<Layer, String> {
        Ok(match kind {
            "Conv" => self.convolution(node)?,
            "ConvTranspose" => {
                let (weights, bias) = (self.numbers(node, 1)?, self.numbers(node, 2)?);
                let (weights, rest) = weights.as_chunks::<4>();
                match (ints(node, "strides"), bias.as_slice(), rest) {
                    ([2, 2], [bias], []) => Layer::Spread(weights.to_vec(), *bias),
                    _ => return Err("only into one plane of twice the size".to_owned()),
                }
            }
            "PRelu" => Layer::Bend(Bend::RectifySoftly(self.numbers(node, 1)?)),
            "Relu" => Layer::Bend(Bend::Rectify),
            "HardSwish" => Layer::Bend(Bend::Swish),
            "Sigmoid" => Layer::Bend(Bend::Squash),
            "Add" => Layer::Bend(Bend::Add),
            "Mul" => Layer::Bend(Bend::Weigh),
            "MaxPool" => Layer::Halve,
            "AveragePool" => Layer::Mean,
            "Pad" => Layer::MoreChannels(self.more_channels(node)?),
            "Resize" => Layer::Double,
            _ => return Err("no such layer here".to_owned()),
        })
    }

    fn convolution(&self, node: &NodeProto) -> Result<Layer, String> {
        let (weights, bias) = (self.numbers(node, 1)?, self.numbers(node, 2)?);
        let window = window(node)?;
        match int(node, "group") {
            None | Some(1) => Ok(Layer::Dense(Dense::new(&weights, bias, window))),
            Some(groups) if groups as usize == bias.len() => {
                Ok(Layer::Depthwise(Depthwise::new(weights, bias, window)?))
            }
            Some(_) => Err("groups of several channels".to_owned()),
        }
    }

    /// Only channels are ever added, after the others.
    fn more_channels(&self, node: &NodeProto) -> Result<usize, String> {
        let pads = self.tensor(node, 1)?;
        let pads: Vec<i64> = stored(pads, &pads.int64_data, i64::from_le_bytes);
        match pads.as_slice() {
            [0, 0, 0, 0, 0, more, 0, 0] => usize::try_from(*more).map_err(|e| e.to_string()),
            _ => Err("more than channels is added".to_owned()),
        }
    }

    fn tensor(&self, node: &NodeProto, place: usize) -> Result<&TensorProto, String> {
        let name = node.input.get(place).map_or("", String::as_str);
        let tensor = self.learnt.get(name).copied();
        tensor.ok_or_else(|| "it has not learnt what it should".to_owned())
    }

    fn numbers(&self, node: &NodeProto, place: usize) -> Result<Vec<f32>, String> {
        let tensor = self.tensor(node, place)?;
        Ok(stored(tensor, &tensor.float_data, f32::from_le_bytes))
    }

    fn outputs(&self, graph: &GraphProto) -> Result<Vec<usize>, String> {
        let mut outputs = Vec::new();
        for name in graph
            .output
            .iter()
            .filter_map(|output| output.name.as_deref())
        {
            let parts = graph
                .node
                .iter()
                .find(|node| node.output.iter().any(|made| made == name));
            let parts = parts.filter(|node| node.op_type.as_deref() == Some("Concat"));
            let names = parts.map_or_else(
                || vec![name],
                |node| node.input.iter().map(String::as_str).collect(),
            );
            for name in names {
                outputs.push(
                    *self
                        .values
                        .get(name)
                        .ok_or("an output that no layer makes")?,
                );
            }
        }
        Ok(outputs)
    }
}

/// What a tensor holds: numbers as such, or their bytes.
fn stored<T: Copy, const BYTES: usize>(
    tensor: &TensorProto,
    plain: &[T],
    number: impl Fn([u8; BYTES]) -> T,
) -> Vec<T> {
    let raw = tensor.raw_data.as_ref().map(|raw| raw.borrow());
    let raw = raw.as_ref().map_or(&[][..], |raw| raw.as_slice());
    let raw = raw.as_chunks::<BYTES>().0.iter().map(|b| number(*b));
    plain.iter().copied().chain(raw).collect()
}

/// Tells each step which values nobody asks for after it, and lets a sum go on in the one of its two that is done.
fn mark_done(steps: &mut [Step], outputs: &[usize]) {
    let mut asked: Vec<usize> = outputs.to_vec();
    for step in steps.iter_mut().rev() {
        step.done = step
            .takes
            .iter()
            .copied()
            .filter(|value| !asked.contains(value))
            .collect();
        asked.extend(&step.done);
        if matches!(step.layer, Layer::Bend(Bend::Add)) && step.done.first() == step.takes.get(1) {
            step.takes.reverse();
        }
    }
}

fn window(node: &NodeProto) -> Result<Window, String> {
    let size = |ints: &[i64]| ints.iter().map(|v| *v as usize).collect::<Vec<_>>();
    let pads = size(ints(node, "pads"));
    let [above, left, below, right] = match pads.as_slice() {
        [] => [0; 4],
        [above, left, below, right] => [*above, *left, *below, *right],
        _ => return Err("a window in another number of directions".to_owned()),
    };
    let strides = size(ints(node, "strides"));
    let dilated = ints(node, "dilations").iter().any(|d| *d != 1);
    match (
        size(ints(node, "kernel_shape")).as_slice(),
        strides.as_slice(),
    ) {
        ([rows, columns], [down, across]) if down == across && *down > 0 && !dilated => {
            Ok(Window {
                size: [*rows, *columns],
                stride: *down,
                before: [above, left],
                after: [below, right],
            })
        }
        _ => Err("a window that moves in another way".to_owned()),
    }
}

fn ints<'n>(node: &'n NodeProto, name: &str) -> &'n [i64] {
    let found = node
        .attribute
        .iter()
        .find(|a| a.name.as_deref() == Some(name));
    found.map_or(&[], |a| &a.ints)
}

fn int(node: &NodeProto, name: &str) -> Option<i64> {
    node.attribute
        .iter()
        .find(|a| a.name.as_deref() == Some(name))?
        .i
}
