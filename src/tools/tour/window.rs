//! The screen as a person has it: looked at as a picture, touched with a pointer. X11 and its XTEST extension,
//! so that every touch takes the way through the window system that a finger takes.

use crate::vision::Picture;
use anyhow::{Context, Result};
use std::path::Path;
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// How long a finger rests on the glass.
const PRESS: Duration = Duration::from_millis(60);

/// A frame on a machine without a graphics card.
const SLOW_FRAME: Duration = Duration::from_millis(200);

/// A connection to the display that the kiosk fills.
pub struct Screen {
    connection: RustConnection,
    root: u32,
    width_px: u16,
    height_px: u16,
}

impl Screen {
    /// Opens `:99` or the like.
    pub fn open(display: &str) -> Result<Self> {
        let (connection, number) = x11rb::connect(Some(display)).context("no X display")?;
        let screen = connection
            .setup()
            .roots
            .get(number)
            .context("the display has no screen")?;
        let (root, width_px, height_px) =
            (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        Ok(Self {
            connection,
            root,
            width_px,
            height_px,
        })
    }

    /// What is seen now.
    pub fn picture(&self) -> Result<Picture> {
        let (width, height) = (self.width_px, self.height_px);
        let image = self
            .connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                self.root,
                0,
                0,
                width,
                height,
                u32::MAX,
            )?
            .reply()?;
        // a 24-bit visual is laid out as blue, green, red and a byte of padding
        let rgb = image
            .data
            .chunks_exact(4)
            .flat_map(|p| [p[2], p[1], p[0]])
            .collect();
        Picture::from_rgb(width.into(), height.into(), rgb)
            .context("the display is not 24 bits deep")
    }

    /// The middle of the screen.
    pub const fn middle(&self) -> (i16, i16) {
        (
            self.width_px.cast_signed() / 2,
            self.height_px.cast_signed() / 2,
        )
    }

    /// One pixel of what is seen now, as red, green and blue: cheap enough to be watched all the time.
    pub fn pixel(&self, x: i16, y: i16) -> Result<[u8; 3]> {
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, x, y, 1, 1, u32::MAX)?
            .reply()?;
        match image.data.as_slice() {
            [blue, green, red, ..] => Ok([*red, *green, *blue]),
            _ => anyhow::bail!("the display is not 24 bits deep"),
        }
    }

    /// Writes what is seen now as PNG.
    pub fn save(&self, path: &Path) -> Result<()> {
        let picture = self.picture()?;
        let (width, height) = (picture.width() as u32, picture.height() as u32);
        image::save_buffer(path, picture.rgb(), width, height, image::ColorType::Rgb8)
            .context("cannot write the screenshot")
    }

    /// Touches a place on the screen.
    pub fn touch(&self, x: f32, y: f32) -> Result<()> {
        self.hold(x, y, PRESS)
    }

    /// Touches a place and stays on it.
    pub fn hold(&self, x: f32, y: f32, how_long: Duration) -> Result<()> {
        let (x, y) = (x.round() as i16, y.round() as i16);
        self.send(MOTION_NOTIFY_EVENT, 0, x, y)?;
        std::thread::sleep(PRESS);
        self.send(BUTTON_PRESS_EVENT, 1, x, y)?;
        std::thread::sleep(how_long);
        self.send(BUTTON_RELEASE_EVENT, 1, x, y)?;
        // a slow screen sees where the finger was, before it is gone; and a finger that left hovers over nothing
        std::thread::sleep(SLOW_FRAME);
        self.send(
            MOTION_NOTIFY_EVENT,
            0,
            self.width_px.cast_signed() - 1,
            self.height_px.cast_signed() - 1,
        )
    }

    fn send(&self, event: u8, detail: u8, x: i16, y: i16) -> Result<()> {
        self.connection
            .xtest_fake_input(event, detail, x11rb::CURRENT_TIME, self.root, x, y, 0)?
            .check()?;
        self.connection.flush()?;
        Ok(())
    }
}
