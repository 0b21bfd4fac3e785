//! Light, lens, wall and clothes.

use super::super::canvas::{Light, Place, mixed};
use super::{Canvas, Luck, Sitter};

fn lit(sitter: &Sitter, gain: Light) -> Canvas {
    let lit = |_, p: Light| -> Light { std::array::from_fn(|c| p[c] * gain[c]) };
    sitter.canvas.clone().each(lit)
}

/// A lamp far too warm.
pub fn warm(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let red = luck.between(1.15, 1.25);
    lit(sitter, [red, 0.9, luck.between(0.45, 0.6)])
}

/// And one far too blue.
pub fn cool(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let red = luck.between(0.5, 0.62);
    lit(sitter, [red, 0.85, luck.between(1.05, 1.2)])
}

pub fn under(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    lit(sitter, [luck.between(0.10, 0.2); 3])
}

pub fn over(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    lit(sitter, [luck.between(2.2, 3.2); 3])
}

pub fn blur(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    sitter
        .canvas
        .blurred(luck.between(0.010, 0.016) * sitter.face)
}

pub fn motion(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let length = luck.between(0.04, 0.07) * sitter.face;
    let (sin, cos) = luck.between(-0.6, 0.6_f32).sin_cos();
    sitter.canvas.shaken([length * cos, length * sin])
}

/// One side of the person keeps only a part of the light; the step is `soft` face widths wide.
pub fn half_lit(sitter: &Sitter, keeps: f32, soft: f32, side: f32) -> Canvas {
    let middle = sitter.point(168)[0];
    sitter.canvas.clone().each(|at, p| {
        let away = side * (at[0] - middle) / (soft * sitter.face);
        let share = 0.5 + 0.5 * (2.0 * away).tanh();
        let light = 1.0 - (1.0 - keeps) * share * sitter.person_at(at);
        p.map(|v| v * light)
    })
}

/// Half of the light is missing on one side.
pub fn side50(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let side = luck.side();
    half_lit(
        sitter,
        luck.between(0.44, 0.5),
        luck.between(0.2, 0.45),
        side,
    )
}

/// The light falls off over the whole face, to four tenths.
pub fn side60soft(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let side = luck.side();
    half_lit(
        sitter,
        luck.between(0.37, 0.42),
        luck.between(0.6, 0.9),
        side,
    )
}

/// The same, to a little less than half: the mildest that counts as a half-dark face.
pub fn side55soft(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let side = luck.side();
    half_lit(
        sitter,
        luck.between(0.43, 0.47),
        luck.between(0.8, 1.0),
        side,
    )
}

pub fn side75(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let side = luck.side();
    half_lit(
        sitter,
        luck.between(0.22, 0.28),
        luck.between(0.2, 0.5),
        side,
    )
}

/// The wall painted; it keeps its own light and shade.
pub fn walled(sitter: &Sitter, paint: impl Fn(Place) -> Light) -> Canvas {
    sitter.canvas.clone().each(|at, p| {
        let colour = paint(at);
        let painted = std::array::from_fn(|c| p[c] * colour[c]);
        mixed(painted, p, sitter.person_at(at))
    })
}

pub fn wall_green(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let paint = luck.one_of(&[
        [0.35, 0.75, 0.4],
        [0.8, 0.55, 0.3],
        [0.35, 0.5, 0.8],
        [0.8, 0.4, 0.45],
    ]);
    walled(sitter, |_| paint)
}

pub fn wall_stripes(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let step = luck.between(0.12, 0.25) * sitter.face;
    let dark = luck.between(0.35, 0.6);
    walled(sitter, |at| {
        [if (at[0] / step) as i32 % 2 == 0 {
            1.0
        } else {
            dark
        }; 3]
    })
}

pub fn wall_poster(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let side = luck.side();
    let (x, y) = (luck.between(0.85, 1.0), luck.between(-0.6, -0.1));
    let paper = luck.one_of(&[[0.85, 0.3, 0.2], [0.2, 0.3, 0.6], [0.9, 0.8, 0.3]]);
    walled(sitter, |at| {
        let [u, v] = sitter.beside_eyes(at);
        let (u, v) = (side * u - x, v - y);
        let inside = (0.0..0.6).contains(&u) && (0.0..0.75).contains(&v);
        let line = (v * 12.0) as i32 % 3 == 0;
        match (inside, line) {
            (true, true) => [0.1; 3],
            (true, false) => paper,
            (false, _) => [1.0; 3],
        }
    })
}

/// The shadow of a hard lamp, thrown to one side.
pub fn wall_shadow(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let by = luck.side() * luck.between(0.2, 0.35) * sitter.face;
    let dark = luck.between(0.5, 0.66);
    sitter.canvas.clone().each(|at, p| {
        let away = sitter.person_at([at[0] - by, at[1] - 0.05 * sitter.face]);
        let light = 1.0 - (1.0 - dark) * away * (1.0 - sitter.person_at(at));
        p.map(|v| v * light)
    })
}

/// The cloth in another colour, its folds kept.
pub fn dressed(sitter: &Sitter, colour: impl Fn(Place) -> Light) -> Canvas {
    let cloth = sitter.cloth();
    let mut lights: Vec<f32> = sitter
        .canvas
        .pixels
        .iter()
        .zip(cloth.values())
        .filter(|(_, share)| **share > 0.9)
        .map(|(p, _)| p[1])
        .collect();
    lights.sort_by(f32::total_cmp);
    let usual = lights
        .get(lights.len() / 2)
        .copied()
        .unwrap_or(0.5)
        .max(0.02);
    sitter.canvas.clone().through(&cloth, |at, p| {
        let fold = (p[1] / usual).clamp(0.4, 1.5);
        colour(at).map(|v| v * fold)
    })
}

pub fn blue_top(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let colour = luck.one_of(&[[0.02, 0.06, 0.35], [0.03, 0.15, 0.5], [0.05, 0.12, 0.25]]);
    dressed(sitter, |_| colour)
}

pub fn light_blue_top(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let colour = luck.one_of(&[[0.25, 0.45, 0.75], [0.3, 0.55, 0.8], [0.2, 0.4, 0.7]]);
    dressed(sitter, |_| colour)
}

pub fn striped_top(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let step = luck.between(0.06, 0.12) * sitter.face;
    let dark = luck.one_of(&[[0.02; 3], [0.4, 0.03, 0.03], [0.03, 0.2, 0.06]]);
    dressed(sitter, |at| {
        if (at[1] / step) as i32 % 2 == 0 {
            [0.7; 3]
        } else {
            dark
        }
    })
}

pub fn checked_top(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let step = luck.between(0.07, 0.13) * sitter.face;
    let dark = luck.one_of(&[[0.05; 3], [0.35, 0.04, 0.04], [0.2, 0.15, 0.02]]);
    dressed(sitter, |at| {
        let odd = at.map(|v| (v / step) as i32 % 2 != 0);
        match odd {
            [true, true] => dark,
            [false, false] => [0.75; 3],
            _ => mixed([0.75; 3], dark, 0.5),
        }
    })
}

/// White cloth before the white background of other standards.
pub fn white_top(sitter: &Sitter, _: &Sitter, luck: &mut Luck) -> Canvas {
    let light = luck.between(0.78, 0.92);
    dressed(sitter, |_| [light; 3])
}
