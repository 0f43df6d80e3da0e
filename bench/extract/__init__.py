"""Extraction measured on gold and on generated plans: F1 by field, family and kind of input."""
