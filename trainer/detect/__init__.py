"""Blocks to events: holds and their measures."""
