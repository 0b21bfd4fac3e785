//! What flows between layers: one plane of numbers a channel.

use crate::vision::raster::Colours;

/// Planes of one size, one after another, each row by row: `[channels][height][width]`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Map {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
    pub values: Vec<f32>,
}

impl Map {
    /// Pixels of a plane.
    pub fn area(&self) -> usize {
        self.height * self.width
    }

    /// One plane after another.
    pub fn planes(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.area().max(1))
    }

    /// The same, to write.
    pub fn planes_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        let area = self.area().max(1);
        self.values.chunks_exact_mut(area)
    }
}

/// Memory of maps that are no longer needed: a fresh megabyte costs the system more than the layer that fills it.
#[derive(Debug, Default)]
pub(super) struct Spare(pub(super) Vec<Vec<f32>>);

impl Spare {
    /// A map of this size, filled with whatever was there before.
    pub fn map(&mut self, channels: usize, height: usize, width: usize) -> Map {
        Map {
            channels,
            height,
            width,
            values: self.numbers(channels * height * width),
        }
    }

    /// The same without a shape. The nets ask for the same lengths again and again: after a first look nothing is made.
    pub fn numbers(&mut self, length: usize) -> Vec<f32> {
        let same = self.0.iter().position(|values| values.len() == length);
        same.map_or_else(|| vec![0.0; length], |i| self.0.swap_remove(i))
    }

    /// The same numbers once more.
    pub fn copy(&mut self, map: &Map) -> Map {
        let mut copy = self.map(map.channels, map.height, map.width);
        copy.values.copy_from_slice(&map.values);
        copy
    }

    /// A plane for each of the three colours.
    pub fn planes_of(&mut self, colours: &Colours) -> Map {
        let mut map = self.map(3, colours.height(), colours.width());
        for (c, plane) in map.planes_mut().enumerate() {
            for (to, pixel) in plane.iter_mut().zip(colours.values()) {
                *to = pixel[c];
            }
        }
        map
    }

    /// Takes a map's memory back.
    pub fn keep(&mut self, map: Option<Map>) {
        self.0.extend(map.map(|map| map.values));
    }

    /// Takes memory back.
    pub fn keep_numbers(&mut self, values: Vec<f32>) {
        self.0.push(values);
    }
}
