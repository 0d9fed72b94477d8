"""Workbooks, read by a child process so that a hostile one cannot take this process with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from catalog.importing.errors import UnreadableFileError
from catalog.importing.table import CellFault, Row, Table
from catalog.importing.xlsx_guard import open_workbook

MAX_SECONDS = 120
_ROOT = Path(__file__).resolve().parents[2]


def read_xlsx(path: Path, data: bytes, sheet: str | None = None) -> Table:
    """The rows of a sheet, numbers as exact text. Raises UnreadableFileError."""
    open_workbook(str(path), data).close()
    answer = _ask_child(path, data, sheet)
    if "found" in answer:
        raise UnreadableFileError(path, answer["found"], answer["remedy"])
    others = [name for name in answer["sheets"] if name != answer["sheet"]]
    return Table(
        path=path,
        shape="xlsx",
        rows=[Row(number, tuple(cells)) for number, cells in answer["rows"]],
        sheet=answer["sheet"],
        faults=[CellFault(**fault) for fault in answer["faults"]],
        notes=[f"Read the sheet {answer['sheet']!r}; left aside: {', '.join(others)}."] if others else [],
    )


def _ask_child(path: Path, data: bytes, sheet: str | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "catalog.importing.xlsx_child", path.name, sheet or ""]
    search = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own interpreter, no shell
            command,
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            env={**os.environ, "PYTHONPATH": search},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            path, f"the workbook takes more than {MAX_SECONDS} seconds to read", "Save the list as CSV"
        ) from error
    if done.returncode != 0:
        raise UnreadableFileError(
            path,
            "the workbook needs more memory or time than a list may take, or is damaged",
            "Open it, delete what is not the list, and save it as a new .xlsx or as CSV",
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
