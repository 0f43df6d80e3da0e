"""The fixed reason codes of the ledger: what each one means and what a person does about it.

Codes of reading (`pipeline.read`) name what is wrong with the file; those here what happened to its processing.
`TRANSIENT` reasons lie outside the document: it is due again at every run until they are gone.
"""

from __future__ import annotations

from pipeline.read.faults import FAULTS, PAGE_ISSUES

PROCESSING: dict[str, str] = {
    "unreadable": "the file cannot be opened or read; check its permissions and the disk",
    "not_regular": "not a regular file (link, pipe, socket, device); put the file itself into the folder",
    "changing": "still being written; the next run takes it",
    "pages_lost": "some pages could not be read, the others are in the dataset; see the record's issues",
    "timeout": "took longer than the limit; look at the file, then `kehoach status DATASET --retry ID`",
    "memory": "needed more memory than the limit; look at the file, then --retry with a higher --memory",
    "cpu_time": "used more CPU time than the limit; look at the file, then --retry",
    "file_size": "wrote a larger temporary file than the limit; look at the file, then --retry",
    "crash": "a library crashed on it; report it with the file if it may be shown",
    "crash_loop": "three starts without an end, so it is left alone; look at the file, then --retry",
    "bug": "a bug in kehoach; report the message below",
    "missing_resource": "a program, language, model or table is missing; see `kehoach doctor`",
}

REASONS = {**FAULTS, **PROCESSING}

LOSSES = frozenset(PAGE_ISSUES) - {"P105", "P107"}
"""Issues of a page that make its document partial; a page that was scaled down or blank lost nothing."""

PAGE_REASONS = {
    "P101": "too_large", "P102": "corrupt", "P106": "memory", "P108": "corrupt", "P109": "too_large", "P110": "corrupt",
    "P111": "corrupt",
}  # fmt: skip
"""The reason of a document all of whose pages are lost, by the issue of its first; `pages_lost` for others."""

TRANSIENT = frozenset({"unreadable", "changing", "missing_resource", "no_libreoffice"})
