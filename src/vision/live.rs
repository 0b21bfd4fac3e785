//! The student in the live picture, followed from frame to frame, so that no frame is dear.
//!
//! Each frame: the face is found again where it was, and the rules that need no pixel are asked. In turns, one a frame:
//! the coarse mask, the rules of the room on it, the rules of the face (twice as often), and a look at the whole frame
//! for a face that has come or gone. At thirty frames a second the face's pixels are read twelve times a second, mask,
//! room and whole frame six times. The verdicts are those of `rules`; over time they are steadied by `guidance`.

use std::collections::VecDeque;

use super::nets::Also;
use super::rules::{Context, Examination, FACE, Finding, GEOMETRY, ROOM, Rule, SceneFit, Wall};
use super::{Look, Nets, Picture, VisionError};

/// What one frame is asked besides the geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Mask,
    Room,
    Face,
    Everyone,
}

/// The room follows the mask at once: a mask that is one frame old still fits.
const TURNS: [Turn; 5] = [
    Turn::Mask,
    Turn::Room,
    Turn::Face,
    Turn::Everyone,
    Turn::Face,
];

/// Lid gaps that are remembered: five seconds at thirty frames a second.
const LIDS_REMEMBERED: usize = 150;
/// Fewer say nothing of how a person looks with open eyes.
const LIDS_NEEDED: usize = 30;

/// What was found in one frame.
#[derive(Debug)]
pub struct Seen<'a> {
    /// What the nets see: the face of this frame, the mask of this one or a little earlier.
    pub look: &'a Look,
    /// The findings of the rules whose turn it was, in no order.
    pub findings: Vec<Finding>,
    /// How the room departs from the clean plate, when it was the room's turn and there is a plate.
    pub fit: Option<SceneFit>,
}

/// The memory between frames. One student's; see [`Watch::forget`].
#[derive(Default)]
pub struct Watch {
    look: Option<Look>,
    wall: Option<Wall>,
    lids: VecDeque<f32>,
    frames: usize,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watch(frame {})", self.frames)
    }
}

impl Watch {
    /// Looks at the next frame.
    pub fn look(
        &mut self,
        nets: &Nets,
        picture: &Picture,
        context: &Context<'_>,
    ) -> Result<Seen<'_>, VisionError> {
        let turn = TURNS[self.frames % TURNS.len()];
        self.frames = self.frames.wrapping_add(1);
        let also = match turn {
            Turn::Mask => Also::Mask,
            Turn::Everyone => Also::Everyone,
            Turn::Room | Turn::Face => Also::Nothing,
        };
        let look = nets.follow(picture, self.look.take(), also)?;
        if look.face.is_none() {
            self.forget();
        }
        let context = Context {
            live: true,
            own_lid_gap: self.own_lid_gap(),
            ..*context
        };
        let (findings, fit) = self.examined(picture, &look, context, turn);
        let look = self.look.insert(look);
        Ok(Seen {
            look,
            findings,
            fit,
        })
    }

    fn examined(
        &mut self,
        picture: &Picture,
        look: &Look,
        context: Context<'_>,
        turn: Turn,
    ) -> (Vec<Finding>, Option<SceneFit>) {
        let whole = Examination::of(picture, look, context);
        let Some(gap) = whole.lid_gap() else {
            return (whole.findings(&[Rule::OneFace, Rule::Exposure]), None);
        };
        self.remember(gap);
        let mut findings = whole.findings(&GEOMETRY);
        let mut fit = None;
        match turn {
            Turn::Mask | Turn::Everyone => {}
            Turn::Face => {
                let face = whole.before_wall(self.wall);
                findings.extend(face.findings(&FACE));
                self.wall = face.wall();
            }
            Turn::Room => {
                findings.extend(whole.findings(&ROOM));
                self.wall = whole.wall();
                fit = whole.scene_fit();
            }
        }
        (findings, fit)
    }

    /// Leaves nothing of whoever stood there.
    pub fn forget(&mut self) {
        (self.look, self.wall) = (None, None);
        self.lids.clear();
    }

    fn remember(&mut self, lid_gap: f32) {
        if self.lids.len() == LIDS_REMEMBERED {
            self.lids.pop_front();
        }
        self.lids.push_back(lid_gap);
    }

    /// The 90th percentile of what this person's eyes were open lately.
    fn own_lid_gap(&self) -> Option<f32> {
        if self.lids.len() < LIDS_NEEDED {
            return None;
        }
        let mut gaps: Vec<f32> = self.lids.iter().copied().collect();
        super::raster::quantile(&mut gaps, 0.9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::rules::Verdict;

    fn right() -> Picture {
        Picture::decode(include_bytes!("../../assets/pictures/right.jpg")).unwrap()
    }

    #[test]
    fn every_rule_that_can_be_told_live_is_told_within_one_round_and_as_on_a_still() {
        let (nets, picture) = (Nets::load().unwrap(), right());
        let mut watch = Watch::default();
        let context = Context {
            live: true,
            ..Context::default()
        };
        let mut told: Vec<Finding> = Vec::new();
        for _ in 0..TURNS.len() {
            told.extend(watch.look(&nets, &picture, &context).unwrap().findings);
        }
        let still = super::super::rules::assess(&picture, &nets.look(&picture).unwrap(), &context);
        for rule in [&GEOMETRY[..], &FACE, &ROOM].concat() {
            let live = told.iter().rev().find(|f| f.rule == rule).unwrap();
            let still = still.iter().find(|f| f.rule == rule).unwrap();
            assert_eq!(live.verdict, still.verdict, "{}", rule.id());
        }
    }

    #[test]
    fn who_steps_out_is_forgotten() {
        let (nets, picture) = (Nets::load().unwrap(), right());
        let mut watch = Watch::default();
        for _ in 0..3 {
            watch.look(&nets, &picture, &Context::default()).unwrap();
        }
        assert!(!watch.lids.is_empty() && watch.wall.is_some());
        let wall = Picture::from_rgb(320, 240, vec![210; 320 * 240 * 3]).unwrap();
        let seen = watch.look(&nets, &wall, &Context::default()).unwrap();
        let first = seen.findings[0];
        assert_eq!((first.rule, first.verdict), (Rule::OneFace, Verdict::Fail));
        assert!(watch.lids.is_empty() && watch.wall.is_none());
    }

    #[test]
    fn no_picture_is_too_bad_to_be_looked_at() {
        let nets = Nets::load().unwrap();
        let mut noise = 1_u32;
        let mut grainy = |n: usize| -> Vec<u8> {
            (0..n)
                .map(|_| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (noise >> 28) as u8
                })
                .collect()
        };
        let mut watch = Watch::default();
        for (width, height) in [(1, 1), (1, 600), (2000, 3), (17, 13), (640, 480)] {
            for rgb in [
                vec![0; width * height * 3],
                vec![255; width * height * 3],
                grainy(width * height * 3),
            ] {
                let picture = Picture::from_rgb(width, height, rgb).unwrap();
                for _ in 0..2 {
                    let seen = watch.look(&nets, &picture, &Context::default()).unwrap();
                    let fails = |f: &Finding| f.verdict == Verdict::Fail;
                    assert!(seen.findings.iter().any(fails), "{width} x {height}");
                    assert!(seen.look.face.is_none(), "{width} x {height}");
                }
            }
        }
    }

    #[test]
    fn in_the_dark_the_light_is_spoken_of() {
        let nets = Nets::load().unwrap();
        let verdict = |level: u8| {
            let picture = Picture::from_rgb(320, 240, vec![level; 320 * 240 * 3]).unwrap();
            let mut watch = Watch::default();
            let seen = watch.look(&nets, &picture, &Context::default()).unwrap();
            seen.findings
                .iter()
                .find(|f| f.rule == Rule::Exposure)
                .map(|f| f.verdict)
        };
        assert_eq!(verdict(3), Some(Verdict::Fail));
        assert_eq!(verdict(200), Some(Verdict::Unknown));
    }
}
