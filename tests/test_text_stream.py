"""Text as a stream: encodings told by the beginning, memory that does not grow with the file, what is no text."""

import io
import random
import tracemalloc
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import ExitStatus, InputFileError
from pipeline.lexicon.encodings import encode
from pipeline.restoration.text_stream import PEEK_BYTES, text_stream

PLAN = "Kế hoạch tổ chức Hội nghị điển hình tiên tiến các cấp\nỦy ban nhân dân huyện; đại biểu dự hội nghị\n"
STRIPPED = "ke hoach to chuc hoi nghi\n" * 4


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(PLAN.encode(), PLAN, id="UTF-8"),
        pytest.param(PLAN.encode("utf-8-sig"), PLAN, id="UTF-8 with a mark"),
        pytest.param(PLAN.encode("utf-16"), PLAN, id="UTF-16"),
        pytest.param(STRIPPED.encode("utf-16-le"), STRIPPED, id="UTF-16 without one"),
        pytest.param(b"", "", id="nothing"),
        pytest.param(encode(PLAN, "tcvn3").encode("cp1252", "ignore"), encode(PLAN, "tcvn3"), id="TCVN3"),
        pytest.param(PLAN.encode()[:-40] + b"\xe1" + PLAN.encode() * 9, None, id="a byte lost"),
    ],
)
def test_encoding_is_told_by_the_beginning(data: bytes, expected: str | None) -> None:
    text = text_stream(io.BytesIO(data)).read()
    assert text == expected if expected is not None else text.count(PLAN) == 9


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(random.Random(1).randbytes(3 * PEEK_BYTES), id="noise"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00" + random.Random(2).randbytes(9000), id="a Word file"),
        pytest.param(bytes(4000), id="zeros"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputFileError, match="no text"):
        text_stream(io.BytesIO(data))


def test_memory_does_not_grow_with_a_file_in_an_older_encoding() -> None:
    data = io.BytesIO(encode(PLAN, "tcvn3").encode("cp1252", "ignore") * 100_000)
    text_stream(io.BytesIO(data.getvalue()[:1000])).read()  # what is loaded once does not count
    tracemalloc.start()
    stream = text_stream(data)
    while stream.read(80_000):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.model
def test_another_language_is_left_alone_and_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = tmp_path / "en.txt"
    english.write_text("The committee shall report to the council before the end of the year.\n" * 3, encoding="utf-8")
    assert main(["restore", str(english)]) == ExitStatus.OK
    captured = capsys.readouterr()
    assert captured.out == english.read_text("utf-8")
    assert "left alone" in captured.err
