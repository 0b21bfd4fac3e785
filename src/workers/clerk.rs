//! Keeps the booth's records off the window's thread: files, entitlements without a fee, Submit, requests, the
//! attendant's PIN and queue. One command at a time, in order; every answer names its question.
//!
//! Decides nothing: what may be written is the store's to refuse.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::{io, sync::Arc};

use super::{Facts, Wake, spawn};
use crate::config::AttendantPin;
use crate::domain::standing::FileRequest;
use crate::domain::{BoothId, CollectionId, StudentRef, SubmissionId};
use crate::session::QuestionId;
use crate::session::{Answer, ConfirmedSubmission, StoreTrouble};
use crate::store::{NewSubmission, QueueItem, Store, StoreError, WrongTries};
use crate::vision::rules::{Finding, Verdict};
use crate::wire::submission::MANIFEST_VERSION;
use crate::wire::{Consent, Digest, Manifest, PhoneRef, RecordedFinding, RecordedVerdict, ServiceRequest};

/// Whose wrong tries are counted when the attendant's PIN is typed.
const ATTENDANT: &str = "attendant";

/// What the clerk is asked.
#[derive(Debug)]
pub enum Paper {
    /// Where a student stands.
    File(QuestionId, FileRequest),
    /// An entitlement to a collection that asks no fee.
    NothingDue(QuestionId, StudentRef, CollectionId),
    /// Submit: for good.
    Confirm(QuestionId, Box<ConfirmedSubmission>),
    /// Something asked of the school or the service desk.
    Request(QuestionId, Box<ServiceRequest>),
    /// The attendant typed a PIN.
    Pin(zeroize::Zeroizing<String>),
    /// The attendant looks at the queue.
    Queue,
    /// The attendant lets a held submission be sent again.
    Release(SubmissionId),
    /// Something an attendant did, for the audit log.
    Audit(&'static str, String),
}

/// What the clerk answers.
#[derive(Debug)]
pub enum ClerkFact {
    /// To a question of the session.
    Answer(QuestionId, Answer),
    /// A submission is queued: it can be sent.
    Queued,
    /// The PIN was right, or how many wrong ones there were in a row.
    Pin(Result<(), u32>),
    /// The queue, oldest first.
    Queue(Vec<QueueItem>),
    /// The records cannot be read or written.
    Broken(String),
    /// The worker panicked and is gone.
    WorkerLost(&'static str),
}

/// What the clerk needs to know of the booth.
#[derive(Debug, Clone)]
pub struct ClerkDesk {
    /// The booth's name in manifests.
    pub booth: BoothId,
    /// Working days promised where the service has not said.
    pub review_days: u32,
    /// The attendant's PIN.
    pub pin: AttendantPin,
}

/// The thread that keeps records.
pub struct Clerk {
    papers: SyncSender<Paper>,
    facts: Receiver<ClerkFact>,
}

impl Clerk {
    /// Starts the thread.
    pub fn start(store: Store, desk: ClerkDesk, wake: &Wake) -> io::Result<Self> {
        let (papers, inbox) = sync_channel(64);
        let (sender, facts) = sync_channel(64);
        let told = Facts::new(sender, Arc::clone(wake));
        let lost = told.clone();
        spawn(
            "clerk",
            move |name| lost.tell(ClerkFact::WorkerLost(name)),
            move || {
                while let Ok(paper) = inbox.recv() {
                    handle(&store, &desk, paper, &told);
                }
            },
        )?;
        Ok(Self { papers, facts })
    }

    /// Hands a paper in. Waits only if sixty-four already wait, which no person can cause.
    pub fn take(&self, paper: Paper) {
        // after the thread is lost the session is paused; nothing more is asked
        let _lost = self.papers.send(paper);
    }

    /// The facts since last time.
    pub fn facts(&self) -> impl Iterator<Item = ClerkFact> + '_ {
        self.facts.try_iter()
    }
}

fn handle(store: &Store, desk: &ClerkDesk, paper: Paper, told: &Facts<ClerkFact>) {
    let answer = |request, answer| told.tell(ClerkFact::Answer(request, answer));
    match paper {
        Paper::File(request, file) => {
            answer(request, Answer::File(store.student_file(&file, desk.review_days).map_err(trouble)));
        }
        Paper::NothingDue(request, student, collection) => {
            let granted = store.grant_nothing_due(&student, &collection, crate::clock::utc());
            answer(request, Answer::NothingDue(granted.map_err(trouble)));
        }
        Paper::Confirm(request, submission) => {
            let saved = confirm(store, desk, &submission);
            answer(request, Answer::Saved(saved.map(|()| submission.id).map_err(trouble)));
            told.tell(ClerkFact::Queued);
        }
        Paper::Request(request, asked) => {
            answer(request, Answer::RequestFiled(store.file_request(&asked).map_err(trouble)));
        }
        Paper::Pin(typed) => told.tell(ClerkFact::Pin(check_pin(store, &desk.pin, &typed))),
        Paper::Queue => tell_queue(store, told),
        Paper::Release(id) => {
            if let Err(error) = store.release(id) {
                told.tell(ClerkFact::Broken(error.to_string()));
            }
            tell_queue(store, told);
        }
        Paper::Audit(what, about) => {
            if let Err(error) = store.audit(what, &about, crate::clock::utc()) {
                told.tell(ClerkFact::Broken(error.to_string()));
            }
        }
    }
}

fn tell_queue(store: &Store, told: &Facts<ClerkFact>) {
    told.tell(match store.queue() {
        Ok(queue) => ClerkFact::Queue(queue),
        Err(error) => ClerkFact::Broken(error.to_string()),
    });
}

fn confirm(store: &Store, desk: &ClerkDesk, submission: &ConfirmedSubmission) -> Result<(), StoreError> {
    let new = NewSubmission {
        manifest: manifest(desk.booth, submission)?,
        photo: submission.photo.jpeg(),
        capture: &submission.capture.jpeg,
    };
    store.confirm(new, submission.at)
}

/// The manifest of a submission; the store gives it its sequence.
fn manifest(booth: BoothId, submission: &ConfirmedSubmission) -> Result<Manifest, StoreError> {
    let status = &submission.identity.status;
    let visitor = &submission.identity.visitor;
    Ok(Manifest {
        version: MANIFEST_VERSION,
        id: submission.id,
        booth,
        sequence: 0,
        student: status.student.clone(),
        masked_name: status.masked_name.clone(),
        student_number: status.student_number.clone(),
        institution: status.institution,
        category: status.category,
        collection: submission.collection.id.clone(),
        entitlement: submission.entitlement.source,
        consent: Consent { text_version: visitor.consent.version.clone(), at: visitor.consent.at },
        captured_at: submission.capture.taken_at,
        photo_sha256: Digest::of(submission.photo.jpeg()),
        capture_sha256: Digest::of(&submission.capture.jpeg),
        imported: submission.capture.imported,
        attendant_notes: Vec::new(),
        findings: submission.findings.iter().map(recorded).collect(),
        record: serde_json::to_value(submission.photo.record()).map_err(|_| StoreError::Unreadable("record"))?,
        phone: visitor.phone.as_ref().map(|phone| PhoneRef::new(phone.phone_ref.clone())),
    })
}

/// A finding as reviewers read it.
fn recorded(finding: &Finding) -> RecordedFinding {
    RecordedFinding {
        rule: finding.rule.id().to_owned(),
        verdict: match finding.verdict {
            Verdict::Pass => RecordedVerdict::Pass,
            Verdict::Warn => RecordedVerdict::Warn,
            Verdict::Fail => RecordedVerdict::Fail,
            Verdict::Unknown => RecordedVerdict::Unknown,
            Verdict::Asked => RecordedVerdict::Asked,
        },
        value: finding.value.map(f64::from),
        limit: finding.limit.map(|limit| limit.to_string()),
        unit: finding.unit.to_owned(),
    }
}

fn check_pin(store: &Store, pin: &AttendantPin, typed: &str) -> Result<(), u32> {
    if pin.matches(typed) {
        // a store that cannot forget still lets the attendant in: the queue needs looking at then
        let _kept = store.forget_wrong(WrongTries::Pin, ATTENDANT);
        return Ok(());
    }
    Err(store.count_wrong(WrongTries::Pin, ATTENDANT).unwrap_or(u32::MAX))
}

fn trouble(error: StoreError) -> StoreTrouble {
    tracing::error!(%error, "the booth's records");
    if matches!(error, StoreError::DiskFull) { StoreTrouble::Full } else { StoreTrouble::Broken }
}
