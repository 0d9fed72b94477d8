"""Files that complete another: the row of a companion with the same key adds its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from catalog.importing.errors import ProfileError, UnreadableFileError
from catalog.importing.findings import CompanionIsAmbiguous, CompanionLacksKey, Findings
from catalog.importing.profiles.model import Lookup, Profile
from catalog.importing.sources import read_table


class Companion:
    """The rows of a companion file by key, cut down to the columns a profile uses."""

    def __init__(self, lookup: Lookup, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
        self.lookup = lookup
        self.columns = tuple(columns)
        self._rows: dict[str, list[Mapping[str, str]]] = {}
        for row in rows:
            self._rows.setdefault(row[lookup.key].strip(), []).append(row)

    def add_to(self, cells: dict[str, str], row: int, findings: Findings) -> None:
        """Add ``name.column`` for each column used, blank where the companion is silent or contradicts itself."""
        key = cells.get(self.lookup.on, "").strip()
        found = self._preferred(self._rows.get(key, []))
        if not found and self.lookup.missing == "warning":
            findings.add(CompanionLacksKey.broken(row, f"({self.lookup.file})", column=self.lookup.on, value=key))
        for column in self.columns:
            values = {candidate[column].strip() for candidate in found}
            if len(values) > 1:
                told = f"({self.lookup.file}, {column}: {', '.join(sorted(values))})"
                findings.add(CompanionIsAmbiguous.broken(row, told, column=self.lookup.on, value=key))
            cells[f"{self.lookup.name}.{column}"] = values.pop() if len(values) == 1 else ""

    def _preferred(self, rows: list[Mapping[str, str]]) -> list[Mapping[str, str]]:
        """Those of the best-ranked value only; values that are not ranked come last."""
        if self.lookup.prefer is None or len(rows) < 2:
            return rows
        column, order = self.lookup.prefer
        ranks = [order.index(row[column]) if row[column] in order else len(order) for row in rows]
        return [row for row, rank in zip(rows, ranks, strict=True) if rank == min(ranks)]


def open_companions(path: Path, profile: Profile, findings: Findings) -> list[Companion]:
    """The companions of a file, found beside it, packed or not. Raises UnreadableFileError."""
    return [_open(path, profile, lookup, findings) for lookup in profile.lookups]


def _open(path: Path, profile: Profile, lookup: Lookup, findings: Findings) -> Companion:
    beside = path.parent / lookup.file
    packed = beside.with_name(f"{beside.name}.gz")
    if not beside.exists() and not packed.exists():
        raise UnreadableFileError(
            path,
            f"the profile {profile.name} also needs {lookup.file}, which is not beside it",
            "Put both in one folder",
        )
    table = read_table(beside if beside.exists() else packed, profile.format.options)
    findings.notes.extend(f"{lookup.file}: {note}" for note in table.notes)
    names = lookup.columns or table.rows[0].cells
    used = _used_columns(profile, lookup)
    if unknown := {*used, lookup.key} - set(names):
        raise ProfileError(profile.name, f"{lookup.file} has no column {', '.join(sorted(unknown))}")
    rows = table.rows if lookup.columns else table.rows[1:]
    if misshapen := next((row.number for row in rows if len(row.cells) != len(names)), None):
        raise UnreadableFileError(table.path, f"row {misshapen} does not have {len(names)} cells", "Download it again")
    return Companion(lookup, used, (dict(zip(names, row.cells, strict=True)) for row in rows))


def _used_columns(profile: Profile, lookup: Lookup) -> list[str]:
    prefix = f"{lookup.name}."
    inputs = [name for rule in profile.fields.values() for name in rule.inputs if name.startswith(prefix)]
    return [name.removeprefix(prefix) for name in dict.fromkeys(inputs)]
