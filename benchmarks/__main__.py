"""Runs every benchmark and writes ``docs/performance.md``; ``--only NAME`` puts one part in its place."""

from __future__ import annotations

import argparse
import importlib
import inspect
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import page
from benchmarks.measure import Target, not_measured

PARTS = {
    "lookup": "Lookup",
    "growth": "Growth",
    "truth": "Publishing",
    "snapshot": "Snapshot",
    "batch": "Batch",
    "http": "HTTP",
    "swap": "Publishing under load",
    "bulk": "Bulk",
    "search": "Search",
    "editing": "Editing",
}
"""The module of each part, and its heading on the page: in the order in which they run and stand there."""


@dataclass
class Told:
    """What a part told: its text, its rows among the targets, and what kept it from going to its end."""

    lines: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    fault: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def main(arguments: Sequence[str]) -> int:
    """Runs all parts, or those named; 1 when one of them failed. With ``--quick`` nothing is written."""
    told = _parser().parse_args(arguments)
    asked = [*told.names, *told.only] or list(PARTS)
    unknown = set(asked) - set(PARTS)
    if unknown:
        sys.exit(f"No benchmark is named {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}.")
    found: dict[str, Told] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in PARTS:
            if name in asked:
                found[PARTS[name]] = run(name, Path(folder), quick=told.quick)
    if not told.quick:
        _write(told.page, found, is_whole=len(found) == len(PARTS))
    return 1 if any(part.fault for part in found.values()) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PARTS)}")
    parser.add_argument("--only", action="append", default=[], choices=list(PARTS), help="the same")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that all runs; nothing is written")
    parser.add_argument("--page", type=Path, default=page.PAGE, help="where to write")
    return parser


def run(name: str, folder: Path, *, quick: bool = False) -> Told:
    """One part, printed as it comes. One that fails says so on the page, and the others go on."""
    told, start = Told(), time.monotonic()
    print(f"\n## {PARTS[name]}\n", flush=True)
    try:
        part = importlib.import_module(f"benchmarks.{name}").part
        wanted = {"quick": quick} if "quick" in inspect.signature(part).parameters else {}
        for one in part(folder, **wanted):
            print(one.row(name) if isinstance(one, Target) else one, flush=True)
            (told.targets if isinstance(one, Target) else told.lines).append(one)
    except Exception as error:
        traceback.print_exc()
        told.fault = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
        told.lines += ["", f"Measured only so far: the benchmark stopped ({told.fault})."]
        told.targets.append(not_measured("the rest of this part", "the benchmark stopped"))
    print(f"\n({name}: {time.monotonic() - start:.0f} s)", flush=True)
    return told


def _write(where: Path, found: dict[str, Told], *, is_whole: bool) -> None:
    if is_whole:
        page.write(
            where,
            {heading: told.text for heading, told in found.items()},
            {heading: told.targets for heading, told in found.items()},
        )
        return
    for heading, told in found.items():
        page.put(where, heading, told.text, told.targets, list(PARTS.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
