//! A picture to draw on: other pictures, bands, lines and words in the booth's own face. For looking at, never for a
//! standard photo.

use std::io::Cursor;
use std::ops::Range;

use egui::epaint::text::{Fonts, TextOptions};
use egui::{Color32, FontId};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

use crate::ui::fonts;
use crate::vision::Picture;

/// Row-major RGB.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Canvas {
    /// One colour.
    pub(super) fn new(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self {
            width,
            height,
            rgb: colour.repeat(width * height),
        }
    }

    /// Lays `share` of a colour on a pixel; outside there is nothing.
    fn mix(&mut self, x: usize, y: usize, colour: [u8; 3], share: f32) {
        if x >= self.width || y >= self.height {
            return;
        }
        let start = (y * self.width + x) * 3;
        for (byte, c) in self.rgb[start..start + 3].iter_mut().zip(colour) {
            let old = f32::from(*byte);
            *byte = (old + (f32::from(c) - old) * share + 0.5) as u8;
        }
    }

    /// A rectangle of `share` of a colour.
    pub(super) fn fill(&mut self, x: Range<usize>, y: Range<usize>, colour: [u8; 3], share: f32) {
        for v in y {
            for u in x.clone() {
                self.mix(u, v, colour, share);
            }
        }
    }

    /// A picture with its upper left corner at `(left, top)`, each pixel drawn `times` wide.
    pub(super) fn paste(&mut self, picture: &Picture, (left, top): (usize, usize), times: usize) {
        let pixels = picture.rgb().as_chunks::<3>().0;
        for (i, colour) in pixels.iter().enumerate() {
            let x = left + i % picture.width() * times;
            let y = top + i / picture.width() * times;
            self.fill(x..x + times, y..y + times, *colour, 1.0);
        }
    }

    /// As PNG.
    pub(super) fn png(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Cursor::new(Vec::new());
        let (width, height) = (self.width as u32, self.height as u32);
        PngEncoder::new(&mut bytes)
            .write_image(&self.rgb, width, height, ExtendedColorType::Rgb8)
            .map_err(|e| e.to_string())?;
        Ok(bytes.into_inner())
    }
}

/// Sets words.
pub(super) struct Letters(Fonts);

impl Letters {
    /// In the booth's faces.
    pub(super) fn new() -> Self {
        Self(Fonts::new(TextOptions::default(), fonts::definitions()))
    }

    /// One line of words, its upper left corner at `(left, top)`; what does not fit is cut off.
    pub(super) fn write(
        &mut self,
        canvas: &mut Canvas,
        (left, top): (usize, usize),
        size_px: f32,
        colour: [u8; 3],
        words: &str,
    ) {
        let mut fonts = self.0.with_pixels_per_point(1.0);
        let font = FontId::proportional(size_px);
        let galley = fonts.layout_no_wrap(words.to_owned(), font, Color32::WHITE);
        let atlas = fonts.image();
        for row in &galley.rows {
            for glyph in &row.glyphs {
                let uv = glyph.uv_rect;
                let x = left as f32 + row.pos.x + glyph.pos.x + uv.offset.x;
                let y = top as f32 + row.pos.y + glyph.pos.y + uv.offset.y;
                let (x, y) = (x.round().max(0.0) as usize, y.round().max(0.0) as usize);
                let columns = usize::from(uv.min[0])..usize::from(uv.max[0]);
                for (v, from) in (usize::from(uv.min[1])..usize::from(uv.max[1])).enumerate() {
                    for (u, pixel) in atlas.pixels[from * atlas.size[0]..][columns.clone()]
                        .iter()
                        .enumerate()
                    {
                        canvas.mix(x + u, y + v, colour, f32::from(pixel.a()) / 255.0);
                    }
                }
            }
        }
    }
}
