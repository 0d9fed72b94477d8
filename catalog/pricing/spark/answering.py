"""Answers in Spark: by a join with the intervals where lines are ordinary, by the pricer itself elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyspark.sql.functions as sf

from catalog.pricing.answers import OK
from catalog.pricing.file_reading import from_typed
from catalog.pricing.file_writing import AMOUNTS, COLUMNS, DAYS, flatten
from catalog.pricing.spark.intervals import Worth
from catalog.pricing.spark.shipping import appraiser_of, tarification_of
from catalog.pricing.spark.sources import Frame

INTERVALS = (
    "question string, since int, until int, status string, unit_price bigint, ceiling bigint, rate bigint,"
    " share_rate bigint, share_ceiling bigint, whole_until int, valid_from date, valid_to date,"
    " acte_juridique string, pricing_date_basis string, reasons string, warnings string"
)
_TYPES = dict.fromkeys(AMOUNTS, "decimal(24,2)") | dict.fromkeys(DAYS, "date") | {"rate": "decimal(5,4)"}
ANSWERS = ", ".join(["row bigint", *(f"{name} {_TYPES.get(name, 'string')}" for name in COLUMNS)])
"""The columns of a file of answers, behind the number of the line."""


def intervals_of(questions: Frame, snapshot: str, release: int) -> Frame:
    """The validity intervals of questions asked from a first to a last day."""

    def work_out(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        appraiser = appraiser_of(snapshot, release)
        kinds = ("string", "int32", "int32", "string", *["int64"] * 5, "int32", *["date32"] * 2, *["string"] * 4)
        names = ("question", "since", "until", *Worth._fields)
        schema = pyarrow.schema(list(zip(names, map(pyarrow.type_for_alias, kinds), strict=True)))
        for batch in batches:
            found = [
                dict(zip(names, (each.question, each.since, each.until, *each.worth), strict=True))
                for asked in batch.to_pylist()
                for each in appraiser.intervals(asked["question"], asked["first"], asked["last"])
            ]
            yield pyarrow.RecordBatch.from_pylist(found, schema=schema)

    return questions.mapInArrow(work_out, INTERVALS)


def joined(lines: Frame, intervals: Frame) -> Frame:
    """Each line with the interval its day falls in, if any; ``is_told`` where arithmetic alone answers it."""
    renamed = intervals.withColumnRenamed("question", "asked")
    is_within = (sf.col("question") == sf.col("asked")) & sf.col("day").between(sf.col("since"), sf.col("until") - 1)
    found = lines.join(renamed, is_within, "left")
    days_end = sf.col("day") + sf.col("quantity")
    is_whole = sf.col("whole_until").isNull() | (sf.col("quantity") == 1) | (days_end <= sf.col("whole_until"))
    has_price = (sf.col("status") != OK) | sf.col("billed").isNotNull() | sf.col("unit_price").isNotNull()
    return found.withColumn("is_told", sf.col("status").isNotNull() & is_whole & has_price)


def told(lines: Frame) -> Frame:
    """The answers to lines that have an interval, by exact arithmetic on whole centimes (``pricing.amounts``)."""
    is_paid = sf.col("status") == OK
    billed, quantity = sf.coalesce("billed", "unit_price"), sf.col("quantity").cast("bigint")
    # LEAST passes nulls over: a price billed is no base where there is no ceiling.
    base = sf.when(billed > sf.col("ceiling"), sf.col("ceiling")).when(sf.col("ceiling").isNotNull(), billed)
    base = sf.when(billed.isNull(), sf.col("ceiling")).otherwise(base)
    amo = sf.when(is_paid, _rated(base * quantity, sf.col("rate"))).otherwise(sf.lit(0))
    whole = sf.least(billed, sf.col("share_ceiling")) * quantity
    left = sf.greatest(sf.lit(0).cast("bigint"), whole - amo)
    has_share = is_paid & sf.col("share_rate").isNotNull()
    mutuelle = sf.when(has_share, sf.least(_rated(whole, sf.col("share_rate")), left)).otherwise(sf.lit(0))
    points = sf.when(is_paid, sf.col("rate")).otherwise(sf.lit(0))
    values = {
        "unit_price": _dirhams(sf.col("unit_price")),
        "base": _dirhams(base),
        "rate": _exact(points, "0.0001"),
        "amo": _dirhams(amo),
        "mutuelle": _dirhams(mutuelle),
        "patient": _dirhams(billed * quantity - amo - mutuelle),
        "as_of": sf.date_from_unix_date("day"),
        "errors": sf.lit(None),
    }
    cells = (values.get(name, sf.col(name)).cast(_TYPES.get(name, "string")).alias(name) for name in COLUMNS)
    return lines.select("row", *cells)


def _rated(cents: Any, points: Any) -> Any:
    """``money.apply_rate``: half-up to the centime, on whole numbers."""
    return sf.call_function("div", cents * points + 5000, sf.lit(10_000).cast("bigint"))


def _dirhams(cents: Any) -> Any:
    return _exact(cents, "0.01")


def _exact(whole: Any, unit: str) -> Any:
    return whole.cast("decimal(20,0)") * sf.lit(Decimal(unit))


def answered(
    lines: Frame,
    read: Callable[[int, Any], tuple[object, ...]],
    snapshot: str,
    release: int,
    default_as_of: date | None,
) -> Frame:
    """The answers of the pricer itself to lines, as ``read`` makes them of a row's number and of what came."""

    def price(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        tarification = tarification_of(snapshot, release)
        schema = pyarrow.schema([("row", pyarrow.int64()), *((name, _arrow_type(name)) for name in COLUMNS)])
        for batch in batches:
            answers = [
                {"row": number} | _typed(flatten(tarification.tell(raw, default_as_of)))
                for number, came in zip(batch["row"].to_pylist(), batch["came"].to_pylist(), strict=True)
                for raw in read(number, came)
            ]
            yield pyarrow.RecordBatch.from_pylist(answers, schema=schema)

    return lines.select("row", "came").mapInArrow(price, ANSWERS)


def typed_row(_number: int, came: Any) -> tuple[object, ...]:
    """What a row of Parquet says."""
    return (from_typed(came),)


def _arrow_type(name: str) -> Any:
    import pyarrow

    if name in AMOUNTS or name == "rate":
        return pyarrow.decimal128(5, 4) if name == "rate" else pyarrow.decimal128(24, 2)
    return pyarrow.date32() if name in DAYS else pyarrow.string()


def _typed(flat: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in flat.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in AMOUNTS or name == "rate":
        return Decimal(value)
    return date.fromisoformat(value) if name in DAYS else value
