"""Watch files, and what they tell of the runs."""
