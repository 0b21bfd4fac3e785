//! The booths' side: JSON under `/v1`. A route reads a request, asks the store in one transaction, answers.

mod answer;
mod booth;
mod changes;
mod chunks;
mod codes;
mod enrolments;
mod mini_program;
mod orders;
mod payment_reports;
mod requests;
mod sign_ins;
mod students;
mod submissions;
mod wechat_pay;

use super::serve::Service;
use crate::wire::{RefusalCode, paths};
use answer::{Refused, Wire};
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post, put};

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route(paths::SIGN_INS, post(sign_ins::begin))
        .route("/v1/sign-ins/{id}", get(sign_ins::state))
        .route("/v1/mini-program/sign-ins/{id}", post(mini_program::step))
        .route(
            "/v1/mini-program/sign-ins/{id}/code",
            get(mini_program::code),
        )
        .route("/v1/orders/{id}", put(orders::open).get(orders::state))
        .route("/v1/orders/{id}/close", post(orders::close))
        .route(
            "/v1/submissions/{id}",
            put(submissions::begin).patch(submissions::go_on),
        )
        .route(paths::PAYMENT_REPORTS, post(payment_reports::take))
        .route(wechat_pay::PATH, post(wechat_pay::notice))
        .route(paths::CHANGES, get(changes::after))
        .route(paths::DECODE, post(codes::decode))
        .route(paths::ENROLMENTS, post(enrolments::answer))
        .route(paths::REQUESTS, post(requests::put))
        .route("/v1/students/{student}", get(students::known))
        .route(
            "/v1/students/{student}/album/{collection}",
            get(students::album),
        )
        .route(paths::HEALTH, get(health))
        .route("/v1/{*rest}", axum::routing::any(nothing_here))
        .method_not_allowed_fallback(wrong_method)
}

async fn health(State(service): State<Service>) -> Result<Wire<serde_json::Value>, Refused> {
    let epoch = service
        .store
        .read(|tx| super::store::meta(tx, "epoch"))
        .await?;
    Ok(Wire(
        serde_json::json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "epoch": epoch }),
    ))
}

async fn nothing_here() -> Refused {
    Refused::new(RefusalCode::NotFound, "there is nothing at this address")
}

async fn wrong_method() -> Refused {
    Refused::new(
        RefusalCode::MethodNotAllowed,
        "this address does not take that method",
    )
}
