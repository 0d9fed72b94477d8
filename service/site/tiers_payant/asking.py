"""What a pharmacy asks: a code, a payer, a day, and what it declares of itself and of the patient.

Everything comes in the address and nothing is kept; the number of the agreement is in no link of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import request

from catalog.conventions.codes import ORGANISMES, parse_inpe
from catalog.errors import CodeError, DateError
from catalog.gmr.codes import parse_presentation
from catalog.temporal import parse_day
from service.site.languages import gettext as _
from service.site.visits import CLOCKS, Visit

WRITTEN = ("code", "organisme", "inpe", "exoneration", "pec", "pec_until")
LINKED = ("code", "organisme", "inpe", "exoneration")
"""What a link may carry: the agreement concerns one patient."""
_FLAGS = {"": False, "false": False, "non": False, "true": True, "oui": True, "on": True, "1": True}


@dataclass(frozen=True, slots=True)
class Check:
    """A question as written, what could be read of it, and a sentence for each field that could not."""

    written: Mapping[str, str]
    code: str = ""
    organisme: str = ""
    declared: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        """Whether somebody asks anything; the bare page does not."""
        return any(self.written[name] for name in WRITTEN)

    @property
    def awaits_payer(self) -> bool:
        """Whether the address comes without a payer, from the page of a medicine: the form is filled, nobody erred."""
        return self.is_asked and not self.organisme and "organisme" not in self.faults

    @property
    def is_private(self) -> bool:
        """Whether the address holds what no cache and no link may keep."""
        return bool(self.written["pec"] or self.written["pec_until"])

    @property
    def linked(self) -> dict[str, str]:
        """The question for an address that others may keep."""
        return {name: self.written[name] for name in LINKED if self.written[name]}

    def refused(self, name: str, sentence: str) -> Check:
        """The same question, with a fault."""
        return replace(self, faults={**self.faults, name: sentence})


def read_check(visit: Visit) -> Check:
    """The question of the address; faults are told, never raised."""
    written = {name: visit.text(name) for name in WRITTEN}
    check = Check(written)
    if not check.is_asked:
        return check
    faults = _clock_faults(visit)
    has_payer = "organisme" in request.args
    code = _code(written["code"], faults) if written["code"] or has_payer else ""
    payer = _payer(written["organisme"], faults) if has_payer else ""
    declared = {
        "inpe": _inpe(written["inpe"], faults),
        "exoneration": _flag(written["exoneration"], faults),
        "pec": written["pec"] or None,
        "pec_until": _day(written["pec_until"], faults),
    }
    return Check(written, code, payer, declared, faults)


def only_pinned(visit: Visit) -> dict[str, str]:
    """The clocks the address gives, whole or broken, for the links of the page."""
    return {name: request.args[name] for name in CLOCKS if name in visit.told}


def _clock_faults(visit: Visit) -> dict[str, str]:
    told = {
        "as_of": _("Cette date ne se lit pas : écrivez-la AAAA-MM-JJ."),
        "release": _("Aucune version n’a été publiée sous ce numéro."),
    }
    return {name: told[name] for name in visit.faults}


def _code(text: str, faults: dict[str, str]) -> str:
    if not text:
        faults["code"] = _("Indiquez le code à 13 chiffres imprimé sous le code-barres.")
        return ""
    try:
        return parse_presentation(text)
    except CodeError:
        faults["code"] = _("Ce code ne se lit pas : recopiez les 13 chiffres imprimés sous le code-barres.")
        return ""


def _payer(text: str, faults: dict[str, str]) -> str:
    if text.lower() not in ORGANISMES:
        faults["organisme"] = _("Choisissez l’organisme de l’assuré.")
        return ""
    return text.lower()


def _inpe(text: str, faults: dict[str, str]) -> str | None:
    try:
        return parse_inpe(text) if text else None
    except CodeError:
        faults["inpe"] = _("Un INPE a 9 chiffres.")
        return None


def _flag(text: str, faults: dict[str, str]) -> bool:
    if text.lower() not in _FLAGS:
        faults["exoneration"] = _("Cochez la case, ou laissez-la vide.")
    return _FLAGS.get(text.lower(), False)


def _day(text: str, faults: dict[str, str]) -> date | None:
    try:
        return parse_day(text) if text else None
    except DateError:
        faults["pec_until"] = _("Cette date ne se lit pas : écrivez-la AAAA-MM-JJ.")
        return None
