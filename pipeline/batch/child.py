"""The life of the child process that reads one document.

It leaves its pages and its record in the work folder, each renamed into place, so that what is there is complete:

``pages/0001.page``
    a finished page; the next start takes it as it is.
``page``
    the number of the page that it is working on (0: on the whole); who dies leaves the name of the culprit behind.
``lost/0037``
    a page that killed or hung a child; it is left out from then on, with its reason.
``record.json``, ``fault.json``
    the end: the record, or the reason why there is none.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import pickle
import re
import resource
import shutil
import signal
import tempfile
import traceback
from functools import partial
from pathlib import Path
from typing import NoReturn

from pipeline import logs, read
from pipeline.batch.intake import copy
from pipeline.batch.job import Job
from pipeline.data import Page
from pipeline.errors import DISK_ERRORS, InputFileError, MissingResourceError
from pipeline.read.faults import page_issue
from pipeline.record import Source
from pipeline.run import process

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
SUFFIX_RE = re.compile(r"\.[A-Za-z0-9]{1,8}")
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def live(job: Job, progress: int) -> NoReturn:
    """Process *job* and leave; the caller has just forked. A byte goes to *progress* for each finished page."""
    try:
        _confine(job)
        _work(job, progress)
    except BaseException:
        write_whole(job.work / "fault.json", json.dumps({"reason": "bug", "message": traceback.format_exc()}))
    finally:
        os._exit(0)  # nothing of the parent's (buffers, handlers, open tables) is to be finished twice


def _confine(job: Job) -> None:
    """Give the child a process group, limits, no terminal, no network, and an end when the parent ends."""
    logs.about(job.entry.shown)
    os.setpgid(0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if libc.unshare(CLONE_NEWNET) != 0:  # root may cut the network alone, others within a user namespace
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)  # not every system allows it: then the child keeps the network
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_DFL)
    limits = job.limits
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_size, limits.file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # stdout is for data: what a library prints there belongs into the log
    temporary = job.work / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    os.environ["TMPDIR"] = os.environ[WORK_VARIABLE] = str(temporary)
    tempfile.tempdir = None  # the parent may have asked for its own already


def _work(job: Job, progress: int) -> None:
    suffix = Path(job.entry.shown).suffix
    document = job.work / f"document{suffix if SUFFIX_RE.fullmatch(suffix) else ''}"  # Markdown is known by its name
    fault: InputFileError | MissingResourceError
    try:
        if copy(job.entry, document) != job.doc_id:
            raise InputFileError("changing", "it changed since the folder was listed; the next run takes it")
        source = Source(path=job.entry.shown, sha256=job.doc_id, media_type=read.sniff(document))
        done = finished_pages(job.work)
        begin_page(job.work, 0)

        def keep(page: Page) -> None:
            if page.number not in done:
                write_whole(job.work / "pages" / f"{page.number:06}.page", pickle.dumps(page))
            begin_page(job.work, 0)
            os.write(progress, b".")

        begin = partial(begin_page, job.work)
        record = process(document, source, job.options, done=done, begin=begin, on_page=keep)
        write_whole(job.work / "record.json", record.to_json())
        return
    except InputFileError as error:
        fault, reason = error, error.reason
    except MissingResourceError as error:
        fault, reason = error, "missing_resource"
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError as error:
        if error.errno in DISK_ERRORS:
            os._exit(DISK_FAILED)
        raise
    message = str(fault).replace(document.name, Path(job.entry.shown).name)  # the copy's name tells nobody anything
    write_whole(job.work / "fault.json", json.dumps({"reason": reason, "message": message}))


WORK_VARIABLE = "KEHOACH_WORK"
"""In the environment of whatever a child starts, so that what it leaves behind can be told from other processes."""

OUT_OF_MEMORY = 99
"""Exit status of a child that ran into its memory limit: the page at hand is the culprit, as after a crash."""


DISK_FAILED = 98
"""Exit status of a child that could not write into its work folder."""


def begin_page(work: Path, number: int) -> None:
    """Note the page at hand (0: none), so that whoever finds the child dead knows what killed it."""
    write_whole(work / "page", str(number))


def finished_pages(work: Path) -> dict[int, Page]:
    """Return the pages that earlier starts finished, and empty ones for those that killed them."""
    pages: dict[int, Page] = {}
    for file in sorted((work / "pages").glob("*.page")):
        page = pickle.loads(file.read_bytes())  # our own file, in a folder of our own
        pages[page.number] = page
    for file in sorted((work / "lost").glob("*")):
        reason = file.read_text("utf-8")
        pages[int(file.name)] = Page(int(file.name), (), "ocr", f"lost: {reason}", issues=(page_issue("P190", reason),))
    return pages


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file under another name, then rename it into place."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content.encode() if isinstance(content, str) else content)
    temporary.replace(path)
