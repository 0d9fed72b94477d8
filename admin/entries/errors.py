"""What the lists refuse, in the words of the people who use them."""

from __future__ import annotations

from catalog.errors import InvalidError


class BadParameterError(InvalidError):
    """A parameter of an address that cannot be read; the sentence is French and names it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"Le paramètre « {name} » ne convient pas : {why}")
