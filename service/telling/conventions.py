"""Conventions with their dates, their status and who applies them (DOMAIN 3.1, 6.1)."""

from __future__ import annotations

from datetime import date

from catalog.conventions.codes import ORGANISMES, parse_slug
from catalog.conventions.indexes import ADHERENCE
from catalog.conventions.lookups import ConventionAnswer, conventions, find_convention, payer_applies
from catalog.releases.telling import Told, tell_period
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.telling.entries import named, tell_entry


def tell_convention(snapshot: Snapshot, found: ConventionAnswer, moment: Moment) -> Told:
    """A convention that day. ``applied_by`` counts the payers that no entry names: they apply it from its effect on."""
    version = found.version
    return {
        "kind": version.kind,
        **tell_entry(snapshot, version),
        "statut": found.statut,
        "signed_on": _written(found.signed_on),
        "approved_on": _written(found.approved_on),
        "published_on": _written(found.published_on),
        "effective_from": _written(found.effective_from),
        "effective_to": _written(found.acte.payload["effective_to"] if found.acte else None),
        "applied_by": [payer for payer in ORGANISMES if payer_applies(snapshot, version.code, payer, moment)],
        "applied_by_payer_from": {payer: _written(found.applied_from.get(payer)) for payer in ORGANISMES},
    }


def tell_convention_in_full(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """A convention, what each payer has declared of it, and its avenants.

    Raises CodeError, UnknownCodeError, NotInForceError.
    """
    found = find_convention(snapshot, parse_slug(code), moment)
    return {
        **tell_convention(snapshot, found, moment),
        "adherences": _adherences(snapshot, found.version.code, moment.release),
        "avenants": [
            {**named(other.version), "statut": other.statut, "legal_act": other.version.legal_act}
            for other in conventions(snapshot, moment)
            if other.version.payload["parent"] == found.version.code
        ],
    }


def _adherences(snapshot: Snapshot, convention: str, release: int) -> list[Told]:
    """Every period a payer's entry is about, oldest first, whatever the day."""
    return [
        {
            "organisme": payer,
            "applique": entry.payload["applique"],
            "remarque": entry.payload["remarque"],
            **tell_period(entry.period),
            "legal_act": entry.legal_act,
            "source": entry.source,
            "confidence": entry.confidence,
        }
        for payer in ORGANISMES
        for entry in reversed(snapshot.versions(ADHERENCE, f"{convention}:{payer}", release))
    ]


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
