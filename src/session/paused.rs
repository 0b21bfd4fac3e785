//! Out of order, and it says why. Only an attendant can do something here.

/// The booth serves nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paused {
    /// Why; at least one.
    pub reasons: Vec<PausedReason>,
}

/// Why the booth serves nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PausedReason {
    /// Faults in kiosk-config, each in words with file and key.
    Config(Vec<String>),
    /// The booth's own records cannot be read or written.
    StoreBroken,
    /// The booth's own records cannot be opened. They are left as they are.
    Records(RecordsFault),
    /// A worker ended.
    WorkerLost(String),
    /// Switched off by the attendant.
    OutOfService,
    /// No room for another session.
    DiskLow,
}

/// Why the records cannot be opened: each has a remedy of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordsFault {
    /// Another gradbooth uses them.
    InUse,
    /// The file is not a booth's.
    Foreign,
    /// Written by a newer gradbooth.
    Newer,
    /// Damaged.
    Damaged,
    /// Sealed with another key.
    WrongKey,
    /// Their key cannot be read.
    NoKey,
    /// Something else of the disk.
    Disk,
}

impl PausedReason {
    /// A running session may end in peace; the next one does not begin.
    pub const fn can_wait(&self) -> bool {
        match self {
            Self::OutOfService | Self::DiskLow => true,
            Self::Config(_) | Self::StoreBroken | Self::Records(_) | Self::WorkerLost(_) => false,
        }
    }
}
