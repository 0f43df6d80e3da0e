"""Recognition of page images: `recognize_page`, and `check` for what it needs on this machine."""

import cv2

from pipeline.ocr.page import recognize_page
from pipeline.ocr.tesseract import check

__all__ = ["check", "recognize_page"]

cv2.setNumThreads(1)  # pages are read side by side: threads of one page cost CPU and win nothing
