//! Why the booth cannot start, as the out-of-order screen says it.

use crate::session::{PausedReason, RecordsFault};
use crate::store::StoreError;

/// The faults of a settings file, to be shown line by line.
#[derive(Debug, thiserror::Error)]
#[error("faults in the configuration")]
pub(super) struct ConfigFaults(pub Vec<String>);

/// What the attendant is told of a fault.
pub(super) fn reason(fault: &anyhow::Error) -> PausedReason {
    if let Some(ConfigFaults(faults)) = fault.downcast_ref() {
        return PausedReason::Config(faults.clone());
    }
    match fault.downcast_ref::<StoreError>() {
        Some(fault) => PausedReason::Records(records_fault(fault)),
        None => PausedReason::Config(vec![format!("{fault:#}")]),
    }
}

fn records_fault(fault: &StoreError) -> RecordsFault {
    match fault {
        StoreError::InUse { .. } => RecordsFault::InUse,
        StoreError::Foreign { .. } => RecordsFault::Foreign,
        StoreError::Newer { .. } => RecordsFault::Newer,
        StoreError::WrongKey => RecordsFault::WrongKey,
        StoreError::Key { .. } => RecordsFault::NoKey,
        StoreError::Damaged | StoreError::Unreadable(_) => RecordsFault::Damaged,
        StoreError::DiskFull
        | StoreError::Unlawful(_)
        | StoreError::Folder(_)
        | StoreError::Sqlite(_) => RecordsFault::Disk,
    }
}
