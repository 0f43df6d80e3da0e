"""Recognition of page images: `recognize_page`, and `check` for what it needs on this machine."""

from pipeline.ocr.page import recognize_page
from pipeline.ocr.tesseract import check

__all__ = ["check", "recognize_page"]
