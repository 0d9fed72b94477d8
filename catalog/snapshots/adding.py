"""Builds the file of a release from that of an earlier one: reads what came after it, and packs only that anew.

The file is, byte for byte, the one that building the whole gives: facts lie in the order of their releases, so that
later ones follow; the spans of the entries they speak of are packed again; all else is copied. Whatever is not as
expected is refused here, and built whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import CatalogError
from catalog.kinds import Kind, Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.releases.models import Entity, Release
from catalog.releases.tables import tables_of
from catalog.releases.truth import head
from catalog.snapshots.building import (
    Ordinals,
    as_given,
    count_alike,
    read_codes,
    read_facts,
    read_spans,
    release_info,
)
from catalog.snapshots.columns import Facts
from catalog.snapshots.content import StoredFact, StoredSpan
from catalog.snapshots.packed import Packed, PackedKind
from catalog.snapshots.packing import Part, Parts, arrange, assemble, pack_codes, pack_spans
from catalog.snapshots.splicing import splice
from catalog.snapshots.steady import without_collecting

LARGEST_PART = 0.3
"""Of all the facts: where more of them are new than that, the whole is built as soon."""


class NotAnAdditionError(CatalogError):
    def __init__(self, why: str) -> None:
        super().__init__(f"The snapshot cannot be built from the one before: {why}.")


def add(session: Session, kinds: Kinds, before: Packed, *, largest: float = LARGEST_PART) -> bytes:
    """The file of the newest release, ``largest`` of which, as a part of the one before, may be new.

    Raises NotAnAdditionError.
    """
    newest = head(session)
    later = [release_info(session, row) for row in session.scalars(_releases(before.head, newest))]
    if sum(release.n_facts for release in later) > largest * sum(kind.n_facts for kind in before.kinds.values()):
        raise NotAnAdditionError("most of it is new")
    _check(session, kinds, before)
    releases = [*before.releases, *later]
    with without_collecting():
        packed = {kind.name: _add_kind(session, kind, before, newest) for kind in kinds}
        return assemble(newest, releases[-1].chain_digest, releases, packed)


def _releases(after: int, upto: int) -> sa.Select[Release]:
    return sa.select(Release).where(Release.seq > after, Release.seq <= upto).order_by(Release.seq)


def _check(session: Session, kinds: Kinds, before: Packed) -> None:
    chain = session.scalar(sa.select(Release.chain_digest).where(Release.seq == before.head))
    if chain != before.chain:
        raise NotAnAdditionError("its last release is not in this database")
    for kind in kinds:
        packed = before.kinds.get(kind.name)
        if packed is None or packed.fields != list(kind.fields) or packed.alike != count_alike(kind):
            raise NotAnAdditionError(f"it was compiled for another {kind.name}")


def _add_kind(session: Session, kind: Kind, before: Packed, newest: int) -> Parts:
    packed, tables = before.kinds[kind.name], tables_of(kind)
    is_new = sa.and_(tables.fact.c.release > before.head, tables.fact.c.release <= newest)
    touched = sa.select(tables.fact.c.entity_id).where(is_new)
    codes = read_codes(session, sa.or_(Entity.kind == LEGAL_ACT.name, Entity.id.in_(touched)))
    facts = read_facts(session, kind, is_new, codes)
    if not facts:
        return Parts(packed.fields, packed.alike, packed.parts)
    places = {row: packed.n_facts + place for place, (row, _) in enumerate(facts)}
    places |= _standing(session, tables.fact, touched, before.head, packed, codes)
    span = tables.span
    is_theirs = sa.and_(span.c.entity_id.in_(touched), span.c.rel_from <= newest)
    spans = read_spans(session, kind, is_theirs, newest, places, codes)
    return _pack(packed, [fact for _, fact in facts], spans)


def _standing(
    session: Session, fact: sa.Table, touched: Any, before: int, packed: PackedKind, codes: Mapping[int, str]
) -> dict[int, int]:
    """The numbers, in the file, of the facts that the touched entries had."""
    ordinals, found = Ordinals(), {}
    query = sa.select(fact.c.id, fact.c.release, fact.c.entity_id, as_given(fact.c.valid_from)).where(
        fact.c.entity_id.in_(touched), fact.c.release <= before
    )
    for row, release, entity, start in session.connection().execute(query):
        code = packed.number(codes[entity])
        place = None if code is None else packed.find_fact(release, code, ordinals[start])
        if place is None:
            raise NotAnAdditionError(f"a fact of {codes[entity]} of release {release} is not in it")
        found[row] = place
    return found


def _pack(packed: PackedKind, facts: list[StoredFact], spans: Mapping[str, list[StoredSpan]]) -> Parts:
    known = packed.all_codes()
    told = {fact.code for fact in facts}
    codes = sorted(told.union(known)) if not told.issubset(known) else known
    is_same = codes is known
    numbers = {code: number for number, code in enumerate(codes)}
    columns = Facts(packed.alike, len(packed.fields))
    columns.resume(packed.parts, packed.grounds(), packed.shared())
    if not is_same:
        columns.renumber([numbers[code] for code in known])
    columns.extend(facts, numbers)
    told_facts = columns.arrays()
    packed_codes: dict[str, Part] = {name: packed.parts[name] for name in ("code_at", "code", "slots")}
    spliced = _splice(packed, codes, known, spans, told_facts, sorted(told))
    of_codes = packed_codes if is_same else pack_codes(codes)
    return Parts(packed.fields, packed.alike, arrange(of_codes, spliced, told_facts))


def _splice(
    packed: PackedKind,
    codes: list[str],
    known: list[str],
    spans: Mapping[str, list[StoredSpan]],
    facts: Mapping[str, Part],
    anew: list[str],
) -> Mapping[str, Part]:
    """The spans of every code: of those told of, anew; of the others, as they lie."""
    fresh = {code: number for number, code in enumerate(anew)}
    stood = {code: number for number, code in enumerate(known)}
    places = [(True, fresh[code]) if code in fresh else (False, stood[code]) for code in codes]
    made = pack_spans([spans.get(code, ()) for code in anew], facts)
    return splice(packed.parts, {name: memoryview(part) for name, part in made.items()}, places)
