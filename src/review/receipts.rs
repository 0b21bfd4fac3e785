//! The receipt of a paid order, as a code for the booth's camera and as nine digits. Made when it is asked for: the same
//! order and key give the same text, and after a change of keys the page shows one that booths believe.

use super::payment_keys::PaymentKeys;
use super::store::{Store, StoreError, booths, entitlements, orders};
use crate::domain::{EntitlementSource, Order, OrderId};
use crate::wire::offline::{PaymentReceipt, digits};

/// What a student shows to a booth.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// Drawn as a QR code.
    pub receipt: String,
    /// Typed where the camera reads nothing; only for the order that the booth itself asked for.
    pub digits: Option<String>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(..)")
    }
}

/// The receipt that a student may show who has opened the page of `order`: of the order that gives the right, which is
/// another one where this one's money is on its way back. `None` while nothing is paid.
pub fn of(
    store: &Store,
    keys: &PaymentKeys,
    campus: u8,
    id: OrderId,
) -> Result<Option<Shown>, StoreError> {
    let found = store.read_now(|tx| {
        let Some(opened) = orders::find(tx, id)? else {
            return Ok(None);
        };
        let Order {
            student,
            collection,
            ..
        } = &opened.order;
        let right = entitlements::find(tx, student, collection)?;
        let Some(EntitlementSource::Order { order }) = right.map(|right| right.source) else {
            return Ok(None);
        };
        let entitling = orders::find(tx, order)?.zip(orders::paid_at(tx, order)?);
        Ok(entitling.zip(Some(booths::digits_key(tx, opened.booth)?)))
    })?;
    let Some(((entitling, at), digits_key)) = found else {
        return Ok(None);
    };
    let at = u32::try_from(at.as_second()).unwrap_or_default();
    let order = &entitling.order;
    let receipt = PaymentReceipt::of(order, campus, at).map(|receipt| receipt.sign(&keys.signing));
    let own = digits_key.filter(|_| order.id == id);
    Ok(receipt.map(|receipt| Shown {
        receipt,
        digits: own.map(|key| digits::of_order(&key, order)),
    }))
}
