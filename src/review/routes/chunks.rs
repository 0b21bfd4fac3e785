//! The body of a delivery that goes on: chunk by chunk as they come, and what is left of it when the answer is known
//! before its end.

use super::answer::Refused;
use super::submissions::{arriving_failed, on_a_thread};
use crate::review::arriving::{Appended, Turn};
use crate::wire::envelope::CHUNK_BYTES;
use crate::wire::{Envelope, RefusalCode};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// A line on which nothing comes for so long is given up; the booth goes on in another request.
const CHUNK_PATIENCE: Duration = Duration::from_mins(1);

/// How long a booth may go on sending what nobody needs any more, to read its answer after it.
const REST_PATIENCE: Duration = Duration::from_secs(3);

/// Keeps whole chunks as they come; what breaks off in the middle of one is lost, and nothing else. Gives the number
/// of chunks that are kept.
pub(super) async fn receive(
    body: &mut Body,
    envelope: &Arc<Envelope>,
    turn: Turn,
    mut good: u32,
) -> Result<u32, Refused> {
    let turn = Arc::new(turn);
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    while let Some(mut bytes) = next_bytes(body).await? {
        while !bytes.is_empty() {
            let Some(size) = envelope.chunk_bytes(good as usize) else {
                return Err(Refused::new(
                    RefusalCode::WrongDigest,
                    "more than the envelope says",
                ));
            };
            let part = bytes.split_to(bytes.len().min(size - chunk.len()));
            chunk.extend_from_slice(&part);
            if chunk.len() < size {
                continue;
            }
            let whole = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK_BYTES));
            let (turn, envelope) = (Arc::clone(&turn), Arc::clone(envelope));
            let append = move || {
                turn.append(&envelope, good, &whole)
                    .map_err(arriving_failed)
            };
            match on_a_thread(append).await? {
                Appended::Kept => good += 1,
                Appended::NotTheNext => {
                    return Err(Refused::new(
                        RefusalCode::WrongDigest,
                        "a chunk is not what the envelope says",
                    ));
                }
                Appended::TurnLost => {
                    return Err(Refused::new(
                        RefusalCode::Busy,
                        "another request goes on with this submission",
                    ));
                }
            }
        }
    }
    Ok(good)
}

/// The next bytes of a body, `None` at its end.
async fn next_bytes(body: &mut Body) -> Result<Option<Bytes>, Refused> {
    let cut = || Refused::new(RefusalCode::WrongDigest, "the body ended early");
    loop {
        let next = poll_fn(|context| Pin::new(&mut *body).poll_frame(context));
        match tokio::time::timeout(CHUNK_PATIENCE, next).await {
            Ok(None) => return Ok(None),
            Ok(Some(Ok(frame))) => {
                // trailers carry nothing that is asked for
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
            Ok(Some(Err(_))) | Err(_) => return Err(cut()),
        }
    }
}

/// Gives the answer once the booth has sent what it was sending: whoever is cut off in the middle of sending may never
/// read why. A booth that is slower than [`REST_PATIENCE`] is told that this line ends with the answer, so that it
/// begins nothing new on it.
pub(super) async fn answered(mut body: Body, mut response: Response) -> Response {
    let rest = async {
        while !body.is_end_stream() {
            match next_bytes(&mut body).await {
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
        true
    };
    let is_read = tokio::time::timeout(REST_PATIENCE, rest).await;
    if is_read != Ok(true) {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
