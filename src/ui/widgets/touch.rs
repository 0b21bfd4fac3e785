//! A place that listens, without moving what comes after it.

use egui::{Rect, Response, Sense, Ui};

/// Listens in `rect`. Unlike `allocate_rect` it leaves the cursor where it is.
pub fn at(ui: &mut Ui, rect: Rect, sense: Sense) -> Response {
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    ui.interact(rect, id, sense)
}
