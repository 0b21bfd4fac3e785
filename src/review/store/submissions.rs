//! Submissions as they came: manifest, photo and capture in one transaction, and the receipt's own bytes.

use super::columns::{collect, first, now, parsed_at, time_at, word, word_at};
use super::feed::{self, Kind};
use super::{StoreError, audit, booths, catalogue, entitlements};
use crate::domain::standing::day_in_china;
use crate::domain::{BoothId, CollectionId, EntitlementSource, StudentRef, SubmissionId};
use crate::wire::{Digest, KnownSubmission, Manifest, Packet, PhoneRef, RefusalCode, SealedPacket};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// What became of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is here, now or since earlier: when it came, and the receipt if one was already answered.
    Here(Timestamp, Option<Vec<u8>>),
    /// The id belongs to another manifest.
    Conflict,
}

/// What a submission is, once it was opened and checked.
pub struct Arrived<'a> {
    /// The manifest, read.
    pub manifest: &'a Manifest,
    /// Manifest, photo and capture.
    pub packet: &'a Packet<'a>,
    /// What came around them, from a booth that seals.
    pub sealed: Option<SealedPacket<'a>>,
}

impl Arrived<'_> {
    /// The bytes that the receipt is over.
    pub const fn signed_for(&self) -> &[u8] {
        match &self.sealed {
            Some(sealed) => sealed.envelope,
            None => self.packet.manifest,
        }
    }
}

/// What is known of a submission by what its receipt is over: `None` if it never came.
pub fn already(
    tx: &Transaction<'_>,
    sender: BoothId,
    id: SubmissionId,
    signed_for: &[u8],
) -> Result<Option<Received>, StoreError> {
    let Some((kept, received_at, receipt)) = kept(tx, id)? else {
        return Ok(None);
    };
    let digest = Digest::of(signed_for);
    if kept == digest {
        return Ok(Some(Received::Here(received_at, receipt)));
    }
    keep_conflict(tx, sender, id, digest, signed_for)?;
    Ok(Some(Received::Conflict))
}

/// Takes in a submission whose pictures were checked. The same one again finds what is there.
pub fn receive(
    tx: &Transaction<'_>,
    sender: BoothId,
    arrived: &Arrived<'_>,
) -> Result<Received, StoreError> {
    let Arrived {
        manifest, packet, ..
    } = *arrived;
    if let Some(received) = already(tx, sender, manifest.id, arrived.signed_for())? {
        return Ok(received);
    }
    let digest = Digest::of(arrived.signed_for());
    check_new(tx, manifest)?;
    let received_at = now();
    insert(tx, manifest, digest, received_at)?;
    tx.execute(
        "INSERT INTO submission_parts (submission, manifest, photo, capture) VALUES (?1, ?2, ?3, ?4)",
        params![manifest.id.to_string(), packet.manifest, packet.photo, packet.capture],
    )?;
    if let Some(sealed) = &arrived.sealed {
        keep_envelope(tx, manifest, sealed)?;
    }
    if manifest.entitlement == EntitlementSource::NothingDue {
        entitlements::give(
            tx,
            &manifest.student,
            &manifest.collection,
            manifest.entitlement,
        )?;
    }
    feed::changed(tx, Kind::Submission, &manifest.id.to_string())?;
    audit::note(
        tx,
        &sender.to_string(),
        "receive submission",
        &manifest.id.to_string(),
        "",
    )?;
    Ok(Received::Here(received_at, None))
}

/// Digest of the manifest, time of arrival, receipt.
type Kept = (Digest, Timestamp, Option<Vec<u8>>);

fn kept(tx: &Transaction<'_>, id: SubmissionId) -> Result<Option<Kept>, StoreError> {
    let mut select = tx.prepare_cached(
        "SELECT manifest_sha256, received_ms, receipt FROM submissions WHERE id = ?1",
    )?;
    first(select.query([id.to_string()])?, |row| {
        Ok((
            parsed_at(row, "manifest_sha256")?,
            time_at(row, "received_ms")?,
            row.get("receipt")?,
        ))
    })
}

/// Keeps what the booth signed, and notices when two booths number with one key.
fn keep_envelope(
    tx: &Transaction<'_>,
    manifest: &Manifest,
    sealed: &SealedPacket<'_>,
) -> Result<(), StoreError> {
    let booth = manifest.booth.to_string();
    let sequence = i64::try_from(manifest.sequence).unwrap_or(i64::MAX);
    let is_forked = tx
        .prepare_cached("SELECT 1 FROM submission_envelopes WHERE booth = ?1 AND sequence = ?2")?
        .exists(params![booth, sequence])?;
    tx.execute(
        "INSERT INTO submission_envelopes (submission, booth, sequence, envelope, signature) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![manifest.id.to_string(), booth, sequence, sealed.envelope, sealed.signature],
    )?;
    if is_forked {
        booths::note_fork(tx, manifest.booth, "two submissions with one number")
    } else {
        Ok(())
    }
}

fn keep_conflict(
    tx: &Transaction<'_>,
    sender: BoothId,
    id: SubmissionId,
    digest: Digest,
    manifest: &[u8],
) -> Result<(), StoreError> {
    let kept = tx.execute(
        "INSERT OR IGNORE INTO conflicting_manifests (submission, manifest_sha256, manifest, booth, came_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id.to_string(),
            digest.to_string(),
            manifest,
            sender.to_string(),
            now().as_millisecond()
        ],
    )?;
    if kept > 0 {
        audit::note(
            tx,
            &sender.to_string(),
            "conflicting manifest",
            &id.to_string(),
            &digest.to_string(),
        )?;
    }
    Ok(())
}

/// The rules that a new submission has to keep. A roster is not among them: who is missing on it is shown to
/// the reviewer, because the school may add the number any day.
fn check_new(tx: &Transaction<'_>, manifest: &Manifest) -> Result<(), StoreError> {
    let refuse = |code, why| Err(StoreError::Refused(code, why));
    // any enrolled booth may bring it: a stick may travel to another one
    if !booths::is_known(tx, manifest.booth)? {
        return refuse(
            RefusalCode::BadBody,
            "the manifest names a booth that was never enrolled here",
        );
    }
    let Some((collection, _)) = catalogue::find(tx, &manifest.collection)? else {
        return refuse(
            RefusalCode::UnknownCollection,
            "the service does not know this collection",
        );
    };
    if (collection.institution, collection.category) != (manifest.institution, manifest.category) {
        return refuse(
            RefusalCode::UnknownCollection,
            "the collection is of another school or category",
        );
    }
    let given = entitlements::find(tx, &manifest.student, &manifest.collection)?;
    let is_entitled = match manifest.entitlement {
        EntitlementSource::NothingDue => given.is_some() || collection.fee.is_nothing(),
        EntitlementSource::Order { .. } => given.is_some(),
    };
    if !is_entitled {
        return refuse(
            RefusalCode::NotEntitled,
            "nobody paid for this student in this collection",
        );
    }
    let stands = tx
        .prepare_cached(
            "SELECT 1 FROM submissions WHERE student = ?1 AND collection = ?2 AND state IN ('under_review', 'approved')",
        )?
        .exists(params![manifest.student.as_str(), manifest.collection.0])?;
    if stands {
        return refuse(
            RefusalCode::AlreadySubmitted,
            "an earlier submission of this student still stands",
        );
    }
    Ok(())
}

fn insert(
    tx: &Transaction<'_>,
    manifest: &Manifest,
    digest: Digest,
    at: Timestamp,
) -> Result<(), StoreError> {
    let days = catalogue::service_info(tx)?.review_working_days;
    let due = catalogue::working_days(tx)?.due(day_in_china(at), days);
    tx.execute(
        "INSERT INTO submissions (id, booth, sequence, manifest_sha256, student, student_number, masked_name,
             institution, category, collection, imported, phone_ref, captured_ms, received_ms, due, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 'under_review')",
        params![
            manifest.id.to_string(),
            manifest.booth.to_string(),
            i64::try_from(manifest.sequence).unwrap_or(i64::MAX),
            digest.to_string(),
            manifest.student.as_str(),
            manifest.student_number,
            manifest.masked_name,
            manifest.institution.to_string(),
            word(&manifest.category)?,
            manifest.collection.0,
            manifest.imported,
            manifest.phone.as_ref().map(PhoneRef::as_str),
            manifest.captured_at.as_millisecond(),
            at.as_millisecond(),
            due.to_string()
        ],
    )?;
    Ok(())
}

/// Keeps the first receipt's bytes and gives those that are kept.
pub fn keep_receipt(
    tx: &Transaction<'_>,
    id: SubmissionId,
    receipt: &[u8],
) -> Result<Vec<u8>, StoreError> {
    tx.execute(
        "UPDATE submissions SET receipt = ?2 WHERE id = ?1 AND receipt IS NULL",
        params![id.to_string(), receipt],
    )?;
    Ok(tx.query_row(
        "SELECT receipt FROM submissions WHERE id = ?1",
        [id.to_string()],
        |row| row.get(0),
    )?)
}

const KNOWN: &str = "SELECT submissions.*, decision FROM submissions LEFT JOIN decisions ON decisions.submission = submissions.id";

fn known(row: &Row<'_>) -> Result<KnownSubmission, StoreError> {
    let decision: Option<String> = row.get("decision")?;
    Ok(KnownSubmission {
        submission: parsed_at(row, "id")?,
        student: StudentRef::new(row.get::<_, String>("student")?),
        collection: CollectionId(row.get("collection")?),
        institution: parsed_at(row, "institution")?,
        category: word_at(row, "category")?,
        state: word_at(row, "state")?,
        received_at: time_at(row, "received_ms")?,
        due: parsed_at(row, "due")?,
        decision: decision
            .map(|text| serde_json::from_str(&text))
            .transpose()?,
    })
}

/// A submission as booths may know it.
pub fn find(connection: &Connection, id: &str) -> Result<Option<KnownSubmission>, StoreError> {
    let mut select = connection.prepare_cached(&format!("{KNOWN} WHERE submissions.id = ?1"))?;
    first(select.query([id])?, known)
}

/// Submissions of a student, newest first.
pub fn of_student(
    connection: &Connection,
    student: &StudentRef,
) -> Result<Vec<KnownSubmission>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "{KNOWN} WHERE student = ?1 ORDER BY received_ms DESC LIMIT 50"
    ))?;
    collect(select.query([student.as_str()])?, known)
}

/// Submissions of a phone, newest first.
pub fn of_phone(
    connection: &Connection,
    phone: &PhoneRef,
) -> Result<Vec<KnownSubmission>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "{KNOWN} WHERE phone_ref = ?1 ORDER BY received_ms DESC LIMIT 20"
    ))?;
    collect(select.query([phone.as_str()])?, known)
}

/// Which of the three parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The manifest's bytes.
    Manifest,
    /// The standard photo.
    Photo,
    /// The untouched capture.
    Capture,
}

/// The bytes of a part.
pub fn part(
    connection: &Connection,
    id: SubmissionId,
    part: Part,
) -> Result<Option<Vec<u8>>, StoreError> {
    let column = match part {
        Part::Manifest => "manifest",
        Part::Photo => "photo",
        Part::Capture => "capture",
    };
    let mut select = connection.prepare_cached(&format!(
        "SELECT {column} FROM submission_parts WHERE submission = ?1"
    ))?;
    Ok(select
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?)
}
