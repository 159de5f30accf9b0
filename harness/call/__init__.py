"""The engine: a call as a function of what arrived, with no clock, no I/O and no chance of its own."""
