//! The two real programs as a test or a bench starts them: an X display of their own, the service on loopback, the
//! kiosk before a fake V4L2 camera. Whatever was started ends with the value that holds it.

use super::fakecam;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const KIOSK: &str = env!("CARGO_BIN_EXE_gradbooth");
const SERVICE: &str = env!("CARGO_BIN_EXE_gradbooth-review");

/// A program that ends with the test.
pub struct Running(Child);

impl Running {
    /// Its process, for whoever looks at its memory.
    #[allow(dead_code, reason = "the bench looks, the test does not")]
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended_before = self.0.kill();
        let _status = self.0.wait();
    }
}

fn start(command: &mut Command) -> Running {
    Running(command.spawn().expect("the program starts"))
}

/// A display of its own, and its name.
pub fn display() -> (Running, String) {
    let mut command = Command::new("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1080x1920x24",
        "-nolisten",
        "tcp",
        // a kiosk that ends must not take the display with it
        "-noreset",
    ]);
    let mut screen = start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut said = screen.0.stdout.take().expect("its output");
    let mut number = String::new();
    while !number.ends_with('\n') {
        let mut byte = [0];
        assert_eq!(
            said.read(&mut byte).expect("Xvfb speaks"),
            1,
            "Xvfb ended; is it installed?"
        );
        number.push(char::from(byte[0]));
    }
    (screen, format!(":{}", number.trim()))
}

/// Where nobody listens, and nobody will before the service does: whatever takes any free port takes it at 127.0.0.1.
fn free_address() -> std::net::SocketAddr {
    std::net::TcpListener::bind("127.0.0.2:0")
        .and_then(|l| l.local_addr())
        .expect("a free port")
}

/// The demonstration's settings without the recording: the camera is a device, or nothing.
pub fn settings(home: &Path, url: &str) -> PathBuf {
    let shipped = fs::read_to_string("kiosk-config/demo.toml").unwrap();
    let own: Vec<&str> = shipped
        .lines()
        .filter(|line| !line.starts_with("recording"))
        .collect();
    let file = home.join("booth.toml");
    fs::write(&file, own.join("\n").replace("http://127.0.0.1:7390", url)).unwrap();
    file
}

/// The service with its demonstration, on a free port; where it is.
pub fn service(data: &Path) -> (Running, String) {
    let filled = Command::new(SERVICE)
        .args(["demo", "--data"])
        .arg(data)
        .output()
        .unwrap();
    assert!(
        filled.status.success(),
        "{}",
        String::from_utf8_lossy(&filled.stderr)
    );
    let address = free_address().to_string();
    let url = format!("http://{address}");
    let mut command = Command::new(SERVICE);
    command
        .args([
            "serve",
            "--listen",
            &address,
            "--public-url",
            &url,
            "--data",
        ])
        .arg(data);
    (start(command.stdout(Stdio::null())), url)
}

/// The kiosk on a display, before a camera that shows a folder.
pub fn kiosk(
    home: &Path,
    settings: &Path,
    display: &str,
    frames: &Path,
    frames_a_second: u8,
) -> Running {
    start(
        Command::new(KIOSK)
            .arg("--config")
            .arg(settings)
            .arg("--eyes")
            .arg(home.join("eyes"))
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", display)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("LD_PRELOAD", fakecam::library())
            .env("FAKECAM_DIR", frames)
            .env("FAKECAM_CTL", home.join("control"))
            .env("FAKECAM_FPS", frames_a_second.to_string()),
    )
}
