//! The style sheet and the script, out of the program itself.

use super::answer::PageError;
use super::words::Words;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

const CSS: &str = include_str!("../../../assets/web/service.css");
const MARK: &str = include_str!("../../../assets/web/mark.svg");
const REVIEW: &str = include_str!("../../../assets/web/review.js");

pub(super) async fn file(words: Words, Path(file): Path<String>) -> Result<Response, PageError> {
    let (kind, text) = match file.as_str() {
        "service.css" => ("text/css; charset=utf-8", CSS),
        "review.js" => ("text/javascript; charset=utf-8", REVIEW),
        "mark.svg" => ("image/svg+xml", MARK),
        _ => return Err(PageError::not_found(words)),
    };
    Ok((
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "max-age=300"),
        ],
        text,
    )
        .into_response())
}
