//! A fee asked of a student.

use super::{CollectionId, Fee, OrderId, StudentRef};
use serde::{Deserialize, Serialize};

/// 订单: durable before its payment code is drawn; the snapshot of the price is part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The provider's order number for ever.
    pub id: OrderId,
    /// Who pays.
    pub student: StudentRef,
    /// For which collection.
    pub collection: CollectionId,
    /// How much, as shown when the order was made.
    pub fee: Fee,
    /// Version of the price.
    pub price_version: u32,
}

/// Where an order stands. Only the provider's evidence ends [`OrderState::Open`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Asked, not answered.
    Open,
    /// Paid; an entitlement was given in the same transaction.
    Settled,
    /// Closed at the provider, unpaid.
    Closed,
    /// Paid back.
    Refunded,
}
