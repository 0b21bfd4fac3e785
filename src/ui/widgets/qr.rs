//! A QR code that phones read at once: whole pixels, black on white, the quiet zone never cut.

use crate::ui::theme;
use egui::accesskit::Role;
use egui::{Mesh, Rect, Sense, Shape, Ui, Vec2, WidgetInfo, pos2, vec2};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white around the code; the standard asks for four.
const QUIET_ZONE: i32 = 4;

/// Draws `data` as a code at most `side` wide, named `label`; nothing is drawn for data too long for any code.
pub fn qr(ui: &mut Ui, data: &str, side: f32, label: &str) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    paint(ui, rect, data);
}

/// Paints `data` into `rect` on a white ground.
pub fn paint(ui: &Ui, rect: Rect, data: &str) {
    ui.painter().rect_filled(rect, theme::RADIUS_S, theme::CARD);
    let Ok(code) = QrCode::encode_text(data, QrCodeEcc::Medium) else {
        return;
    };
    let modules = code.size() + 2 * QUIET_ZONE;
    let pixel = 1.0 / ui.pixels_per_point();
    let module = (rect.width() / pixel / modules as f32).floor().max(1.0) * pixel;
    let origin = rect.center() - Vec2::splat(module * code.size() as f32 / 2.0);
    let origin = pos2(
        (origin.x / pixel).round() * pixel,
        (origin.y / pixel).round() * pixel,
    );
    let mut mesh = Mesh::default();
    for y in 0..code.size() {
        for (from, to) in runs(&code, y) {
            let min = origin + vec2(from as f32, y as f32) * module;
            let size = vec2((to - from) as f32 * module, module);
            mesh.add_colored_rect(Rect::from_min_size(min, size), theme::MODULE);
        }
    }
    ui.painter().add(Shape::mesh(mesh));
}

/// Where the dark modules of row `y` begin and end.
fn runs(code: &QrCode, y: i32) -> Vec<(i32, i32)> {
    let mut runs = Vec::new();
    let mut start = None;
    for x in 0..=code.size() {
        match (code.get_module(x, y), start) {
            (true, None) => start = Some(x),
            (false, Some(from)) => {
                runs.push((from, x));
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_cover_exactly_the_dark_modules() {
        let code = QrCode::encode_text("weixin://wxpay/bizpayurl?pr=Kx7mWqZzz", QrCodeEcc::Medium)
            .unwrap();
        for y in 0..code.size() {
            let runs = runs(&code, y);
            for x in 0..code.size() {
                assert_eq!(
                    runs.iter().any(|(from, to)| (*from..*to).contains(&x)),
                    code.get_module(x, y)
                );
            }
        }
    }
}
