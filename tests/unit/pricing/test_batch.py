"""Ten thousand lines: the bad ones each get their own error, the others their price."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.pricing.tarification import price_lines
from catalog.temporal import Moment
from tests.unit.pricing.shelf import pack

GOOD: list[tuple[dict[str, Any], tuple[str, str | None]]] = [
    ({"kind": "medicament", "code": "6118000100058", "organisme": "cnops", "as_of": "2014-07-01"}, ("OK", "20.79")),
    ({"kind": "acte", "code": "C", "organisme": "cnss", "secteur": "prive", "billed": "150.00"}, ("OK", "56.00")),
    ({"kind": "acte", "code": "D708", "organisme": "cnops", "secteur": "prive"}, ("OK", "124.80")),
    ({"kind": "forfait", "code": "CESARIENNE", "organisme": "cnops", "secteur": "prive"}, ("OK", "7200.00")),
    ({"kind": "dispositif", "code": "KE140201", "organisme": "cnops"}, ("OK", "9000.00")),
]
BAD: list[tuple[dict[str, Any], str, str, str]] = [
    ({"code": "6118999999999"}, "UNKNOWN_CODE", "code", "No medicine with code 6118999999999 has ever been published."),
    (
        {"kind": "acte", "code": "X50", "secteur": "prive"}, "UNKNOWN_CODE", "code",
        "X50 is neither an NGAP act nor a key letter and its coefficient that was ever published.",
    ),
    ({"quantity": -1}, "INVALID", "quantity", "The quantity is -1: at least one unit must be billed."),
    (
        {"as_of": "2021-02-30"}, "INVALID", "as_of",
        "'2021-02-30' is not a date that can be read: write a day written YYYY-MM-DD.",
    ),
    (
        {"kind": "acte", "code": "KE50", "secteur": "prive"}, "NO_TARIFF", "code",
        "The key letter KE has no value in force on 2021-05-10 for cnops, secteur prive.",
    ),
    (
        {"kind": "acte", "code": "K", "secteur": "prive"}, "INVALID", "code",
        "The letter K is paid by its coefficient: write both, such as K50.",
    ),
    ({"code": "6118-000"}, "INVALID", "code", "Code '6118-000' cannot be read: a GTIN has 8, 12, 13 or 14 digits."),
    (
        {"organisme": "cnops,cnss"}, "INVALID", "organisme",
        "A line is priced for one organisme, and 'cnops,cnss' is not one: send a line for each.",
    ),
]  # fmt: skip
PLAIN = {"kind": "medicament", "code": "6118000100058", "organisme": "cnops"}


def test_bad_lines_never_fail_the_others() -> None:
    lines, expected = [], []
    for number in range(10_000):
        if number % 3:
            line, outcome = GOOD[number % len(GOOD)]
            expected.append((number, *outcome, None))
        else:
            line, status, field, message = BAD[number // 3 % len(BAD)]
            line = PLAIN | line
            expected.append((number, status, None, [{"field": field, "message": message}]))
        lines.append({"id": number, **line})
    told = price_lines(pack(), lines, Moment(date(2021, 5, 10), pack().head))
    assert [(each["id"], each["status"], each["amo"], each.get("errors")) for each in told] == expected


def test_a_batch_answers_as_each_line_alone() -> None:
    lines = [line for line, _ in GOOD] + [PLAIN | line for line, *_ in BAD]
    moment = Moment(date(2015, 6, 1), pack().head)
    alone = [answer for line in lines for answer in price_lines(pack(), [line], moment, explain=True)]
    assert price_lines(pack(), [*lines, *reversed(lines)], moment, explain=True) == [*alone, *reversed(alone)]
