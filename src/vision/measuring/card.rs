//! The printed card: a code of known size, grey and colour patches below it, a line to check the printer.
//!
//! Held flat at the mark it gives the focal length, at the wall the wall's distance, hanging free the tilt of the
//! camera, by its grey the colour of the light. Lengths are in sides of the code, so that one drawing serves printer
//! and eye alike.

use crate::vision::Picture;
use crate::vision::codes::{Code, Effort, Luma, read_codes};
use crate::vision::raster::median;
use crate::vision::rules::tone;

/// The card as it is printed.
#[derive(Debug, Clone, Copy)]
pub struct Card;

impl Card {
    /// What the code says.
    pub const TEXT: &'static str = "GRADBOOTH CARD 1";
    /// Side of the code, from edge to edge of its outer modules.
    pub const SIDE_CM: f32 = 12.0;
    /// Upper edge of the grey patches and of the colour patches below the code's upper left corner, in sides.
    pub const ROWS: [f32; 2] = [1.12, 1.36];
    /// Height of a patch in sides.
    pub const PATCH_HEIGHT: f32 = 0.2;

    /// Left edge of a patch, in sides: five fill the width of the code.
    pub fn patch_left(column: usize) -> f32 {
        column as f32 * 0.2
    }
}

/// Patches row by row, sRGB: greys, then red, green, blue, yellow, brown.
pub const PATCH_COLOURS: [[[u8; 3]; 5]; 2] = [
    [
        [235, 235, 235],
        [200, 200, 200],
        [160, 160, 160],
        [120, 120, 120],
        [80, 80, 80],
    ],
    [
        [190, 50, 50],
        [60, 140, 70],
        [50, 80, 170],
        [225, 190, 50],
        [140, 95, 75],
    ],
];

/// Opposite sides of a card that is held flat differ by less than this share.
const FLAT: f32 = 0.05;
/// ln R/G by which the red patch stands out where the camera gives colours at all.
const COLOURFUL: f32 = 0.3;

/// The card in one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CardSight {
    /// Side of the code in widths of the frame.
    pub side: f32,
    /// Tilt of its upper edge in degrees, clockwise in the picture.
    pub tilt_deg: f32,
    /// The card faces the camera.
    pub flat: bool,
    /// Tint of the middle grey patches, (ln R/G, ln B/G): 0 in neutral light that the camera has balanced.
    pub tint: [f32; 2],
    /// The red patch is red: a camera in its night mode gives grey.
    pub colourful: bool,
}

impl CardSight {
    /// Reads the card; `None` where it is not in view whole.
    pub fn of(picture: &Picture) -> Option<Self> {
        let codes = read_codes(&Luma::of(picture), Effort::Picture);
        let code = codes.iter().find(|code| code.text() == Some(Card::TEXT))?;
        Self::seen(picture, code)
    }

    fn seen(picture: &Picture, code: &Code) -> Option<Self> {
        let [a, b, c, d] = refined(picture, code.corners());
        let length = |p: [f32; 2], q: [f32; 2]| (p[0] - q[0]).hypot(p[1] - q[1]);
        let (top, right, bottom, left) = (length(a, b), length(b, c), length(c, d), length(d, a));
        let side_px = (top + right + bottom + left) / 4.0;
        if side_px < 21.0 {
            return None;
        }
        let alike = |p: f32, q: f32| (p - q).abs() <= FLAT * side_px;
        let place = |u: f32, v: f32| {
            [0, 1].map(|axis| a[axis] + u * (b[axis] - a[axis]) + v * (d[axis] - a[axis]))
        };
        let grey: Vec<[f32; 2]> = (1..4)
            .filter_map(|column| patch(picture, &place, column, 0))
            .collect();
        let mean = |axis: usize| {
            let mut values: Vec<f32> = grey.iter().map(|g| g[axis]).collect();
            median(&mut values)
        };
        let (red, blue) = (mean(0)?, mean(1)?);
        let red_patch = patch(picture, &place, 0, 1)?;
        Some(Self {
            side: side_px / picture.width() as f32,
            tilt_deg: (b[1] - a[1]).atan2(b[0] - a[0]).to_degrees(),
            flat: alike(top, bottom) && alike(left, right) && alike(top, left),
            tint: [red, blue],
            colourful: red_patch[0] - red > COLOURFUL,
        })
    }

    /// Focal length in widths of the frame, when the card was held so far away.
    pub fn focal(&self, distance_cm: f32) -> f32 {
        self.side * distance_cm / Card::SIDE_CM
    }

    /// How far away the card is, with a lens of this focal length (in widths of the frame).
    pub fn distance_cm(&self, focal: f32) -> f32 {
        focal * Card::SIDE_CM / self.side.max(1e-4)
    }
}

/// The corners, told by the readers to a pixel or two, set to where paper turns black: across the outer row and column
/// of the finders, which are black all along.
fn refined(picture: &Picture, corners: [[f32; 2]; 4]) -> [[f32; 2]; 4] {
    const RING: f32 = 0.024;
    let [a, b, c, d] = corners;
    // u along the upper edge, v down
    let place = |[u, v]: [f32; 2]| {
        [0, 1].map(|axis| {
            let upper = a[axis] + u * (b[axis] - a[axis]);
            let lower = d[axis] + u * (c[axis] - d[axis]);
            upper + v * (lower - upper)
        })
    };
    let moved = |at: [f32; 2], inwards: [f32; 2]| {
        edge(picture, |t| {
            place([at[0] + t * inwards[0], at[1] + t * inwards[1]])
        })
        .unwrap_or(0.0)
    };
    let left = moved([0.0, RING], [1.0, 0.0]);
    let top = moved([RING, 0.0], [0.0, 1.0]);
    let right = 1.0 - moved([1.0, RING], [-1.0, 0.0]);
    let bottom = 1.0 - moved([RING, 1.0], [0.0, -1.0]);
    [[left, top], [right, top], [right, bottom], [left, bottom]].map(place)
}

/// Where light turns dark on the way from `-REACH` to `REACH`, in sides.
fn edge(picture: &Picture, at: impl Fn(f32) -> [f32; 2]) -> Option<f32> {
    const REACH: f32 = 0.1;
    const STEPS: usize = 60;
    let step = 2.0 * REACH / STEPS as f32;
    let light: Vec<f32> = (0..=STEPS)
        .map(|i| brightness(picture, at(i as f32 * step - REACH)))
        .collect::<Option<_>>()?;
    let outside = light.iter().take(5).sum::<f32>() / 5.0;
    let darkest = light.iter().copied().fold(f32::MAX, f32::min);
    let middle = f32::midpoint(outside, darkest);
    let (i, pair) = light
        .windows(2)
        .enumerate()
        .find(|(_, pair)| pair[0] >= middle && pair[1] < middle)?;
    let share = (pair[0] - middle) / (pair[0] - pair[1]).max(1e-3);
    Some((i as f32 + share) * step - REACH)
}

/// Bilinear green; `None` outside the picture.
fn brightness(picture: &Picture, [x, y]: [f32; 2]) -> Option<f32> {
    let (x, y) = (x - 0.5, y - 0.5);
    if x < 0.0 || y < 0.0 || x + 1.0 >= picture.width() as f32 {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    let green = |dx: usize, dy: usize| {
        let at = ((top + dy) * picture.width() + left + dx) * 3 + 1;
        picture.rgb().get(at).map(|v| f32::from(*v))
    };
    let (u, v) = (x.fract(), y.fract());
    let upper = green(0, 0)? * (1.0 - u) + green(1, 0)? * u;
    let lower = green(0, 1)? * (1.0 - u) + green(1, 1)? * u;
    Some(upper * (1.0 - v) + lower * v)
}

/// Chromaticity of the middle of a patch; `None` where it lies outside the picture.
fn patch(
    picture: &Picture,
    place: &impl Fn(f32, f32) -> [f32; 2],
    column: usize,
    row: usize,
) -> Option<[f32; 2]> {
    let (left, top) = (Card::patch_left(column), *Card::ROWS.get(row)?);
    let mut sum = [0.0; 3];
    for (i, j) in (0..25).map(|k| (k % 5, k / 5)) {
        let inner = |k: usize| 0.3 + 0.1 * k as f32;
        let [x, y] = place(left + 0.2 * inner(i), top + Card::PATCH_HEIGHT * inner(j));
        let inside = x >= 0.0 && y >= 0.0 && x < picture.width() as f32;
        let at = (y as usize * picture.width() + x as usize) * 3;
        let pixel = picture.rgb().get(at..at + 3).filter(|_| inside)?;
        let &[r, g, b] = pixel else { return None };
        for (s, v) in sum.iter_mut().zip(tone::linear([r, g, b])) {
            *s += v / 25.0;
        }
    }
    Some(tone::chromaticity_of(sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcodegen::{QrCode, QrCodeEcc};

    /// The card drawn at this size, turned a little, in light of this tint.
    fn photo(module_px: f32, turn_rad: f32, gain: [f32; 3]) -> Picture {
        let code = QrCode::encode_text(Card::TEXT, QrCodeEcc::Medium).unwrap();
        let side = code.size() as f32 * module_px;
        let (sin, cos) = turn_rad.sin_cos();
        let (width, height) = (1280_usize, 720_usize);
        let mut rgb = Vec::with_capacity(width * height * 3);
        for i in 0..width * height {
            let (x, y) = ((i % width) as f32 - 500.0, (i / width) as f32 - 200.0);
            let (u, v) = ((x * cos + y * sin) / side, (y * cos - x * sin) / side);
            let paper = [245_u8; 3];
            let module = |t: f32| (t * code.size() as f32).floor() as i32;
            let row = Card::ROWS
                .iter()
                .position(|top| v >= *top && v < top + Card::PATCH_HEIGHT);
            let pixel = match row {
                Some(row) if (0.0..1.0).contains(&u) => PATCH_COLOURS[row][(u * 5.0) as usize],
                _ if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) => {
                    if code.get_module(module(u), module(v)) {
                        [20; 3]
                    } else {
                        paper
                    }
                }
                _ => paper,
            };
            rgb.extend((0..3).map(|c| (f32::from(pixel[c]) * gain[c]).min(255.0) as u8));
        }
        Picture::from_rgb(width, height, rgb).unwrap()
    }

    #[test]
    fn the_card_gives_size_tilt_and_the_colour_of_the_light() {
        let sight = CardSight::of(&photo(6.0, 0.035, [1.0; 3])).unwrap();
        assert!((sight.side * 1280.0 - 126.0).abs() < 2.5, "{sight:?}");
        assert!((sight.tilt_deg - 2.0).abs() < 0.7, "{sight:?}");
        assert!(sight.flat && sight.colourful && sight.tint.iter().all(|t| t.abs() < 0.03));
        let warm = CardSight::of(&photo(6.0, 0.0, [1.0, 0.93, 0.8])).unwrap();
        assert!(warm.tint[0] > 0.1 && warm.tint[1] < -0.2, "{warm:?}");
    }

    #[test]
    fn half_the_size_is_twice_the_distance() {
        let near = CardSight::of(&photo(8.0, 0.0, [1.0; 3])).unwrap();
        let far = CardSight::of(&photo(4.0, 0.0, [1.0; 3])).unwrap();
        let focal = near.focal(100.0);
        assert!((far.distance_cm(focal) - 200.0).abs() < 6.0);
    }

    #[test]
    fn a_grey_picture_has_no_colour_and_a_wall_has_no_card() {
        let mut rgb = photo(6.0, 0.0, [1.0; 3]).rgb().to_vec();
        for pixel in rgb.chunks_exact_mut(3) {
            pixel.fill(pixel[1]);
        }
        let night = Picture::from_rgb(1280, 720, rgb).unwrap();
        assert!(!CardSight::of(&night).unwrap().colourful);
        let wall = Picture::from_rgb(320, 240, vec![200; 320 * 240 * 3]).unwrap();
        assert_eq!(CardSight::of(&wall), None);
    }
}
