"""What a question is worth on a day, whatever was billed: each kind of line by its own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catalog.pricing.actes import quote_acte
from catalog.pricing.answers import Quote, UnpricedError
from catalog.pricing.dispositifs import quote_dispositif
from catalog.pricing.forfaits import quote_forfait
from catalog.pricing.line_fields import ACTE, DISPOSITIF, FORFAIT, MEDICAMENT
from catalog.pricing.lines import Question
from catalog.pricing.medicaments import quote_medicament
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

QUOTERS: Mapping[str, Callable[[Snapshot, Question, Moment], Quote]] = {
    MEDICAMENT: quote_medicament,
    ACTE: quote_acte,
    DISPOSITIF: quote_dispositif,
    FORFAIT: quote_forfait,
}


def quote(snapshot: Snapshot, question: Question, moment: Moment) -> Quote:
    """What a question is worth at a moment; without a price, the quote says why."""
    try:
        return QUOTERS[question.kind](snapshot, question, moment)
    except UnpricedError as error:
        return error.quote
