"""Recognition, measured on one thread as the command line runs it: numpy and Tesseract ask once, at their start."""

import os

for _variable in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
