"""Plain text: binary, odd encodings, floods, and files of other kinds that look like text."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import EMPTY, OK, TIMEOUT, TOO_LARGE, UNSUPPORTED, Case, case

UNDECODABLE = "quarantined: undecodable_text"
PLAN = "KẾ HOẠCH\nTổ chức hội nghị điển hình tiên tiến\n1. Số lượng: không quá 150 đại biểu.\n"
HELD = "150 đại biểu"


def encodings() -> Iterator[Case]:
    for name, encoding in {"le": "utf-16-le", "be": "utf-16-be"}.items():
        mark = b"\xff\xfe" if name == "le" else b"\xfe\xff"
        yield case(f"utf-16-{name}.txt", mark + PLAN.encode(encoding), OK, holds=HELD, quick=True)
        yield case(f"utf-16-{name}-unmarked.txt", PLAN.encode(encoding), OK, UNSUPPORTED, UNDECODABLE)
        yield case(f"utf-16-{name}-half-a-unit.txt", mark + PLAN.encode(encoding)[:-1], UNDECODABLE, OK)
        yield case(f"utf-32-{name}.txt", PLAN.encode(encoding.replace("16", "32")), OK, UNSUPPORTED, UNDECODABLE)
    yield case("utf-16-lone-surrogates.txt", b"\xff\xfe" + b"\x00\xd8" * 50 + b"A\0", UNDECODABLE)
    yield case("utf-8-mark.txt", b"\xef\xbb\xbf" + PLAN.encode(), OK, holds=HELD)
    yield case("utf-8-mark-only.txt", b"\xef\xbb\xbf", EMPTY, quick=True)
    yield case("utf-8-one-byte-lost.txt", (PLAN * 20).encode()[:700] + (PLAN * 20).encode()[701:], OK, holds=HELD)
    yield case("utf-8-overlong.txt", PLAN.encode() + b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80", OK)
    yield case("utf-8-surrogates.txt", PLAN.encode() + b"\xed\xa0\x80\xed\xb0\x80", OK)
    yield case("utf-8-twice.txt", PLAN.encode().decode("latin-1").encode(), OK)
    yield case("windows-1258.txt", "Ke hoach to chuc hoi nghi, dai bieu \xd0\xf0".encode("latin-1"), OK)
    yield case("letters-of-dos.txt", bytes(range(0x80, 0x100)) * 4, OK, UNSUPPORTED)


def binaries() -> Iterator[Case]:
    yield case("nuls.txt", bytes(5_000), EMPTY, UNSUPPORTED, quick=True)
    yield case("nuls-between.txt", PLAN.replace(" ", "\0").encode(), OK, UNSUPPORTED)
    yield case("nuls-later.txt", PLAN.encode() * 200 + bytes(5_000), OK, UNSUPPORTED)
    yield case("all-bytes.txt", bytes(range(256)) * 40, UNSUPPORTED)
    state, noise = 1, bytearray()
    for _ in range(20_000):
        state = state * 1_103_515_245 + 12_345 & 0x7FFFFFFF
        noise.append(state >> 16 & 0xFF)
    yield case("noise.txt", bytes(noise), UNSUPPORTED, quick=True)
    yield case("text-then-noise.txt", PLAN.encode() * 120 + bytes(noise), OK, UNSUPPORTED, TIMEOUT)
    for name, start in {
        "program": b"\x7fELF\x02\x01\x01", "windows-program": b"MZ\x90\0\x03", "gzip.txt": b"\x1f\x8b\x08\0",
        "seven-zip": b"7z\xbc\xaf\x27\x1c", "rar": b"Rar!\x1a\x07\0", "music.mp3": b"ID3\x03\0\0\0",
        "database": b"SQLite format 3\0",
    }.items():  # fmt: skip
        yield case(f"{name}.txt" if "." not in name else name, start + bytes(noise[:3_000]), UNSUPPORTED)
    yield case("page.html", b"<!DOCTYPE html><html><body>404</body></html>", UNSUPPORTED)
    yield case("page.pdf", b"<html><body>Not found</body></html>", UNSUPPORTED, quick=True)
    yield case(
        "feed.txt",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        UNSUPPORTED,
    )
    yield case("rich.doc", b"{\\rtf1\\ansi K\\u7871?}", UNSUPPORTED)


def floods() -> Iterator[Case]:
    """Megabytes of one thing: read, or given up in time."""
    yield case("line-of-10-megabytes.txt", lambda: b"ke hoach to chuc hoi nghi " * 400_000, OK, TIMEOUT)
    yield case("word-of-10-megabytes.txt", lambda: b"a" * 10_000_000, OK, TIMEOUT)
    yield case("digits-of-1-megabyte.txt", lambda: b"1" * 1_000_000, OK, TIMEOUT)
    yield case("dots-of-1-megabyte.txt", lambda: b"." * 1_000_000, OK, TIMEOUT)
    yield case("brackets.txt", b"(" * 200_000 + b")" * 200_000, OK, TIMEOUT)
    yield case("spaces-then-a-word.txt", b" " * 2_000_000 + PLAN.encode(), OK, TIMEOUT)
    yield case("empty-lines.txt", b"\n" * 1_000_000 + PLAN.encode(), OK, TIMEOUT)
    yield case("form-feeds.txt", b"\f" * 100_000 + PLAN.encode(), OK, "quarantined: too_many_pages")
    yield case("page-numbers.txt", b"".join(b"%d\f" % n for n in range(1_000)), OK)
    yield case("tabs.txt", b"\t" * 300_000 + PLAN.encode(), OK, TIMEOUT)
    yield case("slashes.txt", b"1/1/1/1/KH-UB" * 40_000, OK, TIMEOUT)
    yield case("percents.txt", b"70% " * 200_000, OK, TIMEOUT)
    yield case(
        "headings.txt",
        "".join(f"{n}. Số lượng: không quá {n} đại biểu.\n" for n in range(20_000)).encode(),
        OK,
        TIMEOUT,
        TOO_LARGE,
    )
    yield case(
        "legal-bases.txt", "Căn cứ Kế hoạch số 1/KH-UBND ngày 1/1/2020 của UBND tỉnh;\n".encode() * 5_000, OK, TIMEOUT
    )
    yield case("marks-upon-marks.txt", ("a" + "\u0301\u0323\u0309" * 100_000 + " " + PLAN).encode(), OK, TIMEOUT)
    yield case("asterisks.md", b"*" * 100_000 + b" a\n" + PLAN.encode(), OK, TIMEOUT)
    yield case("links.md", b"[" * 30_000 + b"](" * 30_000 + PLAN.encode(), OK, TIMEOUT)
    yield case("underscores.md", b"_a " * 60_000 + PLAN.encode(), OK, TIMEOUT)
    yield case("too-large.txt", lambda: b"ke hoach\n" * 5_600_000, TOO_LARGE)


def letters() -> Iterator[Case]:
    yield case("right-to-left.txt", ("\u202e" + PLAN + "\u2066\u200f" * 100).encode(), OK)
    yield case("no-width.txt", "\u200b\u200d\ufeff".join(PLAN).encode(), OK)
    yield case("emoji.txt", ("👩‍👩‍👧‍👦🇻🇳" * 500 + PLAN).encode(), OK, holds=HELD)
    yield case("terminal-codes.txt", b"\x1b[2J\x1b]0;owned\x07\x1b[31m" + PLAN.encode(), OK, UNSUPPORTED)
    yield case("bells.txt", b"\x07\x08" * 50 + PLAN.encode() * 10, OK, UNSUPPORTED)
    yield case("chinese.txt", "会议计划 代表人数。\n".encode() * 200, OK)
    yield case("english.txt", b"The committee shall meet twice a year.\n" * 50, OK)
    yield case("formula.txt", b'=cmd|"/c calc"!A1\n@SUM(1)\n+1-1\n', OK)
    yield case("only-a-dot.txt", b".", OK)
    yield case("line-ends-of-mac.txt", PLAN.replace("\n", "\r").encode(), OK, holds=HELD)
    yield case("private-use.txt", ("\ue000\uf8ff\U0010ffff" * 300 + PLAN).encode(), OK)
    yield case("no-characters.txt", ("\ufffe\uffff" * 100 + PLAN).encode(), OK)
    yield case("spaces.txt", b" \r\n\t\f" * 30, EMPTY)
    yield case("no-bytes.txt", b"", EMPTY, quick=True)


def cases() -> Iterator[Case]:
    """Yield the hostile texts."""
    yield from encodings()
    yield from binaries()
    yield from floods()
    yield from letters()
