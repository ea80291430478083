"""The same session without a window: a live screen, or plain lines."""
