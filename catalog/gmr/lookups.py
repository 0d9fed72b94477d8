"""What is answered about a medicine at a moment. Everything comes from a snapshot; amounts are texts in dirhams."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from catalog.errors import NotInForceError, UnknownCodeError
from catalog.gmr.codes import is_internal, parse_presentation
from catalog.gmr.indexes import gtins_by_presentation
from catalog.gmr.opinions import level, opinions_on
from catalog.gmr.outlook import bounds, in_group, upcoming, warnings
from catalog.gmr.statut import dosage_text, statut
from catalog.money import format_dirhams
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import DAWN, Moment, Period, merge_touching

LABEL = "medicine"

TiersPayant = Callable[[Snapshot, str, Moment], list[str]]
"""The organismes whose tiers-payant list holds a presentation that day; another family knows them."""


def no_list(snapshot: Snapshot, presentation: str, moment: Moment) -> list[str]:
    """The provider of a catalogue without tiers-payant lists."""
    return []


def resolve(snapshot: Snapshot, code: str, moment: Moment) -> str:
    """The presentation a code stands for that day.

    A code with entries of kind ``gtin`` counts only in their periods, on all days; any other is a presentation's own.
    Raises CodeError, UnknownCodeError, NotInForceError.
    """
    asked = parse_presentation(code)
    entries = snapshot.versions("gtin", asked, moment.release)
    if not entries:
        _check_known(snapshot, asked, moment)
        return asked
    for entry in entries:
        if entry.period.covers(moment.as_of):
            return str(entry.payload["presentation"])
    raise NotInForceError(LABEL, asked, moment.as_of, told(entry.period for entry in entries))


def _check_known(snapshot: Snapshot, code: str, moment: Moment) -> None:
    if not any(snapshot.is_known(kind, code, moment.release) for kind in ("medicament", "gtin")):
        raise UnknownCodeError(LABEL, code)


def find_medicament(snapshot: Snapshot, code: str, moment: Moment) -> Version:
    """The version in force behind a code. Raises CodeError, UnknownCodeError, NotInForceError."""
    presentation = resolve(snapshot, code, moment)
    version = snapshot.find("medicament", presentation, moment)
    if version is not None:
        return version
    known = snapshot.versions("medicament", presentation, moment.release)
    raise NotInForceError(LABEL, parse_presentation(code), moment.as_of, told(v.period for v in known))


def find_acte_juridique(snapshot: Snapshot, version: Version, moment: Moment) -> Version | None:
    """The legal act a version rests on, as described that day, else as last described; None if it is gone."""
    found = snapshot.find("acte_juridique", version.legal_act, moment)
    known = snapshot.versions("acte_juridique", version.legal_act, moment.release)
    return found or next(iter(known), None)


def medicament(snapshot: Snapshot, code: str, moment: Moment, *, tiers_payant: TiersPayant = no_list) -> dict[str, Any]:
    """The presentation in force behind a code. Raises CodeError, UnknownCodeError, NotInForceError."""
    version = find_medicament(snapshot, code, moment)
    asked = parse_presentation(code)
    opinions = opinions_on(snapshot, version, moment)
    return {
        "code": asked,
        "kind": "medicament",
        "code_presentation": version.code,
        "gtins": gtins(snapshot, version.code, moment),
        **_described(snapshot, version),
        "smr": level(snapshot, opinions, "smr", moment),
        "asmr": level(snapshot, opinions, "asmr", moment),
        "tiers_payant": tiers_payant(snapshot, version.code, moment),
        **_grounds(version),
        "upcoming": upcoming(snapshot, version, moment),
        "warnings": warnings(snapshot, asked, version, moment),
    }


def gtins(snapshot: Snapshot, presentation: str, moment: Moment) -> list[dict[str, Any]]:
    """The codes of a presentation with their periods, as known; ``in_force`` tells those of that day."""
    periods: dict[str, list[Period]] = {}
    for entry in gtins_by_presentation(snapshot, moment.release).get(presentation, ()):
        periods.setdefault(entry.code, []).append(entry.period)
    if not is_internal(presentation) and not snapshot.versions("gtin", presentation, moment.release):
        own = snapshot.versions("medicament", presentation, moment.release)
        periods[presentation] = [version.period for version in own]
    return [
        {"code": code, **bounds(period), "in_force": period.covers(moment.as_of)}
        for code, found in sorted(periods.items())
        for period in merge_touching(found)
    ]


def history(snapshot: Snapshot, code: str, moment: Moment) -> list[dict[str, Any]]:
    """Every version of a presentation, latest days first, also those a later release corrected.

    ``release`` brought it; ``closed_by`` is the release that replaced or withdrew it, null while it is believed.
    Answers for a code out of force as well. Raises CodeError, UnknownCodeError.
    """
    return [
        {
            **bounds(version.period),
            "release": version.opened_by,
            "closed_by": None if version.is_known_at(moment.release) else version.closed_by,
            "code": version.code,
            **_described(snapshot, version),
            "legal_act": version.legal_act,
            "source": version.source,
            "confidence": version.confidence,
        }
        for version in snapshot.history("medicament", _standing_for(snapshot, code, moment), moment.release)
    ]


def _standing_for(snapshot: Snapshot, code: str, moment: Moment) -> str:
    """The presentation a code stands for that day, else the last it stood for."""
    try:
        return resolve(snapshot, code, moment)
    except NotInForceError:
        entries = snapshot.versions("gtin", parse_presentation(code), moment.release)
        return str(entries[0].payload["presentation"])


def equivalents(snapshot: Snapshot, code: str, moment: Moment) -> list[dict[str, Any]]:
    """The members of its generic group in force that day, itself included, cheapest first; [] without a group.

    ``saving`` is its public price less the member's, negative where the member is dearer, null without both prices.
    Raises CodeError, UnknownCodeError, NotInForceError.
    """
    asked = find_medicament(snapshot, code, moment)
    group = asked.payload["groupe_generique"]
    members = sorted(in_group(snapshot, group, moment), key=_cheapest) if group else []
    return [
        {
            "code": member.code,
            "is_asked": member.code == asked.code,
            **_described(snapshot, member),
            "saving": saving(asked.payload["ppv"], member.payload["ppv"]),
            **_grounds(member),
        }
        for member in members
    ]


def _cheapest(version: Version) -> tuple[bool, int, str]:
    ppv = version.payload["ppv"]
    return (ppv is None, ppv or 0, version.code)


def saving(asked: int | None, member: int | None) -> str | None:
    """What the cheaper choice saves on the public price, in dirhams with a minus sign where it costs more."""
    if asked is None or member is None:
        return None
    return ("-" if member > asked else "") + format_dirhams(abs(asked - member))


def avis(snapshot: Snapshot, code: str, moment: Moment) -> list[dict[str, Any]]:
    """The opinions in force on a presentation, newest first. Raises CodeError, UnknownCodeError, NotInForceError."""
    version = find_medicament(snapshot, code, moment)
    kind = snapshot.kinds.find("avis")
    return [
        {"code": opinion.code, **kind.dump(opinion.payload), **_grounds(opinion)}
        for opinion in opinions_on(snapshot, version, moment)
    ]


def _described(snapshot: Snapshot, version: Version) -> dict[str, Any]:
    """The fields of a presentation, with its dosage in one text and its statut."""
    fields = snapshot.kinds.find("medicament").dump(version.payload)
    return {**fields, "dosage": dosage_text(version.payload), "statut": statut(version.payload)}


def _grounds(version: Version) -> dict[str, Any]:
    return {
        **bounds(version.period),
        "legal_act": version.legal_act,
        "source": version.source,
        "confidence": version.confidence,
    }


def told(periods: Iterable[Period]) -> list[str]:
    """Periods for a sentence, touching ones as one."""
    return [
        f"until {period.end} (excluded)" if period.start == DAWN else str(period) for period in merge_touching(periods)
    ]
