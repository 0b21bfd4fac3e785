//! Good pictures as cameras, booths and people differ: none of them may be refused.

use super::room::{dressed, half_lit, walled};
use super::{Canvas, Luck, Make, Sitter};

/// All kinds, by name.
pub const GOOD: [(&str, Make); 10] = [
    ("as_it_is", |sitter, _, _| sitter.canvas.clone()),
    ("lit", |sitter, _, luck| {
        let gain = luck.between(0.7, 1.25);
        sitter.canvas.clone().each(|_, p| p.map(|v| v * gain))
    }),
    ("balance", |sitter, _, luck| {
        let gain = [luck.between(0.95, 1.05), 1.0, luck.between(0.95, 1.05)];
        let lit = |_, p: [f32; 3]| std::array::from_fn(|c| p[c] * gain[c]);
        sitter.canvas.clone().each(lit)
    }),
    ("mild_side", |sitter, _, luck| {
        let side = luck.side();
        half_lit(
            sitter,
            luck.between(0.88, 0.95),
            luck.between(0.3, 0.8),
            side,
        )
    }),
    ("grain", |sitter, _, luck| {
        let (size, seed) = (luck.between(0.01, 0.03), luck.between(0.0, 100.0));
        sitter.canvas.clone().each(|at, p| {
            std::array::from_fn(|c| {
                let place = at[0] * 12.9898 + at[1] * 78.233 + seed + 37.7 * c as f32;
                let grain = (place.sin() * 43_758.547).fract();
                p[c] + size * grain * (p[c] + 0.02).sqrt()
            })
        })
    }),
    ("nearer", |sitter, _, luck| {
        jittered(sitter, luck.between(1.0, 1.08), luck)
    }),
    ("farther", |sitter, _, luck| {
        jittered(sitter, luck.between(0.78, 0.97), luck)
    }),
    ("shifted", |sitter, _, luck| jittered(sitter, 1.0, luck)),
    ("wall", |sitter, _, luck| {
        let paint = luck.one_of(&[[0.8; 3], [0.6; 3], [0.95, 0.9, 0.8], [0.9, 0.9, 0.95]]);
        walled(sitter, |_| paint)
    }),
    ("clothes", |sitter, _, luck| {
        let colours = [
            [0.03; 3],
            [0.3, 0.03, 0.04],
            [0.05, 0.2, 0.07],
            [0.25; 3],
            [0.5, 0.35, 0.05],
        ];
        let colour = luck.one_of(&colours);
        dressed(sitter, |_| colour)
    }),
];

/// Some pixels to the side and down, a little larger or smaller, a degree or two tilted.
fn jittered(sitter: &Sitter, zoom: f32, luck: &mut Luck) -> Canvas {
    let by = [0, 1].map(|_| luck.between(-0.03, 0.03) * sitter.face);
    let (sin, cos) = luck.between(-0.03_f32, 0.03).sin_cos();
    let (cx, cy) = (sitter.eyes[0], sitter.canvas.height as f32 * 0.6);
    sitter.canvas.bent(|[x, y]| {
        let (dx, dy) = ((x - cx - by[0]) / zoom, (y - cy - by[1]) / zoom);
        [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]
    })
}
