//! Taking in a submission, whichever way it came: over the network in chunks, on a stick, or unsealed from an older
//! booth. Opened, checked, committed, and only then signed for.
//!
//! It is opened when it arrives and not when a reviewer looks: whether the photo is a standard photo, whether the
//! student is entitled and has no other submission must be known while the booth can still tell the attendant.

use super::photos;
use super::serve::Service;
use super::store::submissions::{self, Arrived, Received};
use super::store::{StoreError, booths};
use crate::domain::{BoothId, SubmissionId};
use crate::wire::submission::MANIFEST_VERSION;
use crate::wire::{Digest, Envelope, Manifest, Packet, Receipt, RefusalCode, SealedPacket};
use thiserror::Error;

/// Why it was not taken in.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// It breaks a rule.
    #[error("refused: {1}")]
    Refused(RefusalCode, String),
    /// A fault of the service.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn refused(code: RefusalCode, why: impl Into<String>) -> IntakeError {
    IntakeError::Refused(code, why.into())
}

/// Reads the envelope of a sealed submission and believes it: its booth signed it.
pub fn believe(service: &Service, sealed: &SealedPacket<'_>) -> Result<Envelope, IntakeError> {
    let envelope = Envelope::read(sealed.envelope)
        .map_err(|error| refused(RefusalCode::BadBody, error.to_string()))?;
    let key = service
        .store
        .read_now(|tx| booths::public_key(tx, envelope.booth))?;
    let key = key.ok_or_else(|| {
        refused(
            RefusalCode::SealBroken,
            "the envelope names a booth without a key here",
        )
    })?;
    Envelope::verify(sealed.envelope, sealed.signature, &key)
        .map_err(|error| refused(RefusalCode::SealBroken, error.to_string()))?;
    Ok(envelope)
}

/// The receipt of what is here already; a conflict is kept for audit and refused.
pub fn already(
    service: &Service,
    sender: BoothId,
    id: SubmissionId,
    signed_for: &[u8],
) -> Result<Option<Vec<u8>>, IntakeError> {
    let found = service
        .store
        .write_now(|tx| submissions::already(tx, sender, id, signed_for))?;
    found
        .map(|received| sign(service, id, Digest::of(signed_for), received))
        .transpose()
}

/// Opens a sealed submission whose envelope is believed, and takes it in. Gives the receipt's bytes.
pub fn take_in_sealed(
    service: &Service,
    sender: BoothId,
    envelope: &Envelope,
    sealed: SealedPacket<'_>,
) -> Result<Vec<u8>, IntakeError> {
    let opened = service
        .keys
        .review
        .open(&envelope.purpose(), sealed.contents);
    let opened = opened.map_err(|error| refused(RefusalCode::SealBroken, error.to_string()))?;
    if Digest::of(&opened) != envelope.contents_sha256 {
        return Err(refused(
            RefusalCode::HashMismatch,
            "the contents are not those of the envelope",
        ));
    }
    let packet =
        Packet::parse(&opened).map_err(|error| refused(RefusalCode::BadBody, error.to_string()))?;
    let manifest = read_manifest(envelope.id, &packet)?;
    if (manifest.booth, manifest.sequence) != (envelope.booth, envelope.sequence) {
        return Err(refused(
            RefusalCode::HashMismatch,
            "the manifest is not that of the envelope",
        ));
    }
    take_in(
        service,
        sender,
        &Arrived {
            manifest: &manifest,
            packet: &packet,
            sealed: Some(sealed),
        },
    )
}

/// Takes in what a booth of the first version sends.
pub fn take_in_plain(
    service: &Service,
    sender: BoothId,
    id: SubmissionId,
    packet: &Packet<'_>,
) -> Result<Vec<u8>, IntakeError> {
    let manifest = read_manifest(id, packet)?;
    take_in(
        service,
        sender,
        &Arrived {
            manifest: &manifest,
            packet,
            sealed: None,
        },
    )
}

fn take_in(
    service: &Service,
    sender: BoothId,
    arrived: &Arrived<'_>,
) -> Result<Vec<u8>, IntakeError> {
    photos::check(arrived.manifest, arrived.packet).map_err(|(code, why)| refused(code, why))?;
    let received = service
        .store
        .write_now(|tx| submissions::receive(tx, sender, arrived))?;
    sign(
        service,
        arrived.manifest.id,
        Digest::of(arrived.signed_for()),
        received,
    )
}

/// Only what is committed is signed for; the first receipt's bytes are given for ever.
fn sign(
    service: &Service,
    id: SubmissionId,
    signed_for: Digest,
    received: Received,
) -> Result<Vec<u8>, IntakeError> {
    match received {
        Received::Conflict => Err(refused(
            RefusalCode::Conflict,
            "another manifest came under this id before; both are kept",
        )),
        Received::Here(_, Some(receipt)) => Ok(receipt),
        Received::Here(received_at, None) => {
            let receipt = Receipt::sign(
                &service.keys.receipts,
                id,
                signed_for,
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

fn read_manifest(id: SubmissionId, packet: &Packet<'_>) -> Result<Manifest, IntakeError> {
    let manifest: Manifest = serde_json::from_slice(packet.manifest).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        refused(
            RefusalCode::BadJson,
            format!("the manifest cannot be read: line {line}, column {column}"),
        )
    })?;
    if manifest.version != MANIFEST_VERSION {
        return Err(refused(
            RefusalCode::BadJson,
            "the manifest has a form that this service does not know",
        ));
    }
    if manifest.id != id {
        return Err(refused(RefusalCode::WrongId, "the manifest has another id"));
    }
    Ok(manifest)
}
