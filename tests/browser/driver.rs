//! A real Chromium, told what to do over `WebDriver` (W3C): a page opened, an element touched, a word typed, a picture taken.
//! The few commands that these tests need, over the HTTP client that is linked already; a client crate would bring thirty
//! others. Where Chromium is missing the tests fail and say what to install.

use reqwest::blocking::Client;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Nothing is ever asserted of time; this only ends what hangs.
const PATIENCE: Duration = Duration::from_secs(30);

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window of a phone or of a desk.
#[derive(Clone, Copy)]
pub enum Window {
    /// A cheap phone.
    Phone,
    /// A reviewer's or the finance office's.
    Desk,
}

pub struct Browser {
    driver: Child,
    http: Client,
    session: String,
    /// Its profile; gone with it.
    _profile: tempfile::TempDir,
}

fn program(names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file());
    found.unwrap_or_else(|| {
        panic!("none of {names:?} is installed: `packaging/setup --browser` installs Chromium and its driver")
    })
}

/// Starts the driver on a port of its own choice; `None` when it found none. It takes a number for one kind of address
/// and then asks for the same of the other kind, which another process may have taken meanwhile.
fn start_driver() -> Option<(Child, u16)> {
    let mut driver = Command::new(program(&["chromedriver", "chromium.chromedriver"]))
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let Some(port) = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    }) else {
        drop(driver.kill());
        driver.wait().unwrap();
        return None;
    };
    // what it says later is nobody's business, and must not fill the pipe
    std::thread::Builder::new()
        .name("chromedriver".into())
        .spawn(move || lines.for_each(drop))
        .unwrap();
    Some((driver, port))
}

impl Browser {
    pub fn open(window: Window) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
        let (driver, port) = (0..20).find_map(|_| start_driver()).unwrap();
        let http = crate::bench::client();
        let mut args: Vec<String> = [
            "headless=new",
            "no-sandbox",
            "disable-gpu",
            "disable-dev-shm-usage",
            "disable-quic",
            "no-first-run",
            "disable-background-networking",
            "disable-component-update",
            "disable-sync",
            "hide-scrollbars",
            "window-size=1280,1000",
        ]
        .map(str::to_owned)
        .to_vec();
        args.push(format!("user-data-dir={}", profile.path().display()));
        let mut options = json!({ "binary": chromium, "args": args });
        if let Window::Phone = window {
            let size = json!({ "width": 360, "height": 740, "pixelRatio": 2.0, "touch": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": size });
        }
        let wanted =
            json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let root = format!("http://127.0.0.1:{port}/session");
        let body = json!({ "capabilities": { "alwaysMatch": wanted } });
        let value = ask(http.post(&root).json(&body));
        let id = value["sessionId"].as_str().unwrap();
        Self {
            session: format!("{root}/{id}"),
            driver,
            http,
            _profile: profile,
        }
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        let url = format!("{}/{command}", self.session);
        ask(self.http.post(url).json(body))
    }

    pub fn go(&self, url: &str) {
        self.post("url", &json!({ "url": url }));
    }

    /// What a script returns.
    pub fn eval(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    pub fn touch(&self, css: &str) {
        self.to_element(css, "click", &json!({}));
    }

    pub fn types(&self, css: &str, text: &str) {
        self.to_element(css, "value", &json!({ "text": text }));
    }

    /// Does something to an element. The page may be changing just then: nothing was done, and it is looked for again in
    /// the new page.
    fn to_element(&self, css: &str, action: &str, body: &Value) {
        let began = Instant::now();
        while let Err(reason) = self.try_element(css, action, body) {
            let changing = began.elapsed() < PATIENCE && is_of_another_page(&reason);
            assert!(changing, "{css}: {reason}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    fn try_element(&self, css: &str, action: &str, body: &Value) -> Result<(), String> {
        let by_css = json!({ "using": "css selector", "value": css });
        let found = answer_to(
            self.http
                .post(format!("{}/element", self.session))
                .json(&by_css),
        )?;
        let element = found[ELEMENT].as_str().unwrap();
        let url = format!("{}/element/{element}/{action}", self.session);
        answer_to(self.http.post(url).json(body)).map(drop)
    }

    pub fn text(&self) -> String {
        let text = self.eval("return document.body.innerText");
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says this.
    pub fn waits_for(&self, words: &str) {
        let began = Instant::now();
        while !self.text().contains(words) {
            assert!(began.elapsed() < PATIENCE, "{words:?} in {}", self.text());
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// The whole page as a picture; kept in the target folder for who wants to look.
    pub fn picture(&self, name: &str) -> Vec<u8> {
        use base64::Engine as _;
        let height = self.eval("return document.documentElement.scrollHeight");
        let metrics = json!({ "cmd": "Page.captureScreenshot", "params": {
            "captureBeyondViewport": true,
            "clip": { "x": 0, "y": 0, "width": self.eval("return innerWidth"), "height": height, "scale": 1 } } });
        let shot = self.post("goog/cdp/execute", &metrics);
        let png = base64::engine::general_purpose::STANDARD
            .decode(shot["data"].as_str().unwrap())
            .unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), &png).unwrap();
        png
    }

    /// What the browser complained about since last time: a refused script, a missing file, an error of ours.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.post("se/log", &json!({ "type": "browser" }));
        let said = log.as_array().cloned().unwrap_or_default();
        said.iter()
            .map(|entry| entry["message"].to_string())
            // a page that was refused on purpose answers with its status
            .filter(|message| !message.contains("the server responded with a status of 4"))
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.http.delete(&self.session).send());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

/// What the driver says where an element's page is no longer shown, or not yet.
fn is_of_another_page(reason: &str) -> bool {
    [
        "does not belong to the document",
        "stale element",
        "no such element",
    ]
    .iter()
    .any(|words| reason.contains(words))
}

fn ask(request: reqwest::blocking::RequestBuilder) -> Value {
    answer_to(request).unwrap_or_else(|reason| panic!("{reason}"))
}

/// The answer, or why there is none.
fn answer_to(request: reqwest::blocking::RequestBuilder) -> Result<Value, String> {
    let response = request.timeout(PATIENCE * 2).send().unwrap();
    let status = response.status();
    let mut answer: Value = response.json().unwrap();
    if status.is_success() {
        Ok(answer["value"].take())
    } else {
        Err(answer["value"]["message"].to_string())
    }
}
