//! Between the provider and the store: what the provider proves is settled or closed in the store, and nothing
//! else is. Silence changes nothing; elapsed time only makes the service ask the provider to close.

use super::gateways::{PaymentGateway, Proof, Silent};
use super::store::orders::{self, KeptOrder};
use super::store::{Store, StoreError};
use crate::domain::{BoothId, Order, OrderId, OrderState};
use crate::wire::RefusalCode;
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
}

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

    fn bring_in(&self, id: OrderId, proof: &Proof) -> Result<KeptOrder, PaymentError> {
        match proof {
            Proof::NotPaid => {}
            Proof::Paid(evidence) => self
                .store
                .write_now(|tx| orders::settle(tx, id, evidence))?,
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
