"""Keys of a TOML table taken one by one, each with its type; what is left over is a spelling mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from catalog.importing.errors import ProfileError

T = TypeVar("T")

_TYPE_WORDS = {str: "a text", bool: "true or false", dict: "a table", list: "a list"}


class TableReader:
    """One table of a profile. Every complaint names the profile and the place in it."""

    def __init__(self, profile: str, place: str, table: object) -> None:
        self.profile, self.place = profile, place
        if not isinstance(table, dict):
            raise self.error(f"{place} must be a table")
        self._left: dict[str, Any] = dict(table)
        self._asked: list[str] = []

    def error(self, why: str) -> ProfileError:
        return ProfileError(self.profile, why)

    def take(self, key: str, kind: type[T], default: T) -> T:
        self._asked.append(key)
        value = self._left.pop(key, default)
        if not isinstance(value, kind):
            raise self.error(f"{self.place}.{key} must be {_TYPE_WORDS.get(kind, kind.__name__)}, not {value!r}")
        return value

    def text(self, key: str) -> str | None:
        return self.take(key, str, "") or None

    def needed(self, key: str) -> str:
        found = self.text(key)
        if found is None:
            raise self.error(f"{self.place} lacks {key}")
        return found

    def choice(self, key: str, choices: tuple[T, ...], default: T) -> T:
        value = self.take(key, object, default)
        for choice in choices:
            if choice == value:
                return choice
        raise self.error(f"{self.place}.{key} must be one of {', '.join(map(str, choices))}, not {value!r}")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text standing for a list of one."""
        value = self.take(key, object, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise self.error(f"{self.place}.{key} must be a text or a list of texts")
        return tuple(listed)

    def pattern(self, key: str) -> re.Pattern[str] | None:
        text = self.text(key)
        return self.compile(key, text) if text else None

    def compile(self, key: str, text: object) -> re.Pattern[str]:
        try:
            return re.compile(str(text))
        except re.error as error:
            raise self.error(f"{self.place}.{key} is no regular expression: {error}") from error

    def table(self, key: str) -> TableReader:
        return TableReader(self.profile, f"{self.place}.{key}".lstrip("."), self.take(key, dict, {}))

    def tables(self, key: str) -> list[TableReader]:
        items = self.take(key, list, [])
        return [TableReader(self.profile, f"{key}[{number}]", item) for number, item in enumerate(items, 1)]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys not asked for yet, where names are free."""
        return tuple(self._left)

    def rest(self) -> Mapping[str, Any]:
        """Whatever has not been asked for, where names are free."""
        left, self._left = self._left, {}
        return left

    def finish(self) -> None:
        """Raises ProfileError when a key was given that nobody asked for."""
        if self._left:
            known = ", ".join(self._asked)
            raise self.error(
                f"{self.place or 'the file'} has no key {', '.join(map(repr, self._left))}; known: {known}"
            )
