//! Pictures of the screens without a graphics card: the triangles that egui gives, painted into an image.

use egui::{ClippedPrimitive, ImageData, TextureId, TexturesDelta, epaint::Primitive};
use egui_kittest::TestRenderer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

type Textures = HashMap<TextureId, egui::ColorImage>;

/// Keeps the textures of a harness; its clone paints with them.
#[derive(Clone, Default)]
pub struct Painter(Arc<Mutex<Textures>>);

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, patches) in std::mem::take(&mut delta.set) {
            for patch in patches {
                let ImageData::Color(image) = patch.image;
                match (patch.pos, textures.get_mut(&id)) {
                    (Some([left, top]), Some(whole)) => {
                        for y in 0..image.height() {
                            let at = (top + y) * whole.width() + left;
                            whole.pixels[at..at + image.width()].copy_from_slice(
                                &image.pixels[y * image.width()..(y + 1) * image.width()],
                            );
                        }
                    }
                    _ => {
                        textures.insert(id, image.as_ref().clone());
                    }
                }
            }
        }
    }
}

impl Painter {
    /// What is on the screen.
    pub fn paint(&self, primitives: &[ClippedPrimitive], size: [f32; 2]) -> image::RgbImage {
        let textures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut picture = image::RgbImage::new(size[0] as u32, size[1] as u32);
        for clipped in primitives {
            let Primitive::Mesh(mesh) = &clipped.primitive else {
                continue;
            };
            let Some(texture) = textures.get(&mesh.texture_id) else {
                continue;
            };
            for corners in mesh.indices.chunks_exact(3) {
                let corner = |i: usize| mesh.vertices[corners[i] as usize];
                triangle(
                    &mut picture,
                    [corner(0), corner(1), corner(2)],
                    texture,
                    clipped.clip_rect,
                );
            }
        }
        picture
    }
}

fn triangle(
    picture: &mut image::RgbImage,
    corners: [egui::epaint::Vertex; 3],
    texture: &egui::ColorImage,
    clip: egui::Rect,
) {
    let [a, b, c] = corners.map(|corner| corner.pos);
    let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
    if area == 0.0 {
        return;
    }
    let whole = egui::Rect::from_min_size(
        egui::Pos2::ZERO,
        egui::vec2(picture.width() as f32, picture.height() as f32),
    );
    let bounds = egui::Rect::from_points(&[a, b, c])
        .intersect(clip)
        .intersect(whole);
    if bounds.is_negative() {
        return;
    }
    for y in bounds.top() as u32..(bounds.bottom().ceil() as u32).min(picture.height()) {
        for x in bounds.left() as u32..(bounds.right().ceil() as u32).min(picture.width()) {
            let at = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
            let side = |p: egui::Pos2, q: egui::Pos2| {
                ((q - p).x * (at - p).y - (q - p).y * (at - p).x) / area
            };
            let shares = [side(b, c), side(c, a), side(a, b)];
            if shares.iter().any(|share| *share < 0.0) || !clip.contains(at) {
                continue;
            }
            let mix = |value: fn(&egui::epaint::Vertex) -> f32| -> f32 {
                corners.iter().zip(shares).map(|(v, s)| value(v) * s).sum()
            };
            let reach = |uv: f32, length: usize| {
                ((uv * length as f32) as usize).min(length.saturating_sub(1))
            };
            let pixel = texture[(
                reach(mix(|v| v.uv.x), texture.width()),
                reach(mix(|v| v.uv.y), texture.height()),
            )];
            let tint = [
                mix(|v| v.color.r().into()),
                mix(|v| v.color.g().into()),
                mix(|v| v.color.b().into()),
                mix(|v| v.color.a().into()),
            ];
            let source = |i: usize| f32::from(pixel.to_array()[i]) * tint[i] / 255.0;
            let through = 1.0 - source(3) / 255.0;
            let below = picture.get_pixel_mut(x, y);
            for i in 0..3 {
                below.0[i] = (source(i) + f32::from(below.0[i]) * through) as u8;
            }
        }
    }
}
