"""Measures how well and how fast Butler does it; arithmetic keeps to one thread, as it does when Butler runs."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
