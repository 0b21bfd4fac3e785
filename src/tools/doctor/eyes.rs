//! What sees: the camera and the models.

use super::{Check, Line, said};
use crate::camera::{CameraError, CameraSource, Purpose, devices};
use crate::clock;
use crate::config::{CameraConfig, Config};
use crate::domain::Language;
use crate::vision::Nets;
use crate::workers::{camera_source, spawn};
use std::sync::mpsc::sync_channel;
use std::time::Duration;

/// A driver that is silent for longer hangs.
const LIMIT: Duration = Duration::from_secs(15);

pub fn camera(config: &Config, language: Language) -> Line {
    match look(config.camera.clone()) {
        Ok(Seen {
            by_recording: true, ..
        }) => Line::good(
            Check::Camera,
            said!(
                language,
                "no camera; the recorded student of the demonstration stands in",
                "没有摄像头,使用演示录像"
            ),
        ),
        Ok(Seen {
            name,
            width,
            height,
            ..
        }) => Line::good(
            Check::Camera,
            said!(
                language,
                "{name} sends pictures of {width} x {height}",
                "{name} 可以取像,{width} x {height}"
            ),
        ),
        Err(error) => trouble(&error, language),
    }
}

/// A picture came.
struct Seen {
    by_recording: bool,
    name: String,
    width: usize,
    height: usize,
}

/// Opens the camera and takes one picture, on a thread of its own: it may hang in the driver for ever.
fn look(config: CameraConfig) -> Result<Seen, CameraError> {
    let (sender, receiver) = sync_channel(1);
    let look = move || {
        let source = camera_source(&config);
        let seen = source.open(Purpose::Portrait).and_then(|mut camera| {
            let picture = camera.next()?.picture;
            let by_recording = matches!(source, CameraSource::Recording(_));
            let name = camera.name().to_owned();
            Ok(Seen {
                by_recording,
                name,
                width: picture.width(),
                height: picture.height(),
            })
        });
        let _ = sender.send(seen);
    };
    let started = spawn("doctor-camera", |_| {}, look);
    started.map_err(|error| CameraError::Driver(error.to_string()))?;
    receiver
        .recv_timeout(LIMIT)
        .unwrap_or(Err(CameraError::Stalled))
}

fn trouble(error: &CameraError, language: Language) -> Line {
    let names: Vec<String> = devices().into_iter().map(|device| device.name).collect();
    let listed = names.join(", ");
    let (is, remedy) = match error {
        CameraError::NoCamera | CameraError::Closed => (
            said!(
                language,
                "no such camera; connected: [{listed}]",
                "找不到摄像头;已连接:[{listed}]"
            ),
            said!(
                language,
                "plug the webcam in, directly and not through a hub; camera.device in the settings names it",
                "请把摄像头直接插到主机上(不要经过集线器);设置中的 camera.device 指定摄像头"
            ),
        ),
        CameraError::Busy => (
            said!(language, "in use by another program", "被其他程序占用"),
            said!(
                language,
                "if that is the running booth, all is well; else close the other program",
                "如果正在运行的就是本程序,则没有问题;否则请关闭其他程序"
            ),
        ),
        CameraError::Denied => (
            said!(language, "this account may not open it", "当前账户无权使用"),
            said!(
                language,
                "add the account to the group video: sudo usermod -aG video ACCOUNT, then log in again",
                "把账户加入 video 组:sudo usermod -aG video 账户名,然后重新登录"
            ),
        ),
        CameraError::Stalled | CameraError::Unplugged | CameraError::BadFrame => (
            said!(
                language,
                "it is there but sends no pictures: {error}",
                "已连接但没有画面:{error}"
            ),
            said!(
                language,
                "unplug it, wait ten seconds, plug it in again; try another cable",
                "拔下,等十秒,再插上;或更换数据线"
            ),
        ),
        CameraError::Recording(_) => (
            said!(language, "{error}", "演示录像无法使用:{error}"),
            said!(
                language,
                "camera.recording in the settings names its folder",
                "设置中的 camera.recording 指定录像目录"
            ),
        ),
        CameraError::Unsupported | CameraError::Driver(_) => (
            said!(language, "it cannot be used: {error}", "无法使用:{error}"),
            said!(
                language,
                "use a webcam that sends MJPEG or YUYV (UVC)",
                "请使用支持 MJPEG 或 YUYV 的 UVC 摄像头"
            ),
        ),
    };
    if *error == CameraError::Busy {
        return Line::attention(Check::Camera, is, remedy);
    }
    Line::broken(Check::Camera, is, remedy)
}

pub fn models(language: Language) -> Line {
    let start = clock::now();
    match Nets::load() {
        Ok(_) => {
            let ms = start.elapsed().as_millis();
            Line::good(
                Check::Models,
                said!(language, "loaded in {ms} ms", "{ms} 毫秒内载入"),
            )
        }
        Err(error) => Line::broken(
            Check::Models,
            said!(language, "they do not load: {error}", "无法载入:{error}"),
            said!(
                language,
                "install the program again: it is damaged",
                "程序已损坏,请重新安装"
            ),
        ),
    }
}
