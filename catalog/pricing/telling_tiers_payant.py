"""The answer on tiers payant as plain data: amounts, the list's version, and every date and act it rests on."""

from __future__ import annotations

from typing import Any

from catalog.pricing.telling import tell_amounts
from catalog.pricing.tiers_payant import Eligibility, eligibility
from catalog.pricing.tiers_payant_lists import Listing
from catalog.releases.telling import ActOf, Told, acts_at, tell_period
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


def tiers_payant(snapshot: Snapshot, code: str, organisme: str, moment: Moment, **declared: Any) -> Told:
    """What ``GET /tiers-payant/{code}`` answers; ``declared`` and the errors are those of ``eligibility``."""
    return tell_eligibility(eligibility(snapshot, code, organisme, moment, **declared), acts_at(snapshot, moment))


def tell_eligibility(answer: Eligibility, act_of: ActOf) -> Told:
    """The answer with its amounts for one box, and its conditions one by one."""
    return {
        "code": answer.code,
        "nom": answer.medicament.payload["nom"] if answer.medicament else None,
        "organisme": answer.organisme,
        "eligibility": answer.eligibility,
        "reasons": list(answer.reasons),
        "amounts": tell_amounts(answer.result.amounts),
        "list": _tell_list(answer.entry, act_of),
        "recorded_list": tell_recorded(answer.listing),
        "pharmacy": _tell_pharmacy(answer, act_of),
        "dates": _tell_dates(answer),
        "conditions": [
            {
                "condition": condition.name,
                "met": condition.met,
                "reason": condition.reason,
                "text": condition.text,
                "acte_juridique": act_of(condition.version.legal_act) if condition.version else None,
            }
            for condition in answer.conditions
        ],
    }


def _tell_list(entry: Version | None, act_of: ActOf) -> Told | None:
    if entry is None:
        return None
    return {
        "version": entry.payload["version"],
        **tell_period(entry.period),
        "acte_juridique": act_of(entry.legal_act),
    }


def tell_recorded(listing: Listing) -> Told | None:
    """How much of the payer's list in force is recorded; None where there is none, or it was not looked at."""
    if not listing.lines:
        return None
    return {
        "versions": list(listing.versions),
        "lines": len(listing.lines),
        "without_presentation": sum(not line.payload["medicament"] for line in listing.lines),
    }


def _tell_pharmacy(answer: Eligibility, act_of: ActOf) -> Told | None:
    if answer.declared.inpe is None:
        return None
    adhesion = answer.adhesion
    return {
        "inpe": answer.declared.inpe,
        "etat": adhesion.payload["etat"] if adhesion else "ADHERENTE",
        "by_default": adhesion is None,
        "acte_juridique": act_of(adhesion.legal_act) if adhesion else None,
    }


def _tell_dates(answer: Eligibility) -> Told:
    """The days the answer rests on; null where there is none."""
    applied = answer.adherence or answer.convention
    return {
        "as_of": answer.as_of.isoformat(),
        "payer_applies_from": _start(applied),
        "list_from": _start(answer.entry),
        "price_from": _start(answer.medicament),
        "pharmacy_from": _start(answer.adhesion),
        "pec_until": answer.declared.pec_until.isoformat() if answer.declared.pec_until else None,
    }


def _start(version: Version | None) -> str | None:
    start: str | None = tell_period(version.period)["valid_from"] if version else None
    return start
