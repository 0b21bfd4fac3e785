//! How the service says no: a code for programs, a sentence for people.

use serde::{Deserialize, Serialize};

/// The body of every answer that is not 2xx.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// For programs.
    pub error: RefusalCode,
    /// For people who read logs; never about a student.
    pub message: String,
}

/// Why the service refuses. Closed; a booth reads codes newer than itself as [`RefusalCode::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The booth token is missing, wrong or revoked: wait for enrolment, lose nothing.
    Unauthorized,
    /// No such thing, or no such address.
    NotFound,
    /// The method does not exist at this address.
    MethodNotAllowed,
    /// The body is not the JSON that this address takes.
    BadJson,
    /// The body is not a submission's frame, or not a form.
    BadBody,
    /// The body is larger than allowed.
    TooLarge,
    /// `Content-Digest` is missing or does not fit the body: send again.
    WrongDigest,
    /// The id in the address is not the id in the body: send again. No digest covers the address, so that a line
    /// may change it.
    WrongId,
    /// The same id came with other contents.
    Conflict,
    /// The fee of the collection is not the fee of the order.
    FeeChanged,
    /// The student may already submit in this collection: nothing more to pay.
    AlreadyEntitled,
    /// Nobody paid for this submission, as far as the service knows.
    NotEntitled,
    /// The student has a submission in this collection that still stands.
    AlreadySubmitted,
    /// The service does not know the collection.
    UnknownCollection,
    /// The collection is not open today.
    NotOpen,
    /// The photo is not a standard photo.
    PhotoNotStandard,
    /// The capture is not a picture that the service takes.
    CaptureNotUsable,
    /// A hash in the manifest is not that of the bytes beside it.
    HashMismatch,
    /// Not an acquisition code, or damaged, or not genuine.
    CodeNotGenuine,
    /// A sealed submission that its booth did not sign, or that is sealed to another key.
    SealBroken,
    /// An acquisition code of another campus.
    CodeOfOtherCampus,
    /// The payment provider does not answer; nobody knows yet.
    GatewaySilent,
    /// Too much at once: come again later.
    Busy,
    /// A fault of the service.
    Internal,
    /// A code newer than this program.
    #[serde(other)]
    Unknown,
}

impl RefusalCode {
    /// Sending the same again cannot help: a person has to look. Nothing is discarded for it.
    pub const fn needs_a_person(self) -> bool {
        match self {
            Self::Unauthorized
            | Self::NotFound
            | Self::MethodNotAllowed
            | Self::WrongDigest
            | Self::WrongId
            | Self::GatewaySilent
            | Self::Busy
            | Self::Internal
            | Self::Unknown => false,
            Self::BadJson
            | Self::BadBody
            | Self::TooLarge
            | Self::Conflict
            | Self::FeeChanged
            | Self::AlreadyEntitled
            | Self::NotEntitled
            | Self::AlreadySubmitted
            | Self::UnknownCollection
            | Self::NotOpen
            | Self::PhotoNotStandard
            | Self::CaptureNotUsable
            | Self::HashMismatch
            | Self::SealBroken
            | Self::CodeNotGenuine
            | Self::CodeOfOtherCampus => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_newer_service_is_read_as_unknown() {
        let refusal: Refusal =
            serde_json::from_str(r#"{"error":"out_of_tea","message":"m","since":1}"#).unwrap();
        assert_eq!(refusal.error, RefusalCode::Unknown);
        let written = serde_json::to_string(&Refusal {
            error: RefusalCode::WrongDigest,
            message: "m".into(),
        });
        insta::assert_snapshot!(written.unwrap(), @r#"{"error":"wrong_digest","message":"m"}"#);
    }
}
