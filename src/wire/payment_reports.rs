//! What a booth decided about money by itself, told to the service as soon as there is a network. The service does the
//! same with the same report however often it comes; what does not fit its own books becomes a line of the
//! reconciliation and is never dropped.

use crate::domain::{CollectionId, Order, StudentRef, VoucherId};
use serde::{Deserialize, Serialize};

/// One decision of a booth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "decided", deny_unknown_fields)]
pub enum PaymentReport {
    /// An order was settled on a receipt or on nine digits: the service has the money, or somebody guessed.
    Settled {
        /// The order.
        order: Order,
        /// Nine digits were typed; otherwise a receipt was read.
        digits: bool,
    },
    /// A voucher was spent.
    Voucher {
        /// The voucher.
        voucher: VoucherId,
        /// By whom.
        student: StudentRef,
        /// For which collection.
        collection: CollectionId,
    },
    /// An attendant took cash.
    Cash {
        /// The order that it was for.
        order: Order,
        /// On the student's slip: `C-1a2b3c-0007`.
        receipt_number: String,
        /// By the booth's clock.
        taken_at: jiff::Timestamp,
    },
    /// The school lets this student pay later.
    PayLater {
        /// Who.
        student: StudentRef,
        /// For which collection.
        collection: CollectionId,
    },
}

/// What the service says to a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTaken {
    /// It fits the service's books; otherwise somebody there will look at it.
    pub fits: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_stay() {
        let report = PaymentReport::Voucher {
            voucher: VoucherId::from_bytes([3; 16]),
            student: StudentRef::new("00ff"),
            collection: CollectionId("c".into()),
        };
        let text = serde_json::to_string(&report).unwrap();
        insta::assert_snapshot!(text, @r#"{"decided":"voucher","voucher":"03030303030303030303030303030303","student":"00ff","collection":"c"}"#);
        assert_eq!(
            serde_json::from_str::<PaymentReport>(&text).unwrap(),
            report
        );
    }
}
