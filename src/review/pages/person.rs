//! Who is logged in. A page that takes a [`Person`] cannot be seen without one.

use super::answer::{OrPage, PageError, see};
use super::form::{self, Form};
use super::words::Words;
use crate::review::serve::Service;
use crate::review::store::users::{self, LoggedIn};
use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// Name of the session cookie.
pub(super) const SESSION_COOKIE: &str = "gradbooth_session";

/// A person who is logged in.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) user: LoggedIn,
    pub(super) words: Words,
}

impl Person {
    /// The form was made for this session.
    pub(super) fn check(&self, form: &Form) -> Result<(), PageError> {
        self.check_token(form.get("csrf"))
    }

    /// [`Person::check`] of a form with a file.
    pub(super) fn check_token(&self, given: &str) -> Result<(), PageError> {
        let (given, own) = (given.as_bytes(), self.user.csrf.as_bytes());
        let differ = given
            .iter()
            .zip(own)
            .fold(0, |differ, (a, b)| differ | (a ^ b));
        if given.len() == own.len() && differ == 0 {
            Ok(())
        } else {
            Err(PageError::stale(self.words))
        }
    }

    /// Only who may look at photos.
    pub(super) fn must_review(&self) -> Result<(), PageError> {
        if self.user.role.reviews() {
            Ok(())
        } else {
            Err(PageError::forbidden(self.words))
        }
    }

    /// Only who keeps the books.
    pub(super) fn must_keep_books(&self) -> Result<(), PageError> {
        if self.user.role.keeps_books() {
            Ok(())
        } else {
            Err(PageError::forbidden(self.words))
        }
    }

    /// Only who answers for the whole service.
    pub(super) fn must_serve(&self) -> Result<(), PageError> {
        if self.user.role.serves() {
            Ok(())
        } else {
            Err(PageError::forbidden(self.words))
        }
    }
}

/// Nobody is logged in, or it could not be found out.
pub(super) enum Nobody {
    LogIn,
    Fault(PageError),
}

impl IntoResponse for Nobody {
    fn into_response(self) -> Response {
        match self {
            Self::LogIn => see("/login"),
            Self::Fault(error) => error.into_response(),
        }
    }
}

/// The session token of a request.
pub(super) fn token(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(COOKIE)?.to_str().ok()?;
    form::cookie(header, SESSION_COOKIE).map(str::to_owned)
}

impl FromRequestParts<Service> for Person {
    type Rejection = Nobody;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Nobody> {
        let Ok(words) = Words::from_request_parts(parts, service).await;
        let token = token(parts).ok_or(Nobody::LogIn)?;
        let user = service
            .store
            .read(move |tx| users::with_session(tx, &token))
            .await;
        let user = user.or_page(words).map_err(Nobody::Fault)?;
        user.map(|user| Self { user, words }).ok_or(Nobody::LogIn)
    }
}
