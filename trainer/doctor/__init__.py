"""Diagnosis: what a pad's samples and this machine show; it measures nothing itself."""
