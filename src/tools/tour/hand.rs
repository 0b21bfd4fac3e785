//! The person in front of the screen: looks for words, touches them, waits as a person waits, keeps pictures.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::eyes::{Eyes, Thing};
use super::window::Screen;
use super::words::word;
use crate::clock;
use crate::domain::Language;
use crate::vision::codes::{Effort, Luma, read_codes};

/// How long a person waits for a screen before calling somebody.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long a look takes.
const GLANCE: Duration = Duration::from_millis(120);

/// So many looks that show the same are rest: about a second.
const LOOKS_AT_REST: u32 = 8;

/// Somebody who uses the booth.
pub struct Person {
    screen: Screen,
    eyes: Eyes,
    language: Language,
    folder: PathBuf,
    pictures: u32,
    transcript: Vec<String>,
}

impl Person {
    /// A person at a display, whose pictures go to `folder`.
    pub fn at(screen: Screen, eyes: Eyes, folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            screen,
            eyes,
            language: Language::Chinese,
            folder: folder.to_owned(),
            pictures: 0,
            transcript: vec![],
        })
    }

    /// What was done so far, a line each.
    pub fn transcript(&self) -> &[String] {
        &self.transcript
    }

    /// Writes a line of the transcript.
    pub fn note(&mut self, line: impl Into<String>) {
        self.transcript.push(line.into());
    }

    /// The message of an id, in the language on the screen.
    pub fn word(&self, id: &str) -> String {
        word(self.language, id)
    }

    /// Something that can be read now, if its words contain those of `id`.
    pub fn sees(&self, id: &str) -> Result<bool> {
        let words = self.word(id);
        Ok(self
            .eyes
            .look()?
            .iter()
            .any(|thing| thing.label.contains(&words)))
    }

    /// Waits until the words of `id` can be read.
    pub fn waits_for(&mut self, id: &str) -> Result<()> {
        self.waits_for_one_of(&[id]).map(|_| ())
    }

    /// Waits until the words of one of the ids can be read; says which.
    pub fn waits_for_one_of(&mut self, ids: &[&str]) -> Result<usize> {
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            for (place, id) in ids.iter().enumerate() {
                // the first frames of a kiosk that is still starting show nothing
                if self.sees(id).unwrap_or(false) {
                    self.note(format!("sees     {} «{}»", id, self.word(id)));
                    return Ok(place);
                }
            }
            sleep(GLANCE);
        }
        let labels: Vec<String> = self
            .eyes
            .look()
            .unwrap_or_default()
            .into_iter()
            .map(|thing| thing.label)
            .collect();
        self.screen.save(&self.folder.join("stuck.png"))?;
        bail!("waited in vain for {ids:?}; on the screen: {labels:?}")
    }

    /// Waits until nothing on the screen moves any more: a window that is still taking its place is not touched.
    pub fn waits_for_rest(&mut self) -> Result<()> {
        let places = |eyes: &Eyes| -> Vec<[i32; 4]> {
            let things = eyes.look().unwrap_or_default();
            things
                .iter()
                .map(|thing| thing.rect.map(|at| at as i32))
                .collect()
        };
        let (mut before, mut same) = (Vec::new(), 0);
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            let now = places(&self.eyes);
            same = if now == before && !now.is_empty() {
                same + 1
            } else {
                0
            };
            if same == LOOKS_AT_REST {
                return Ok(());
            }
            before = now;
            sleep(GLANCE);
        }
        bail!("the screen does not come to rest")
    }

    /// Touches the button with the words of `id`, as soon as it can be used.
    pub fn touches(&mut self, id: &str) -> Result<()> {
        let words = self.word(id);
        self.touches_words(&words)
    }

    /// Touches the button with these words.
    pub fn touches_words(&mut self, words: &str) -> Result<()> {
        let (x, y) = self.find_button(words)?.middle();
        self.note(format!("touches  «{words}»"));
        self.screen.touch(x, y)
    }

    /// Touches a row by the words that stand in it.
    pub fn touches_row(&mut self, id: &str) -> Result<()> {
        self.waits_for(id)?;
        let words = self.word(id);
        let seen = self
            .eyes
            .look()?
            .into_iter()
            .find(|thing| thing.label.contains(&words));
        let (x, y) = seen.context("the row is gone")?.middle();
        self.note(format!("touches  the row «{words}»"));
        self.screen.touch(x, y)
    }

    /// Stays on something for a while.
    pub fn holds(&mut self, id: &str, how_long: Duration) -> Result<()> {
        let words = self.word(id);
        let (x, y) = self.find_button(&words)?.middle();
        self.note(format!("holds    «{words}»"));
        self.screen.hold(x, y, how_long)
    }

    /// Types on the keys on the screen.
    pub fn types(&mut self, text: &str) -> Result<()> {
        for key in text.chars() {
            self.touches_words(&key.to_ascii_uppercase().to_string())?;
        }
        Ok(())
    }

    /// Points a phone's camera at the screen: the text of the first code that can be read.
    pub fn scans_the_screen(&mut self) -> Result<String> {
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            let codes = read_codes(&Luma::of(&self.screen.picture()?), Effort::Picture);
            if let Some(text) = codes.iter().find_map(|code| code.text()) {
                self.note("scans    the code on the screen".to_owned());
                return Ok(text.to_owned());
            }
            sleep(GLANCE);
        }
        bail!("no code can be read on the screen")
    }

    /// Keeps a picture of the screen in both languages.
    pub fn keeps_picture(&mut self, name: &str) -> Result<()> {
        self.keeps_one(name)?;
        self.switches_language()?;
        self.pictures -= 1;
        self.keeps_one(name)?;
        self.switches_language()
    }

    /// Keeps a picture of the screen as it is: for screens that do not wait.
    pub fn keeps_one(&mut self, name: &str) -> Result<()> {
        // the frame that shows what was just read may still be on its way
        sleep(Duration::from_millis(350));
        self.pictures += 1;
        let file = format!("{:02}-{name}.{}.png", self.pictures, self.language.tag());
        self.screen.save(&self.folder.join(&file))?;
        self.note(format!("picture  {file}"));
        Ok(())
    }

    fn switches_language(&mut self) -> Result<()> {
        let (x, y) = self.find_button(&self.word("dock-language"))?.middle();
        self.screen.touch(x, y)?;
        self.language = match self.language {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        };
        let end = clock::now() + PATIENCE;
        while clock::now() < end {
            if self.sees("dock-help")? {
                return Ok(());
            }
            sleep(GLANCE);
        }
        bail!("the language does not change")
    }

    fn find_button(&self, words: &str) -> Result<Thing> {
        let end = clock::now() + PATIENCE;
        loop {
            let things = self.eyes.look().unwrap_or_default();
            let button = |exact: bool| {
                things.iter().find(|thing| {
                    let named = if exact {
                        thing.label == words
                    } else {
                        thing.label.contains(words)
                    };
                    named && thing.enabled && thing.role != "Label"
                })
            };
            if let Some(thing) = button(true).or_else(|| button(false)) {
                return Ok(thing.clone());
            }
            if clock::now() > end {
                self.screen.save(&self.folder.join("stuck.png"))?;
                let labels: Vec<_> = things
                    .iter()
                    .map(|t| (&t.role, &t.label, t.enabled))
                    .collect();
                return Err(anyhow::anyhow!("on the screen: {labels:?}"))
                    .context(format!("nothing to touch says «{words}»"));
            }
            sleep(GLANCE);
        }
    }
}
