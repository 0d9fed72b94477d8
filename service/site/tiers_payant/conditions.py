"""The conditions one by one: each a sentence, and a remedy where it is not met (DOMAIN 5)."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.conventions.lookups import conventions
from catalog.conventions.tiers_payant import PHARMACIENS
from catalog.pricing import tiers_payant as rules
from catalog.pricing.tiers_payant import Condition, Eligibility
from catalog.releases.telling import Told
from service.site.languages import gettext as _
from service.site.languages import write_day
from service.site.tiers_payant.wording import apart, payer_name, recorded, why_unpriced
from service.site.visits import Visit

MET, MISSING, FAILED, UNSEEN = "good", "warn", "bad", "plain"
ELSEWHERE = frozenset({rules.PAYER_NOT_APPLYING, rules.LIST_NOT_IN_FORCE, rules.DRUG_NOT_ON_LIST})
"""Reasons after which the patient is reimbursed otherwise, if the medicine is reimbursed at all."""
UNPAID = frozenset({rules.DRUG_NOT_REIMBURSABLE, rules.PRICE_UNKNOWN})
"""Reasons after which no reimbursement may be promised."""


@dataclass(frozen=True, slots=True)
class Line:
    """A condition as told: ``state`` is its tone, ``remedy`` what to do where it is not met."""

    label: str
    state: str
    word: str
    sentence: str
    reason: str | None
    remedy: str | None
    act: Told | None


def tell_lines(visit: Visit, found: Eligibility) -> list[Line]:
    """Every condition of an answer, in its order."""
    names = _names(visit, found)
    return [_line(visit, condition, found, names) for condition in found.conditions]


def _line(visit: Visit, condition: Condition, found: Eligibility, names: dict[str, str]) -> Line:
    state = _state(condition)
    remedy = _remedy(condition.reason or "", found)
    return Line(
        _labels()[condition.name],
        state,
        _("à vérifier") if condition.reason == rules.LISTED_BY_NAME_ONLY else _words()[state],
        _sentence(condition, found) % names,
        condition.reason,
        remedy % names if remedy else None,
        visit.act_of(condition.version.legal_act) if condition.version else None,
    )


def _state(condition: Condition) -> str:
    if condition.reason in rules.UNDECIDED:
        return MISSING
    return UNSEEN if condition.met is None else MET if condition.met else FAILED


def _names(visit: Visit, found: Eligibility) -> dict[str, str]:
    """What the sentences name."""
    until, listing = found.declared.pec_until, found.listing
    entry = listing.entry or listing.named
    return {
        "payer": payer_name(found.organisme),
        "day": write_day(found.as_of),
        "convention": str(found.convention.payload["libelle"]) if found.convention else "",
        "starts": _starts(visit, found),
        "version": apart(str(entry.payload["version"])) if entry else "",
        "name": apart(str(entry.payload["nom"])) if entry else "",
        "recorded": recorded(len(listing.lines), listing.versions) if listing.lines else "",
        "inpe": found.declared.inpe or "",
        "since": write_day(found.adhesion.period.start) if found.adhesion else "",
        "until": write_day(until) if until else "",
    }


def _starts(visit: Visit, found: Eligibility) -> str:
    """From when on the payer applies a convention of the pharmacists, where it has yet to begin."""
    to_come = [
        start
        for convention in conventions(visit.snapshot, visit.moment)
        if convention.version.payload["profession"] == PHARMACIENS
        and (start := convention.applied_from.get(found.organisme)) is not None
        and start > found.as_of
    ]
    return _("Elle en applique une à partir du %(day)s.") % {"day": write_day(min(to_come))} if to_come else ""


def _labels() -> dict[str, str]:
    return {
        "PAYER": _("Organisme"),
        "LIST": _("Liste"),
        "MEDICINE": _("Médicament"),
        "PRICE": _("Prix"),
        "PHARMACY": _("Pharmacie"),
        "ALD": _("ALD ou ALC"),
        "PRIOR_AGREEMENT": _("Prise en charge"),
    }


def _words() -> dict[str, str]:
    return {MET: _("remplie"), MISSING: _("à déclarer"), FAILED: _("non remplie"), UNSEEN: _("non examinée")}


def _sentence(condition: Condition, found: Eligibility) -> str:
    if condition.reason in (rules.DRUG_NOT_REIMBURSABLE, rules.PRICE_UNKNOWN):
        return why_unpriced(found.result.status)
    return _refused(condition) if condition.reason else _granted(condition, found)


def _refused(condition: Condition) -> str:
    return {
        rules.PAYER_NOT_APPLYING: _("La %(payer)s n’applique aucune convention des pharmaciens le %(day)s. %(starts)s"),
        rules.LIST_NOT_IN_FORCE: _(
            "Aucune liste de la %(payer)s qui contienne ce médicament n’est en vigueur ce jour-là."
        ),
        rules.DRUG_NOT_ON_LIST: _("Ce médicament n’est pas sur la liste de la %(payer)s ce jour-là. %(recorded)s"),
        rules.LISTED_BY_NAME_ONLY: _(
            "La liste « %(version)s » de la %(payer)s nomme « %(name)s » sans préciser de présentation : "
            "rien ne dit si cette boîte en fait partie."
        ),
        rules.PHARMACY_NOT_MEMBER: _("La pharmacie %(inpe)s a déclaré ne pas adhérer, depuis le %(since)s."),
        rules.PHARMACY_SUSPENDED: _("La pharmacie %(inpe)s est suspendue par la %(payer)s depuis le %(since)s."),
        rules.ALD_NOT_DECLARED: _("Aucune ALD ou ALC exonérée du ticket modérateur n’est déclarée."),
        rules.PRIOR_AGREEMENT_MISSING: _("Aucune prise en charge de la %(payer)s n’est déclarée."),
        rules.PRIOR_AGREEMENT_EXPIRED: _("La prise en charge déclarée a pris fin : son dernier jour est le %(until)s."),
    }[condition.reason or ""]  # fmt: skip


def _granted(condition: Condition, found: Eligibility) -> str:
    """The sentence of a condition that is met, or was not looked at."""
    if condition.name == "LIST" and condition.met is None:
        return _("L’organisme n’applique aucune convention : sa liste n’a pas été examinée.")
    if condition.name == "PHARMACY" and condition.met is None:
        return _("Aucun INPE n’est donné : l’adhésion de la pharmacie n’a pas été examinée.")
    if condition.name == "PHARMACY" and found.adhesion is not None:
        return _("La pharmacie %(inpe)s est déclarée adhérente ou admise depuis le %(since)s.")
    if condition.name == "PRIOR_AGREEMENT" and found.declared.pec_until is not None:
        return _("Une prise en charge est déclarée, valable jusqu’au %(until)s inclus.")
    return {
        "PAYER": _("La %(payer)s applique : %(convention)s."),
        "LIST": _("Le médicament est sur la liste « %(version)s » de la %(payer)s."),
        "MEDICINE": _("Le médicament est admis au remboursement."),
        "PRICE": _("Son prix public et sa base de remboursement sont publiés."),
        "PHARMACY": _("La pharmacie %(inpe)s n’a rien déclaré : elle adhère, comme toute pharmacie par défaut."),
        "ALD": _("Une ALD ou ALC exonérée du ticket modérateur est déclarée."),
        "PRIOR_AGREEMENT": _("Une prise en charge est déclarée, sans date de fin."),
    }[condition.name]


def _remedy(reason: str, found: Eligibility) -> str | None:
    """What to do about a reason; nothing where it would promise what another reason excludes."""
    if reason in ELSEWHERE and not UNPAID.isdisjoint(found.reasons):
        return None
    return _remedies().get(reason)


def _remedies() -> dict[str, str]:
    """What to do about each reason."""
    elsewhere = _("Sans tiers payant, l’assuré paie la pharmacie et demande son remboursement à la %(payer)s.")
    return dict.fromkeys(ELSEWHERE, elsewhere) | {
        rules.LISTED_BY_NAME_ONLY: _("Demandez à la %(payer)s si sa liste contient cette présentation."),
        rules.DRUG_NOT_REIMBURSABLE: _("L’assuré paie le médicament : rien ne lui en est remboursé à cette date."),
        rules.PRICE_UNKNOWN: _("Aucun montant ne peut être calculé : interrogez la %(payer)s."),
        rules.PHARMACY_NOT_MEMBER: _("Pour adhérer, retirez cette déclaration auprès de la %(payer)s."),
        rules.PHARMACY_SUSPENDED: _("Adressez-vous à la %(payer)s."),
        rules.ALD_NOT_DECLARED: _(
            "Si l’assuré est exonéré pour ce médicament, cochez « ALD ou ALC exonérée » et vérifiez de nouveau."
        ),
        rules.PRIOR_AGREEMENT_MISSING: _("Demandez la prise en charge à la %(payer)s, puis saisissez son numéro."),
        rules.PRIOR_AGREEMENT_EXPIRED: _("Demandez une nouvelle prise en charge à la %(payer)s."),
    }  # fmt: skip
