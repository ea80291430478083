"""Results over weeks, and what they can show beyond their own error."""
