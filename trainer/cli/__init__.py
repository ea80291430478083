"""The command `footspring`, one file per sub-command."""
