//! Layers that change numbers where they are: what bends the sums between the convolutions, sums and shares of planes.

use super::map::Map;
use crate::vision::nets::model::logistic;
use crate::vision::vectored;

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
    /// How many numbers the other map has, if there is one.
    fn asks_for(&self, map: &Map) -> usize {
        match self {
            Self::Add => map.values.len(),
            Self::Weigh => map.channels,
            Self::Rectify | Self::RectifySoftly(_) | Self::Swish | Self::Squash => 0,
        }
    }

    /// Changes the map; the other one is what the layer takes besides, if it does.
    pub fn apply(&self, map: &mut Map, other: Option<&Map>) -> Result<(), String> {
        let other = other.map_or(&[][..], |other| &other.values);
        if other.len() != self.asks_for(map) {
            return Err("two maps do not fit each other".to_owned());
        }
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
            Self::Add => add(&mut map.values, other),
            Self::Weigh => {
                for (plane, &weight) in map.planes_mut().zip(other) {
                    change(plane, |v| v * weight);
                }
            }
        }
        Ok(())
    }
}

/// The same change to all numbers.
fn change(values: &mut [f32], to: impl Fn(f32) -> f32) {
    vectored(
        #[inline(always)]
        move || {
            for v in values {
                *v = to(*v);
            }
        },
    );
}

fn add(values: &mut [f32], others: &[f32]) {
    vectored(
        #[inline(always)]
        move || {
            for (v, other) in values.iter_mut().zip(others) {
                *v += other;
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(channels: usize, values: &[f32]) -> Map {
        Map {
            channels,
            height: 1,
            width: values.len() / channels,
            values: values.to_vec(),
        }
    }

    fn bent(bend: &Bend, other: Option<&Map>) -> Result<Vec<f32>, String> {
        let mut map = map(2, &[-6.0, 1.0, -2.0, 4.0]);
        bend.apply(&mut map, other).map(|()| map.values)
    }

    #[test]
    fn each_bend_is_what_it_says() {
        let plain = |bend| bent(&bend, None).unwrap();
        assert_eq!(plain(Bend::Rectify), [0.0, 1.0, 0.0, 4.0]);
        let softly = Bend::RectifySoftly(vec![0.5, 0.25]);
        assert_eq!(plain(softly), [-3.0, 1.0, -0.5, 4.0]);
        let swish = plain(Bend::Swish);
        for (v, right) in swish.iter().zip([0.0, 2.0 / 3.0, -1.0 / 3.0, 4.0]) {
            assert!((v - right).abs() < 1e-6, "{v} {right}");
        }
        assert!((plain(Bend::Squash)[1] - 0.731_058_6).abs() < 1e-6);
        let weigh = bent(&Bend::Weigh, Some(&map(2, &[2.0, -1.0])));
        assert_eq!(weigh.unwrap(), [-12.0, 2.0, 2.0, -4.0]);
        let add = bent(&Bend::Add, Some(&map(1, &[1.0, 2.0, 3.0, 4.0])));
        assert_eq!(add.unwrap(), [-5.0, 3.0, 1.0, 8.0]);
    }

    #[test]
    fn maps_that_do_not_fit_are_an_error() {
        assert!(bent(&Bend::Add, Some(&map(2, &[1.0, 2.0]))).is_err());
        assert!(bent(&Bend::Weigh, None).is_err());
    }
}
