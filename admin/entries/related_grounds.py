"""Around a legal act, what it brought; around a convention, its lines and who applies it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from admin.entries.labels import many
from admin.entries.sections import Around, Item, Section, amount, name_of, period_text
from admin.entries.tables import table_of
from catalog.conventions.lookups import tarifs
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Period

MOST_SHOWN = 50
"""Entries of a kind told one by one; the list tells the rest."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A fact that an act grounds: set, or withdrawn, over a period, from a release on."""

    code: str
    period: Period
    release: int
    is_void: bool


ByKind = Mapping[str, Sequence[Brought]]
_kept: WeakKeyDictionary[Snapshot, Mapping[str, ByKind]] = WeakKeyDictionary()


def brought_by(snapshot: Snapshot, act: str) -> ByKind:
    """By kind, the facts published on the ground of an act, in order of release and code."""
    if snapshot not in _kept:
        found: dict[str, dict[str, list[Brought]]] = defaultdict(lambda: defaultdict(list))
        for kind in snapshot.kinds:
            for fact in snapshot.facts(kind.name, 0, snapshot.head):
                brought = Brought(fact.code, fact.period, fact.release, fact.held is None)
                found[fact.legal_act][kind.name].append(brought)
        _kept[snapshot] = {code: dict(kinds) for code, kinds in found.items()}
    return _kept[snapshot].get(act, {})


def around_act(around: Around) -> Iterator[Section]:
    """What the act brought, kind by kind, as known at the release."""
    brought = brought_by(around.snapshot, around.code)
    known = {kind: [one for one in facts if one.release <= around.moment.release] for kind, facts in brought.items()}
    if not any(known.values()):
        yield Section("Ce que cet acte a apporté", note="Rien encore : aucune valeur publiée ne repose sur lui.")
    for kind, facts in known.items():
        if facts:
            yield _brought(around, kind, facts)


def _brought(around: Around, kind: str, facts: Sequence[Brought]) -> Section:
    titled = many(around.snapshot.kinds.find(kind))
    by_release = Counter(fact.release for fact in facts)
    told = ", ".join(f"{number} dans la version n° {seq}" for seq, number in sorted(by_release.items()))
    rows = [
        [
            around.named(kind, fact.code),
            Item(fact.code),
            Item("retiré" if fact.is_void else "fixé", tone="alarm" if fact.is_void else "ok"),
            Item(period_text(fact.period)),
            Item(f"n° {fact.release}"),
        ]
        for fact in facts[:MOST_SHOWN]
    ]
    more = f" Les {MOST_SHOWN} premières sont montrées." if len(facts) > MOST_SHOWN else ""
    link = Item("Ce qui en est en vigueur à cette date", around.list_of(kind, legal_act=around.code))
    headings = ("Fiche", "Code", "Effet", "Période", "Version")
    return Section(f"{titled} ({len(facts)})", headings, rows, note=f"Apport : {told}.{more}", links=(link,))


def around_convention(around: Around) -> Iterator[Section]:
    """Who applies a convention, and the amounts it sets."""
    adherences = table_of(around.snapshot, around.snapshot.kinds.find("adherence_organisme"), around.moment).versions
    rows = [
        [around.value(each, "organisme"), around.value(each, "applique"), Item(period_text(each.period))]
        for each in adherences
        if each.payload["convention"] == around.code
    ]
    note = "" if rows else "Aucune fiche ne le dit."
    yield Section("Organismes qui l’appliquent", ("Organisme", "Appliquée", "Période"), rows, note=note)
    lines = [
        [
            Item(line.code, around.link(line.kind, line.code)),
            Item(name_of(around.snapshot.kinds.find(line.kind), line)),
            around.value(line, "secteur"),
            amount(line.payload["valeur" if line.kind == "lettre_cle" else "montant"]),
            Item(line.payload.get("devise") or "MAD"),
        ]
        for line in tarifs(around.snapshot, around.code, around.moment, pending=True)
    ]
    note = "" if lines else "Aucune ligne à cette date."
    yield Section(
        "Lettres clés et forfaits", ("Code", "Libellé", "Secteur", "Montant", "Devise"), lines, frozenset({3}), note
    )


def around_letter(around: Around) -> Iterator[Section]:
    """The acts that a key letter prices."""
    if around.version is not None:
        letter = str(around.version.payload["lettre"])
        yield Section(
            "Actes cotés", links=(Item(f"Actes NGAP en {letter}", around.list_of("acte_ngap", lettre=letter)),)
        )
