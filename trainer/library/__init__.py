"""The database of athletes, sessions and maximal presses."""
