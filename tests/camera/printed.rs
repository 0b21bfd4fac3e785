//! The calibration card as a printer gives it, hung before a pinhole camera: read from the very page that
//! `gradbooth card` writes, so that page, drawing and eye cannot drift apart.

use gradbooth::tools::card::{self, CardArgs};
use gradbooth::vision::Picture;
use gradbooth::vision::raster::{Colours, Raster, gauss_blur};

/// A4 in millimetres.
const PAGE_MM: [usize; 2] = [210, 297];
/// Dots of the print a millimetre.
const DOTS: usize = 4;
/// Looks a pixel, across and down.
const FINE: usize = 3;
/// Blur of the lens in pixels.
const LENS_PX: f32 = 0.9;

/// The printed page.
pub struct Page {
    /// sRGB as shares of white.
    dots: Vec<[f32; 3]>,
}

/// Where the page is held.
#[derive(Clone, Copy)]
pub struct Hung {
    /// From the camera to its middle.
    pub cm: f32,
    /// Turned in its own plane, clockwise in the picture.
    pub roll_deg: f32,
    /// Turned away.
    pub yaw_deg: f32,
    /// Its middle beside the axis of the camera, right and down.
    pub beside_cm: [f32; 2],
}

impl Page {
    /// From the page that the tool writes.
    pub fn printed() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("card.svg");
        let (mut said, mut wrong) = (Vec::new(), Vec::new());
        let args = CardArgs { out: out.clone() };
        assert_eq!(card::run(&args, &mut said, &mut wrong).unwrap(), 0);
        let svg = std::fs::read_to_string(out).unwrap();
        let mut page = Self {
            dots: vec![[0.96; 3]; PAGE_MM[0] * PAGE_MM[1] * DOTS * DOTS],
        };
        for module in svg.split('M').skip(1).filter(|part| part.contains('z')) {
            let n: Vec<f32> = numbers(module).collect();
            page.ink([n[0], n[1]], [n[2], n[3]], [0.08; 3]);
        }
        for patch in svg.lines().filter(|line| line.contains("rgb(")) {
            let n: Vec<f32> = numbers(patch).collect();
            let colour = [n[4], n[5], n[6]].map(|v| v / 255.0);
            page.ink([n[0], n[1]], [n[2], n[3]], colour);
        }
        page
    }

    fn ink(&mut self, at_mm: [f32; 2], size_mm: [f32; 2], colour: [f32; 3]) {
        let dot = |mm: f32| (mm * DOTS as f32).round() as usize;
        for y in dot(at_mm[1])..dot(at_mm[1] + size_mm[1]) {
            let row = y * PAGE_MM[0] * DOTS;
            self.dots[row + dot(at_mm[0])..row + dot(at_mm[0] + size_mm[0])].fill(colour);
        }
    }

    fn at(&self, [x, y]: [f32; 2]) -> Option<[f32; 3]> {
        let (x, y) = (x * DOTS as f32, y * DOTS as f32);
        let inside = x >= 0.0 && y >= 0.0 && x < (PAGE_MM[0] * DOTS) as f32;
        let at = y.max(0.0) as usize * PAGE_MM[0] * DOTS + x.max(0.0) as usize;
        self.dots.get(at).filter(|_| inside).copied()
    }

    /// The page before a wall, seen by a lens of this focal length (in widths of the frame), lit as the wall is.
    pub fn before(&self, wall: &Picture, focal: f32, hung: Hung) -> Picture {
        let (width, height) = (wall.width(), wall.height());
        let camera = Seen::by(focal * width as f32, hung);
        let wall_rgb = wall.rgb();
        let seen: Colours = Raster::from_fn(width, height, |x, y| {
            let at = (y * width + x) * 3;
            let behind = [0, 1, 2].map(|c| f32::from(wall_rgb[at + c]) / 255.0);
            let mut sum = [0.0; 3];
            for fine in 0..FINE * FINE {
                let inner = |k: usize| (k as f32 + 0.5) / FINE as f32;
                let pixel = [
                    x as f32 + inner(fine % FINE) - width as f32 / 2.0,
                    y as f32 + inner(fine / FINE) - height as f32 / 2.0,
                ];
                let paper = camera.on_page(pixel).and_then(|mm| self.at(mm));
                let light = paper.map_or(behind, |ink| ink.map(|v| v * 0.92));
                for (sum, light) in sum.iter_mut().zip(light) {
                    *sum += light / (FINE * FINE) as f32;
                }
            }
            sum
        });
        Picture::from_colours(&gauss_blur(&seen, LENS_PX)).unwrap()
    }
}

/// A pinhole camera and the plane of the page before it.
struct Seen {
    focal_px: f32,
    middle: [f32; 3],
    right: [f32; 3],
    down: [f32; 3],
    away: [f32; 3],
}

impl Seen {
    fn by(focal_px: f32, hung: Hung) -> Self {
        let (roll, yaw) = (hung.roll_deg.to_radians(), hung.yaw_deg.to_radians());
        let turned = |[x, y]: [f32; 2]| {
            let (x, y) = (
                x * roll.cos() - y * roll.sin(),
                x * roll.sin() + y * roll.cos(),
            );
            [x * yaw.cos(), y, x * yaw.sin()]
        };
        Self {
            focal_px,
            middle: [
                hung.beside_cm[0] * 10.0,
                hung.beside_cm[1] * 10.0,
                hung.cm * 10.0,
            ],
            right: turned([1.0, 0.0]),
            down: turned([0.0, 1.0]),
            away: [-yaw.sin(), 0.0, yaw.cos()],
        }
    }

    /// Where the ray of a pixel (from the middle of the frame) meets the page, in millimetres from its corner.
    fn on_page(&self, [x, y]: [f32; 2]) -> Option<[f32; 2]> {
        let ray = [x / self.focal_px, y / self.focal_px, 1.0];
        let facing = dot(ray, self.away);
        if facing < 1e-3 {
            return None;
        }
        let far = dot(self.middle, self.away) / facing;
        let from_middle: [f32; 3] = std::array::from_fn(|i| ray[i] * far - self.middle[i]);
        Some([
            dot(from_middle, self.right) + PAGE_MM[0] as f32 / 2.0,
            dot(from_middle, self.down) + PAGE_MM[1] as f32 / 2.0,
        ])
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The numbers in a piece of the page.
fn numbers(text: &str) -> impl Iterator<Item = f32> + '_ {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|word| word.parse().ok())
}
