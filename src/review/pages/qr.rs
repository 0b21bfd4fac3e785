//! A QR code as SVG: sharp at any size, small, and drawn without a script.

use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone that a reader needs.
const MARGIN: i32 = 4;

/// The code of a text; `None` if it is too long for one.
pub(in crate::review) fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let (x, y) = (x + MARGIN, y + MARGIN);
            path = format!("{path}M{x} {y}h1v1h-1z");
        }
    }
    let label = label.replace(['<', '>', '&', '"'], " ");
    Some(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
    ))
}
