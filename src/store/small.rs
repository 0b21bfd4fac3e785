//! Small things that outlive a restart: settings, wrong tries, the audit log.

use super::row::{column, parsed};
use super::{Store, StoreError};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

/// What was typed wrongly. Counted across restarts, without a clock, so that neither pulling the plug nor
/// setting the time gives more tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongTries {
    /// The last four characters of a student's ID number.
    LastFour,
    /// The attendant's PIN.
    Pin,
}

impl WrongTries {
    const fn word(self) -> &'static str {
        match self {
            Self::LastFour => "last_four",
            Self::Pin => "pin",
        }
    }
}

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When, by the booth's clock.
    pub at: Timestamp,
    /// What was done.
    pub what: String,
    /// To what; never a name.
    pub about: String,
}

impl Store {
    /// Counts one more wrong try and says how many there are now. `whose` is a student's reference, or empty.
    pub fn count_wrong(&self, what: WrongTries, whose: &str) -> Result<u32, StoreError> {
        self.write(|sql| {
            Ok(sql.query_row(
                "INSERT INTO wrong_tries (what, whose, whose_sealed, count)
                 VALUES (?1, mark(?2), sealed('wrong try', ?2), 1)
                 ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count",
                [what.word(), whose],
                |row| row.get(0),
            )?)
        })
    }

    /// Wrong tries so far.
    pub fn wrong_tries(&self, what: WrongTries, whose: &str) -> Result<u32, StoreError> {
        self.read(|sql| {
            let count = sql
                .query_row(
                    "SELECT count FROM wrong_tries WHERE what = ? AND whose = mark(?)",
                    [what.word(), whose],
                    |row| row.get(0),
                )
                .optional()?;
            Ok(count.unwrap_or(0))
        })
    }

    /// Every count of wrong tries, with whose it is.
    pub fn all_wrong_tries(&self, what: WrongTries) -> Result<Vec<(String, u32)>, StoreError> {
        self.read(|sql| {
            let mut select =
                sql.prepare("SELECT opened('wrong try', whose_sealed), count FROM wrong_tries WHERE what = ? ORDER BY whose")?;
            let counted = select.query_map([what.word()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(counted.collect::<Result<_, _>>()?)
        })
    }

    /// The right one was typed, or the attendant allows new tries.
    pub fn forget_wrong(&self, what: WrongTries, whose: &str) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "DELETE FROM wrong_tries WHERE what = ? AND whose = mark(?)",
                [what.word(), whose],
            )?;
            Ok(())
        })
    }

    /// A setting made at the booth.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|sql| {
            Ok(sql
                .query_row("SELECT value FROM settings WHERE key = ?", [key], |row| {
                    row.get(0)
                })
                .optional()?)
        })
    }

    /// Keeps a setting made at the booth.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
                [key, value],
            )?;
            Ok(())
        })
    }

    /// Appends to the audit log.
    pub fn audit(&self, what: &str, about: &str, at: Timestamp) -> Result<(), StoreError> {
        self.write(|sql| {
            sql.execute(
                "INSERT INTO audit (at, what, about) VALUES (?, ?, ?)",
                params![at.to_string(), what, about],
            )?;
            Ok(())
        })
    }

    /// The newest lines of the audit log, newest first.
    pub fn audit_log(&self, lines: u32) -> Result<Vec<AuditLine>, StoreError> {
        self.read(|sql| {
            let mut query =
                sql.prepare("SELECT at, what, about FROM audit ORDER BY place DESC LIMIT ?")?;
            let mut rows = query.query([lines])?;
            let mut log = Vec::new();
            while let Some(row) = rows.next()? {
                log.push(AuditLine {
                    at: parsed(row, "at")?,
                    what: column(row, "what")?,
                    about: column(row, "about")?,
                });
            }
            Ok(log)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, state_key, store};
    use super::*;

    #[test]
    fn wrong_tries_are_counted_across_restarts_and_apart() {
        let (store, folder) = store();
        assert_eq!(store.count_wrong(WrongTries::LastFour, "00ff").unwrap(), 1);
        assert_eq!(store.count_wrong(WrongTries::LastFour, "00ff").unwrap(), 2);
        assert_eq!(store.count_wrong(WrongTries::Pin, "").unwrap(), 1);
        drop(store);
        let store = Store::open(folder.path(), &state_key()).unwrap();
        assert_eq!(store.wrong_tries(WrongTries::LastFour, "00ff").unwrap(), 2);
        assert_eq!(store.wrong_tries(WrongTries::LastFour, "0000").unwrap(), 0);
        assert_eq!(
            store.all_wrong_tries(WrongTries::LastFour).unwrap(),
            [("00ff".to_owned(), 2)]
        );
        store.forget_wrong(WrongTries::LastFour, "00ff").unwrap();
        assert_eq!(store.wrong_tries(WrongTries::LastFour, "00ff").unwrap(), 0);
        assert_eq!(store.wrong_tries(WrongTries::Pin, "").unwrap(), 1);
    }

    #[test]
    fn settings_are_replaced_and_audit_is_only_appended_to() {
        let (store, _folder) = store();
        assert_eq!(store.setting("language").unwrap(), None);
        store.set_setting("language", "en").unwrap();
        store.set_setting("language", "zh-CN").unwrap();
        assert_eq!(store.setting("language").unwrap().as_deref(), Some("zh-CN"));
        store.audit("release", "a", at(0)).unwrap();
        store.audit("release", "b", at(1)).unwrap();
        let log = store.audit_log(1).unwrap();
        assert_eq!(
            log,
            [AuditLine {
                at: at(1),
                what: "release".into(),
                about: "b".into()
            }]
        );
    }
}
