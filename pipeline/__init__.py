"""kehoach: from scanned Vietnamese administrative plans to a normalized dataset."""

__version__ = "0.1.0"
