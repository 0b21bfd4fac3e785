//! An order at the service. The request is [`crate::domain::Order`] itself, put under its own id.

use crate::domain::{OrderId, OrderState};
use serde::{Deserialize, Serialize};

/// Where an order stands. Only the provider's evidence ends [`OrderState::Open`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderStatus {
    /// The order.
    pub id: OrderId,
    /// Where it stands.
    pub state: OrderState,
    /// What to draw as the payment code; only while open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_url: Option<String>,
    /// When the code stops working; the order is closed at the provider before another is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<jiff::Timestamp>,
    /// Who is paid, as the screen shows it.
    pub payee: String,
    /// Number on the student's receipt, once settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_number: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CollectionId, Fee, Order, StudentRef};

    #[test]
    fn the_shapes_stay() {
        let order = Order {
            id: OrderId::from_bytes([2; 16]),
            student: StudentRef::new("00112233445566ff"),
            collection: CollectionId("10559-regular-2027".into()),
            fee: Fee::from_fen(2000),
            price_version: 1,
        };
        insta::assert_snapshot!(serde_json::to_string(&order).unwrap(),
            @r#"{"id":"02020202020202020202020202020202","student":"00112233445566ff","collection":"10559-regular-2027","fee":2000,"price_version":1}"#);
        let mut status = OrderStatus {
            id: order.id,
            state: OrderState::Open,
            payment_url: Some("https://review.example/p/02".into()),
            expires_at: Some("2026-11-23T08:15:00Z".parse().unwrap()),
            payee: "图像采集".into(),
            receipt_number: None,
        };
        insta::assert_snapshot!(serde_json::to_string(&status).unwrap(),
            @r#"{"id":"02020202020202020202020202020202","state":"open","payment_url":"https://review.example/p/02","expires_at":"2026-11-23T08:15:00Z","payee":"图像采集"}"#);
        status.state = OrderState::Settled;
        (status.payment_url, status.expires_at) = (None, None);
        status.receipt_number = Some("20261123-000001".into());
        insta::assert_snapshot!(serde_json::to_string(&status).unwrap(),
            @r#"{"id":"02020202020202020202020202020202","state":"settled","payee":"图像采集","receipt_number":"20261123-000001"}"#);
    }
}
