"""An independent count, straight from two BDPM files: nothing here knows the project.

Run it by itself: ``python tests/integration/imports/bdpm_count.py OLDER/CIS_CIP_bdpm.txt.gz NEWER/…``
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

CIP13, PRICE = 6, 9


def prices(path: Path) -> dict[str, str]:
    """The printed price by 13-digit code, as digits only; "" for none and for 0,00."""
    lines = gzip.decompress(path.read_bytes()).decode("cp1252").split("\n")
    rows = [line.split("\t") for line in lines if line.strip()]
    return {row[CIP13]: "".join(sign for sign in row[PRICE] if sign.isdigit()).lstrip("0") for row in rows}


def count(older: Path, newer: Path) -> dict[str, int]:
    before, after = prices(older), prices(newer)
    both = before.keys() & after.keys()
    return {
        "added": len(after.keys() - before.keys()),
        "removed": len(before.keys() - after.keys()),
        "price changed": sum(before[code] != after[code] for code in both),
    }


if __name__ == "__main__":
    sys.stdout.write(f"{count(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
