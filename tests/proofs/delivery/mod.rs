//! No submission lost, none doubled, none readable by a thief: the real booth in a process of its own, the real service,
//! and between them everything that goes wrong in a year at a campus. What is true afterwards is read from the two
//! databases and from nowhere else.

mod booth;
mod certificates;
mod child;
mod disk;
mod flips;
mod histories;
mod kills;
mod line;
mod lines;
mod office;
mod offline;
mod thief;
mod tls;
mod verdict;
