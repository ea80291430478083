"""Devices and shoes: catalogue, checks, characteristics, comparison."""
