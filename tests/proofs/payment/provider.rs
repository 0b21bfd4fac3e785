//! A provider with its own book. It forgets nothing, closes nothing that is paid, takes nothing for what is closed; its
//! line can be cut.

use super::history::Cut;
use gradbooth::domain::{Fee, Order, OrderId};
use gradbooth::review::gateways::{PaymentGateway, Proof, Silent};
use gradbooth::review::store::refunds::{Refund, RefundState};
use gradbooth::review::store::settlement::Evidence;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

pub const NAME: &str = "proof";

#[derive(Debug, Clone)]
pub struct Trade {
    pub amount: Fee,
    pub paid: Option<Evidence>,
    pub closed: bool,
    pub refunded: bool,
}

impl Trade {
    /// The provider has money of it that it does not give back.
    pub fn is_kept(&self) -> bool {
        self.paid.is_some() && !self.refunded
    }

    fn proof(&self) -> Proof {
        match &self.paid {
            Some(evidence) => Proof::Paid(evidence.clone()),
            None if self.closed => Proof::Closed,
            None => Proof::NotPaid,
        }
    }
}

#[derive(Debug, Default)]
pub struct Book {
    pub trades: BTreeMap<OrderId, Trade>,
    pub cut: Cut,
    numbers: u64,
}

#[derive(Debug, Clone, Default)]
pub struct Provider(Arc<Mutex<Book>>);

impl Provider {
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap()
    }

    /// A phone pays.
    pub fn pay(&self, id: OrderId) {
        let mut book = self.book();
        book.numbers += 1;
        let number = book.numbers;
        let Some(trade) = book.trades.get_mut(&id) else {
            return;
        };
        if trade.paid.is_none() && !trade.closed {
            trade.paid = Some(Evidence {
                gateway: NAME,
                provider_number: format!("{number}"),
                amount: trade.amount,
                paid_at: gradbooth::clock::utc(),
            });
        }
    }

    /// What is asked is done or not, and answered or not.
    fn line<T>(&self, ask: impl FnOnce(&mut Book) -> T) -> Result<T, Silent> {
        let mut book = self.book();
        match book.cut {
            Cut::Before => Err(Silent::Provider("cut")),
            Cut::After => {
                ask(&mut book);
                Err(Silent::Provider("cut"))
            }
            Cut::Whole => Ok(ask(&mut book)),
        }
    }
}

fn open(book: &mut Book, order: &Order) {
    book.trades.entry(order.id).or_insert(Trade {
        amount: order.fee,
        paid: None,
        closed: false,
        refunded: false,
    });
}

impl PaymentGateway for Provider {
    fn name(&self) -> &'static str {
        NAME
    }

    fn open(&self, order: &Order) -> Result<String, Silent> {
        self.line(|book| open(book, order))
            .map(|()| format!("pay:{}", order.id))
    }

    fn open_on_phone(&self, order: &Order, _phone: &str) -> Result<Option<String>, Silent> {
        self.line(|book| open(book, order)).map(|()| None)
    }

    fn query(&self, id: OrderId) -> Result<Proof, Silent> {
        self.line(|book| book.trades.get(&id).map_or(Proof::Closed, Trade::proof))
    }

    fn close(&self, id: OrderId) -> Result<Proof, Silent> {
        self.line(|book| {
            let Some(trade) = book.trades.get_mut(&id) else {
                return Proof::Closed;
            };
            trade.closed |= trade.paid.is_none();
            trade.proof()
        })
    }

    fn refund(&self, refund: &Refund) -> Result<(RefundState, String), Silent> {
        self.line(|book| {
            let trade = book.trades.get_mut(&refund.order).unwrap();
            assert_eq!(
                trade.paid.as_ref().unwrap().provider_number,
                refund.provider_number
            );
            trade.refunded = true;
            (RefundState::Done, String::new())
        })
    }
}
