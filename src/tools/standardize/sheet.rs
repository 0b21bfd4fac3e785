//! The contact sheet of a batch: every portrait's photo (or the portrait itself where there is none) with its name
//! and verdict.

use std::path::Path;

use super::canvas::{Canvas, Letters};
use super::whole::write_whole;
use crate::vision::Picture;

/// A picture on the sheet.
const TILE_WIDTH: usize = 150;
const TILE_HEIGHT: usize = 200;
/// Room below it for two lines.
const LABEL_HEIGHT: usize = 40;
const GAP: usize = 10;
const COLUMNS: usize = 8;
const LETTER_PX: f32 = 14.0;
const PAPER: [u8; 3] = [250; 3];
const INK: [u8; 3] = [30; 3];
const REFUSED: [u8; 3] = [190, 0, 0];
/// Letters that fit under a tile.
const MOST_LETTERS: usize = 20;

/// One portrait on the sheet.
pub(super) struct Tile {
    picture: Option<Picture>,
    name: String,
    verdict: String,
}

impl Tile {
    /// Made small at once, so that a long batch stays small in memory.
    pub(super) fn new(picture: Option<&Picture>, file: &str, verdict: &str) -> Self {
        let name = Path::new(file).file_stem().unwrap_or_default();
        Self {
            picture: picture.and_then(small),
            name: shortened(&name.to_string_lossy()),
            verdict: shortened(verdict),
        }
    }

    fn is_good(&self) -> bool {
        self.verdict.starts_with("quality") || self.verdict == "kept"
    }
}

fn small(picture: &Picture) -> Option<Picture> {
    let by_height = TILE_HEIGHT * picture.width() / picture.height();
    let width = by_height.clamp(1, TILE_WIDTH);
    picture.resized_to_width(width).ok()
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= MOST_LETTERS {
        return words.to_owned();
    }
    let kept: String = words.chars().take(MOST_LETTERS - 1).collect();
    kept + "…"
}

/// Writes the sheet, whole or not at all.
pub(super) fn write(file: &Path, tiles: &[Tile]) -> Result<(), String> {
    let columns = COLUMNS.min(tiles.len().max(1));
    let rows = tiles.len().div_ceil(columns);
    let (step_x, step_y) = (TILE_WIDTH + GAP, TILE_HEIGHT + LABEL_HEIGHT + GAP);
    let mut canvas = Canvas::new(GAP + columns * step_x, GAP + rows * step_y, PAPER);
    let mut letters = Letters::new();
    for (i, tile) in tiles.iter().enumerate() {
        let (left, top) = (GAP + i % columns * step_x, GAP + i / columns * step_y);
        if let Some(picture) = &tile.picture {
            canvas.paste(picture, (left, top), 1);
        }
        let below = top + TILE_HEIGHT;
        letters.write(&mut canvas, (left, below), LETTER_PX, INK, &tile.name);
        let ink = if tile.is_good() { INK } else { REFUSED };
        let second = (left, below + LABEL_HEIGHT / 2);
        letters.write(&mut canvas, second, LETTER_PX, ink, &tile.verdict);
    }
    let png = canvas.png()?;
    write_whole(file, &png).map_err(|e| e.to_string())
}
