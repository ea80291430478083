"""Bytes to packets and back; no IO."""
