//! Random 128-bit names of things. Never made from a clock, so that a booth with a wrong one makes no doubles.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Text that is not 32 hexadecimal digits.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
#[error("an id is 32 hexadecimal digits")]
pub struct BadId;

fn parse_hex(text: &str) -> Result<[u8; 16], BadId> {
    if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(BadId);
    }
    u128::from_str_radix(text, 16)
        .map(u128::to_be_bytes)
        .map_err(|_| BadId)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; 16]);

        impl $name {
            /// An id of bytes drawn at random by the caller.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// The first six digits: enough for a person to tell two apart.
            pub fn short(&self) -> String {
                self.to_string().chars().take(6).collect()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", u128::from_be_bytes(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.short())
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                parse_hex(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

id! {
    /// A booth, given at enrolment.
    BoothId
}
id! {
    /// A fee asked; the provider's order number for ever.
    OrderId
}
id! {
    /// A submission; its idempotency key.
    SubmissionId
}
id! {
    /// A sign-in shown as a code on the screen.
    SignInId
}
id! {
    /// A reviewer's decision.
    DecisionId
}
id! {
    /// A request to the school or to customer service.
    RequestId
}
id! {
    /// A voucher: pays once.
    VoucherId
}
id! {
    /// One life of the service's database: another one after a restore from a backup.
    Epoch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = OrderId::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255]);
        assert_eq!(id.to_string(), "000102030405060708090a0b0c0d0eff");
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "00",
            "zz0102030405060708090a0b0c0d0eff",
            "+00102030405060708090a0b0c0d0eff",
        ] {
            assert_eq!(bad.parse::<OrderId>(), Err(BadId));
        }
    }
}
