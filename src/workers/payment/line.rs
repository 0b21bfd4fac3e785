//! The line to the service as the payment worker needs it. One is the network; the proofs have one that is cut between
//! any question and its answer.

use crate::clock;
use crate::domain::{Order, OrderId, StudentRef};
use crate::wire::{KnownStudent, OrderStatus, paths};
use crate::workers::http::{PATIENCE, ServiceClient, Trouble};
use jiff::Timestamp;
use reqwest::Method;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What the payment worker asks the service.
pub trait Line {
    /// Opens an order there, or finds it.
    fn put(&self, order: &Order) -> Result<OrderStatus, Trouble>;

    /// Where an order stands.
    fn state(&self, id: OrderId) -> Result<OrderStatus, Trouble>;

    /// Closes an order, unless it was paid.
    fn close(&self, id: OrderId) -> Result<OrderStatus, Trouble>;

    /// What the service knows of a student.
    fn student(&self, student: &StudentRef) -> Result<KnownStudent, Trouble>;

    /// A time of the service on our own clock, at most `most` away.
    fn instant_of(&self, at: Timestamp, most: Duration) -> Instant {
        let left = at.duration_since(clock::utc());
        clock::now() + Duration::try_from(left).unwrap_or_default().min(most)
    }
}

impl Line for Arc<ServiceClient> {
    fn put(&self, order: &Order) -> Result<OrderStatus, Trouble> {
        self.json(Method::PUT, &paths::order(order.id), order)
    }

    fn state(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        self.get(&paths::order(id), PATIENCE)
    }

    fn close(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        self.json(
            Method::POST,
            &paths::close_order(id),
            &serde_json::json!({}),
        )
    }

    fn student(&self, student: &StudentRef) -> Result<KnownStudent, Trouble> {
        ServiceClient::student(self, student, PATIENCE)
    }

    fn instant_of(&self, at: Timestamp, most: Duration) -> Instant {
        ServiceClient::instant_of(self, at, most)
    }
}
