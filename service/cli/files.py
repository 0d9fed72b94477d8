"""Files that commands write: a place that cannot take one is told before the work begins, in a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from catalog.errors import InvalidError


class TargetType(click.ParamType[Any]):
    """A file to write, in a folder that is there."""

    name = "FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(value)
        if path.is_dir():
            self.fail(f"{str(path)!r} is a folder: name a file in it.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"there is no folder {str(path.parent)!r}.", param, ctx)
        if not os.access(path.parent, os.W_OK):
            self.fail(f"nothing may be written into {str(path.parent)!r}.", param, ctx)
        return path


TARGET = TargetType()


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """What the system refuses meanwhile becomes a sentence."""
    try:
        yield
    except OSError as error:
        raise InvalidError(f"{path} cannot be written: {error.strerror or error}.") from error
