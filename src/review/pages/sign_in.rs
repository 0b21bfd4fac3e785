//! The phone's page of a sign-in. WeChat's two steps (confirm, authorize the number) are simulated here and say so;
//! the mini program will take their place.

use super::answer::{OrPage, PageError, page_of, see, with_cookie};
use super::form::{self, Form};
use super::words::Words;
use crate::domain::SignInId;
use crate::review::phones::{Phones as _, Simulated, masked};
use crate::review::random;
use crate::review::serve::Service;
use crate::review::store::sign_ins::{self, Answer, SignIn, Stage};
use crate::wire::Digest;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::response::Response;

const PHONE_COOKIE: &str = "gradbooth_phone";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    w: Words,
    id: SignInId,
    booth_name: String,
    stage: Stage,
    is_held_by_another: bool,
    /// The mini program signs in; this page only leads there.
    is_real: bool,
    number_is_wrong: bool,
}

/// The browser's own secret: who opened the page first.
fn holder(headers: &HeaderMap) -> Option<&str> {
    form::cookie(headers.get(COOKIE)?.to_str().ok()?, PHONE_COOKIE)
}

async fn find(service: &Service, w: Words, id: &str) -> Result<(SignInId, SignIn), PageError> {
    let id: SignInId = id.parse().map_err(|_| PageError::not_found(w))?;
    let found = service
        .store
        .read(move |tx| sign_ins::find(tx, id))
        .await
        .or_page(w)?;
    Ok((id, found.ok_or_else(|| PageError::not_found(w))?))
}

fn in_language_of(w: Words, sign_in: &SignIn) -> Words {
    if w.is_chosen {
        w
    } else {
        Words::new(sign_in.language)
    }
}

pub(super) async fn page(
    State(service): State<Service>,
    w: Words,
    headers: HeaderMap,
    Path(id): Path<String>,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Result<Response, PageError> {
    let (id, sign_in) = find(&service, w, &id).await?;
    if service.config.wechat_login.is_some() {
        return Ok(page_of(&SignInPage {
            w: in_language_of(w, &sign_in),
            id,
            booth_name: sign_in.booth_name,
            stage: sign_in.stage,
            is_held_by_another: false,
            is_real: true,
            number_is_wrong: false,
        }));
    }
    let (secret, is_new) = match holder(&headers) {
        Some(secret) => (secret.to_owned(), false),
        None => (random::secret().or_page(w)?, true),
    };
    let own = Digest::of(secret.as_bytes()).to_string();
    let asking = own.clone();
    let held = service
        .store
        .write(move |tx| sign_ins::hold(tx, id, &asking))
        .await
        .or_page(w)?;
    let (id, sign_in) = find(&service, w, &id.to_string()).await?;
    let page = SignInPage {
        w: in_language_of(w, &sign_in),
        id,
        booth_name: sign_in.booth_name,
        stage: sign_in.stage,
        is_held_by_another: held.is_some_and(|holder| holder != own),
        is_real: false,
        number_is_wrong: query.is_some_and(|query| query.contains("number=wrong")),
    };
    let response = page_of(&page);
    let cookie =
        format!("{PHONE_COOKIE}={secret}; Path=/s/; Max-Age=86400; HttpOnly; SameSite=Lax");
    Ok(if is_new {
        with_cookie(response, &cookie)
    } else {
        response
    })
}

pub(super) async fn answer(
    State(service): State<Service>,
    w: Words,
    headers: HeaderMap,
    Path((id, answer)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (id, _) = find(&service, w, &id).await?;
    if service.config.wechat_login.is_some() {
        return Err(PageError::not_found(w));
    }
    let own = Digest::of(holder(&headers).unwrap_or_default().as_bytes()).to_string();
    let answer = match answer.as_str() {
        "confirm" => Answer::Agree,
        "refuse" => Answer::Refuse,
        "phone" => match Simulated.number(form.get("number")) {
            Ok(number) => Answer::Phone(masked(&number), service.keys.phone_ref(&number)),
            Err(_) => return Ok(see(&format!("/s/{id}?number=wrong"))),
        },
        _ => return Err(PageError::not_found(w)),
    };
    service
        .store
        .write(move |tx| sign_ins::answer(tx, id, &own, &answer))
        .await
        .or_page(w)?;
    Ok(see(&format!("/s/{id}")))
}
