//! Forms with a file. A part is read to its limit and no further; nothing of it touches a disk, and the name that a
//! browser gives the file is never looked at.

use super::answer::PageError;
use super::words::Words;
use crate::review::serve::Service;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};

/// Longest field beside the file, in bytes.
const LONGEST_FIELD_BYTES: usize = 1024;

/// So many times the limit is read, and dropped, before the line is cut.
const MOST_DROPPED: usize = 8;

/// So many parts has a form of ours at most.
const MOST_PARTS: usize = 8;

/// A form with at most one file of at most `LARGEST` bytes.
#[derive(Debug, Default)]
pub(super) struct Upload<const LARGEST: usize> {
    fields: Vec<(String, String)>,
    /// The file's bytes; empty when none was chosen.
    pub(super) file: Vec<u8>,
}

impl<const LARGEST: usize> Upload<LARGEST> {
    /// The first value of a field; empty when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    async fn read(words: Words, mut parts: Multipart) -> Result<Self, PageError> {
        let mut upload = Self::default();
        let broken = |_| PageError::stale(words);
        for _ in 0..MOST_PARTS {
            let Some(part) = parts.next_field().await.map_err(broken)? else {
                return Ok(upload);
            };
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                upload.file = to_end(words, part, LARGEST).await?;
            } else {
                let value = to_end(words, part, LONGEST_FIELD_BYTES).await?;
                let value = String::from_utf8_lossy(&value).into_owned();
                upload.fields.push((name, value));
            }
        }
        Err(PageError::stale(words))
    }
}

async fn to_end(words: Words, mut part: Field<'_>, limit: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    let mut came = 0;
    // browsers hear an answer only once they have sent everything: the rest is read and dropped, within reason
    while let Some(chunk) = part.chunk().await.map_err(|_| PageError::stale(words))? {
        came += chunk.len();
        if came <= limit {
            bytes.extend_from_slice(&chunk);
        } else if came > limit.saturating_mul(MOST_DROPPED) {
            break;
        }
    }
    if came > limit {
        return Err(PageError::too_large(words));
    }
    Ok(bytes)
}

impl<const LARGEST: usize> FromRequest<Service> for Upload<LARGEST> {
    type Rejection = PageError;

    async fn from_request(request: Request, service: &Service) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let Ok(words) = Words::from_request_parts(&mut parts, service).await;
        let request = Request::from_parts(parts, body);
        match Multipart::from_request(request, service).await {
            Ok(parts) => Self::read(words, parts).await,
            Err(_) => Err(PageError::stale(words)),
        }
    }
}
