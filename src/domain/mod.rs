//! The words of the field and their rules. Pure values: no file, thread, clock or network.
