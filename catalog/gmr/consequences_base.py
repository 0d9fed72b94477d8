"""What a price, an entry or an exit does to bases of reimbursement (DOMAIN 1.3), day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from catalog.french import write_centimes
from catalog.gmr.groups import GroupKey, Members, Payload, comparison_group, expected_base, gather
from catalog.gmr.indexes import known_versions, per_release
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import DUSK, Moment, Period

MEDICAMENT = "medicament"

Payloads = dict[str, Payload]


@dataclass(frozen=True, slots=True)
class BaseMove:
    """Over ``period`` the base of a medicine would be ``new`` centimes by the rule, where ``old`` stands."""

    code: str
    period: Period
    old: int
    new: int
    payload: Payload
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Some medicines on one day, as published and as the draft would leave them."""

    before: Payloads
    after: Payloads
    groups_before: dict[GroupKey, Members]
    groups_after: dict[GroupKey, Members]


@per_release
def codes_by_group(snapshot: Snapshot, release: int) -> Mapping[GroupKey, set[str]]:
    """The medicines that belong, on whatever day, to each comparison group."""
    found: dict[GroupKey, set[str]] = defaultdict(set)
    for version in known_versions(snapshot, MEDICAMENT, release):
        key = comparison_group(version.payload)
        if key is not None:
            found[key].add(version.code)
    return dict(found)


def base_moves(snapshot: Snapshot, changes: Sequence[Change], as_of: date | None = None) -> list[BaseMove]:
    """The bases that the rule moves because of these changes, by code and start."""
    staged: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind == MEDICAMENT:
            staged[change.code].append(change)
    moves: dict[str, list[BaseMove]] = defaultdict(list)
    for codes in _clusters(snapshot, staged):
        days = [as_of] if as_of else _days(snapshot, codes, staged)
        for day, end in pairwise([*days, DUSK]):
            for move in _on_day(_scene(snapshot, codes, staged, day), Period(day, end)):
                _add(moves[move.code], move)
    return [move for code in sorted(moves) for move in moves[code]]


def _clusters(snapshot: Snapshot, staged: Mapping[str, Sequence[Change]]) -> list[list[str]]:
    """The medicines changed and all that share a group with them before or after, apart where no group ties them.

    Each cluster has days of its own to be looked at, or a draft with a long history would cost their product.
    """
    known = codes_by_group(snapshot, snapshot.head)
    clusters: dict[int, tuple[set[str], set[GroupKey]]] = {}
    place_of: dict[GroupKey, int] = {}
    for place, (code, changes) in enumerate(staged.items()):
        keys = _keys(snapshot, code, changes)
        tied = [clusters.pop(other) for other in {place_of[key] for key in keys if key in place_of}]
        codes = {code}.union(*(known.get(key, ()) for key in keys), *(others for others, _ in tied))
        keys = keys.union(*(others for _, others in tied))
        clusters[place] = codes, keys
        place_of |= dict.fromkeys(keys, place)
    return [sorted(codes) for codes, _ in clusters.values()]


def _keys(snapshot: Snapshot, code: str, changes: Sequence[Change]) -> set[GroupKey]:
    payloads = [version.payload for version in snapshot.versions(MEDICAMENT, code, snapshot.head)]
    payloads += [change.payload for change in changes if change.payload is not None]
    return {key for payload in payloads if (key := comparison_group(payload)) is not None}


def _days(snapshot: Snapshot, codes: Sequence[str], staged: Mapping[str, Sequence[Change]]) -> list[date]:
    """The days on which the answer can differ from that of the day before, from the first change on."""
    periods = [change.period for code in codes for change in staged.get(code, ())]
    first = min(period.start for period in periods)
    periods += [v.period for code in codes for v in snapshot.versions(MEDICAMENT, code, snapshot.head)]
    days = {day for period in periods for day in (period.start, period.end)}
    return sorted(day for day in days if first <= day < DUSK)


def _scene(snapshot: Snapshot, codes: Sequence[str], staged: Mapping[str, Sequence[Change]], day: date) -> Scene:
    moment = Moment(day, snapshot.head)
    before: Payloads = {}
    after: Payloads = {}
    for code in codes:
        published: Version | None = snapshot.find(MEDICAMENT, code, moment)
        if published is not None:
            before[code] = published.payload
        change = next((found for found in staged.get(code, ()) if found.period.covers(day)), None)
        payload = change.payload if change else before.get(code)
        if payload is not None:
            after[code] = payload
    return Scene(before, after, gather(before.items()), gather(after.items()))


def _on_day(scene: Scene, period: Period) -> Iterator[BaseMove]:
    for code, payload in scene.after.items():
        was = scene.before.get(code)
        base, new = payload["pbr"], _expected(payload, scene.groups_after)
        if was is None or base is None or new is None or base == new or was["pbr"] != base:
            # An addition, or a base the draft itself gives: the editor has decided, and the rules judge it.
            continue
        old = _expected(was, scene.groups_before)
        followed = base == old
        if old == new or not (followed or _generics(payload, scene.groups_after)):
            continue
        text = _tell(payload, base, new, scene.groups_after)
        if not followed:
            text += " La base publiée ne suivait déjà pas la règle : vérifiez-la avant de proposer."
        yield BaseMove(code, period, base, new, payload, text)


def _expected(payload: Payload, groups: Mapping[GroupKey, Members]) -> int | None:
    """The base by the rule, in centimes; None where the rule says nothing."""
    ppv, side = payload["ppv"], payload["princeps_generique"]
    if ppv is None or side is None or not payload["admis_remboursement"] or payload["retire"]:
        return None
    generics = _generics(payload, groups)
    return expected_base(ppv, generics) if side == "P" else int(ppv)


def _generics(payload: Payload, groups: Mapping[GroupKey, Members]) -> list[int]:
    key = comparison_group(payload)
    if payload["princeps_generique"] != "P" or key is None or key not in groups:
        return []
    return groups[key].generic_prices


def _tell(payload: Payload, old: int, new: int, groups: Mapping[GroupKey, Members]) -> str:
    moves = f"la base passe de {write_centimes(old)} à {write_centimes(new)} DH"
    if payload["princeps_generique"] == "G":
        return f"Un générique est remboursé sur son propre prix public : {moves}."
    generics, key = _generics(payload, groups), comparison_group(payload)
    if not generics:
        return f"Sans générique dans son groupe, ce princeps est remboursé sur son propre prix public : {moves}."
    if new in generics and key is not None:
        return f"Le générique le plus proche de ce princeps est {groups[key].code_at(new)} : {moves}."
    return f"Chaque générique du groupe est plus cher que ce princeps, remboursé sur son propre prix : {moves}."


def _add(moves: list[BaseMove], move: BaseMove) -> None:
    """One move for days that follow one another with one result."""
    last = moves[-1] if moves else None
    if last and last.period.end == move.period.start and (last.old, last.new) == (move.old, move.new):
        days = Period(last.period.start, move.period.end)
        moves[-1] = BaseMove(last.code, days, last.old, last.new, last.payload, last.text)
    else:
        moves.append(move)
