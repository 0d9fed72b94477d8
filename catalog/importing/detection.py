"""Which profile reads a file: by its header, or by its name and first cells where it has none."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from catalog.importing.errors import ShapeError
from catalog.importing.layout import Layout, find_layout, misfit, missing_columns, told_headers
from catalog.importing.profiles.builtin import profiles_for
from catalog.importing.profiles.model import Profile
from catalog.importing.table import SourceOptions, Table
from catalog.kinds import Kind

_LOOKED_AT = 20
_NEAREST = 3


def detect(table: Table, kind: Kind) -> Profile:
    """The one profile of that kind that fits. Raises ShapeError when none does, or several do."""
    known = profiles_for(kind)
    fitting = [profile for profile in known if recognises(table, profile)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(profile.name for profile in fitting)
        raise ShapeError(f"{table.path.name} fits several import profiles: {names}. Choose one with --profile.")
    raise ShapeError(_no_fit(table, kind, known))


def likely_options(path: Path, kind: Kind) -> SourceOptions:
    """How to read a file before its profile is known: as the one profile says that claims files of this name."""
    claiming = [profile for profile in profiles_for(kind) if _claims(profile, path)]
    return claiming[0].format.options if len(claiming) == 1 else SourceOptions()


def _claims(profile: Profile, path: Path) -> bool:
    return any(fnmatchcase(path.name.lower(), glob.lower()) for glob in profile.detect.files)


def recognises(table: Table, profile: Profile) -> bool:
    """Whether everything the profile says of its file is true of this one."""
    if profile.detect.files and not _claims(profile, table.path):
        return False
    layout = find_layout(table, profile)
    return layout is not None and _patterns_hold(table, profile, layout)


def _patterns_hold(table: Table, profile: Profile, layout: Layout) -> bool:
    looked_at = table.rows[layout.start : layout.start + _LOOKED_AT]
    for column, pattern in profile.detect.patterns.items():
        position = layout.names.index(column)
        if not all(position < len(row.cells) and pattern.fullmatch(row.cells[position].strip()) for row in looked_at):
            return False
    return True


def _no_fit(table: Table, kind: Kind, known: tuple[Profile, ...]) -> str:
    nearest = sorted(known, key=lambda profile: len(missing_columns(table, profile)))[:_NEAREST]
    told = "; ".join(f"{profile.name}: {misfit(table, profile)}" for profile in nearest)
    return (
        f"{table.path.name} fits no import profile of {kind.plural}. Its columns: {told_headers(table)}. "
        f"Known profiles: {', '.join(profile.name for profile in known)}. Nearest: {told}. "
        "Write a profile for it (docs/import-profiles.md) and give it with --profile."
    )
