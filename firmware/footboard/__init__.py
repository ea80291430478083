"""The parts of a board, by CircuitPython's own modules; none of it has run on a board yet."""
