//! Every number of the image standards, one preset a file, unit in the name, clause in the doc line.
