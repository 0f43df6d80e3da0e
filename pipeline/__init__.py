"""kehoach: from scanned Vietnamese administrative plans to a normalized dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.restoration import restore

__version__ = "0.1.0"
__all__ = ["__version__", "restore"]


def __getattr__(name: str) -> Any:
    """Load `restore` when it is first asked for, so that a short command does not pay for the language model."""
    if name == "restore":
        from pipeline.restoration import restore

        return restore
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
