//! The window of a kiosk: fills the screen, has no frame, cannot be closed by a student.

use eframe::egui::{Context, ViewportCommand, pos2};

/// Keeps the window where it belongs.
#[derive(Debug, Clone)]
pub struct Window {
    full_screen: bool,
    may_close: bool,
}

impl Window {
    /// A window that fills the screen, or a plain one for developers.
    pub fn new(full_screen: bool) -> Self {
        Self {
            full_screen,
            may_close: !full_screen,
        }
    }

    /// The attendant leaves the kiosk.
    pub fn leave(&mut self, ctx: &Context) {
        self.may_close = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Refuses to be closed, and takes the whole screen where no window manager grants it (a bare X session).
    pub fn keep(&self, ctx: &Context) {
        let (asked_to_close, inner, monitor) = ctx.input(|input| {
            (
                input.viewport().close_requested(),
                input.viewport().inner_rect,
                input.viewport().monitor_size,
            )
        });
        if asked_to_close && !self.may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        if let (true, Some(inner), Some(monitor)) = (self.full_screen, inner, monitor) {
            let fills = (inner.size() - monitor).abs().max_elem() < 1.0;
            if !fills && monitor.min_elem() > 0.0 {
                ctx.send_viewport_cmd(ViewportCommand::OuterPosition(pos2(0.0, 0.0)));
                ctx.send_viewport_cmd(ViewportCommand::InnerSize(monitor));
            }
        }
    }
}
