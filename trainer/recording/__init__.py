"""The files of a recording: live, cut off, and plain CSV from elsewhere."""
