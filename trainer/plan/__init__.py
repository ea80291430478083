"""The next weeks from the diary: ladder, calendar, dial-back, plateau."""
