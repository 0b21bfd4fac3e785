//! Signing in with a phone: the booth shows a page's address as a code and asks until the phone has answered.

use super::KnownSubmission;
use crate::domain::{Language, SignInId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A phone number as the booth may know it: keyed hash, the same for the same number.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneRef(String);

impl PhoneRef {
    /// A reference made by the service.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PhoneRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneRef(..)")
    }
}

/// Begins a sign-in. The booth draws the id, so a lost answer is asked for again without a second sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// Drawn at random by the booth.
    pub id: SignInId,
    /// Language in which the phone page opens.
    pub language: Language,
}

/// What to draw as a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInOffer {
    /// The page that the phone opens.
    pub page_url: String,
    /// Until when the page answers.
    pub expires_at: jiff::Timestamp,
}

/// Where a sign-in stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum SignInState {
    /// No phone has opened the page.
    Waiting,
    /// A phone has opened it: "confirm on your phone".
    Scanned,
    /// The phone has confirmed and given its number.
    Confirmed {
        /// `138****5678`.
        phone_masked: String,
        /// Goes into the manifest, so that this phone finds its submission again.
        phone_ref: PhoneRef,
        /// What this phone has submitted before, newest first.
        returning: Vec<KnownSubmission>,
    },
    /// Refused on the phone.
    Refused,
    /// Nobody answered in time.
    Expired,
}

impl fmt::Debug for SignInState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Waiting => "Waiting",
            Self::Scanned => "Scanned",
            Self::Confirmed { .. } => "Confirmed(..)",
            Self::Refused => "Refused",
            Self::Expired => "Expired",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_stay() {
        let id = SignInId::from_bytes([1; 16]);
        let request = SignInRequest {
            id,
            language: Language::English,
        };
        insta::assert_snapshot!(serde_json::to_string(&request).unwrap(),
            @r#"{"id":"01010101010101010101010101010101","language":"en"}"#);
        let offer = SignInOffer {
            page_url: "https://review.example/s/01".into(),
            expires_at: "2026-11-23T08:00:00Z".parse().unwrap(),
        };
        insta::assert_snapshot!(serde_json::to_string(&offer).unwrap(),
            @r#"{"page_url":"https://review.example/s/01","expires_at":"2026-11-23T08:00:00Z"}"#);
        insta::assert_snapshot!(serde_json::to_string(&SignInState::Waiting).unwrap(), @r#"{"state":"waiting"}"#);
        let confirmed = SignInState::Confirmed {
            phone_masked: "138****5678".into(),
            phone_ref: PhoneRef::new("ab12"),
            returning: vec![],
        };
        insta::assert_snapshot!(serde_json::to_string(&confirmed).unwrap(),
            @r#"{"state":"confirmed","phone_masked":"138****5678","phone_ref":"ab12","returning":[]}"#);
        assert!(!format!("{confirmed:?}").contains("138"));
    }
}
