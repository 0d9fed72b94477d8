"""What reading an outside file may refuse, each with a sentence that says what was found and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalog.errors import CatalogError, InvalidError


class UnreadableFileError(CatalogError):
    """A file that cannot be read as a table. ``found`` and ``remedy`` are sentences without their final dot."""

    def __init__(self, file: Path | str, found: str, remedy: str) -> None:
        self.file, self.found, self.remedy = str(file), found, remedy
        super().__init__(f"{Path(file).name} cannot be read: {found}. {remedy}.")


class ProfileError(InvalidError):
    """An import profile that contradicts itself or its kind."""

    def __init__(self, profile: str, why: str) -> None:
        super().__init__(f"Import profile {profile}: {why}.")


class UnknownProfileError(CatalogError):
    def __init__(self, asked: str, known: Iterable[str]) -> None:
        super().__init__(
            f"There is no import profile {asked!r}: give the path of a .toml file or one of {', '.join(sorted(known))}."
        )


class ShapeError(CatalogError):
    """A table that no profile fits, or that several fit, or that lacks what the chosen profile needs."""


class AmountError(InvalidError):
    """A text that is not, without doubt, one amount."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"{text!r} cannot be read as an amount: {why}.")


class PercentError(InvalidError):
    """A text that is not, without doubt, one percentage."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"{text!r} cannot be read as a percentage: {why}.")
