//! Submissions over the network: a sealed one begins with its head and goes on with its chunks, from wherever the last
//! try was cut; one of an older booth comes whole. What is taken in, and when it is signed for, is `intake`'s matter.

use super::answer::{Refused, Wire};
use super::booth::{Asking, At, body};
use super::chunks;
use crate::domain::{BoothId, SubmissionId};
use crate::review::intake;
use crate::review::serve::Service;
use crate::review::store::StoreError;
use crate::wire::packet::{LARGEST_PACKET_BYTES, PacketError};
use crate::wire::sealed_packet::SealedPacketError;
use crate::wire::{Delivery, Digest, Envelope, Packet, RefusalCode, SealedPacket};
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

/// How far a submission is after a request.
enum Stands {
    Here(Vec<u8>),
    Wanted(u32),
}

impl IntoResponse for Stands {
    fn into_response(self) -> Response {
        match self {
            // the very bytes that were answered the first time
            Self::Here(receipt) => {
                let headers = [
                    (header::CONTENT_TYPE, "application/json"),
                    (header::CACHE_CONTROL, "no-store"),
                ];
                (headers, receipt).into_response()
            }
            Self::Wanted(wanted) => Wire(Delivery::Wanted { wanted }).into_response(),
        }
    }
}

pub(super) async fn begin(
    State(service): State<Service>,
    Asking(booth): Asking,
    At(id): At<SubmissionId>,
    request: Request,
) -> Result<Response, Refused> {
    let expected = content_digest(request.headers())?;
    let bytes = body(request, LARGEST_PACKET_BYTES).await?;
    if Digest::of(&bytes) != expected {
        return Err(Refused::new(
            RefusalCode::WrongDigest,
            "the body is not what Content-Digest says",
        ));
    }
    let stands = on_a_thread(move || {
        if SealedPacket::is_one(&bytes) {
            return begin_sealed(&service, booth.id, id, &bytes);
        }
        let packet = Packet::parse(&bytes).map_err(not_a_packet)?;
        Ok(Stands::Here(intake::take_in_plain(
            &service, booth.id, id, &packet,
        )?))
    });
    Ok(stands.await?.into_response())
}

fn begin_sealed(
    service: &Service,
    sender: BoothId,
    id: SubmissionId,
    head: &[u8],
) -> Result<Stands, Refused> {
    let sealed = SealedPacket::parse(head).map_err(not_a_head)?;
    let envelope = intake::believe(service, &sealed)?;
    if envelope.id != id {
        return Err(Refused::new(
            RefusalCode::WrongId,
            "the envelope has another id",
        ));
    }
    if let Some(receipt) = intake::already(service, sender, id, sealed.envelope)? {
        return Ok(Stands::Here(receipt));
    }
    let digest = Digest::of(sealed.envelope);
    service
        .arriving
        .keep_head(digest, head)
        .map_err(arriving_failed)?;
    let (_, good) = service
        .arriving
        .take_turn(digest, &envelope)
        .map_err(arriving_failed)?;
    finish(service, sender, &envelope, good, head)
}

#[derive(Deserialize)]
pub(super) struct From {
    envelope: Digest,
    from: u32,
}

pub(super) async fn go_on(
    State(service): State<Service>,
    Asking(booth): Asking,
    At(id): At<SubmissionId>,
    query: Result<Query<From>, QueryRejection>,
    request: Request,
) -> Response {
    let mut body = request.into_body();
    let answer = match query {
        Ok(Query(from)) => append(service, booth.id, id, from, &mut body).await,
        // a line may have changed it: nothing that a person would have to look at
        Err(_) => Err(Refused::new(
            RefusalCode::NotFound,
            "the query cannot be read",
        )),
    };
    chunks::answered(body, answer.into_response()).await
}

async fn append(
    service: Service,
    sender: BoothId,
    id: SubmissionId,
    From {
        envelope: digest,
        from,
    }: From,
    body: &mut Body,
) -> Result<Stands, Refused> {
    let opening = service.clone();
    let opened = on_a_thread(move || {
        let head = opening.arriving.head(digest).map_err(arriving_failed)?;
        let head = head.ok_or_else(|| {
            Refused::new(RefusalCode::Busy, "begin with the head of this submission")
        })?;
        let envelope = intake::believe(&opening, &SealedPacket::parse(&head).map_err(not_a_head)?)?;
        let (turn, good) = opening
            .arriving
            .take_turn(digest, &envelope)
            .map_err(arriving_failed)?;
        Ok((head, envelope, turn, good))
    });
    let (head, envelope, turn, good) = opened.await?;
    if envelope.id != id {
        return Err(Refused::new(
            RefusalCode::WrongId,
            "the envelope has another id",
        ));
    }
    if from != good {
        return Ok(Stands::Wanted(good));
    }
    let envelope = Arc::new(envelope);
    let good = chunks::receive(body, &envelope, turn, good).await?;
    on_a_thread(move || finish(&service, sender, &envelope, good, &head)).await
}

/// Takes the submission in if all of it is here.
fn finish(
    service: &Service,
    sender: BoothId,
    envelope: &Envelope,
    good: u32,
    head: &[u8],
) -> Result<Stands, Refused> {
    if (good as usize) < envelope.chunks.len() {
        return Ok(Stands::Wanted(good));
    }
    let head = SealedPacket::parse(head).map_err(not_a_head)?;
    let digest = Digest::of(head.envelope);
    let contents = service.arriving.contents(digest, envelope);
    let Some(contents) = contents.map_err(arriving_failed)? else {
        // another request has just finished it
        let receipt = intake::already(service, sender, envelope.id, head.envelope)?;
        return Ok(receipt.map_or(Stands::Wanted(0), Stands::Here));
    };
    let sealed = SealedPacket {
        contents: &contents,
        ..head
    };
    let receipt = intake::take_in_sealed(service, sender, envelope, sealed)?;
    service.arriving.done(digest);
    Ok(Stands::Here(receipt))
}

pub(super) async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StoreError::CutShort)?
}

fn content_digest(headers: &HeaderMap) -> Result<Digest, Refused> {
    let header = headers
        .get("content-digest")
        .and_then(|value| value.to_str().ok());
    header.and_then(Digest::from_content_digest).ok_or_else(|| {
        Refused::new(
            RefusalCode::WrongDigest,
            "the Content-Digest header is missing or damaged",
        )
    })
}

fn not_a_packet(error: PacketError) -> Refused {
    let code = match error {
        PacketError::TooLarge(..) => RefusalCode::TooLarge,
        PacketError::NotAPacket | PacketError::WrongLength => RefusalCode::BadBody,
    };
    Refused::new(code, error.to_string())
}

fn not_a_head(error: SealedPacketError) -> Refused {
    let code = match error {
        SealedPacketError::TooLarge => RefusalCode::TooLarge,
        SealedPacketError::NotASealedPacket | SealedPacketError::WrongLength => {
            RefusalCode::BadBody
        }
    };
    Refused::new(code, error.to_string())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "`map_err` gives the error away"
)]
pub(super) fn arriving_failed(error: std::io::Error) -> Refused {
    tracing::error!("the folder of arriving submissions: {error}");
    Refused::new(
        RefusalCode::Internal,
        "a fault of the service; it was written to its log",
    )
}
