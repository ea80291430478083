"""The library's changes of shape, one file each under versions, run by trainer/library/store.py."""
