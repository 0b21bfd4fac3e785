//! Signing in by phone, the booth's side.

use super::answer::{Refused, Wire};
use super::booth::{Asking, At, Sent};
use crate::domain::SignInId;
use crate::review::serve::Service;
use crate::review::store::sign_ins;
use crate::wire::{RefusalCode, SignInOffer, SignInRequest, SignInState};
use axum::extract::State;

pub(super) async fn begin(
    State(service): State<Service>,
    Asking(booth): Asking,
    Sent(request): Sent<SignInRequest>,
) -> Result<Wire<SignInOffer>, Refused> {
    let SignInRequest { id, language } = request;
    let validity = service.config.sign_in_validity;
    let begun = service
        .store
        .write(move |tx| sign_ins::begin(tx, id, booth.id, language, validity))
        .await?;
    let expires_at =
        begun.ok_or_else(|| Refused::new(RefusalCode::Conflict, "another booth has this id"))?;
    Ok(Wire(SignInOffer {
        page_url: format!("{}/s/{id}", service.public_url()),
        expires_at,
    }))
}

pub(super) async fn state(
    State(service): State<Service>,
    Asking(booth): Asking,
    At(id): At<SignInId>,
) -> Result<Wire<SignInState>, Refused> {
    let state = service
        .store
        .read(move |tx| sign_ins::state(tx, id, booth.id))
        .await?;
    state
        .map(Wire)
        .ok_or_else(|| Refused::new(RefusalCode::NotFound, "no sign-in has this id"))
}
