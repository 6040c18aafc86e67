//! Nothing from a text reaches the terminal as a control sequence.
