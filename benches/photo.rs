//! From the camera's bytes to the standard photo, stage by stage: printed, not asserted.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group};
use gradbooth::domain::collection::Background;
use gradbooth::photo::{Options, Stage, standardize};
use gradbooth::standard::GRADUATION;
use gradbooth::vision::{Nets, Picture};
use gradbooth::{clock, memory};

/// The recorded student, standing right, 1920 x 1080.
const CAPTURE: &[u8] = include_bytes!("../assets/demo/frames/0030.jpg");

/// How long one stage of a whole photo takes.
fn time_in(stage: Stage, nets: &Nets, capture: &Picture, options: &Options<'_>) -> Duration {
    let (mut begun, mut spent) = (None, Duration::ZERO);
    let mut progress = |now: Stage| {
        let at = clock::now();
        if let Some(begun) = begun.take() {
            spent = at.duration_since(begun);
        }
        if now == stage {
            begun = Some(at);
        }
    };
    let made = standardize(capture, [0; 32], nets, &GRADUATION, options, &mut progress);
    black_box(&made);
    begun.map_or(spent, |begun| clock::now().duration_since(begun))
}

fn photo(c: &mut Criterion) {
    memory::keep_freed();
    let (Ok(nets), Ok(capture)) = (Nets::load(), Picture::decode(CAPTURE)) else {
        return;
    };
    let Ok(look) = nets.look(&capture) else {
        return;
    };
    let options = Options {
        background: Background::LightBlue,
        straighten: false,
        plate: None,
        look: None,
    };
    c.bench_function("decode a 1080p frame", |b| {
        b.iter(|| Picture::decode_mjpeg(black_box(CAPTURE)));
    });
    for stage in Stage::ALL {
        c.bench_function(&format!("stage {}", stage.name()), |b| {
            b.iter_custom(|times| {
                (0..times)
                    .map(|_| time_in(stage, &nets, &capture, &options))
                    .sum()
            });
        });
    }
    c.bench_function("capture to standard photo", |b| {
        b.iter(|| standardize(&capture, [0; 32], &nets, &GRADUATION, &options, &mut |_| {}));
    });
    c.bench_function("the same, already looked at", |b| {
        let options = Options {
            look: Some(&look),
            ..options
        };
        b.iter(|| standardize(&capture, [0; 32], &nets, &GRADUATION, &options, &mut |_| {}));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = photo
}

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
}
