//! `gradbooth pin`: reads a PIN from standard input and prints the line that `booth.toml` keeps. The PIN itself is
//! kept nowhere, and never an argument: the shell's history would keep it.

use std::io::{self, BufRead, Write};

use crate::config::AttendantPin;

/// Reads a line, prints its hash. 0 all right, 2 no PIN.
pub fn run(input: &mut dyn BufRead, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let mut line = zeroize::Zeroizing::new(String::new());
    input.read_line(&mut line)?;
    match AttendantPin::hash(line.trim()) {
        Ok(pin) => writeln!(out, "pin_hash = \"{}\"", pin.as_str()).map(|()| 0),
        Err(bad) => writeln!(err, "{bad}").map(|()| 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_becomes_a_line_of_the_config_and_a_word_does_not() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(
            run(&mut "135790\n".as_bytes(), &mut out, &mut err).unwrap(),
            0
        );
        let line = String::from_utf8(out).unwrap();
        assert!(line.starts_with("pin_hash = \"$argon2id$") && !line.contains("135790"));
        assert_eq!(
            run(&mut "word\n".as_bytes(), &mut Vec::new(), &mut err).unwrap(),
            2
        );
        assert!(!err.is_empty());
    }
}
