"""Makes answers ready: each part is told as ``ResultTeller.tell`` tells it, and in its order."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from catalog.money import format_dirhams
from catalog.pricing.amounts import NO_COMPLEMENT, lacks
from catalog.pricing.answers import (
    NOTHING,
    OK,
    PAYING_NOTHING,
    RETROACTIVE_CHANGE,
    Amounts,
    FieldError,
    Notice,
    Quote,
    Worth,
)
from catalog.pricing.pricer import Answer
from catalog.pricing.ready_answers import Ending, Ready, encode, write_figures
from catalog.pricing.telling import UNDATED, ResultTeller, tell_amounts, tell_notice
from catalog.releases.telling import LEGAL_ACT, tell_period

_OF_THE_LINE = ("base", "amo", "mutuelle", "patient")


class ReadyMaker:
    """Makes answers ready, at the release of a teller."""

    def __init__(self, teller: ResultTeller) -> None:
        self._teller = teller
        self._shared: dict[bytes, bytes] = {}

    def make(self, answer: Answer, day: date) -> Ready:
        """The answer of a day, ready for all days that it serves."""
        quote = answer.quote
        period = tell_period(quote.period) if quote.period else UNDATED
        grounds = encode({**period, LEGAL_ACT: self._teller.act(quote.legal_act, day)})[1:-1]
        worth, plain = quote.worth, self._ending(quote, quote.notices)
        return Ready(
            worth,
            _template(worth),
            _no_figures(quote.status),
            self._once(b',%b,"as_of":"' % grounds),
            plain,
            self._ending(quote, (*quote.notices, NO_COMPLEMENT)) if lacks(quote) else plain,
            None if answer.earlier is None else answer.earlier.worth,
            answer.then,
        )

    def _ending(self, quote: Quote, notices: tuple[Notice, ...]) -> Ending:
        if not notices and not quote.errors:
            return _bare_ending(quote.basis, quote.reasons)
        return Ending(*map(self._once, _ending(quote.basis, quote.reasons, notices, quote.errors)))

    def _once(self, written: bytes) -> bytes:
        """The same bytes, held once: a few acts and warnings stand behind most answers."""
        return self._shared.setdefault(written, written)

    def forget(self) -> None:
        """Drops what is shared."""
        self._shared.clear()


def _ending(
    basis: str | None, reasons: tuple[str, ...], notices: tuple[Notice, ...], errors: tuple[FieldError, ...]
) -> Ending:
    warnings = b",".join([encode(tell_notice(notice)) for notice in notices])
    found = [{"field": error.field, "message": error.message} for error in errors]
    tail = b'],"errors":%b}' % encode(found) if found else b"]}"
    before, after = b'","pricing_date_basis":%b,"reasons":' % encode(basis), b',"warnings":[' + warnings
    changed = encode((*reasons, RETROACTIVE_CHANGE))
    return Ending(before + encode(reasons) + after + tail, before + changed + after + (warnings and b","), tail)


@lru_cache(maxsize=1000)
def _bare_ending(basis: str | None, reasons: tuple[str, ...]) -> Ending:
    return _ending(basis, reasons, (), ())


def _template(worth: Worth) -> bytes:
    if worth.status != OK and worth.status not in PAYING_NOTHING:
        return b""
    before, after = _places(worth.status, worth.rate if worth.status == OK else 0)
    price = b"null" if worth.unit_price is None else encode(format_dirhams(worth.unit_price))
    return before + price + after


@lru_cache(maxsize=1000)
def _places(status: str, rate: int | None) -> tuple[bytes, bytes]:
    """The figures of a line with a place for each amount, cut at that of the unit price."""
    written = {name: encode(value) for name, value in {"status": status, **tell_amounts(Amounts(rate=rate))}.items()}
    written |= dict.fromkeys(_OF_THE_LINE, b'"%d.%02d"') | {"unit_price": b"|"}
    before, after = b"".join([b',"%b":%b' % (name.encode(), value) for name, value in written.items()]).split(b"|")
    return before, after


@lru_cache(maxsize=100)
def _no_figures(status: str) -> bytes:
    return write_figures(status, NOTHING)
