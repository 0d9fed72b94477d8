"""What ``spark-submit`` runs on a cluster: a snapshot file in place of a database.

spark-submit … -m catalog.pricing.spark IN OUT --snapshot FILE --as-of DAY [--release N] [--in-order]
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from catalog.errors import CatalogError
from catalog.pricing.spark.job import price_with_spark
from catalog.pricing.spark.session import open_spark
from catalog.pricing.spark.shipping import open_snapshot
from catalog.temporal import parse_day


def main(words: Sequence[str] | None = None) -> int:
    """The exit status: 1 for a refusal, told in a sentence on standard error."""
    parser = ArgumentParser(prog="catalog.pricing.spark", description="Price lines by Spark, from a snapshot file.")
    parser.add_argument("source", metavar="IN", help="lines: Parquet (file or folder), CSV or NDJSON")
    parser.add_argument("target", metavar="OUT", help="folder of Parquet to make")
    parser.add_argument("--snapshot", required=True, type=Path, help="a snapshot file, on the driver")
    parser.add_argument("--as-of", required=True, help="day of care of the lines that name none")
    parser.add_argument("--release", type=int, help="what release N knew (default: the newest in the snapshot)")
    parser.add_argument("--master", help="Spark's master, where spark-submit names none")
    parser.add_argument("--in-order", action="store_true", help="sort the answers by the number of their line")
    asked = parser.parse_args(words)
    try:
        day, snapshot = parse_day(asked.as_of), open_snapshot(asked.snapshot)
        release = snapshot.release(asked.release or snapshot.head).seq
        spark = open_spark(asked.master)
        statuses = price_with_spark(
            spark, asked.snapshot, asked.source, asked.target, release, day, in_order=asked.in_order
        )
    except CatalogError as error:
        sys.stderr.write(f"Refused: {error}\n")
        return 1
    told = ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
    sys.stdout.write(f"{statuses.total()} lines priced as known at release {release}: {told}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
