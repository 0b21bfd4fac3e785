//! What the screen says, as a screen reader would be told it: the last accessibility tree, as a flat list.
//!
//! For the guided tour and tests, which look for words and touch where they stand. Off unless asked for:
//! the list may hold what a student sees.

use egui::accesskit::{Affine, Node, NodeId, Point, Rect, TreeUpdate};
use egui::{Context, FullOutput, Plugin};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A thing on the screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thing {
    /// `Button`, `Label`, ...
    pub role: String,
    /// Its words.
    pub label: String,
    /// What stands in it, for a field.
    pub value: String,
    /// x, y, width, height in pixels of the screen.
    pub rect: [f32; 4],
    /// Can be used now.
    pub enabled: bool,
}

/// The list of the last frame; clones see the same.
#[derive(Debug, Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<Thing>>>);

impl Seen {
    /// What was on the screen in the last frame.
    pub fn things(&self) -> Vec<Thing> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, things: Vec<Thing>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = things;
    }
}

/// Opens the eyes on a context; from now on [`Seen`] follows each frame.
pub fn open(ctx: &Context) -> Seen {
    let seen = Seen::default();
    ctx.enable_accesskit();
    ctx.add_plugin(Eyes { seen: seen.clone() });
    seen
}

struct Eyes {
    seen: Seen,
}

impl Plugin for Eyes {
    fn debug_name(&self) -> &'static str {
        "eyes"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        if let Some(update) = &output.platform_output.accesskit_update {
            self.seen.set(things(update));
        }
    }
}

/// Nodes with words, in the order of the tree, in screen pixels.
fn things(update: &TreeUpdate) -> Vec<Thing> {
    let nodes: HashMap<NodeId, &Node> = update.nodes.iter().map(|(id, node)| (*id, node)).collect();
    let Some(root) = update.tree.as_ref().map(|tree| tree.root) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut waiting = vec![(root, Affine::IDENTITY)];
    while let Some((id, above)) = waiting.pop() {
        let Some(node) = nodes.get(&id) else { continue };
        let here = node.transform().map_or(above, |own| above * *own);
        found.extend(thing(node, here));
        waiting.extend(node.children().iter().rev().map(|child| (*child, here)));
    }
    found
}

fn thing(node: &Node, transform: Affine) -> Option<Thing> {
    let value = node.value().unwrap_or_default().to_owned();
    let label = match node.label() {
        Some(label) => label.to_owned(),
        None if value.is_empty() => return None,
        // a label's words are its value in the tree
        None => value.clone(),
    };
    let Rect { x0, y0, x1, y1 } = node.bounds()?;
    let (a, b) = (
        transform * Point::new(x0, y0),
        transform * Point::new(x1, y1),
    );
    Some(Thing {
        role: format!("{:?}", node.role()),
        label,
        value,
        rect: [
            a.x as f32,
            a.y as f32,
            (b.x - a.x) as f32,
            (b.y - a.y) as f32,
        ],
        enabled: !node.is_disabled(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{fonts, theme};

    #[test]
    fn words_on_the_screen_are_seen_with_their_place_in_pixels() {
        let ctx = Context::default();
        fonts::install(&ctx);
        theme::apply(&ctx);
        let seen = open(&ctx);
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(400.0, 300.0),
            )),
            ..Default::default()
        };
        input
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(2.0);
        for _ in 0..2 {
            ctx.run_ui(input.clone(), |ui| {
                crate::ui::widgets::say(
                    ui,
                    "学校",
                    egui::FontId::proportional(20.0),
                    30.0,
                    theme::INK,
                );
                let _ = crate::ui::widgets::Button::primary("开始").show(ui);
            })
            .drop_without_applying_deltas();
        }
        let things = seen.things();
        let button = things.iter().find(|thing| thing.label == "开始").unwrap();
        assert_eq!(button.role, "Button");
        assert!(
            button.enabled && button.rect[3] >= 2.0 * theme::TOUCH,
            "{button:?}"
        );
        assert!(
            things.iter().any(|thing| thing.label == "学校"),
            "{things:?}"
        );
    }
}
