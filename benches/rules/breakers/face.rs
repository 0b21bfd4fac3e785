//! What is worn, painted or drawn on the face.

use super::super::canvas::{Light, Place, mixed};
use super::{Canvas, Luck, Sitter};

/// The lids of both eyes, and the discs that lenses fill.
const EYES: [[usize; 16]; 2] = [
    [
        33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7,
    ],
    [
        263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249,
    ],
];
const IRISES: [usize; 2] = [468, 473];
const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const INNER_LIPS: [usize; 20] = [
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
];
/// Nose bridge, both cheeks along the oval, chin: a mask as it is worn.
const MASK: [usize; 17] = [
    5, 280, 411, 323, 361, 288, 365, 378, 152, 149, 136, 58, 132, 93, 187, 50, 4,
];

/// Threads and folds, so that cloth is not one number: two waves and a fixed grain.
fn cloth(at: Place, colour: Light, face: f32, rib: f32) -> Light {
    let (u, v) = (at[0] / face, at[1] / face);
    let grain = ((at[0] * 12.9898 + at[1] * 78.233).sin() * 43_758.547)
        .fract()
        .abs()
        - 0.5;
    let fold = 1.0 + 0.12 * (7.0 * u + 3.0 * v).sin() + rib * (160.0 * u).sin() + 0.06 * grain;
    colour.map(|c| c * fold)
}

pub fn mask(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let colour = luck.one_of(&[
        [0.75, 0.78, 0.8],
        [0.3, 0.55, 0.7],
        [0.02; 3],
        [0.5, 0.6, 0.62],
    ]);
    let face = sitter.face;
    sitter
        .canvas
        .clone()
        .inside(&sitter.outline(&MASK), 2.0, |at, _| {
            cloth(at, colour, face, 0.02)
        })
}

fn hat(sitter: &Sitter, outline: &[[f32; 2]], colour: Light, rib: f32) -> Canvas {
    let outline: Vec<Place> = outline.iter().map(|p| sitter.at_eyes(*p)).collect();
    let face = sitter.face;
    sitter
        .canvas
        .clone()
        .inside(&outline, 2.0, |at, _| cloth(at, colour, face, rib))
}

const CLOTHS: [Light; 5] = [
    [0.02, 0.02, 0.022],
    [0.25, 0.02, 0.03],
    [0.05, 0.15, 0.06],
    [0.3, 0.28, 0.25],
    [0.03, 0.05, 0.2],
];

/// A knitted cap down to above the brows.
pub fn beanie(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let brim = -luck.between(0.26, 0.34);
    let colour = luck.one_of(&CLOTHS);
    let mut outline = vec![
        [-0.58, brim + 0.06],
        [-0.3, brim],
        [0.3, brim],
        [0.58, brim + 0.06],
    ];
    for step in (0..=16).rev() {
        let angle = std::f32::consts::PI * step as f32 / 16.0;
        outline.push([-0.62 * angle.cos(), brim + 0.05 - 0.75 * angle.sin()]);
    }
    outline[4..].reverse();
    hat(sitter, &outline, colour, luck.between(0.0, 0.08))
}

/// A cap with a peak over the forehead.
pub fn cap(sitter: &Sitter, other: &Sitter, luck: &mut Luck) -> Canvas {
    let colour = luck.one_of(&CLOTHS);
    let mut worn = Luck::of(&sitter.name);
    let crowned = Sitter {
        canvas: beanie(sitter, other, &mut worn),
        person: sitter.person.clone(),
        points: sitter.points.clone(),
        name: String::new(),
        tone: String::new(),
        ..*sitter
    };
    let peak = [
        [-0.52, -0.32],
        [-0.3, -0.24],
        [0.0, -0.2],
        [0.3, -0.24],
        [0.52, -0.32],
        [0.4, -0.44],
        [-0.4, -0.44],
    ];
    hat(&crowned, &peak, colour, 0.0)
}

/// A scarf round the head, over hair and ears, down to the neck.
pub fn headscarf(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let colour = luck.one_of(&CLOTHS);
    let opening = sitter.grown(&OVAL, [0.9, 0.92]);
    let mut ring = Vec::new();
    for step in 0..=28 {
        let angle = std::f32::consts::TAU * step as f32 / 28.0;
        ring.push(sitter.at_eyes([0.72 * angle.sin(), 0.18 - 1.0 * angle.cos()]));
    }
    let inside = sitter.canvas.share_inside(&[&opening], 2.0);
    let whole = sitter.canvas.share_inside(&[&ring], 2.0);
    let worn = whole.zip(&inside, |ring, open| ring * (1.0 - open));
    let face = sitter.face;
    sitter
        .canvas
        .clone()
        .through(&worn, |at, _| cloth(at, colour, face, 0.0))
}

/// A lens: a rounded square about the iris, in face widths.
fn lens(sitter: &Sitter, eye: usize, size: f32) -> Vec<Place> {
    let [x, y] = sitter.point(IRISES[eye]);
    (0..32)
        .map(|step| {
            let angle = std::f32::consts::TAU * step as f32 / 32.0;
            let squared = |v: f32| v.signum() * v.abs().powf(0.6);
            [
                x + size * 0.20 * sitter.face * squared(angle.cos()),
                y + size * sitter.face * (0.02 + 0.155 * squared(angle.sin())),
            ]
        })
        .collect()
}

/// Rims and bridge in one colour, glass that lets some light through.
fn spectacles(sitter: &Sitter, glass: Light, rim: Light) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    for eye in 0..2 {
        canvas = canvas
            .inside(&lens(sitter, eye, 1.08), 1.0, |_, _| rim)
            .inside(&lens(sitter, eye, 1.0), 1.0, |at, _| {
                let behind = sitter.canvas.at(at);
                std::array::from_fn(|c| behind[c] * glass[c] + 0.004)
            });
    }
    let [left, right] = IRISES.map(|i| sitter.point(i));
    let thick = 0.015 * sitter.face;
    let y = f32::midpoint(left[1], right[1]);
    let reach = 0.2 * sitter.face;
    let bridge = [
        [left[0] + reach, y - thick],
        [right[0] - reach, y - thick],
        [right[0] - reach, y + thick],
        [left[0] + reach, y + thick],
    ];
    canvas.inside(&bridge, 1.0, |_, _| rim)
}

pub fn dark_glasses(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let dark = luck.between(0.04, 0.12);
    spectacles(sitter, [dark; 3], [0.01; 3])
}

pub fn tinted_glasses(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let tint = luck.one_of(&[[0.4, 0.28, 0.15], [0.25, 0.27, 0.28], [0.2, 0.32, 0.22]]);
    spectacles(sitter, tint, [0.03, 0.02, 0.02])
}

/// Clear glasses that throw a lamp back.
pub fn glare(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let mut canvas = spectacles(sitter, [0.92; 3], [0.03; 3]);
    let (dx, dy) = (luck.between(-0.06, 0.06), luck.between(-0.05, 0.0));
    for iris in IRISES {
        let [x, y] = sitter.point(iris);
        let at = [x + dx * sitter.face, y + dy * sitter.face];
        let (w, h) = (0.09 * sitter.face, 0.05 * sitter.face);
        let lamp = [
            [at[0] - w, at[1] - h],
            [at[0] + 0.7 * w, at[1] - h],
            [at[0] + w, at[1] + h],
            [at[0] - 0.7 * w, at[1] + h],
        ];
        canvas = canvas.inside(&lamp, 3.0, |_, p| mixed(p, [1.0; 3], 0.93));
    }
    canvas
}

/// Both upper lids pulled down: the skin below the brow is stretched over the eye, a line of lashes is left.
pub fn eyes_closed(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let left_open = luck.between(0.06, 0.14);
    let lids = LIDS.map(|[upper, lower]| [sitter.outline(&upper), sitter.outline(&lower)]);
    let above = 0.09 * sitter.face;
    sitter.canvas.bent(|[x, y]| {
        let heights = lids
            .iter()
            .find_map(|[upper, lower]| Some((height_at(upper, x)?, height_at(lower, x)?)));
        let Some((upper, lower)) = heights.filter(|(upper, lower)| lower - upper > 0.5) else {
            return [x, y];
        };
        let (brow, lid) = (upper - above, lower - left_open * (lower - upper));
        if y > brow && y < lid {
            [x, brow + (y - brow) * above / (lid - brow)]
        } else if y >= lid && y < lower {
            [x, upper + (y - lid) / (lower - lid) * (lower - upper)]
        } else {
            [x, y]
        }
    })
}

/// Upper and lower lid of both eyes, corner to corner.
const LIDS: [[[usize; 9]; 2]; 2] = [
    [
        [33, 246, 161, 160, 159, 158, 157, 173, 133],
        [33, 7, 163, 144, 145, 153, 154, 155, 133],
    ],
    [
        [362, 398, 384, 385, 386, 387, 388, 466, 263],
        [362, 382, 381, 380, 374, 373, 390, 249, 263],
    ],
];

/// Height of a line of points, sorted from left to right, at a column; `None` beside it.
fn height_at(line: &[Place], x: f32) -> Option<f32> {
    line.windows(2).find_map(|pair| {
        let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
        (x >= x0 && x < x1).then(|| y0 + (y1 - y0) * (x - x0) / (x1 - x0))
    })
}

/// Both irises pushed to one side between lids that stay.
pub fn gaze(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let side = luck.side();
    let share = luck.between(0.17, 0.24);
    let mut canvas = sitter.canvas.clone();
    for (lids, corners) in EYES.iter().zip([[33, 133], [362, 263]]) {
        let [a, b] = corners.map(|i| sitter.point(i));
        let width = (b[0] - a[0]).abs();
        let by = side * share * width;
        let middle = f32::midpoint(a[0], b[0]);
        let outline = sitter.grown(lids, [1.0, 0.98]);
        canvas = canvas.inside(&outline, 1.0, |[x, y], _| {
            // the eye's content is pushed, the corners stay
            let away = ((x - by - middle) / (0.62 * width)).abs().min(1.0);
            sitter.canvas.at([x - by * (1.0 - away * away * away), y])
        });
    }
    canvas
}

/// The mouth wide open and dark.
pub fn mouth_open(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    opened(sitter, luck.between(0.09, 0.16), |_| [0.03, 0.006, 0.006])
}

/// A smile with teeth.
pub fn teeth(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let white = luck.between(0.45, 0.6);
    let face = sitter.face;
    opened(sitter, luck.between(0.05, 0.08), |[x, _]| {
        let gap = (x / (0.045 * face)).fract() < 0.08;
        if gap {
            [0.15; 3]
        } else {
            [white, white * 0.96, white * 0.88]
        }
    })
}

/// Lips pulled apart by a share of the face's width; what is between them is painted.
fn opened(sitter: &Sitter, gap: f32, between: impl Fn(Place) -> Light) -> Canvas {
    let [left, right] = [78, 308].map(|i| sitter.point(i));
    let middle = [
        f32::midpoint(left[0], right[0]),
        f32::midpoint(sitter.point(13)[1], sitter.point(14)[1]),
    ];
    let half = (right[0] - left[0]).abs() / 2.0;
    let open = gap * sitter.face / 2.0;
    let at_column = |x: f32| open * (1.0 - ((x - middle[0]) / half).powi(2)).max(0.0).sqrt();
    let reach = 0.35 * sitter.face;
    // the lower face is pushed down from the line between the lips, the upper lip up a little
    let bent = sitter.canvas.bent(|[x, y]| {
        let shift = at_column(x);
        let (down, up) = (1.5 * shift, 0.5 * shift);
        let dy = y - middle[1];
        if dy > 0.0 && dy < reach {
            [
                x,
                middle[1] + ((dy - down) / (reach - down)).max(0.0) * reach,
            ]
        } else if dy > -reach / 3.0 && dy <= 0.0 {
            let reach = reach / 3.0;
            [x, middle[1] - ((-dy - up) / (reach - up)).max(0.0) * reach]
        } else {
            [x, y]
        }
    });
    let n = INNER_LIPS.len();
    let outline: Vec<Place> = (0..2 * n)
        .map(|step| {
            let angle = std::f32::consts::TAU * step as f32 / (2 * n) as f32;
            let y = if angle.sin() > 0.0 { 1.5 } else { 0.5 };
            [
                middle[0] + half * angle.cos(),
                middle[1] + y * open * angle.sin(),
            ]
        })
        .collect();
    bent.inside(&outline, 1.5, |at, _| between(at))
}

/// Skin smoothed by a make-up filter; eyes, brows and lips are left.
pub fn smoothed(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let soft = sitter
        .canvas
        .blurred(luck.between(0.009, 0.014) * sitter.face);
    let skin = sitter
        .canvas
        .share_inside(&[&sitter.grown(&OVAL, [0.98, 0.98])], 3.0);
    let brows = [
        [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
        [336, 296, 334, 293, 300, 276, 283, 282, 295, 285],
    ];
    let mut left: Vec<Vec<Place>> = EYES
        .iter()
        .map(|lids| sitter.grown(lids, [1.2, 1.6]))
        .collect();
    left.extend(brows.iter().map(|brow| sitter.outline(brow)));
    left.push(sitter.grown(
        &[
            61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40,
            185,
        ],
        [1.05, 1.1],
    ));
    let outlines: Vec<&[Place]> = left.iter().map(Vec::as_slice).collect();
    let kept = sitter.canvas.share_inside(&outlines, 2.0);
    let share = skin.zip(&kept, |skin, kept| skin * (1.0 - kept));
    sitter
        .canvas
        .clone()
        .through(&share, |at, p| mixed(p, soft.at(at), 0.92))
}
