//! The right to be photographed and to submit in a collection, as often as it takes.

use super::{CollectionId, OrderId, StudentRef, VoucherId};
use serde::{Deserialize, Serialize};

/// Why a student may be photographed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum EntitlementSource {
    /// A settled order.
    Order {
        /// The order.
        order: OrderId,
    },
    /// The collection asks nothing of students.
    NothingDue,
    /// A voucher, spent.
    Voucher {
        /// The voucher.
        voucher: VoucherId,
    },
    /// The school lets this collection pay later; what is owed is on the school's list.
    PayLater,
}

/// Belongs to the student and the collection, not to a booth or a photo. It survives a crash, a walk-away,
/// another booth and a "not approved"; that is why retakes are free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// Whose.
    pub student: StudentRef,
    /// For which collection.
    pub collection: CollectionId,
    /// Why.
    pub source: EntitlementSource,
}
