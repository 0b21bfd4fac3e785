//! Who asks, and what was sent: the booth behind the token, bodies within their limits, ids in addresses.

use super::answer::Refused;
use crate::review::serve::Service;
use crate::review::store::booths::{self, Booth};
use crate::wire::RefusalCode;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// Largest JSON body.
const LARGEST_JSON_BYTES: usize = 64 * 1024;

/// The booth behind the token.
pub(super) struct Asking(pub Booth);

impl FromRequestParts<Service> for Asking {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refused> {
        let refused = || {
            Refused::new(
                RefusalCode::Unauthorized,
                "the booth token is missing, wrong or revoked",
            )
        };
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(refused)?
            .to_owned();
        let asking = token.clone();
        let booth = service
            .store
            .read(move |tx| booths::with_token(tx, &asking))
            .await?;
        if booth.as_ref().is_some_and(|booth| !booth.has_digits_key) {
            service
                .store
                .write(move |tx| booths::keep_digits_key(tx, &token))
                .await?;
        }
        booth.map(Self).ok_or_else(refused)
    }
}

/// A JSON body.
pub(super) struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Service> for Sent<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _service: &Service) -> Result<Self, Refused> {
        let bytes = body(request, LARGEST_JSON_BYTES).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            // place and kind, never the text: it may be about a student
            let (line, column) = (error.line(), error.column());
            let what = match error.classify() {
                serde_json::error::Category::Data => "not the fields of this address",
                serde_json::error::Category::Io
                | serde_json::error::Category::Syntax
                | serde_json::error::Category::Eof => "not JSON",
            };
            Refused::new(
                RefusalCode::BadJson,
                format!("{what}: line {line}, column {column}"),
            )
        })
    }
}

/// Reads a body, refusing one that is or says it is larger than `limit`.
pub(super) async fn body(request: Request, limit: usize) -> Result<Bytes, Refused> {
    let too_large = || {
        Refused::new(
            RefusalCode::TooLarge,
            format!("the body is larger than {limit} bytes"),
        )
    };
    let said = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    axum::body::to_bytes(request.into_body(), limit)
        .await
        .map_err(|error| {
            let mut source = std::error::Error::source(&error);
            while let Some(inner) = source {
                if inner.to_string().contains("length limit exceeded") {
                    return too_large();
                }
                source = inner.source();
            }
            Refused::new(RefusalCode::BadBody, "the body ended early")
        })
}

/// The id in the address.
pub(super) struct At<T>(pub T);

impl<T: FromStr> FromRequestParts<Service> for At<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refused> {
        let not_found = || {
            Refused::new(
                RefusalCode::NotFound,
                "the address holds no id of this kind",
            )
        };
        let Path(text) = Path::<String>::from_request_parts(parts, service)
            .await
            .map_err(|_| not_found())?;
        text.parse().map(Self).map_err(|_| not_found())
    }
}
