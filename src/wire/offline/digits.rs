//! Nine digits instead of a receipt, for a phone that the camera cannot read: HMAC-SHA256 over the order, under a secret
//! that only this booth and the service have. They count at the booth that asked for the money and nowhere else. With
//! five tries an order is guessed once in two hundred million.

use super::secrets::keyed;
use crate::domain::Order;

/// How many digits.
pub const DIGITS: usize = 9;
/// So often may digits be typed for one order.
pub const TRIES_AN_ORDER: u32 = 5;
/// So often may wrong digits be typed at one booth while it runs for an hour.
pub const TRIES_AN_HOUR: u32 = 30;

const BELOW: u64 = 1_000_000_000;

/// The digits of an order.
pub fn of_order(secret: &[u8; 32], order: &Order) -> String {
    let hash = keyed(
        secret,
        &[
            b"gradbooth nine digits 1",
            order.id.as_bytes(),
            &order.fee.fen().to_be_bytes(),
            order.student.as_str().as_bytes(),
            b"\n",
            order.collection.0.as_bytes(),
        ],
    );
    // 2^64 is so much more than 10^9 that every remainder is as likely as the next
    let number = hash
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    format!("{:09}", number % BELOW)
}

/// The digits of an order were typed; spaces and hyphens between them do not matter.
pub fn are_of_order(typed: &str, secret: &[u8; 32], order: &Order) -> bool {
    let typed = typed.bytes().filter(|c| !matches!(c, b' ' | b'-'));
    let (mut count, mut differ) = (0, 0);
    // the comparison takes the same time wherever they differ
    for (typed, right) in typed.zip(of_order(secret, order).bytes().chain(std::iter::repeat(0))) {
        (count, differ) = (count + 1, differ | (typed ^ right));
    }
    count == DIGITS && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CollectionId, Fee, OrderId, StudentRef};

    #[test]
    fn digits_belong_to_one_order_of_one_booth() {
        let order = Order {
            id: OrderId::from_bytes([2; 16]),
            student: StudentRef::new("00112233445566ff"),
            collection: CollectionId("c".into()),
            fee: Fee::from_fen(2000),
            price_version: 1,
        };
        let digits = of_order(&[1; 32], &order);
        assert!(digits.len() == DIGITS && digits.bytes().all(|d| d.is_ascii_digit()));
        assert!(are_of_order(&digits, &[1; 32], &order));
        let (a, b) = digits.split_at(3);
        assert!(are_of_order(&format!("{a} {b}"), &[1; 32], &order));
        assert!(!are_of_order(&digits, &[2; 32], &order), "another booth");
        assert!(!are_of_order(&digits[..8], &[1; 32], &order));
        assert!(!are_of_order(&format!("{digits}0"), &[1; 32], &order));
        let cheaper = Order {
            fee: Fee::from_fen(1),
            ..order.clone()
        };
        assert!(!are_of_order(&digits, &[1; 32], &cheaper), "another amount");
        let others = Order {
            student: StudentRef::new("ff"),
            ..order
        };
        assert!(!are_of_order(&digits, &[1; 32], &others), "another student");
    }
}
