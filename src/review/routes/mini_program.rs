//! The mini program's side of a sign-in. It shows who it is with a permit of the platform, every time a new one; nothing
//! that it says about itself is believed.

use super::answer::{Refused, Wire};
use super::booth::{At, Sent};
use crate::domain::{Language, SignInId};
use crate::review::phones::{Unknown, masked};
use crate::review::serve::Service;
use crate::review::store::sign_ins::{self, Answer, Stage};
use crate::review::store::{Store, StoreError};
use crate::wire::{Digest, RefusalCode};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// What the mini program sends.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "step", deny_unknown_fields)]
pub(super) enum Said {
    /// The code was scanned.
    Opened { login: String },
    /// 微信快速登录.
    Agreed { login: String },
    /// 微信手机号授权登录.
    Phone { login: String, permit: String },
    /// Not now.
    Refused { login: String },
}

/// What it shows then.
#[derive(Serialize)]
pub(super) struct Shown {
    booth: String,
    language: Language,
    stage: &'static str,
    /// Another phone was first.
    held_by_another: bool,
}

pub(super) async fn step(
    State(service): State<Service>,
    At(id): At<SignInId>,
    Sent(said): Sent<Said>,
) -> Result<Wire<Shown>, Refused> {
    let done = tokio::task::spawn_blocking(move || take(&service, id, &said)).await;
    done.map_err(|_| StoreError::CutShort)?.map(Wire)
}

fn take(service: &Service, id: SignInId, said: &Said) -> Result<Shown, Refused> {
    let (Said::Opened { login }
    | Said::Agreed { login }
    | Said::Phone { login, .. }
    | Said::Refused { login }) = said;
    let own = service.phones.holder(login).map_err(unknown)?;
    let own = Digest::of(own.as_bytes()).to_string();
    let answer = match said {
        Said::Opened { .. } => None,
        Said::Agreed { .. } => Some(Answer::Agree),
        Said::Refused { .. } => Some(Answer::Refuse),
        Said::Phone { permit, .. } => {
            let number = service.phones.number(permit).map_err(unknown)?;
            Some(Answer::Phone(
                masked(&number),
                service.keys.phone_ref(&number),
            ))
        }
    };
    let held = service.store.write_now(|tx| {
        let held = sign_ins::hold(tx, id, &own)?;
        if let Some(answer) = &answer {
            sign_ins::answer(tx, id, &own, answer)?;
        }
        Ok(held)
    })?;
    shown(&service.store, id, held.is_some_and(|holder| holder != own))
}

fn shown(store: &Store, id: SignInId, held_by_another: bool) -> Result<Shown, Refused> {
    let unknown = || Refused::new(RefusalCode::NotFound, "no sign-in has this id");
    let sign_in = store
        .read_now(|tx| sign_ins::find(tx, id))?
        .ok_or_else(unknown)?;
    Ok(Shown {
        booth: sign_in.booth_name,
        language: sign_in.language,
        stage: match sign_in.stage {
            Stage::Waiting => "waiting",
            Stage::Scanned => "scanned",
            Stage::Agreed => "agreed",
            Stage::Confirmed => "confirmed",
            Stage::Refused => "refused",
            Stage::Expired => "expired",
        },
        held_by_another,
    })
}

fn unknown(unknown: Unknown) -> Refused {
    match unknown {
        Unknown::NotValid => Refused::new(RefusalCode::BadBody, unknown.to_string()),
        Unknown::Away => Refused::new(RefusalCode::GatewaySilent, unknown.to_string()),
    }
}

/// The code that WeChat scans to open the mini program at this sign-in.
pub(super) async fn code(
    State(service): State<Service>,
    At(id): At<SignInId>,
) -> Result<Response, Refused> {
    let made = tokio::task::spawn_blocking(move || service.phones.code(id)).await;
    let picture = made.map_err(|_| StoreError::CutShort)?.map_err(unknown)?;
    let none = || Refused::new(RefusalCode::NotFound, "the page's address is the code");
    let picture = picture.ok_or_else(none)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], picture).into_response())
}
