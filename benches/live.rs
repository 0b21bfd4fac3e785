//! What a live frame costs: whole, by its parts, and rule by rule. Printed, not asserted; one thread.
//!
//! `cargo bench --bench live`

#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a bench prints what it measured"
)]

use std::hint::black_box;
use std::time::Duration;

use gradbooth::clock::now;
use gradbooth::vision::live::Watch;
use gradbooth::vision::nets::Also;
use gradbooth::vision::rules::{Context, Examination, FACE, GEOMETRY, ROOM, Rule};
use gradbooth::vision::{Look, Nets, Picture};

/// The recorded student, standing right, 1920 x 1080.
const CAPTURE: &[u8] = include_bytes!("../assets/demo/frames/0030.jpg");
/// Times each thing is measured.
const TIMES: usize = 41;

fn main() {
    let (Ok(nets), Ok(large)) = (Nets::load(), Picture::decode(CAPTURE)) else {
        return;
    };
    let Ok(frame) = large.resized_to_width(1280) else {
        return;
    };
    for picture in [&frame, &large] {
        let Some(jpeg) = jpeg(picture) else { return };
        println!("\n{picture:?}, median of {TIMES}, least, most [ms]");
        parts(&nets, picture, &jpeg);
        whole(&nets, &jpeg);
    }
    let Ok(look) = nets.look(&frame) else { return };
    println!("\nrule by rule on {frame:?}, what they share made before");
    each_rule(&frame, &look);
}

fn parts(nets: &Nets, picture: &Picture, jpeg: &[u8]) {
    let Ok(look) = nets.look(picture) else { return };
    let live = Context {
        live: true,
        ..Context::default()
    };
    let follow = |also: Also| nets.follow(picture, Some(look.clone()), also);
    print("decode MJPEG", || Picture::decode_mjpeg(jpeg));
    print("follow the face", || follow(Also::Nothing));
    print("  and the coarse mask", || follow(Also::Mask));
    print("  and everyone else", || follow(Also::Everyone));
    let examination = || Examination::of(picture, &look, live);
    print("rules without pixels", || examination().findings(&GEOMETRY));
    let wall = examination().wall();
    print("rules of the face", || {
        examination().before_wall(wall).findings(&FACE)
    });
    print("  of it the upright face", || {
        examination().see_face();
    });
    print("rules of the room", || examination().findings(&ROOM));
    print("  of it the small room", || {
        examination().see_room();
    });
}

/// From the camera's bytes to findings, as the booth does it, all turns in their order.
fn whole(nets: &Nets, jpeg: &[u8]) {
    let mut watch = Watch::default();
    let mut took: Vec<Duration> = (0..100)
        .filter_map(|_| {
            let begun = now();
            let picture = Picture::decode_mjpeg(jpeg).ok()?;
            watch.look(nets, &picture, &Context::default()).ok()?;
            Some(begun.elapsed())
        })
        .skip(5)
        .collect();
    let sum: Duration = took.iter().sum();
    let a_second = took.len() as f64 / sum.as_secs_f64();
    report("bytes to findings", &mut took);
    println!("  = {a_second:.1} frames a second on one core");
}

fn each_rule(picture: &Picture, look: &Look) {
    let mut dear: Vec<(Rule, Duration)> = Rule::ALL
        .into_iter()
        .map(|rule| {
            let mut took: Vec<Duration> = (0..TIMES)
                .map(|_| {
                    let examination = Examination::of(picture, look, Context::default());
                    examination.see_face().see_room();
                    let begun = now();
                    black_box(examination.finding(rule));
                    begun.elapsed()
                })
                .collect();
            took.sort_unstable();
            (rule, took[TIMES / 2])
        })
        .collect();
    dear.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
    for (rule, took) in dear {
        println!("  {:<17} {:7.3}", rule.id(), took.as_secs_f64() * 1e3);
    }
}

fn jpeg(picture: &Picture) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    jpeg_encoder::Encoder::new(&mut bytes, 85)
        .encode(picture.rgb(), width, height, jpeg_encoder::ColorType::Rgb)
        .ok()?;
    Some(bytes)
}

fn print<T>(what: &str, mut work: impl FnMut() -> T) {
    let mut took: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = now();
            black_box(work());
            begun.elapsed()
        })
        .collect();
    report(what, &mut took);
}

fn report(what: &str, took: &mut [Duration]) {
    took.sort_unstable();
    let ms = |i: usize| took.get(i).map_or(0.0, |t| t.as_secs_f64() * 1e3);
    println!(
        "{what:<26} {:7.2} {:7.2} {:7.2}",
        ms(took.len() / 2),
        ms(0),
        ms(took.len().saturating_sub(1))
    );
}
