"""What pricing answers: statuses, reasons, a quote for a question, and the result of a line. Amounts are centimes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from catalog.conventions.lookups import Note
from catalog.errors import CatalogError
from catalog.snapshots.reading import Version
from catalog.temporal import Period

OK = "OK"
NOT_REIMBURSABLE = "NOT_REIMBURSABLE"
DELISTED = "DELISTED"
HOSPITAL_ONLY = "HOSPITAL_ONLY"
NOT_COVERED = "NOT_COVERED"
NO_TARIFF = "NO_TARIFF"
UNKNOWN_CODE = "UNKNOWN_CODE"
PRIOR_AGREEMENT_MISSING = "PRIOR_AGREEMENT_MISSING"
INVALID = "INVALID"
STATUSES = (
    OK, NOT_REIMBURSABLE, DELISTED, HOSPITAL_ONLY, NOT_COVERED, NO_TARIFF, UNKNOWN_CODE, PRIOR_AGREEMENT_MISSING,
    INVALID,
)  # fmt: skip
PAYING_NOTHING = frozenset({NOT_REIMBURSABLE, DELISTED, HOSPITAL_ONLY, NOT_COVERED, PRIOR_AGREEMENT_MISSING})
"""The payer pays 0.00 and the patient all of it. In the statuses left but OK, no amount is known: null, never 0.00."""

SIGNED_NOT_IN_FORCE = "SIGNED_NOT_IN_FORCE"
TRANSITION_OLD_LABEL_TOLERATED = "TRANSITION_OLD_LABEL_TOLERATED"
PAYER_APPLICATION_DATE = "PAYER_APPLICATION_DATE"
BASE_IS_GENERIC = "BASE_IS_GENERIC"
RETROACTIVE_CHANGE = "RETROACTIVE_CHANGE"
REASONS = (
    SIGNED_NOT_IN_FORCE, TRANSITION_OLD_LABEL_TOLERATED, PAYER_APPLICATION_DATE, BASE_IS_GENERIC, RETROACTIVE_CHANGE,
)  # fmt: skip

DISPENSING, ACT, DAY, ADMISSION = BASES = ("DISPENSING", "ACT", "DAY", "ADMISSION")
"""Which date selects the tariff: that of dispensing, of the act, each day of a stay, or its admission (DOMAIN 6.1)."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with a field of a line, in a sentence."""

    field: str
    message: str


class Amounts(NamedTuple):
    """The figures of a line: ``unit_price`` and ``base`` a unit, the three shares for the line."""

    unit_price: int | None = None
    base: int | None = None
    rate: int | None = None
    amo: int | None = None
    mutuelle: int | None = None
    patient: int | None = None


NOTHING = Amounts()
"""No amount is known: null everywhere, never 0.00."""


class KnownThen(NamedTuple):
    """The answer as known at an earlier release."""

    release: int
    status: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader should know beside the amounts: a code, a sentence, the act it comes from if any."""

    code: str
    message: str
    legal_act: str | None = None
    known_then: KnownThen | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the calculation: the rule, what it did, and the legal act it rests on."""

    rule: str
    text: str
    legal_act: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A payer's part: ``rate`` in basis points of the price billed, but of no more than ``ceiling`` a unit."""

    rate: int
    ceiling: int


class Worth(NamedTuple):
    """The figures of a quote, without its words."""

    status: str
    unit_price: int | None
    ceiling: int | None
    rate: int | None
    mutuelle: Share | None
    whole_until: date | None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a question is worth whatever was billed: the reference price, the base, the rates, and why.

    ``ceiling`` is the reference base of one unit. ``whole_until`` is the first day on which a tariff of days, in force
    on the day asked, no longer holds.
    """

    status: str
    unit_price: int | None = None
    ceiling: int | None = None
    rate: int | None = None
    mutuelle: Share | None = None
    period: Period | None = None
    legal_act: str | None = None
    basis: str | None = None
    reasons: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    steps: tuple[Step, ...] = ()
    errors: tuple[FieldError, ...] = ()
    whole_until: date | None = None

    @property
    def worth(self) -> Worth:
        return Worth(self.status, self.unit_price, self.ceiling, self.rate, self.mutuelle, self.whole_until)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a line: its amounts, the quote they come from, and what is to be told of this line beside it."""

    id: str | int | None
    quote: Quote
    amounts: Amounts = NOTHING
    as_of: date | None = None
    beside: tuple[Notice, ...] = ()

    @property
    def status(self) -> str:
        return self.quote.status

    @property
    def reasons(self) -> tuple[str, ...]:
        return (*self.quote.reasons, *reasons_of(self.beside)) if self.beside else self.quote.reasons

    @property
    def notices(self) -> tuple[Notice, ...]:
        return (*self.quote.notices, *self.beside)

    def with_notice(self, notice: Notice) -> Result:
        """The same answer, with one more notice."""
        return replace(self, beside=(*self.beside, notice))


class UnpricedError(CatalogError):
    """No amount can be told; ``quote`` says why, in the caller's words."""

    def __init__(
        self,
        status: str,
        message: str,
        *,
        field: str = "code",
        notices: tuple[Notice, ...] = (),
        act: str | None = None,
    ) -> None:
        if status in PAYING_NOTHING:
            notices = (Notice(status, message, act), *notices)
        self.quote = Quote(
            status,
            reasons=reasons_of(notices),
            notices=notices,
            legal_act=act,
            steps=(Step("NO_PRICE", message, act), *(Step("NOTE", each.message, each.legal_act) for each in notices)),
            errors=() if status in PAYING_NOTHING else (FieldError(field, message),),
        )
        super().__init__(message)


def notices_of(notes: tuple[Note, ...]) -> tuple[Notice, ...]:
    """What the conventions tell beside a tariff, as an answer shows it."""
    return tuple(Notice(note.reason, note.text[:1].upper() + note.text[1:], note.legal_act) for note in notes)


def reasons_of(notices: tuple[Notice, ...]) -> tuple[str, ...]:
    """The reasons of the contract among notices, each once."""
    return tuple(dict.fromkeys(notice.code for notice in notices if notice.code in REASONS))


def step_of(rule: str, text: str, version: Version) -> Step:
    """A step that rests on a version of the catalogue."""
    return Step(rule, text, version.legal_act)
