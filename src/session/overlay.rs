//! What lies above a step: help, settings, questions before something final, and notices of trouble.

use super::{Settings, StoreTrouble};
use std::time::Instant;

/// What is shown above the step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// How to reach a person.
    CustomerService(CustomerServiceView),
    /// Language, privacy, erase and leave.
    Settings,
    /// Where a student finds the acquisition code.
    Tutorial,
    /// Is anybody there? The session ends at `until`.
    StillThere {
        /// When the session ends.
        until: Instant,
    },
    /// Leave and lose what was done?
    LeaveSure,
    /// Hand in for good?
    SubmitSure,
    /// The number of the student's slip, for cash.
    Slip(String),
    /// Something went wrong.
    Message(Notice),
}

/// The service desk, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerServiceView {
    /// How the call for help went; `None` before it.
    pub asked: Option<RequestOutcome>,
    /// Address of the chat, drawn as a QR code.
    pub code: String,
}

/// How a request to the service desk or the school went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOutcome {
    /// On its way into the booth's store.
    Sending,
    /// Stored, and sent as soon as the service can be reached.
    Filed,
    /// It could not be stored: call the attendant.
    Failed,
}

/// Trouble, in the person's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub what: What,
    /// What to do now.
    pub remedy: Remedy,
}

/// What can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The same once more.
    TryAgain,
    /// Something else leads there too.
    OtherWay,
    /// A person has to help.
    CallAttendant,
}

macro_rules! notices {
    ($($(#[$doc:meta])* $name:ident => $key:literal, $remedy:ident;)*) => {
        /// Everything that can go wrong in front of a student, one message a language each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum What { $($(#[$doc])* $name,)* }

        impl What {
            /// All, for the test that every language has every message.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Id of the message.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The notice, with what can be done about it.
            pub const fn notice(self) -> Notice {
                let remedy = match self { $(Self::$name => Remedy::$remedy,)* };
                Notice { what: self, remedy }
            }
        }
    };
}

notices! {
    /// The school has no collection here.
    SchoolNotServed => "notice-school-not-served", OtherWay;
    /// The collection has ended.
    CollectionClosed => "notice-collection-closed", CallAttendant;
    /// The collection has not begun.
    CollectionNotYetOpen => "notice-collection-not-yet-open", OtherWay;
    /// The school has nothing to collect for this student.
    NoCollection => "notice-no-collection", OtherWay;
    /// Wrong characters too often.
    LastFourLocked => "notice-last-four-locked", CallAttendant;
    /// The booth cannot read or write its own records.
    StoreTrouble => "notice-store-trouble", CallAttendant;
    /// The booth has no room left.
    StoreFull => "notice-store-full", CallAttendant;
    /// The payment code was closed without money.
    PaymentClosed => "notice-payment-closed", TryAgain;
    /// The service cannot be reached to verify again.
    ServiceAway => "notice-service-away", TryAgain;
    /// The camera is gone.
    CameraGone => "notice-camera-gone", CallAttendant;
    /// The camera did not deliver the picture.
    CameraSlow => "notice-camera-slow", TryAgain;
    /// No picture on the medium, or no medium.
    PictureNotFound => "notice-picture-not-found", TryAgain;
    /// No stick, and nothing came from the phone.
    PictureNotSent => "notice-picture-not-sent", TryAgain;
    /// The picture cannot be read.
    PictureUnreadable => "notice-picture-unreadable", OtherWay;
    /// The picture is older than the collection allows.
    PictureTooOld => "notice-picture-too-old", OtherWay;
    /// Pictures brought along are not taken here.
    ImportOff => "notice-import-off", OtherWay;
    /// Pictures brought along are taken with an attendant only.
    ImportNeedsAttendant => "notice-import-needs-attendant", CallAttendant;
    /// Standardizing broke off; the capture is kept.
    StandardizingFailed => "notice-standardizing-failed", TryAgain;
    /// The submission could not be stored; nothing is lost yet.
    NotSaved => "notice-not-saved", TryAgain;
}

impl Overlay {
    /// How to reach a person.
    pub(super) fn customer_service(settings: &Settings) -> Self {
        let code = settings.customer_service.url.clone();
        Self::CustomerService(CustomerServiceView { asked: None, code })
    }

    /// The overlay of a notice.
    pub const fn message(what: What) -> Self {
        Self::Message(what.notice())
    }
}

impl RequestOutcome {
    /// How it went.
    pub(super) fn of(filed: Result<(), StoreTrouble>) -> Self {
        if filed.is_ok() {
            Self::Filed
        } else {
            Self::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_a_message_of_its_own() {
        let keys: std::collections::BTreeSet<_> = What::ALL.iter().map(|what| what.key()).collect();
        assert_eq!(keys.len(), What::ALL.len());
        assert!(keys.iter().all(|key| key.starts_with("notice-")));
        assert_eq!(What::StoreFull.notice().remedy, Remedy::CallAttendant);
    }
}
