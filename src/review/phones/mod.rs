//! Whose phone it is that answers a sign-in, behind one trait: [`WeChat`] asks the mini program's platform, [`Simulated`]
//! believes the browser and the number that is typed, and the page says so. The number itself is not kept anywhere.

mod wechat;

pub use wechat::{BadLoginConfig, LoginConfig, WeChat};

use crate::domain::SignInId;
use thiserror::Error;

/// Why nobody knows whose phone it is.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// What the phone sent is not valid, was used before, or the owner has refused.
    #[error("the phone's permit is not valid")]
    NotValid,
    /// The platform cannot be reached, or does not answer as itself.
    #[error("the platform of the phones does not answer")]
    Away,
}

/// Knows phones.
pub trait Phones: Send + Sync {
    /// A picture that the platform's app scans to open the sign-in; `None` where the page's address is enough.
    fn code(&self, id: SignInId) -> Result<Option<Vec<u8>>, Unknown>;

    /// The same text for the same phone, whatever it has sent to show who it is.
    fn holder(&self, shown: &str) -> Result<String, Unknown>;

    /// The number that the owner allows us to know: `+`, country and number, digits only.
    fn number(&self, permit: &str) -> Result<String, Unknown>;
}

/// Believes what it is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Simulated;

impl Phones for Simulated {
    fn code(&self, _id: SignInId) -> Result<Option<Vec<u8>>, Unknown> {
        Ok(None)
    }

    fn holder(&self, shown: &str) -> Result<String, Unknown> {
        Ok(shown.to_owned())
    }

    fn number(&self, permit: &str) -> Result<String, Unknown> {
        normal_number(permit).ok_or(Unknown::NotValid)
    }
}

/// `+` and digits; a mainland number without a prefix gets +86.
fn normal_number(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')'))
        .collect();
    let (has_prefix, digits) = match text.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (has_prefix, digits.len()) {
        (true, 7..=15) => Some(format!("+{digits}")),
        (false, 11) if digits.starts_with('1') => Some(format!("+86{digits}")),
        _ => None,
    }
}

/// `138****5678`; the prefix stays for numbers from elsewhere.
pub fn masked(number: &str) -> String {
    let shown = number
        .strip_prefix("+86")
        .filter(|rest| rest.len() == 11)
        .unwrap_or(number);
    let (head, tail) = (
        shown.get(..3).unwrap_or_default(),
        shown.len().saturating_sub(4).max(3),
    );
    format!("{head}****{}", shown.get(tail..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_made_alike_and_masked() {
        let number = |text| Simulated.number(text);
        assert_eq!(number("138 0013 8000").as_deref(), Ok("+8613800138000"));
        assert_eq!(number("+86-13800138000").as_deref(), Ok("+8613800138000"));
        assert_eq!(number("+44 (20) 7946 0000").as_deref(), Ok("+442079460000"));
        for bad in ["", "12345", "+1", "1380013800a", "一二三"] {
            assert_eq!(number(bad), Err(Unknown::NotValid), "{bad}");
        }
        assert_eq!(masked("+8613800138000"), "138****8000");
        assert_eq!(masked("+442079460000"), "+44****0000");
    }
}
