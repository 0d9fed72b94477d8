"""Memory stays where it is while files grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT

HEADER = "id,kind,code,as_of,organisme,quantity\n"
CHILD = """
import sys
from pathlib import Path
from tests.unit.pricing.files_of_lines import DAY, pack, price_file
price_file(pack(), Path(sys.argv[1]), Path(sys.argv[2]), pack().head, DAY, in_columns=True)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def lines(path: Path, count: int) -> Path:
    """So many lines of one medicine, over the days of ten years."""
    with path.open("w", encoding="utf-8") as target:
        target.write(HEADER)
        for number in range(count):
            day = f"{2008 + number % 10}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            target.write(f"{number},medicament,6118000100058,{day},cnops,{1 + number % 3}\n")
    return path


def megabytes(source: Path, target: Path) -> int:
    """The most memory of a process that prices a file."""
    words = [sys.executable, "-c", CHILD, str(source), str(target)]
    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    return int(told.stdout) // 1024


@pytest.mark.slow
@pytest.mark.parametrize("form", [".csv", ".ndjson", ".parquet"])
def test_three_times_the_lines_take_the_same_memory(tmp_path: Path, form: str) -> None:
    pl = pytest.importorskip("polars")
    pytest.importorskip("numpy")
    held = []
    for count in (800_000, 2_400_000):
        source = lines(tmp_path / "lines.csv", count)
        if form == ".parquet":
            frame = pl.scan_csv(source, infer_schema=False)
            source = tmp_path / "lines.parquet"
            frame.with_columns(pl.col("as_of").str.to_date(), pl.col("quantity").cast(pl.Int64)).sink_parquet(source)
        held.append(megabytes(source, tmp_path / f"answers{form}"))
    assert held[1] < held[0] + 200, held
