//! Taking in a submission: checked, committed, and only then signed for.

use super::answer::Refused;
use super::booth::{Asking, At, body};
use crate::domain::SubmissionId;
use crate::review::photos;
use crate::review::serve::Service;
use crate::review::store::StoreError;
use crate::review::store::booths::Booth;
use crate::review::store::submissions::{self, Received};
use crate::wire::packet::{LARGEST_PACKET_BYTES, PacketError};
use crate::wire::{Digest, Manifest, Packet, Receipt, RefusalCode};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

pub(super) async fn receive(
    State(service): State<Service>,
    Asking(booth): Asking,
    At(id): At<SubmissionId>,
    request: Request,
) -> Result<Response, Refused> {
    let expected = content_digest(request.headers())?;
    let bytes = body(request, LARGEST_PACKET_BYTES).await?;
    let taken =
        tokio::task::spawn_blocking(move || take_in(&service, &booth, id, expected, &bytes));
    let receipt = taken.await.map_err(|_| StoreError::CutShort)??;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, receipt).into_response())
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

fn take_in(
    service: &Service,
    booth: &Booth,
    id: SubmissionId,
    expected: Digest,
    bytes: &Bytes,
) -> Result<Vec<u8>, Refused> {
    if Digest::of(bytes) != expected {
        return Err(Refused::new(
            RefusalCode::WrongDigest,
            "the body is not what Content-Digest says",
        ));
    }
    let packet = Packet::parse(bytes).map_err(|error| {
        let code = match error {
            PacketError::TooLarge(..) => RefusalCode::TooLarge,
            PacketError::NotAPacket | PacketError::WrongLength => RefusalCode::BadBody,
        };
        Refused::new(code, error.to_string())
    })?;
    let manifest = read_manifest(id, &packet)?;
    photos::check(&manifest, &packet).map_err(|(code, why)| Refused::new(code, why))?;
    let received = service
        .store
        .write_now(|tx| submissions::receive(tx, booth.id, &manifest, &packet))?;
    match received {
        Received::Conflict => Err(Refused::new(
            RefusalCode::Conflict,
            "another manifest came under this id before; both are kept",
        )),
        Received::Here(_, Some(receipt)) => Ok(receipt),
        Received::Here(received_at, None) => {
            let key = &service.keys.receipts;
            let receipt = Receipt::sign(
                key,
                id,
                packet.manifest_sha256(),
                received_at,
                service.epoch,
            );
            let receipt = serde_json::to_vec(&receipt).map_err(StoreError::from)?;
            Ok(service
                .store
                .write_now(|tx| submissions::keep_receipt(tx, id, &receipt))?)
        }
    }
}

fn read_manifest(id: SubmissionId, packet: &Packet<'_>) -> Result<Manifest, Refused> {
    let manifest: Manifest = serde_json::from_slice(packet.manifest).map_err(|error| {
        let place = format!(
            "the manifest cannot be read: line {}, column {}",
            error.line(),
            error.column()
        );
        Refused::new(RefusalCode::BadJson, place)
    })?;
    if manifest.version != crate::wire::submission::MANIFEST_VERSION {
        return Err(Refused::new(
            RefusalCode::BadJson,
            "the manifest has a form that this service does not know",
        ));
    }
    if manifest.id != id {
        return Err(Refused::new(
            RefusalCode::WrongId,
            "the manifest has another id",
        ));
    }
    Ok(manifest)
}
