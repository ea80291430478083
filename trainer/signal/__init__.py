"""Causal filters that keep their state."""
