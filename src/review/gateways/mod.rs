//! Payment providers behind one trait. The order's id is the provider's order number for ever.
//!
//! [`Simulated`] takes no money and says so; [`WeChatPay`] is the real one. Nothing else of the service knows which one
//! is at work. Alipay's precreate has its place here, beside them.

mod simulated;
pub mod wechat;

pub use simulated::Simulated;
pub use wechat::WeChatPay;

use super::store::StoreError;
use super::store::refunds::{Refund, RefundState};
use super::store::settlement::Evidence;
use crate::domain::{Order, OrderId};
use thiserror::Error;

/// The provider gave no usable answer: nobody knows yet, and nothing may be concluded from it.
#[derive(Debug, Error)]
pub enum Silent {
    /// The simulated provider's own book failed.
    #[error("the payment provider does not answer")]
    Book(#[from] StoreError),
    /// It could not be reached, answered with a fault, or with something that it did not sign.
    #[error("the payment provider does not answer: {0}")]
    Provider(&'static str),
}

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
    /// What payments and refunds of this gateway are called in the books.
    fn name(&self) -> &'static str;

    /// Opens the order at the provider, or finds it open; gives what to draw as the payment code.
    fn open(&self, order: &Order) -> Result<String, Silent>;

    /// Opens the order for the phone that asks, or finds it open; gives the address at which that phone pays. `None`
    /// where the order's own page can take the payment.
    fn open_on_phone(&self, order: &Order, phone: &str) -> Result<Option<String>, Silent>;

    /// Asks where the order stands.
    fn query(&self, id: OrderId) -> Result<Proof, Silent>;

    /// Closes the order unless it was paid meanwhile; what it answers is how it ended.
    fn close(&self, id: OrderId) -> Result<Proof, Silent>;

    /// Gives a payment back, or asks how far that is: the same refund again is the same refund. The words are the
    /// provider's, for the finance office.
    fn refund(&self, refund: &Refund) -> Result<(RefundState, String), Silent>;
}
