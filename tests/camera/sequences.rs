//! What a student is told while moving in front of the booth: frames made of the rendered student by moving, scaling,
//! tilting and lighting them, looked at by the very code that looks at live frames, and told as a transcript.
//!
//! No file of a person: the student is the recorded one of `assets/demo`, a render.

use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use gradbooth::clock::now;
use gradbooth::domain::Language;
use gradbooth::ui::Text;
use gradbooth::ui::text::rules;
use gradbooth::vision::live::Watch;
use gradbooth::vision::rules::guidance::Guidance;
use gradbooth::vision::rules::{Context, Rule};
use gradbooth::vision::{Nets, Picture};

/// Frames a second: half of a camera's, to be quick.
const RATE: u64 = 15;
const WIDTH: usize = 1280;
const HEIGHT: usize = 720;

/// How the student is shown.
#[derive(Clone, Copy)]
struct Pose {
    zoom: f32,
    turn_deg: f32,
    right_px: f32,
    /// Light on the picture's left half, 1 is as it was.
    left_light: f32,
    light: f32,
}

const RIGHT: Pose = Pose {
    zoom: 1.0,
    turn_deg: 0.0,
    right_px: 0.0,
    left_light: 1.0,
    light: 1.0,
};

/// The student in a pose; what lies beyond the picture is its wall.
fn frame(student: &Picture, pose: Pose) -> Picture {
    let (sin, cos) = pose.turn_deg.to_radians().sin_cos();
    let (cx, cy) = (WIDTH as f32 / 2.0, HEIGHT as f32 / 2.0);
    let mut rgb = Vec::with_capacity(WIDTH * HEIGHT * 3);
    for i in 0..WIDTH * HEIGHT {
        let (x, y) = ((i % WIDTH) as f32, (i / WIDTH) as f32);
        let (dx, dy) = ((x - cx - pose.right_px) / pose.zoom, (y - cy) / pose.zoom);
        let u = (dx * cos + dy * sin + cx).clamp(0.0, (WIDTH - 1) as f32) as usize;
        let v = (dy * cos - dx * sin + cy).clamp(0.0, (HEIGHT - 1) as f32) as usize;
        // the light falls off over the face, not at a line
        let share = ((x - cx) / 60.0).clamp(-1.0, 1.0).mul_add(0.5, 0.5);
        let light = pose.light * (pose.left_light + (1.0 - pose.left_light) * share);
        let at = (v * WIDTH + u) * 3;
        rgb.extend(
            student.rgb()[at..at + 3]
                .iter()
                .map(|byte| (f32::from(*byte) * light.powf(1.0 / 2.2)).min(255.0) as u8),
        );
    }
    Picture::from_rgb(WIDTH, HEIGHT, rgb).unwrap()
}

pub struct Story {
    nets: Rc<Nets>,
    /// What the frames are held against.
    pub context: Context<'static>,
    watch: Watch,
    guidance: Guidance,
    begun: Instant,
    frames: u64,
    told: String,
    last: Option<String>,
}

impl Story {
    fn new() -> Self {
        Self::by(Rc::new(Nets::load().unwrap()))
    }

    /// Of somebody nobody has seen before, with nets that are loaded already.
    pub fn by(nets: Rc<Nets>) -> Self {
        Self {
            nets,
            context: Context::default(),
            watch: Watch::default(),
            guidance: Guidance::new(),
            begun: now(),
            frames: 0,
            told: String::new(),
            last: None,
        }
    }

    /// What was shown and what was said.
    pub fn told(&self) -> &str {
        &self.told
    }

    /// Shows the frames one after the other for a while, and writes down every change of words.
    pub fn shows(&mut self, what: &str, seconds: u64, frames: &[&Picture]) -> &mut Self {
        writeln!(self.told, "-- {what}").unwrap();
        for i in 0..seconds * RATE {
            let picture = frames[i as usize % frames.len()];
            let at = self.begun + Duration::from_millis(self.frames * 1000 / RATE);
            self.frames += 1;
            let seen = self.watch.look(&self.nets, picture, &self.context).unwrap();
            let state = self.guidance.update(&seen.findings, at);
            let words = match (state.first, state.ready) {
                (Some(rule), _) => {
                    let finding = state.findings.iter().find(|f| f.rule == rule);
                    let nobody = rule == Rule::OneFace
                        && finding.and_then(|f| f.value).is_some_and(|n| n < 0.01);
                    let say = |language| {
                        let text = Text::of(language);
                        finding.map_or_else(
                            || rules::guidance(text, rule),
                            |finding| rules::what_to_do(text, finding, 0.315),
                        )
                    };
                    if nobody {
                        "(nobody)".to_owned()
                    } else {
                        format!("{} | {}", say(Language::Chinese), say(Language::English))
                    }
                }
                (None, true) => "(the picture may be taken)".to_owned(),
                (None, false) => "(nothing to say yet)".to_owned(),
            };
            if self.last.as_ref() != Some(&words) {
                writeln!(self.told, "   {words}").unwrap();
                self.last = Some(words);
            }
        }
        self
    }
}

fn shipped(name: &str) -> Picture {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/demo")
        .join(name);
    let picture = Picture::decode(&std::fs::read(file).unwrap()).unwrap();
    picture.resized_to_width(WIDTH).unwrap()
}

pub fn student() -> Picture {
    shipped("frames/0030.jpg")
}

fn empty() -> Picture {
    shipped("empty.jpg")
}

#[test]
fn a_student_is_led_into_place() {
    let student = student();
    let empty = empty();
    let pose = |pose| frame(&student, pose);
    let right = pose(RIGHT);
    let mut story = Story::new();
    story
        .shows("the booth is empty", 2, &[&empty])
        .shows(
            "steps in, too far away",
            3,
            &[&pose(Pose { zoom: 0.5, ..RIGHT })],
        )
        .shows(
            "comes much too close",
            3,
            &[&pose(Pose { zoom: 2.2, ..RIGHT })],
        )
        .shows(
            "stands beside the middle",
            3,
            &[&pose(Pose {
                right_px: 190.0,
                ..RIGHT
            })],
        )
        .shows(
            "tilts the head",
            3,
            &[&pose(Pose {
                turn_deg: 14.0,
                ..RIGHT
            })],
        )
        .shows(
            "a lamp on one side only",
            3,
            &[&pose(Pose {
                left_light: 0.25,
                ..RIGHT
            })],
        )
        .shows(
            "the lamps go out",
            3,
            &[&pose(Pose {
                light: 0.05,
                ..RIGHT
            })],
        )
        .shows("everything right", 4, &[&right])
        .shows("steps out", 2, &[&empty]);
    insta::assert_snapshot!(story.told);
}

#[test]
fn what_is_no_student_is_never_photographed() {
    let student = student();
    let five = {
        // five students side by side, each a fifth of the frame wide
        let part = student
            .cropped(WIDTH * 3 / 10, 0, WIDTH * 2 / 5, HEIGHT)
            .unwrap();
        let small = part.resized_to_width(WIDTH / 5).unwrap();
        let mut rgb = vec![205; WIDTH * HEIGHT * 3];
        for i in 0..WIDTH * small.height() {
            let (x, y) = (i % WIDTH, i / WIDTH);
            let from = (y * small.width() + x % small.width()) * 3;
            let to = ((y + HEIGHT - small.height()) * WIDTH + x) * 3;
            rgb[to..to + 3].copy_from_slice(&small.rgb()[from..from + 3]);
        }
        Picture::from_rgb(WIDTH, HEIGHT, rgb).unwrap()
    };
    let black = Picture::from_rgb(WIDTH, HEIGHT, vec![0; WIDTH * HEIGHT * 3]).unwrap();
    let noise = |seed: u32| {
        let mut state = seed;
        let dark = frame(
            &student,
            Pose {
                light: 0.01,
                ..RIGHT
            },
        );
        let rgb = dark
            .rgb()
            .iter()
            .map(|byte| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                byte.saturating_add((state >> 27) as u8)
            })
            .collect();
        Picture::from_rgb(WIDTH, HEIGHT, rgb).unwrap()
    };
    let (one, other) = (noise(1), noise(2));
    let half = {
        let mut rgb = student.rgb().to_vec();
        let middle = rgb.len() / 2;
        rgb[middle..].fill(128);
        Picture::from_rgb(WIDTH, HEIGHT, rgb).unwrap()
    };
    let mut story = Story::new();
    story
        .shows("the lens is covered", 2, &[&black])
        .shows("five people", 2, &[&five])
        .shows("one lux and noise", 2, &[&one, &other])
        .shows("nobody", 2, &[&empty()])
        .shows("the lower half is missing", 2, &[&half])
        .shows(
            "a face that fills the frame",
            2,
            &[&frame(&student, Pose { zoom: 3.6, ..RIGHT })],
        );
    assert!(!story.told.contains("may be taken"), "{}", story.told);
    insta::assert_snapshot!(story.told);
}

/// A picture of the requirements page, or the public-domain astronaut, as the camera's frame.
pub fn pictured(name: &str) -> Picture {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    Picture::decode(&std::fs::read(file).unwrap()).unwrap()
}

/// The student printed on paper with a white border, held before the wall.
fn poster() -> Picture {
    let print = student().resized_to_width(WIDTH * 2 / 3).unwrap();
    let mut rgb = empty().rgb().to_vec();
    let border = 24;
    let (left, top) = ((WIDTH - print.width()) / 2, (HEIGHT - print.height()) / 2);
    for y in top - border..top + print.height() + border {
        for x in left - border..left + print.width() + border {
            let inside = (left..left + print.width()).contains(&x)
                && (top..top + print.height()).contains(&y);
            let at = (y * WIDTH + x) * 3;
            if inside {
                let from = ((y - top) * print.width() + x - left) * 3;
                rgb[at..at + 3].copy_from_slice(&print.rgb()[from..from + 3]);
            } else {
                rgb[at..at + 3].fill(252);
            }
        }
    }
    Picture::from_rgb(WIDTH, HEIGHT, rgb).unwrap()
}

#[test]
fn what_is_worn_or_done_wrong_is_said() {
    let mut story = Story::new();
    for (what, name) in [
        ("all as it should be", "right"),
        ("eyes closed", "eyesclosed"),
        ("the mouth open", "mouthopen"),
        ("a hat", "hat"),
        ("turned away", "yaw"),
        ("the head tilted", "roll"),
        ("a blue top", "bluetop"),
        ("light from the side", "sidelight"),
        ("a shadow on the wall", "wallshadow"),
        ("too near", "near"),
        ("beside the middle", "offcentre"),
        ("all as it should be again", "right"),
    ] {
        let picture = pictured(&format!("assets/pictures/{name}.jpg"));
        story.shows(what, 3, &[&picture]);
    }
    let astronaut = pictured("tests/fixtures/people/astronaut.jpg");
    story
        .shows("somebody real who smiles before a flag", 3, &[&astronaut])
        .shows("a poster with its border in view", 3, &[&poster()]);
    insta::assert_snapshot!(story.told);
}
