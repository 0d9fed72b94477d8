"""Names of payers, and why a medicine is not paid for, as the public is told."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.conventions.codes import ORGANISMES
from catalog.pricing import answers
from catalog.pricing.tiers_payant import LIST_NOT_IN_FORCE, PAYER_NOT_APPLYING
from service.site.languages import ARABIC, current, ngettext
from service.site.languages import gettext as _


def payer_name(organisme: str) -> str:
    """``CNOPS``; its Arabic name in Arabic."""
    return {"cnops": _("CNOPS"), "cnss": _("CNSS")}[organisme]


def payers() -> list[tuple[str, str]]:
    """Code and name of each payer."""
    return [(code, payer_name(code)) for code in ORGANISMES]


def apart(name: str) -> str:
    """A published name inside a sentence: in Arabic between the marks that keep its own direction."""
    return f"\u2068{name}\u2069" if current() is ARABIC else name


def recorded(lines: int, versions: Sequence[str]) -> str:
    """How much of a list is recorded, so that nobody takes it for the whole of what was published."""
    told = ngettext(
        "La liste enregistrée compte %(num)s ligne (version %(versions)s) ; "
        "la liste publiée peut en compter davantage.",
        "La liste enregistrée compte %(num)s lignes (version %(versions)s) ; "
        "la liste publiée peut en compter davantage.",
        lines,
    )
    return told % {"num": lines, "versions": apart(", ".join(versions))}


def why_unpriced(status: str) -> str:
    """Why a medicine has no amount to be paid, by the status of its price."""
    told = {
        answers.DELISTED: _("Le médicament est radié : plus rien n’en est remboursé."),
        answers.HOSPITAL_ONLY: _("Le médicament n’a qu’un prix hospitalier : il n’a pas de prix public."),
        answers.NOT_REIMBURSABLE: _("Le médicament figure au guide comme non remboursable."),
        answers.NOT_COVERED: _("Aucun taux de remboursement n’est publié pour ce cas."),
        answers.NO_TARIFF: _("Aucun prix, ou aucune base de remboursement, n’est publié à cette date."),
    }
    return told.get(status) or _("Le médicament n’est pas en vigueur à cette date.")


def why_empty(reason: str) -> str:
    """Why a payer has no list that day; ``%(payer)s`` stands for its name."""
    return {
        PAYER_NOT_APPLYING: _("La %(payer)s n’applique aucune convention des pharmaciens à cette date."),
        LIST_NOT_IN_FORCE: _("Aucune liste de la %(payer)s n’est en vigueur à cette date."),
    }[reason]
