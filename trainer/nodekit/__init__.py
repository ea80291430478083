"""The node's firmware: which board is plugged in, what belongs on it, and how it gets there."""
