"""Questions to pricing, and what the tests look at in an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.pricing.tarification import price_lines
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

A_DAY = date(2021, 5, 10)


def ask(snapshot: Snapshot, *, release: int | None = None, explain: bool = False, **line: Any) -> dict[str, Any]:
    """The answer to one line, as known at the newest release unless another is named."""
    (answer,) = price_lines(snapshot, [line], Moment(A_DAY, release or snapshot.head), explain)
    return answer


def medicine(snapshot: Snapshot, code: str, as_of: str, organisme: str = "cnops", **line: Any) -> dict[str, Any]:
    return ask(snapshot, kind="medicament", code=code, as_of=as_of, organisme=organisme, **line)


def act(snapshot: Snapshot, code: str, as_of: str, organisme: str, **line: Any) -> dict[str, Any]:
    """An act in private practice, unless said otherwise."""
    return ask(
        snapshot, **{"kind": "acte", "code": code, "as_of": as_of, "organisme": organisme, "secteur": "prive"} | line
    )


def stay(snapshot: Snapshot, code: str, as_of: str, organisme: str = "cnops", **line: Any) -> dict[str, Any]:
    """A forfait in private practice, unless said otherwise."""
    return ask(
        snapshot, **{"kind": "forfait", "code": code, "as_of": as_of, "organisme": organisme, "secteur": "prive"} | line
    )


def device(snapshot: Snapshot, code: str, as_of: str, organisme: str = "cnops", **line: Any) -> dict[str, Any]:
    return ask(snapshot, kind="dispositif", code=code, as_of=as_of, organisme=organisme, **line)


def shares(answer: dict[str, Any]) -> tuple[str | None, ...]:
    """Base, AMO and what the patient pays."""
    return answer["base"], answer["amo"], answer["patient"]


def sentence(answer: dict[str, Any]) -> str:
    """The only error of a line, as ``field: message``."""
    (error,) = answer["errors"]
    return f"{error['field']}: {error['message']}"


def warned(answer: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in answer["warnings"]]
