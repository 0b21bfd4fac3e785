//! The clerk: keeps the booth's records, so that no screen waits for a disk. Reads codes and files, grants what
//! costs nothing, makes submissions durable, files requests.

use super::Facts;
use super::album;
use super::http::{PATIENCE, ServiceClient, Trouble};
use super::manifest;
use super::mirror::Mirror;
use super::service::{COMMANDS, Enrolled, ServiceFact, hand, start, store_trouble};
use super::sync::Sync;
use crate::clock;
use crate::domain::acquisition_code::{CodeContents, CodeError};
use crate::domain::standing::{FileRequest, StudentFile};
use crate::domain::{
    AcquisitionCode, CollectionId, Entitlement, RequestId, StudentRef, SubmissionId,
};
use crate::session::{
    Answer, ConfirmedSubmission, QuestionId, RequestAbout, ServiceRequestKind, StoreTrouble,
};
use crate::store::{Redeemed, Store};
use crate::wire::{DecodeRequest, Decoded, RefusalCode, RequestKind, ServiceRequest, paths};
use reqwest::Method;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// A file is shown with what is known after so long.
const FILE_PATIENCE: Duration = Duration::from_secs(3);

/// What the clerk is asked, with the number of the question.
pub(super) enum Task {
    Decode(AcquisitionCode),
    Load(FileRequest),
    VerifyAgain(FileRequest),
    FetchAlbum(StudentRef, CollectionId),
    GrantNothingDue(StudentRef, CollectionId),
    GrantPayLater(StudentRef, CollectionId),
    FileRequest(RequestId, ServiceRequestKind, Box<RequestAbout>),
    Confirm(Box<ConfirmedSubmission>),
}

impl Task {
    /// May wait for the service: done on a thread of its own, so that nothing waits to be made durable.
    const fn asks_the_service(&self) -> bool {
        match self {
            Self::Decode(_) | Self::Load(_) | Self::VerifyAgain(_) | Self::FetchAlbum(..) => true,
            Self::GrantNothingDue(..)
            | Self::GrantPayLater(..)
            | Self::FileRequest(..)
            | Self::Confirm(_) => false,
        }
    }
}

pub(super) struct Clerk {
    inquiries: SyncSender<(QuestionId, Task)>,
    records: SyncSender<(QuestionId, Task)>,
}

impl Clerk {
    pub fn start(work: Work) -> io::Result<Self> {
        let work = Arc::new(work);
        let begin = |name| {
            let (sender, tasks) = sync_channel(COMMANDS);
            let work = Arc::clone(&work);
            start(name, &work.facts.clone(), move || work.run(&tasks)).map(|()| sender)
        };
        Ok(Self {
            inquiries: begin("inquiries")?,
            records: begin("records")?,
        })
    }

    pub fn ask(&self, question: QuestionId, task: Task) {
        let sender = if task.asks_the_service() {
            &self.inquiries
        } else {
            &self.records
        };
        hand(sender, "clerk", (question, task));
    }
}

pub(super) struct Work {
    store: Store,
    client: Arc<ServiceClient>,
    mirror: Arc<Mirror>,
    enrolled: Enrolled,
    facts: Facts<ServiceFact>,
    sync: Sync,
}

impl Work {
    pub fn new(
        store: Store,
        client: Arc<ServiceClient>,
        mirror: Arc<Mirror>,
        enrolled: Enrolled,
        facts: Facts<ServiceFact>,
        sync: Sync,
    ) -> Self {
        Self {
            store,
            client,
            mirror,
            enrolled,
            facts,
            sync,
        }
    }

    fn run(&self, tasks: &Receiver<(QuestionId, Task)>) {
        while let Ok((question, task)) = tasks.recv() {
            self.facts
                .tell(ServiceFact::Answer(question, self.answer(task)));
        }
    }

    fn answer(&self, task: Task) -> Answer {
        match task {
            Task::Decode(code) => Answer::Decoded(self.decode(&code).map(Box::new)),
            Task::Load(file) => Answer::File(self.load(&file)),
            Task::VerifyAgain(file) => Answer::File(self.verify_again(&file)),
            Task::FetchAlbum(student, collection) => {
                let sent = album::fetch(&self.client, &student, &collection);
                Answer::Imported(sent.map(|picture| vec![picture]))
            }
            Task::GrantNothingDue(student, collection) => {
                let granted = self
                    .store
                    .grant_nothing_due(&student, &collection, clock::utc());
                Answer::NothingDue(granted.map_err(|error| store_trouble(&error)))
            }
            Task::GrantPayLater(student, collection) => {
                Answer::NothingDue(self.pay_later(&student, &collection))
            }
            Task::FileRequest(id, kind, about) => {
                Answer::RequestFiled(self.file_request(id, kind, *about))
            }
            Task::Confirm(submission) => Answer::Saved(self.confirm(&submission)),
        }
    }

    fn pay_later(
        &self,
        student: &StudentRef,
        collection: &CollectionId,
    ) -> Result<Entitlement, StoreTrouble> {
        let granted = self
            .store
            .grant_pay_later(student, collection, clock::utc());
        match granted.map_err(|error| store_trouble(&error))? {
            Redeemed::Entitled(entitlement) => Ok(entitlement),
            // the school has changed its mind while the screen was open: asking again shows the new terms
            Redeemed::NotAllowed
            | Redeemed::Receipt(_)
            | Redeemed::Refunded
            | Redeemed::Spent
            | Redeemed::OverTheLimit => Err(StoreTrouble::ServiceAway),
        }
    }

    fn decode(&self, code: &AcquisitionCode) -> Result<CodeContents, CodeError> {
        if let Some(key) = &self.enrolled.campus_key {
            return key.decode(code);
        }
        let request = DecodeRequest {
            code: code.as_str().to_owned(),
        };
        let decoded = self
            .client
            .json::<Decoded>(Method::POST, paths::DECODE, &request);
        match decoded {
            Ok(decoded) => decoded.contents().ok_or(CodeError::NotGenuine),
            Err(Trouble::Refused(RefusalCode::CodeOfOtherCampus)) => Err(CodeError::OtherCampus),
            Err(Trouble::Refused(RefusalCode::CodeNotGenuine)) => Err(CodeError::NotGenuine),
            Err(_) => Err(CodeError::Unreachable),
        }
    }

    /// What the booth knows; the service is asked about other booths only if it was there a moment ago.
    fn load(&self, file: &FileRequest) -> Result<StudentFile, StoreTrouble> {
        if self.client.is_online()
            && let Err(trouble) = self.mirror.ask_about(&file.student, FILE_PATIENCE)
        {
            tracing::warn!(%trouble, "the student's file is the booth's own");
        }
        self.file(file)
    }

    /// The service has to say it: rosters may have changed a moment ago.
    fn verify_again(&self, file: &FileRequest) -> Result<StudentFile, StoreTrouble> {
        let asked = self
            .mirror
            .pull(PATIENCE)
            .and_then(|()| self.mirror.ask_about(&file.student, PATIENCE));
        asked.map_err(|_| StoreTrouble::ServiceAway)?;
        self.file(file)
    }

    fn file(&self, file: &FileRequest) -> Result<StudentFile, StoreTrouble> {
        self.store
            .student_file(file, self.enrolled.review_days)
            .map_err(|error| store_trouble(&error))
    }

    fn confirm(&self, submission: &ConfirmedSubmission) -> Result<SubmissionId, StoreTrouble> {
        let new = manifest::of(submission, self.enrolled.booth).map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "no manifest");
            StoreTrouble::Broken
        })?;
        self.store
            .confirm(new, &self.enrolled.sealer, submission.at)
            .map_err(|error| store_trouble(&error))?;
        self.sync.now();
        Ok(submission.id)
    }

    fn file_request(
        &self,
        id: RequestId,
        kind: ServiceRequestKind,
        about: RequestAbout,
    ) -> Result<(), StoreTrouble> {
        let request = ServiceRequest {
            id,
            kind: match kind {
                ServiceRequestKind::AddToRoster => RequestKind::AddToRoster,
                ServiceRequestKind::CustomerService => RequestKind::CustomerService,
            },
            institution: about.institution,
            category: about.category,
            collection: about.collection,
            student: about.student,
            student_number: about.student_number.map(|number| number.0),
            submission: about.submission,
            note: String::new(),
            made_at: clock::utc(),
        };
        self.store
            .file_request(&request)
            .map_err(|error| store_trouble(&error))?;
        self.sync.now();
        Ok(())
    }
}
