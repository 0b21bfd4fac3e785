//! The booth's voice: short recordings, one at a time, through the system's own player.
//!
//! The player (`aplay`, of Debian's `alsa-utils`) is a program of its own, so that the booth starts and works without it
//! and without any sound device: then it is silent. What cannot be said now is not said later.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{SyncSender, sync_channel};

use rust_embed::RustEmbed;

use super::spawn;
use crate::domain::Language;
use crate::session::{Prompt, Sound};

/// The recordings: raw, one channel, 8 bits mu-law at [`RATE`]. Made by `assets/voice/make.sh`.
#[derive(RustEmbed)]
#[folder = "assets/voice/clips"]
struct Recordings;

/// Samples a second.
const RATE: &str = "8000";
/// A sound and a sentence may wait; a third would come too late.
const WAITING: usize = 2;

/// The system's player, reading samples from its input.
const PLAYER: &[&str] = &[
    "aplay", "-q", "-t", "raw", "-f", "MU_LAW", "-c", "1", "-r", RATE, "-",
];

/// Where sounds go.
pub struct Voice {
    /// `None` in a silent booth.
    queue: Option<SyncSender<String>>,
}

impl Voice {
    /// Starts the thread, unless the booth is to be silent.
    pub fn start(sounds: bool) -> io::Result<Self> {
        if !sounds {
            return Ok(Self { queue: None });
        }
        Self::through(PLAYER.iter().map(|&word| word.to_owned()).collect())
    }

    /// Plays through this program.
    fn through(player: Vec<String>) -> io::Result<Self> {
        let (queue, waiting) = sync_channel::<String>(WAITING);
        let lost = |name| tracing::warn!(worker = name, "the booth has lost its voice");
        spawn("voice", lost, move || {
            while let Ok(name) = waiting.recv() {
                let Some(recording) = Recordings::get(&name) else {
                    tracing::debug!(name, "no recording");
                    continue;
                };
                if let Err(error) = play(&player, &recording.data) {
                    tracing::warn!(%error, "no sound; the booth goes on in silence");
                    return;
                }
            }
        })?;
        Ok(Self { queue: Some(queue) })
    }

    /// Makes a sound.
    pub fn sound(&self, sound: Sound) {
        let name = match sound {
            Sound::Tick => "tick",
            Sound::Shutter => "shutter",
            Sound::Success => "success",
            Sound::Attention => "attention",
        };
        self.play(format!("sounds/{name}.ulaw"));
    }

    /// Says something in this language.
    pub fn say(&self, prompt: Prompt, language: Language) {
        self.play(recording_of(prompt, language));
    }

    fn play(&self, name: String) {
        if let Some(queue) = &self.queue {
            // whoever is late is left out
            let _full = queue.try_send(name);
        }
    }
}

fn recording_of(prompt: Prompt, language: Language) -> String {
    let folder = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let name = match prompt {
        Prompt::Rule(rule) => rule.id(),
        Prompt::ComeCloser => "come_closer",
        Prompt::StepBack => "step_back",
        Prompt::HoldStill => "hold_still",
    };
    format!("{folder}/{name}.ulaw")
}

/// Plays to the end.
fn play(player: &[String], samples: &[u8]) -> io::Result<()> {
    let Some((program, arguments)) = player.split_first() else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let mut player = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut pipe) = player.stdin.take() {
        pipe.write_all(samples)?;
    }
    if player.wait()?.success() {
        Ok(())
    } else {
        Err(io::Error::other("the player found no sound device"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::rules::{FACE, GEOMETRY, KnownBy, ROOM, Rule};

    #[test]
    fn everything_that_guidance_speaks_of_is_recorded_in_both_languages() {
        let spoken = [&GEOMETRY[..], &FACE, &ROOM]
            .concat()
            .into_iter()
            .filter(|rule| rule.known_by() == KnownBy::Measured && *rule != Rule::Distance)
            .map(Prompt::Rule)
            .chain([Prompt::ComeCloser, Prompt::StepBack, Prompt::HoldStill]);
        for prompt in spoken {
            for language in [Language::Chinese, Language::English] {
                let name = recording_of(prompt, language);
                let recording = Recordings::get(&name);
                // a quarter of a second is no sentence
                assert!(recording.is_some_and(|r| r.data.len() > 2_000), "{name}");
            }
        }
        for sound in ["tick", "shutter", "success", "attention"] {
            assert!(Recordings::get(&format!("sounds/{sound}.ulaw")).is_some());
        }
    }

    #[test]
    fn a_silent_booth_says_nothing_and_waits_for_nobody() {
        let voice = Voice::start(false).unwrap();
        for _ in 0..100 {
            voice.sound(Sound::Tick);
            voice.say(Prompt::HoldStill, Language::English);
        }
        assert!(voice.queue.is_none());
    }

    #[test]
    fn what_is_said_is_played_in_its_order_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("played");
        let player = ["sh", "-c", "wc -c >> \"$0\"", log.to_str().unwrap()];
        let voice = Voice::through(player.map(str::to_owned).to_vec()).unwrap();
        voice.sound(Sound::Shutter);
        voice.say(Prompt::HoldStill, Language::Chinese);
        let expected = ["sounds/shutter.ulaw", "zh-CN/hold_still.ulaw"]
            .map(|name| Recordings::get(name).unwrap().data.len());
        let begun = crate::clock::now();
        let played = loop {
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            let played: Vec<usize> = log.lines().filter_map(|n| n.trim().parse().ok()).collect();
            if played.len() >= expected.len() || begun.elapsed().as_secs() > 60 {
                break played;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        };
        assert_eq!(played, expected);
    }

    /// A sample of mu-law (ITU-T G.711) as a share of full scale.
    fn linear(byte: u8) -> f32 {
        let code = !byte;
        let size = ((f32::from(code & 15) * 2.0 + 33.0) * f32::from(1_u16 << ((code >> 4) & 7))
            - 33.0)
            / 8031.0;
        if code & 128 == 0 { size } else { -size }
    }

    /// As far as numbers can say whether a clip sounds right: a sentence's length, loud enough, not clipped, and
    /// neither begun nor ended in the middle of a word.
    #[test]
    fn every_clip_is_loud_whole_and_not_clipped() {
        for name in Recordings::iter() {
            let clip: Vec<f32> = Recordings::get(&name)
                .unwrap()
                .data
                .iter()
                .map(|b| linear(*b))
                .collect();
            let seconds = clip.len() as f32 / 8000.0;
            let peak = clip.iter().fold(0.0, |peak: f32, v| peak.max(v.abs()));
            let clipped = clip.iter().filter(|v| v.abs() > 0.98).count();
            let loud = (clip.iter().map(|v| v * v).sum::<f32>() / clip.len() as f32).sqrt();
            let end = clip
                .iter()
                .rev()
                .take(80)
                .fold(0.0, |e: f32, v| e.max(v.abs()));
            assert!(clipped < 4 && loud > 0.04, "{name}: {clipped} {loud}");
            assert!(end < 0.05, "{name} is cut off: {end}");
            if name.starts_with("sounds/") {
                assert!((0.05..0.5).contains(&seconds), "{name}: {seconds} s");
            } else {
                assert!(
                    (0.5..5.0).contains(&seconds) && peak > 0.5,
                    "{name}: {seconds} s, {peak}"
                );
            }
        }
    }
}
