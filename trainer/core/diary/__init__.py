"""The diary: what is noted of an athlete besides samples, one small record at a time."""
