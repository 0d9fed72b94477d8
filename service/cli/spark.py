"""spark-price: the answers of price-file, worked out by Spark."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from catalog.pricing.spark import check_installed
from catalog.snapshots.store import POINTER
from service.cli.base import (
    Catalogue,
    clock_options,
    clocks_told,
    json_option,
    moment_of,
    open_catalogue,
    print_json,
    tell,
)


@click.command(name="spark-price")
@click.argument("source", metavar="IN")
@click.option("-o", "--output", required=True, metavar="OUT", help="Folder of Parquet to make; it must not be there.")
@click.option("--master", metavar="URL", help="Such as local[2] (default: what spark-submit says, else local[*]).")
@click.option("--in-order", is_flag=True, help="Sort the answers by the number of their line: a shuffle of them all.")
@clock_options
@json_option
def spark_price(
    source: str,
    output: str,
    master: str | None,
    in_order: bool,
    as_of: date | None,
    known_at: datetime | None,
    release: str | None,
    as_json: bool,
) -> None:
    """Price IN by Spark: a file of lines (CSV, NDJSON, Parquet), or a folder of Parquet named *.parquet."""
    check_installed()
    catalogue = open_catalogue()
    snapshot = catalogue.refresh()
    moment = moment_of(snapshot, as_of, known_at, release)
    from catalog.pricing.spark.job import price_with_spark
    from catalog.pricing.spark.session import open_spark

    spark = open_spark(master)
    try:
        statuses = price_with_spark(
            spark, snapshot_file(catalogue), source, output, moment.release, moment.as_of, in_order=in_order
        )
    finally:
        spark.stop()
    clocks = clocks_told(snapshot, moment, known_at, release)
    counts = dict(sorted(statuses.items()))
    if as_json:
        print_json({"output": output, "total": statuses.total(), "statuses": counts, **clocks})
    else:
        told = ", ".join(f"{number} {status}" for status, number in counts.items()) or "nothing"
        tell(f"{statuses.total()} lines priced as known at release {moment.release}: {told}.")


def snapshot_file(catalogue: Catalogue) -> Path:
    """The file of the snapshot served."""
    folder = catalogue.settings.snapshot_dir
    return folder / (folder / POINTER).read_text().strip()
