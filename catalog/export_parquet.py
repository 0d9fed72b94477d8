"""Exports as Parquet: typed columns, for programs that read tables by the million rows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from catalog.errors import CatalogError
from catalog.export_rows import columns, external
from catalog.fields import (
    DayField,
    DecimalField,
    EntryField,
    FlagField,
    MoneyField,
    NumberField,
    RateField,
    TextListField,
)
from catalog.kinds import Kind
from catalog.snapshots.reading import Version

ROWS_AT_ONCE = 20_000


class FormatUnavailableError(CatalogError):
    def __init__(self, name: str, extra: str) -> None:
        super().__init__(
            f"The format {name} needs a library that is not installed: pip install 'amo-catalog[{extra}]'."
        )


def write_parquet(kind: Kind, versions: Iterable[Version], target: BinaryIO) -> None:
    """Typed columns: exact decimals for dirhams and rates, dates, booleans, lists of texts; codes stay texts."""
    try:
        import polars
    except ImportError:
        raise FormatUnavailableError("parquet", "bulk") from None
    schema = _parquet_schema(kind)
    source = iter(versions)
    chunks = [polars.DataFrame([], schema=schema)]
    while rows := [_typed(kind, version) for version in islice(source, ROWS_AT_ONCE)]:
        chunks.append(polars.DataFrame(rows, schema=schema, orient="row"))
    polars.concat(chunks).write_parquet(target)


def _parquet_schema(kind: Kind) -> dict[str, Any]:
    import polars

    types: list[tuple[type[EntryField], Any]] = [
        (MoneyField, polars.Decimal(14, 2)),
        (DecimalField, polars.Decimal(14, 2)),
        (RateField, polars.Decimal(5, 4)),
        (NumberField, polars.Int64),
        (FlagField, polars.Boolean),
        (DayField, polars.Date),
        (TextListField, polars.List(polars.String)),
    ]
    schema: dict[str, Any] = dict.fromkeys(columns(kind), polars.String)
    for name, field in kind.fields.items():
        schema[name] = next((made for known, made in types if isinstance(field, known)), polars.String)
    return schema | {"valid_from": polars.Date, "valid_to": polars.Date}


def _typed(kind: Kind, version: Version) -> list[Any]:
    row = external(kind, version)
    for name, field in kind.fields.items():
        if isinstance(field, DayField):
            row[name] = version.payload[name]
        elif isinstance(field, MoneyField | DecimalField | RateField) and row[name] is not None:
            row[name] = Decimal(row[name])
    row["valid_from"] = version.period.start
    row["valid_to"] = None if version.period.is_open_ended else version.period.end
    return [row[name] for name in columns(kind)]
