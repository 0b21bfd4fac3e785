//! Pictures as textures: made once, shown many times, forgotten with the person they show.

use crate::vision::Picture;
use crate::vision::capture::Capture;
use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2, vec2};
use std::collections::HashMap;
use std::sync::Arc;

/// No texture is larger than this at its longer side: enough for every place on the screen, small for every card.
const LONGEST_SIDE_PX: usize = 1440;
/// A session shows a few captures and photos; more means somebody forgot to forget.
const MOST_PEOPLE: usize = 12;

/// What the camera sees now, for the screen. Unmirrored, as it comes.
#[derive(Debug, Clone, Default)]
pub struct LiveView {
    /// Counts frames: the texture is renewed when it changes.
    pub serial: u64,
    /// The frame; `None` while there is no camera.
    pub picture: Option<Arc<Picture>>,
}

/// A texture to draw.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The texture.
    pub id: TextureId,
    /// Its size in pixels.
    pub size: Vec2,
}

macro_rules! examples {
    ($($name:ident => $file:literal,)*) => {
        /// The pictures of right and wrong that ship with the booth (renders; nobody real).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the name says what the picture shows")]
        pub enum Example { $($name,)* }

        impl Example {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn jpeg(self) -> &'static [u8] {
                match self {
                    $(Self::$name => include_bytes!(concat!("../../assets/pictures/", $file, ".jpg")),)*
                }
            }
        }
    };
}

examples! {
    Right => "right",
    Glasses => "glasses",
    Hat => "hat",
    Roll => "roll",
    Near => "near",
    Far => "far",
    OffCentre => "offcentre",
    BlueTop => "bluetop",
    SideLight => "sidelight",
    WallShadow => "wallshadow",
    EyesClosed => "eyesclosed",
    MouthOpen => "mouthopen",
    Yaw => "yaw",
    NoCollar => "nocollar",
}

/// Every texture of the booth.
#[derive(Default)]
pub struct Gallery {
    people: HashMap<[u8; 32], TextureHandle>,
    examples: HashMap<Example, TextureHandle>,
    live: Option<(u64, TextureHandle)>,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gallery({} of people)", self.people.len())
    }
}

impl Gallery {
    /// Nothing hung yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A capture.
    pub fn capture(&mut self, ctx: &Context, capture: &Capture) -> Shown {
        self.person(ctx, capture.sha256, || Some(image(&capture.picture)))
    }

    /// The very bytes of a JPEG that are named by `sha256`; an empty frame if they cannot be read.
    pub fn jpeg(&mut self, ctx: &Context, sha256: [u8; 32], bytes: &[u8]) -> Shown {
        self.person(ctx, sha256, || {
            Picture::decode(bytes).ok().as_ref().map(image)
        })
    }

    fn person(
        &mut self,
        ctx: &Context,
        key: [u8; 32],
        make: impl FnOnce() -> Option<ColorImage>,
    ) -> Shown {
        if self.people.len() >= MOST_PEOPLE && !self.people.contains_key(&key) {
            self.people.clear();
        }
        let handle = self.people.entry(key).or_insert_with(|| {
            let image = make().unwrap_or_else(blank);
            ctx.load_texture("person", image, TextureOptions::LINEAR)
        });
        shown(handle)
    }

    /// A picture of right or wrong.
    pub fn example(&mut self, ctx: &Context, example: Example) -> Shown {
        let handle = self.examples.entry(example).or_insert_with(|| {
            let image = Picture::decode(example.jpeg())
                .ok()
                .as_ref()
                .map_or_else(blank, image);
            ctx.load_texture("example", image, TextureOptions::LINEAR)
        });
        shown(handle)
    }

    /// What the camera sees now; `None` while it sees nothing.
    pub fn live(&mut self, ctx: &Context, view: &LiveView) -> Option<Shown> {
        let picture = view.picture.as_ref()?;
        if let Some((serial, handle)) = &mut self.live {
            if *serial != view.serial {
                handle.set(image(picture), TextureOptions::LINEAR);
                *serial = view.serial;
            }
            return Some(shown(handle));
        }
        let handle = ctx.load_texture("live", image(picture), TextureOptions::LINEAR);
        let live = shown(&handle);
        self.live = Some((view.serial, handle));
        Some(live)
    }

    /// Takes everything down that shows somebody. Call when a session ends.
    pub fn forget_people(&mut self) {
        self.people.clear();
        self.live = None;
    }

    /// Nobody's picture is held.
    pub fn is_empty_of_people(&self) -> bool {
        self.people.is_empty() && self.live.is_none()
    }
}

fn shown(handle: &TextureHandle) -> Shown {
    Shown {
        id: handle.id(),
        size: handle.size_vec2(),
    }
}

fn blank() -> ColorImage {
    ColorImage::filled([3, 4], super::theme::SUNKEN)
}

/// The picture, shrunk by a whole factor where it is larger than any place for it.
fn image(picture: &Picture) -> ColorImage {
    let (width, height) = (picture.width(), picture.height());
    let factor = width.max(height).div_ceil(LONGEST_SIDE_PX).max(1);
    if factor == 1 {
        return ColorImage::from_rgb([width, height], picture.rgb());
    }
    let size = [width / factor, height / factor];
    let small = shrunk(picture, factor, size);
    ColorImage::from_rgb(size, &small)
}

/// Means of squares of `factor` pixels.
fn shrunk(picture: &Picture, factor: usize, [width, height]: [usize; 2]) -> Vec<u8> {
    let stride = picture.width() * 3;
    let count = (factor * factor) as u32;
    let mut small = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        let rows = picture
            .rgb()
            .chunks_exact(stride)
            .skip(y * factor)
            .take(factor);
        let mut sums = vec![0_u32; width * 3];
        for row in rows {
            for (sum, square) in sums.chunks_exact_mut(3).zip(row.chunks_exact(factor * 3)) {
                for pixel in square.chunks_exact(3) {
                    for (s, v) in sum.iter_mut().zip(pixel) {
                        *s += u32::from(*v);
                    }
                }
            }
        }
        small.extend(sums.iter().map(|sum| (sum / count) as u8));
    }
    small
}

/// The part of a texture that fills `place` without stretching, mirrored for a student who looks into it.
pub fn covering(size: Vec2, place: Vec2, mirrored: bool) -> egui::Rect {
    let scale = (place.x / size.x).max(place.y / size.y);
    let share = vec2(place.x / (size.x * scale), place.y / (size.y * scale));
    let min = egui::pos2((1.0 - share.x) / 2.0, (1.0 - share.y) / 2.0);
    let uv = egui::Rect::from_min_size(min, share);
    if mirrored {
        egui::Rect::from_min_max(
            egui::pos2(uv.right(), uv.top()),
            egui::pos2(uv.left(), uv.bottom()),
        )
    } else {
        uv
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_shrunk_by_means() {
        let rgb: Vec<u8> = (0..2880 * 2)
            .flat_map(|i| {
                if i % 2 == 0 {
                    [0, 100, 200]
                } else {
                    [100, 200, 100]
                }
            })
            .collect();
        let small = image(&Picture::from_rgb(2880, 2, rgb).unwrap());
        assert_eq!(small.size, [1440, 1]);
        assert!(
            small
                .pixels
                .iter()
                .all(|p| p.to_array() == [50, 150, 150, 255])
        );
    }

    #[test]
    fn every_example_can_be_read() {
        for example in Example::ALL {
            let picture = Picture::decode(example.jpeg()).unwrap();
            assert_eq!(
                picture.width() * 4,
                picture.height() * 3,
                "{example:?} is 3:4"
            );
        }
    }

    #[test]
    fn covering_keeps_proportions_and_mirrors() {
        let uv = covering(vec2(1280.0, 720.0), vec2(300.0, 400.0), true);
        assert!(uv.left() > uv.right() && (uv.height() - 1.0).abs() < 1e-6);
        let shown_width_px = (uv.left() - uv.right()) * 1280.0;
        assert!((shown_width_px - 540.0).abs() < 0.01, "{shown_width_px}");
    }
}
