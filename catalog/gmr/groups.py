"""Generic groups: which presentations are compared with each other, and which generic is the closest (DOMAIN 1.3).

A group is explicit data of the editors. The textual group, for entries that have none, serves comparisons and warnings
only: 84 princeps of the 2014 list have a reduced base that no text explains, so it never decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from catalog.gmr.codes import fold

Payload = Mapping[str, Any]
GroupKey = tuple[Hashable, ...]

_PROLONGED = re.compile(r"\b(?:LP|LM|PROLONGEE?|MODIFIEE?)\b")
_QUANTITY = re.compile(r"(\d*[.,]?\d+)\s*(ML|L|MG|G|UI|DOSES?|PULVERISATIONS?)?\b")
_MOUTH_OR_PLACE = (
    "EFFERVESCENT", "ORODISPERSIBLE", "DISPERSIBLE", "CROQUER", "SUBLINGUAL", "SUCER", "VAGINAL", "GYNECO",
)  # fmt: skip
_FAMILIES = (
    ("COMPRIME", ("COMPRIME", "DRAGEE")),
    ("GELULE", ("GELULE", "CAPSULE")),
)
_FAMILY_WORDS = (
    ("BUVABLE", ("BUVABLE", "SIROP")),
    ("INJECTABLE", ("INJECTABLE", "INJECTION", "PERFUSION", "PARENTERAL")),
)
_APART = ("INHAL", "IMPLANT", "INTERMEDIAIRE", " ET ", " OU ")
"""Words that keep a form out of the broad families: another route, another speed, a kit or a choice of routes."""


@lru_cache(maxsize=10_000)
def form_family(form: str) -> str:
    """The family in which a form is compared: plain, scored and film-coated tablets together; prolonged release,
    gastro-resistant, effervescent and the like each apart. A form of no known family is its own."""
    text = fold(form).replace(" ET SOLVANT", "")
    family = None if any(word in f"{text} " for word in _APART) else _broad_family(text)
    if family is None:
        return text
    marks = [word for word in _MOUTH_OR_PLACE if word in text][:1]
    marks += ["GASTRO-RESISTANT"] if "GASTRO" in text else []
    marks += ["LP"] if _PROLONGED.search(text) else []
    return " ".join([family, *marks])


def _broad_family(text: str) -> str | None:
    begins = (family for family, words in _FAMILIES if text.startswith(words))
    holds = (family for family, words in _FAMILY_WORDS if any(word in text for word in words))
    return next(begins, None) or next(holds, None)


@lru_cache(maxsize=20_000)
def pack_size(presentation: str) -> GroupKey:
    """What a pack holds, without the words for its containers: ``1 BOITE 30 COMPRIME`` and ``30 gélules`` both are 30.

    Measures keep their unit. A text without a number is compared as it stands.
    """
    text = fold(presentation)
    found = [(plain_number(number), measure.rstrip("S")) for number, measure in _QUANTITY.findall(text)]
    if not found:
        return (text,)
    return tuple(quantity for quantity in found if quantity != ("1", ""))


@lru_cache(maxsize=10_000)
def plain_number(text: str) -> str:
    """A number as the lists compare it: ``0,50`` and ``.5`` are one. Anything else is the folded text."""
    number = fold(text).replace(",", ".")
    if not re.fullmatch(r"\d*\.?\d+", number):
        return number
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")


def composition(payload: Payload) -> GroupKey:
    """The substances with their dosages and units, in an order of their own; a single unit stands for all dosages."""
    dci, dosages = payload.get("dci") or (), payload.get("dosages") or ()
    unites = payload.get("unites") or ()
    if len(unites) < 2:
        unites = (unites or ("",)) * len(dosages)
    names, strengths, units = _folded(dci), tuple(map(plain_number, dosages)), _folded(unites)
    if len(names) == len(strengths) == len(units):
        return tuple(sorted(zip(names, strengths, units, strict=True)))
    return (names, strengths, units)


@lru_cache(maxsize=20_000)
def _folded(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, texts))


def textual_group(payload: Payload) -> GroupKey | None:
    """Same substances, dosages, units, form family and pack; None where the entry does not state them all."""
    if not all(payload.get(name) for name in ("dci", "dosages", "unites", "forme", "presentation")):
        return None
    return ("text", composition(payload), form_family(payload["forme"]), pack_size(payload["presentation"]))


def comparison_group(payload: Payload) -> GroupKey | None:
    """The explicit group where there is one, else the textual one; the two never mix."""
    explicit = payload.get("groupe_generique")
    return ("explicit", explicit) if explicit else textual_group(payload)


def closest_generic(ppv: int, generics: Iterable[int]) -> int | None:
    """The dearest generic price not above ``ppv``, in centimes; None where every generic is dearer or there is none."""
    return max((price for price in generics if price <= ppv), default=None)


def expected_base(ppv: int, generics: Iterable[int]) -> int:
    """The base the rule gives a princeps, in centimes: the closest generic, else its own price."""
    closest = closest_generic(ppv, generics)
    return ppv if closest is None else closest


@dataclass(slots=True)
class Members:
    """The priced members of a group: (price in centimes, code)."""

    generics: list[tuple[int, str]] = field(default_factory=list)
    princeps: list[tuple[int, str]] = field(default_factory=list)

    @property
    def generic_prices(self) -> list[int]:
        return [price for price, _ in self.generics]

    def code_at(self, price: int) -> str:
        """The first code, in their order, of a generic at that price."""
        return min(code for generic, code in self.generics if generic == price)


def gather(entries: Iterable[tuple[str, Payload]]) -> dict[GroupKey, Members]:
    """The priced, not delisted members of each comparison group.

    A generic counts whether or not it is admitted to reimbursement: the 2014 list is matched better so [A].
    """
    groups: dict[GroupKey, Members] = {}
    for code, payload in entries:
        side = payload["princeps_generique"]
        if payload["ppv"] is None or side is None or payload["retire"]:
            continue
        key = comparison_group(payload)
        if key is not None:
            members = groups.setdefault(key, Members())
            (members.generics if side == "G" else members.princeps).append((payload["ppv"], code))
    return groups
