//! Between the provider and the store: what the provider proves is settled or closed in the store, and nothing
//! else is. Silence changes nothing; elapsed time only makes the service ask the provider to close.

use super::gateways::{PaymentGateway, Proof, Silent};
use super::store::orders::{self, KeptOrder};
use super::store::settlement::{self, Evidence};
use super::store::{Store, StoreError, booths, catalogue, entitlements, refunds, reports};
use crate::domain::{BoothId, EntitlementSource, Order, OrderId, OrderState};
use crate::wire::offline::OrderCode;
use crate::wire::{PaymentReport, RefusalCode};
use jiff::SignedDuration;
use thiserror::Error;

/// Why an order could not be opened, asked for or closed.
#[derive(Debug, Error)]
pub enum PaymentError {
    /// The store or its rules.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The provider.
    #[error(transparent)]
    Silent(#[from] Silent),
}

/// Orders, with the provider's word brought in.
pub struct Payments<'a> {
    /// The service's database.
    pub store: &'a Store,
    /// The provider.
    pub gateway: &'a dyn PaymentGateway,
    /// How phones reach the service.
    pub public_url: &'a str,
}

/// An order that a phone brought from a booth without a network is good for so long: the booth cannot be told that it
/// has ended, and shows it on.
const OFFLINE_VALIDITY: SignedDuration = SignedDuration::from_hours(24);

impl Payments<'_> {
    /// Opens an order, or finds it under its id. An older open order of the same student and collection is
    /// closed at the provider first, so that nobody holds two codes.
    pub fn open(
        &self,
        order: &Order,
        booth: BoothId,
        validity: SignedDuration,
    ) -> Result<KeptOrder, PaymentError> {
        if let Some(kept) = self.find(order.id)? {
            return if kept.order == *order {
                self.refresh(order.id)
            } else {
                Err(StoreError::Refused(RefusalCode::Conflict, "another order has this id").into())
            };
        }
        for other in self.store.read_now(|tx| orders::open_beside(tx, order))? {
            self.close(other)?;
        }
        self.store.read_now(|tx| orders::check_new(tx, order))?;
        let payment_url = self.gateway.open(order)?;
        self.store
            .write_now(|tx| match orders::find(tx, order.id)? {
                Some(kept) if kept.order == *order => Ok(()),
                Some(_) => Err(StoreError::Refused(
                    RefusalCode::Conflict,
                    "another order has this id",
                )),
                None => orders::insert(tx, order, booth, &payment_url, validity),
            })?;
        self.known(order.id)
    }

    /// Where an order stands, after asking the provider while it is open.
    pub fn refresh(&self, id: OrderId) -> Result<KeptOrder, PaymentError> {
        let kept = self.known(id)?;
        if kept.state != OrderState::Open {
            return Ok(kept);
        }
        if kept.expires_at <= super::store::columns::now() {
            return self.close(id);
        }
        let proof = self.gateway.query(id)?;
        self.bring_in(id, &proof)
    }

    /// Closes an order, unless it was paid meanwhile.
    pub fn close(&self, id: OrderId) -> Result<KeptOrder, PaymentError> {
        let kept = self.known(id)?;
        if kept.state != OrderState::Open {
            return Ok(kept);
        }
        let proof = self.gateway.close(id)?;
        self.bring_in(id, &proof)
    }

    /// Closes every order whose code no longer works; a silent provider is asked again next time.
    pub fn close_expired(&self) -> Result<(), StoreError> {
        for id in self.store.read_now(|tx| orders::expired(tx))? {
            match self.close(id) {
                Ok(_) => {}
                Err(PaymentError::Silent(silent)) => tracing::warn!(order = %id, "{silent}"),
                Err(PaymentError::Store(error)) => return Err(error),
            }
        }
        Ok(())
    }

    /// A phone has opened the code on the screen of a booth without a network: the order whose page it sees, and where it
    /// pays. For a student who has paid already that is the order that was paid.
    pub fn open_code(
        &self,
        code: &str,
        phone: &str,
    ) -> Result<(OrderId, Option<String>), PaymentError> {
        let (order, booth) = self.proved(code)?;
        match self.open_on_phone(&order, booth, phone) {
            Ok(pays_at) => Ok((order.id, pays_at)),
            Err(PaymentError::Store(StoreError::Refused(RefusalCode::AlreadyEntitled, why))) => {
                let right = self
                    .store
                    .read_now(|tx| entitlements::find(tx, &order.student, &order.collection))?;
                match right.map(|right| right.source) {
                    Some(EntitlementSource::Order { order }) => Ok((order, None)),
                    Some(
                        EntitlementSource::NothingDue
                        | EntitlementSource::Voucher { .. }
                        | EntitlementSource::PayLater,
                    )
                    | None => Err(StoreError::Refused(RefusalCode::AlreadyEntitled, why).into()),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// The order of a code that its booth has signed.
    fn proved(&self, code: &str) -> Result<(Order, BoothId), StoreError> {
        let refused =
            |_| StoreError::Refused(RefusalCode::CodeNotGenuine, "not an order of a booth");
        let code = OrderCode::read(code).map_err(refused)?;
        let booth = code.booth();
        self.store.read_now(|tx| {
            let unknown = StoreError::Refused(RefusalCode::CodeNotGenuine, "no booth signed this");
            let key = booths::order_key(tx, booth)?.ok_or(unknown)?;
            let known = catalogue::all(tx)?.collections;
            let ids = known.iter().map(|collection| &collection.id);
            Ok((code.verify(&key, ids).map_err(refused)?, booth))
        })
    }

    /// Opens the order of an order code for the phone that opened it, or finds it; gives the address at which that phone
    /// pays, where the provider has one of its own.
    fn open_on_phone(
        &self,
        order: &Order,
        booth: BoothId,
        phone: &str,
    ) -> Result<Option<String>, PaymentError> {
        if let Some(kept) = self.find(order.id)? {
            if kept.order != *order {
                return Err(StoreError::Refused(
                    RefusalCode::Conflict,
                    "another order has this id",
                )
                .into());
            }
            if self.refresh(order.id)?.state != OrderState::Open {
                return Ok(None);
            }
            return Ok(self.gateway.open_on_phone(order, phone)?);
        }
        for other in self.store.read_now(|tx| orders::open_beside(tx, order))? {
            self.close(other)?;
        }
        self.store.read_now(|tx| orders::check_new(tx, order))?;
        let pays_at = self.gateway.open_on_phone(order, phone)?;
        let page = format!("{}/p/{}", self.public_url, order.id);
        self.store
            .write_now(|tx| match orders::find(tx, order.id)? {
                Some(_) => Ok(()),
                None => orders::insert(tx, order, booth, &page, OFFLINE_VALIDITY),
            })?;
        Ok(pays_at)
    }

    /// Takes what the provider has sent by itself. The same notice again changes nothing.
    pub fn noticed(&self, id: OrderId, evidence: &Evidence) -> Result<(), StoreError> {
        self.store
            .write_now(|tx| settlement::settle(tx, id, evidence))
    }

    /// Takes what a booth decided by itself. Cash ends what the provider may still take for the order.
    pub fn report(&self, booth: BoothId, report: &PaymentReport) -> Result<bool, PaymentError> {
        let charged = match report {
            PaymentReport::Cash { order, .. } => self.charged_beside_cash(order.id)?,
            PaymentReport::Settled { .. }
            | PaymentReport::Voucher { .. }
            | PaymentReport::PayLater { .. } => None,
        };
        if let PaymentReport::Settled { order, .. } = report
            && self
                .find(order.id)?
                .is_some_and(|kept| kept.state == OrderState::Open)
        {
            // the booth has seen the receipt before our own books have the money
            self.refresh(order.id)?;
        }
        let fits = self
            .store
            .write_now(|tx| reports::take(tx, booth, report))?;
        if let Some((id, evidence)) = charged {
            self.noticed(id, &evidence)?;
        }
        Ok(fits)
    }

    /// Closes at the provider what was taken in cash. An order that our books do not have may be open there all the
    /// same, when the answer to its opening was lost; what was paid on it goes back once the cash is in the books.
    fn charged_beside_cash(
        &self,
        id: OrderId,
    ) -> Result<Option<(OrderId, Evidence)>, PaymentError> {
        match self.find(id)? {
            Some(kept) if kept.state == OrderState::Open => self.close(id).map(|_| None),
            Some(_) => Ok(None),
            None => Ok(match self.gateway.close(id)? {
                Proof::Paid(evidence) => Some((id, evidence)),
                Proof::NotPaid | Proof::Closed => None,
            }),
        }
    }

    /// Gives back what has to go back; a silent provider is asked again next time.
    pub fn pay_back(&self) -> Result<(), StoreError> {
        let name = self.gateway.name();
        for refund in self.store.read_now(|tx| refunds::open(tx, name))? {
            match self.gateway.refund(&refund) {
                Ok((state, trouble)) => self
                    .store
                    .write_now(|tx| refunds::became(tx, &refund, state, &trouble, name))?,
                Err(silent) => tracing::warn!(order = %refund.order, "refund: {silent}"),
            }
        }
        Ok(())
    }

    fn bring_in(&self, id: OrderId, proof: &Proof) -> Result<KeptOrder, PaymentError> {
        match proof {
            Proof::NotPaid => {}
            Proof::Paid(evidence) => self
                .store
                .write_now(|tx| settlement::settle(tx, id, evidence))?,
            Proof::Closed => self.store.write_now(|tx| orders::close(tx, id))?,
        }
        self.known(id)
    }

    fn find(&self, id: OrderId) -> Result<Option<KeptOrder>, StoreError> {
        self.store.read_now(|tx| orders::find(tx, id))
    }

    fn known(&self, id: OrderId) -> Result<KeptOrder, PaymentError> {
        let unknown = StoreError::Refused(RefusalCode::NotFound, "no order has this id");
        Ok(self.find(id)?.ok_or(unknown)?)
    }
}
