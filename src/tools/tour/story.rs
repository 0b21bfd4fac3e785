//! What the person of the tour does, in order. Each visit is a function; each screen keeps its picture.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::hand::Person;
use super::phone::{Page, Phone};

/// What the person does in front of the camera; whoever plays the camera is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pose {
    /// Holds the acquisition code up.
    HoldsUpCode,
    /// Stands for the photo.
    StandsForPhoto,
}

/// Everything that the story needs.
pub struct Cast<'a> {
    /// In front of the booth.
    pub person: &'a mut Person,
    /// In the person's pocket.
    pub phone: &'a mut Phone,
    /// The last four characters of the ID number behind the code that is held up.
    pub last_four: String,
    /// Told what the person does in front of the camera.
    pub pose: &'a mut dyn FnMut(Pose),
}

/// First visit: sign in, pay, be photographed, submit. The reviewer sends it back; second visit: see why, retake for
/// free; the reviewer approves; third visit: approved. Before them, the side screens.
pub fn whole_way(cast: &mut Cast<'_>, desk: &mut Desk, out: &Path) -> Result<()> {
    side_screens(cast.person)?;
    first_visit(cast)?;
    desk.decide(cast.person, out, false)?;
    free_retake(cast)?;
    desk.decide(cast.person, out, true)?;
    cast.person.note("-- third visit");
    return_with_code(cast)?;
    see_standing(cast.person, "standing-approved-title", "approved")
}

/// From the start screen to "submitted".
pub fn first_visit(cast: &mut Cast<'_>) -> Result<()> {
    cast.person.note("-- first visit");
    sign_in(cast.person, cast.phone)?;
    choose_school(cast.person)?;
    show_code(cast)?;
    choose_collection(cast.person)?;
    pay(cast.person, cast.phone)?;
    read_requirements(cast.person)?;
    be_photographed(cast, true)?;
    submit(cast.person)
}

fn free_retake(cast: &mut Cast<'_>) -> Result<()> {
    cast.person.note("-- second visit: free retake");
    return_with_code(cast)?;
    see_standing(cast.person, "standing-not-approved-title", "not-approved")?;
    cast.person.touches("standing-retake")?;
    read_requirements(cast.person)?;
    be_photographed(cast, false)?;
    submit(cast.person)
}

fn side_screens(person: &mut Person) -> Result<()> {
    person.waits_for("welcome-start")?;
    person.waits_for_rest()?;
    person.keeps_picture("welcome")?;
    for (button, title, name) in [
        ("dock-help", "help-title", "customer-service"),
        ("dock-settings", "settings-title", "settings"),
    ] {
        person.touches(button)?;
        person.waits_for(title)?;
        person.keeps_one(name)?;
        person.touches("close")?;
    }
    Ok(())
}

fn begin(person: &mut Person) -> Result<()> {
    person.waits_for("welcome-start")?;
    person.waits_for_rest()?;
    person.touches("welcome-start")?;
    person.waits_for("consent-title")
}

fn sign_in(person: &mut Person, phone: &mut Phone) -> Result<()> {
    begin(person)?;
    person.keeps_picture("consent")?;
    person.touches("consent-agree")?;
    person.waits_for("signin-waiting")?;
    person.keeps_picture("sign-in")?;
    let url = person.scans_the_screen()?;
    let page = phone.open(&url)?;
    person.waits_for("signin-scanned")?;
    person.keeps_one("sign-in-scanned")?;
    let page = phone.send(&page, "/confirm\"", &[])?;
    phone.send(&page, "/phone\"", &[("number", "13800138000")])?;
    person.note("phone    confirms, authorizes a number");
    Ok(())
}

fn choose_school(person: &mut Person) -> Result<()> {
    person.waits_for("school-title")?;
    person.types("jndx")?;
    person.keeps_picture("school")?;
    person.touches_words("暨南大学")?;
    person.touches("school-sure")?;
    person.waits_for("category-title")?;
    person.touches("category-regular")?;
    person.keeps_picture("category")?;
    person.touches("sure")
}

/// The camera sees the code that the student holds up.
fn show_code(cast: &mut Cast<'_>) -> Result<()> {
    // a camera that is quick shows the next screen before anybody could read this one
    if cast
        .person
        .waits_for_one_of(&["code-title", "four-title"])?
        == 0
    {
        cast.person.keeps_one("code")?;
    }
    (cast.pose)(Pose::HoldsUpCode);
    last_four(cast)?;
    cast.person.waits_for("status-title")?;
    cast.person.keeps_picture("status")?;
    cast.person.touches("status-me")
}

fn last_four(cast: &mut Cast<'_>) -> Result<()> {
    let (person, last_four) = (&mut *cast.person, &cast.last_four);
    person.waits_for("four-title")?;
    let (digits, letter) =
        last_four.split_at(last_four.trim_end_matches(char::is_alphabetic).len());
    person.types(digits)?;
    person.types(letter)?;
    person.keeps_picture("last-four")?;
    person.touches("sure")
}

fn choose_collection(person: &mut Person) -> Result<()> {
    person.waits_for("collections-title")?;
    person.keeps_picture("collections")?;
    person.touches_row("badge-to-do")?;
    person.waits_for("details-title")?;
    person.keeps_picture("details")?;
    person.touches("next")?;
    person.waits_for("service-title")?;
    person.keeps_picture("service")?;
    person.touches("service-pay")
}

fn pay(person: &mut Person, phone: &mut Phone) -> Result<()> {
    person.waits_for("pay-waiting")?;
    person.keeps_picture("pay")?;
    let url = person.scans_the_screen()?;
    let page = phone.open(&url)?;
    phone.send(&page, "/pay\"", &[])?;
    person.note("phone    pays");
    Ok(())
}

fn read_requirements(person: &mut Person) -> Result<()> {
    person.waits_for("prepare-title")?;
    person.touches("prepare-read")?;
    person.keeps_picture("requirements")?;
    person.touches("prepare-start")
}

/// Stands in front of the camera until the booth takes the picture by itself.
fn be_photographed(cast: &mut Cast<'_>, keep: bool) -> Result<()> {
    (cast.pose)(Pose::StandsForPhoto);
    let person = &mut *cast.person;
    person.waits_for("capture-view")?;
    if keep {
        for moment in 1..=6 {
            person.keeps_one(&format!("capture-{moment}"))?;
            std::thread::sleep(std::time::Duration::from_millis(900));
        }
    }
    person.waits_for("choose-title")?;
    person.keeps_picture("choose")?;
    person.touches("choose-accept")?;
    if person.waits_for_one_of(&["standardize-title", "confirm-title"])? == 0 {
        person.keeps_one("standardizing")?;
    }
    Ok(())
}

fn submit(person: &mut Person) -> Result<()> {
    if person.waits_for_one_of(&["confirm-title", "refused-title"])? == 1 {
        person.keeps_one("refused")?;
        bail!("the booth refused the photo");
    }
    person.keeps_picture("confirm")?;
    person.touches("confirm-submit")?;
    person.waits_for("submit-sure-title")?;
    person.keeps_one("submit-sure")?;
    person.touches("submit-sure-yes")?;
    person.waits_for("farewell-title")?;
    person.keeps_picture("submitted")?;
    person.touches("farewell-done")
}

/// A guest who shows the code again.
fn return_with_code(cast: &mut Cast<'_>) -> Result<()> {
    let person = &mut *cast.person;
    begin(person)?;
    person.touches("consent-agree")?;
    person.waits_for("signin-title")?;
    person.touches("signin-use-code")?;
    person.waits_for("school-title")?;
    person.touches_words("暨南大学")?;
    person.touches("school-sure")?;
    person.waits_for("category-title")?;
    person.touches("category-regular")?;
    person.touches("sure")?;
    person.waits_for_one_of(&["code-title", "four-title"])?;
    (cast.pose)(Pose::HoldsUpCode);
    last_four(cast)?;
    cast.person.waits_for("status-title")?;
    cast.person.touches("status-me")
}

/// Where the earlier submission stands: shown at once, or behind its row where there are more collections.
fn see_standing(person: &mut Person, title: &str, name: &str) -> Result<()> {
    if person.waits_for_one_of(&[title, "collections-title"])? == 1 {
        person.touches_row(&format!("badge-{name}"))?;
        person.waits_for(title)?;
    }
    person.keeps_picture(name)
}

/// The reviewer's desk, in a browser of its own.
pub struct Desk {
    browser: Phone,
}

impl Desk {
    /// Logs in, with the password that the demonstration keeps beside the name.
    pub fn open(service: &str, passwords: &Path) -> Result<Self> {
        let passwords =
            fs::read_to_string(passwords).context("no passwords of the demonstration")?;
        let password = passwords
            .lines()
            .find_map(|line| line.strip_prefix("reviewer\t"))
            .context("no reviewer")?;
        let mut browser = Phone::new(service)?;
        let page = browser.open("/login")?;
        browser.send(
            &page,
            "/login\"",
            &[("name", "reviewer"), ("password", password.trim())],
        )?;
        Ok(Self { browser })
    }

    /// Waits for the submission, looks at it, keeps both pictures, decides.
    pub fn decide(&mut self, person: &mut Person, out: &Path, approve: bool) -> Result<()> {
        let (id, page) = self.oldest()?;
        fs::write(
            out.join("standard-photo.jpg"),
            self.browser.fetch(&format!("/review/{id}/photo"))?,
        )?;
        fs::write(
            out.join("capture.jpg"),
            self.browser.fetch(&format!("/review/{id}/capture"))?,
        )?;
        if approve {
            self.browser.send(&page, "id=\"approve\"", &[])?;
        } else {
            let because = [("reason", "expression"), ("note", "请放松，嘴唇自然闭合。")];
            self.browser.send(&page, "id=\"not-approved\"", &because)?;
        }
        person.note(format!(
            "reviewer decides: {}",
            if approve {
                "approved"
            } else {
                "not approved (expression)"
            }
        ));
        Ok(())
    }

    fn oldest(&mut self) -> Result<(String, Page)> {
        for _ in 0..60 {
            let queue = self.browser.open("/review")?;
            let first = queue
                .html
                .split("href=\"/review/")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            if let Some(id) = first.map(str::to_owned) {
                let page = self.browser.open(&format!("/review/{id}"))?;
                return Ok((id, page));
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        bail!("the submission does not arrive at the service")
    }
}
