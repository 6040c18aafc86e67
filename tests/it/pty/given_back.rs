//! Whatever ends the program, the terminal is as it was.
