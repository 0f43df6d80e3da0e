"""Restorers side by side: `python -m bench.restore`."""
