//! Paying when the booth has no network: what goes between booth and phone as codes, in both directions.
//!
//! ```text
//! booth --order code--> phone --its own network--> service: paid
//! booth <--receipt or nine digits-- phone <-- receipt, signed -- service
//! ```
//!
//! | file | text | signed by |
//! |---|---|---|
//! | [`order_code`] | `HTTPS://HOST/O/` and Base32 | the booth |
//! | [`receipt`] | `GBP1:` and Base45 | a payment key of the service |
//! | [`digits`] | nine digits | keyed by a secret of booth and service |
//! | [`voucher`] | `GBV1:` and Base45 | a payment key of the service |
//! | [`keyset`] | `GBK1:` and Base45 | the root, which may lie in a safe |
//!
//! Signatures come before meaning, every form has one spelling, every length has a limit, and no decision needs a
//! clock that is right.

mod cbor;
mod cose;
pub mod digits;
pub mod keyset;
pub mod order_code;
pub mod receipt;
pub mod secrets;
pub mod voucher;

pub use cose::KeyId;
pub use keyset::{Keyset, PaymentKey};
pub use order_code::{BadOrderCode, OrderCode};
pub use receipt::{PaymentReceipt, PaymentReceiptError};
pub use secrets::digits_secret;
pub use voucher::{Voucher, VoucherError};

use super::digest::decode_hex;
use crate::domain::{CollectionId, StudentRef, base45};
use sha2::{Digest as _, Sha256};

/// The private claim in which receipts and vouchers carry what is ours: -65537, the first that no registry gives out.
const OURS_BELOW: u64 = 65_536;
/// When it was signed, in seconds since 1970.
const ISSUED_AT: u64 = 6;
/// Which one it is.
const CWT_ID: u64 = 7;

/// A student as codes carry one: the reference's own eight bytes. `None` for a reference of another form, which no code
/// can carry.
pub fn student_mark(student: &StudentRef) -> Option<[u8; 8]> {
    let mut mark = [0; 8];
    decode_hex(student.as_str(), &mut mark)?;
    (student_of(mark) == *student).then_some(mark)
}

/// The student of a mark.
pub fn student_of(mark: [u8; 8]) -> StudentRef {
    StudentRef::new(super::digest::encode_hex(&mark))
}

/// A collection as codes carry one: eight bytes of a hash, looked up among those that are known.
pub fn collection_mark(collection: &CollectionId) -> [u8; 8] {
    let hash: [u8; 32] = Sha256::digest(format!("gradbooth collection 1\n{collection}")).into();
    let [a, b, c, d, e, f, g, h, ..] = hash;
    [a, b, c, d, e, f, g, h]
}

/// The bytes behind a prefix, if the text is not longer than it may be.
fn unwrapped(text: &str, prefix: &str, longest: usize) -> Option<Vec<u8>> {
    if text.len() > longest {
        return None;
    }
    base45::decode(text.strip_prefix(prefix)?).ok()
}
