//! Answers: JSON, or a refusal with its status. Nothing of a fault's inside goes out.

use crate::review::intake::IntakeError;
use crate::review::payments::PaymentError;
use crate::review::store::StoreError;
use crate::wire::feed::{SIGNATURE_HEADER, SignedQuestion};
use crate::wire::{Refusal, RefusalCode};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::SigningKey;
use serde::Serialize;

/// A 200 with JSON that nobody may keep.
pub(super) struct Wire<T>(pub T);

impl<T: Serialize> IntoResponse for Wire<T> {
    fn into_response(self) -> Response {
        ([(header::CACHE_CONTROL, "no-store")], Json(self.0)).into_response()
    }
}

/// A 200 with JSON that counts as the service's answer to this very question: signed with `key`.
pub(super) fn signed(
    key: &SigningKey,
    question: &impl SignedQuestion,
    answer: &impl Serialize,
) -> Result<Response, Refused> {
    let answer = serde_json::to_vec(answer).map_err(StoreError::from)?;
    let signature = question.sign(key, &answer);
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/json"),
        (header::CACHE_CONTROL.as_str(), "no-store"),
        (SIGNATURE_HEADER, &signature),
    ];
    Ok((headers, answer).into_response())
}

/// A refusal on its way out.
#[derive(Debug)]
pub(super) struct Refused(Refusal);

impl Refused {
    pub(super) fn new(error: RefusalCode, message: impl Into<String>) -> Self {
        Self(Refusal {
            error,
            message: message.into(),
        })
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        if let StoreError::Refused(code, why) = error {
            return Self::new(code, why);
        }
        tracing::error!(
            "{error}: {:?}",
            std::error::Error::source(&error).map(ToString::to_string)
        );
        Self::new(
            RefusalCode::Internal,
            "a fault of the service; it was written to its log",
        )
    }
}

impl From<IntakeError> for Refused {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Store(error) => error.into(),
            IntakeError::Refused(code, why) => Self::new(code, why),
        }
    }
}

impl From<PaymentError> for Refused {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::Store(error) => error.into(),
            PaymentError::Silent(silent) => {
                tracing::warn!("{silent}");
                Self::new(RefusalCode::GatewaySilent, silent.to_string())
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (status(self.0.error), Wire(self.0)).into_response();
        if response.status() == StatusCode::UNAUTHORIZED {
            let bearer = header::HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}

fn status(code: RefusalCode) -> StatusCode {
    match code {
        RefusalCode::Unauthorized => StatusCode::UNAUTHORIZED,
        RefusalCode::NotFound | RefusalCode::UnknownCollection => StatusCode::NOT_FOUND,
        RefusalCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        RefusalCode::BadJson
        | RefusalCode::BadBody
        | RefusalCode::WrongDigest
        | RefusalCode::WrongId => StatusCode::BAD_REQUEST,
        RefusalCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        RefusalCode::Conflict
        | RefusalCode::FeeChanged
        | RefusalCode::AlreadyEntitled
        | RefusalCode::NotEntitled
        | RefusalCode::AlreadySubmitted
        | RefusalCode::NotOpen => StatusCode::CONFLICT,
        RefusalCode::PhotoNotStandard
        | RefusalCode::CaptureNotUsable
        | RefusalCode::HashMismatch
        | RefusalCode::SealBroken
        | RefusalCode::CodeNotGenuine
        | RefusalCode::CodeOfOtherCampus => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalCode::GatewaySilent => StatusCode::BAD_GATEWAY,
        RefusalCode::Busy => StatusCode::TOO_MANY_REQUESTS,
        RefusalCode::Internal | RefusalCode::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
