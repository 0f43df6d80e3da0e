"""The README says only what the program accepts."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pipeline.cli import command_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ kehoach (.+?)(?:\s+#.*)?$", README, re.MULTILINE)
OPTIONS = re.findall(r"^ {6}(--[a-z-]+(?: [^ #]+)?) +#", README, re.MULTILINE)
TARGETS = re.findall(r"`make ([a-z-]+)`", README)


def test_there_is_something_to_check() -> None:
    assert COMMANDS
    assert OPTIONS
    assert TARGETS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one(command: str) -> None:
    words = shlex.split(re.split(r" [|>] ", command)[0])
    assert command_parser().parse_args(words).command


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_one(option: str) -> None:
    assert command_parser().parse_args(["run", "plans/", "-o", "dataset/", *shlex.split(option)]).command


@pytest.mark.parametrize("target", sorted(set(TARGETS)))
def test_every_make_target_is_one(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_every_link_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()
