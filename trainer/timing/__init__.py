"""Packets to blocks: device ticks to seconds, losses, gaps."""
