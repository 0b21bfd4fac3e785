//! A booth answers an invitation. Nobody is known yet: the one-time token is all that it has.

use super::answer::{Refused, Wire};
use super::booth::Sent;
use crate::review::serve::Service;
use crate::review::store::invitations;
use crate::wire::invitation::{EnrolAnswer, EnrolRequest, Grant};
use crate::wire::{BoothKey, RefusalCode};
use axum::extract::State;
use ed25519_dalek::SigningKey;

pub(super) async fn answer(
    State(service): State<Service>,
    Sent(request): Sent<EnrolRequest>,
) -> Result<Wire<EnrolAnswer>, Refused> {
    let not_proved = |error: crate::wire::invitation::InvitationError| {
        Refused::new(RefusalCode::SealBroken, error.to_string())
    };
    request.verify().map_err(not_proved)?;
    let asked = request.clone();
    let standing = service
        .store
        .write(move |tx| invitations::answer(tx, &asked))
        .await?;
    let Some(id) = standing.booth else {
        return Ok(Wire(EnrolAnswer::Compare));
    };
    let keys = &service.keys;
    // the booth's own half stays with the booth: a grant has no place for it
    let nobodys = SigningKey::from_bytes(&[0; 32]);
    let key = BoothKey::new(
        (id, &standing.name),
        (String::new(), &nobodys),
        (&keys.receipts.verifying_key(), &keys.review.public()),
        keys.campus(),
        &keys.issuer.verifying_key(),
    );
    Grant::of(&key).seal(&request).map(Wire).map_err(not_proved)
}
