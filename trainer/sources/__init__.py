"""Where packets come from: the simulated pad, a recording."""
