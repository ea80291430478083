"""Sensors on the radio: found, connected, watched, connected again."""
