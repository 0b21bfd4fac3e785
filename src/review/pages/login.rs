//! Logging in and out. A wrong name and a wrong password look alike and take alike.

use super::answer::{OrPage, PageError, page_of, see, with_cookie};
use super::form::Form;
use super::person::{Person, SESSION_COOKIE, token};
use super::words::Words;
use crate::review::random;
use crate::review::serve::Service;
use crate::review::store::users::{self, Role};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

#[derive(Template)]
#[template(path = "login.html")]
struct Login {
    w: Words,
    name: String,
    is_wrong: bool,
}

pub(super) async fn page(w: Words) -> Response {
    page_of(&Login {
        w,
        name: String::new(),
        is_wrong: false,
    })
}

pub(super) async fn log_in(
    State(service): State<Service>,
    w: Words,
    form: Form,
) -> Result<Response, PageError> {
    let (name, password) = (
        form.get("name").trim().to_owned(),
        form.get("password").to_owned(),
    );
    let asked = name.clone();
    let kept = service
        .store
        .read(move |tx| users::password_phc(tx, &asked))
        .await
        .or_page(w)?;
    let is_right = tokio::task::spawn_blocking(move || verify(kept.as_deref(), &password))
        .await
        .unwrap_or(false);
    if !is_right {
        let counted = name.clone();
        service
            .store
            .write(move |tx| users::count_failure(tx, &counted))
            .await
            .or_page(w)?;
        let mut response = page_of(&Login {
            w,
            name,
            is_wrong: true,
        });
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        return Ok(response);
    }
    let (token, csrf) = (random::secret().or_page(w)?, random::secret().or_page(w)?);
    let length = service.config.session_length;
    let secure = if service.public_url().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!(
        "{SESSION_COOKIE}={token}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{secure}",
        length.as_secs()
    );
    let begun = service.store.write(move |tx| {
        users::begin_session(tx, &name, &token, &csrf, length)?;
        users::with_session(tx, &token)
    });
    let role = begun.await.or_page(w)?.map(|user| user.role);
    let first = match role {
        Some(Role::School(_)) => "/school",
        Some(Role::Finance) => "/books",
        Some(Role::Reviewer | Role::Admin) | None => "/review",
    };
    Ok(with_cookie(see(first), &cookie))
}

pub(super) async fn log_out(
    State(service): State<Service>,
    person: Person,
    parts: Parts,
    form: Form,
) -> Result<Response, PageError> {
    person.check(&form)?;
    if let Some(token) = token(&parts) {
        service
            .store
            .write(move |tx| users::end_session(tx, &token))
            .await
            .or_page(person.words)?;
    }
    Ok(with_cookie(
        see("/login"),
        &format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
    ))
}

fn verify(kept: Option<&str>, password: &str) -> bool {
    let Some(parsed) = kept.and_then(|text| PasswordHash::new(text).ok()) else {
        // as much work as for a name that exists
        drop(Argon2::default().hash_password(password.as_bytes()));
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok()
}
