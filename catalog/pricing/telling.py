"""Answers to lines as plain data, ready for JSON: the shape of CONTRACT 3."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from catalog.money import format_dirhams, format_rate
from catalog.pricing.answers import OK, Amounts, Notice, Quote, Result, Step
from catalog.releases.telling import LEGAL_ACT, Told, tell_act, tell_period
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

KEPT = 100_000
UNDATED: Told = {"valid_from": None, "valid_to": None}


class _Same(NamedTuple):
    """What all lines of a quote are told alike. The quote is held, so that nothing else gets its identity."""

    quote: Quote
    period: Told
    reasons: list[str]
    warnings: list[Told]


class ResultTeller:
    """Tells results at one release. What many answers share (reasons, acts) is one object: read it, never write."""

    def __init__(self, snapshot: Snapshot, release: int, *, explain: bool = False, kept: int = KEPT) -> None:
        self.snapshot = snapshot
        self.release = release
        self.explain = explain
        self._most = kept
        self._acts: dict[tuple[str, date | None], Told] = {}
        self._dated: dict[str, bool] = {}
        self._same: dict[int, _Same] = {}

    def tell(self, result: Result) -> Told:
        """One answer. ``errors`` is there only when something is wrong, ``explanation`` only when asked for."""
        quote, as_of = result.quote, result.as_of
        same = self._same_of(quote)
        told: Told = {
            "id": result.id,
            "status": quote.status,
            **tell_amounts(result.amounts),
            **same.period,
            LEGAL_ACT: self.act(quote.legal_act, as_of),
            "as_of": as_of.isoformat() if as_of else None,
            "pricing_date_basis": quote.basis,
            "reasons": [*result.reasons] if result.beside else same.reasons,
            "warnings": [tell_notice(notice) for notice in result.notices] if result.beside else same.warnings,
        }
        if quote.errors:
            told["errors"] = [{"field": error.field, "message": error.message} for error in quote.errors]
        if self.explain:
            told["explanation"] = [self._step(step, as_of) for step in (*quote.steps, *settled(result))]
        return told

    def _same_of(self, quote: Quote) -> _Same:
        found = self._same.get(id(quote))
        if found is None:
            if len(self._same) >= self._most:
                self._same.clear()
            period = tell_period(quote.period) if quote.period else UNDATED
            warnings = [tell_notice(notice) for notice in quote.notices]
            found = self._same[id(quote)] = _Same(quote, period, [*quote.reasons], warnings)
        return found

    def _step(self, step: Step, as_of: date | None) -> Told:
        return {"rule": step.rule, "text": step.text, LEGAL_ACT: self.act(step.legal_act, as_of)}

    def act(self, code: str | None, as_of: date | None) -> Told | None:
        """The act as described that day; one described alike on all days is told once."""
        if code is None or as_of is None:
            return None
        if code not in self._dated:
            self._dated[code] = len(self.snapshot.versions(LEGAL_ACT, code, self.release)) > 1
        key = (code, as_of if self._dated[code] else None)
        found = self._acts.get(key)
        if found is None:
            if len(self._acts) >= self._most:
                self._acts.clear()
            found = self._acts[key] = tell_act(self.snapshot, code, Moment(as_of, self.release))
        return found


def tell_amounts(amounts: Amounts) -> Told:
    """The figures, in dirhams and as a fraction; null where none is known."""
    return {
        "unit_price": _dirhams(amounts.unit_price),
        "base": _dirhams(amounts.base),
        "rate": None if amounts.rate is None else format_rate(amounts.rate),
        "amo": _dirhams(amounts.amo),
        "mutuelle": _dirhams(amounts.mutuelle),
        "patient": _dirhams(amounts.patient),
    }


def _dirhams(centimes: int | None) -> str | None:
    return None if centimes is None else format_dirhams(centimes)


def tell_notice(notice: Notice) -> Told:
    """A retroactive change also holds the whole answer that was known on the day of care."""
    told: Told = {"code": notice.code, "message": notice.message}
    if notice.known_then is not None:
        then = notice.known_then
        told["known_then"] = {"release": then.release, "status": then.status, **tell_amounts(then.amounts)}
    return told


def settled(result: Result) -> tuple[Step, ...]:
    """The arithmetic of the line, as the last steps of its explanation."""
    amounts = result.amounts
    if amounts.patient is None:
        return ()
    if result.status != OK:
        return (Step("PATIENT", f"AMO pays 0.00; the patient pays {format_dirhams(amounts.patient)}."),)
    return _shares(amounts)


def _shares(amounts: Amounts) -> tuple[Step, ...]:
    assert amounts.base is not None and amounts.rate is not None
    assert amounts.amo is not None and amounts.mutuelle is not None and amounts.patient is not None
    billed, base = format_dirhams(amounts.amo + amounts.mutuelle + amounts.patient), format_dirhams(amounts.base)
    rated = f"AMO: {format_rate(amounts.rate)} of a base of {base} a unit"
    shares = [Step("AMO", f"{rated}, half-up to the centime: {format_dirhams(amounts.amo)}.")]
    if amounts.mutuelle:
        told = f"Mutuelle: {format_dirhams(amounts.mutuelle)}, at most what AMO leaves of the base."
        shares.append(Step("MUTUELLE", told))
    patient = format_dirhams(amounts.patient)
    return (*shares, Step("PATIENT", f"Patient: what is left of {billed}, that is {patient}."))
