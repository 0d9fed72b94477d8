"""Runs every benchmark and writes ``docs/performance.md``."""

from __future__ import annotations

import argparse
import platform
import re
import sys
import tempfile
from pathlib import Path

from benchmarks import console_lists, import_reports, imports, review, search, truth
from benchmarks.measure import HEADER, Line

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

INTRODUCTION = f"""# Performance

Written by `make bench`, on SQLite, Python {platform.python_version()}. Machines differ and are noisy: what counts is
the ratio to something measured in the same run. The limit of a durable write is a plain SQLite insert of as many rows,
without schema, triggers, digests or history.
"""


BENCHMARKS = {
    "imports": imports,
    "reports": import_reports,
    "lists": console_lists,
    "review": review,
    "truth": truth,
}
"""Those that measure lines of the table."""
PARTS = {"search": search}
"""Those that have a part of the page to themselves."""


def main(arguments: list[str]) -> None:
    """Runs all, or those named. A whole run writes the page anew; a part named is written in its place."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [*BENCHMARKS, *PARTS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)}")
    parser.add_argument("--only", action="append", default=[], choices=names, help="the same")
    told = parser.parse_args(arguments)
    asked = [*told.names, *told.only]
    unknown = set(asked) - set(names)
    if unknown:
        sys.exit(f"No benchmark is named {', '.join(sorted(unknown))}: there are {', '.join(names)}.")
    lines = [line for name in BENCHMARKS if not asked or name in asked for line in measure(name)]
    parts = {name: tell(name) for name in PARTS if not asked or name in asked}
    if not asked:
        table = "\n".join([HEADER, *(line.row() for line in lines)])
        PAGE.write_text(f"{INTRODUCTION}\n{table}\n", encoding="utf-8")
    for name, text in parts.items():
        put_part(name, text)


def measure(name: str) -> list[Line]:
    """The lines of one benchmark, printed as they come."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for line in BENCHMARKS[name].run(Path(folder)):
            print(line.row(), flush=True)
            lines.append(line)
    return lines


def tell(name: str) -> str:
    """The part of the page of one benchmark, printed as it comes."""
    told = []
    with tempfile.TemporaryDirectory() as folder:
        for text in PARTS[name].part(Path(folder)):
            print(text, flush=True)
            told.append(text)
    return "\n".join(told)


def put_part(name: str, text: str) -> None:
    """Puts a part under its heading, in the place of the one that stood there."""
    heading = f"## {name.capitalize()}"
    parts = re.split(r"^(?=## )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = [part.strip() for part in parts if not part.startswith(f"{heading}\n")]
    PAGE.write_text("\n\n".join([*kept, f"{heading}\n\n{text}"]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
