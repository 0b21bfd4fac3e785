//! The people's side: reviewers and schools who log in, phones that follow a code. Plain HTML from the server,
//! one style sheet, one small script on the review page; nothing is loaded from anywhere else.

mod album;
mod answer;
mod assets;
mod book_order;
mod books;
mod booth_settings;
mod booths;
mod desk;
mod form;
mod guard;
mod help;
mod home;
mod login;
mod pay;
mod person;
pub(in crate::review) mod qr;
mod requests;
mod review;
mod review_view;
mod school;
mod sign_in;
mod status;
mod upload;
pub(in crate::review) mod words;

use super::serve::Service;
use answer::PageError;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use words::Words;

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route("/", get(home::home))
        .route("/assets/{file}", get(assets::file))
        .route("/login", get(login::page).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/review", get(review::queue))
        .route("/review/{id}", get(review::page))
        .route("/review/{id}/decision", post(review::decide))
        .route("/review/{id}/photo", get(review::photo))
        .route("/review/{id}/capture", get(review::capture))
        .route("/school", get(school::choose))
        .route("/school/{code}", get(school::page))
        .route("/school/{code}/roster", post(school::add))
        .route("/school/{code}/requests", post(school::answer))
        .route("/review/{id}/withdraw", post(review::withdraw))
        .route("/desk", get(desk::page).post(desk::answer))
        .route("/books", get(books::page))
        .route("/books.csv", get(books::csv))
        .route(
            "/books/bill",
            post(books::read_bill).layer(DefaultBodyLimit::disable()),
        )
        .route("/books/{order}", get(book_order::page))
        .route("/books/{order}/{deed}", post(book_order::act))
        .route("/booths", get(booths::page))
        .route("/booths/invite", post(booths::invite))
        .route(
            "/booths/invited/{at}",
            get(booths::invited).post(booths::compared),
        )
        .route("/booths/settings", post(booths::decide))
        .route("/booths/{id}/revoke", post(booths::revoke))
        .route("/s/{id}", get(sign_in::page))
        .route("/s/{id}/{answer}", post(sign_in::answer))
        .route("/O/{code}", get(pay::order_code))
        .route("/p/{id}", get(pay::page))
        .route("/p/{id}/pay", post(pay::pay))
        .route("/p/{id}/cancel", post(pay::cancel))
        .route("/p/{id}/status", get(status::page))
        .route(
            "/p/{id}/album",
            get(album::page)
                .post(album::send)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/p/{id}/help", get(help::page).post(help::ask))
        .fallback(not_found)
        .layer(middleware::from_fn(guard::guard))
}

async fn not_found(words: Words) -> PageError {
    PageError::not_found(words)
}
