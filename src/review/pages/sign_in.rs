//! The phone's page of a sign-in. WeChat's two steps (confirm, authorize the number) are simulated here and say so;
//! the mini program will take their place.

use super::answer::{OrPage, PageError, page_of, see, with_cookie};
use super::form::{self, Form};
use super::words::Words;
use crate::domain::SignInId;
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
    let (id, _) = find(&service, w, &id).await?;
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
    let own = Digest::of(holder(&headers).unwrap_or_default().as_bytes()).to_string();
    let answer = match answer.as_str() {
        "confirm" => Answer::Agree,
        "refuse" => Answer::Refuse,
        "phone" => match normal_number(form.get("number")) {
            Some(number) => Answer::Phone(masked(&number), service.keys.phone_ref(&number)),
            None => return Ok(see(&format!("/s/{id}?number=wrong"))),
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

/// `+` and digits; a mainland number without a prefix gets +86.
fn normal_number(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')'))
        .collect();
    let (has_prefix, digits) = match text.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (has_prefix, digits.len()) {
        (true, 7..=15) => Some(format!("+{digits}")),
        (false, 11) if digits.starts_with('1') => Some(format!("+86{digits}")),
        _ => None,
    }
}

/// `138****5678`; the prefix stays for numbers from elsewhere.
fn masked(number: &str) -> String {
    let shown = number
        .strip_prefix("+86")
        .filter(|rest| rest.len() == 11)
        .unwrap_or(number);
    let (head, tail) = (
        shown.get(..3).unwrap_or_default(),
        shown.len().saturating_sub(4).max(3),
    );
    format!("{head}****{}", shown.get(tail..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_made_alike_and_masked() {
        assert_eq!(
            normal_number("138 0013 8000").as_deref(),
            Some("+8613800138000")
        );
        assert_eq!(
            normal_number("+86-13800138000").as_deref(),
            Some("+8613800138000")
        );
        assert_eq!(
            normal_number("+44 (20) 7946 0000").as_deref(),
            Some("+442079460000")
        );
        for bad in ["", "12345", "+1", "1380013800a", "一二三"] {
            assert_eq!(normal_number(bad), None, "{bad}");
        }
        assert_eq!(masked("+8613800138000"), "138****8000");
        assert_eq!(masked("+442079460000"), "+44****0000");
    }
}
