//! The two real programs, end to end: the kiosk under Xvfb with a V4L2 camera that is fake only below the system call,
//! the service on loopback, a person who reads the screen and touches it, a phone, a reviewer.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and says what it saw"
)]

#[path = "../fakecam/mod.rs"]
#[allow(
    dead_code,
    reason = "shared with the camera's own tests, which use the rest"
)]
mod fakecam;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use gradbooth::tools::tour::eyes::Eyes;
use gradbooth::tools::tour::hand::Person;
use gradbooth::tools::tour::phone::Phone;
use gradbooth::tools::tour::story::{Cast, Desk, Pose, first_visit};
use gradbooth::tools::tour::window::Screen;
use gradbooth::vision::Picture;

const KIOSK: &str = env!("CARGO_BIN_EXE_gradbooth");
const SERVICE: &str = env!("CARGO_BIN_EXE_gradbooth-review");

/// A program that ends with the test.
struct Running(Child);

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
fn display() -> (Running, String) {
    let mut command = Command::new("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1080x1920x24",
        "-nolisten",
        "tcp",
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

/// A port that is free now.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a free port")
        .port()
}

/// What the camera sees while the code is held up: the empty wall with the printed code before it.
fn code_frame(code: &Path, to: &Path) {
    let wall = Picture::decode(&fs::read("assets/demo/empty.jpg").unwrap()).unwrap();
    let page = Picture::decode(&fs::read(code).unwrap())
        .unwrap()
        .resized_to_width(760)
        .unwrap();
    let (width, mut rgb) = (wall.width(), wall.rgb().to_vec());
    let (left, top) = (
        (width - page.width()) / 2,
        (wall.height() - page.height()) / 2,
    );
    for (row, line) in page.rgb().chunks_exact(3 * page.width()).enumerate() {
        let start = 3 * ((top + row) * width + left);
        rgb[start..start + line.len()].copy_from_slice(line);
    }
    let encoder = jpeg_encoder::Encoder::new_file(to, 90).unwrap();
    encoder
        .encode(
            &rgb,
            width as u16,
            wall.height() as u16,
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap();
}

/// The recorded student, standing right. Without the blink at the end: this camera shows every frame for a fifteenth
/// of a second, and nobody blinks that often.
fn portrait_frames(to: &Path) {
    let list = fs::read_to_string("assets/demo/frames.csv").unwrap();
    let right = list.lines().filter_map(|line| line.strip_suffix(",right"));
    let mut files: Vec<&str> = right.filter_map(|line| line.split(',').next()).collect();
    files.pop();
    for file in files {
        fs::copy(Path::new("assets/demo/frames").join(file), to.join(file)).unwrap();
    }
}

fn folder(parent: &Path, name: &str) -> PathBuf {
    let folder = parent.join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The demonstration's settings without the recording: the camera is a device, or nothing.
fn settings(home: &Path, url: &str) -> PathBuf {
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
fn service(data: &Path) -> (Running, String) {
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
    let address = format!("127.0.0.1:{}", free_port());
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
fn kiosk(home: &Path, settings: &Path, display: &str, frames: &Path) -> Running {
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
            .env("FAKECAM_FPS", "15"),
    )
}

#[test]
fn a_student_walks_through_the_whole_booth() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let data = home.join("service");
    let (_service, url) = service(&data);
    let (codes, portrait) = (folder(home, "codes"), folder(home, "portrait"));
    code_frame(&data.join("codes/2023050101.png"), &codes.join("0001.jpg"));
    portrait_frames(&portrait);
    let (_screen, display) = display();
    let camera = fakecam::FakeCamera::in_folder(home);
    camera.control("ok");
    let _kiosk = kiosk(home, &settings(home, &url), &display, &portrait);

    let eyes = Eyes::on(&home.join("eyes"));
    let mut person = Person::at(
        Screen::open(&display).unwrap(),
        eyes,
        &folder(home, "screens"),
    )
    .unwrap();
    let mut phone = Phone::new(&url).unwrap();
    let mut pose = |pose| match pose {
        Pose::HoldsUpCode => camera.control(&format!("ok\ndir {}", codes.display())),
        Pose::StandsForPhoto => camera.control(&format!("ok\ndir {}", portrait.display())),
    };
    let walked = first_visit(&mut Cast {
        person: &mut person,
        phone: &mut phone,
        last_four: "175X".into(),
        pose: &mut pose,
    });
    let story = person.transcript().join("\n");
    assert!(walked.is_ok(), "{:#}\n{story}", walked.unwrap_err());

    let mut desk = Desk::open(&url, &data.join("demo-passwords.txt")).unwrap();
    desk.decide(&mut person, home, true).unwrap();
    let photo = Picture::decode(&fs::read(home.join("standard-photo.jpg")).unwrap()).unwrap();
    assert_eq!((photo.width(), photo.height()), (480, 640));
    // the untouched capture is the camera's own bytes
    let capture = fs::read(home.join("capture.jpg")).unwrap();
    let mut served = fs::read_dir(&portrait).unwrap();
    let is_own = served.any(|frame| fs::read(frame.unwrap().path()).unwrap() == capture);
    assert!(is_own, "the capture is no frame of the camera");
}
