//! Commands about money: keys, vouchers, bills, books, refunds. Whoever may read the data folder may run them; each is in
//! the audit.

use super::CommandError;
use super::codes::{code_png, write_whole};
use crate::domain::{CollectionId, Fee, Language, OrderId, SubmissionId, VoucherId};
use crate::review::finance::{as_csv, bill_lines};
use crate::review::gateways::wechat;
use crate::review::pages::qr;
use crate::review::pages::words::Words;
use crate::review::payment_keys::{PaymentKeys, root_file};
use crate::review::random;
use crate::review::store::columns::now;
use crate::review::store::refunds::{self, RefundReason, RefundState};
use crate::review::store::{Store, books, catalogue, money, settlement, vouchers, withdrawals};
use crate::wire::offline::Voucher;
use askama::Template;
use clap::{Subcommand, ValueEnum};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What to do about money.
#[derive(Debug, Subcommand)]
pub enum MoneyCommand {
    /// Sign receipts and vouchers with another key from now on; booths learn of it when they sync, or from the code.
    RotatePaymentKey {
        /// Folder of the keys.
        #[arg(long)]
        data: PathBuf,
        /// The root's file, where it was put away; otherwise `payment-root.key` in the data folder.
        #[arg(long)]
        root: Option<PathBuf>,
        /// The old keys were stolen: what they signed counts no more.
        #[arg(long)]
        revoke: bool,
        /// A picture of the list of keys as a code, for booths that never sync.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Print vouchers: each pays once, for one student of the collection.
    IssueVouchers {
        /// Folder of the database and the keys.
        #[arg(long)]
        data: PathBuf,
        /// The collection, as the school's page names it.
        #[arg(long)]
        collection: String,
        /// How many.
        #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=500))]
        count: u32,
        /// Page to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Read a bill of WeChat Pay (交易账单, CSV) and compare the books with it.
    ReadBill {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The bill.
        file: PathBuf,
    },
    /// Compare money, orders and rights, and say what does not agree, with owner and day.
    Reconcile {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// Write every order with its money, right and refund as CSV, for the finance office.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Give an order's money back: with it goes the right, and for `withdrawn` the submission that is under review. Cash
    /// is paid back by hand: run it again when that is done.
    Refund {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The order number, 32 digits.
        order: OrderId,
        /// Why.
        #[arg(long)]
        why: Why,
    },
    /// Take a submission back that is under review; the student may hand in another one without paying again.
    Withdraw {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The submission's number, 32 digits.
        submission: SubmissionId,
    },
}

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Why {
    /// Paid, and of no use to the student.
    Unusable,
    /// The student has withdrawn.
    Withdrawn,
}

const WHO: &str = "command line";

pub(super) fn work(command: MoneyCommand, out: &mut Vec<u8>) -> Result<(), CommandError> {
    match command {
        MoneyCommand::RotatePaymentKey {
            data,
            root,
            revoke,
            out: picture,
        } => {
            let root = root.unwrap_or_else(|| root_file(&data));
            let list = PaymentKeys::rotate(&data, &super::open(&data)?, &root, revoke)?;
            if let Some(picture) = picture {
                write_whole(&picture, &code_png(&list)?)
                    .map_err(|error| CommandError::File(picture.clone(), error))?;
                writeln!(out, "The list of keys as a code: {}", picture.display())?;
            }
            writeln!(out, "Another key signs from now on. Restart the service.")?;
            Ok(writeln!(
                out,
                "Hold the code up to the payment screen of booths that never sync; keep {} in a safe.",
                root.display()
            )?)
        }
        MoneyCommand::IssueVouchers {
            data,
            collection,
            count,
            out: page,
        } => issue_vouchers(&data, &CollectionId(collection), count, &page, out),
        MoneyCommand::ReadBill { data, file } => read_bill(&super::open(&data)?, &file, out),
        MoneyCommand::Reconcile { data, out: csv } => {
            reconcile(&super::open(&data)?, csv.as_deref(), out)
        }
        MoneyCommand::Refund { data, order, why } => refund(&super::open(&data)?, order, why, out),
        MoneyCommand::Withdraw { data, submission } => {
            super::open(&data)?.write_now(|tx| withdrawals::withdraw(tx, submission, WHO))?;
            Ok(writeln!(out, "{submission} is withdrawn.")?)
        }
    }
}

#[derive(Template)]
#[template(path = "vouchers.html")]
struct Sheet {
    zh: Words,
    en: Words,
    title_zh: String,
    title_en: String,
    fee: Fee,
    vouchers: Vec<(String, String)>,
}

fn issue_vouchers(
    data: &Path,
    of: &CollectionId,
    count: u32,
    page: &Path,
    out: &mut Vec<u8>,
) -> Result<(), CommandError> {
    let store = super::open(data)?;
    let keys = PaymentKeys::open(data, &store)?;
    let Some((collection, _)) = store.read_now(|tx| catalogue::find(tx, of))? else {
        return Err(CommandError::Unusable(format!(
            "no collection is called {of}"
        )));
    };
    let at = u32::try_from(now().as_second()).unwrap_or(u32::MAX);
    let mut printed = Vec::new();
    let mut ids = Vec::new();
    for _ in 0..count {
        let id = VoucherId::from_bytes(random::bytes()?);
        let text = Voucher::new(id, of, at).sign(&keys.signing);
        let too_long = CommandError::Fault("a code of this length");
        printed.push((
            id.short().to_uppercase(),
            qr::svg(&text, &id.short()).ok_or(too_long)?,
        ));
        ids.push(id);
    }
    let sheet = Sheet {
        zh: Words::new(Language::Chinese),
        en: Words::new(Language::English),
        title_zh: collection.title_zh,
        title_en: collection.title_en,
        fee: collection.fee,
        vouchers: printed,
    };
    let text = sheet
        .render()
        .map_err(|_| CommandError::Fault("the page of vouchers"))?;
    // issued first: a page without its vouchers would print nothing that counts
    store.write_now(|tx| {
        ids.iter()
            .try_for_each(|id| vouchers::issue(tx, *id, of, WHO))
    })?;
    write_whole(page, text.as_bytes())
        .map_err(|error| CommandError::File(page.to_owned(), error))?;
    Ok(writeln!(
        out,
        "{count} vouchers to print: {}",
        page.display()
    )?)
}

fn reconcile(store: &Store, csv: Option<&Path>, out: &mut Vec<u8>) -> Result<(), CommandError> {
    let found = store.write_now(money::compare)?;
    for mismatch in &found {
        let money::Mismatch {
            what,
            subject,
            owner,
            due_at,
            ..
        } = mismatch;
        writeln!(out, "{what}\t{owner}\tuntil {due_at}\t{subject}")?;
    }
    if found.is_empty() {
        writeln!(out, "Money, orders and rights agree.")?;
    }
    if let Some(path) = csv {
        let rows = store.read_now(|tx| books::all(tx))?;
        let text = as_csv(&rows);
        write_whole(path, text.as_bytes()).map_err(|e| CommandError::File(path.to_owned(), e))?;
        writeln!(out, "{} orders: {}", rows.len(), path.display())?;
    }
    Ok(())
}

fn read_bill(store: &Store, file: &Path, out: &mut Vec<u8>) -> Result<(), CommandError> {
    let bytes = fs::read(file).map_err(|error| CommandError::File(file.to_owned(), error))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = bill_lines(&text).ok_or_else(|| {
        CommandError::Unusable(format!(
            "{} is no bill of WeChat Pay (交易账单)",
            file.display()
        ))
    })?;
    store.write_now(|tx| books::keep_bill(tx, wechat::NAME, &lines, now()))?;
    writeln!(out, "{} lines were read.", lines.len())?;
    reconcile(store, None, out)
}

fn refund(store: &Store, id: OrderId, why: Why, out: &mut Vec<u8>) -> Result<(), CommandError> {
    let why = match why {
        Why::Unusable => RefundReason::Unusable,
        Why::Withdrawn => RefundReason::Withdrawn,
    };
    let by_hand = store.write_now(|tx| {
        let known = refunds::of_order(tx, id)?;
        let by_hand: Vec<_> = known
            .iter()
            .filter(|refund| refund.state == RefundState::ByHand)
            .collect();
        // what was decided before is carried out; nothing more goes back by the same word
        if by_hand.is_empty() {
            settlement::refund(tx, id, why, WHO)?;
        }
        for refund in &by_hand {
            refunds::became(tx, refund, RefundState::Done, "", WHO)?;
        }
        Ok(by_hand.len())
    })?;
    if by_hand > 0 {
        return Ok(writeln!(out, "Cash was handed back: noted.")?);
    }
    for refund in store.read_now(|tx| refunds::of_order(tx, id))? {
        writeln!(
            out,
            "{} goes back through {}.",
            refund.amount, refund.gateway
        )?;
    }
    Ok(())
}
