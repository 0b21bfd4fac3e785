//! The payment keys that this booth believes. A list with a lower number than the one kept is an old one, whoever
//! brings it; whether the root signed it, the caller has made sure of.

use super::{Store, StoreError};
use rusqlite::{OptionalExtension, params};

impl Store {
    /// The signed text of the list that counts.
    pub fn payment_keys(&self) -> Result<Option<String>, StoreError> {
        self.read(|sql| {
            Ok(sql
                .query_row("SELECT body FROM payment_keys", [], |row| row.get(0))
                .optional()?)
        })
    }

    /// Keeps a list unless a newer one is there; tells whether it counts now.
    pub fn keep_payment_keys(&self, number: u32, text: &str) -> Result<bool, StoreError> {
        self.write(|sql| {
            let kept = sql.execute(
                "INSERT INTO payment_keys (only, number, body) VALUES (1, ?1, ?2)
                 ON CONFLICT DO UPDATE SET number = ?1, body = ?2 WHERE number < ?1",
                params![number, text],
            )?;
            let is_same = || {
                sql.prepare("SELECT 1 FROM payment_keys WHERE number = ? AND body = ?")?
                    .exists(params![number, text])
            };
            Ok(kept > 0 || is_same()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{state_key, store};

    #[test]
    fn attack_an_old_keyset_never_comes_back() {
        let (store, folder) = store();
        assert_eq!(store.payment_keys().unwrap(), None);
        assert!(store.keep_payment_keys(2, "two").unwrap());
        assert!(!store.keep_payment_keys(1, "one").unwrap(), "older");
        assert!(!store.keep_payment_keys(2, "another two").unwrap());
        assert!(store.keep_payment_keys(2, "two").unwrap(), "the same again");
        drop(store);
        let store = super::Store::open(folder.path(), &state_key()).unwrap();
        assert_eq!(store.payment_keys().unwrap().as_deref(), Some("two"));
        assert!(store.keep_payment_keys(3, "three").unwrap());
    }
}
