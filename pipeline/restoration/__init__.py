"""Restoration: Vietnamese from stripped, garbled and legacy-encoded text, with an edit for every change."""

from pipeline.restoration.document import restore_document
from pipeline.restoration.edits import OffsetMap, Restoration, apply, edits_json, format_diff
from pipeline.restoration.text import restore

__all__ = ["OffsetMap", "Restoration", "apply", "edits_json", "format_diff", "restore", "restore_document"]
