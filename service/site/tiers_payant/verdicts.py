"""Yes, no, or yes on condition: the answer of the API, in words, with what is missing and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.conventions.errors import AmbiguousTariffError
from catalog.errors import UnknownCodeError
from catalog.gmr.codes import has_valid_check_digit, is_internal
from catalog.gmr.statut import dosage_text
from catalog.pricing.telling_tiers_payant import tell_eligibility
from catalog.pricing.tiers_payant import (
    CONDITIONAL,
    ELIGIBLE,
    LISTED_BY_NAME_ONLY,
    NOT_ELIGIBLE,
    Eligibility,
    eligibility,
)
from catalog.releases.telling import Told
from service.site.languages import gettext as _
from service.site.tiers_payant.asking import Check
from service.site.tiers_payant.conditions import Line, tell_lines
from service.site.tiers_payant.grounds import tell_days, tell_place
from service.site.tiers_payant.wording import payer_name
from service.site.visits import Visit

TONES = {ELIGIBLE: "good", CONDITIONAL: "warn", NOT_ELIGIBLE: "bad"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer as the page shows it; ``told`` is what the API answers to the same question.

    ``name`` and ``described`` are those of the last version published, even where the medicine is no longer in force.
    ``is_paid_otherwise``: without tiers payant the payer would still reimburse its part.
    """

    told: Told
    tone: str
    word: str
    sentence: str
    lines: list[Line]
    name: str | None
    described: str
    convention: Told | None
    place: str | None
    days: list[tuple[str, str]]
    is_paid_otherwise: bool

    @property
    def to_do(self) -> list[Line]:
        """What stands in the way, with its remedy."""
        return [line for line in self.lines if line.reason in self.told["reasons"]]


def judge(visit: Visit, check: Check) -> tuple[Check, Verdict | None, int]:
    """The question, with what is wrong with it, its answer if there is one, and the status of the page."""
    if check.faults or not check.is_asked or check.awaits_payer:
        return check, None, 400 if check.faults else 200
    try:
        found = eligibility(visit.snapshot, check.code, check.organisme, visit.moment, **check.declared)
    except UnknownCodeError:
        return check.refused("code", _unknown(check.code)), None, 404
    except AmbiguousTariffError as error:
        told = _(
            "La liste publiée contient ce médicament plusieurs fois (%(codes)s) : aucune réponse sûre ne peut être "
            "donnée. Le service doit corriger la liste ; en attendant, interrogez l’organisme."
        )
        return check.refused("conflict", told % {"codes": ", ".join(error.codes)}), None, 409
    return check, _verdict(visit, found), 200


def _verdict(visit: Visit, found: Eligibility) -> Verdict:
    word, sentence = _spoken(found)
    told = tell_eligibility(found, visit.act_of)
    payload: Any = found.known.payload if found.known else None
    parts = (dosage_text(payload), payload["forme"], payload["presentation"]) if payload else ()
    return Verdict(
        told,
        TONES[found.eligibility],
        word,
        sentence % {"payer": payer_name(found.organisme)},
        tell_lines(visit, found),
        payload["nom"] if payload else None,
        ", ".join(filter(None, parts)),
        {"code": found.convention.code, "libelle": found.convention.payload["libelle"]} if found.convention else None,
        tell_place(found),
        tell_days(found, told),
        found.eligibility == NOT_ELIGIBLE and (found.result.amounts.amo or 0) > 0,
    )


def _spoken(found: Eligibility) -> tuple[str, str]:
    if found.eligibility == CONDITIONAL and LISTED_BY_NAME_ONLY in found.reasons:
        return _("À vérifier"), _("Rien ne dit si la %(payer)s paie cette boîte directement à la pharmacie.")
    return {
        ELIGIBLE: (_("Oui"), _("La %(payer)s paie ce médicament directement à la pharmacie.")),
        CONDITIONAL: (
            _("Oui, à condition"),
            _("La %(payer)s paiera ce médicament à la pharmacie quand ce qui manque ci-dessous sera réuni."),
        ),
        NOT_ELIGIBLE: (_("Non"), _("La %(payer)s ne paie pas ce médicament directement à la pharmacie.")),
    }[found.eligibility]


def _unknown(code: str) -> str:
    if not is_internal(code) and not has_valid_check_digit(code):
        return _("Rien n’a été publié sous ce code, et son dernier chiffre ne concorde pas : vérifiez la saisie.")
    return _("Rien n’a été publié sous ce code. Vérifiez-le, ou cherchez le médicament par son nom.")
