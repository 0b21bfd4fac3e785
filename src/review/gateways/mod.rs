//! Payment providers behind one trait. The order's id is the provider's order number for ever.
//!
//! [`Simulated`] takes no money and says so. WeChat Pay (Native, `APIv3`) joins it here; nothing else of the
//! service will know which one is at work.

mod simulated;

pub use simulated::Simulated;

use super::store::StoreError;
use super::store::orders::Evidence;
use crate::domain::{Order, OrderId};
use thiserror::Error;

/// The provider gave no usable answer: nobody knows yet, and nothing may be concluded from it.
#[derive(Debug, Error)]
#[error("the payment provider does not answer")]
pub struct Silent(#[from] StoreError);

/// What the provider proves about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Not paid, and may still be.
    NotPaid,
    /// Paid.
    Paid(Evidence),
    /// Closed; no money can come any more.
    Closed,
}

/// A provider. Calls wait for the network and are made on threads that may wait, outside any transaction.
pub trait PaymentGateway: Send + Sync {
    /// Opens the order at the provider, or finds it open; gives what to draw as the payment code.
    fn open(&self, order: &Order) -> Result<String, Silent>;

    /// Asks where the order stands.
    fn query(&self, id: OrderId) -> Result<Proof, Silent>;

    /// Closes the order unless it was paid meanwhile; what it answers is how it ended.
    fn close(&self, id: OrderId) -> Result<Proof, Silent>;
}
