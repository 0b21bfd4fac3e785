//! The booth as a background: is it empty, plain, evenly lit, neither dark nor burnt?

use crate::vision::raster::{quantile, shrink_picture, slope_at};
use crate::vision::rules::tone;
use crate::vision::{Nets, Picture, Plane, VisionError};

/// Width of the small frame in which the wall is looked at.
const WIDTH_PX: usize = 160;
/// Share of the coarse mask that is noise and not a person.
const PERSON: f32 = 0.03;
/// ln between the brightest and the darkest parts of the wall: a third of the light.
const UNEVEN: f32 = 0.5;
/// Slope of ln luminance that is an edge, and the share of the wall that may have some.
const EDGE: (f32, f32) = (0.06, 0.01);
/// Brightest channel of the middle of the wall, linear: below it is dark, above it burnt.
const BRIGHT: (f32, f32) = (0.22, 0.97);
/// ln by which an exposure that is still swinging changes from one look to the next.
const STEADY: f32 = 0.03;

/// Why this is no clean plate yet, in the order in which it can be helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyFault {
    /// Somebody is in the picture.
    Somebody,
    /// The light is too weak.
    Dark,
    /// The wall is burnt white.
    Burnt,
    /// A lamp lights one part only.
    Uneven,
    /// Things, joints or a pattern on the wall.
    NotPlain,
    /// The exposure still swings.
    Unsteady,
}

/// One frame of the booth without a student.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EmptySight {
    /// Somebody is there.
    pub somebody: bool,
    /// Brightest channel of the wall, linear.
    pub brightness: f32,
    /// ln between bright and dark parts.
    pub uneven: f32,
    /// Share of the wall with edges.
    pub edges: f32,
}

impl EmptySight {
    /// Looks at a frame.
    pub fn of(nets: &Nets, picture: &Picture) -> Result<Self, VisionError> {
        let person = nets.coarse_mask(picture)?;
        let covered = person.values().iter().filter(|p| **p > 0.5).count();
        let share = covered as f32 / person.values().len().max(1) as f32;
        let somebody = share > PERSON || !nets.faces(picture)?.found.is_empty();
        Ok(Self {
            somebody,
            ..Self::of_wall(picture)
        })
    }

    fn of_wall(picture: &Picture) -> Self {
        let height = (picture.height() * WIDTH_PX / picture.width()).clamp(8, 4 * WIDTH_PX);
        let small = shrink_picture(picture, WIDTH_PX, height);
        let linear = small.map(|c| tone::linear(c.map(|v| (v * 255.0 + 0.5) as u8)));
        let log: Plane = linear.map(|l| (tone::luminance(l) + tone::TOE).ln());
        let brightest = linear.values().iter().map(|l| l[0].max(l[1]).max(l[2]));
        let mut brightest: Vec<f32> = brightest.collect();
        let mut values = log.values().to_vec();
        let range = (quantile(&mut values, 0.97), quantile(&mut values, 0.03));
        let edges = (0..log.values().len())
            .filter(|i| {
                let [x, y] = slope_at(&log, i % WIDTH_PX, i / WIDTH_PX);
                tone::length(x, y) > EDGE.0
            })
            .count();
        Self {
            somebody: false,
            brightness: quantile(&mut brightest, 0.5).unwrap_or(0.0),
            uneven: range.0.unwrap_or(0.0) - range.1.unwrap_or(0.0),
            edges: edges as f32 / log.values().len().max(1) as f32,
        }
    }

    /// What is wrong with it as a clean plate, seen after `before`; `None` when nothing is.
    pub fn fault(&self, before: Option<&Self>) -> Option<EmptyFault> {
        let swings = before.is_none_or(|before| {
            (self.brightness.max(1e-3) / before.brightness.max(1e-3))
                .ln()
                .abs()
                > STEADY
        });
        [
            (self.somebody, EmptyFault::Somebody),
            (self.brightness < BRIGHT.0, EmptyFault::Dark),
            (self.brightness > BRIGHT.1, EmptyFault::Burnt),
            (self.uneven > UNEVEN, EmptyFault::Uneven),
            (self.edges > EDGE.1, EmptyFault::NotPlain),
            (swings, EmptyFault::Unsteady),
        ]
        .into_iter()
        .find_map(|(wrong, fault)| wrong.then_some(fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(shade: impl Fn(usize, usize) -> u8) -> EmptySight {
        let rgb = (0..320 * 180)
            .flat_map(|i| [shade(i % 320, i / 320); 3])
            .collect();
        EmptySight::of_wall(&Picture::from_rgb(320, 180, rgb).unwrap())
    }

    #[test]
    fn a_plain_wall_becomes_a_plate_once_its_exposure_is_steady() {
        let plain = wall(|x, _| 200 + (x / 40) as u8);
        assert_eq!(plain.fault(None), Some(EmptyFault::Unsteady));
        assert_eq!(plain.fault(Some(&plain)), None);
    }

    #[test]
    fn each_fault_is_named() {
        let fault = |sight: EmptySight| sight.fault(Some(&sight));
        assert_eq!(fault(wall(|_, _| 60)), Some(EmptyFault::Dark));
        assert_eq!(fault(wall(|_, _| 255)), Some(EmptyFault::Burnt));
        assert_eq!(
            fault(wall(|x, _| 120 + (x * 130 / 320) as u8)),
            Some(EmptyFault::Uneven)
        );
        let poster = |x, y| {
            if (80..160).contains(&x) && y < 90 {
                150
            } else {
                205
            }
        };
        assert!(matches!(
            fault(wall(poster)),
            Some(EmptyFault::NotPlain | EmptyFault::Uneven)
        ));
    }

    #[test]
    fn a_student_is_somebody() {
        let nets = Nets::load().unwrap();
        let student = include_bytes!("../../../assets/pictures/right.jpg");
        let sight = EmptySight::of(&nets, &Picture::decode(student).unwrap()).unwrap();
        assert_eq!(sight.fault(Some(&sight)), Some(EmptyFault::Somebody));
    }
}
