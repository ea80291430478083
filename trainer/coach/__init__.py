"""Events to cues: exercises, sets and rests, safety."""
