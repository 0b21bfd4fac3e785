//! The guarantees, asked of the books of all three: provider, service, booths.

use super::Counts;
use super::provider::Trade;
use super::world::World;
use gradbooth::domain::{Entitlement, EntitlementSource, OrderId, SubmissionState};
use gradbooth::review::store::{entitlements, orders, refunds};

/// Money of an order that somebody keeps: the provider, or an attendant's till.
fn kept(world: &World, id: OrderId) -> usize {
    let at_provider = world
        .provider
        .book()
        .trades
        .get(&id)
        .is_some_and(Trade::is_kept);
    let cash: i64 = world
        .service
        .read_now(|tx| {
            let kept = "SELECT count(*) FROM payments WHERE gateway = 'cash' AND order_id = ?1
                        AND NOT EXISTS (SELECT 1 FROM refunds WHERE refunds.provider_number = payments.provider_number)";
            Ok(tx.query_row(kept, [id.to_string()], |row| row.get(0))?)
        })
        .unwrap();
    usize::from(at_provider) + cash as usize
}

fn rights_at_booths(world: &World) -> Vec<Entitlement> {
    let of = world.collection_id();
    let rights = world
        .booths
        .iter()
        .map(|booth| booth.store.entitlement(&world.student, &of).unwrap());
    rights.flatten().collect()
}

/// At every moment: nobody is let in by an order that nobody ever paid, and never by somebody else's.
pub fn always(world: &World) -> Result<(), String> {
    for right in rights_at_booths(world) {
        if let EntitlementSource::Order { order } = right.source {
            let was_paid = world
                .provider
                .book()
                .trades
                .get(&order)
                .is_some_and(|trade| trade.paid.is_some());
            let by_cash = world.booths.iter().any(|booth| {
                let audit = booth.store.unsent_payment_reports().unwrap();
                audit.iter().any(|(_, report)| {
                    matches!(report,
                    gradbooth::wire::PaymentReport::Cash { order: cash, .. } if cash.id == order)
                })
            });
            let cash_here = world.service.read_now(|tx| {
                Ok(tx
                    .prepare("SELECT 1 FROM payments WHERE gateway = 'cash' AND order_id = ?1")?
                    .exists([order.to_string()])?)
            });
            if !was_paid && !by_cash && !cash_here.unwrap() {
                return Err(format!("a booth lets {order:?} in, which nobody has paid"));
            }
        }
    }
    let of = world.collection_id();
    for booth in &world.booths {
        if let Some(right) = booth.store.entitlement(&world.friend, &of).unwrap()
            && !matches!(right.source, EntitlementSource::Voucher { .. })
        {
            return Err(format!("the friend got in by {:?}", right.source));
        }
    }
    Ok(())
}

/// When everything has come home.
#[expect(clippy::too_many_lines, reason = "one guarantee after the other")]
pub fn at_the_end(world: &mut World, counts: &mut Counts) -> Result<(), String> {
    counts.refused_proofs += std::mem::take(&mut world.refused);
    let of = world.collection_id();
    let money: Vec<OrderId> = world
        .orders
        .iter()
        .flat_map(|order| std::iter::repeat_n(order.id, kept(world, order.id)))
        .collect();
    counts.paid += money.len() as u64;
    let (right, unpaid_refunds, went_back) = world
        .service
        .read_now(|tx| {
            let mut waiting = 0;
            let mut back = 0;
            for order in &world.orders {
                let all = refunds::of_order(tx, order.id)?;
                back += all
                    .iter()
                    .filter(|refund| refund.state == refunds::RefundState::Done)
                    .count() as u64;
                waiting += refunds::open(tx, super::provider::NAME)?
                    .iter()
                    .filter(|refund| refund.order == order.id)
                    .count();
            }
            Ok((entitlements::find(tx, &world.student, &of)?, waiting, back))
        })
        .unwrap();
    counts.paid_back += went_back;
    counts.rights += u64::from(right.is_some());
    if money.len() > 1 {
        return Err(format!("a second charge is kept: {money:?}"));
    }
    if !money.is_empty() && right.is_none() {
        return Err(format!("paid without entitlement: {money:?}"));
    }
    if unpaid_refunds > 0 {
        return Err("a refund waits for ever".into());
    }
    let standing = world.standing();
    if standing.is_some() && right.is_none() {
        return Err(format!("a photo stands without a right: {standing:?}"));
    }
    let is_approved = matches!(standing, Some((_, SubmissionState::Approved)));
    counts.approved += u64::from(is_approved);
    let by = right.as_ref().map(|right| right.source);
    if let Some(EntitlementSource::Order { order }) = by
        && money != [order]
    {
        return Err(format!(
            "entitlement without payment: {order:?}, kept is {money:?}"
        ));
    }
    if matches!(by, Some(EntitlementSource::Voucher { .. })) && !money.is_empty() {
        return Err(format!("a voucher was spent and {money:?} is kept as well"));
    }
    for booth in &world.booths {
        let here = booth.store.entitlement(&world.student, &of).unwrap();
        if here.is_some() != right.is_some() && !voucher_of_a_friend(world, here.as_ref()) {
            return Err(format!("a booth says {here:?}, the service {right:?}"));
        }
        let open = booth.store.open_orders().unwrap();
        if open.iter().any(|open| open.order.student == world.student) {
            return Err("an order stays open at a booth for ever".into());
        }
    }
    for order in &world.orders {
        let state = world
            .service
            .read_now(|tx| Ok(orders::find(tx, order.id)?.map(|kept| kept.state)))
            .unwrap();
        let is_paid = world
            .provider
            .book()
            .trades
            .get(&order.id)
            .is_some_and(Trade::is_kept);
        if is_paid && state != Some(gradbooth::domain::OrderState::Settled) {
            return Err(format!("{:?} is paid and {state:?}", order.id));
        }
    }
    Ok(())
}

/// The one thing that only a person can put right: a copied voucher was spent at two booths before both had synced. The
/// booth's report does not fit, and is on somebody's list.
fn voucher_of_a_friend(world: &World, here: Option<&Entitlement>) -> bool {
    let is_voucher =
        here.is_some_and(|right| matches!(right.source, EntitlementSource::Voucher { .. }));
    is_voucher
        && world
            .service
            .read_now(|tx| {
                Ok(tx
                    .prepare("SELECT 1 FROM payment_reports WHERE fits = 0")?
                    .exists([])?)
            })
            .unwrap()
}
