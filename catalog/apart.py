"""Work done in another process, which gives way to those that serve: in theirs it would be felt for seconds."""

from __future__ import annotations

import os
import subprocess
import sys

from catalog.errors import CatalogError

LONGEST_SECONDS = 600
POLITE = 5
"""How much the other process gives way."""


class BuilderDiedError(CatalogError):
    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"The process that builds {what} ended without one: {why}.")


def run_apart(what: str, module: str, *arguments: str, given: bytes | memoryview) -> bytes:
    """Runs a module of ours, which is given bytes on standard input; what it printed. Raises BuilderDiedError."""
    command = [sys.executable, "-m", module, *arguments]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own interpreter, no shell
            command, input=given, capture_output=True, timeout=LONGEST_SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        raise BuilderDiedError(what, f"it took more than {LONGEST_SECONDS} seconds") from None
    except OSError as error:
        raise BuilderDiedError(what, f"it could not be started ({error.strerror})") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise BuilderDiedError(what, f"status {done.returncode}, {said[-1] if said else 'without a word'}")
    return done.stdout


def give_way() -> None:
    """For the other process, before it begins."""
    os.nice(POLITE)
