"""One file per change of the library's tables."""
