"""What people type for what the lists print, as ``synonyms.toml`` tells it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

import msgspec

JOIN = "_"
"""Joins the words of a phrase to the one term that it is in an index; no typed word holds it."""


class Synonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words or phrases of the lists that may stand in the place of a typed word, and why.

    ``mutual`` words stand for each other; else each of ``typed`` stands for all of ``meant``. ``absent`` says why a
    word is kept that no list prints.
    """

    why: str
    source: str
    typed: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()
    absent: str | None = None

    def pairs(self) -> list[tuple[str, str]]:
        """Each typed word with each thing it may mean."""
        told = [(typed, meant) for typed in self.typed for meant in self.meant]
        return told + [(typed, meant) for typed in self.mutual for meant in self.mutual if typed != meant]


@cache
def groups() -> tuple[Synonyms, ...]:
    """Every group, in order."""
    told = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(group, Synonyms) for group in told["group"])


@cache
def meant_by_typed() -> Mapping[str, tuple[str, ...]]:
    """The terms of an index that a typed word may stand for."""
    found: dict[str, list[str]] = defaultdict(list)
    for group in groups():
        for typed, meant in group.pairs():
            found[typed].append(meant.replace(" ", JOIN))
    return {typed: tuple(meant) for typed, meant in found.items()}


@cache
def _phrases() -> Mapping[str, frozenset[str]]:
    meant = {term for terms in meant_by_typed().values() for term in terms if JOIN in term}
    return {term: frozenset(term.split(JOIN)) for term in sorted(meant)}


def phrases_in(words: Set[str]) -> list[str]:
    """The terms of the phrases whose words all stand in a text."""
    return [term for term, needed in _phrases().items() if needed <= words]
