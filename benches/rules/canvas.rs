//! A picture in linear light that can be lit, bent and painted on. No rule and no face is known here.

use gradbooth::vision::raster::{Plane, Raster, gauss_blur, polygon};
use gradbooth::vision::{Picture, PictureError};

/// Linear light, 0..1, red, green, blue.
pub type Light = [f32; 3];
/// A place in pixels.
pub type Place = [f32; 2];

/// Row-major linear light.
#[derive(Clone)]
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<Light>,
}

/// Linear light of an sRGB byte.
pub fn linear(byte: u8) -> f32 {
    let v = f32::from(byte) / 255.0;
    if v <= 0.040_45 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

fn byte(light: f32) -> u8 {
    let v = light.clamp(0.0, 1.0);
    let v = if v <= 0.003_130_8 {
        v * 12.92
    } else {
        1.055 * v.powf(1.0 / 2.4) - 0.055
    };
    (v * 255.0).round() as u8
}

/// From `a` to `b` by `share`.
pub fn mixed(a: Light, b: Light, share: f32) -> Light {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}

impl Canvas {
    pub fn of(picture: &Picture) -> Self {
        let table: [f32; 256] = std::array::from_fn(|i| linear(i as u8));
        Self {
            width: picture.width(),
            height: picture.height(),
            pixels: picture
                .rgb()
                .chunks_exact(3)
                .map(|p| [p[0], p[1], p[2]].map(|v| table[v as usize]))
                .collect(),
        }
    }

    /// Every pixel anew, from its place and its light.
    pub fn each(mut self, change: impl Fn(Place, Light) -> Light) -> Self {
        let width = self.width;
        for (i, pixel) in self.pixels.iter_mut().enumerate() {
            *pixel = change([(i % width) as f32, (i / width) as f32], *pixel);
        }
        self
    }

    /// Paints inside an outline, whose edge is soft by `soft_px`.
    pub fn inside(
        self,
        outline: &[Place],
        soft_px: f32,
        paint: impl Fn(Place, Light) -> Light,
    ) -> Self {
        let share = self.share_inside(&[outline], soft_px);
        self.through(&share, paint)
    }

    /// Paints where `share` is above 0.
    pub fn through(mut self, share: &Plane, paint: impl Fn(Place, Light) -> Light) -> Self {
        let width = self.width;
        let pixels = self.pixels.iter_mut().zip(share.values()).enumerate();
        for (i, (pixel, &share)) in pixels.filter(|(_, (_, share))| **share > 0.003) {
            let at = [(i % width) as f32, (i / width) as f32];
            *pixel = mixed(*pixel, paint(at, *pixel), share);
        }
        self
    }

    /// 1 inside the outlines, 0 outside, soft at the edge.
    pub fn share_inside(&self, outlines: &[&[Place]], soft_px: f32) -> Plane {
        let mut plane = Plane::filled(self.width, self.height, 0.0);
        for outline in outlines {
            for i in polygon(outline, self.width, self.height) {
                plane.row_mut(i / self.width)[i % self.width] = 1.0;
            }
        }
        if soft_px > 0.0 {
            gauss_blur(&plane, soft_px)
        } else {
            plane
        }
    }

    /// Each pixel taken from where `from` says; the edge is repeated outside.
    pub fn bent(&self, from: impl Fn(Place) -> Place) -> Self {
        let pixels = (0..self.pixels.len())
            .map(|i| self.at(from([(i % self.width) as f32, (i / self.width) as f32])))
            .collect();
        Self {
            pixels,
            ..self.clone()
        }
    }

    /// Light between the pixels.
    pub fn at(&self, [x, y]: Place) -> Light {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = (
            (left + 1).min(self.width - 1),
            (top + 1).min(self.height - 1),
        );
        let (fx, fy) = (x.fract(), y.fract());
        let of = |x: usize, y: usize| self.pixels[y * self.width + x];
        mixed(
            mixed(of(left, top), of(right, top), fx),
            mixed(of(left, bottom), of(right, bottom), fx),
            fy,
        )
    }

    /// The part that begins at a corner.
    pub fn part(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let rows = self.pixels.chunks_exact(self.width).skip(top).take(height);
        let pixels: Vec<Light> = rows
            .flat_map(|row| row.iter().skip(left).take(width))
            .copied()
            .collect();
        let width = width.min(self.width - left);
        Self {
            width,
            height: pixels.len() / width,
            pixels,
        }
    }

    /// Two canvases of one height side by side.
    pub fn beside(&self, other: &Self) -> Self {
        let rows = self.pixels.chunks_exact(self.width);
        let pixels = rows
            .zip(other.pixels.chunks_exact(other.width))
            .flat_map(|(a, b)| a.iter().chain(b))
            .copied()
            .collect();
        Self {
            width: self.width + other.width,
            height: self.height,
            pixels,
        }
    }

    pub fn blurred(&self, sigma_px: f32) -> Self {
        let raster = Raster::from_values(self.width, self.height, self.pixels.clone(), [0.0; 3]);
        Self {
            pixels: gauss_blur(&raster, sigma_px).values().to_vec(),
            ..self.clone()
        }
    }

    /// The camera's shake along a line.
    pub fn shaken(&self, along_px: [f32; 2]) -> Self {
        const STEPS: usize = 15;
        let pixels = (0..self.pixels.len())
            .map(|i| {
                let at = [(i % self.width) as f32, (i / self.width) as f32];
                let mut sum = [0.0; 3];
                for step in 0..STEPS {
                    let share = step as f32 / (STEPS - 1) as f32 - 0.5;
                    let seen = self.at([at[0] + share * along_px[0], at[1] + share * along_px[1]]);
                    sum = std::array::from_fn(|c| sum[c] + seen[c] / STEPS as f32);
                }
                sum
            })
            .collect();
        Self {
            pixels,
            ..self.clone()
        }
    }

    /// As a camera hands it over: through a JPEG of this quality.
    pub fn through_jpeg(&self, quality: u8) -> Result<Picture, PictureError> {
        let rgb: Vec<u8> = self
            .pixels
            .iter()
            .flat_map(|pixel| pixel.map(byte))
            .collect();
        let mut file = Vec::new();
        let size = [self.width, self.height].map(|v| u16::try_from(v).unwrap_or(u16::MAX));
        jpeg_encoder::Encoder::new(&mut file, quality)
            .encode(&rgb, size[0], size[1], jpeg_encoder::ColorType::Rgb)
            .map_err(|_| PictureError::Damaged)?;
        Picture::decode(&file)
    }
}
