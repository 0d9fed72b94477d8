"""Statuses, remarks and steps of a price in the language of the visit, without the words of the API."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.money import format_dirhams, format_rate
from catalog.pricing import answers
from catalog.pricing.answers import Result, Step
from catalog.pricing.telling import settled
from service.site.languages import gettext as _
from service.site.languages import write_dirhams, write_rate
from service.site.tiers_payant.wording import why_unpriced


def status_word(result: Result) -> str | None:
    """The status of a price in a word or two; None where it is simply paid for.

    « Non couvert » is a published rate of zero; where no rate is published, pricing says NOT_COVERED (``coverage.py``)
    and the public is told of the absence.
    """
    if result.status == answers.OK:
        return None if result.quote.rate else _("non couvert")
    told = {
        answers.NOT_REIMBURSABLE: _("non remboursable"),
        answers.DELISTED: _("radié"),
        answers.HOSPITAL_ONLY: _("réservé à l’hôpital"),
        answers.NOT_COVERED: _("taux non publié"),
        answers.NO_TARIFF: _("sans tarif"),
        answers.INVALID: _("sans réponse"),
    }
    return told.get(result.status, _("sans réponse"))


def _why(status: str) -> str:
    if status in (*answers.PAYING_NOTHING, answers.NO_TARIFF):
        return why_unpriced(status)
    return _("Aucune réponse ne peut être donnée pour ce cas.")


def remarks(result: Result, *, is_default: bool = False) -> list[str]:
    """What should be known beside the amounts: why there are none, and each reason and notice.

    ``is_default``: what is recorded for exempt patients is the general rate, for want of rates by condition.
    """
    found = [] if result.status == answers.OK else [_why(result.status)]
    codes = dict.fromkeys([*result.reasons, *(notice.code for notice in result.notices)])
    told = _reasons()
    if is_default:
        found.append(_("Taux par affection non publiés : taux général montré."))
    return [*found, *(told[code] for code in codes if code in told), *_known_then(result)]


def _reasons() -> dict[str, str]:
    return {
        answers.SIGNED_NOT_IN_FORCE: _("L’acte de ce prix n’est pas en vigueur : il ne fixe aucun prix."),
        answers.BASE_IS_GENERIC: _("La base est celle du générique le plus proche par le prix."),
        answers.PAYER_APPLICATION_DATE: _(
            "L’organisme n’applique pas encore la base du générique ce jour-là : la base est le prix public."
        ),
        "EXONERATION_RATE_UNKNOWN": _(
            "Aucun taux propre aux patients exonérés n’est enregistré pour ces soins : le taux ordinaire est appliqué."
        ),
        "NO_COMPLEMENTARY_RATE": _("Aucun taux de mutuelle n’est enregistré pour ces soins."),
    }


def _known_then(result: Result) -> Iterator[str]:
    for notice in result.notices:
        then = notice.known_then
        if then is None:
            continue
        told = _("Ce jour-là, la version %(n)s donnait autre chose : %(amo)s de l’AMO, %(patient)s au patient.")
        known = then.status != answers.NOT_COVERED
        amo, patient = (_amount(value if known else None) for value in (then.amounts.amo, then.amounts.patient))
        yield told % {"n": then.release, "amo": amo, "patient": patient}


def explain(result: Result) -> list[tuple[str, str | None]]:
    """Each step of the calculation, and the legal act it rests on."""
    sums = () if result.status == answers.NOT_COVERED else settled(result)
    told = [(_step(result, step), step.legal_act) for step in (*result.quote.steps, *sums)]
    return [(text, act) for text, act in told if text]


def _step(result: Result, step: Step) -> str:
    quote, amounts = result.quote, result.amounts
    told = {
        "PRICE": _price(quote.unit_price),
        "STATUT": _why(quote.status),
        "NO_PRICE": _why(quote.status),
        "COVERAGE": _why(quote.status),
        "BASE": _("Base de remboursement : %(amount)s.") % {"amount": _amount(quote.ceiling)},
        "PAYER_RULE": _rule(result),
        "RATE": _("Taux de l’AMO : %(rate)s.") % {"rate": _rate(quote.rate)},
        "MUTUELLE_RATE": _complement(result),
        "AMO": _("L’AMO paie %(rate)s de %(base)s, arrondi au centime : %(amount)s.")
        % {"rate": _rate(amounts.rate), "base": _amount(amounts.base), "amount": _amount(amounts.amo)},
        "MUTUELLE": _("La mutuelle paie %(amount)s, et jamais plus que ce que l’AMO laisse.")
        % {"amount": _amount(amounts.mutuelle)},
        "PATIENT": _("Le patient paie ce qui reste du prix : %(amount)s.") % {"amount": _amount(amounts.patient)},
    }
    return told.get(step.rule, "")


def _complement(result: Result) -> str:
    """The rate of the mutuelle, where the case has one that pays."""
    if result.quote.mutuelle is None or not result.amounts.mutuelle:
        return ""
    return _("Taux de la mutuelle : %(rate)s.") % {"rate": _rate(result.quote.mutuelle.rate)}


def _price(unit_price: int | None) -> str:
    if unit_price is None:
        return _("Aucun prix public n’est publié.")
    return _("Prix de référence d’une boîte : %(amount)s.") % {"amount": _amount(unit_price)}


def _rule(result: Result) -> str:
    """A payer's rule either stands beside the published base, or puts the public price in its stead."""
    if any(step.rule == "BASE" for step in result.quote.steps):
        return _("L’organisme applique la base du générique.")
    told = _("Base : le prix public, %(amount)s. L’organisme n’applique pas la base du générique ce jour-là.")
    return told % {"amount": _amount(result.quote.ceiling)}


def _amount(centimes: int | None) -> str:
    return _("aucun montant") if centimes is None else write_dirhams(format_dirhams(centimes))


def _rate(rate: int | None) -> str:
    return _("aucun") if rate is None else write_rate(format_rate(rate))
