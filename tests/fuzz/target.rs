//! One fuzz target: the entry of `tests/hostile` that has this program's name.
#![no_main]

#[path = "../hostile/entries.rs"]
mod entries;

use entries::ENTRIES;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let name = env!("CARGO_BIN_NAME");
    let entry = ENTRIES.iter().find(|entry| entry.name == name).expect("an entry of this name");
    (entry.run)(bytes);
});
