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
#[path = "../programs/mod.rs"]
mod programs;

use std::fs;
use std::path::{Path, PathBuf};

use gradbooth::tools::tour::eyes::Eyes;
use gradbooth::tools::tour::hand::Person;
use gradbooth::tools::tour::phone::Phone;
use gradbooth::tools::tour::story::{Cast, Desk, Pose, first_visit};
use gradbooth::tools::tour::window::Screen;
use gradbooth::vision::Picture;
use programs::{display, kiosk, service, settings};

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
    let _kiosk = kiosk(home, &settings(home, &url), &display, &portrait, 15);

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
