"""A progress bar on a terminal, for what takes longer than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

import click

PATIENCE_SECONDS = 1.0


class Progress:
    """Counts what is done; draws a bar on standard error once a second has gone by."""

    def __init__(self, label: str, total: int) -> None:
        self.label = label
        self.total = total
        self._waiting = 0
        self._started = time.monotonic()
        self._bar: Any = None

    def __call__(self, done: int) -> None:
        """Count some more as done."""
        self._waiting += done
        if not self._is_wanted():
            return
        if self._bar is None:
            bar = click.progressbar(length=self.total, label=self.label, file=sys.stderr)
            self._bar = bar.__enter__()
        self._bar.update(self._waiting)
        self._waiting = 0

    def _is_wanted(self) -> bool:
        is_long = time.monotonic() - self._started >= PATIENCE_SECONDS
        return self._bar is not None or (is_long and sys.stderr.isatty())

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)
