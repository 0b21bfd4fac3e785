//! Pages as answers, and the page that says what went wrong.

use super::words::Words;
use crate::review::payments::PaymentError;
use crate::review::store::StoreError;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    w: Words,
    title: String,
    text: String,
}

/// What went wrong, as a page.
#[derive(Debug)]
pub(super) struct PageError {
    status: StatusCode,
    words: Words,
    id: &'static str,
}

impl PageError {
    pub(super) fn not_found(words: Words) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            words,
            id: "not-found",
        }
    }

    pub(super) fn forbidden(words: Words) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            words,
            id: "forbidden",
        }
    }

    pub(super) fn stale(words: Words) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            words,
            id: "stale-form",
        }
    }

    pub(super) fn too_large(words: Words) -> Self {
        Self {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            words,
            id: "too-large",
        }
    }

    /// A fault of the service; logged here, once.
    pub(super) fn fault(words: Words, error: &dyn std::error::Error) -> Self {
        tracing::error!("{error}: {:?}", error.source().map(ToString::to_string));
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            words,
            id: "fault",
        }
    }

    /// The rules say no, in words; nothing was changed.
    pub(super) fn refused(words: Words, id: &'static str) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            words,
            id,
        }
    }

    fn silent(words: Words) -> Self {
        Self {
            status: StatusCode::BAD_GATEWAY,
            words,
            id: "gateway-silent",
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (title, text) = (format!("{}-title", self.id), format!("{}-text", self.id));
        let page = Message {
            w: self.words,
            title: self.words.say(&title),
            text: self.words.say(&text),
        };
        let mut response = page_of(&page);
        *response.status_mut() = self.status;
        response
    }
}

/// Faults of the store become pages in the reader's language.
pub(super) trait OrPage<T> {
    fn or_page(self, words: Words) -> Result<T, PageError>;
}

impl<T> OrPage<T> for Result<T, StoreError> {
    fn or_page(self, words: Words) -> Result<T, PageError> {
        self.map_err(|error| {
            if matches!(error, StoreError::Refused(..)) {
                return PageError::not_found(words);
            }
            PageError::fault(words, &error)
        })
    }
}

impl<T> OrPage<T> for Result<T, PaymentError> {
    fn or_page(self, words: Words) -> Result<T, PageError> {
        self.or_else(|error| match error {
            PaymentError::Store(error) => Err(error).or_page(words),
            PaymentError::Silent(_) => Err(PageError::silent(words)),
        })
    }
}

/// Renders a template; nobody keeps a copy of a page.
pub(super) fn page_of(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => ([(header::CACHE_CONTROL, "no-store")], Html(text)).into_response(),
        Err(error) => {
            tracing::error!("a page cannot be drawn: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Goes on to another page of this service with a GET.
pub(super) fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

/// Adds a cookie that scripts cannot read.
pub(super) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
