"""What a list is asked for, read from its address; nothing else is remembered anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from admin.entries.address import Address
from admin.entries.columns import Column, columns_of, default_columns, default_sort
from admin.entries.errors import BadParameterError
from admin.entries.filters import PREFIX, Filter, read_filters
from admin.entries.searching import words
from catalog.errors import DateError, UnknownReleaseError
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, parse_day

SIZES = (25, 50, 100)
LONGEST = 200
"""Characters that a search may hold."""
MOST_PARAMETERS = 200
SINGLE = ("as_of", "release", "q", "sort", "page", "size", "effet")
KNOWN = (*SINGLE, "col")


@dataclass(frozen=True, slots=True)
class Question:
    """A list as asked: what to keep, in which order, which columns and which page."""

    kind: Kind
    moment: Moment
    search: str
    filters: Sequence[Filter]
    sort: Column
    is_descending: bool
    columns: Sequence[Column]
    page: int
    size: int
    effect: date
    address: Address

    @property
    def words(self) -> list[str]:
        return words(self.search)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search or self.filters)

    def sorted_by(self, column: Column) -> Address:
        """The address of the same list in the order of a column; asked twice, in the opposite order."""
        turns = column.name == self.sort.name and not self.is_descending
        return self.address.but(sort=f"-{column.name}" if turns else column.name)


def read_question(kind: Kind, snapshot: Snapshot, today: date, address: Address) -> Question:
    """What an address asks of a kind. Raises BadParameterError naming the first parameter at fault."""
    _check_names(address)
    columns = columns_of(kind)
    moment = read_moment(snapshot, today, address)
    sort, is_descending = _read_sort(kind, address)
    search = address.find("q") or ""
    if len(search) > LONGEST:
        raise BadParameterError("q", f"une recherche compte au plus {LONGEST} caractères.")
    return Question(
        kind=kind,
        moment=moment,
        search=search,
        filters=read_filters(address, columns),
        sort=sort,
        is_descending=is_descending,
        columns=_read_columns(kind, address),
        page=_read_page(address),
        size=_read_size(address),
        effect=_read_day(address, "effet", moment.as_of),
        address=address,
    )


def read_moment(snapshot: Snapshot, today: date, address: Address) -> Moment:
    """The day and release an address asks for: today and the newest, unless it says so. Raises BadParameterError."""
    asked = address.find("release")
    if asked is None:
        release = snapshot.head
    else:
        try:
            release = snapshot.release(asked).seq
        except (UnknownReleaseError, ValueError) as error:
            raise BadParameterError("release", f"il n’y a pas de version « {asked} ».") from error
    return Moment(_read_day(address, "as_of", today), release)


def _check_names(address: Address) -> None:
    if len(address.pairs) > MOST_PARAMETERS:
        raise BadParameterError(address.pairs[-1][0], f"une adresse porte au plus {MOST_PARAMETERS} paramètres.")
    names = [name for name, _ in address.pairs]
    for name in names:
        if name not in KNOWN and not name.startswith(PREFIX):
            raise BadParameterError(name, f"les paramètres connus sont {', '.join(KNOWN)} et {PREFIX}<colonne>.")
        if name in SINGLE and names.count(name) > 1:
            raise BadParameterError(name, "il est donné plusieurs fois.")


def _read_day(address: Address, name: str, default: date) -> date:
    asked = address.find(name)
    if asked is None:
        return default
    try:
        return parse_day(asked)
    except DateError as error:
        raise BadParameterError(name, f"« {asked} » n’est pas une date : écrivez AAAA-MM-JJ.") from error


def _read_sort(kind: Kind, address: Address) -> tuple[Column, bool]:
    asked = address.find("sort")
    if asked is None:
        return default_sort(kind)
    return _column(kind, "sort", asked.removeprefix("-")), asked.startswith("-")


def _read_columns(kind: Kind, address: Address) -> Sequence[Column]:
    chosen = [_column(kind, "col", value) for name, value in address.pairs if name == "col"]
    return [column for column in dict.fromkeys(chosen) if column.name != "code"] or default_columns(kind)


def _column(kind: Kind, parameter: str, name: str) -> Column:
    found = columns_of(kind).get(name)
    if found is None:
        raise BadParameterError(parameter, f"cette liste n’a pas de colonne « {name} ».")
    return found


def _read_page(address: Address) -> int:
    asked = address.find("page") or "1"
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 7 or int(asked) < 1:
        raise BadParameterError("page", f"« {asked} » n’est pas un numéro de page.")
    return int(asked)


def _read_size(address: Address) -> int:
    asked = address.find("size") or str(SIZES[0])
    if asked not in map(str, SIZES):
        raise BadParameterError("size", f"une page compte {', '.join(map(str, SIZES))} lignes.")
    return int(asked)
