"""The foot node: samples to frames to the radio; struct, integers and bytes only."""
