"""What the search finds, as plain data: for the API and the command."""

from __future__ import annotations

from catalog.releases.telling import Told, tell_period
from catalog.search.leaving import Left


def tell_left(left: Left) -> Told:
    """An entry out of force that day, and the act that ended it."""
    document = left.document
    told = {"kind": document.kind, "code": document.code, "titre": document.title}
    return {**told, **tell_period(left.period), "legal_act": left.legal_act}
