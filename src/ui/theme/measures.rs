//! Every length of the screens, by role, in logical points.
//!
//! A screen is at least [`SHORT_SIDE`] by [`LONG_SIDE`] points, whatever panel is behind it.

/// Logical points of the short side: a kiosk panel of 1080 x 1920 shows one point as one pixel.
pub const SHORT_SIDE: f32 = 1080.0;

/// Logical points of the long side, at least: panels less slender than 16:9 have more of the short one.
pub const LONG_SIDE: f32 = 1920.0;

/// Spacing steps.
pub const GAP_XS: f32 = 8.0;
/// Between a line and its neighbour.
pub const GAP_S: f32 = 16.0;
/// Between things that belong together.
pub const GAP_M: f32 = 24.0;
/// Inside cards, between groups.
pub const GAP_L: f32 = 40.0;
/// Between parts of a screen.
pub const GAP_XL: f32 = 64.0;
/// Margin of the screen at the left and right.
pub const MARGIN: f32 = 64.0;

/// The smallest side of anything that can be touched (about 20 mm on a 32-inch panel, 24 mm on a 21-inch one).
pub const TOUCH: f32 = 96.0;
/// Height of the primary button.
pub const PRIMARY_HEIGHT: f32 = 124.0;
/// Widest line of reading text.
pub const READING_WIDTH: f32 = 900.0;
/// Corner of cards.
pub const RADIUS_CARD: u8 = 28;
/// Corner of buttons and fields.
pub const RADIUS: u8 = 20;
/// Corner of small marks.
pub const RADIUS_S: u8 = 10;
/// Width of lines.
pub const LINE: f32 = 1.5;
/// Width of lines that mark something chosen.
pub const LINE_CHOSEN: f32 = 4.0;
/// Side of an icon beside body text.
pub const ICON: f32 = 40.0;
/// Side of an icon in a dock or a badge.
pub const ICON_S: f32 = 32.0;
/// Side of an icon that stands alone.
pub const ICON_L: f32 = 72.0;
/// Side of the icon that is the whole message.
pub const ICON_XL: f32 = 148.0;
/// How long things take to settle, in seconds.
pub const SETTLE_S: f32 = 0.16;
