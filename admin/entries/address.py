"""The query string of a list: all that a list remembers stands in its address, which can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Parameters in order, some of them several times."""

    pairs: Pairs = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Address:
        """The parameters that say something: a form sends its empty fields too."""
        return cls(tuple((name, value.strip()) for name, value in pairs if value.strip()))

    def but(self, *, without: str = "page", **changed: str | int | None) -> Address:
        """The same with other values; None takes a parameter out. A changed list begins again at its first page."""
        dropped = {without, *changed}
        kept = tuple(pair for pair in self.pairs if pair[0] not in dropped)
        return Address(kept + tuple((name, str(value)) for name, value in changed.items() if value is not None))

    def minus(self, *pairs: tuple[str, str]) -> Address:
        """The same without these parameters of these values, from its first page."""
        return Address(tuple(pair for pair in self.pairs if pair not in pairs and pair[0] != "page"))

    def only(self, *names: str) -> Address:
        """These parameters alone."""
        return Address(tuple(pair for pair in self.pairs if pair[0] in names))

    def excluding(self, *names: str) -> Address:
        """All parameters but these, for a form that has fields of their names."""
        return Address(tuple(pair for pair in self.pairs if pair[0] not in names))

    def find(self, name: str) -> str | None:
        """The value of a parameter given once at most; the first one."""
        return next((value for known, value in self.pairs if known == name), None)

    @property
    def suffix(self) -> str:
        """What follows a path: nothing where there is nothing to say."""
        return str(self) if self.pairs else ""

    def __str__(self) -> str:
        """``?…``, or ``?`` alone: a link that clears everything."""
        return "?" + urlencode(self.pairs)
