//! The first page: what this is, and where to go.

use super::answer::page_of;
use super::words::Words;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    w: Words,
}

pub(super) async fn home(w: Words) -> Response {
    page_of(&Home { w })
}
