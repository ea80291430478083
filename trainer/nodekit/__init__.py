"""The foot node as a thing one owns: its files on a board, what it says of itself, its name."""
