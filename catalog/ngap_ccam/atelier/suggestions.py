"""CCAM acts whose words are those of an NGAP act: where an expert may start looking. Nothing is decided by it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from catalog.ngap_ccam.codes import parse_ngap
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

MOST = 8
_WORD = re.compile(r"[a-z]{3,}|\d+")
_EMPTY = {
    "des", "les", "par", "sur", "avec", "sans", "aux", "une", "pour", "dans", "acte", "actes", "cas", "plus", "moins",
    "autre", "autres"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A CCAM act, how like it is (0 to 100), and the words both share."""

    acte: Version
    likeness: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """Words of the CCAM acts in force, how rare each is, and how much all words of an act weigh."""

    acts: tuple[Version, ...]
    holding: Mapping[str, list[int]]
    weights: Mapping[str, float]
    sizes: tuple[float, ...]


_known: WeakKeyDictionary[Snapshot, dict[Moment, _Index]] = WeakKeyDictionary()


def words(text: str) -> frozenset[str]:
    """The words of a label without accents, plural marks and words that say nothing."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return frozenset(word.rstrip("s") for word in _WORD.findall(bare) if word not in _EMPTY)


def suggest(snapshot: Snapshot, ngap: str, moment: Moment, most: int = MOST) -> list[Suggestion]:
    """The likeliest CCAM acts of an NGAP act, likeliest first: rare words shared count most (Dice, weighted)."""
    acte = snapshot.find("acte_ngap", parse_ngap(ngap), moment)
    return alike(snapshot, acte.payload["libelle"], moment, most) if acte is not None else []


def alike(snapshot: Snapshot, text: str, moment: Moment, most: int = MOST) -> list[Suggestion]:
    """The CCAM acts whose label is most like a text."""
    index = _index(snapshot, moment)
    asked = words(text)
    own = sum(index.weights.get(word, 1.0) for word in asked)
    shared: dict[int, list[str]] = defaultdict(list)
    for word in sorted(asked):
        for place in index.holding.get(word, ()):
            shared[place].append(word)
    scored = [
        (2 * sum(index.weights[word] for word in found) / (own + index.sizes[place]), place)
        for place, found in shared.items()
    ]
    best = sorted(scored, key=lambda score: (-score[0], score[1]))[:most]
    return [Suggestion(index.acts[place], round(100 * score), tuple(shared[place])) for score, place in best]


def _index(snapshot: Snapshot, moment: Moment) -> _Index:
    kept = _known.setdefault(snapshot, {})
    if moment not in kept:
        kept.clear()
        kept[moment] = _build(tuple(snapshot.in_force("acte_ccam", moment)))
    return kept[moment]


def _build(acts: tuple[Version, ...]) -> _Index:
    holding: dict[str, list[int]] = defaultdict(list)
    labels = [words(acte.payload["libelle"]) for acte in acts]
    for place, label in enumerate(labels):
        for word in label:
            holding[word].append(place)
    weights = {word: 1.0 + math.log(len(acts) / len(places)) for word, places in holding.items()}
    return _Index(acts, dict(holding), weights, tuple(sum(weights[word] for word in label) for label in labels))
