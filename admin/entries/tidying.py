"""The shortest address of the same list: what a form sends without need is left out."""

from __future__ import annotations

from datetime import date

from admin.entries.address import Address
from admin.entries.asking import SIZES
from admin.entries.columns import default_columns
from catalog.kinds import Kind


def tidy(kind: Kind, address: Address, today: date) -> Address:
    """Without today's date, the usual columns and the usual size, which are what an address means without them."""
    usual = [("size", str(SIZES[0])), ("as_of", today.isoformat())]
    chosen = [value for name, value in address.pairs if name == "col"]
    if set(chosen) == {column.name for column in default_columns(kind)}:
        usual += [("col", name) for name in chosen]
    return address.minus(*usual)
