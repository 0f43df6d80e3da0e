"""A warm, single-threaded process that forks a child a document: jobs come in on stdin, outcomes go out on stdout.

Ends when its stdin does, that is with the worker that started it.
"""

from __future__ import annotations

import os
import pickle
import sys

from pipeline.batch.children import Children
from pipeline.batch.job import Outcome
from pipeline.errors import DatasetError
from pipeline.logs import start_logging
from pipeline.run import warm


def serve() -> None:
    """Process jobs until stdin ends."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get between the answers
    start_logging()
    warm()
    children = Children(1)
    while True:
        try:
            job = pickle.load(source)  # from our own parent
        except EOFError:
            return
        answer: Outcome | DatasetError
        try:
            children.start(job)
            outcomes: list[Outcome] = []
            while len(children):
                outcomes += children.wait(60.0)
            answer = outcomes[-1]
        except DatasetError as error:  # a full disk is nothing to blame a document for: the run is told
            answer = error
        pickle.dump(answer, sink)
        sink.flush()


if __name__ == "__main__":
    serve()
