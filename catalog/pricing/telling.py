"""Answers to lines as plain data, ready for JSON: the shape of CONTRACT 3."""

from __future__ import annotations

from datetime import date

from catalog.money import format_dirhams, format_rate
from catalog.pricing.answers import OK, Amounts, Notice, Result, Step
from catalog.releases.telling import Told, tell_act, tell_period
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

UNDATED = {"valid_from": None, "valid_to": None}


class ResultTeller:
    """Tells results at one release; each legal act is worked out once a day of care."""

    def __init__(self, snapshot: Snapshot, release: int, *, explain: bool = False) -> None:
        self.snapshot = snapshot
        self.release = release
        self.explain = explain
        self._acts: dict[tuple[str, date], Told] = {}

    def tell(self, result: Result) -> Told:
        """One answer. ``errors`` is there only when something is wrong, ``explanation`` only when asked for."""
        told: Told = {
            "id": result.id,
            "status": result.status,
            **tell_amounts(result.amounts),
            **(tell_period(result.period) if result.period else UNDATED),
            "acte_juridique": self._act(result.legal_act, result.as_of),
            "as_of": result.as_of.isoformat() if result.as_of else None,
            "pricing_date_basis": result.basis,
            "reasons": list(result.reasons),
            "warnings": [_tell_notice(notice) for notice in result.notices],
        }
        if result.errors:
            told["errors"] = [{"field": error.field, "message": error.message} for error in result.errors]
        if self.explain:
            told["explanation"] = [self._step(step, result.as_of) for step in (*result.steps, *settled(result))]
        return told

    def _step(self, step: Step, as_of: date | None) -> Told:
        return {"rule": step.rule, "text": step.text, "acte_juridique": self._act(step.legal_act, as_of)}

    def _act(self, code: str | None, as_of: date | None) -> Told | None:
        if code is None or as_of is None:
            return None
        key = (code, as_of)
        found = self._acts.get(key)
        if found is None:
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


def _tell_notice(notice: Notice) -> Told:
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
    billed = format_dirhams(amounts.amo + amounts.mutuelle + amounts.patient)
    return (
        Step(
            "AMO",
            f"AMO: {format_rate(amounts.rate)} of a base of {format_dirhams(amounts.base)} a unit, half-up to the "
            f"centime: {format_dirhams(amounts.amo)}.",
        ),
        *_complement(amounts.mutuelle),
        Step("PATIENT", f"Patient: what is left of {billed}, that is {format_dirhams(amounts.patient)}."),
    )


def _complement(mutuelle: int) -> tuple[Step, ...]:
    if not mutuelle:
        return ()
    return (Step("MUTUELLE", f"Mutuelle: {format_dirhams(mutuelle)}, at most what AMO leaves of the base."),)


def _dirhams(centimes: int | None) -> str | None:
    return None if centimes is None else format_dirhams(centimes)
