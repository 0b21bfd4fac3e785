//! A batch on all cores: what is printed comes in the order of the command line, however the work was shared.
//!
//! No more portraits are in memory than are being worked on. A portrait that trips a bug costs itself, not the batch.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use super::report::unusable;
use super::studio::{Said, Studio};
use crate::clock;
use crate::vision::Nets;

/// One portrait, and where its photo goes (or why it cannot).
pub(super) struct Job {
    pub file: String,
    pub portrait: PathBuf,
    pub target: Result<PathBuf, String>,
}

/// How a batch is run.
pub(super) struct Batch {
    workers: usize,
    progress: bool,
}

/// Takes what each portrait said, in order.
type Print<'a> = dyn FnMut(Said, &mut dyn Write) -> io::Result<()> + 'a;

impl Batch {
    /// On so many threads, or one a core. Progress is shown to a person, not to a program.
    pub(super) fn new(jobs: Option<u16>, json: bool) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self {
            workers: jobs.map_or(cores, usize::from),
            progress: !json && io::stderr().is_terminal(),
        }
    }

    /// Does all jobs.
    pub(super) fn run(
        &self,
        studio: &Studio<'_>,
        jobs: &[Job],
        err: &mut dyn Write,
        print: &mut Print<'_>,
    ) -> io::Result<()> {
        let next = &AtomicUsize::new(0);
        let (tell, told) = sync_channel(self.workers);
        // moved in, so that a printer that gives up takes the listener with it: no worker waits for it in vain
        thread::scope(move |scope| {
            for _ in 0..self.workers.min(jobs.len()) {
                let tell = tell.clone();
                thread::Builder::new()
                    .name("standardize".to_owned())
                    .spawn_scoped(scope, move || work(studio, jobs, next, &tell))?;
            }
            drop(tell);
            self.print_in_order(&told, jobs.len(), err, print)
        })
    }

    fn print_in_order(
        &self,
        told: &Receiver<(usize, Said)>,
        all: usize,
        err: &mut dyn Write,
        print: &mut Print<'_>,
    ) -> io::Result<()> {
        let begun = clock::now();
        let (mut waiting, mut printed) = (BTreeMap::new(), 0);
        for (done, (index, said)) in told.iter().enumerate() {
            waiting.insert(index, said);
            while let Some(said) = waiting.remove(&printed) {
                self.wipe(err)?;
                print(said, err)?;
                printed += 1;
            }
            self.show(done + 1, all, begun, err)?;
        }
        self.wipe(err)
    }

    fn show(&self, done: usize, all: usize, begun: Instant, err: &mut dyn Write) -> io::Result<()> {
        if !self.progress || done == all {
            return Ok(());
        }
        let passed = clock::now().duration_since(begun).as_secs_f64();
        let left = passed / done as f64 * (all - done) as f64;
        // portraits that are done before their turn print nothing: the line is still there
        self.wipe(err)?;
        write!(err, "{done} of {all}, about {left:.0} s left")?;
        err.flush()
    }

    fn wipe(&self, err: &mut dyn Write) -> io::Result<()> {
        if self.progress {
            write!(err, "\r\x1b[K")?;
        }
        Ok(())
    }
}

/// Each worker has nets of its own: one set works on one thread.
fn work(studio: &Studio<'_>, jobs: &[Job], next: &AtomicUsize, tell: &SyncSender<(usize, Said)>) {
    let nets = Nets::load();
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(job) = jobs.get(index) else {
            return;
        };
        let said = match &nets {
            Ok(nets) => catch_unwind(AssertUnwindSafe(|| studio.one(nets, job)))
                .unwrap_or_else(|_| failed(studio, job, "the program failed on it")),
            Err(error) => failed(studio, job, &error.to_string()),
        };
        if tell.send((index, said)).is_err() {
            return;
        }
    }
}

fn failed(studio: &Studio<'_>, job: &Job, reason: &str) -> Said {
    let mut said = Said {
        exit: 2,
        ..Said::default()
    };
    let json = studio.args.json;
    unusable(&job.file, reason, json, &mut said.out, &mut said.err);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_progress_is_one_line_however_the_portraits_come_in() {
        let (tell, told) = sync_channel(8);
        for (index, word) in [(1, "two\n"), (2, "three\n"), (0, "one\n"), (3, "four\n")] {
            let out = word.as_bytes().to_vec();
            let said = Said {
                out,
                ..Said::default()
            };
            tell.send((index, said)).unwrap();
        }
        drop(tell);
        let mut screen = Vec::new();
        let batch = Batch {
            workers: 1,
            progress: true,
        };
        let print: &mut Print<'_> = &mut |said, err| err.write_all(&said.out);
        batch.print_in_order(&told, 4, &mut screen, print).unwrap();
        let screen = String::from_utf8(screen).unwrap();
        // what a terminal shows: every return wipes its line
        let shown: Vec<&str> = screen
            .split('\n')
            .map(|line| line.rsplit("\r\x1b[K").next().unwrap_or_default())
            .collect();
        assert_eq!(shown, ["one", "two", "three", "four", ""]);
        assert!(
            screen
                .split("\r\x1b[K")
                .all(|part| part.matches(" of 4").count() <= 1),
            "{screen:?}"
        );
    }
}
