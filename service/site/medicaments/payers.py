"""Who pays what for one box, payer by payer and case by case: the answers of pricing, never worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from catalog.conventions.codes import ORGANISMES, SECTEURS
from catalog.money import WHOLE
from catalog.pricing.answers import INVALID, NOT_COVERED, OK, Result
from catalog.pricing.line_fields import HOSPITALISATION
from catalog.pricing.tarification import Tarification
from catalog.pricing.telling import tell_amounts
from catalog.releases.telling import Told
from service.site.languages import gettext as _
from service.site.medicaments.words import explain, remarks, status_word
from service.site.tiers_payant.wording import payer_name
from service.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Case:
    """One question to pricing, in words, and its answer."""

    organisme: str
    situation: str
    result: Result
    is_default: bool = False
    """An exempt patient at the ordinary rate, because the rates by condition are not published."""

    @property
    def payer(self) -> str:
        return payer_name(self.organisme)

    @property
    def is_ok(self) -> bool:
        return self.result.status == OK

    @property
    def is_unpublished(self) -> bool:
        """Whether no rate is published: pricing then answers that nothing is paid, which nobody has said."""
        return self.result.status == NOT_COVERED

    @property
    def amounts(self) -> Told:
        """The figures; without a published rate nobody's share is known."""
        told = tell_amounts(self.result.amounts)
        return told | dict.fromkeys(("rate", "amo", "mutuelle", "patient")) if self.is_unpublished else told

    @property
    def status(self) -> str | None:
        """What is to be said of a case that is not simply paid for."""
        return status_word(self.result)

    @property
    def remarks(self) -> list[str]:
        return remarks(self.result, is_default=self.is_default)

    @property
    def steps(self) -> list[tuple[str, str | None]]:
        return explain(self.result)


def find_cases(visit: Visit, code: str) -> list[Case]:
    """The cases of every payer, the general one of the first payer first."""
    pricing = Tarification(visit.snapshot, visit.moment.release)
    return [case for payer in ORGANISMES for case in _cases(pricing, visit, {"code": code, "organisme": payer})]


def common_remarks(cases: list[Case]) -> list[str]:
    """What is to be said of every case that is paid: told once."""
    paid = [case.remarks for case in cases if case.is_ok]
    return [remark for remark in paid[0] if all(remark in others for others in paid)] if len(paid) > 1 else []


def _cases(pricing: Tarification, visit: Visit, asked: Told) -> Iterator[Case]:
    def ask(situation: str, **told: Any) -> Case:
        line = {"kind": "medicament", **asked, **told}
        return Case(asked["organisme"], situation, pricing.price(line, visit.as_of))

    general = ask(_("Cas général"))
    yield general
    yield _cautioned(ask(_("ALD ou ALC, exonéré du ticket modérateur"), exoneration=True), general)
    completed = ask(_("Cas général, avec mutuelle"), mutuelle=True)
    if completed.result.quote.mutuelle is not None:
        yield completed
    yield from _in_hospital(ask)


def _cautioned(exempt: Case, general: Case) -> Case:
    """The case of an exempt patient, marked where the rate recorded for it is the ordinary one (DOMAIN 1.4: it varies
    by condition). Where none is recorded, pricing takes the ordinary one and says so itself."""
    rate = exempt.result.quote.rate
    fell_back = any(notice.code == "EXONERATION_RATE_UNKNOWN" for notice in exempt.result.notices)
    is_default = exempt.is_ok and rate == general.result.quote.rate and rate != WHOLE and not fell_back
    return replace(exempt, is_default=is_default)


def _in_hospital(ask: Any) -> Iterator[Case]:
    """A stay in hospital; sector by sector where the payer pays so."""
    whole = ask(_("En hospitalisation"), mode=HOSPITALISATION)
    if whole.result.status != INVALID:
        yield whole
        return
    names = {"prive": _("En hospitalisation, secteur privé"), "public": _("En hospitalisation, secteur public")}
    for secteur in SECTEURS:
        yield ask(names[secteur], mode=HOSPITALISATION, secteur=secteur)
