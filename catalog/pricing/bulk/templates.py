"""Templates: what one real quote tells of all medicines of a shape.

The rules stay written once, in ``quote_medicament``. A medicine weighs on its quote by little: which of its prices are
published, their order, and its standing, which together are its shape. So the quote of one version, for a question,
over days on which nothing shared changes, names the price that is paid of every version of that shape. A template is
held against the real quotes of further versions before it is used; where one is not as foretold, or where a quote has
errors, which name the code and the day, the shape is asked version by version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from catalog.pricing.answers import Quote, UnpricedError
from catalog.pricing.bulk.columns import NONE
from catalog.pricing.bulk.intervals import TOO_LARGE, Medicines
from catalog.pricing.finding import check_ground
from catalog.pricing.line_fields import MEDICAMENT
from catalog.pricing.lines import Question
from catalog.pricing.quoting import quote
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment


class Case(NamedTuple):
    """A medicine asked on a day: ``version`` is the number of the one in force."""

    version: int
    question: Question
    day: date


class Template(NamedTuple):
    """The quote of one version, and which columns of prices its amounts are in any version of the shape."""

    quote: Quote
    unit_price: int
    ceiling: int
    mutuelle: int


class Templates:
    """The templates of one snapshot, each learnt once."""

    def __init__(self, snapshot: Snapshot, known: Medicines) -> None:
        self.snapshot = snapshot
        self._known = known
        self._kept: dict[tuple[object, ...], Template | None] = {}
        self._grounds: dict[tuple[int, int, int], bool] = {}

    def find(self, key: tuple[object, ...], release: int, cases: Iterable[Case]) -> Template | None:
        """The template of a shape, a question and an era at a release, which ``key`` names; None where there is none.

        ``cases`` are lines of that shape, of versions as different as are at hand: it is learnt from the first.
        """
        if key not in self._kept:
            self._kept[key] = self._learn(list(cases), release)
        return self._kept[key]

    def prices(self, era: int, release: int, case: Case) -> bool:
        """Whether the legal act of a version is in force, so that it may price, over the era of the day."""
        key = (int(self._known.act[case.version]), era, release)
        if key not in self._grounds:
            self._grounds[key] = self._is_in_force(case, release)
        return self._grounds[key]

    def _is_in_force(self, case: Case, release: int) -> bool:
        moment = Moment(case.day, release)
        version = self.snapshot.find(MEDICAMENT, self._known.codes[self._known.code[case.version]], moment)
        assert version is not None
        try:
            check_ground(self.snapshot, version, moment)
        except UnpricedError:
            return False
        return True

    def _learn(self, cases: list[Case], release: int) -> Template | None:
        first, *others = ((case, quote(self.snapshot, case.question, Moment(case.day, release))) for case in cases)
        template = self._template_of(*first)
        if template is None or not all(self._foretells(template, *other) for other in others):
            return None
        return template

    def _template_of(self, case: Case, found: Quote) -> Template | None:
        amounts = (found.unit_price, found.ceiling, found.mutuelle.ceiling if found.mutuelle else None)
        prices = self._known.prices[case.version].tolist()
        numbers = [NONE if amount is None else amount for amount in amounts]
        if found.errors or found.whole_until or max(prices) > TOO_LARGE or not {*numbers} <= {*prices}:
            return None
        template = Template(found, *(prices.index(number) for number in numbers))
        return template if self._foretells(template, case, found) else None

    def _foretells(self, template: Template, case: Case, found: Quote) -> bool:
        """Whether the real quote of a version is what a template makes of it."""
        known, version = self._known, case.version
        prices = known.prices[version].tolist()
        amounts = (found.unit_price, found.ceiling, found.mutuelle.ceiling if found.mutuelle else None)
        foretold = (prices[column] for column in template[1:])
        return (
            [NONE if amount is None else amount for amount in amounts] == [*foretold]
            and _told_alike(found) == _told_alike(template.quote)
            and found.period is not None
            and (found.period.start.toordinal(), found.period.end.toordinal())
            == (int(known.start[version]), int(known.end[version]))
            and found.legal_act == known.acts[known.act[version]]
        )


def _told_alike(found: Quote) -> tuple[object, ...]:
    """What lines of one shape are told in the same words."""
    return (
        found.status,
        found.rate,
        found.mutuelle and found.mutuelle.rate,
        found.basis,
        found.reasons,
        [(notice.code, notice.message) for notice in found.notices],
        found.errors,
        found.whole_until,
    )
