//! Somebody who sits right: the picture, what the nets see in it, and lengths in face widths.

use std::path::Path;

use gradbooth::vision::raster::{Plane, gauss_blur, stretched};
use gradbooth::vision::{Nets, Picture};

use super::canvas::{Canvas, Place};

/// What is darker than this below the chin is long hair: the sitters wear white.
const HAIR_BELOW: f32 = 0.15;

/// One person of the trial.
pub struct Sitter {
    pub name: String,
    /// Tone of the skin as the labels beside the pictures say, for the table by tone.
    pub tone: String,
    pub canvas: Canvas,
    pub points: Vec<[f32; 3]>,
    /// 1 the person, 0 the wall, in the picture's own pixels.
    pub person: Plane,
    /// Face width in pixels.
    pub face: f32,
    /// Middle of the irises.
    pub eyes: Place,
    pub chin: Place,
}

impl Sitter {
    /// `None` where no face is found.
    pub fn of(nets: &Nets, picture: &Picture, name: &str, tone: &str) -> Option<Self> {
        let look = nets.look(picture).ok()?;
        let face = look.face?;
        let person = stretched(&look.mask, picture.width(), picture.height());
        Some(Self {
            name: name.to_owned(),
            tone: tone.to_owned(),
            canvas: Canvas::of(picture),
            points: face.points().to_vec(),
            person: gauss_blur(&person, 1.0),
            face: face.width_px(),
            eyes: face.eye_middle(),
            chin: face.point(152),
        })
    }

    pub fn point(&self, i: usize) -> Place {
        let [x, y, _] = self.points[i];
        [x, y]
    }

    pub fn outline(&self, ids: &[usize]) -> Vec<Place> {
        ids.iter().map(|&i| self.point(i)).collect()
    }

    /// Points made larger about their own middle.
    pub fn grown(&self, ids: &[usize], by: [f32; 2]) -> Vec<Place> {
        let points = self.outline(ids);
        let n = points.len() as f32;
        let middle: Place =
            std::array::from_fn(|axis| points.iter().map(|p| p[axis]).sum::<f32>() / n);
        points
            .iter()
            .map(|p| std::array::from_fn(|axis| middle[axis] + (p[axis] - middle[axis]) * by[axis]))
            .collect()
    }

    /// A place seen from the middle of the eyes, in face widths.
    pub fn beside_eyes(&self, [x, y]: Place) -> Place {
        [
            (x - self.eyes[0]) / self.face,
            (y - self.eyes[1]) / self.face,
        ]
    }

    /// A place so many face widths from the middle of the eyes.
    pub fn at_eyes(&self, [x, y]: Place) -> Place {
        [self.eyes[0] + x * self.face, self.eyes[1] + y * self.face]
    }

    /// The person's part of a pixel.
    pub fn person_at(&self, [x, y]: Place) -> f32 {
        self.person.at_clamped(x as isize, y as isize)
    }

    /// What of the person lies below the neck and is neither skin nor hair: 1 cloth.
    pub fn cloth(&self) -> Plane {
        let skin = self.canvas.at(self.point(50));
        let ratio = |p: [f32; 3]| {
            let log = p.map(|v| (v + 0.004).ln());
            [log[0] - log[1], log[2] - log[1]]
        };
        let [red, blue] = ratio(skin);
        let from = self.chin[1] + 0.12 * self.face;
        let cloth = Plane::from_fn(self.canvas.width, self.canvas.height, |x, y| {
            let at = [x as f32, y as f32];
            if at[1] < from || self.person_at(at) < 0.5 {
                return 0.0;
            }
            let seen = self.canvas.pixels[y * self.canvas.width + x];
            if seen[1] < HAIR_BELOW {
                return 0.0;
            }
            let [r, b] = ratio(seen);
            let own = ((r - red) / 0.16).hypot((b - blue) / 0.30);
            f32::from(u8::from(own > 1.6))
        });
        gauss_blur(&cloth, 2.0)
    }
}

/// The pictures of a folder whose names begin with one of `kinds`, with the tones of its `labels.csv`.
pub fn sitters(nets: &Nets, folder: &Path, kinds: &[&str]) -> Vec<Sitter> {
    let labels = std::fs::read_to_string(folder.join("labels.csv")).unwrap_or_default();
    let tone = |file: &str| {
        let line = labels.lines().find(|line| line.starts_with(file));
        line.and_then(|line| line.split(',').nth(5))
            .unwrap_or("-")
            .to_owned()
    };
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| kinds.iter().any(|kind| name.starts_with(kind)))
        .collect();
    names.sort();
    names
        .iter()
        .filter_map(|name| {
            let picture = Picture::decode(&std::fs::read(folder.join(name)).ok()?).ok()?;
            Sitter::of(nets, &picture, name, &tone(name))
        })
        .collect()
}
