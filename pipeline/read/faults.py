"""The fixed codes of what can be wrong with an input file or one of its pages, and the cure of each.

A *fault* stops the file (`InputFileError.reason`); a *page issue* (``P1xx``) costs one page and keeps the others.
The ledger, the exit statuses and the tests rely on these codes; add to them, rename none.
"""

from __future__ import annotations

from pipeline.errors import InputFileError

FAULTS: dict[str, str] = {
    "not_a_file": "is not a regular file; name a file or a folder of files",
    "unreadable": "cannot be read; check that it exists and may be read",
    "empty_file": "holds no bytes; copy it again from its source",
    "unsupported_type": "is none of PDF, TIFF, JPEG, PNG, DOCX, DOC, TXT and MD; convert it to one of these",
    "encrypted": "is protected by a password; remove the password and put the file back",
    "corrupt": "is damaged beyond repair or cut off; copy it again from its source",
    "zero_pages": "has no pages; export it again",
    "too_many_pages": "has more pages than a plan can have; split it",
    "too_large": "is larger than this program reads; split it or reduce its resolution",
    "undecodable_text": "is no text in UTF-8, UTF-16 or a Vietnamese 8-bit encoding; save it as UTF-8",
    "no_libreoffice": "is an old Word file, which needs LibreOffice: install libreoffice-writer, or save it as DOCX",
    "libreoffice_failed": "could not be converted by LibreOffice; open it in Word and save it as DOCX",
}

PAGE_ISSUES: dict[str, str] = {
    "P101": "page too large to be rendered",
    "P102": "page cannot be read",
    "P103": "recognition failed",
    "P104": "page holds more characters than a page can; the rest was left out",
    "P105": "image scaled down to the largest size that is recognized",
    "P106": "out of memory on this page",
    "P107": "page is blank",
    "P108": "content of the page is damaged; some of its text may be missing",
    "P109": "content of the page unpacks to more than a page can hold; it was left out",
    "P110": "file is cut off or damaged; text or pages after this one may be missing",
    "P111": "image is cut off or damaged; a part of it may be missing",
    "P190": "the process that read this page was ended",
}


def fault(reason: str, name: str, detail: str = "") -> InputFileError:
    """Return the error for *reason*, its cure in the message.

    >>> str(fault("zero_pages", "a.pdf"))
    'a.pdf has no pages; export it again'
    """
    return InputFileError(reason, f"{name} {FAULTS[reason]}" + (f" ({detail})" if detail else ""))


def page_issue(code: str, detail: str = "") -> tuple[str, str]:
    """Return a page issue as `Page.issues` holds it.

    >>> page_issue("P101", "14400 x 14400 points")
    ('P101', 'page too large to be rendered (14400 x 14400 points)')
    """
    return code, PAGE_ISSUES[code] + (f" ({detail})" if detail else "")
